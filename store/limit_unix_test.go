//go:build linux || darwin

package store

import "syscall"

// limitFiles lets this process write files up to a length only; a negative one lifts
// the limit again.
func limitFiles(length int) error {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	limit.Cur = limit.Max
	if length >= 0 {
		limit.Cur = uint64(length)
	}
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit)
}
