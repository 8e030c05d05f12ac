package cli

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/packet"
	"calibrate/store"
)

// arrival is what packets bring to a file: what a merge does, in words. Of decisions it
// tells neither positions nor reasons, for whoever looks may be yet to place somebody.
type arrival struct {
	store.Merged
	TakenIn  bool
	packets  []packet.Packet                // without their records
	contents []string                       // of each packet, in words
	people   map[string]calibration.Person  // by id, of the file and the packets
	sessions map[string]calibration.Session // likewise
	changes  []change                       // what the file has in an earlier version first
}

// change is a record that the packets bring anew or in a later version.
type change struct {
	Kind  string   `json:"kind"` // person, session
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	New   bool     `json:"new"`
	Words []string `json:"changes,omitempty"` // "team A → B"
}

// newArrival compares the packets' people and sessions with those of the file. What it
// cannot read the merge will refuse.
func newArrival(st *store.Store, packets []packet.Packet, b store.Batch) (*arrival, error) {
	n, err := namesIn(st)
	if err != nil {
		return nil, err
	}
	a := &arrival{}
	for _, p := range packets {
		what, err := contents(p.Batch)
		if err != nil { // the merge says better what is wrong
			what = count(p.Count.Decisions, "decision")
		}
		p.Batch = store.Batch{}
		a.packets, a.contents = append(a.packets, p), append(a.contents, what)
	}
	var people, sessions []change
	a.people, people = latest(n.people, b.People, func(p calibration.Person) string { return p.ID }, newerPerson, personChange)
	a.sessions, sessions = latest(n.sessions, b.Sessions, func(s calibration.Session) string { return s.ID }, newerSession, sessionChange)
	a.changes = append(people, sessions...)
	slices.SortStableFunc(a.changes, func(a, b change) int { return cmp.Compare(rank(a), rank(b)) })
	return a, nil
}

// latest is the last version of each record, of those here and those that come, and
// what of them comes.
func latest[T any](here []T, coming [][]byte, id func(T) string, newer func(a, b T) bool, changed func(before, after T) change) (map[string]T, []change) {
	before, after := map[string]T{}, map[string]T{}
	for _, v := range here {
		before[id(v)], after[id(v)] = v, v
	}
	comes := map[string]bool{}
	for _, record := range coming {
		var v T
		if json.Unmarshal(record, &v) != nil {
			continue
		}
		if known, ok := after[id(v)]; !ok || newer(v, known) {
			after[id(v)] = v
			comes[id(v)] = true
		}
	}
	var changes []change
	for _, id := range slices.Sorted(maps.Keys(comes)) {
		c := changed(before[id], after[id])
		_, known := before[id]
		if c.ID, c.New = id, !known; c.New {
			c.Words = nil
		}
		changes = append(changes, c)
	}
	return after, changes
}

func rank(c change) int {
	if c.New {
		return 1
	}
	return 0
}

func newerPerson(a, b calibration.Person) bool { return a.Version > b.Version }

func newerSession(a, b calibration.Session) bool {
	return cmp.Or(cmp.Compare(a.Round, b.Round), cmp.Compare(a.Version, b.Version)) > 0
}

func personChange(before, after calibration.Person) change {
	c := change{Kind: "person", Name: after.Name}
	for _, field := range []struct{ name, before, after string }{
		{"name", before.Name, after.Name}, {"email", before.Email, after.Email}, {"team", before.Team, after.Team},
		{"manager", before.Manager, after.Manager}, {"role", before.Role, after.Role},
	} {
		if field.before != field.after {
			c.Words = append(c.Words, fmt.Sprintf("%s %s → %s", field.name, first(field.before, "none"), first(field.after, "none")))
		}
	}
	if !maps.Equal(before.Extra, after.Extra) {
		c.Words = append(c.Words, "other columns")
	}
	return c
}

