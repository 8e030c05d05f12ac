package tui

import (
	"fmt"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
	"calibrate/rubric"
)

// personScreen shows every decision ever made about one person, with its evidence
// and rationale, under the rubric that it was made under.
type personScreen struct {
	env       *env
	person    calibration.Person
	loaded    bool
	decisions []calibration.Decision // latest first
	corrected map[string]bool        // ids that a later decision supersedes
	sessions  map[string]string      // names by id
	rubrics   map[string]*rubric.Rubric
	cursor    int
	from      int // first line of the detail that is shown
}

func newPersonScreen(e *env, p calibration.Person) *personScreen {
	return &personScreen{env: e, person: p}
}

var personKeys = struct{ walk, down, up, scrollDown, scrollUp key.Binding }{
	walk:       bind("enter", "enter", "walk; the rubric for this person"),
	down:       bind("down j", "↓", "next decision"),
	up:         bind("up k", "↑", "previous decision"),
	scrollDown: bind("pgdown ctrl+d right l", "pgdn", "scroll the details"),
	scrollUp:   bind("pgup ctrl+u left h", "pgup", "scroll back"),
}

func (s *personScreen) Title() string { return "Person" }
func (s *personScreen) Busy() bool    { return !s.loaded }
func (s *personScreen) Typing() bool  { return false }

func (s *personScreen) Keys() []key.Binding {
	k := personKeys
	return []key.Binding{k.down, k.up, k.scrollDown, k.scrollUp, k.walk, keyBack, keyQuit}
}

// history is what is known of a person.
type history struct {
	decisions []calibration.Decision
	sessions  []calibration.Session
	rubrics   map[string]*rubric.Rubric
	err       error
}

func (s *personScreen) Init() tea.Cmd {
	store, id := s.env.store, s.person.ID
	return func() tea.Msg { return loadHistory(store, id) }
}

func loadHistory(store Store, id string) history {
	h := history{rubrics: map[string]*rubric.Rubric{}}
	if h.decisions, h.err = store.DecisionsOf(id); h.err != nil {
		return h
	}
	if h.sessions, h.err = store.Sessions(); h.err != nil {
		return h
	}
	for _, d := range h.decisions {
		if _, known := h.rubrics[d.Rubric]; known {
			continue
		}
		if h.rubrics[d.Rubric], h.err = store.Rubric(d.Rubric); h.err != nil {
			return h
		}
	}
	return h
}

func (s *personScreen) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case history:
		return s.show(msg)
	case resumed:
		s.loaded = false
		return reply{cmd: s.Init()}
	case tea.KeyMsg:
		switch {
		case key.Matches(msg, keyBack):
			return reply{pop: true}
		case key.Matches(msg, personKeys.walk):
			return reply{push: newWalk(s.env, s.person)}
		case key.Matches(msg, personKeys.down):
			s.cursor, s.from = min(s.cursor+1, max(0, len(s.decisions)-1)), 0
		case key.Matches(msg, personKeys.up):
			s.cursor, s.from = max(0, s.cursor-1), 0
		case key.Matches(msg, personKeys.scrollDown):
			s.from += 5
		case key.Matches(msg, personKeys.scrollUp):
			s.from = max(0, s.from-5)
		}
	}
	return reply{}
}

func (s *personScreen) show(h history) reply {
	if h.err != nil {
		return reply{pop: true, status: failure(h.err)}
	}
	s.loaded, s.rubrics = true, h.rubrics
	s.decisions = slices.Clone(h.decisions)
	slices.Reverse(s.decisions)
	s.corrected, s.sessions = map[string]bool{}, map[string]string{}
	for _, d := range h.decisions {
		s.corrected[d.Supersedes] = d.Supersedes != ""
	}
	for _, session := range h.sessions {
		s.sessions[session.ID] = session.Name
	}
	s.cursor = max(0, min(s.cursor, len(s.decisions)-1))
	return reply{}
}

