package tui

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// sides shows decisions next to each other, a column each: everybody's rationale and
// evidence on one person, or all people at one position.
type sides struct {
	env     *env
	size    tea.WindowSizeMsg
	title   string
	note    string
	wanted  []sideOf
	columns []side
	loaded  bool
	from    int         // the first column shown
	top     int         // the first line shown
	own     map[int]int // lines that the wheel has scrolled a column by besides
}

// sideOf is a decision that is wanted, and what its column is called.
type sideOf struct{ decision, person, head string }

// side is one column.
type side struct {
	head     string
	decision calibration.Decision
	under    frozen
}

func newSides(e *env, s *sides) *sides {
	s.env = e
	return s
}

// sidesOf are all placements of one person on one dimension.
func sidesOf(c *compare, p calibration.PersonSpread) *sides {
	row := p.Rows[0]
	s := &sides{title: c.who(p.Person, p.Session) + " · " + line(row.Dimension), note: row.Words}
	for _, made := range row.Placements {
		if made.Measured || made.Stage == calibration.Final {
			s.wanted = append(s.wanted, sideOf{made.Decision, p.Person.ID, made.Reviewer})
		}
	}
	return s
}

func (s *sides) Title() string { return "Side by side" }
func (s *sides) Typing() bool  { return false }

var sidesKeys = struct{ left, right key.Binding }{
	left:  bind("left h shift+tab", "←", "column to the left"),
	right: bind("right l tab", "→", "column to the right"),
}

func (s *sides) Keys() []key.Binding {
	k := scrollKeys
	if n, _ := s.layout(s.size.Width); n >= len(s.columns) { // all are shown
		return append([]key.Binding{k.down, k.up, keyBack, keyQuit}, scrollFar()...)
	}
	return append([]key.Binding{k.down, sidesKeys.right, sidesKeys.left, keyBack, keyQuit, k.up}, scrollFar()...)
}

// laidOut is the columns that were read.
type laidOut struct {
	columns []side
	err     error
}

func (s *sides) Init() tea.Cmd {
	store, wanted := s.env.store, s.wanted
	return func() tea.Msg { return readSides(store, wanted) }
}

func readSides(store Store, wanted []sideOf) (m laidOut) {
	about := map[string]map[string]calibration.Decision{}
	rubrics := map[string]frozen{}
	for _, want := range wanted {
		if about[want.person] == nil {
			all, err := store.DecisionsOf(want.person)
			if err != nil {
				return laidOut{err: err}
			}
			about[want.person] = map[string]calibration.Decision{}
			for _, d := range all {
				about[want.person][d.ID] = d
			}
		}
		d := about[want.person][want.decision]
		if _, known := rubrics[d.Rubric]; !known {
			r, err := store.Rubric(d.Rubric)
			rubrics[d.Rubric] = frozen{r, err}
		}
		m.columns = append(m.columns, side{want.head, d, rubrics[d.Rubric]})
	}
	return m
}

func (s *sides) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case laidOut:
		if msg.err != nil {
			return reply{pop: true, status: failure(fmt.Errorf("the decisions could not be read: %w", msg.err))}
		}
		s.columns, s.loaded = msg.columns, true
	case tea.WindowSizeMsg:
		s.size = msg
	case pointed:
		s.point(msg)
	case tea.KeyMsg:
		return s.press(msg)
	}
	return reply{}
}

// point scrolls the column under the pointer.
func (s *sides) point(p pointed) {
	n, wide := s.layout(p.w)
	if p.lines == 0 || len(s.columns) == 0 {
		return
	}
	i := s.firstShown(n) + min(max(0, p.x-1)/(wide+2), n-1)
	if s.own == nil {
		s.own = map[int]int{}
	}
	s.own[i] = p.scroll(s.top+s.own[i], len(s.lines(s.columns[i], wide)), p.h-sidesTop) - s.top
}

// firstShown is the first of n columns that are shown.
func (s *sides) firstShown(n int) int { return max(0, min(s.from, len(s.columns)-n)) }

