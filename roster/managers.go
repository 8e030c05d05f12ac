package roster

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"calibrate/calibration"
)

// managers finds the names of people's managers: in the file and among those known.
type managers struct {
	*directory
	unknown map[string]int // ids and e-mails that are nobody's, and how many people have them
}

// newManagers looks at everybody as they will be.
func newManagers(known []calibration.Person, rows []planned) *managers {
	all := slices.Clone(known)
	for _, r := range rows {
		if r.who == nobody {
			all = append(all, r.after)
		} else {
			all[r.who] = r.after
		}
	}
	return &managers{newDirectory(all), map[string]int{}}
}

// name writes the manager of a row as the name of the person that the id, the e-mail or
// the name in it means. Where it means nobody a name stays as it is written; an id or an
// e-mail stands for the name that is lacking, unless one was found for it before.
func (m *managers) name(r *planned, known []calibration.Person) {
	means := []string{r.managerID, r.managerEmail, r.manager}
	for _, text := range means {
		if i, ok := m.find(text); ok {
			r.setManager(m.people[i].Name, m.isSelf(i, r))
			return
		}
	}
	if r.manager != "" {
		r.setManager(r.manager, false)
		return
	}
	lacking := first(r.managerID, r.managerEmail)
	if lacking == "" {
		return
	}
	if r.who != nobody && known[r.who].Manager != "" && lacking == first(known[r.who].Extra[string(ManagerID)], known[r.who].Extra[string(ManagerEmail)]) {
		return
	}
	m.unknown[lacking]++
	r.setManager(lacking, false)
}

// setManager leaves the manager blank of whoever is their own, as exports have it of the
// head of the house.
func (r *planned) setManager(name string, self bool) {
	if self {
		name = ""
	}
	r.after.Manager = name
}

func (m *managers) isSelf(i int, r *planned) bool {
	p := m.people[i]
	return r.after.ID != "" && p.ID == r.after.ID || r.after.ID == "" && p.ID == "" && p.Name == r.after.Name && p.Email == r.after.Email
}

// find finds the one person with the id, the e-mail or the name.
func (m *managers) find(text string) (int, bool) {
	if text == "" {
		return 0, false
	}
	if i, ok := m.byID[text]; ok {
		return i, true
	}
	for _, found := range [][]int{m.byEmail[strings.ToLower(text)], m.byName[nameKey(text)], m.byName[nameKey(turned(text))]} {
		if len(found) == 1 {
			return found[0], true
		}
	}
	return 0, false
}

func (m *managers) notes() []string {
	const shown = 5
	keys := slices.Sorted(maps.Keys(m.unknown))
	var notes []string
	for i, key := range keys {
		if i == shown {
			return append(notes, fmt.Sprintf("and %s more like that", plural(len(keys)-shown, "manager")))
		}
		notes = append(notes, fmt.Sprintf("%s, the manager of %s, is in neither the file nor the list; it stands for the name", key, people(m.unknown[key])))
	}
	return notes
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// namesakes says of whom a new person may be the double.
func namesakes(added []Entry, known []calibration.Person) []string {
	const shown = 10
	d := newDirectory(known)
	var notes []string
	for _, e := range added {
		same := d.byName[nameKey(e.Person.Name)]
		if len(same) == 0 {
			continue
		}
		if len(notes) == shown {
			return append(notes, "and more new people bear a name that is in the list")
		}
		p := known[same[0]]
		notes = append(notes, fmt.Sprintf("line %d: %s (%s) is new; the list has another one: %s",
			e.Line, e.Person.Name, first(e.Person.ID, e.Person.Email), first(employerID(p), p.ID)))
	}
	return notes
}
