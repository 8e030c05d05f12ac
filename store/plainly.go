package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"calibrate/calibration"
)

// Reading a file is mostly reading the JSON of its decisions, people and sessions, and
// encoding/json spends most of that on what encode never writes. So a record that is
// written the way encode writes it, members in the order of their fields and no space
// between them, is read here in one pass. Whatever is not goes to encoding/json.
// Nothing is accepted here that encoding/json would refuse, and what is read is the
// same; see TestPlainlyReadsTheSame.

// plainly reads a payload into a zero record, and reports whether it could; it cannot read
// what is no text. If not, the record is still zero.
func (d *decoder) plainly(payload []byte, record any) bool {
	escapes, ok := plainText(payload)
	if !ok {
		return false
	}
	switch record := record.(type) { // each with a reader of its own, which then needs no memory
	case *calibration.Decision:
		p := plainJSON{b: payload, escapes: escapes, by: d}
		p.decision(record)
		return allOf(&p, record)
	case *calibration.Person:
		p := plainJSON{b: payload, escapes: escapes, by: d}
		p.person(record)
		return allOf(&p, record)
	case *calibration.Session:
		p := plainJSON{b: payload, escapes: escapes, by: d}
		p.session(record)
		return allOf(&p, record)
	}
	return false
}

// glance reads a decision without its lists, and reports whether it could.
func glance(payload []byte, d *calibration.Decision) bool {
	escapes, ok := plainText(payload)
	if !ok {
		return false
	}
	p := plainJSON{b: payload, escapes: escapes, glance: true}
	p.decision(d)
	return allOf(&p, d)
}

// allOf reports whether all of a record was read, or else makes it zero again.
func allOf[T any](p *plainJSON, record *T) bool {
	if p.failed || p.at != len(p.b) {
		var zero T
		*record = zero
		return false
	}
	return true
}

// plainText reports whether a payload is text without controls, which compact JSON has
// nowhere, so that a string ends at the next quote; and whether there are escapes in it.
func plainText(payload []byte) (escapes, ok bool) {
	if isSimple(payload) {
		return false, true
	}
	return bytes.IndexByte(payload, '\\') >= 0, utf8.Valid(payload) && !controls(payload)
}

// isSimple reports whether a text is ASCII without controls and backslashes, as almost all
// of what is kept in English is. It looks at eight bytes at a time.
func isSimple(text []byte) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for ; len(text) >= 8; text = text[8:] {
		eight := binary.NativeEndian.Uint64(text)
		slash := eight ^ '\\'*ones
		if (eight|(eight-' '*ones)|(slash-ones)&^slash)&high != 0 {
			return false
		}
	}
	return !slices.ContainsFunc(text, func(c byte) bool { return c < ' ' || c >= utf8.RuneSelf || c == '\\' })
}

// controls reports whether any byte is less than a space, eight at a time.
func controls(text []byte) bool {
	const high, space = 0x8080808080808080, 0x2020202020202020
	for ; len(text) >= 8; text = text[8:] {
		if eight := binary.NativeEndian.Uint64(text); (eight-space)&^eight&high != 0 {
			return true
		}
	}
	return slices.ContainsFunc(text, func(c byte) bool { return c < ' ' })
}

// plainJSON is a payload that is being read.
type plainJSON struct {
	b      []byte
	s      string // the same, once texts are to share its memory; see shareTexts
	at     int
	among  bool // a member, or element, came before in the object, or list
	failed bool // nothing that was read counts

	escapes bool // there is one somewhere
	glance  bool // lists are gone past
	by      *decoder
}

// shareTexts has all texts that are read share the memory of one copy of the payload, which
// is the quickest. They keep all of it in memory, with its names of members and whatever
// was not asked for.
func (p *plainJSON) shareTexts() { p.s = string(p.b) }

func (p *plainJSON) fail() {
	p.failed, p.at = true, len(p.b)
}

