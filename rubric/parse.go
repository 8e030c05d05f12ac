package rubric

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// Parse reads a rubric that people wrote as YAML. file is its name in messages;
// data is all of it, at most [MaxFile] bytes. The error is [Problems]: everything
// that is wrong with the rubric, each with its place.
func Parse(file string, data []byte) (*Rubric, error) {
	r, _, err := parse(file, data)
	return r, err
}

// parse is Parse that also returns the places of what it read.
func parse(file string, data []byte) (r *Rubric, d draft, err error) {
	f := findings{file: file}
	if root := f.document(data); root != nil {
		reader := yamlReader{findings: &f}
		d = reader.rubric(root)
		if reader.left() {
			r = check(&f, d)
		}
	}
	if err := f.err(); err != nil {
		return nil, d, err
	}
	return r, d, nil
}

// readable reports what keeps a file from being read as text at all.
func (f *findings) readable(data []byte) bool {
	if len(data) > MaxFile {
		f.add(place{}, fmt.Sprintf("the file has more than %d MiB", MaxFile>>20), "a rubric is a few hundred lines; is this the right file?")
		return false
	}
	line := 1
	for rest := data; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if r == 0 || r == utf8.RuneError && size == 1 {
			before := data[:len(data)-len(rest)]
			column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
			f.add(place{line, column}, fmt.Sprintf("the file is not text: byte %#02x", rest[0]), "save it as UTF-8")
			return false
		}
		if r == '\n' {
			line++
		}
		rest = rest[size:]
	}
	return true
}

// document reads the one YAML document of a file, nil where there is none.
func (f *findings) document(data []byte) (root *yaml.Node) {
	if !f.readable(data) {
		return nil
	}
	defer func() {
		if p := recover(); p != nil { // the library panics on a few malformed files
			f.add(place{}, fmt.Sprintf("the file cannot be read as YAML: %v", p), "")
			root = nil
		}
	}()
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, second yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		f.add(place{1, 1}, "the file is empty", "`calibrate rubric new` writes a rubric to start from")
		return nil
	case err != nil:
		f.syntax(data, err)
		return nil
	}
	switch err := dec.Decode(&second); {
	case err == nil:
		f.add(place{second.Line, second.Column}, "a second document begins here", "a file holds one rubric; take out the line “---”")
	case !errors.Is(err, io.EOF):
		f.syntax(data, err)
	}
	return doc.Content[0]
}

var yamlLine = lazily(`^line (\d+): `)

// syntax reports an error of the YAML library, which names lines but no columns:
// the first character of the line stands for it.
func (f *findings) syntax(data []byte, err error) {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	at := place{1, 1}
	if m := yamlLine().FindStringSubmatch(message); m != nil {
		message = message[len(m[0]):]
		at.line, _ = strconv.Atoi(m[1]) // digits, and few
		if lines := bytes.Split(data, []byte("\n")); at.line <= len(lines) {
			line := lines[at.line-1]
			at.column = 1 + len(line) - len(bytes.TrimLeft(line, " \t"))
		}
	}
	hint := "check the indentation and the quotes around here"
	if strings.Contains(message, "mapping values are not allowed") {
		hint = "a text with a colon needs quotes around it"
	}
	f.add(at, "this is not YAML: "+message, hint)
}

// maxNodes bounds what aliases can multiply: without any, a file holds fewer.
const maxNodes = 600_000

// yamlReader makes a draft of a YAML document, following aliases.
type yamlReader struct {
	*findings
	nodes int
	over  bool
}

// left counts a node and reports whether there is a reason to go on: there is not
// once nobody would read what is found.
func (y *yamlReader) left() bool {
	if y.nodes++; y.nodes > maxNodes && !y.over {
		y.over = true
		y.add(place{}, "the aliases (*name) multiply to more than any rubric holds", "write the texts out")
	}
	return !y.over && !y.more
}

