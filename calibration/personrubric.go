package calibration

import "fmt"

// PersonRubric says that a session places a person under another rubric than its own.
type PersonRubric struct {
	Person string `json:"person"`
	Rubric string `json:"rubric"` // rubric.Rubric.Hash
}

// RubricOf is the hash of the rubric that the session places a person under.
func (s Session) RubricOf(person string) string {
	for _, r := range s.Rubrics {
		if r.Person == person {
			return r.Rubric
		}
	}
	return s.Rubric
}

// RubricsInUse are the hashes of the rubrics that people on the agenda are placed under,
// in the order in which the agenda comes to them, each once. Where nobody is on the
// agenda it is the session's own.
func (s Session) RubricsInUse() []string {
	if len(s.Rubrics) == 0 || len(s.People) == 0 {
		return []string{s.Rubric}
	}
	own := s.rubricsByPerson()
	var all []string
	seen := map[string]bool{}
	for _, id := range s.People {
		hash, ok := own[id]
		if !ok {
			hash = s.Rubric
		}
		if !seen[hash] {
			seen[hash] = true
			all = append(all, hash)
		}
	}
	return all
}

func (s Session) rubricsByPerson() map[string]string {
	own := make(map[string]string, len(s.Rubrics))
	for _, r := range s.Rubrics {
		own[r.Person] = r.Rubric
	}
	return own
}

// Freeze is the session with a rubric for everybody on its agenda: those who were on it
// before keep theirs, and choose says that of the others, by its hash. The session's own
// rubric stays; it is that of whoever has no other.
func (s Session) Freeze(before []string, choose func(person string) string) Session {
	own, was := s.rubricsByPerson(), map[string]bool{}
	for _, id := range before {
		was[id] = true
	}
	s.Rubrics = nil
	for _, id := range s.People {
		hash, ok := own[id]
		switch {
		case !was[id]:
			hash = choose(id)
		case !ok:
			hash = s.Rubric
		}
		if hash != s.Rubric {
			s.Rubrics = append(s.Rubrics, PersonRubric{Person: id, Rubric: hash})
		}
	}
	return s
}

// validRubrics reports what is wrong with the rubrics of single people.
func (s Session) validRubrics() error {
	if len(s.Rubrics) == 0 {
		return nil
	}
	if s.Rubric == "" {
		return fmt.Errorf("a session with rubrics of single people needs one for the others")
	}
	on, seen := map[string]bool{}, map[string]bool{}
	for _, id := range s.People {
		on[id] = true
	}
	for _, r := range s.Rubrics {
		switch {
		case !on[r.Person]:
			return fmt.Errorf("there is a rubric for the person %q, who is not on the agenda", r.Person)
		case seen[r.Person]:
			return fmt.Errorf("the person %q has two rubrics", r.Person)
		case r.Rubric == "":
			return fmt.Errorf("the rubric of the person %q has no hash", r.Person)
		case len(r.Rubric) > MaxNameBytes:
			return fmt.Errorf("the hash of the rubric of the person %q is %d bytes long; at most %d are kept", r.Person, len(r.Rubric), MaxNameBytes)
		}
		seen[r.Person] = true
	}
	return nil
}