func (s *personScreen) View(w, h int) string {
	t := s.env.theme
	who := " " + t.title.paint(line(s.person.Name))
	for _, part := range []string{s.person.Team, s.person.Role, s.person.ID} {
		if part != "" {
			who += t.faint.paint(" · " + line(part))
		}
	}
	rows := []string{spread(who, t.faint.paint(s.count()+" "), w), spaces(w)}
	switch {
	case !s.loaded:
		return joinRows(page(append(rows, " Opening …"), w, h))
	case len(s.decisions) == 0:
		rows = append(rows, " Nothing has been decided about "+line(s.person.Name)+" yet.", "",
			" "+t.key.paint("enter")+"  walks the rubric and places them.")
		return joinRows(page(rows, w, h))
	}
	if w >= flanksFrom {
		list := s.list(w/2-2, h-len(rows))
		return joinRows(append(rows, beside(t.faint.paint(" │ "), list, s.detail(w-w/2-1, h-len(rows)))...))
	}
	n := min(len(s.decisions), max(3, h/3))
	rows = append(rows, s.list(w, n)...)
	rows = append(rows, t.faint.paint(fit(" ──", w)))
	return joinRows(append(rows, s.detail(w, h-len(rows))...))
}

func (s *personScreen) count() string {
	if n := len(s.decisions); n != 1 {
		return fmt.Sprintf("%d decisions", n)
	}
	return "1 decision"
}

func (s *personScreen) list(w, h int) []string {
	top := max(0, min(s.cursor-h/2, len(s.decisions)-h))
	var rows []string
	for i := top; i < min(top+h, len(s.decisions)); i++ {
		rows = append(rows, s.row(i, w))
	}
	return page(rows, w, h)
}

func (s *personScreen) row(i, w int) string {
	t, d := s.env.theme, s.decisions[i]
	lead, look := "   ", t.plain
	if i == s.cursor {
		lead, look = " "+t.accent.paint(markCursor)+" ", t.cursor
	}
	where := "no session"
	if d.Session != "" {
		if where = s.sessions[d.Session]; where == "" {
			where = d.Session
		}
	}
	text := fmt.Sprintf("%s  %s %s %s %s · %s", d.DecidedAt.In(s.env.now().Location()).Format("2006-01-02"),
		stageMark(d.Stage), fit(line(d.Position), 7), fit(line(d.Dimension), 16), line(d.Reviewer), line(where))
	if s.corrected[d.ID] {
		return lead + t.faint.paint(fit("corrected since · "+text, w-3))
	}
	return lead + look.paint(fit(text, w-3))
}

// detail shows one decision whole.
func (s *personScreen) detail(w, h int) []string {
	t, d := s.env.theme, s.decisions[s.cursor]
	r := s.rubrics[d.Rubric]
	title := d.Position
	if r != nil {
		if p, err := r.Position(d.Position); err == nil {
			title = p.Key + "  " + p.Title()
		}
	}
	lines := []string{
		" " + t.title.paint(line(title)),
		" " + t.faint.paint(fmt.Sprintf("%s · %s · confidence %s · by %s · %s", line(d.Dimension), d.Stage, d.Confidence, line(d.Reviewer),
			d.DecidedAt.In(s.env.now().Location()).Format("2006-01-02 15:04"))),
	}
	if d.Rubric != s.env.rubric.Hash() {
		lines = append(lines, " "+t.warn.paint("made under another version of the rubric, shown as it was then"))
	}
	if s.corrected[d.ID] {
		lines = append(lines, " "+t.warn.paint("corrected since by a later decision"))
	}
	lines = append(lines, "", " "+t.heading.paint("Rationale"))
	for _, l := range s.env.wrapper.wrap(d.Rationale, w-4) {
		lines = append(lines, "   "+l)
	}
	lines = append(lines, s.evidence(d, r, w)...)
	lines = append(lines, "", " "+t.faint.paint("id "+line(d.ID)))
	return page(lines[max(0, min(s.from, len(lines)-h)):], w, h)
}

func (s *personScreen) evidence(d calibration.Decision, r *rubric.Rubric, w int) []string {
	t := s.env.theme
	var lines []string
	if len(d.Evidence) > 0 {
		lines = append(lines, "", " "+t.heading.paint("Evidence"))
	}
	for _, e := range d.Evidence {
		mark := t.bad.paint(markNotSeen)
		if e.Seen {
			mark = t.good.paint(markSeen)
		}
		lines = append(lines, s.env.evidenceLine(r, mark, e.Statement, e.Note, w)...)
	}
	if len(d.Dampeners) > 0 {
		lines = append(lines, "", " "+t.heading.paint("Dampeners"))
	}
	for _, m := range d.Dampeners {
		lines = append(lines, s.env.evidenceLine(r, t.warn.paint("▿"), m.Statement, m.Note, w)...)
	}
	return lines
}
