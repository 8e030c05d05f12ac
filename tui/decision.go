package tui

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// decision opens placing for the session's final decision: it fetches the session's own
// walk on the person, or starts one from what all have ticked, and makes way.
type decision struct {
	env       *env
	person    calibration.Person
	dimension string
}

func newDecision(e *env, r *calibration.Room, t calibration.Turn, dimension string) *decision {
	return &decision{env: e.in(r, e.reviewer, r.Deciding(t)).on(personOf(t.Person)), person: personOf(t.Person), dimension: dimension}
}

func (s *decision) Title() string       { return "Decide" }
func (s *decision) Typing() bool        { return false }
func (s *decision) Keys() []key.Binding { return []key.Binding{keyBack, keyQuit} }
func (s *decision) Init() tea.Cmd       { return s.env.openDesk(s.person) }

func (s *decision) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case opened:
		if msg.err != nil {
			return reply{pop: true, status: failure(fmt.Errorf("the walk could not be opened: %w", msg.err))}
		}
		w := msg.desk.walk()
		w.Dimension = s.dimension
		if made, ok := msg.desk.saved[s.dimension]; ok && w.Track().At == "" {
			if p, err := s.env.rubric.Position(made.Position); err == nil {
				w = w.GoTo(p)
			}
		}
		msg.desk.look(w)
		return reply{pop: true, push: newPlace(s.env, msg.desk), edited: msg.desk}
	case tea.KeyMsg:
		if key.Matches(msg, keyBack) {
			return reply{pop: true}
		}
	}
	return reply{}
}

func (s *decision) View(w, h int) string {
	return joinRows(page([]string{fit(s.env.who(s.person), w), "", " Opening …"}, w, h))
}
