package terminaltest

import "golang.org/x/sys/unix"

// unreadInput says whether a terminal holds input that its program could read.
// What was written a moment ago is on its way through the kernel: poll waits for
// it to arrive, which asking for the length of the queue does not.
func unreadInput(fd int) bool {
	fds := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}
	n, err := unix.Poll(fds, 0)
	return err == nil && n > 0
}
