package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/rubric"
	"calibrate/store"
)

func newSessionShow(s *shell) *cobra.Command {
	return &cobra.Command{
		Use:   "show SESSION",
		Short: "A session as it stands: agenda, who is waited for, what was decided and said",
		Long: `Shows a session: its agenda in order, who is still blind and who is waited for, drafts
and decisions, the panel, what was said, and where the time went. Of people who are
blind it tells only who has placed them.

With --format json it is one object:
  session  as the file keeps it
  next     the id of the person whom the session goes on with
  people   in the agenda's order: place, id, name, team, manager, the rubric where
           there are several, blind, decided,
           voters, placed, missing, recusals, drafts and finals (by dimension: position,
           reviewer, change, decision), triage, positions_apart, readiness, spent_seconds
  events   what happened, in the order of time
  airtime  as “calibrate session airtime” tells it`,
		Example: "  calibrate session show \"2026 H1\"\n  calibrate session show \"2026 H1\" --format json | jq '.people[] | select(.blind) | .missing'",
		Args:    takes(1, 1, "SESSION"),
		RunE: func(_ *cobra.Command, args []string) error {
			return s.existing(func(st *store.Store) error { return s.showSession(st, args[0]) })
		},
	}
}

func (s *shell) showSession(st *store.Store, which string) error {
	room, n, err := s.roomOf(st, which)
	if err != nil {
		return err
	}
	events, err := st.Veiled().Events(room.Session.ID)
	if err != nil {
		return err
	}
	if s.json() {
		return writeDocument(s.Stdout, recordOf(room, events))
	}
	var b strings.Builder
	s.writeHead(&b, room, n)
	if err := agendaTable(room).write(&b); err != nil {
		return err
	}
	writePanel(&b, room, n)
	n.writeEvents(&b, events)
	if room.Spent() > 0 {
		b.WriteString("\nAirtime\n")
		if err := writeAirtimeGroups(&b, room.Airtime()); err != nil {
			return err
		}
	}
	_, err = io.WriteString(s.Stdout, b.String())
	return err
}

func (s *shell) writeHead(b *strings.Builder, room *calibration.Room, n names) {
	session, day := room.Session, "2006-01-02"
	head := fmt.Sprintf("%s · %s", session.Name, session.State)
	if session.State == calibration.Finalised {
		head += " " + session.FinalisedAt.In(s.Now().Location()).Format(day)
	}
	head += " · opened " + session.OpenedAt.In(s.Now().Location()).Format(day)
	if session.Facilitator != "" {
		head += " · led by " + session.Facilitator
	}
	blind, undecided := len(blindIn(room)), room.Undecided()
	far := fmt.Sprintf("%s · %d decided · %d blind · %s spent", peopleCount(len(room.Turns)), len(room.Turns)-undecided, blind, calibration.Clock(room.Spent()))
	if budget := session.Budget(); budget > 0 {
		far += fmt.Sprintf(" of %d:00, %s each", session.Minutes, calibration.Clock(budget))
	}
	for _, line := range []string{head, rolesOf(room.Rubrics()), far} {
		b.WriteString(clean.Line(line) + "\n")
	}
	if session.State == calibration.Open && undecided > 0 {
		b.WriteString(clean.Line("It goes on with "+n.label(room.Turns[room.Resume()].Person.ID)) + "\n")
	}
	b.WriteString("\n")
}

func agendaTable(room *calibration.Room) *table {
	var t table
	var dimensions, head []string
	for _, r := range room.Rubrics() {
		for _, d := range r.Dimensions {
			dimensions = with(dimensions, d)
		}
	}
	head = []string{"", "ID", "NAME"}
	if room.Mixed() {
		head = append(head, "RUBRIC")
	}
	t.add(slices.Concat(head, []string{"STATE"}, dimensions, []string{"TRIAGE", "SPENT"})...)
	apart := triages(room)
	for i, turn := range room.Turns {
		row := []string{fmt.Sprintf("%d", i+1), turn.Person.ID, turn.Person.Name}
		if room.Mixed() {
			row = append(row, room.RubricName(turn.Rubric))
		}
		row = append(row, stateWords(room, turn))
		for _, d := range dimensions {
			if slices.Contains(turn.Rubric.Dimensions, d) {
				row = append(row, positionWords(turn.Rubric, turn, d))
			} else {
				row = append(row, "")
			}
		}
		spent := "-"
		if turn.Spent > 0 {
			spent = calibration.Clock(turn.Spent)
		}
		row = append(row, first(string(apart[turn.Person.ID].Triage), "-"), spent)
		t.add(row...)
	}
	return &t
}

