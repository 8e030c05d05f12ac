package cli

import (
	"cmp"
	"slices"

	"calibrate/calibration"
	"calibrate/rubric"
)

// keeper is a data file, whole or as it may be shown.
type keeper interface {
	Rubrics() ([]*rubric.Rubric, error)
	Decisions(func(calibration.Decision) error) error
}

// rubricsByRole finds which rubric each person is placed under where no session says
// so: if nobody named one for everybody, that of their role, else the one in use. Of
// rubrics with the same role it is the one in use, then what the data file keeps, then
// what comes with the program: what decisions were made under goes on.
func (s *shell) rubricsByRole(kept keeper, inUse *rubric.Rubric) (func(calibration.Person) *rubric.Rubric, error) {
	everybody := func(calibration.Person) *rubric.Rubric { return inUse }
	if first(s.flags.rubric, s.Getenv("CALIBRATE_RUBRIC")) != "" {
		return everybody, nil
	}
	candidates, err := keptByUse(kept)
	if err != nil {
		candidates = nil // a copy that is damaged keeps nobody from working; doctor tells of it
	}
	builtIns, err := s.builtIns()
	if err != nil {
		return nil, err
	}
	for _, b := range builtIns {
		r, err := b.parse()
		if err != nil {
			return nil, err
		}
		candidates = append(candidates, r)
	}
	candidates = append([]*rubric.Rubric{inUse}, candidates...)
	return func(p calibration.Person) *rubric.Rubric {
		for _, r := range candidates {
			if p.Role != "" && rubric.SameName(r.Role, p.Role) {
				return r
			}
		}
		return inUse
	}, nil
}

// keptByUse lists the rubrics in the data file; where two have one role, the one that
// was decided under last comes first.
func keptByUse(kept keeper) ([]*rubric.Rubric, error) {
	all, err := kept.Rubrics()
	if err != nil || !twoOfOneRole(all) {
		return all, err
	}
	used, n := map[string]int{}, 0
	err = kept.Decisions(func(d calibration.Decision) error { // oldest first
		n++
		used[d.Rubric] = n
		return nil
	})
	slices.SortStableFunc(all, func(a, b *rubric.Rubric) int { return cmp.Compare(used[b.Hash()], used[a.Hash()]) })
	return all, err
}

func twoOfOneRole(all []*rubric.Rubric) bool {
	for i := range all {
		for _, other := range all[:i] {
			if rubric.SameName(all[i].Role, other.Role) {
				return true
			}
		}
	}
	return false
}
