package report

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"time"
)

// rowHead is the head of the rows for an HR system. Names and order are promised.
var rowHead = []string{
	"employee_id", "email", "name", "team", "manager", "session", "dimension", "original_position", "original_reviewer", "original_at",
	"final_position", "final_level", "final_band", "final_at", "rationale", "changed",
}

// WriteRows writes the results as CSV, one row a person and dimension, for an HR
// system: UTF-8, commas, lines that end in CRLF, times in UTC as RFC 3339. Cells are
// empty where nothing was proposed or decided; reviewers have a name as far as the reader
// may know it. Where there are several rubrics a last column says under which a row's
// positions are.
func WriteRows(w io.Writer, s Source, who Audience) error {
	s = s.readBy(who)
	out := csv.NewWriter(w)
	out.UseCRLF = true
	head := rowHead
	if s.mixed() {
		head = append(slices.Clone(head), "rubric")
	}
	if err := out.Write(head); err != nil {
		return err
	}
	for _, r := range s.Results() {
		cells := r.cells()
		if s.mixed() {
			cells = append(cells, s.roles[r.Person.ID])
		}
		for i := range cells {
			cells[i] = Cell(cells[i])
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (r Result) cells() []string {
	p := r.Person
	cells := []string{p.EmployeeID(), p.Email, p.Name, p.Team, p.Manager, r.Session, r.Dimension}
	if r.Original == nil {
		cells = append(cells, "", "", "")
	} else {
		cells = append(cells, r.Original.Position, r.Original.Reviewers[0], stamp(r.DraftedAt))
	}
	if r.Final == nil {
		return append(cells, "", "", "", "", "", "")
	}
	return append(cells, r.Final.Position, strconv.Itoa(r.Position.Level), r.Position.Band, stamp(r.Final.DecidedAt), r.Rationale, r.Changed())
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
