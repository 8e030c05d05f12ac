//go:build linux

package main

// whyMissed says why a target is out of reach, of what is known. It is shown where the
// target was missed.
func whyMissed(row string) string {
	const beforeMain = "Half of a start is over before main begins: the pages of a program of some 18 MB, and the patterns and tables that packages make for themselves. Most of that, some 2 ms, is of the library for workbooks (excelize), which is linked for XLSX and cannot be told to wait. "
	switch row {
	case "start", "start-mute":
		return beforeMain + "Then come the settings, the file, the rubric and the list. fzf is a program of a fifth of the size that reads a pipe: to be quicker than that the whole of it would have to take no longer than the part before main."
	case "version", "help":
		return beforeMain + "Without workbooks it would be about 3 ×. A well-kept library that shows a cell as Excel does, with every format of numbers and dates, is worth more than these milliseconds."
	}
	return ""
}
