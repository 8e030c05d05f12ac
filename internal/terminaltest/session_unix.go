//go:build !windows

package terminaltest

import (
	"os"
	"syscall"
)

const supported = true

// ownSession makes the program the leader of a session in its terminal, so that
// it gets the terminal's signals and can be ended with all its children.
func ownSession() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Setctty: true}
}

func killSession(p *os.Process) {
	_ = syscall.Kill(-p.Pid, syscall.SIGKILL) // none is left if it fails
}
