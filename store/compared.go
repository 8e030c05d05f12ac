package store

import "calibrate/calibration"

// DecisionsFor hands out the decisions that a comparison with the filter needs, by the
// shortest way to them, and stops at the first error of yield, which it returns. It may
// hand out more than pass the filter, never fewer; each comes once.
//
// Where the filter names sessions these are the sessions' own decisions, and what was
// drafted outside any session about the people on their agendas; otherwise all. What
// yield may do is what it may in [Store.Decisions].
func (s *Store) DecisionsFor(f calibration.Filter, yield func(calibration.Decision) error) error {
	if len(f.Sessions) == 0 {
		return s.Decisions(yield)
	}
	sessions, err := s.Sessions()
	if err != nil {
		return err
	}
	agenda := map[string]bool{}
	for _, id := range f.Sessions {
		made, err := s.DecisionsIn(id)
		if err == nil {
			err = each(made, yield)
		}
		if err != nil {
			return err
		}
		for _, session := range sessions {
			for _, person := range session.People {
				agenda[person] = agenda[person] || session.ID == id
			}
		}
	}
	for _, id := range f.Sessions {
		if id == "" {
			return nil // all that was drafted outside has come
		}
	}
	for person, on := range agenda {
		if !on {
			continue
		}
		made, err := s.DecisionsOf(person)
		if err != nil {
			return err
		}
		for _, d := range made {
			if d.Session != "" {
				continue
			}
			if err := yield(d); err != nil {
				return err
			}
		}
	}
	return nil
}

// Made is how many decisions the files that this one has heard of have made, for saying
// how far reading all of them has come: there are as many here, unless some never arrived
// or were purged.
func (s *Store) Made() (n int, err error) {
	err = s.read(func(trees ...*paged) error {
		chains, err := recordsIn[chain](trees[0], bucketChains, kindChain)
		for _, c := range chains {
			n += int(c.end().Seq)
		}
		return err
	}, bucketChains)
	return n, err
}

func each(decisions []calibration.Decision, yield func(calibration.Decision) error) error {
	for _, d := range decisions {
		if err := yield(d); err != nil {
			return err
		}
	}
	return nil
}
