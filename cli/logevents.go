package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/store"
)

// eachWithEvents hands out the decisions of a session and what happened in it, in the
// order of time. Only where all events are asked for are those among them that nobody
// said anything in: when the agenda came to somebody, and for how long.
func (f logFlags) eachWithEvents(st store.Veiled, decision func(calibration.Decision) error, event func(calibration.Event) error, all bool) error {
	type entry struct {
		at   time.Time
		id   string
		tell func() error
	}
	var entries []entry
	err := f.each(st, func(d calibration.Decision) error {
		entries = append(entries, entry{d.DecidedAt, d.ID, func() error { return decision(d) }})
		return nil
	})
	if err != nil {
		return err
	}
	events, err := st.Events(f.session)
	if err != nil {
		return err
	}
	for _, e := range events {
		silent := e.Kind == calibration.Arrived || e.Kind == calibration.Spent
		if (f.person == "" || e.Person == f.person) && (f.by == "" || e.By == f.by) && (all || !silent) {
			entries = append(entries, entry{e.At, e.ID, func() error { return event(e) }})
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.id, b.id)) })
	for _, e := range entries {
		if err := e.tell(); err != nil {
			return err
		}
	}
	return nil
}

// eventEntry writes for people what happened in a session.
func (n names) eventEntry(e calibration.Event, s *shell) string {
	about := n.session[e.Session]
	if e.Person != "" {
		about = first(n.person[e.Person], e.Person)
	}
	if e.Dimension != "" {
		about += " · " + e.Dimension
	}
	var b strings.Builder
	b.WriteString(clean.Line(fmt.Sprintf("%s  %s  %s", s.minute(e.At), about, eventWords(e))) + "\n")
	if e.Text != "" {
		b.WriteString(paragraph(e.Text, "    ", textWidth))
	}
	return b.String()
}

// eventWords say what happened, without its text.
func eventWords(e calibration.Event) string {
	switch e.Kind {
	case calibration.Reveal:
		return "revealed by " + e.By
	case calibration.Dissent:
		return fmt.Sprintf("dissent of %s, recorded by %s", e.Who, e.By)
	case calibration.FollowUp:
		due := ""
		if e.Due != "" {
			due = ", due " + e.Due
		}
		return fmt.Sprintf("follow-up for %s%s, recorded by %s", e.Who, due, e.By)
	case calibration.Readiness:
		return fmt.Sprintf("ready for promotion: %s, recorded by %s", e.Answer, e.By)
	case calibration.Finalise:
		return "finalised by " + e.By
	case calibration.Reopen:
		return "reopened by " + e.By
	}
	return fmt.Sprintf("%s by %s", e.Kind, e.By)
}

// minute is a time as people read it.
func (s *shell) minute(at time.Time) string {
	return at.In(s.Now().Location()).Format("2006-01-02 15:04")
}
