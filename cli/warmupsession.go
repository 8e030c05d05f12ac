package cli

import (
	"fmt"
	"strings"

	"calibrate/internal/clean"
	"calibrate/rubric"
	"calibrate/store"
)

// warmedUp is what a session warms up on, and who does.
type warmedUp struct {
	session string // its name; empty: no session is meant
	rubrics []*rubric.Rubric
	panel   []string
}

// sessionWarmup reads the rubrics and the panel of a session, and closes the file: it is
// not needed while a warm-up is held. Without a session it is the rubric in use.
func (s *shell) sessionWarmup(which string) (w warmedUp, err error) {
	if which == "" {
		r, err := s.loadRubric()
		return warmedUp{rubrics: []*rubric.Rubric{r}}, err
	}
	err = s.existing(func(st *store.Store) error {
		session, err := st.Session(which)
		if err != nil {
			return err
		}
		w.session = session.Name
		for _, p := range session.Panel {
			w.panel = append(w.panel, p.Reviewer)
		}
		if session.Rubric == "" { // of old
			r, err := s.loadRubric()
			w.rubrics = []*rubric.Rubric{r}
			return err
		}
		for _, hash := range session.RubricsInUse() {
			r, err := st.Rubric(hash)
			if err != nil {
				return fmt.Errorf("a rubric of the session %q is needed: %w", session.Name, err)
			}
			w.rubrics = append(w.rubrics, r)
		}
		return nil
	})
	if err != nil || s.flags.rubric == "" {
		return w, err
	}
	return w, s.choose(&w, s.flags.rubric)
}

// choose leaves that of the session's rubrics which a person names, by its role, by the
// name of one that comes along or by its file.
func (s *shell) choose(w *warmedUp, named string) error {
	named, hash := clean.Line(named), ""
	for _, r := range w.rubrics {
		if rubric.SameName(r.Role, named) {
			w.rubrics = []*rubric.Rubric{r}
			return nil
		}
	}
	if r, err := s.loadRubric(); err == nil {
		hash = r.Hash()
	} else if isPath(named) {
		return err
	}
	for _, r := range w.rubrics {
		if r.Hash() == hash {
			w.rubrics = []*rubric.Rubric{r}
			return nil
		}
	}
	return fmt.Errorf("nobody in the session %q is placed under %s; its rubrics are %s", w.session, named, w.names())
}

// one is the only rubric, where a dialogue has to know it.
func (w warmedUp) one() (*rubric.Rubric, error) {
	if len(w.rubrics) == 1 {
		return w.rubrics[0], nil
	}
	return nil, fmt.Errorf("the session %q has %d rubrics; choose one with --rubric: %s", w.session, len(w.rubrics), w.names())
}

func (w warmedUp) names() string {
	names := make([]string, len(w.rubrics))
	for i, r := range w.rubrics {
		names[i] = fmt.Sprintf("%q", r.Role)
	}
	return strings.Join(names, ", ")
}