// next reports whether the next byte is c, and goes past it if so.
func (p *plainJSON) next(c byte) bool {
	if p.at < len(p.b) && p.b[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *plainJSON) begin(c byte) {
	if !p.next(c) {
		p.fail()
	}
	p.among = false
}

func (p *plainJSON) end(c byte) {
	if !p.next(c) {
		p.fail()
	}
	p.among = true
}

// member reports whether the next member has the name, which comes as it is written:
// `"id":`. The value is next then.
func (p *plainJSON) member(name string) bool {
	at := p.at
	if p.among {
		if !p.has(",") {
			return false
		}
		at++
	}
	end := at + len(name)
	if end > len(p.b) || string(p.b[at:end]) != name {
		return false
	}
	p.at, p.among = end, true
	return true
}

// has reports whether what is next begins so.
func (p *plainJSON) has(text string) bool {
	return len(p.b)-p.at >= len(text) && string(p.b[p.at:p.at+len(text)]) == text
}

// textIf reads a text if the next member has the name.
func textIf[T ~string](p *plainJSON, name string, to *T) {
	if p.member(name) {
		*to = T(p.text())
	}
}

// commonIf is textIf for a text that other records have too.
func (p *plainJSON) commonIf(name string, to *string) {
	if !p.member(name) {
		return
	}
	if text, plain := p.quoted(); plain {
		*to = p.by.text(text)
	} else {
		*to = p.escaped()
	}
}

func (p *plainJSON) text() string {
	text, plain := p.quoted()
	switch {
	case !plain:
		return p.escaped()
	case p.s != "":
		return p.s[p.at-1-len(text) : p.at-1]
	case p.by != nil:
		return p.by.kept.keep(text)
	}
	return string(text)
}

// quoted goes past a text and returns it as it is written. If there are escapes in it, it
// only goes past the quote that begins it.
func (p *plainJSON) quoted() (text []byte, plain bool) {
	if !p.next('"') {
		p.fail()
	}
	size := bytes.IndexByte(p.b[p.at:], '"')
	if size < 0 {
		p.fail()
		return nil, true
	}
	text = p.b[p.at : p.at+size]
	if p.escapes && bytes.IndexByte(text, '\\') >= 0 {
		return nil, false
	}
	p.at += size + 1
	return text, true
}

// escaped reads the rest of a text with escapes in it.
func (p *plainJSON) escaped() (text string) {
	from := p.at - 1
	for !p.next('"') {
		if p.next('\\'); p.at >= len(p.b) {
			p.fail()
			return ""
		}
		p.at++
	}
	if json.Unmarshal(p.b[from:p.at], &text) != nil {
		p.fail()
	}
	return text
}

// number reads a number that is written with digits alone.
func (p *plainJSON) number(bits int) uint64 {
	from := p.at
	for p.at < len(p.b) && '0' <= p.b[p.at] && p.b[p.at] <= '9' {
		p.at++
	}
	digits := p.b[from:p.at]
	n, err := strconv.ParseUint(string(digits), 10, bits)
	if err != nil || len(digits) > 1 && digits[0] == '0' {
		p.fail()
	}
	return n
}

func (p *plainJSON) countIf(name string, to *int) {
	if p.member(name) {
		*to = int(p.number(31))
	}
}

func (p *plainJSON) timeIf(name string, to *time.Time) {
	if p.member(name) {
		if text, plain := p.quoted(); !plain || p.by.time(text, to) != nil {
			p.fail()
		}
	}
}

func (p *plainJSON) yes() bool {
	for _, word := range []string{"true", "false"} {
		if p.has(word) {
			p.at += len(word)
			return word == "true"
		}
	}
	p.fail()
	return false
}

// listIf reads a list if the next member has the name.
func listIf[T any](p *plainJSON, name string, to *[]T, element func(*plainJSON, *T)) {
	if !p.member(name) {
		return
	}
	p.begin('[')
	var list []T
	if !p.glance {
		list = make([]T, 0, p.elements())
	}
	for !p.failed && !p.has("]") {
		if p.among && !p.next(',') {
			p.fail()
			return
		}
		if p.glance {
			list = list[:0]
		}
		list = slices.Grow(list, 1)
		list = list[:len(list)+1]
		element(p, &list[len(list)-1])
		p.among = true
	}
	p.end(']')
	if !p.glance {
		*to = list
	}
}

// elements guesses how many elements the list has that was begun, of texts or of objects
// that begin with a text.
func (p *plainJSON) elements() int {
	rest, _, _ := bytes.Cut(p.b[p.at:], []byte("]"))
	if bytes.HasPrefix(rest, []byte("{")) {
		return bytes.Count(rest, []byte(`{"`))
	}
	return bytes.Count(rest, []byte(`"`)) / 2
}

func (p *plainJSON) decision(d *calibration.Decision) {
	p.shareTexts()
	p.begin('{')
	textIf(p, `"id":`, &d.ID)
	textIf(p, `"person":`, &d.Person)
	textIf(p, `"reviewer":`, &d.Reviewer)
	textIf(p, `"session":`, &d.Session)
	textIf(p, `"dimension":`, &d.Dimension)
	textIf(p, `"position":`, &d.Position)
	textIf(p, `"stage":`, &d.Stage)
	textIf(p, `"confidence":`, &d.Confidence)
	textIf(p, `"rationale":`, &d.Rationale)
	textIf(p, `"change":`, &d.Change)
	listIf(p, `"evidence":`, &d.Evidence, (*plainJSON).evidence)
	listIf(p, `"dampeners":`, &d.Dampeners, (*plainJSON).dampener)
	textIf(p, `"rubric":`, &d.Rubric)
	p.timeIf(`"decided_at":`, &d.DecidedAt)
	textIf(p, `"supersedes":`, &d.Supersedes)
	textIf(p, `"origin":`, &d.Origin)
	if p.member(`"seq":`) {
		d.Seq = p.number(64)
	}
	textIf(p, `"prev":`, &d.Prev)
	p.end('}')
}

func (p *plainJSON) evidence(e *calibration.Evidence) {
	p.begin('{')
	textIf(p, `"statement":`, &e.Statement)
	if p.member(`"seen":`) {
		e.Seen = p.yes()
	}
	textIf(p, `"note":`, &e.Note)
	p.end('}')
}

func (p *plainJSON) dampener(d *calibration.Dampener) {
	p.begin('{')
	textIf(p, `"statement":`, &d.Statement)
	textIf(p, `"note":`, &d.Note)
	p.end('}')
}

func (p *plainJSON) person(v *calibration.Person) {
	p.begin('{')
	textIf(p, `"id":`, &v.ID)
	textIf(p, `"name":`, &v.Name)
	textIf(p, `"email":`, &v.Email)
	p.commonIf(`"team":`, &v.Team)
	p.commonIf(`"manager":`, &v.Manager)
	p.commonIf(`"role":`, &v.Role)
	if p.member(`"extra":`) {
		v.Extra = p.extra()
	}
	p.timeIf(`"added_at":`, &v.AddedAt)
	textIf(p, `"version":`, &v.Version)
	p.end('}')
}

// extra reads an object of texts; the later of two of one name counts.
func (p *plainJSON) extra() map[string]string {
	all := map[string]string{}
	p.begin('{')
	for !p.failed && !p.has("}") {
		if p.among && !p.next(',') {
			p.fail()
			return nil
		}
		name := p.text()
		if !p.next(':') {
			p.fail()
			return nil
		}
		all[name] = p.text()
		p.among = true
	}
	p.end('}')
	return all
}

func (p *plainJSON) session(v *calibration.Session) {
	p.shareTexts()
	p.begin('{')
	textIf(p, `"id":`, &v.ID)
	textIf(p, `"name":`, &v.Name)
	textIf(p, `"rubric":`, &v.Rubric)
	textIf(p, `"state":`, &v.State)
	listIf(p, `"people":`, &v.People, func(p *plainJSON, to *string) { *to = p.text() })
	textIf(p, `"facilitator":`, &v.Facilitator)
	listIf(p, `"panel":`, &v.Panel, (*plainJSON).panellist)
	listIf(p, `"recusals":`, &v.Recusals, (*plainJSON).recusal)
	textIf(p, `"order":`, &v.Order)
	if p.member(`"seed":`) {
		v.Seed = p.number(64)
	}
	p.countIf(`"minutes":`, &v.Minutes)
	p.timeIf(`"opened_at":`, &v.OpenedAt)
	p.timeIf(`"finalised_at":`, &v.FinalisedAt)
	p.countIf(`"round":`, &v.Round)
	textIf(p, `"version":`, &v.Version)
	listIf(p, `"rubrics":`, &v.Rubrics, (*plainJSON).personRubric)
	p.end('}')
}

func (p *plainJSON) personRubric(v *calibration.PersonRubric) {
	p.begin('{')
	textIf(p, `"person":`, &v.Person)
	textIf(p, `"rubric":`, &v.Rubric)
	p.end('}')
}

func (p *plainJSON) panellist(v *calibration.Panellist) {
	p.begin('{')
	textIf(p, `"reviewer":`, &v.Reviewer)
	textIf(p, `"person":`, &v.Person)
	p.end('}')
}

func (p *plainJSON) recusal(v *calibration.Recusal) {
	p.begin('{')
	textIf(p, `"reviewer":`, &v.Reviewer)
	textIf(p, `"person":`, &v.Person)
	textIf(p, `"why":`, &v.Why)
	p.end('}')
}
