package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/rubric"
	"calibrate/store"
)

func newLog(s *shell) *cobra.Command {
	var f logFlags
	cmd := &cobra.Command{
		Use:   "log",
		Short: "Every decision, oldest first",
		Long: `Prints every decision that was ever made, oldest first, with its reason and its
evidence. With --format json it prints one record a line, as the file keeps them.

With --session it tells what happened in the session besides: notes, early reveals with
their reason, dissent, follow-ups, readiness, finalising and reopening. In JSON such a
record has a field “kind”, which decisions have not.

What is about people who are blind in a session is hidden; how much that is, is told.`,
		Example: `  calibrate log
  calibrate log --person "Ada Lovelace"
  calibrate log --session "2026 H1"
  calibrate log --format json | jq -r '[.decided_at, .person, .position] | @tsv'`,
		Args: takes(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			return s.reading(func(st *store.Store) error { return s.log(st.Veiled(), f) })
		},
	}
	cmd.Flags().StringVar(&f.person, "person", "", "only decisions about the person with the `ID` or exact name")
	cmd.Flags().StringVar(&f.session, "session", "", "only decisions of the session with the `NAME` or id")
	cmd.Flags().StringVar(&f.by, "by", "", "only decisions of the reviewer with the `NAME`")
	return cmd
}

type logFlags struct{ person, session, by string }

func (s *shell) log(st store.Veiled, f logFlags) error {
	names, err := namesIn(st.Store)
	if err != nil {
		return err
	}
	if f, err = names.resolve(f); err != nil {
		return err
	}
	names.several = rolesIn(st.Store) > 1
	printed := 0
	print := func(record any, entry func() string) error {
		if s.json() {
			return writeRecord(s.Stdout, record)
		}
		if printed++; printed > 1 {
			fmt.Fprintln(s.Stdout)
		}
		_, err := io.WriteString(s.Stdout, entry())
		return err
	}
	decision := func(d calibration.Decision) error {
		if !f.asksFor(d) {
			return nil
		}
		return print(d, func() string {
			r, _ := st.Rubric(d.Rubric) // without it statements are told by their ids alone
			return names.entry(d, r, s, correction(st.Store, d))
		})
	}
	if f.session == "" {
		err = f.each(st, decision)
	} else {
		err = f.eachWithEvents(st, decision, func(e calibration.Event) error {
			return print(e, func() string { return names.eventEntry(e, s) })
		}, s.json())
	}
	if err != nil {
		return err
	}
	hidden, err := unseenOf(st, func(d calibration.Decision, in calibration.Session) bool { return f.asksFor(d) })
	if err == nil && printed == 0 && hidden.decisions == 0 && !s.json() {
		s.say("no decision was made yet; “calibrate place” or the app makes one")
	}
	s.tell(hidden)
	return err
}

func (f logFlags) asksFor(d calibration.Decision) bool {
	return (f.person == "" || d.Person == f.person) && (f.session == "" || d.Session == f.session) && (f.by == "" || d.Reviewer == f.by)
}

// each hands out the decisions by the shortest way to them.
func (f logFlags) each(st store.Veiled, yield func(calibration.Decision) error) error {
	var some []calibration.Decision
	var err error
	switch {
	case f.person != "":
		some, err = st.DecisionsOf(f.person)
	case f.session != "":
		some, err = st.DecisionsIn(f.session)
	case f.by != "":
		some, err = st.DecisionsBy(f.by)
	default:
		return st.Decisions(yield)
	}
	for i := 0; err == nil && i < len(some); i++ {
		err = yield(some[i])
	}
	return err
}

// names are what ids stand for.
type names struct {
	people   []calibration.Person
	sessions []calibration.Session
	person   map[string]string
	session  map[string]string
	several  bool // roles that there are rubrics for in the file
}

// rolesIn is how many roles the file keeps rubrics for; none where they cannot be read.
func rolesIn(st *store.Store) int {
	kept, err := st.Rubrics()
	if err != nil {
		return 0
	}
	var roles []string
	for _, r := range kept {
		roles = with(roles, strings.ToLower(r.Role))
	}
	return len(roles)
}

func namesIn(st *store.Store) (n names, err error) {
	if n.people, err = st.People(); err != nil {
		return n, err
	}
	if n.sessions, err = st.Sessions(); err != nil {
		return n, err
	}
	n.person, n.session = make(map[string]string, len(n.people)), make(map[string]string, len(n.sessions))
	for _, p := range n.people {
		n.person[p.ID] = p.Name
	}
	for _, session := range n.sessions {
		n.session[session.ID] = session.Name
	}
	return n, nil
}

// resolve turns the names in the flags into ids.
func (n names) resolve(f logFlags) (logFlags, error) {
	if f.person != "" {
		p, err := calibration.FindPerson(n.people, f.person)
		if err != nil {
			return f, err
		}
		f.person = p.ID
	}
	if f.session != "" {
		session, err := calibration.FindSession(n.sessions, f.session)
		if err != nil {
			return f, err
		}
		f.session = session.ID
	}
	return f, nil
}

// textWidth is how wide paragraphs are printed.
const textWidth = 88

// entry writes a decision for people. What it corrects ends it.
func (n names) entry(d calibration.Decision, r *rubric.Rubric, s *shell, corrects string) string {
	var b strings.Builder
	head := fmt.Sprintf("%s  %s  %s · %s  %s by %s", s.minute(d.DecidedAt),
		first(n.person[d.Person], d.Person), d.Position, d.Dimension, d.Stage, d.Reviewer)
	if d.Session != "" {
		head += ", " + first(n.session[d.Session], d.Session)
	}
	b.WriteString(clean.Line(head) + "\n")
	b.WriteString(paragraph(d.Rationale, "    ", textWidth))
	if d.Change != "" {
		b.WriteString(paragraph(fmt.Sprintf("%-9s %s", "change", d.Change), "    ", textWidth))
	}
	for _, e := range d.Evidence {
		mark := "not seen"
		if e.Seen {
			mark = "seen"
		}
		b.WriteString(evidenceEntry(r, mark, e.Statement, e.Note))
	}
	for _, m := range d.Dampeners {
		b.WriteString(evidenceEntry(r, "dampener", m.Statement, m.Note))
	}
	tail := fmt.Sprintf("confidence %s, id %s", d.Confidence, d.ID)
	if n.several && r != nil {
		tail = fmt.Sprintf("confidence %s, under %s, id %s", d.Confidence, r.Role, d.ID)
	}
	b.WriteString("    " + clean.Line(tail+corrects) + "\n")
	return b.String()
}

// correction says which decision another one corrects. That one may have been purged,
// or may never have come.
func correction(st *store.Store, d calibration.Decision) string {
	if d.Supersedes == "" {
		return ""
	}
	if _, err := st.Decision(d.Supersedes); err != nil {
		return fmt.Sprintf(", corrects %s (not here)", d.Supersedes)
	}
	return ", corrects " + d.Supersedes
}

func evidenceEntry(r *rubric.Rubric, mark, id, note string) string {
	text := id
	if r != nil {
		if st, err := r.Statement(id); err == nil {
			text += ": " + st.Text
		}
	}
	if note != "" {
		text += " (" + note + ")"
	}
	return paragraph(fmt.Sprintf("%-9s %s", mark, text), "    ", textWidth)
}
