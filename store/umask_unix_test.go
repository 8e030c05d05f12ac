//go:build unix

package store

import "syscall"

// setUmask sets which rights new files never get, and returns what undoes it.
func setUmask(mask int) (restore func()) {
	old := syscall.Umask(mask)
	return func() { syscall.Umask(old) }
}
