package rubric

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxLevelNumber is the highest number that a level may bear; the lowest is 0.
const MaxLevelNumber = 9999

// New makes a rubric of its parts. It copies them, trims the white space around
// names and statements, and checks them like [Parse]; the error is [Problems]
// without places.
func New(role string, dimensions []string, levels []Level) (*Rubric, error) {
	var f findings
	r := check(&f, draftOf(role, dimensions, levels))
	return r, f.err()
}

// check turns a draft into a rubric, or returns nil where f holds any problem.
func check(f *findings, d draft) *Rubric {
	c := checker{findings: f, positions: map[string]string{}}
	r := &Rubric{Role: c.name("the role", d.role), Dimensions: c.dimensions(d.dimensions)}
	if len(r.Dimensions) <= MaxDimensions {
		c.known = r.Dimensions
	}
	c.levels(r, d.levels)
	if !c.over { // or it would take a long time to say little
		c.sameText(r, d)
	}
	if len(f.list) > 0 {
		return nil
	}
	r.index()
	return r
}

type checker struct {
	*findings
	known     []string          // the rubric's dimensions; nil where their list cannot be read, or has too many
	positions map[string]string // position key, as found by key → where it is
	size      int               // bytes of the names and statements so far
	over      bool              // a limit was met
}

// name checks a name of the rubric and returns it without the white space
// around it. What says whose name it is: "the role".
func (c *checker) name(what string, t text) string {
	if t.broken {
		return ""
	}
	name := c.text(what, t, MaxName)
	if name != "" && slug(name) == "" {
		c.add(t.at, fmt.Sprintf("%s is named %s, which cannot stand in a key", what, quote(name)),
			"a name needs something besides spaces, hyphens, underscores and slashes")
	}
	return name
}

// text checks a name or a statement, of at most so many characters.
func (c *checker) text(what string, t text, most int) string {
	value := trim(t.value)
	if c.size += len(value); c.size > MaxText && c.size-len(value) <= MaxText {
		c.over = true
		c.add(t.at, fmt.Sprintf("the names and statements up to here have more than %d KiB together", MaxText>>10), "a rubric says less; do aliases repeat it?")
	}
	switch {
	case t.broken:
		return ""
	case value == "":
		c.add(t.at, what+" is empty", "")
		return ""
	case utf8.RuneCountInString(value) > most:
		c.add(t.at, fmt.Sprintf("%s is %d characters long", what, utf8.RuneCountInString(value)),
			fmt.Sprintf("at most %d are allowed", most))
	}
	if bad := strings.IndexFunc(value, unprintable); bad >= 0 {
		r, _ := utf8.DecodeRuneInString(value[bad:])
		hint := "leave it out"
		if r == '\n' {
			hint = "a name or statement is one line"
		}
		c.add(t.at, fmt.Sprintf("%s holds the control character %U", what, r), hint)
	} else if !utf8.ValidString(value) {
		c.add(t.at, what+" is not UTF-8", "")
	}
	return value
}

// trim takes white space and invisible characters off both ends, and everything
// off a text that has nothing to see.
func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' })
}

// unprintable reports whether a character may not stand in a name or statement:
// controls, and whatever else breaks a line.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
}

func (c *checker) count(what string, at place, n, least, most int) {
	switch {
	case n < least:
		c.add(at, fmt.Sprintf("%s: there are %d", what, n), fmt.Sprintf("at least %d are needed", least))
	case n > most:
		c.over = true
		c.add(at, fmt.Sprintf("%s: there are %d", what, n), fmt.Sprintf("at most %d are allowed", most))
	}
}

func (c *checker) dimensions(l list[text]) []string {
	if l.broken {
		return nil
	}
	c.count("dimensions", l.at, len(l.items), 1, MaxDimensions)
	var names []string
	seen := map[string]string{}
	for i, t := range l.items {
		name := c.name(fmt.Sprintf("dimension %d", i+1), t)
		if name != "" {
			c.unique(seen, name, "dimension", "the list of dimensions", t.at)
		}
		names = append(names, name)
	}
	return names
}

// unique reports a name that cannot be told from one that was seen before.
func (c *checker) unique(seen map[string]string, name, what, within string, at place) {
	before, known := seen[key(name)]
	switch {
	case !known:
		seen[key(name)] = name
	case fold(before) == fold(name):
		c.add(at, fmt.Sprintf("%s has the %s %s twice", within, what, quote(name)), "case, spaces and hyphens do not tell names apart")
	default:
		c.add(at, fmt.Sprintf("%s has the %ss %s and %s, which are both %s in a key", within, what, quote(before), quote(name), quote(slug(name))), "rename one")
	}
}

