package main

import "golang.org/x/sys/windows"

// hideTyping ends the showing of what is typed.
func hideTyping(fd int) error {
	var mode uint32
	if err := windows.GetConsoleMode(windows.Handle(fd), &mode); err != nil {
		return err
	}
	mode &^= windows.ENABLE_ECHO_INPUT
	return windows.SetConsoleMode(windows.Handle(fd), mode|windows.ENABLE_LINE_INPUT|windows.ENABLE_PROCESSED_INPUT)
}
