package rubric

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ImportOutline makes a rubric of plain text: the outline that people paste out of
// a word processor, a PDF or a wiki. file is its name in messages; data is all of
// it, at most [MaxFile] bytes.
//
//	Role: Senior Engineer
//	Level 1: Unsatisfactory        or the name on the next line
//	Low                            a band; a level may go without
//	Individual                     a dimension
//	Impact                         a section
//	  • Leads …                    statements: any bullet or number, or none
//	    and goes on here           wrapped lines
//	Examples: …
//
// What a dimension or a band is called is nowhere said in such a text; it is taken
// from where lines stand and from what repeats.
//
// Nothing is dropped silently: unplaced lists, with their places, the lines that
// belong nowhere. The error is [Problems]: what is wrong with the rubric that the
// rest makes.
func ImportOutline(file string, data []byte) (r *Rubric, unplaced Problems, err error) {
	f := findings{file: file}
	if !f.readable(data) {
		return nil, nil, f.err()
	}
	left := findings{file: file}
	o := outline{findings: &f, left: &left, lines: outlineLines(data)}
	o.flattenNested()
	o.findDimensions()
	o.read()
	r = check(&f, o.draft())
	return r, left.problems(), f.err()
}

// implied names the dimension of an outline that has only one and does not name it.
const implied = "Overall"

// outline turns lines into a draft, one after the other.
type outline struct {
	*findings           // what is wrong
	left      *findings // what could not be placed
	lines     []outlineLine
	at        int             // the line being looked at
	names     map[string]bool // of dimensions, as fold gives them

	role       text
	dimensions list[text]
	levels     list[draftLevel]

	heads   []outlineLine // lines since the last "Level N" that still have no meaning
	heading bool          // such lines are being collected
	section Section       // the open one; empty: none
	item    *text         // the statement that a wrapped line goes on with
	mark    string        // the bullet of the open section's list; empty: none yet
}

// flattenNested takes the bullets off an outline that has them before every
// heading too, as nested lists of word processors do: there they tell nothing.
func (o *outline) flattenNested() {
	for _, l := range o.lines {
		if _, _, ok := l.sectionHeading(); ok && !l.bullet {
			return
		}
	}
	for i := range o.lines {
		o.lines[i].bullet, o.lines[i].mark = false, ""
		o.lines[i].whole = o.lines[i].text
	}
}

// bandWords are names that a band has and a dimension has not.
var bandWords = map[string]bool{
	"low": true, "lower": true, "mid": true, "middle": true, "medium": true, "high": true, "higher": true, "upper": true,
	"entry": true, "solid": true, "strong": true, "a": true, "b": true, "c": true, "d": true, "1": true, "2": true, "3": true,
}

// findDimensions takes the lines that stand right before sections for the names of
// dimensions: those that do so more than once, or once where no statement can go on
// with them.
func (o *outline) findDimensions() {
	o.names = map[string]bool{}
	count := map[string]int{}
	for i, l := range o.lines {
		if name, ok := l.labelled("dimension"); ok {
			o.names[fold(bare(name))] = true
		}
		if _, _, ok := l.sectionHeading(); !ok || i == 0 || !o.mayHead(i-1) {
			continue
		}
		k := fold(bare(o.lines[i-1].text))
		if count[k]++; !bandWords[k] && (count[k] > 1 || o.standsAlone(i-1)) {
			o.names[k] = true
		}
	}
}

// mayHead reports whether a line could be the name of a dimension, band or level.
func (o *outline) mayHead(i int) bool {
	l := o.lines[i]
	_, _, level := l.levelHeading()
	_, _, section := l.sectionHeading()
	return !l.bullet && !level && !section && !ended(bare(l.text)) && !pageNumber().MatchString(l.text) &&
		utf8.RuneCountInString(bare(l.text)) <= MaxName
}

// standsAlone reports whether a line that may be a name follows another name, or a
// blank line: it cannot be a wrapped line then. The first line after "Level N" is
// the level's name if that line gives none.
func (o *outline) standsAlone(i int) bool {
	if i == 0 {
		return false
	}
	if _, name, ok := o.lines[i-1].levelHeading(); ok {
		return name != ""
	}
	if i >= 2 {
		if _, name, ok := o.lines[i-2].levelHeading(); ok && name == "" {
			return true
		}
	}
	return o.lines[i].apart && !o.mayHead(i-1)
}

func (o *outline) isDimension(l outlineLine) bool { return !l.bullet && o.names[fold(bare(l.text))] }

