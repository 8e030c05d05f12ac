package rubric

import (
	"fmt"
	"strings"
)

// sameText reports bands that nobody could tell apart: identical in everything
// they say, or in everything they say of one dimension. A single line that two
// bands share in a dimension may be meant ("Not expected at this level."), so
// that needs two statements.
func (c *checker) sameText(r *Rubric, d draft) {
	seen := map[string]string{}
	for li, level := range r.Levels {
		for bi, band := range level.Bands {
			title := bandTitle(fmt.Sprintf("level %d", level.Number), band.Name)
			at := d.levels.items[li].bands.items[bi].at
			if c.repeats(seen, "", r.wording(band, r.Dimensions...), title, at) {
				continue
			}
			for _, dimension := range r.Dimensions {
				if content := band.Dimensions[dimension]; content.size() >= 2 {
					c.repeats(seen, dimension, r.wording(band, dimension), title, at)
				}
			}
		}
	}
}

// repeats reports whether the wording was seen before, and whose it was.
func (c *checker) repeats(seen map[string]string, dimension, wording, title string, at place) bool {
	if wording == "" {
		return false
	}
	k := dimension + "\x00" + wording
	first, repeated := seen[k]
	if !repeated {
		seen[k] = title
		return false
	}
	about := ""
	if dimension != "" {
		about = " about " + quote(dimension)
	}
	c.add(at, fmt.Sprintf("%s says the same%s as %s, word for word", title, about, first), "say what sets them apart")
	return true
}

// wording joins what a band says about the dimensions so that it can be
// compared; empty where it says nothing.
func (r *Rubric) wording(band Band, dimensions ...string) string {
	var b strings.Builder
	said := false
	for _, dimension := range dimensions {
		for _, section := range Sections() {
			for _, statement := range band.Dimensions[dimension].Section(section) {
				said = true
				b.WriteString(statement + "\x01")
			}
			b.WriteByte('\x02')
		}
	}
	if !said {
		return ""
	}
	return b.String()
}
