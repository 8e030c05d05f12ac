package report

import (
	"fmt"
	"math"
	"strings"
)

// rawTable is a CSV file taken apart without losing how it was written: each field as
// it stands, quotes and all, so that what is not touched can be written back to the
// byte.
type rawTable struct {
	comma   string
	records []rawRecord
}

type rawRecord struct {
	line   int // in the file, from 1
	fields []string
	end    string // the line break behind it; empty at the end of a file without one
}

// width is how many cells a row has: as many as the header, or more where every row ends
// with a delimiter too many.
func (t rawTable) width() int {
	least := math.MaxInt
	for _, r := range t.records[1:] {
		if !r.empty() {
			least = min(least, len(r.fields))
		}
	}
	if head := len(t.records[0].fields); least == math.MaxInt || least < head {
		return head
	}
	return least
}

// empty reports whether the line has nothing on it.
func (r rawRecord) empty() bool {
	return len(r.fields) <= 1 && strings.TrimSpace(strings.Join(r.fields, "")) == ""
}

// parseRaw reads a table with the delimiter that its first line has most of.
func parseRaw(text string) (rawTable, error) {
	t := rawTable{comma: likeliestComma(text)}
	line, cells := 1, 0
	record := rawRecord{line: line}
	for at := 0; at < len(text); {
		n, err := rawField(text[at:], t.comma)
		if err != nil {
			return t, fmt.Errorf("line %d: %w", line, err)
		}
		field := text[at : at+n]
		line += strings.Count(field, "\n")
		record.fields = append(record.fields, field)
		if cells++; cells > MaxTemplateCells {
			return t, fmt.Errorf("line %d: the table has more than %d cells, the most that are filled; split it", line, MaxTemplateCells)
		}
		at += n
		switch rest := text[at:]; {
		case strings.HasPrefix(rest, t.comma):
			at += len(t.comma)
			if at == len(text) {
				record.fields = append(record.fields, "")
			}
			continue
		case strings.HasPrefix(rest, "\r\n"):
			record.end = "\r\n"
		case rest != "":
			record.end = rest[:1]
		}
		at += len(record.end)
		line++
		t.records = append(t.records, record)
		record = rawRecord{line: line}
	}
	if len(record.fields) > 0 {
		t.records = append(t.records, record)
	}
	return t, nil
}

// rawField is the length of the field at the start of a text.
func rawField(text, comma string) (n int, err error) {
	if !strings.HasPrefix(text, `"`) {
		if n = strings.IndexAny(text, comma+"\r\n"); n < 0 {
			n = len(text)
		}
		return n, nil
	}
	for n = 1; ; {
		next := strings.IndexByte(text[n:], '"')
		if next < 0 {
			return 0, fmt.Errorf("a quotation mark is never closed")
		}
		n += next + 1
		if !strings.HasPrefix(text[n:], `"`) {
			break
		}
		n++
	}
	if rest := text[n:]; rest != "" && !strings.HasPrefix(rest, comma) && rest[0] != '\r' && rest[0] != '\n' {
		return 0, fmt.Errorf("something follows a closing quotation mark")
	}
	return n, nil
}

func likeliestComma(text string) string {
	head, _, _ := strings.Cut(text, "\n")
	best, most := ",", 0
	for _, comma := range []string{",", ";", "\t"} {
		if n := strings.Count(head, comma); n > most {
			best, most = comma, n
		}
	}
	return best
}

// unquoted is what a raw field says.
func unquoted(field string) string {
	if len(field) >= 2 && strings.HasPrefix(field, `"`) {
		return strings.ReplaceAll(field[1:len(field)-1], `""`, `"`)
	}
	return field
}

// quoted is a text as a raw field, in quotes where it needs them.
func quoted(text, comma string) string {
	if strings.ContainsAny(text, comma+"\"\r\n") || strings.TrimSpace(text) != text {
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}

// String writes the table back.
func (t rawTable) String() string {
	var b strings.Builder
	for _, r := range t.records {
		b.WriteString(strings.Join(r.fields, t.comma) + r.end)
	}
	return b.String()
}