// follow returns what an alias stands for.
func (y *yamlReader) follow(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

func at(n *yaml.Node) place { return place{n.Line, n.Column} }

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// field is a key of a mapping and how to read its value.
type field struct {
	key  string
	read func(*yaml.Node)
}

// mapping reads a mapping of known keys. What says whose it is; the return tells
// which keys were there.
func (y *yamlReader) mapping(what string, n *yaml.Node, fields ...field) map[string]bool {
	there := map[string]bool{}
	known := make([]string, len(fields))
	for i, f := range fields {
		known[i] = f.key
	}
	y.pairs(what, "keys such as "+andList(known), n, func(k, v *yaml.Node) {
		for _, f := range fields {
			if f.key != k.Value {
				continue
			}
			if there[f.key] {
				y.add(at(k), fmt.Sprintf("%s has the key %s twice", what, quote(f.key)), "")
			}
			there[f.key] = true
			f.read(v)
			return
		}
		y.add(at(k), fmt.Sprintf("%s has the unknown key %s", what, quote(k.Value)), didYouMean(k.Value, known, "known are "+andList(known)))
	})
	return there
}

// pairs hands out the pairs of a mapping whose keys are text.
func (y *yamlReader) pairs(what, of string, n *yaml.Node, each func(key, value *yaml.Node)) {
	n = y.follow(n)
	if n.Kind != yaml.MappingNode {
		y.add(at(n), fmt.Sprintf("%s is %s", what, kindOf(n)), "expected here: "+of)
		return
	}
	for i := 0; i+1 < len(n.Content) && y.left(); i += 2 {
		k, v := y.follow(n.Content[i]), n.Content[i+1]
		if k.Kind != yaml.ScalarNode {
			y.add(at(k), fmt.Sprintf("%s has a key that is %s", what, kindOf(k)), "a key is a text")
			continue
		}
		each(k, v)
	}
}

// items hands out the items of a list and reports whether it is one. A list that is
// empty or null has none.
func (y *yamlReader) items(what, of string, n *yaml.Node, each func(*yaml.Node)) bool {
	n = y.follow(n)
	switch {
	case isNull(n):
		return true
	case n.Kind != yaml.SequenceNode:
		y.add(at(n), fmt.Sprintf("%s is %s", what, kindOf(n)), "expected here: a list of "+of+", each after a hyphen")
		return false
	}
	for _, item := range n.Content {
		if !y.left() {
			return false
		}
		each(item)
	}
	return true
}

func kindOf(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping of keys"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case isNull(n):
		return "empty"
	}
	return "the text " + quote(n.Value)
}

func (y *yamlReader) text(what string, n *yaml.Node) text {
	n = y.follow(n)
	t := text{at: at(n)}
	switch {
	case n.Kind == yaml.ScalarNode && !isNull(n):
		t.value = strings.TrimSuffix(n.Value, "\n") // a block scalar's last
	case n.Kind == yaml.MappingNode && len(n.Content) > 0 && y.follow(n.Content[0]).Kind == yaml.ScalarNode:
		t.broken = true
		y.add(t.at, fmt.Sprintf("%s is a mapping of keys, not a text", what),
			fmt.Sprintf("put it in quotes, for the colon after %s", quote(y.follow(n.Content[0]).Value)))
	case n.Kind != yaml.ScalarNode:
		t.broken = true
		y.add(t.at, fmt.Sprintf("%s is %s, not a text", what, kindOf(n)), "")
	}
	return t
}

func (y *yamlReader) number(what string, n *yaml.Node) number {
	n = y.follow(n)
	value, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil {
		y.add(at(n), fmt.Sprintf("%s is %s, not a number", what, kindOf(n)), "levels are numbered: 1, 2, 3 …")
		return number{at: at(n), broken: true}
	}
	return number{value: value, at: at(n)}
}