func (o *outline) read() {
	for o.at = range o.lines {
		l := o.lines[o.at]
		if number, name, ok := l.levelHeading(); ok {
			o.startLevel(l, number, name)
			continue
		}
		if len(o.levels.items) == 0 {
			o.beforeLevels(l)
			continue
		}
		if section, rest, ok := l.sectionHeading(); ok {
			o.startSection(l, section, rest)
			continue
		}
		o.line(l)
	}
	o.settleHeads()
}

// beforeLevels takes the role from what stands before the first level.
func (o *outline) beforeLevels(l outlineLine) {
	name, labelled := l.labelled("role")
	switch {
	case strings.EqualFold(bare(l.text), "role"), labelled && name == "":
		return // the name follows
	case o.role.value == "" && labelled:
		o.role = text{value: name, at: l.at}
	case o.role.value == "" && !l.bullet:
		o.role = text{value: bare(l.text), at: l.at}
	default:
		o.unplaced(l, "the levels begin below it")
	}
}

func (o *outline) unplaced(l outlineLine, hint string) {
	o.left.add(l.at, "could not be placed: "+quote(l.text), hint)
}

func (o *outline) startLevel(l outlineLine, number int, name string) {
	o.settleHeads()
	level := draftLevel{at: l.at, name: text{value: name, at: l.at}, bands: list[draftBand]{at: l.at}}
	level.number.value, level.number.at = number, l.at
	o.levels.items = append(o.levels.items, level)
	o.heading, o.section, o.item = true, "", nil
}

func (o *outline) level() *draftLevel { return &o.levels.items[len(o.levels.items)-1] }

// line takes a line that begins neither a level nor a section.
func (o *outline) line(l outlineLine) {
	if name, ok := l.labelled("band"); ok && name != "" {
		o.settleHeads()
		o.startBand(l, name)
		return
	}
	if name, ok := l.labelled("dimension"); ok && name != "" {
		o.settleHeads()
		o.startDimension(l, name)
		return
	}
	switch {
	case o.heading && !l.bullet:
		o.heads = append(o.heads, l)
	case o.isDimension(l):
		o.settleHeads()
		o.startDimension(l, bare(l.text))
	case o.startsBand(l):
		o.startBand(l, bare(l.text))
	case o.section == "":
		o.settleHeads()
		o.unplaced(l, "no section (Impact, Examples, Dampeners, Progression Signal) is open here")
	default:
		o.statement(l)
	}
}

// settleHeads gives a meaning to the lines between "Level N" and its first section:
// the level's name, where the heading did not give it, then the band, then the
// dimension.
func (o *outline) settleHeads() {
	if !o.heading {
		return
	}
	heads := o.heads
	o.heading, o.heads = false, nil
	if name := &o.level().name; name.value == "" && len(heads) > 0 {
		*name = text{value: bare(heads[0].text), at: heads[0].at}
		heads = heads[1:]
	}
	var dimension *outlineLine
	if n := len(heads); n > 0 && o.isDimension(heads[n-1]) {
		dimension, heads = &heads[n-1], heads[:n-1]
	}
	if len(heads) > 0 {
		o.startBand(heads[0], bare(heads[0].text))
		for _, l := range heads[1:] {
			o.unplaced(l, "the level, its band and the dimension have their names already")
		}
	}
	if dimension != nil {
		o.startDimension(*dimension, bare(dimension.text))
	}
}

// startsBand reports whether a line names the next band: it stands before a
// dimension, or before a section, that the present band has already.
func (o *outline) startsBand(l outlineLine) bool {
	if l.bullet || o.at+1 == len(o.lines) || !o.mayHead(o.at) {
		return false
	}
	next := o.lines[o.at+1]
	if o.isDimension(next) {
		return o.hasDimension(bare(next.text))
	}
	if section, _, ok := next.sectionHeading(); ok && len(o.names) == 0 {
		d := o.dimension()
		return d != nil && len(d.sections[sectionIndex(section)]) > 0
	}
	return false
}

func (o *outline) hasDimension(name string) bool {
	bands := o.level().bands.items
	if len(bands) == 0 {
		return false
	}
	for _, d := range bands[len(bands)-1].dimensions {
		if key(d.name.value) == key(name) {
			return true
		}
	}
	return false
}

func (o *outline) startBand(l outlineLine, name string) {
	bands := &o.level().bands
	bands.items = append(bands.items, draftBand{at: l.at, name: text{value: name, at: l.at}})
	o.section, o.item = "", nil
}

