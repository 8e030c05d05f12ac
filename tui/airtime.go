package tui

import (
	"fmt"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// airtime shows how long the session spoke about whom.
type airtime struct {
	env  *env
	size tea.WindowSizeMsg
	room *calibration.Room
	from int
}

func newAirtime(e *env, r *calibration.Room) *airtime { return &airtime{env: e, room: r} }

func (s *airtime) Init() tea.Cmd { return nil }
func (s *airtime) Title() string { return "Airtime" }
func (s *airtime) Typing() bool  { return false }
func (s *airtime) Keys() []key.Binding {
	k := scrollKeys
	return append([]key.Binding{k.down, k.up, keyBack, keyQuit, keyCover, keyNames}, scrollFar()...)
}

func (s *airtime) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.size = msg
	case pointed:
		s.from = msg.scroll(s.from, len(s.lines(msg.w)), msg.h-2)
	case tea.KeyMsg:
		if key.Matches(msg, keyBack) {
			return reply{pop: true}
		}
		lines, h := s.lines(s.size.Width), s.size.Height-2
		s.from, _ = scroll(windowAt(s.from, len(lines), h).top, msg, len(lines), h)
	}
	return reply{}
}

func (s *airtime) View(w, h int) string {
	t := s.env.theme
	a := s.room.Airtime()
	words := fmt.Sprintf("%s spent · median %s a person ", calibration.Clock(a.Total), calibration.Clock(a.Median))
	head := []string{spread(" "+t.title.paint("Airtime")+t.faint.paint(" · "+line(s.room.Session.Name)), t.faint.paint(words), w), spaces(w)}
	lines := s.lines(w)
	return joinRows(append(head, windowAt(s.from, len(lines), h-2).draw(t, lines, 3, w)...))
}

// mostBar is how long a bar is at most: a longer one says no more.
const mostBar = 60

func (s *airtime) lines(w int) []string {
	t, a := s.env.theme, s.room.Airtime()
	if a.Total == 0 {
		return []string{
			fit(" No time was spent on anybody yet.", w), fit(" It is counted while a person who was revealed is on the screen.", w), spaces(w),
			fit(" "+t.key.paint("esc")+"  leads back to the agenda, where enter opens a person's turn.", w),
		}
	}
	number := len(fmt.Sprint(len(a.People)))
	label := s.label(a, number, w)
	longest := a.People[0].Spent
	var lines []string
	row := func(name string, spent time.Duration, note string) {
		room := max(4, min(w-label-12-width(note), mostBar))
		drawn := bar(float64(spent)/float64(max(longest, 1)), room)
		lines = append(lines, fit("   "+cell(name, label-3)+fmt.Sprintf("%8s ", calibration.Clock(spent))+t.accent.paint(drawn)+note, w))
	}
	for _, p := range a.People {
		note := ""
		switch {
		case p.Spent == 0:
			note = t.faint.paint(" not spoken about yet")
		case p.Quick:
			note = t.warn.paint(" ! under a third of the median")
		}
		row(fmt.Sprintf("%*d %s", number, p.Place, line(s.env.names.Called(p.Person.ID, p.Person.Name))), p.Spent, note)
	}
	by := ""
	for _, g := range a.Groups {
		if g.By != by {
			by = g.By
			lines = append(lines, spaces(w), fit(" "+t.heading.paint("Per person, by "+by), w))
		}
		row(groupWords(g), g.Mean, "")
	}
	return lines
}

// label is the room for what rows are called: the longest of it, or two fifths.
func (s *airtime) label(a calibration.Airtime, number, w int) int {
	longest := 0
	for _, p := range a.People {
		longest = max(longest, number+1+width(line(s.env.names.Called(p.Person.ID, p.Person.Name))))
	}
	for _, g := range a.Groups {
		longest = max(longest, width(groupWords(g)))
	}
	return min(longest+4, max(labelCells(w), w*2/5))
}

func groupWords(g calibration.AirtimeGroup) string {
	return fmt.Sprintf("%s (%d)", or(line(g.Name), "none"), g.People)
}
