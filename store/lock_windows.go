package store

import (
	"errors"
	"math"
	"os"

	"golang.org/x/sys/windows"
)

// lockShared locks a file as bbolt does when it only reads, or says that another
// program writes to it. The lock goes with the file's closing.
func lockShared(f *os.File) (free bool, err error) {
	err = windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, lockedRange())
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return false, nil
	}
	return err == nil, err
}

// unlock gives a file free that bbolt has locked and cannot close any more.
func unlock(f *os.File) error {
	return windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, lockedRange())
}

// lockedRange is where bbolt has its lock.
func lockedRange() *windows.Overlapped {
	return &windows.Overlapped{Offset: math.MaxUint32, OffsetHigh: math.MaxUint32}
}
