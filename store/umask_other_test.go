//go:build !unix

package store

func setUmask(int) (restore func()) { return func() {} }
