package hostiletext

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// InCell says why a spreadsheet would not take a cell for text, or why whoever opens the
// file as text would not see what is there; it is empty where there is nothing.
func InCell(cell string) string {
	head := strings.TrimLeftFunc(cell, unicode.IsSpace)
	if head != "" && strings.ContainsAny(head[:1], "=+@|%") || strings.HasPrefix(head, "＝") || strings.HasPrefix(head, "＋") || strings.HasPrefix(head, "＠") || strings.HasPrefix(head, "－") {
		return fmt.Sprintf("the cell %.60q begins a formula", cell)
	}
	if strings.HasPrefix(head, "-") && strings.Trim(head, "-0123456789.,") != "" {
		return fmt.Sprintf("the cell %.60q begins a formula", cell)
	}
	if at := split.FindString(cell); at != "" {
		return fmt.Sprintf("the cell %.60q holds a formula behind %q", cell, at)
	}
	return OnTerminal(cell)
}

// split is where a table is taken apart that is opened with another delimiter.
var split = regexp.MustCompile("[;\\n]\"* *[=@+]")