func (c *checker) levels(r *Rubric, l list[draftLevel]) {
	if !l.broken {
		c.count("levels", l.at, len(l.items), MinLevels, MaxLevels)
	}
	names, numbers, last := map[string]string{}, map[int]bool{}, -1
	for i, dl := range l.items {
		where := fmt.Sprintf("level %d", dl.number.value)
		if dl.number.broken {
			where = fmt.Sprintf("level entry %d", i+1)
		} else {
			c.levelNumber(dl.number, numbers, last)
			last = max(last, dl.number.value)
		}
		level := Level{Number: dl.number.value, Name: c.name("the name of "+where, dl.name)}
		if level.Name != "" {
			c.unique(names, level.Name, "level", "the rubric", dl.name.at)
		}
		level.Bands = c.bands(where, dl)
		r.Levels = append(r.Levels, level)
	}
}

func (c *checker) levelNumber(n number, seen map[int]bool, last int) {
	switch {
	case n.value < 0 || n.value > MaxLevelNumber:
		c.add(n.at, fmt.Sprintf("level %d has a number out of range", n.value), fmt.Sprintf("0 to %d are allowed", MaxLevelNumber))
	case seen[n.value]:
		c.add(n.at, fmt.Sprintf("level %d is there twice", n.value), "")
	case n.value < last:
		c.add(n.at, fmt.Sprintf("level %d comes after level %d", n.value, last), "list the levels from the lowest up")
	}
	seen[n.value] = true
}

func (c *checker) bands(where string, dl draftLevel) []Band {
	if dl.bands.broken {
		return nil
	}
	c.count("bands of "+where, dl.bands.at, len(dl.bands.items), 1, MaxBands)
	var bands []Band
	seen := map[string]string{}
	for i, db := range dl.bands.items {
		band := Band{}
		switch {
		case trim(db.name.value) != "" || db.name.broken:
			band.Name = c.name(fmt.Sprintf("band %d of %s", i+1, where), db.name)
		case len(dl.bands.items) > 1:
			c.add(db.at, fmt.Sprintf("band %d of %s has no name", i+1, where), "only the one band of a level may go without")
		}
		before := len(c.list)
		if band.Name != "" {
			c.unique(seen, band.Name, "band", where, db.name.at)
		}
		if len(c.list) == before && !dl.number.broken {
			c.position(dl.number.value, band.Name, db.at)
		}
		band.Dimensions = c.described(bandTitle(where, band.Name), db.dimensions)
		bands = append(bands, band)
	}
	return bands
}

func bandTitle(level, band string) string {
	if band == "" {
		return level
	}
	return level + " " + quote(band)
}

// position reports keys that cannot be told apart: level 1 with the band "1-a"
// and level 11 with the band "a" are both found by "11a".
func (c *checker) position(level int, band string, at place) {
	k := positionKey(level, band)
	if other, taken := c.positions[key(k)]; taken && other != k {
		c.add(at, fmt.Sprintf("the positions %s and %s cannot be told apart", quote(other), quote(k)), "rename the band of one")
	}
	c.positions[key(k)] = k
}

func (c *checker) described(where string, dimensions []draftDimension) map[string]Content {
	described := map[string]Content{}
	for _, dd := range dimensions {
		name := trim(dd.name.value)
		if !dd.name.broken && c.known != nil && !slices.Contains(c.known, name) {
			c.add(dd.name.at, fmt.Sprintf("%s describes the dimension %s, which the list of dimensions does not name", where, quote(name)),
				didYouMean(name, c.known, "add it to dimensions"))
		}
		var content Content
		for i, section := range Sections() {
			*content.list(section) = c.statements(where+", "+name+": "+string(section), dd.sections[i])
		}
		if content.size() > 0 {
			described[name] = content
		}
	}
	return described
}

func (c *checker) statements(where string, ts []text) []string {
	if len(ts) > MaxStatements {
		c.over = true
		c.add(ts[MaxStatements].at, fmt.Sprintf("%s has %d statements", where, len(ts)), fmt.Sprintf("at most %d are allowed", MaxStatements))
	}
	var statements []string
	for i, t := range ts {
		statements = append(statements, c.text(fmt.Sprintf("%s %d", where, i+1), t, MaxStatement))
	}
	return statements
}
