package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
	"calibrate/rubric"
)

// sweep is the look over everything that was decided, before the end: what stands out,
// who stands beside whom, and how they are distributed. Enter goes back to a person.
type sweep struct {
	env    *env
	size   tea.WindowSizeMsg
	room   *calibration.Room
	found  calibration.Sweep
	cursor int
}

func newSweep(e *env, r *calibration.Room) *sweep {
	return &sweep{env: e, room: r, found: r.Sweep(e.guideline)}
}

var sweepKeys = struct{ open, down, up key.Binding }{
	open: bind("enter", "enter", "go back to this person"),
	down: bind("down j", "↓", "next"),
	up:   bind("up k", "↑", "previous"),
}

func (s *sweep) Init() tea.Cmd { return nil }
func (s *sweep) Title() string { return "Look over" }
func (s *sweep) Typing() bool  { return false }
func (s *sweep) Keys() []key.Binding {
	return append([]key.Binding{sweepKeys.open, sweepKeys.down, sweepKeys.up, keyBack, keyQuit, keyCover, keyNames}, moveKeys()...)
}

// sweepRow is a row, with the person whom it leads to, if any, and what is said first of
// them.
type sweepRow struct {
	person, name string
	first        string
	text         string
	look         style // of what is said first, or where nobody is named, of the text
}

func (s *sweep) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.size = msg
	case resumed, at:
		return reply{cmd: s.env.readRoom(s.room.Session), wait: true}
	case roomRead:
		if msg.err != nil {
			return reply{status: failure(msg.err).about(s)}
		}
		s.room, s.found = msg.room, msg.room.Sweep(s.env.guideline)
	case pointed:
		return s.point(msg)
	case tea.KeyMsg:
		return s.press(msg)
	}
	return reply{}
}

func (s *sweep) point(p pointed) reply {
	rows := s.rows(p.w)
	stops := stopsOf(rows)
	row, on := s.window(rows, p.h).at(p.y - sweepTop)
	stop := slices.Index(stops, row)
	to, again := p.choose(s.cursor, len(stops), stop, on && stop >= 0)
	if s.cursor = to; again {
		return s.press(keyEnter)
	}
	return reply{}
}

// window is the part of the rows that is seen in a height.
func (s *sweep) window(rows []sweepRow, h int) window {
	here := s.here(rows)
	return windowOn(here, here, 0, len(rows), h-sweepTop)
}

// here is the row under the cursor; -1: there is none.
func (s *sweep) here(rows []sweepRow) int {
	stops := stopsOf(rows)
	if len(stops) == 0 {
		return -1
	}
	return stops[min(s.cursor, len(stops)-1)]
}

func (s *sweep) press(k tea.KeyMsg) reply {
	rows := s.rows(s.size.Width)
	stops := stopsOf(rows)
	switch keys := sweepKeys; {
	case key.Matches(k, keyBack):
		return reply{pop: true}
	case len(stops) == 0:
	case key.Matches(k, keys.open):
		id := rows[stops[min(s.cursor, len(stops)-1)]].person
		i := slices.IndexFunc(s.room.Turns, func(t calibration.Turn) bool { return t.Person.ID == id })
		return reply{push: newTurn(s.env, s.room, i, false)}
	default:
		s.cursor, _ = step(s.cursor, len(stops), s.size.Height-sweepTop, k)
	}
	return reply{}
}

// stopsOf are the rows that the cursor stops at.
func stopsOf(rows []sweepRow) []int {
	var stops []int
	for i, r := range rows {
		if r.person != "" {
			stops = append(stops, i)
		}
	}
	return stops
}

