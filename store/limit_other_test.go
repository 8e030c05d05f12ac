//go:build !linux && !darwin

package store

import "errors"

func limitFiles(int) error { return errors.ErrUnsupported }
