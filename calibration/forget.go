package calibration

import "slices"

// Without takes people out of a session: off its agenda, out of its recusals, and a
// panellist stays as the reviewer that they were, but is no longer known to be one of
// the people. It reports whether that changed anything; s itself stays as it is.
//
// They leave no placeholder behind. An employer's id would tell who it was, and an
// invented one would be counted as somebody whom the session never decided.
func (s Session) Without(gone func(person string) bool) (Session, bool) {
	changed := false
	note := func(person string) bool {
		is := person != "" && gone(person)
		changed = changed || is
		return is
	}
	s.People = slices.DeleteFunc(slices.Clone(s.People), note)
	s.Recusals = slices.DeleteFunc(slices.Clone(s.Recusals), func(r Recusal) bool { return note(r.Person) })
	s.Panel = slices.Clone(s.Panel)
	for i, p := range s.Panel {
		if note(p.Person) {
			s.Panel[i].Person = ""
		}
	}
	return s, changed
}
