//go:build !windows && !linux

package terminaltest

import "golang.org/x/sys/unix"

// unreadInput says whether a terminal holds input that its program could read.
func unreadInput(fd int) bool {
	const fionread = 0x4004667f // the same on macOS and the BSDs
	n, err := unix.IoctlGetInt(fd, fionread)
	return err == nil && n > 0
}
