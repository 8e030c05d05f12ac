package roster

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// record is what a row says about a person. What is blank in it is not known to the row.
type record struct {
	line                    int
	id, name, email         string
	team, role              string
	manager                 string // a name, or the id or e-mail of somebody
	managerID, managerEmail string
	extra                   map[string]string
}

func (r record) who() string { return first(r.name, r.email, r.id) }

func (r record) bad(format string, args ...any) Bad {
	return Bad{Line: r.line, Who: r.who(), Reason: fmt.Sprintf(format, args...)}
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// readRecords makes a record of every row, or notes what is wrong with it.
func (f *File) readRecords(header row, below []row) {
	var good []record
	values := make([]map[Field]string, 0, len(below))
	for _, r := range below {
		rec := record{line: r.line, extra: map[string]string{}}
		v, why := f.readRow(r, &rec)
		if uneven := ragged(header, r); uneven != "" {
			why = []string{uneven} // the cells may be in the wrong columns
		}
		if len(why) > 0 {
			rec.id, rec.name, rec.email = v[ID], wholeName(v), v[Email]
			f.bad = append(f.bad, rec.bad("%s", strings.Join(why, "; ")))
			continue
		}
		good, values = append(good, rec), append(values, v)
	}
	f.turnNames(good, values)
	for i := range good {
		good[i].fill(values[i])
		if good[i].who() == "" {
			f.bad = append(f.bad, good[i].bad("it names nobody: id, e-mail and name are blank"))
			continue
		}
		f.records = append(f.records, good[i])
	}
	f.apartFromTwins()
}

// ragged says how a row of CSV does not fit its header.
func ragged(header, r row) string {
	if r.open || len(r.cells) >= len(header.cells) && len(trimBlank(r.cells)) <= len(header.cells) {
		return ""
	}
	return fmt.Sprintf("the row has %s and the header %d; look for a delimiter or a line break that is not in quotation marks",
		plural(len(r.cells), "cell"), len(header.cells))
}

// readRow reads the cells of a row: what belongs to fields is returned, what is kept as
// it is goes into the record. why is everything that is wrong with it.
func (f *File) readRow(r row, rec *record) (values map[Field]string, why []string) {
	values = map[Field]string{}
	size := 0
	for i, c := range f.Columns {
		if i >= len(r.cells) {
			break
		}
		var text, wrong string
		switch {
		case c.Field != "":
			if text, wrong = fieldCell(c.Field, r.cells[i]); text != "" {
				values[c.Field] = text
			}
		case c.Keep != "":
			if text, wrong = keptCell(c.Keep, r.cells[i]); text != "" {
				rec.extra[c.Keep] = text
				size += len(c.Keep) + len(text)
			}
		}
		if wrong != "" {
			why = append(why, wrong)
		}
	}
	if size > MaxExtra {
		why = append(why, fmt.Sprintf("the columns that are kept as they are have %d bytes together; at most %d are kept of one person", size, MaxExtra))
	}
	return values, why
}

// turnNames turns columns round that hold “Last, First”, and says so at the column; or
// says which few names look like that and stay.
func (f *File) turnNames(rows []record, values []map[Field]string) {
	for _, field := range []Field{Name, PreferredName, Manager} {
		at := slices.IndexFunc(f.Columns, func(c Column) bool { return c.Field == field })
		names := make([]string, len(values))
		for i, v := range values {
			names[i] = v[field]
		}
		if at < 0 {
			continue
		}
		if !turnedRound(names) {
			f.noteUnturned(rows, names)
			continue
		}
		f.Columns[at].Note = "“Last, First” is turned round"
		for _, v := range values {
			if v[field] != "" {
				v[field] = turned(v[field])
			}
		}
	}
}

func (f *File) noteUnturned(rows []record, names []string) {
	const shown = 3
	left := 0
	for i, name := range names {
		if turned(name) == name {
			continue
		}
		if left++; left <= shown {
			f.note("“%s” in line %d stays as it is written, for most names in that column have no comma", name, rows[i].line)
		}
	}
	if left > shown {
		f.note("and so do %d more", left-shown)
	}
}

// fill takes the values of the fields over into the record.
func (r *record) fill(v map[Field]string) {
	r.id, r.email, r.name = v[ID], v[Email], wholeName(v)
	r.team, r.role = v[Team], v[Role]
	r.manager, r.managerID, r.managerEmail = v[Manager], v[ManagerID], v[ManagerEmail]
	for _, f := range []Field{ManagerID, ManagerEmail, Level, PriorRating} {
		if v[f] != "" {
			r.extra[string(f)] = v[f]
		}
	}
	if preferred := v[PreferredName]; preferred != "" && preferred != r.name && v[Name] != "" {
		r.extra[string(PreferredName)] = preferred
	}
}

// apartFromTwins takes rows out that are about one person, or cannot be told apart. All
// of them go: which one is right would otherwise hang on their order.
func (f *File) apartFromTwins() {
	byID, byEmail, byName, byDigits := map[string][]int{}, map[string][]int{}, map[string][]int{}, map[string][]int{}
	add := func(m map[string][]int, key string, line int) {
		if key != "" {
			m[key] = append(m[key], line)
		}
	}
	for _, r := range f.records {
		add(byID, r.id, r.line)
		add(byEmail, strings.ToLower(r.email), r.line)
		add(byName, nameKey(r.name), r.line)
		add(byDigits, r.withoutZeros(), r.line)
	}
	f.records = slices.DeleteFunc(f.records, func(r record) bool {
		ids, emails, names := byID[r.id], byEmail[strings.ToLower(r.email)], byName[nameKey(r.name)]
		switch {
		case len(ids) > 1:
			f.bad = append(f.bad, r.bad("the id %s is on %s; keep one of them", r.id, linesOf(ids)))
		case len(emails) > 1:
			f.bad = append(f.bad, r.bad("the e-mail %s is on %s; mend it or keep one of them", r.email, linesOf(emails)))
		case len(byDigits[r.withoutZeros()]) > 1:
			f.bad = append(f.bad, r.bad("the name and, but for zeros in front, the id are on %s; keep the right one", linesOf(byDigits[r.withoutZeros()])))
		case r.id == "" && r.email == "" && len(names) > 1:
			f.bad = append(f.bad, r.bad("the name is on %s, and without an id or an e-mail nobody can tell whether that is one person", linesOf(names)))
		default:
			return false
		}
		return true
	})
}

// withoutZeros is what two rows of one person have in common where a spreadsheet took the
// zeros in front of an id away; "" without an id and a name.
func (r record) withoutZeros() string {
	if r.id == "" || r.name == "" {
		return ""
	}
	return strings.TrimLeft(r.id, "0") + " " + nameKey(r.name)
}

// linesOf names lines for a sentence: “lines 4, 9 and 12”.
func linesOf(lines []int) string {
	const shown = 5
	var words []string
	for _, l := range lines[:min(shown, len(lines))] {
		words = append(words, strconv.Itoa(l))
	}
	if more := len(lines) - shown; more > 0 {
		return fmt.Sprintf("lines %s and %d more", strings.Join(words, ", "), more)
	}
	if len(words) == 1 {
		return "line " + words[0]
	}
	return "lines " + strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