func (s *sides) press(k tea.KeyMsg) reply {
	n, wide := s.layout(s.size.Width)
	switch {
	case key.Matches(k, keyBack):
		return reply{pop: true}
	case key.Matches(k, sidesKeys.left):
		s.from = max(0, s.from-1)
	case key.Matches(k, sidesKeys.right):
		s.from = max(0, min(s.from+1, len(s.columns)-n))
	default:
		longest := 0
		for _, c := range s.columns {
			longest = max(longest, len(s.lines(c, wide)))
		}
		if top, ok := scroll(s.top, k, longest, s.size.Height-sidesTop); ok {
			s.top, s.own = top, nil // keys scroll all of them alike
		}
	}
	return reply{}
}

// sidesTop is the title, the note and the heads of the columns.
const sidesTop = 4

// leastSide is how narrow a column may be.
const leastSide = 34

// layout is how many columns are shown and how wide each is.
func (s *sides) layout(w int) (n, wide int) {
	n = max(1, min(len(s.columns), (w-1)/(leastSide+2)))
	return n, min((w-1)/n-2, maxDetail)
}

func (s *sides) View(w, h int) string {
	t := s.env.theme
	rows := []string{fit(" "+t.title.paint(s.title), w), fit(t.faint.paint(" "+line(s.note)), w)}
	if !s.loaded {
		return joinRows(page(append(rows, " Reading the decisions …"), w, h))
	}
	if len(s.columns) == 0 {
		return joinRows(page(append(rows, " There is no decision to show.", "", " "+t.key.paint("esc")+"  leads back."), w, h))
	}
	n, wide := s.layout(w)
	from := s.firstShown(n)
	shown := s.columns[from : from+n]
	rule := fmt.Sprintf("%d to %d of %d", from+1, from+n, len(s.columns))
	if n == len(s.columns) {
		rule = ""
	}
	rows = append(rows, t.rule(t.title.paint("Side by side"), t.faint.paint(rule), w))
	blocks := make([][]string, n)
	for i, c := range shown {
		lines := s.lines(c, wide)
		blocks[i] = append([]string{t.heading.paint(fit(line(c.head), wide))}, windowAt(s.top+s.own[from+i], len(lines), h-sidesTop).draw(t, lines, 0, wide)...)
	}
	used := n*(wide+2) - 2
	return joinRows(append(rows, beside(" ", t.faint.paint(markSide)+" ", spaces(max(0, w-1-used)), blocks...)...))
}

// lines lays one decision out.
func (s *sides) lines(c side, w int) []string {
	t, d, e := s.env.theme, c.decision, s.env
	var lines []string
	add := func(look style, text string) {
		for _, l := range e.wrapper.wrap(text, w-1) {
			lines = append(lines, fit(look.paint(l), w))
		}
	}
	title := d.Position
	if c.under.rubric != nil {
		if p, err := c.under.rubric.Position(d.Position); err == nil {
			title = p.Key + "  " + p.Title()
		}
	}
	add(t.title, stageMark(d.Stage)+" "+title)
	add(t.faint, fmt.Sprintf("%s by %s · confidence %s · %s", d.Stage, d.Reviewer, d.Confidence, d.DecidedAt.In(e.now().Location()).Format("2006-01-02")))
	if d.Change != "" {
		add(t.plain, "not as drafted: "+string(d.Change))
	}
	lines = append(lines, spaces(w))
	add(t.plain, d.Rationale)
	lines = append(lines, spaces(w))
	for _, l := range append(e.evidenceLines(c.under.rubric, d.Evidence, w+2), e.dampenerLines(c.under.rubric, d.Dampeners, w+2)...) {
		lines = append(lines, fit(trimIndent(l, 3), w))
	}
	if len(d.Evidence)+len(d.Dampeners) == 0 {
		add(t.faint, "nothing ticked")
	}
	return lines
}

// trimIndent takes spaces off a row's beginning.
func trimIndent(row string, n int) string {
	for range n {
		if row != "" && row[0] == ' ' {
			row = row[1:]
		}
	}
	return row
}
