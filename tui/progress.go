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
	var inSight []calibration.Person
	v := s.window(s.size.Height)
	for i := v.top; i < min(v.top+v.h, len(s.shown)); i++ {
		if p := s.all[s.shown[i]]; !s.asked[p.ID] {
			s.asked[p.ID] = true
			inSight = append(inSight, p)
		}
	}
	if len(inSight) == 0 {
		return reply{}
	}
	e, walks := s.env, s.walks
	return reply{cmd: func() tea.Msg { return e.lookUpProgress(inSight, walks) }}
}

func (e *env) lookUpProgress(people []calibration.Person, walks map[string]calibration.Walk) stood {
	found := stood{progress: map[string]progress{}}
	for i, p := range people {
		decisions, err := e.store.DecisionsOf(p.ID)
		if err != nil {
			found.err = err
			for _, left := range people[i:] {
				found.missed = append(found.missed, left.ID)
			}
			break
		}
		found.progress[p.ID] = progress{
			standings: calibration.Standings(decisions, e.session), before: e.on(p).before(decisions),
			unfinished: walks[p.ID].Unfinished(decisions),
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
	clear(s.drawn)
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
