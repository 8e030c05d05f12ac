package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"calibrate/internal/charset"
	"calibrate/rubric"
)

// Limits of a template.
const (
	MaxTemplate      = 32 << 20 // bytes
	MaxTemplateCells = 4_000_000
)

// Filled is what filling a template came to.
type Filled struct {
	Data      []byte
	Rows      int      // that were filled
	Unknown   []string // where nobody was found for a row: "line 7: 00815"
	Undecided []string // where the person has nothing to fill in: "line 9: Ada Lovelace"
}

// Fill fills columns of a table that an HR system exported. Each mapping is
// "Column=what": the column's heading and a value such as final.individual.level; see
// [Values]. Rows are matched to people by an id, an email or, where the table has
// neither, a name that only one of them bears. key names the column to match by; empty:
// the one whose heading says it.
//
// Everything else stays as it was to the byte: other columns, the order, rows of
// people who are not known, encoding, delimiter, quotes and line breaks.
func Fill(template []byte, s Source, mappings []string, key string) (Filled, error) {
	if len(template) > MaxTemplate {
		return Filled{}, fmt.Errorf("the template has more than %d MiB, the most that is filled; split it", MaxTemplate>>20)
	}
	text, written, err := charset.Decode(template)
	if err != nil {
		return Filled{}, err
	}
	table, err := parseRaw(text)
	if err != nil {
		return Filled{}, err
	}
	f, err := newFiller(table, s, mappings, key)
	if err != nil {
		return Filled{}, err
	}
	for i := range table.records[1:] {
		if err := f.row(&table.records[i+1]); err != nil {
			return Filled{}, err
		}
	}
	f.filled.Data, err = written.Encode(table.String())
	return f.filled, err
}

type filler struct {
	comma   string
	head    []string
	columns map[int]value // by column
	key     int           // the column that rows are matched by
	width   int           // how many cells a row may have
	find    map[string]string
	results map[string]map[string]Result // by person's id, then dimension
	filled  Filled
}

func newFiller(t rawTable, s Source, mappings []string, key string) (*filler, error) {
	if len(t.records) == 0 {
		return nil, fmt.Errorf("the template is empty")
	}
	if len(mappings) == 0 {
		return nil, fmt.Errorf("nothing says which columns to fill; for example --map %q", "Calibrated Rating=final."+dimensionWord(s.Rubric)+".level")
	}
	f := &filler{comma: t.comma, columns: map[int]value{}, results: map[string]map[string]Result{}}
	for _, field := range t.records[0].fields {
		f.head = append(f.head, strings.TrimSpace(unquoted(field)))
	}
	for _, m := range mappings {
		column, what, ok := strings.Cut(m, "=")
		if !ok {
			return nil, fmt.Errorf("mapping %q is not “Column=what”", m)
		}
		at, err := f.column(column)
		if err != nil {
			return nil, err
		}
		if f.columns[at], err = s.parseValue(what); err != nil {
			return nil, err
		}
	}
	for _, r := range s.Results() {
		if f.results[r.Person.ID] == nil {
			f.results[r.Person.ID] = map[string]Result{}
		}
		f.results[r.Person.ID][r.Dimension] = r // of several sessions the last
	}
	f.width = t.width()
	return f, f.matchBy(key, s)
}

func dimensionWord(r *rubric.Rubric) string {
	return strings.ToLower(strings.ReplaceAll(r.Dimensions[0], " ", "-"))
}

// column finds a heading, without regard to case.
func (f *filler) column(name string) (int, error) {
	name = strings.TrimSpace(name)
	if at := slices.IndexFunc(f.head, func(h string) bool { return strings.EqualFold(h, name) }); at >= 0 {
		return at, f.alone(at)
	}
	if near := rubric.Nearest(name, f.head); len(near) > 0 {
		return 0, fmt.Errorf("the template has no column %q; did you mean %q?", name, near[0])
	}
	return 0, fmt.Errorf("the template has no column %q; it has %s", name, listed(f.head))
}

// alone says where a heading stands twice: nobody knows then which column is meant.
func (f *filler) alone(at int) error {
	for i, h := range f.head {
		if i != at && strings.EqualFold(h, f.head[at]) {
			return fmt.Errorf("the template has two columns %q, column %d and column %d; rename the one that is not meant", short(f.head[at], 40), min(at, i)+1, max(at, i)+1)
		}
	}
	return nil
}

