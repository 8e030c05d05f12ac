// Package rubric is the scale that people are placed on: a role's ordered
// levels, each of ordered bands, each described for every dimension by
// statements.
//
// A [Rubric] is immutable. It comes from [Parse] (the YAML that people edit),
// from [ImportOutline] (the plain text that people paste) or from
// [Rubric.UnmarshalJSON] (the copy that a data file keeps), and every way in
// runs the same checks, so whoever holds a Rubric holds a sound one: at least
// two levels, at least one position a level, unique names, no empty statement.
//
// Two things of a rubric are written into records that are read years later and
// so never change meaning: the key of a position ("3-mid") and the id of a
// statement ("3-mid/individual/impact/2"). Both are only unique within one
// rubric; [Rubric.Hash] says which rubric that was.
//
// The package knows nothing of people, decisions, files or terminals.
package rubric

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"sync"
)

// Limits of a rubric. They are generous for people and small for machines.
const (
	MinLevels     = 2
	MaxLevels     = 20
	MaxBands      = 9       // per level
	MaxDimensions = 12      // per rubric
	MaxStatements = 99      // per section of one band and dimension
	MaxName       = 120     // runes of a role's, level's, band's or dimension's name
	MaxStatement  = 4000    // runes of one statement
	MaxText       = 1 << 20 // bytes of all names and statements together
	MaxFile       = 1 << 20 // bytes of a rubric or outline file: over thirty times the built-in one
)

// Rubric is a role's scale. The slices are in rising order, lowest level and
// band first, and must not be changed by the caller.
type Rubric struct {
	Role       string
	Dimensions []string
	Levels     []Level

	positions  []Position
	statements []Statement       // in reading order
	sections   map[sectionAt]int // → index of its first statement
	byID       map[string]int    // statement id, as it is and by idKey → index into statements
	byPosition map[string]int    // position key, by key → ordinal
	dimensions map[string]string // dimension name, by key → as written
	hash       func() string
}

// Level is one step of the scale, with its bands from low to high.
type Level struct {
	Number int
	Name   string
	Bands  []Band
}

// Band is one rung within a level. Name is empty only where the level has no
// other band. Dimensions is keyed by the names in [Rubric.Dimensions]; a
// dimension that is not described is absent.
type Band struct {
	Name       string
	Dimensions map[string]Content
}

// Content is what a band says about one dimension. A section that the rubric
// leaves out is nil.
type Content struct {
	Impact            []string
	Examples          []string
	Dampeners         []string
	ProgressionSignal []string
}

// Section names one of the four kinds of statement, as it is spelled in YAML.
type Section string

// The sections, in the order in which they are shown and stored.
const (
	Impact            Section = "impact"
	Examples          Section = "examples"
	Dampeners         Section = "dampeners"
	ProgressionSignal Section = "progression_signal"
)

// Sections lists the four sections in their order.
func Sections() [4]Section {
	return [4]Section{Impact, Examples, Dampeners, ProgressionSignal}
}

// Title is the section's heading on a screen: "Progression signal".
func (s Section) Title() string {
	switch s {
	case Impact:
		return "Impact"
	case Examples:
		return "Examples"
	case Dampeners:
		return "Dampeners"
	case ProgressionSignal:
		return "Progression signal"
	}
	return string(s)
}

// Section returns the statements of one section, nil if it is left out.
func (c Content) Section(s Section) []string {
	if l := c.list(s); l != nil {
		return *l
	}
	return nil
}

// list is where the statements of one section are kept, nil for a section that
// there is not.
func (c *Content) list(s Section) *[]string {
	switch s {
	case Impact:
		return &c.Impact
	case Examples:
		return &c.Examples
	case Dampeners:
		return &c.Dampeners
	case ProgressionSignal:
		return &c.ProgressionSignal
	}
	return nil
}

// size counts the statements.
func (c Content) size() int {
	return len(c.Impact) + len(c.Examples) + len(c.Dampeners) + len(c.ProgressionSignal)
}

// Position is one rung of the scale: a level and one of its bands.
type Position struct {
	Ordinal   int    // from 1, the lowest, to the number of positions
	Key       string // "3-mid": how records and commands write it
	Level     int    // the level's number as the rubric writes it
	LevelName string
	Band      string // as the rubric writes it; empty where a level has no bands
	LevelAt   int    // index into Rubric.Levels
	BandAt    int    // index into Level.Bands
}

// String is the position's key.
func (p Position) String() string { return p.Key }

// Title is the position for people: "3 Consistently Delivers · Mid".
func (p Position) Title() string {
	title := strconv.Itoa(p.Level)
	if p.LevelName != "" {
		title += " " + p.LevelName
	}
	if p.Band != "" {
		title += " · " + p.Band
	}
	return title
}

// Statement is one line of the rubric.
type Statement struct {
	ID        string // "3-mid/individual/impact/2"
	Position  Position
	Dimension string
	Section   Section
	Number    int // from 1, within its section
	Text      string
}

// sectionAt names one section of one band and dimension.
type sectionAt struct {
	ordinal   int
	dimension string
	section   Section
}

