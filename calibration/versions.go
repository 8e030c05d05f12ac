package calibration

import (
	"fmt"
	"strings"

	"calibrate/rubric"
)

// version is a rubric that decisions were made under, seen from the present one.
//
// A position on a dimension still means the same if all of these hold:
//
//   - Both rubrics have the same positions in the same order, by their keys: an
//     ordinal then counts the same steps, and “one apart” is one apart.
//   - The level of the position has the same name, but for case and white space. It
//     is what people say aloud, and all that there is where a rubric has no
//     statements.
//   - Both rubrics say the same of that dimension at that position: the same
//     statements in each section, whatever their order and white space. That
//     includes the progression signals, which draw the line to the position above.
//
// What they say elsewhere does not matter: who rewords 2-low loses no comparison at
// 4-high. Nor do the role's name and the order of the dimensions.
//
// Ticks are followed by what they say: a statement of the old rubric is the one of
// the present with the same words in the same section of the same position and
// dimension, whatever its number.
type version struct {
	rubric     *rubric.Rubric // nil if it could not be read
	unreadable string         // why
	present    bool           // it is the present rubric itself
	index      uint16         // in Comparer.rubrics
	positions  map[string]uint16
	dimensions map[string]uint32 // as it writes them → index in Comparer.dimensions
	statements map[string]int32  // id → index of the same statement now, −1 if it is gone; nil until one is asked for
	reasons    map[where]uint32  // index into Comparer.apart, 0 if the position means the same
}

// where is what a decision says of its place, as it writes it.
type where struct {
	dimension, position string
	stage               Stage
}

// reason says why a decision stands apart.
type reason struct {
	rubric   string // hash of its rubric
	position string // as it was written then
	words    string
}

func newVersion(of, present *rubric.Rubric) *version {
	v := &version{
		rubric: of, present: of == present || of.Hash() == present.Hash(),
		positions: map[string]uint16{}, dimensions: map[string]uint32{}, reasons: map[where]uint32{},
	}
	for _, p := range of.Positions() {
		v.positions[p.Key] = uint16(p.Ordinal)
	}
	return v
}

// version finds the rubric with the hash.
func (c *Comparer) version(hash string) *version {
	if v, ok := c.versions[hash]; ok {
		return v
	}
	v := &version{dimensions: map[string]uint32{}, reasons: map[where]uint32{}, unreadable: "there is no copy of it"}
	if c.basis.RubricOf != nil {
		switch r, err := c.basis.RubricOf(hash); {
		case err != nil:
			v.unreadable = err.Error()
		case r != nil:
			v = newVersion(r, c.basis.Rubric)
		}
	}
	return c.meet(hash, v)
}

func (c *Comparer) meet(hash string, v *version) *version {
	v.index = uint16(len(c.rubrics))
	c.rubrics = append(c.rubrics, v)
	c.versions[hash] = v
	return v
}

// says lists, by version, which statements of the present rubric it has, nil for the
// present one, which has them all.
func (c *Comparer) says() [][]bool {
	says := make([][]bool, len(c.rubrics))
	for i, v := range c.rubrics {
		if v.present || v.rubric == nil {
			continue
		}
		if v.statements == nil {
			v.follow(c.basis.Rubric)
		}
		says[i] = make([]bool, len(c.basis.Rubric.AllStatements()))
		for _, now := range v.statements {
			if now >= 0 {
				says[i][now] = true
			}
		}
	}
	return says
}

// place is the ordinal of a decision's position in the present rubric, or the reason
// why it stands apart.
func (c *Comparer) place(v *version, d Decision) (ordinal uint16, apart uint32) {
	at := where{d.Dimension, d.Position, d.Stage}
	apart, asked := v.reasons[at]
	if !asked {
		if words := v.differs(c.basis.Rubric, d); words != "" {
			apart = uint32(len(c.apart))
			c.apart = append(c.apart, reason{rubric: d.Rubric, position: d.Position, words: words})
		}
		v.reasons[at] = apart
	}
	if apart > 0 {
		return 0, apart
	}
	return v.positions[d.Position], 0
}

