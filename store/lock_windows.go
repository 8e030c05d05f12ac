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
	err = windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0,
		&windows.Overlapped{Offset: math.MaxUint32, OffsetHigh: math.MaxUint32}) // where bbolt has its lock
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return false, nil
	}
	return err == nil, err
}
