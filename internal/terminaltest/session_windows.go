package terminaltest

import (
	"os"
	"syscall"
)

const supported = false

func ownSession() *syscall.SysProcAttr { return nil }

func killSession(p *os.Process) { _ = p.Kill() }

func unreadInput(int) bool { return false }
