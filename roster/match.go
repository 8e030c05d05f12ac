package roster

import (
	"fmt"
	"slices"
	"strings"

	"github.com/oklog/ulid/v2"

	"calibrate/calibration"
)

// directory finds people by what rows say of them.
type directory struct {
	people  []calibration.Person
	byID    map[string]int // the program's id or the employer's
	byEmail map[string][]int
	byName  map[string][]int
}

func newDirectory(people []calibration.Person) *directory {
	d := &directory{people: people, byID: map[string]int{}, byEmail: map[string][]int{}, byName: map[string][]int{}}
	for i, p := range people {
		if id := p.Extra[calibration.EmployeeID]; id != "" {
			d.byID[id] = i
		}
	}
	for i, p := range people {
		if p.ID != "" {
			d.byID[p.ID] = i
		}
		if key := strings.ToLower(p.Email); key != "" {
			d.byEmail[key] = append(d.byEmail[key], i)
		}
		d.byName[nameKey(p.Name)] = append(d.byName[nameKey(p.Name)], i)
	}
	return d
}

// employerID is the id that the employer gave somebody; "" if it is not known: the
// program's own ids are nobody else's.
func employerID(p calibration.Person) string {
	if id := p.Extra[calibration.EmployeeID]; id != "" {
		return id
	}
	if made(p.ID) {
		return ""
	}
	return p.ID
}

// made reports whether the program made an id.
func made(id string) bool {
	_, err := ulid.ParseStrict(id)
	return err == nil
}

// nobody is whom a row is about that is new.
const nobody = -1

// matcher says who rows are about. It looks first at the ids, then at the e-mails, then
// at the names, each time in the list as the rows before leave it: where one row gives
// somebody another name, another row with the old name is not about them.
type matcher struct {
	*directory                      // the list as it is by now
	known      []calibration.Person // and as it was
	who        []int                // of each row; nobody where it is new or not found yet
	why        []string             // what keeps each row from being taken in
	may        map[int][]int        // the lines that are about somebody or a namesake, nobody knows which
}

// match finds who the rows are about. What a row says of somebody by id counts for the
// others even where it is not taken in itself, so that nothing of the rest is different
// once it is mended.
func match(records []record, known []calibration.Person) (rows []planned, bad []Bad) {
	m := matcher{known: known, who: make([]int, len(records)), why: make([]string, len(records)), may: map[int][]int{}}
	for i := range records {
		m.who[i] = nobody
	}
	state := slices.Clone(known)
	for stage, find := range []func(record) (int, string){m.byTheirID, m.byTheirEmail, m.byTheirName} {
		m.directory = newDirectory(state)
		for _, i := range m.findEach(records, find, stage == 2) {
			state[m.who[i]] = records[i].applied(state[m.who[i]], false)
		}
	}
	m.directory = newDirectory(state)
	m.check(records)
	for i, r := range records {
		if m.why[i] != "" {
			bad = append(bad, r.bad("%s", m.why[i]))
			continue
		}
		row := planned{record: r, who: m.who[i]}
		if row.who == nobody {
			row.after = r.applied(calibration.Person{}, true)
		} else {
			row.after = r.applied(known[row.who], false)
		}
		rows = append(rows, row)
	}
	return rows, bad
}

// findEach finds whom the rows are about that are not found yet, and returns those rows
// that are each alone in being about somebody. Of several none can be taken in, nor beside
// one that may be about them; but a row that was found by name alone says nothing against
// one that was found before it.
func (m *matcher) findEach(records []record, find func(record) (int, string), byName bool) (alone []int) {
	var found []int
	for i, r := range records {
		if m.who[i] == nobody && m.why[i] == "" {
			if m.who[i], m.why[i] = find(r); m.who[i] != nobody {
				found = append(found, i)
			}
		}
	}
	lines, contested := map[int][]int{}, map[int]bool{}
	for i, who := range m.who {
		lines[who] = append(lines[who], records[i].line)
	}
	tooMany := func(i int) {
		m.why[i] = fmt.Sprintf("%s are all about %s; keep one of them", linesOf(lines[m.who[i]]), m.call(m.who[i]))
	}
	for _, i := range found {
		switch who := m.who[i]; {
		case len(lines[who]) == 1 && m.may[who] == nil:
			alone = append(alone, i)
			continue
		case len(lines[who]) == 1:
			m.why[i] = fmt.Sprintf("%s may be about %s as well; give the id or the e-mail there", linesOf(m.may[who]), m.call(who))
			continue
		}
		tooMany(i)
		contested[m.who[i]] = !byName
	}
	for i, who := range m.who {
		if contested[who] {
			tooMany(i)
		}
	}
	return alone
}

