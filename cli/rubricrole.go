package cli

import (
	"cmp"
	"slices"
	"sync"

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
//
// The others are not read before somebody has another role than the one in use: reading
// all takes longer than everything else before the first screen.
func (s *shell) rubricsByRole(kept keeper, inUse *rubric.Rubric) func(calibration.Person) *rubric.Rubric {
	if s.oneForEverybody() {
		return func(calibration.Person) *rubric.Rubric { return inUse }
	}
	others := sync.OnceValue(func() []*rubric.Rubric { return s.otherRubrics(kept) })
	return func(p calibration.Person) *rubric.Rubric {
		if p.Role == "" || rubric.SameName(inUse.Role, p.Role) {
			return inUse
		}
		for _, r := range others() {
			if rubric.SameName(r.Role, p.Role) {
				return r
			}
		}
		return inUse
	}
}

// otherRubrics lists what the data file keeps and what comes with the program. A copy
// that is damaged keeps nobody from working; doctor tells of it. What comes with the
// program can be read, see its tests.
func (s *shell) otherRubrics(kept keeper) []*rubric.Rubric {
	all, err := keptByUse(kept)
	if err != nil {
		all = nil
	}
	builtIns, _ := s.builtIns()
	for _, b := range builtIns {
		if r, err := b.parse(); err == nil {
			all = append(all, r)
		}
	}
	return all
}

// oneForEverybody reports whether somebody named a rubric for all people. The settings
// only say which is used where a role says nothing.
func (s *shell) oneForEverybody() bool {
	return first(s.flags.rubric, s.Getenv("CALIBRATE_RUBRIC")) != ""
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