// listed names headings, as many and as much of each as a line bears.
func listed(headings []string) string {
	const shown = 12
	var words []string
	for _, h := range headings[:min(shown, len(headings))] {
		words = append(words, short(h, 40))
	}
	if more := len(headings) - shown; more > 0 {
		words = append(words, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(words, ", ")
}

// keyHeadings are what columns are called that say who a row is about, the surest
// first.
var keyHeadings = [][]string{
	{"employeeid", "employeenumber", "id", "workerid", "personnelnumber", "personid", "userid", "personalnummer", "mitarbeiternummer"},
	{"email", "workemail", "emailaddress", "mail"},
	{"name", "fullname", "employeename", "employee", "worker", "displayname"},
}

// matchBy chooses the column that rows are matched by, and what it is matched with.
func (f *filler) matchBy(key string, s Source) error {
	kind := -1
	if key != "" {
		at, err := f.column(key)
		if err != nil {
			return err
		}
		f.key, kind = at, kindOfKey(f.head[at])
	}
	for k, headings := range keyHeadings {
		for i, h := range f.head {
			if kind < 0 && key == "" && slices.Contains(headings, folded(h)) {
				f.key, kind = i, k
			}
		}
	}
	if kind < 0 && key == "" {
		return fmt.Errorf("no column says who a row is about; name it with --key; there are %s", listed(f.head))
	}
	if err := f.alone(f.key); err != nil {
		return err
	}
	f.find = map[string]string{}
	for _, p := range s.People {
		for k, texts := range [][]string{{p.ID, p.EmployeeID()}, {strings.ToLower(p.Email)}, {strings.ToLower(p.Name)}} {
			if kind >= 0 && k != kind {
				continue
			}
			for _, text := range texts {
				f.means(text, p.ID)
			}
		}
	}
	return nil
}

// means notes whom a text in the column means. Of two people nobody is meant.
func (f *filler) means(text, person string) {
	if other, taken := f.find[text]; taken && other != person {
		person = ""
	}
	if text != "" {
		f.find[text] = person
	}
}

func kindOfKey(heading string) int {
	for k, headings := range keyHeadings {
		if slices.Contains(headings, folded(heading)) {
			return k
		}
	}
	return -1
}

func folded(heading string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -_.:/", r) {
			return -1
		}
		return r
	}, strings.ToLower(heading))
}

// row fills one row, or notes why it stays as it is. The error says that nobody can tell
// which of its cells belong to which column.
func (f *filler) row(r *rawRecord) error {
	if r.empty() {
		return nil
	}
	who := ""
	if f.key < len(r.fields) {
		who = strings.TrimSpace(unquoted(r.fields[f.key]))
	}
	id := f.find[who]
	if id == "" {
		id = f.find[strings.ToLower(who)]
	}
	if id == "" {
		f.filled.Unknown = append(f.filled.Unknown, fmt.Sprintf("line %d: %s", r.line, short(who, 60)))
		return nil
	}
	if len(r.fields) > f.width {
		return fmt.Errorf("line %d: the row has %d cells and the header %d; look for a delimiter that is not in quotation marks", r.line, len(r.fields), len(f.head))
	}
	any := false
	for column, v := range f.columns {
		text, ok := v.of(f.results[id])
		if !ok {
			continue
		}
		for len(r.fields) <= column {
			r.fields = append(r.fields, "")
		}
		r.fields[column] = quoted(f.cell(text), f.comma)
		any = true
	}
	if !any {
		f.filled.Undecided = append(f.filled.Undecided, fmt.Sprintf("line %d: %s", r.line, short(who, 60)))
		return nil
	}
	f.filled.Rows++
	return nil
}

// cell is [Cell] in a table that may be opened where tables have another delimiter: one
// with semicolons is split at commas there.
func (f *filler) cell(text string) string {
	if text = Cell(text); f.comma != "," {
		text = behindComma().ReplaceAllString(text, "$1'$2")
	}
	return text
}

// value is what a column is filled with: final.individual.level.
type value struct{ stage, dimension, part string }

// Values lists what a column can be filled with, for a rubric's first dimension.
func Values(r *rubric.Rubric) []string {
	var all []string
	for _, stage := range []string{"final", "draft"} {
		for _, part := range valueParts {
			all = append(all, strings.Join([]string{stage, dimensionWord(r), part}, "."))
		}
	}
	return all
}

var valueParts = []string{"position", "level", "level_name", "band", "rationale", "at", "changed"}

// parseValue finds a value in the first rubric that has its dimension.
func (s Source) parseValue(text string) (v value, err error) {
	for _, part := range s.scales() {
		var otherwise error
		if v, otherwise = parseValue(text, part.Rubric); otherwise == nil {
			return v, nil
		}
		if err == nil {
			err = otherwise
		}
	}
	return v, err
}

func parseValue(text string, r *rubric.Rubric) (value, error) {
	parts := strings.Split(strings.TrimSpace(text), ".")
	if len(parts) == 2 && len(r.Dimensions) == 1 {
		parts = []string{parts[0], r.Dimensions[0], parts[1]}
	}
	if len(parts) != 3 || parts[0] != "final" && parts[0] != "draft" || !slices.Contains(valueParts, parts[2]) {
		return value{}, fmt.Errorf("%q is nothing that a column can be filled with; for example %s", text, strings.Join(Values(r), ", "))
	}
	dimension, err := r.Dimension(parts[1])
	if err != nil {
		return value{}, err
	}
	return value{parts[0], dimension, parts[2]}, nil
}

// of is the value for a person's results; ok is false where there is none.
func (v value) of(results map[string]Result) (text string, ok bool) {
	r, there := results[v.dimension]
	position, rationale, at := r.Position, r.Rationale, ""
	switch {
	case !there, v.stage == "final" && r.Final == nil, v.stage == "draft" && r.Original == nil:
		return "", false
	case v.stage == "draft":
		position, rationale, at = r.Draft, r.Reason, stamp(r.DraftedAt)
	default:
		at = stamp(r.Final.DecidedAt)
	}
	switch v.part {
	case "position":
		return position.Key, true
	case "level":
		return strconv.Itoa(position.Level), true
	case "level_name":
		return position.LevelName, true
	case "band":
		return position.Band, true
	case "rationale":
		return rationale, true
	case "changed":
		return r.Changed(), r.Changed() != ""
	}
	return at, true
}