func sessionChange(before, after calibration.Session) change {
	c := change{Kind: "session", Name: after.Name}
	if before.Name != after.Name {
		c.Words = append(c.Words, fmt.Sprintf("name %s → %s", before.Name, after.Name))
	}
	if before.State != after.State {
		c.Words = append(c.Words, fmt.Sprintf("%s → %s", before.State, after.State))
	}
	if !slices.Equal(before.People, after.People) {
		c.Words = append(c.Words, "agenda")
	}
	if !slices.Equal(before.Panel, after.Panel) || !slices.Equal(before.Recusals, after.Recusals) {
		c.Words = append(c.Words, "panel")
	}
	return c
}

func (a *arrival) nothing() bool {
	return len(a.New)+a.People+a.Sessions+a.Events+a.Rubrics == 0
}

// purged says what stays out, and why.
func (a *arrival) purged() string {
	return fmt.Sprintf("left out, because it was purged here: %s", count(a.Purged, "record"))
}

func (a *arrival) show(s *shell) error {
	for _, f := range a.Findings {
		if f.Severity == store.Problem {
			s.say("%s", f)
		}
	}
	if s.json() {
		return writeDocument(s.Stdout, a.record())
	}
	if err := a.files(s).write(s.Stdout); err != nil {
		return err
	}
	if a.nothing() {
		s.say("nothing in it is new")
		if a.Purged > 0 {
			s.say("%s", a.purged())
		}
		return nil
	}
	_, err := io.WriteString(s.Stdout, "\n"+a.text())
	return err
}

// files is a line a packet.
func (a *arrival) files(s *shell) *table {
	t := new(table)
	for i, p := range a.packets {
		what := a.contents[i]
		if p.Encrypted {
			what += ", locked"
		}
		made := p.MadeAt.In(s.Now().Location()).Format("2006-01-02 15:04")
		t.add(p.Name, fmt.Sprintf("by %s, %s: %s", first(p.By, "nobody"), made, what))
	}
	return t
}

// text tells what comes, in a few lines and lists.
func (a *arrival) text() string {
	var b strings.Builder
	line := func(format string, args ...any) {
		b.WriteString(clean.Line(fmt.Sprintf(format, args...)) + "\n")
	}
	line("decisions  %d new, %d known already, %d in conflict", len(a.New), a.Known, len(a.Conflicts))
	for _, row := range []struct {
		title string
		all   int
		kind  string
	}{{"people", a.People, "person"}, {"sessions", a.Sessions, "session"}, {"events", a.Events, ""}, {"rubrics", a.Rubrics, ""}} {
		if changed := a.changed(row.kind); changed > 0 {
			line("%-9s  %d new, %d changed", row.title, row.all-changed, changed)
		} else if row.all > 0 {
			line("%-9s  %d new", row.title, row.all)
		}
	}
	if a.Purged > 0 {
		line("%s", a.purged())
	}
	list := func(title string, n int, entry func(i int) string) {
		const most = 8 // a screen of 24 lines shows about all
		if n > 0 {
			line("")
			line("%s", title)
		}
		for i := range min(n, most) {
			line("  %s", entry(i))
		}
		if n > most {
			line("  and %d more; --format json lists all", n-most)
		}
	}
	list("In conflict; both stay, and the later counts:", len(a.Conflicts), func(i int) string {
		d := a.Conflicts[i].New
		return fmt.Sprintf("%s · %s · %s", d.Reviewer, first(a.people[d.Person].Name, d.Person), d.Dimension)
	})
	list("People and sessions:", len(a.changes), func(i int) string { return a.changes[i].String() })
	return b.String()
}

// changed counts the records of a kind that the file has in an earlier version.
func (a *arrival) changed(kind string) int {
	n := 0
	for _, c := range a.changes {
		if c.Kind == kind && !c.New {
			n++
		}
	}
	return n
}

func (c change) String() string {
	text := c.Name
	if c.Kind == "session" {
		text = "session " + text
	}
	switch {
	case c.New:
		return "new      " + text
	case len(c.Words) == 0:
		return "changed  " + text
	}
	return "changed  " + text + ": " + strings.Join(c.Words, ", ")
}