func (y *yamlReader) rubric(n *yaml.Node) draft {
	n = y.follow(n)
	d := draft{role: text{at: at(n)}, dimensions: list[text]{at: at(n)}, levels: list[draftLevel]{at: at(n)}}
	if n.Kind != yaml.MappingNode {
		y.add(at(n), "the rubric is "+kindOf(n), "expected here: role, dimensions and levels; `calibrate rubric new` writes an example")
		d.role.broken, d.dimensions.broken, d.levels.broken = true, true, true
		return d
	}
	there := y.mapping("the rubric", n,
		field{"role", func(v *yaml.Node) { d.role = y.text("the role", v) }},
		field{"dimensions", func(v *yaml.Node) {
			d.dimensions = list[text]{at: at(v)}
			d.dimensions.broken = !y.items("the list of dimensions", "names", v, func(n *yaml.Node) {
				d.dimensions.items = append(d.dimensions.items, y.text(fmt.Sprintf("dimension %d", len(d.dimensions.items)+1), n))
			})
		}},
		field{"levels", func(v *yaml.Node) {
			d.levels = list[draftLevel]{at: at(v)}
			d.levels.broken = !y.items("the list of levels", "levels", v, func(n *yaml.Node) {
				d.levels.items = append(d.levels.items, y.level(fmt.Sprintf("level entry %d", len(d.levels.items)+1), n))
			})
		}},
	)
	for _, missing := range []struct {
		key  string
		flag *bool
	}{{"role", &d.role.broken}, {"dimensions", &d.dimensions.broken}, {"levels", &d.levels.broken}} {
		if !there[missing.key] {
			*missing.flag = true
			y.add(at(n), "the rubric has no "+missing.key, "")
		}
	}
	return d
}

func (y *yamlReader) level(what string, n *yaml.Node) draftLevel {
	n = y.follow(n)
	l := draftLevel{at: at(n), number: number{at: at(n), broken: true}, name: text{at: at(n)}, bands: list[draftBand]{at: at(n)}}
	there := y.mapping(what, n,
		field{"level", func(v *yaml.Node) { l.number = y.number("the number of "+what, v) }},
		field{"name", func(v *yaml.Node) { l.name = y.text("the name of "+what, v) }},
		field{"bands", func(v *yaml.Node) {
			l.bands = list[draftBand]{at: at(v)}
			l.bands.broken = !y.items("the list of bands of "+what, "bands", v, func(n *yaml.Node) {
				l.bands.items = append(l.bands.items, y.band(fmt.Sprintf("band %d of %s", len(l.bands.items)+1, what), n))
			})
		}},
	)
	if n.Kind != yaml.MappingNode {
		l.name.broken, l.bands.broken = true, true
		return l
	}
	if !there["level"] {
		y.add(at(n), what+" has no number", "give it as “level: 1”")
	}
	if !there["name"] {
		l.name.broken = true
		y.add(at(n), what+" has no name", "give it as “name: …”")
	}
	if !there["bands"] {
		l.bands.broken = true
		y.add(at(n), what+" has no bands", "a level needs one at least; it may go without a name")
	}
	return l
}

func (y *yamlReader) band(what string, n *yaml.Node) draftBand {
	n = y.follow(n)
	b := draftBand{at: at(n), name: text{at: at(n)}}
	y.mapping(what, n,
		field{"band", func(v *yaml.Node) { b.name = y.text("the name of "+what, v) }},
		field{"dimensions", func(v *yaml.Node) { b.dimensions = y.described(what, v) }},
	)
	b.name.broken = b.name.broken || n.Kind != yaml.MappingNode
	return b
}

// described reads what a band says of each dimension.
func (y *yamlReader) described(what string, n *yaml.Node) []draftDimension {
	if isNull(y.follow(n)) {
		return nil
	}
	var all []draftDimension
	seen := map[string]bool{}
	y.pairs("the dimensions of "+what, "the names of dimensions", n, func(k, v *yaml.Node) {
		name := text{value: k.Value, at: at(k)}
		if seen[trim(name.value)] {
			y.add(name.at, fmt.Sprintf("%s describes the dimension %s twice", what, quote(name.value)), "")
		}
		seen[trim(name.value)] = true
		all = append(all, y.dimension(what+", "+trim(name.value), name, v))
	})
	return all
}

func (y *yamlReader) dimension(what string, name text, n *yaml.Node) draftDimension {
	d := draftDimension{name: name}
	if isNull(y.follow(n)) {
		return d
	}
	var fields []field
	for i, section := range Sections() {
		fields = append(fields, field{string(section), func(v *yaml.Node) {
			y.items(what+": "+string(section), "statements", v, func(n *yaml.Node) {
				where := fmt.Sprintf("%s: %s %d", what, section, len(d.sections[i])+1)
				d.sections[i] = append(d.sections[i], y.text(where, n))
			})
		}})
	}
	y.mapping(what, n, fields...)
	return d
}
