package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"calibrate/calibration"
	"calibrate/rubric"
	"calibrate/store"
)

// frozen is which rubric each person of a session is placed under, and where from.
type frozen struct {
	session calibration.Session
	rubrics map[string]*rubric.Rubric // by hash, those that were chosen just now
	unruled []calibration.Person      // who have a role that no rubric is for
}

// freeze chooses a rubric for everybody who was not on the agenda before: that of their
// role, else the session's own, which is r. Those named by --rubric-of get that.
func (s *shell) freeze(st *store.Store, session calibration.Session, r *rubric.Rubric, before []string, f setup, n names) (frozen, error) {
	chosen := frozen{session: session, rubrics: map[string]*rubric.Rubric{r.Hash(): r}}
	byRole := s.rubricsByRole(st, r)
	for _, p := range n.those(session.People) {
		own := byRole(p)
		if !slices.Contains(before, p.ID) && p.Role != "" && !s.oneForEverybody() && !rubric.SameName(own.Role, p.Role) {
			chosen.unruled = append(chosen.unruled, p)
		}
	}
	chosen.session = session.Freeze(before, func(id string) string {
		i := slices.IndexFunc(n.people, func(p calibration.Person) bool { return p.ID == id })
		if i < 0 {
			return r.Hash()
		}
		own := byRole(n.people[i])
		chosen.rubrics[own.Hash()] = own
		return own.Hash()
	})
	for _, text := range f.rubricOf {
		if err := s.rubricOfPerson(st, &chosen, text, n); err != nil {
			return chosen, err
		}
	}
	return chosen, nil
}

// rubricOfPerson reads “PERSON=RUBRIC”.
func (s *shell) rubricOfPerson(st *store.Store, chosen *frozen, text string, n names) error {
	who, named, ok := strings.Cut(text, "=")
	if !ok || strings.TrimSpace(named) == "" {
		return fmt.Errorf("--rubric-of %q is not PERSON=RUBRIC", text)
	}
	id, err := n.onAgenda(chosen.session, strings.TrimSpace(who))
	if err != nil {
		return err
	}
	r, err := s.rubricIn(st, strings.TrimSpace(named))
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(slices.Clone(chosen.session.People), func(on string) bool { return on == id })
	chosen.session = chosen.session.Freeze(others, func(string) string { return r.Hash() })
	chosen.rubrics[r.Hash()] = r
	chosen.unruled = slices.DeleteFunc(chosen.unruled, func(p calibration.Person) bool { return p.ID == id })
	return nil
}

// rubricIn is [shell.rubricOrKept] where the data file is open already.
func (s *shell) rubricIn(st *store.Store, named string) (*rubric.Rubric, error) {
	if !strings.HasPrefix(named, hashPrefix) {
		return s.parseRubric(named)
	}
	kept, err := st.Rubrics()
	if err != nil {
		return nil, err
	}
	return rubricByHash(kept, named)
}

// keep puts copies of the rubrics that were chosen into the file.
func (chosen frozen) keep(st *store.Store) error {
	for _, hash := range append(chosen.session.RubricsInUse(), chosen.session.Rubric) {
		if r := chosen.rubrics[hash]; r != nil {
			if err := st.PutRubric(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// tellRubrics says who is placed under which rubric, where that is not one for all, and
// who under the session's own although their role has another name.
func (s *shell) tellRubrics(st *store.Store, chosen frozen, n names) {
	inUse := chosen.session.RubricsInUse()
	if len(inUse) > 1 {
		var rubrics []*rubric.Rubric
		for _, hash := range inUse {
			r := chosen.rubrics[hash]
			if r == nil {
				r, _ = st.Rubric(hash) // what cannot be read is told where it is needed
			}
			if r != nil {
				rubrics = append(rubrics, r)
			}
		}
		called := calibration.RubricNames(rubrics)
		for _, r := range rubrics {
			hash := r.Hash()
			of := slices.DeleteFunc(slices.Clone(chosen.session.People), func(id string) bool { return chosen.session.RubricOf(id) != hash })
			s.say("%s: %s", called[hash], n.labels(of))
		}
	}
	s.tellUnruled(chosen.unruled, chosen.rubrics[chosen.session.Rubric])
}

// tellUnruled says who is placed under a rubric because no rubric is for their role.
func (s *shell) tellUnruled(unruled []calibration.Person, r *rubric.Rubric) {
	var roles []string
	of := map[string][]string{}
	for _, p := range unruled {
		roles = with(roles, p.Role)
		of[p.Role] = append(of[p.Role], p.Name)
	}
	for _, role := range roles {
		s.say("no rubric is for the role %q: %s under %s", role, strings.Join(of[role], ", "), r.Role)
	}
}

// tellRoles says under which rubrics people are placed, where that is not one for all,
// and for whose role there is none.
func (s *shell) tellRoles(people []calibration.Person) error {
	r, err := s.loadRubric()
	if err != nil || s.oneForEverybody() {
		return err
	}
	var own []*rubric.Rubric // by person
	choose := func(kept keeper) {
		byRole := s.rubricsByRole(kept, r)
		own = own[:0]
		for _, p := range people {
			own = append(own, byRole(p))
		}
	}
	err = s.existing(func(st *store.Store) error { choose(st); return nil })
	switch {
	case errors.Is(err, fs.ErrNotExist):
		choose(noFile{})
	case err != nil:
		return err
	}
	var under []*rubric.Rubric
	var unruled []calibration.Person
	n := map[string]int{}
	for i, p := range people {
		if n[own[i].Hash()]++; n[own[i].Hash()] == 1 {
			under = append(under, own[i])
		}
		if p.Role != "" && !rubric.SameName(own[i].Role, p.Role) {
			unruled = append(unruled, p)
		}
	}
	if len(under) > 1 {
		for _, r := range under {
			s.say("%s under the rubric %s", peopleCount(n[r.Hash()]), calibration.RubricNames(under)[r.Hash()])
		}
	}
	s.tellUnruled(unruled, r)
	return nil
}

// noFile is the keeper of nothing.
type noFile struct{}

func (noFile) Rubrics() ([]*rubric.Rubric, error)               { return nil, nil }
func (noFile) Decisions(func(calibration.Decision) error) error { return nil }

// votedUnder refuses another rubric for people who were voted on or decided in the
// session: what was placed on one scale says nothing on another.
func votedUnder(st *store.Store, before, now calibration.Session, n names) error {
	for _, id := range now.People {
		if !slices.Contains(before.People, id) || before.RubricOf(id) == now.RubricOf(id) {
			continue
		}
		made, err := st.DecisionsOf(id)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(made, func(d calibration.Decision) bool { return d.Session == before.ID }) {
			return fmt.Errorf("%s was placed in the session %q already, and those placements say nothing on another scale; take them off the agenda and hold another session", n.label(id), before.Name)
		}
	}
	return nil
}
