package tui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// How far people are is looked up for those in sight only: a list of a thousand
// opens as fast as one of ten.

// stood is how far some people are.
type stood struct {
	progress map[string]progress // by person
	missed   []string            // those it could not be read of
	err      error
}

// lookUp loads how far the people in sight are, where that was not asked for yet.
func (s *people) lookUp() reply {
	var ids []string
	v := s.window(s.size.Height)
	for i := v.top; i < min(v.top+v.h, len(s.shown)); i++ {
		if id := s.all[s.shown[i]].ID; !s.asked[id] {
			s.asked[id] = true
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return reply{}
	}
	e, walks := s.env, s.walks
	return reply{cmd: func() tea.Msg { return e.lookUpProgress(ids, walks) }}
}

func (e *env) lookUpProgress(ids []string, walks map[string]calibration.Walk) stood {
	found := stood{progress: map[string]progress{}}
	for i, id := range ids {
		decisions, err := e.store.DecisionsOf(id)
		if err != nil {
			found.missed, found.err = ids[i:], err
			break
		}
		found.progress[id] = progress{
			standings: calibration.Standings(decisions, e.session), before: e.before(decisions),
			unfinished: walks[id].Unfinished(decisions),
		}
	}
	return found
}

// before is where the latest past session left a person, by dimension.
func (e *env) before(decisions []calibration.Decision) map[string]calibration.Decision {
	before := map[string]calibration.Decision{}
	for _, dimension := range e.rubric.Dimensions {
		if past := calibration.EarlierOn(decisions, nil, dimension, e.session); len(past) > 0 {
			before[dimension] = past[0].Decision
		}
	}
	return before
}

func (s *people) stood(msg stood) reply {
	for id, p := range msg.progress {
		s.progress[id] = p
	}
	for _, id := range msg.missed {
		delete(s.asked, id)
	}
	if msg.err != nil {
		return reply{status: failure(fmt.Errorf("how far people are could not be read: %w", msg.err))}
	}
	return reply{}
}
