package roster

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// split cuts CSV into rows, those left out that are blank, at most so many; 0 means all.
//
// It is encoding/csv with two differences. A quotation mark inside an unquoted cell is
// itself: names are written Robert "Bob" Smith. And one that is never closed is an error
// with the line that it stands on, where a lenient reader would swallow the rest of the
// file as one cell. Rows are returned along with an error, as far as they go.
func split(text string, comma rune, most int) ([]row, error) {
	s := splitter{text: text, comma: comma, line: 1}
	var rows []row
	for s.at < len(s.text) && (most == 0 || len(rows) < most) {
		r := row{line: s.line}
		r.cells = s.row()
		if s.err == nil && firstFilled(r) == "" {
			continue
		}
		if rows = append(rows, r); s.err != nil {
			return rows, s.err
		}
		if len(rows) > MaxRows {
			return rows, tooMany(r.line, MaxRows, "rows")
		}
		if s.cells += len(r.cells); s.cells > MaxCells {
			return rows, tooMany(r.line, MaxCells, "cells")
		}
	}
	return rows, nil
}

func tooMany(line, most int, what string) error {
	return fmt.Errorf("line %d: there are more than %d %s, the most that is read; split the file", line, most, what)
}

type splitter struct {
	text  string
	comma rune
	at    int // the next byte to look at
	line  int // that it stands on
	cells int // of all rows so far
	err   error
}

// row reads one row with the break at its end.
func (s *splitter) row() []string {
	var cells []string
	began := s.line
	for s.err == nil {
		if cells = append(cells, s.cell()); len(cells) > MaxColumns {
			s.err = tooMany(began, MaxColumns, "columns")
		}
		if !s.skip(s.comma) {
			break
		}
	}
	s.lineBreak()
	return cells
}

// cell reads one cell up to the delimiter, line break or end behind it.
func (s *splitter) cell() string {
	rest := strings.TrimLeft(s.text[s.at:], " ")
	if strings.HasPrefix(rest, `"`) {
		s.at = len(s.text) - len(rest) + 1
		return s.quoted()
	}
	rest = s.text[s.at:]
	end := strings.IndexFunc(rest, func(r rune) bool { return r == s.comma || r == '\n' || r == '\r' })
	if end < 0 {
		end = len(rest)
	}
	s.at += end
	return rest[:end]
}

// quoted reads a cell behind its opening quotation mark.
func (s *splitter) quoted() string {
	opened := s.line
	var b strings.Builder
	for {
		rest := s.text[s.at:]
		stop := strings.IndexAny(rest, "\"\r\n")
		if stop < 0 {
			s.at = len(s.text)
			s.err = fmt.Errorf("line %d: a quotation mark is opened and never closed; close it, or double it where it belongs to the text", opened)
			return b.String()
		}
		b.WriteString(rest[:stop])
		s.at += stop
		switch {
		case s.lineBreak():
			b.WriteByte('\n')
		case strings.HasPrefix(rest[stop:], `""`):
			b.WriteByte('"')
			s.at += 2
		default:
			s.at++
			s.closed()
			return b.String()
		}
	}
}

// closed checks that nothing but spaces stands behind a closing quotation mark.
func (s *splitter) closed() {
	s.at = len(s.text) - len(strings.TrimLeft(s.text[s.at:], " "))
	next, _ := utf8.DecodeRuneInString(s.text[s.at:])
	if s.at < len(s.text) && next != s.comma && next != '\n' && next != '\r' {
		s.err = fmt.Errorf("line %d: behind a closing quotation mark stands %q; double quotation marks that belong to the text", s.line, next)
	}
}

// lineBreak passes over one line break, of any of the three kinds.
func (s *splitter) lineBreak() bool {
	if s.skip('\r') {
		s.skip('\n')
	} else if !s.skip('\n') {
		return false
	}
	s.line++
	return true
}

func (s *splitter) skip(r rune) bool {
	next, size := utf8.DecodeRuneInString(s.text[s.at:])
	if size == 0 || next != r {
		return false
	}
	s.at += size
	return true
}
