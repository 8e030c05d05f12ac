package cli

import (
	"fmt"
	"io"
	"strings"

	"calibrate/internal/clean"
	"calibrate/roster"
)

// shownPeople is how many people are listed under each heading of a plan; what goes
// beyond is counted.
const shownPeople = 40

// showRoster prints what the columns mean and what is new and changed; what is left out
// or wrong goes to standard error.
func (s *shell) showRoster(name string, file *roster.File, plan roster.Plan) error {
	heading := fmt.Sprintf("%s: %s; the header is in line %d, with %s below it", name, formatWords(file.Format), file.Header, count(file.Rows, "row"))
	if _, err := io.WriteString(s.Stdout, clean.Line(heading)+"\n\n"); err != nil {
		return err
	}
	var columns table
	columns.add("COLUMN", "HEADING", "BECOMES")
	for _, c := range file.Columns {
		columns.add(fmt.Sprint(c.Number), first(shorten(c.Heading), "-"), becomes(c))
	}
	if err := columns.write(s.Stdout); err != nil {
		return err
	}
	if err := showNew(s.Stdout, plan.New); err != nil {
		return err
	}
	if err := showChanged(s.Stdout, plan.Changed); err != nil {
		return err
	}
	for _, note := range append(file.Notes, plan.Notes...) {
		s.say("%s: %s", name, note)
	}
	s.sayBad(name, plan)
	return nil
}

func formatWords(f roster.Format) string {
	if f.Sheet == "" {
		return fmt.Sprintf("%s, %s between cells", f.Charset, f.Delimiter)
	}
	words := fmt.Sprintf("the sheet “%s” of a workbook", f.Sheet)
	if len(f.Others) > 0 {
		words += fmt.Sprintf(" (others: %s; --sheet chooses)", strings.Join(f.Others, ", "))
	}
	return words
}

func becomes(c roster.Column) string {
	words := "nothing"
	switch {
	case c.Field != "":
		words = string(c.Field)
	case c.Keep != "" && c.Keep != c.Heading:
		words = fmt.Sprintf("kept as “%s”", c.Keep)
	case c.Keep != "":
		words = "kept as it is"
	}
	if c.Note != "" {
		words += ": " + c.Note
	}
	return words
}

func showNew(w io.Writer, entries []roster.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	var t table
	t.add("NEW", "ID", "NAME", "TEAM", "MANAGER")
	for _, e := range entries[:min(len(entries), shownPeople)] {
		p := e.Person
		t.add("+", first(p.ID, "-"), p.Name, first(p.Team, "-"), first(p.Manager, "-"))
	}
	return writeList(w, t, len(entries))
}

func showChanged(w io.Writer, entries []roster.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	var t table
	t.add("CHANGED", "ID", "NAME", "FIELD", "BEFORE", "AFTER")
	for _, e := range entries[:min(len(entries), shownPeople)] {
		mark, id, name := "~", e.Person.ID, e.Person.Name
		for _, c := range e.Changes {
			t.add(mark, id, name, c.Field, first(shorten(c.Before), "-"), first(shorten(c.After), "-"))
			mark, id, name = "", "", ""
		}
	}
	return writeList(w, t, len(entries))
}

// writeList writes a table below an empty line, and how many more there are.
func writeList(w io.Writer, t table, all int) error {
	if _, err := io.WriteString(w, "\n"); err != nil {
		return err
	}
	if err := t.write(w); err != nil || all <= shownPeople {
		return err
	}
	_, err := fmt.Fprintf(w, "… and %d more; --format json prints all\n", all-shownPeople)
	return err
}

// shorten cuts a note that would not fit into a column.
func shorten(text string) string {
	const most = 40
	if len(text) > 100*most { // no letter has so many bytes
		text = text[:100*most]
	}
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

// rosterDocument is an import as JSON.
type rosterDocument struct {
	File string `json:"file"`
	roster.Format
	Header  int             `json:"header_line"`
	Rows    int             `json:"rows"`
	Columns []roster.Column `json:"columns"`
	Notes   []string        `json:"notes"`
	New     []roster.Entry  `json:"new"`
	Changed []roster.Entry  `json:"changed"`
	Same    int             `json:"same"`
	Bad     []roster.Bad    `json:"bad"`
	Written bool            `json:"written"`
}

func newRosterDocument(name string, file *roster.File, plan roster.Plan, written bool) rosterDocument {
	return rosterDocument{
		File: name, Format: file.Format, Header: file.Header, Rows: file.Rows, Columns: file.Columns,
		Notes: append([]string{}, append(file.Notes, plan.Notes...)...),
		New:   append([]roster.Entry{}, plan.New...), Changed: append([]roster.Entry{}, plan.Changed...),
		Same: plan.Same, Bad: append([]roster.Bad{}, plan.Bad...), Written: written,
	}
}