// rolesOf names rubrics: "Engineering Manager, Senior Platform Engineer".
func rolesOf(rubrics []*rubric.Rubric) string {
	names := calibration.RubricNames(rubrics)
	var roles []string
	for _, r := range rubrics {
		roles = append(roles, names[r.Hash()])
	}
	return strings.Join(roles, ", ")
}

// triages is how far apart the reviewers of each person are, of whom that may be told.
func triages(room *calibration.Room) map[string]calibration.PersonSpread {
	by := map[string]calibration.PersonSpread{}
	for _, under := range room.Compared {
		for _, p := range under.Spread().People {
			by[p.Person.ID] = p
		}
	}
	return by
}

func stateWords(room *calibration.Room, t calibration.Turn) string {
	switch {
	case t.Blind:
		return fmt.Sprintf("blind, %d of %d placed", len(t.Placed), len(t.Voters))
	case room.Decided(t):
		return "decided"
	case len(t.Finals) > 0:
		return "decided in part"
	case len(t.Voters) > 0:
		return "to be decided"
	}
	return "open"
}

// positionWords are "3-high", "3-high, drafted 3-mid", or before the decision "drafted
// 3-mid, voted 3-mid to 4-low".
func positionWords(r *rubric.Rubric, t calibration.Turn, dimension string) string {
	var parts []string
	final, draft := t.Finals[dimension].Position, t.Drafts[dimension].Position
	if final != "" {
		parts = append(parts, final)
	}
	if draft != "" && draft != final {
		parts = append(parts, "drafted "+draft)
	}
	if voted := votedWords(r, t, dimension); voted != "" && final == "" {
		parts = append(parts, "voted "+voted)
	}
	return first(strings.Join(parts, ", "), "-")
}

// votedWords are the lowest and the highest vote: "3-mid to 4-low".
func votedWords(r *rubric.Rubric, t calibration.Turn, dimension string) string {
	low, high := 0, 0
	for _, d := range t.Counting {
		p, err := r.Position(d.Position)
		if d.Stage != calibration.Panel || d.Dimension != dimension || err != nil {
			continue
		}
		if low == 0 || p.Ordinal < low {
			low = p.Ordinal
		}
		high = max(high, p.Ordinal)
	}
	switch {
	case low == 0:
		return ""
	case low == high:
		return r.At(low).Key
	}
	return r.At(low).Key + " to " + r.At(high).Key
}

// writePanel tells who votes, from whom they are recused, and who is waited for.
func writePanel(b *strings.Builder, room *calibration.Room, n names) {
	if len(room.Session.Panel) == 0 {
		b.WriteString("\nWithout a panel: nothing is blind\n")
		return
	}
	b.WriteString("\nPanel\n")
	for _, p := range room.Session.Panel {
		b.WriteString(paragraph(p.Reviewer, "  ", textWidth))
		var missing []string
		for _, t := range room.Turns {
			if t.Blind && slices.Contains(t.Missing(), p.Reviewer) {
				missing = append(missing, t.Person.ID)
			}
		}
		if len(missing) > 0 {
			b.WriteString(paragraph("has yet to place "+n.labels(missing), "    ", textWidth))
		}
		for _, r := range groupRecusals(room.Session.Recusals) {
			if r.reviewer == p.Reviewer {
				b.WriteString(paragraph(fmt.Sprintf("does not vote on %s: %s", n.labels(r.people), r.why), "    ", textWidth))
			}
		}
	}
}
