package cli_test

import (
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// refuse makes the system refuse to this process what a script asks for: with
// "rights" what the rights of files forbid, also to root, and with "space" to write any
// file beyond its first two pages.
func refuse(what string) {
	var err error
	switch what {
	case "rights":
		runtime.LockOSThread() // capabilities are a thread's
		header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
		err = unix.Capset(&header, &make([]unix.CapUserData, 2)[0])
	case "space":
		err = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 8192, Max: 8192})
	}
	if err != nil {
		panic(err)
	}
}
