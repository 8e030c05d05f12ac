package report

// Document is a report before it has a format.
type Document struct {
	Title    string
	Subtitle string
	Blocks   []Block
	Parts    bool // headings of level 2 begin parts that say the same of different people
}

// Block is one part of a document: [Heading], [Text], [List], [Table], [Bars],
// [Rulers] or [Break].
type Block interface{ block() }

// Heading begins a section; Level is 2 for a section and 3 for a part of one.
type Heading struct {
	Level int
	Text  string
}

// Text is a paragraph. Line breaks in it are kept.
type Text struct {
	Text string
	Note bool // said beside the matter: smaller, dimmer
}

// List is points, one below the other.
type List struct{ Items []string }

// Table is rows under a head. Number says which columns are numbers, and stand to the
// right.
type Table struct {
	Head   []string
	Rows   [][]string
	Number []bool
}

// Bars is a histogram: bars with their numbers, beside an optional mark.
type Bars struct {
	Caption string
	Bars    []Bar
}

// Bar is one bar. Percent is its length; Mark, if it is not negative, where the
// guideline stands.
type Bar struct {
	Label   string
	Count   int
	Percent float64
	Mark    float64
}

// Rulers is rows of placements on the scale of positions.
type Rulers struct {
	Caption   string
	Positions []string // keys, lowest first
	Bands     []string // by position, the name of its band; empty where a level has no bands
	Levels    []int    // by position, its level: where the number changes, a boundary is drawn
	Rows      []Ruler
}

// Ruler is one row of placements.
type Ruler struct {
	Label string
	Note  string
	Dots  []Dot
	From  int // ordinals that an arrow leads between; 0: none
	To    int
}

// Dot is one placement.
type Dot struct {
	Ordinal int
	Mark    Mark
	Who     string // may be empty
}

// Mark tells placements apart, by shape as well as by colour.
type Mark int

// The marks.
const (
	Draft Mark = iota // ○
	Panel             // ◇
	Final             // ●
)

// Sign is how the mark is written as text.
func (m Mark) Sign() string { return [...]string{"○", "◇", "●"}[m] }

// Break begins a new page where there are pages.
type Break struct{}

func (Heading) block() {}
func (Text) block()    {}
func (List) block()    {}
func (Table) block()   {}
func (Bars) block()    {}
func (Rulers) block()  {}
func (Break) block()   {}

func (d *Document) add(blocks ...Block) { d.Blocks = append(d.Blocks, blocks...) }

func (d *Document) section(title string) { d.add(Heading{2, title}) }
func (d *Document) part(title string)    { d.add(Heading{3, title}) }
func (d *Document) say(text string)      { d.add(Text{Text: text}) }
func (d *Document) note(text string)     { d.add(Text{Text: text, Note: true}) }
