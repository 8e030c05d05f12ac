package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/store"
)

// purgeListing is what is shown before anything is purged.
type purgeListing struct {
	store.Plan
	Copies  []string `json:"copies"`  // files beside the data file
	Confirm string   `json:"confirm"` // what --confirm has to say
	file    string
	zone    *time.Location
}

// write prints the listing for people.
func (l purgeListing) write(w io.Writer) error {
	var b strings.Builder
	if l.Empty() {
		fmt.Fprintf(&b, "There is nothing to purge in %s%s.\n", l.file, l.from())
	} else {
		fmt.Fprintf(&b, "To be purged from %s%s:\n  %s\n", l.file, l.from(), l.amount())
		if l.Decisions > 0 {
			fmt.Fprintf(&b, "  decided between %s and %s\n", l.day(l.First), l.day(l.Last))
		}
	}
	if _, err := io.WriteString(w, clean.Text(b.String())); err != nil {
		return err
	}
	for _, t := range []table{l.people(), l.sessions()} {
		if len(t.rows) > 1 {
			if _, err := io.WriteString(w, "\n"); err != nil {
				return err
			}
			if err := t.write(w); err != nil {
				return err
			}
		}
	}
	if n := l.finalised(); n > 0 {
		if _, err := fmt.Fprintf(w, "\nIt changes %s too: what must go must go there as well.\n",
			number(n, "finalised session", "finalised sessions")); err != nil {
			return err
		}
	}
	return l.writeStays(w)
}

func (l purgeListing) from() string {
	if l.Before.IsZero() {
		return ""
	}
	return ", of what was made before " + l.day(l.Before)
}

func (l purgeListing) day(t time.Time) string { return t.In(l.zone).Format(time.DateOnly) }

// amount says how much goes.
func (l purgeListing) amount() string {
	parts := []string{number(l.Decisions, "decision", "decisions")}
	if l.Events > 0 {
		parts = append(parts, number(l.Events, "entry about people in sessions", "entries about people in sessions"))
	}
	if l.Walks > 0 {
		parts = append(parts, number(l.Walks, "unfinished walk", "unfinished walks"))
	}
	whole := 0
	for _, p := range l.About {
		if p.Whole {
			whole++
		}
	}
	if whole > 0 {
		parts = append(parts, number(whole, "person altogether", "people altogether"))
	}
	return strings.Join(parts, ", ")
}

func number(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

func (l purgeListing) people() (t table) {
	t.add("  PERSON", "ID", "DECISIONS", "BESIDES")
	for _, p := range l.About {
		besides := ""
		if p.Whole {
			besides = "all that is known of them"
		}
		t.add("  "+cmp.Or(p.Name, "(not listed)"), p.ID, fmt.Sprint(p.Decisions), besides)
	}
	return t
}

func (l purgeListing) sessions() (t table) {
	t.add("  SESSION", "STATE", "DECISIONS", "BESIDES")
	for _, s := range l.Sessions {
		name, state, besides := s.Name, string(s.State), ""
		switch {
		case s.ID == "":
			name, state = "(outside any session)", "-"
		case name == "":
			name, state = s.ID, "not here"
		}
		if s.Agenda {
			besides = "the place on its agenda"
		}
		t.add("  "+name, state, fmt.Sprint(s.Decisions), besides)
	}
	return t
}

// finalised counts the sessions that are finalised and lose something all the same.
func (l purgeListing) finalised() (n int) {
	for _, s := range l.Sessions {
		if s.State == calibration.Finalised {
			n++
		}
	}
	return n
}

// writeStays prints what one could think to be purged and is not.
func (l purgeListing) writeStays(w io.Writer) error {
	var b strings.Builder
	say := func(format string, args ...any) { b.WriteString(item(fmt.Sprintf(format, args...))) }
	if l.Left.Open > 0 {
		say("%s of sessions that are open: %s; finalise them first, or name the person with --person",
			number(l.Left.Open, "decision", "decisions"), strings.Join(l.Left.OpenIn, ", "))
	}
	if n := l.Left.Correcting; n > 0 {
		say("%s one that stays, and without which that one would stand again", number(n, "decision that corrects", "decisions that correct"))
	}
	if l.Left.AsReviewer > 0 || l.Left.AsManager > 0 {
		say("the name where it is a reviewer's, in %s about others, or a manager's, of %s",
			number(l.Left.AsReviewer, "decision", "decisions"), number(l.Left.AsManager, "other person", "other people"))
	}
	if !l.Empty() {
		say("what reasons and notes about others say of them")
		say("what others have: backups elsewhere, packets that were sent")
		if len(l.Copies) > 0 {
			say("what these files beside it hold; delete those that you do not need:")
		}
		for _, path := range l.Copies {
			b.WriteString("    " + clean.Line(path) + "\n")
		}
	}
	if b.Len() == 0 {
		return nil
	}
	_, err := io.WriteString(w, "\nWhat stays:\n"+b.String())
	return err
}

// item is a paragraph with a dash before it.
func item(text string) string {
	return "  - " + strings.TrimPrefix(paragraph(text, "    ", textWidth), "    ")
}

// writePurges prints what was purged so far.
func (s *shell) writePurges(purges []store.Purge) error {
	if len(purges) == 0 {
		s.say("nothing was purged from this file so far")
		return nil
	}
	var t table
	t.add("WHEN", "BY", "DECISIONS", "ENTRIES", "WALKS", "PEOPLE", "WHAT", "WHY")
	for _, p := range purges {
		what := p.Kind
		if !p.Before.IsZero() {
			what += ", before " + p.Before.In(s.Now().Location()).Format(time.DateOnly)
		}
		t.add(p.At.In(s.Now().Location()).Format("2006-01-02 15:04"), p.By, fmt.Sprint(p.Decisions), fmt.Sprint(p.Events),
			fmt.Sprint(p.Walks), fmt.Sprint(p.People), what, p.Why)
	}
	return t.write(s.Stdout)
}
