//go:build unix

package store

import (
	"errors"
	"os"
	"syscall"
)

// lockShared locks a file as bbolt does when it only reads, or says that another
// program writes to it. The lock goes with the file's closing.
func lockShared(f *os.File) (free bool, err error) {
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

// unlock gives a file free that bbolt has locked and cannot close any more. Closing it
// is not enough while it is mapped.
func unlock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