// index derives everything that is looked up, once, from the three exported
// fields. It expects them to have passed the checks.
func (r *Rubric) index() {
	r.sections = map[sectionAt]int{}
	r.byID = map[string]int{}
	r.byPosition = map[string]int{}
	r.dimensions = map[string]string{}
	for _, d := range r.Dimensions {
		r.dimensions[key(d)] = d
	}
	for li, level := range r.Levels {
		for bi, band := range level.Bands {
			p := Position{
				Ordinal: len(r.positions) + 1, Key: positionKey(level.Number, band.Name),
				Level: level.Number, LevelName: level.Name, Band: band.Name, LevelAt: li, BandAt: bi,
			}
			r.positions = append(r.positions, p)
			r.byPosition[key(p.Key)] = p.Ordinal
			r.indexStatements(p, band)
		}
	}
	r.hash = sync.OnceValue(func() string {
		data, err := r.MarshalJSON()
		if err != nil { // strings, numbers and maps of them always encode
			panic(err)
		}
		sum := sha256.Sum256(data)
		return "sha256:" + hex.EncodeToString(sum[:])
	})
}

func (r *Rubric) indexStatements(p Position, band Band) {
	for _, dimension := range r.Dimensions {
		content := band.Dimensions[dimension]
		for _, section := range Sections() {
			r.sections[sectionAt{p.Ordinal, dimension, section}] = len(r.statements)
			texts := content.Section(section)
			if len(texts) == 0 {
				continue
			}
			of := p.Key + "/" + slug(dimension) + "/" + slug(string(section)) + "/"
			ofKey := idKey(of)
			for i, text := range texts {
				number := strconv.Itoa(i + 1)
				s := Statement{ID: of + number, Position: p, Dimension: dimension, Section: section, Number: i + 1, Text: text}
				r.byID[s.ID], r.byID[ofKey+number] = len(r.statements), len(r.statements)
				r.statements = append(r.statements, s)
			}
		}
	}
}

// Hash identifies the rubric's content: "sha256:" and 64 hex digits over its
// canonical JSON. Comments, layout and key order of the YAML do not count;
// every name and every statement does.
func (r *Rubric) Hash() string { return r.hash() }

// Positions lists all positions, lowest first; index i holds ordinal i+1.
func (r *Rubric) Positions() []Position { return r.positions }

// At returns the position with the ordinal, which must be from 1 to
// len(Positions()); an ordinal outside is taken to the nearer end.
func (r *Rubric) At(ordinal int) Position {
	return r.positions[min(max(ordinal, 1), len(r.positions))-1]
}

// Statements lists one section of one band and dimension, nil if the rubric
// leaves it out.
func (r *Rubric) Statements(p Position, dimension string, section Section) []Statement {
	n := len(r.Content(p, dimension).Section(section))
	if n == 0 {
		return nil
	}
	first := r.sections[sectionAt{p.Ordinal, dimension, section}]
	return r.statements[first : first+n : first+n]
}

// StatementsOf lists all that is said of one band and dimension, section by section, nil
// if nothing is.
func (r *Rubric) StatementsOf(p Position, dimension string) []Statement {
	first, ok := r.sections[sectionAt{p.Ordinal, dimension, Sections()[0]}]
	if !ok {
		return nil
	}
	n, content := 0, r.Content(p, dimension)
	for _, section := range Sections() {
		n += len(content.Section(section))
	}
	return r.statements[first : first+n : first+n]
}

// AllStatements lists every statement in reading order: by position, then
// dimension, then section.
func (r *Rubric) AllStatements() []Statement { return r.statements }

// Content returns what the band at p says about the dimension.
func (r *Rubric) Content(p Position, dimension string) Content {
	return r.Levels[p.LevelAt].Bands[p.BandAt].Dimensions[dimension]
}

// NotFoundError says that a name is not in the rubric, and what is near it.
type NotFoundError struct {
	What    string   // "position", "dimension" or "statement"
	Name    string   // as it was asked for
	Nearest []string // the likeliest meant, best first
	Known   []string // all there are; empty where that would be too many to read
}

func (e *NotFoundError) Error() string {
	msg := fmt.Sprintf("the rubric has no %s %q", e.What, e.Name)
	switch {
	case len(e.Nearest) > 0:
		msg += fmt.Sprintf("; did you mean %s?", orList(e.Nearest))
	case len(e.Known) > 0:
		msg += fmt.Sprintf("; it has %s", andList(e.Known))
	}
	return msg
}

// Position finds a position by its key. Case, spaces, hyphens and underscores
// do not count: "3-mid", "3 Mid" and "3MID" are one. The error is a
// [*NotFoundError].
func (r *Rubric) Position(name string) (Position, error) {
	if ordinal, ok := r.byPosition[key(name)]; ok {
		return r.At(ordinal), nil
	}
	known := make([]string, len(r.positions))
	for i, p := range r.positions {
		known[i] = p.Key
	}
	return Position{}, &NotFoundError{What: "position", Name: name, Nearest: Nearest(name, known), Known: known}
}

// Dimension finds a dimension's name as the rubric writes it. Case, spaces,
// hyphens and underscores do not count. The error is a [*NotFoundError].
func (r *Rubric) Dimension(name string) (string, error) {
	if d, ok := r.dimensions[key(name)]; ok {
		return d, nil
	}
	return "", &NotFoundError{What: "dimension", Name: name, Nearest: Nearest(name, r.Dimensions), Known: r.Dimensions}
}

// Statement finds a statement by its id. Case, spaces, hyphens and underscores
// do not count. The error is a [*NotFoundError].
func (r *Rubric) Statement(id string) (Statement, error) {
	i, ok := r.byID[id] // as decisions write it
	if !ok {
		i, ok = r.byID[idKey(id)]
	}
	if ok {
		return r.statements[i], nil
	}
	ids := make([]string, len(r.statements))
	for i, s := range r.statements {
		ids[i] = s.ID
	}
	return Statement{}, &NotFoundError{What: "statement", Name: id, Nearest: Nearest(id, ids)}
}
