package roster

import (
	"cmp"
	"maps"
	"slices"

	"calibrate/calibration"
)

// Plan is what a file means for the people who are known.
type Plan struct {
	New, Changed []Entry // in the file's order
	Same         int     // rows that say nothing new
	Bad          []Bad   // by line
	Notes        []string
}

// Entry is a person who is new or changed.
type Entry struct {
	Line    int                `json:"line"`
	Person  calibration.Person `json:"person"` // as they will be; without an id where one is to be made
	Changes []Change           `json:"changes,omitempty"`
}

// Change is one field, or one column that is kept as it is, before and after.
type Change struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// People are those whom the plan adds or changes.
func (p Plan) People() []calibration.Person {
	var all []calibration.Person
	for _, e := range slices.Concat(p.New, p.Changed) {
		all = append(all, e.Person)
	}
	return all
}

// Kept puts the people in as they were kept, in the order of [Plan.People]: with the ids
// that were made.
func (p *Plan) Kept(people []calibration.Person) {
	for i := range p.New {
		p.New[i].Person = people[i]
	}
	for i := range p.Changed {
		p.Changed[i].Person = people[len(p.New)+i]
	}
}

// planned is a row and the person that it makes.
type planned struct {
	record
	who   int // in the list of those known, or nobody
	after calibration.Person
}

// Plan compares the file with the people who are known, and changes neither. A plan that
// was carried out leaves nothing to do for the same file.
func (f *File) Plan(known []calibration.Person) Plan {
	rows, bad := match(f.records, known)
	p := Plan{Bad: slices.Concat(f.bad, bad)}
	m := newManagers(known, rows)
	for i := range rows {
		m.name(&rows[i], known)
	}
	for _, r := range rows {
		if err := r.after.Validate(); err != nil {
			p.Bad = append(p.Bad, r.bad("%s", err))
			continue
		}
		p.add(r, known)
	}
	p.Notes = append(p.Notes, m.notes()...)
	p.Notes = append(p.Notes, namesakes(p.New, known)...)
	slices.SortStableFunc(p.Bad, func(a, b Bad) int { return cmp.Compare(a.Line, b.Line) })
	return p
}

// applied is the person with what the row says, the manager apart. What is blank in the
// row stays as it was.
func (r record) applied(p calibration.Person, isNew bool) calibration.Person {
	set := func(to *string, value string) {
		if value != "" {
			*to = value
		}
	}
	extra := maps.Clone(p.Extra)
	if extra == nil {
		extra = map[string]string{}
	}
	maps.Copy(extra, r.extra)
	switch {
	case isNew:
		p.ID = r.id
	case r.id != "" && r.id != p.ID:
		extra[calibration.EmployeeID] = r.id
	}
	set(&p.Name, r.name)
	set(&p.Email, r.email)
	set(&p.Team, r.team)
	set(&p.Role, r.role)
	if p.Extra = extra; len(extra) == 0 {
		p.Extra = nil
	}
	return p
}

// add puts a row among the new, the changed or the same.
func (p *Plan) add(r planned, known []calibration.Person) {
	e := Entry{Line: r.line, Person: r.after}
	if r.who == nobody {
		p.New = append(p.New, e)
		return
	}
	if e.Changes = changes(known[r.who], r.after); len(e.Changes) == 0 {
		p.Same++
		return
	}
	p.Changed = append(p.Changed, e)
}

func changes(before, after calibration.Person) []Change {
	var all []Change
	compare := func(field, a, b string) {
		if a != b {
			all = append(all, Change{field, a, b})
		}
	}
	compare(string(Name), before.Name, after.Name)
	compare(string(Email), before.Email, after.Email)
	compare(string(Team), before.Team, after.Team)
	compare(string(Role), before.Role, after.Role)
	compare(string(Manager), before.Manager, after.Manager)
	for _, key := range slices.Sorted(maps.Keys(after.Extra)) {
		compare(key, before.Extra[key], after.Extra[key])
	}
	return all
}
