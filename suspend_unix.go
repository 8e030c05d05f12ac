//go:build unix

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// canSuspend reports whether a shell will notice that the program was stopped. A program
// that leads its session, as one that a terminal starts without a shell does, or whose
// group is that of who leads it, is stopped for good: nobody is there to continue it.
func canSuspend() bool {
	session, err := unix.Getsid(0)
	if err != nil || session == unix.Getpgrp() {
		return false
	}
	of, err := unix.Getsid(os.Getppid())
	return err == nil && of == session
}