// differs says in words why a decision cannot be compared, "" if it can.
func (v *version) differs(now *rubric.Rubric, d Decision) string {
	if d.Stage.Rank() == 0 {
		return fmt.Sprintf("stage %q is not one of draft, panel, final", d.Stage)
	}
	if v.rubric == nil {
		return "the rubric that it was made under cannot be read: " + v.unreadable
	}
	if _, ok := v.positions[d.Position]; !ok {
		return fmt.Sprintf("the rubric that it was made under has no position %q", d.Position)
	}
	then, err := v.rubric.Dimension(d.Dimension)
	if err != nil {
		return fmt.Sprintf("the rubric that it was made under has no dimension %q", d.Dimension)
	}
	dimension, err := now.Dimension(d.Dimension)
	if err != nil && !rubric.SameName(v.rubric.Role, now.Role) {
		return fmt.Sprintf("it was made under the rubric %s, and this one has no dimension %q", v.rubric.Role, d.Dimension)
	} else if err != nil {
		return fmt.Sprintf("the rubric has no dimension %q any more", d.Dimension)
	}
	if words := otherScale(v.rubric, now); words != "" && !rubric.SameName(v.rubric.Role, now.Role) {
		return fmt.Sprintf("it was made under the rubric %s, which has another scale", v.rubric.Role)
	} else if words != "" {
		return words
	}
	p, q := v.rubric.At(int(v.positions[d.Position])), now.At(int(v.positions[d.Position]))
	if !strings.EqualFold(oneSpaced(p.LevelName), oneSpaced(q.LevelName)) {
		return fmt.Sprintf("level %d was called %q then and is %q now", p.Level, p.LevelName, q.LevelName)
	}
	return otherWords(v.rubric.Content(p, then), now.Content(q, dimension), q.Key, dimension)
}

// OtherRubric says under which rubric something was made that was not made under the
// present one, as "another version of the rubric" or by its name; it is empty where it was.
func OtherRubric(then, now *rubric.Rubric) string {
	switch {
	case then.Hash() == now.Hash():
		return ""
	case rubric.SameName(then.Role, now.Role):
		return "another version of the rubric"
	}
	return "the rubric " + then.Role
}

// otherScale says how the positions differ, "" if they do not.
func otherScale(then, now *rubric.Rubric) string {
	before, after := then.Positions(), now.Positions()
	if len(before) != len(after) || len(then.Levels) != len(now.Levels) {
		return fmt.Sprintf("the scale was another: %d levels and %d positions then, %d levels and %d positions now",
			len(then.Levels), len(before), len(now.Levels), len(after))
	}
	for i := range before {
		if before[i].Key != after[i].Key || before[i].LevelAt != after[i].LevelAt {
			return fmt.Sprintf("the scale was another: position %d of %d was %s then and is %s now",
				i+1, len(after), before[i].Key, after[i].Key)
		}
	}
	return ""
}

// otherWords says how the statements differ, "" if they do not.
func otherWords(then, now rubric.Content, position, dimension string) string {
	gone, added := 0, 0
	for _, section := range rubric.Sections() {
		left := map[string]int{}
		for _, text := range then.Section(section) {
			left[oneSpaced(text)]++
		}
		for _, text := range now.Section(section) {
			if text = oneSpaced(text); left[text] > 0 {
				left[text]--
			} else {
				added++
			}
		}
		for _, n := range left {
			gone += n
		}
	}
	if gone+added == 0 {
		return ""
	}
	return fmt.Sprintf("what the rubric says of %s at %s has changed since: %s taken out, %d put in", dimension, position, statements(gone), added)
}

// oneSpaced makes texts equal that differ in white space only.
func oneSpaced(text string) string { return strings.Join(strings.Fields(text), " ") }

// statement is the index, in the present rubric, of the statement with the id.
func (v *version) statement(now *rubric.Rubric, id string) (index int32, ok bool) {
	if v.statements == nil {
		v.follow(now)
	}
	index, ok = v.statements[id]
	return index, ok && index >= 0
}
