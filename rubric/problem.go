package rubric

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing that is wrong with a rubric, or one thing of an outline
// that could not be placed.
type Problem struct {
	File    string // as it was given to Parse or ImportOutline; may be empty
	Line    int    // from 1; 0 where the rubric did not come from a text
	Column  int    // from 1, in characters
	Message string // what is wrong
	Hint    string // what to do about it, or what was likely meant; may be empty
}

// String is "file:line:column: message; hint", without the parts that are not
// known.
func (p Problem) String() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File + ":")
	}
	if p.Line > 0 {
		fmt.Fprintf(&b, "%d:%d:", p.Line, p.Column)
	}
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	b.WriteString(p.Message)
	if p.Hint != "" {
		b.WriteString("; " + p.Hint)
	}
	return b.String()
}

// Problems is every problem of one rubric, sorted by place. As an error it
// prints one a line.
type Problems []Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// maxProblems bounds what a hostile file can make us remember and print.
const maxProblems = 1000

// place is where something stands in a text: both from 1, or both 0 where it
// came from no text.
type place struct{ line, column int }

// findings collects the problems of one file.
type findings struct {
	file string
	list Problems
	more bool // there is something beyond maxProblems
}

func (f *findings) add(at place, message, hint string) {
	if len(f.list) == maxProblems {
		f.more = true
		return
	}
	f.list = append(f.list, Problem{File: f.file, Line: at.line, Column: at.column, Message: message, Hint: hint})
}

// problems is all that was found, sorted by place.
func (f *findings) problems() Problems {
	slices.SortStableFunc(f.list, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	if f.more {
		return append(f.list, Problem{File: f.file, Message: fmt.Sprintf("more problems follow these %d", maxProblems)})
	}
	return f.list
}

// err is the problems as an error, nil where there are none.
func (f *findings) err() error {
	if len(f.list) == 0 {
		return nil
	}
	return f.problems()
}

// quote writes a text of the file into a message: in quotes, control characters
// escaped, and no longer than a line can bear.
func quote(text string) string {
	const most = 60
	if runes := []rune(text[:min(len(text), 4*most)]); len(runes) > most {
		return fmt.Sprintf("%q", string(runes[:most-1])+"…")
	}
	return fmt.Sprintf("%q", text)
}

// didYouMean is the hint for an unknown name, or otherwise where nothing known
// is near it.
func didYouMean(name string, known []string, otherwise string) string {
	near := Nearest(name, known)
	if len(near) == 0 {
		return otherwise
	}
	quoted := make([]string, len(near))
	for i, n := range near {
		quoted[i] = quote(n)
	}
	return "did you mean " + orList(quoted) + "?"
}