func (m *matcher) byTheirID(r record) (int, string) {
	if i, ok := m.byID[r.id]; ok && r.id != "" {
		return i, ""
	}
	return nobody, ""
}

func (m *matcher) byTheirEmail(r record) (int, string) {
	owners := m.byEmail[strings.ToLower(r.email)]
	switch {
	case len(owners) == 0:
		return nobody, ""
	case len(owners) > 1:
		return nobody, fmt.Sprintf("the e-mail %s is that of %s; give the id", r.email, m.callAll(owners))
	}
	if id := employerID(m.people[owners[0]]); r.id != "" && id != "" {
		return nobody, fmt.Sprintf("the e-mail %s is that of %s, and the id here is %s%s", r.email, m.call(owners[0]), r.id, zerosHint(r.id, id))
	}
	return owners[0], ""
}

func (m *matcher) byTheirName(r record) (int, string) {
	var same []int
	for _, i := range m.byName[nameKey(r.name)] {
		p := m.people[i]
		id := employerID(p)
		switch {
		case r.id != "" && id != "" && strings.TrimLeft(r.id, "0") == strings.TrimLeft(id, "0"):
			return nobody, fmt.Sprintf("the id %s is not known, and %s is%s", r.id, m.call(i), zerosHint(r.id, id))
		case r.id != "" && (id != "" || p.Email != "" && r.email != ""):
			continue // somebody else of that name
		case r.id == "" && p.Email != "" && r.email != "":
			return nobody, fmt.Sprintf("%s is in the list with the e-mail %s; if that is the same person, leave the e-mail out with --map email= or give the id",
				p.Name, p.Email)
		}
		same = append(same, i)
	}
	switch len(same) {
	case 0:
		return nobody, ""
	case 1:
		return same[0], ""
	}
	for _, i := range same {
		m.may[i] = append(m.may[i], r.line)
	}
	return nobody, fmt.Sprintf("the name is that of %s; give the id or the e-mail", m.callAll(same))
}

// check looks at the rows together: that none gives somebody the e-mail of another, and
// that who is new has a name.
func (m *matcher) check(records []record) {
	for i, r := range records {
		who := m.who[i]
		switch {
		case m.why[i] != "":
		case who == nobody && r.name == "":
			m.why[i] = "the name is blank, and nobody is known by this id or e-mail"
		case who != nobody && r.email != "" && !strings.EqualFold(r.email, m.known[who].Email):
			for _, owner := range m.byEmail[strings.ToLower(r.email)] {
				if owner != who {
					m.why[i] = fmt.Sprintf("the id is that of %s, and the e-mail %s that of %s; mend the one that is wrong", m.call(who), r.email, m.call(owner))
				}
			}
		}
	}
}

// zerosHint says what likely happened where two ids differ by leading zeros alone.
func zerosHint(a, b string) string {
	if a != b && strings.TrimLeft(a, "0") == strings.TrimLeft(b, "0") {
		return "; they differ by zeros in front alone, which spreadsheets take away: format the column as text and export it anew"
	}
	return "; mend the one that is wrong"
}

// call names somebody so that they can be told from others: “Ada Lovelace (0042)”.
func (m *matcher) call(i int) string {
	p := m.people[i]
	return fmt.Sprintf("%s (%s)", p.Name, first(employerID(p), p.ID))
}

func (m *matcher) callAll(all []int) string {
	const shown = 5
	var calls []string
	for _, i := range all[:min(shown, len(all))] {
		calls = append(calls, m.call(i))
	}
	if more := len(all) - shown; more > 0 {
		calls = append(calls, fmt.Sprintf("%d more", more))
	}
	return strings.Join(calls, " and ")
}
