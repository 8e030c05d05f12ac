package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"calibrate/calibration"
)

// Column is what a column of the file is taken for. One with neither a Field nor a Keep
// is left out, and Note says why.
type Column struct {
	Number  int    `json:"column"`            // from 1
	Heading string `json:"heading"`           // as the file has it, spaces tidied
	Field   Field  `json:"field,omitempty"`   // what it means
	Keep    string `json:"kept_as,omitempty"` // the key that it is kept under in Person.Extra
	Note    string `json:"note,omitempty"`    // what else it could be
}

// mapper decides what columns mean.
type mapper struct {
	columns []Column
	below   []row
	m       Mapping
}

// mapColumns decides what each column means.
func mapColumns(header row, below []row, m Mapping) ([]Column, error) {
	width := len(header.cells)
	for _, r := range below {
		if r.open {
			width = max(width, len(r.cells))
		}
	}
	p := mapper{below: below, m: m, columns: make([]Column, width)}
	for i := range p.columns {
		p.columns[i] = Column{Number: i + 1}
		if i < len(header.cells) {
			p.columns[i].Heading = tidy(header.cells[i])
		}
	}
	if err := p.told(); err != nil {
		return nil, err
	}
	if err := p.known(); err != nil {
		return nil, err
	}
	p.surname()
	p.keepOthers()
	return p.columns, nil
}

// told gives the fields that the mapping tells their columns.
func (p *mapper) told() error {
	for _, field := range Fields() {
		heading := p.m[field]
		if heading == "" {
			continue
		}
		at, err := p.find(field, heading)
		if err != nil {
			return err
		}
		if c := &p.columns[at]; c.Field != "" {
			return fmt.Errorf("column %d (%q) is to be both %s and %s; a column has one meaning", c.Number, c.Heading, c.Field, field)
		}
		p.columns[at].Field = field
	}
	return nil
}

// find finds the column that a heading or “#” and a number names.
func (p *mapper) find(field Field, heading string) (int, error) {
	if n, ok := columnNumber(heading); ok {
		if n > len(p.columns) {
			return 0, fmt.Errorf("there is no column %s for %s; the header has %d", heading, field, len(p.columns))
		}
		return n - 1, nil
	}
	var same, all []string
	found := -1
	for i, c := range p.columns {
		all = append(all, c.Heading)
		if headingKey(c.Heading) != headingKey(heading) {
			continue
		}
		if found < 0 {
			found = i
		}
		if !p.alike(found, i) {
			same = append(same, fmt.Sprintf("%s=#%d", field, c.Number))
		}
	}
	switch {
	case found < 0:
		return 0, noColumn(field, heading, all)
	case len(same) > 0:
		return 0, p.twice(field, found)
	}
	return found, nil
}

// columnNumber reads “#7”.
func columnNumber(heading string) (int, bool) {
	digits, ok := strings.CutPrefix(heading, "#")
	n, err := strconv.Atoi(digits)
	return n, ok && err == nil && n > 0
}

// known gives the other fields the columns that bear one of their names: of several the
// one with the surest name that is not empty.
func (p *mapper) known() error {
	all := meanings()
	for _, field := range Fields() {
		if p.m.tells(field) {
			continue
		}
		var candidates []int
		rank := map[int]int{}
		for i, c := range p.columns {
			if means, ok := all[headingKey(c.Heading)]; ok && means.field == field && c.Field == "" {
				candidates = append(candidates, i)
				rank[i] = means.rank
				if p.empty(i) {
					rank[i] += 1000
				}
			}
		}
		slices.SortStableFunc(candidates, func(a, b int) int { return cmp.Compare(rank[a], rank[b]) })
		if err := p.choose(field, candidates); err != nil {
			return err
		}
	}
	return nil
}

// choose gives a field the first of its candidates, and says so at the others.
func (p *mapper) choose(field Field, candidates []int) error {
	for _, i := range candidates {
		first, c := candidates[0], &p.columns[i]
		switch {
		case i == first:
			c.Field = field
		case p.empty(i):
		case headingKey(c.Heading) != headingKey(p.columns[first].Heading):
			c.Note = fmt.Sprintf("could be the %s too; --map %s=%q takes it", field, field, c.Heading)
		case p.alike(first, i):
			c.Note = fmt.Sprintf("the same as column %d", first+1)
		default:
			return p.twice(field, first)
		}
	}
	return nil
}

// twice is the error for columns of one name that differ.
func (p *mapper) twice(field Field, first int) error {
	var numbers, ways []string
	for i, c := range p.columns {
		if headingKey(c.Heading) == headingKey(p.columns[first].Heading) {
			numbers = append(numbers, strconv.Itoa(i+1))
			ways = append(ways, fmt.Sprintf("--map %s=#%d", field, i+1))
		}
	}
	return fmt.Errorf("columns %s are all called %q and differ; say which is the %s: %s",
		strings.Join(numbers, " and "), p.columns[first].Heading, field, strings.Join(ways, " or "))
}

// surname sees that a column Name beside one with first names, and none with last
// names, holds last names: as a rule in German, French and Spanish exports.
func (p *mapper) surname() {
	name, firstName := p.column(Name), p.column(FirstName)
	if name < 0 || firstName < 0 || p.column(LastName) >= 0 || p.m.tells(Name) || p.m.tells(LastName) {
		return
	}
	for _, r := range p.below {
		n, f := strings.ToLower(cellAt(r, name)), strings.ToLower(cellAt(r, firstName))
		if n != "" && f != "" && strings.Contains(n, f) {
			return
		}
	}
	p.columns[name].Field = LastName
}

func (p *mapper) column(f Field) int {
	return slices.IndexFunc(p.columns, func(c Column) bool { return c.Field == f })
}

// keepOthers gives every column without a field a key of its own to be kept under.
func (p *mapper) keepOthers() {
	used := map[string]bool{calibration.EmployeeID: true}
	for _, f := range Fields() {
		used[string(f)] = true
	}
	for i := range p.columns {
		c := &p.columns[i]
		switch {
		case c.Field != "" || strings.HasPrefix(c.Note, "the same"):
			continue
		case p.empty(i):
			c.Note = "it is empty"
			continue
		}
		key := shorten(c.Heading)
		if key == "" {
			key = fmt.Sprintf("column %d", c.Number)
		}
		c.Keep = key
		for n := 2; used[c.Keep]; n++ {
			c.Keep = fmt.Sprintf("%s (%d)", key, n)
		}
		used[c.Keep] = true
	}
}

func (p *mapper) empty(i int) bool {
	return !slices.ContainsFunc(p.below, func(r row) bool { return cellAt(r, i) != "" })
}

// alike reports whether two columns say the same in every row.
func (p *mapper) alike(a, b int) bool {
	return !slices.ContainsFunc(p.below, func(r row) bool { return cellAt(r, a) != cellAt(r, b) })
}

// cellAt is a cell without spaces around it; "" where the row is too short.
func cellAt(r row, i int) string {
	if i >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}