func (o *outline) band() *draftBand {
	bands := &o.level().bands
	if len(bands.items) == 0 {
		bands.items = append(bands.items, draftBand{at: o.level().at})
	}
	return &bands.items[len(bands.items)-1]
}

// startDimension begins a dimension under the name by which it was first called. One
// that the band has already can only belong to the next band, whose name is missing.
func (o *outline) startDimension(l outlineLine, name string) {
	if o.hasDimension(name) {
		o.startBand(l, "")
	}
	known := false
	for _, d := range o.dimensions.items {
		if key(d.value) == key(name) {
			name, known = d.value, true
		}
	}
	if !known && name != implied && len(o.dimensions.items) > MaxDimensions {
		o.unplaced(l, "there are more dimensions than a rubric may have")
		return
	}
	if !known {
		o.dimensions.items = append(o.dimensions.items, text{value: name, at: l.at})
	}
	b := o.band()
	b.dimensions = append(b.dimensions, draftDimension{name: text{value: name, at: l.at}})
	o.section, o.item = "", nil
}

// dimension is the one that statements go to now, nil where there is none yet.
func (o *outline) dimension() *draftDimension {
	bands := o.level().bands.items
	if len(bands) == 0 || len(bands[len(bands)-1].dimensions) == 0 {
		return nil
	}
	dimensions := bands[len(bands)-1].dimensions
	return &dimensions[len(dimensions)-1]
}

func (o *outline) startSection(l outlineLine, section Section, rest string) {
	o.settleHeads()
	if o.dimension() == nil {
		o.startDimension(l, implied)
	}
	if len(o.dimension().sections[sectionIndex(section)]) > 0 {
		o.unplaced(l, "this section was there before; what follows was added to it")
	}
	o.section, o.item, o.mark = section, nil, ""
	if rest != "" {
		l.text, l.whole, l.bullet = rest, rest, false
		o.statement(l)
	}
}

func sectionIndex(s Section) int {
	for i, other := range Sections() {
		if other == s {
			return i
		}
	}
	return 0
}

// statement takes a line of an open section: a new statement, or one that goes on
// with the statement before.
func (o *outline) statement(l outlineLine) {
	switch {
	case o.goesOn(l) && len(o.item.value) > maxWrapped:
		o.unplaced(l, "the statement above it is longer than any may be")
	case o.goesOn(l):
		o.item.value = joinWrapped(o.item.value, l.whole)
	case l.bullet && l.text == "": // nothing follows it
	case l.bullet:
		o.mark = l.mark
		o.add(l)
	case pageNumber().MatchString(l.text):
		o.unplaced(l, "it looks like the number of a page")
	case o.mark != "":
		o.unplaced(l, "it is no heading, has no bullet, and does not go on with the line above")
	default:
		o.add(l)
	}
}

// maxWrapped is how many bytes the longest statement has, and more.
const maxWrapped = utf8.UTFMax * MaxStatement

// goesOn reports whether a line belongs to the statement above it.
func (o *outline) goesOn(l outlineLine) bool {
	if o.item == nil || pageNumber().MatchString(l.text) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(l.text)
	switch {
	case l.bullet: // a dash or a number of the sentence's own, where the list has other bullets
		return o.mark != "" && l.mark != o.mark && !l.apart && !ended(o.item.value)
	case l.apart:
		return !ended(o.item.value) && unicode.IsLower(first)
	case o.mark != "":
		return true
	}
	return !ended(o.item.value)
}

func (o *outline) add(l outlineLine) {
	statements := &o.dimension().sections[sectionIndex(o.section)]
	*statements = append(*statements, text{value: l.text, at: l.at})
	o.item = &(*statements)[len(*statements)-1]
}

// draft is what was read. A part that is missing is told at the outline's start.
func (o *outline) draft() draft {
	start := place{1, 1}
	o.dimensions.at, o.levels.at = start, start
	if o.role.value == "" {
		o.role.at = start
	}
	if len(o.levels.items) == 0 {
		o.findings.add(start, "the outline has no level", "a level begins with a line such as “Level 1: Name”")
		o.levels.broken, o.dimensions.broken = true, true
	}
	for i := range o.levels.items {
		l := &o.levels.items[i]
		if l.bands.items == nil {
			o.findings.add(l.at, "the level has no statements", "")
			l.bands.broken = true
		}
	}
	return draft{role: o.role, dimensions: o.dimensions, levels: o.levels}
}