func (s *sweep) rows(w int) []sweepRow {
	t := s.env.theme
	var rows []sweepRow
	say := func(look style, text string) { rows = append(rows, sweepRow{text: text, look: look}) }
	label := s.label(w)
	say(t.heading, "Look at again")
	if len(s.found.Checks) == 0 {
		say(t.good, "  nothing stands out")
	}
	for _, c := range s.found.Checks {
		text := " · " + c.Words
		if c.Kind == calibration.CheckUndecided {
			text = "" // on which dimension is all there is to say
		}
		if turn, ok := s.room.Turn(c.Person.ID); ok && c.Kind == calibration.CheckBlind {
			const by = " · waits for "
			text = by + listOf(turn.Missing(), w-label-1-width(string(c.Kind))-width(by))
		}
		if c.Dimension != "" {
			text = " · " + c.Dimension + text
		}
		rows = append(rows, sweepRow{c.Person.ID, s.env.names.Called(c.Person.ID, c.Person.Name), string(c.Kind), text, t.warn})
	}
	if !slices.ContainsFunc(s.found.Scales, func(under calibration.SweptScale) bool { return len(under.Cells) > 0 }) {
		say(t.plain, "")
		say(t.plain, "Nobody is decided yet.")
		say(t.plain, "esc leads back to the agenda, where enter opens a person's turn.")
	}
	for _, under := range s.found.Scales {
		of := ""
		if len(s.found.Scales) > 1 {
			of = " · " + under.Rubric.Role
		}
		for _, c := range under.Cells {
			say(t.plain, "")
			say(t.heading, fmt.Sprintf("%s · %s · %s%s", c.Position, c.Dimension, count(len(c.People), "person"), of))
			for _, p := range c.People {
				rows = append(rows, sweepRow{person: p.Person.ID, name: s.env.names.Called(p.Person.ID, p.Person.Name), text: seenWords(under.Rubric, p.Ticks)})
			}
		}
		if d := under.Distribution; d.All.Placements > 0 {
			say(t.plain, "")
			say(t.heading, "Distribution of the final decisions"+of)
			for _, g := range d.Groups {
				say(t.plain, "  "+cell(g.Name, label-3)+levelsWords(g))
			}
		}
	}
	return rows
}

// label is the room for names, of people and dimensions, with the space that leads to them.
func (s *sweep) label(w int) int {
	names := 0
	for _, t := range s.room.Turns {
		names = max(names, width(line(s.env.names.Called(t.Person.ID, t.Person.Name))))
	}
	for _, under := range s.found.Scales {
		for _, d := range under.Rubric.Dimensions {
			names = max(names, width(line(d)))
		}
	}
	return min(labelCells(w), names+5)
}

// seenWords are what was ticked, most telling first.
func seenWords(r *rubric.Rubric, ticks []calibration.TickedBy) string {
	var seen []string
	for _, t := range ticks {
		if t.Seen == 0 {
			continue
		}
		where := t.Statement
		if s, err := r.Statement(t.Statement); err == nil {
			where = statementWords(s)
		}
		seen = append(seen, where)
	}
	if len(seen) == 0 {
		return "no statement ticked as seen"
	}
	return fmt.Sprintf("%d seen: %s", len(seen), strings.Join(seen, ", "))
}

func levelsWords(g calibration.Histogram) string {
	var parts []string
	for _, l := range g.Levels {
		part := fmt.Sprintf("%d: %d", l.Level, l.Count)
		if l.Guideline != nil {
			part += fmt.Sprintf(" (guideline %.0f%%, here %.0f%%)", *l.Guideline, l.Percent)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " · ")
}

// sweepTop is the title and a blank row.
const sweepTop = 2

func (s *sweep) View(w, h int) string {
	t := s.env.theme
	head := []string{spread(" "+t.title.paint("Look over")+t.faint.paint(" · "+line(s.room.Session.Name)), t.faint.paint(count(len(s.found.Checks), "thing")+" to look at "), w), spaces(w)}
	rows := s.rows(w)
	here, label := s.here(rows), s.label(w)
	lines := make([]string, len(rows))
	for i, r := range rows {
		if r.person == "" {
			lines[i] = fit(" "+r.look.paint(cut(line(r.text), w-2)), w)
			continue
		}
		lead, look := t.lead(i == here)
		first := line(r.first)
		lines[i] = fit(lead+look.paint(cell(r.name, label-3))+r.look.paint(first)+cut(line(r.text), w-label-1-width(first)), w)
	}
	return joinRows(append(head, s.window(rows, h).draw(t, lines, 3, w)...))
}
