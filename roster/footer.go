package roster

import (
	"strings"

	"calibrate/internal/lazyregexp"
)

// footer is how lines begin that exports put below the last person.
var footer = lazyregexp.New(`(?i)^(` +
	`(grand |sub)?total(s|e)?\b|sum\b|summe\b|gesamt|anzahl\b|count\b|headcount\b|number of (employees|workers|records|rows)\b|record count\b|` +
	`(report|exported|generated|printed|created|run|downloaded|erstellt|exportiert|gedruckt|stand)\b.*\d|` +
	`(page|seite) \d|end of (report|file|list)|confidential\b|internal use only|vertraulich\b)`)

// cutFooters cuts the lines off the end that are totals and the like. Only the end is
// looked at: a person called Total stays one.
func cutFooters(header row, below []row) (people, footers []row) {
	end := len(below)
	for end > 0 && isFooter(header, below[end-1]) {
		end--
	}
	return below[:end], below[end:]
}

// isFooter reports whether a line begins as footers do and says little else.
func isFooter(header row, r row) bool {
	if !footer().MatchString(firstFilled(r)) {
		return false
	}
	filled := 0
	for _, cell := range r.cells {
		if strings.Contains(cell, "@") {
			return false
		}
		if strings.TrimSpace(cell) != "" {
			filled++
		}
	}
	// The label, and figures in a few columns; or the only text in a line.
	return filled == 1 || 2*filled <= len(header.cells) || filled == 2 && len(header.cells) <= 3
}
