package rubric

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"
)

// YAML writes the rubric in the form that people edit and [Parse] reads: levels
// from the lowest up, sections that are left out not mentioned. Reading it again
// gives a rubric with the same [Rubric.Hash].
func (r *Rubric) YAML() []byte {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(r.node()); err != nil { // nodes of our own making always encode
		panic(fmt.Sprintf("writing a rubric as YAML: %v", err))
	}
	return b.Bytes()
}

func (r *Rubric) node() *yaml.Node {
	dimensions := sequence()
	dimensions.Style = yaml.FlowStyle
	for _, d := range r.Dimensions {
		dimensions.Content = append(dimensions.Content, scalar(d))
	}
	levels := sequence()
	for _, level := range r.Levels {
		bands := sequence()
		for _, band := range level.Bands {
			bands.Content = append(bands.Content, r.bandNode(band))
		}
		number := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.Itoa(level.Number)}
		levels.Content = append(levels.Content, mapping("level", number, "name", scalar(level.Name), "bands", bands))
	}
	return mapping("role", scalar(r.Role), "dimensions", dimensions, "levels", levels)
}

func (r *Rubric) bandNode(band Band) *yaml.Node {
	described := mapping()
	for _, dimension := range r.Dimensions {
		content, ok := band.Dimensions[dimension]
		if !ok {
			continue
		}
		sections := mapping()
		for _, section := range Sections() {
			if texts := content.Section(section); len(texts) > 0 {
				list := sequence()
				for _, text := range texts {
					list.Content = append(list.Content, scalar(text))
				}
				sections.Content = append(sections.Content, scalar(string(section)), list)
			}
		}
		described.Content = append(described.Content, scalar(dimension), sections)
	}
	if band.Name == "" {
		return mapping("dimensions", described)
	}
	return mapping("band", scalar(band.Name), "dimensions", described)
}

func sequence() *yaml.Node { return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"} }

// scalar is a text, in quotes where it would be read as something else, and in double
// quotes where it holds anything that may not be seen: there, whoever shows it on a
// terminal can write it as an escape.
func scalar(text string) *yaml.Node {
	var n yaml.Node
	n.SetString(text)
	if strings.ContainsFunc(text, mayBeUnseen) {
		n.Style = yaml.DoubleQuotedStyle
	}
	return &n
}

// seen are the kinds of characters that stand on their own.
var seen = []*unicode.RangeTable{unicode.L, unicode.N, unicode.P, unicode.Sm, unicode.Sc, unicode.So}

// mayBeUnseen reports whether a character may be invisible, or be one with those beside
// it: marks, joiners, skin tones, and the parts that Korean syllables are made of.
func mayBeUnseen(r rune) bool {
	part := '\u1100' <= r && r <= '\u11ff' || '\ua960' <= r && r <= '\ua97f' || '\ud7b0' <= r && r <= '\ud7ff'
	return r > '~' && (part || !unicode.In(r, seen...) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r))
}

// mapping makes a mapping of alternating keys (strings) and values (nodes).
func mapping(pairs ...any) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	for i := 0; i < len(pairs); i += 2 {
		n.Content = append(n.Content, scalar(pairs[i].(string)), pairs[i+1].(*yaml.Node))
	}
	return n
}
