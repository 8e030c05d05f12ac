package roster

import (
	"fmt"
	"slices"
	"strings"

	"calibrate/rubric"
)

// findHeader returns the index of the row that is the header.
func findHeader(rows []row, m Mapping) (int, error) {
	at, known := bestHeader(rows, m)
	if known > 0 {
		return at, nil
	}
	widest := rows[0]
	for _, r := range rows[:min(len(rows), maxAbove)] {
		if len(r.cells) > len(widest.cells) {
			widest = r
		}
	}
	for _, field := range Fields() {
		if heading := m[field]; heading != "" && !slices.ContainsFunc(widest.cells, func(c string) bool { return headingKey(c) == headingKey(heading) }) {
			return 0, fmt.Errorf("line %d: %w", widest.line, noColumn(field, heading, headings(widest)))
		}
	}
	return 0, fmt.Errorf("line %d: no column is known that says who a row is about; the columns are %s; say which is the id, the email or the name: --map name=%q",
		widest.line, quotedList(headings(widest)), shorten(first(headings(widest)...)))
}

// bestHeader finds the row among the first ones in which the most fields are found, by
// alias or because they are told, and how many these are. It must say who a row is
// about; 0 means that none does. Of equals the first counts.
func bestHeader(rows []row, m Mapping) (at, known int) {
	all := meanings()
	for i, r := range rows[:min(len(rows), maxAbove)] {
		if n := knownHeadings(r, all, m); n > known {
			at, known = i, n
		}
	}
	return at, known
}

// knownHeadings counts the fields that a row would be the header of.
func knownHeadings(r row, all map[string]meaning, m Mapping) int {
	found, names := map[Field]bool{}, false
	there := map[string]bool{}
	for _, cell := range r.cells {
		key := headingKey(cell)
		there[key] = true
		if means, ok := all[key]; ok && !m.tells(means.field) {
			found[means.field] = true
		}
	}
	for field, heading := range m {
		at, numbered := columnNumber(heading)
		switch {
		case heading == "":
		case numbered && at <= len(r.cells) && tidy(r.cells[at-1]) != "", !numbered && there[headingKey(heading)]:
			found[field] = true
		}
	}
	for field := range found {
		names = names || field.names()
	}
	if !names {
		return 0
	}
	return len(found)
}

// noColumn says that there is no column of a heading, and which was likely meant.
func noColumn(field Field, heading string, all []string) error {
	if near := rubric.Nearest(heading, all); len(near) > 0 {
		return fmt.Errorf("there is no column %q for %s; did you mean %q?", heading, field, near[0])
	}
	return fmt.Errorf("there is no column %q for %s; the columns are %s", heading, field, quotedList(all))
}

func headings(r row) []string {
	var all []string
	for _, cell := range r.cells {
		if h := tidy(cell); h != "" {
			all = append(all, h)
		}
	}
	return all
}

func quotedList(texts []string) string {
	const shown = 12
	var quoted []string
	for i, t := range texts {
		if i == shown {
			return strings.Join(quoted, ", ") + fmt.Sprintf(" and %d more", len(texts)-shown)
		}
		quoted = append(quoted, "“"+shorten(t)+"”")
	}
	return strings.Join(quoted, ", ")
}

// shorten cuts what is no heading but a paragraph.
func shorten(text string) string {
	const most = 60
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

// firstFilled is the first cell of a row that is not blank; "" if all are.
func firstFilled(r row) string {
	for _, cell := range r.cells {
		if t := strings.TrimSpace(cell); t != "" {
			return t
		}
	}
	return ""
}
