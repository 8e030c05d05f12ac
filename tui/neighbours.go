package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
	"calibrate/rubric"
)

// neighbours shows the band below, this one and the one above, whole and side by
// side: why not one up, why not one down. On a narrow terminal it shows one of them
// at a time.
type neighbours struct {
	env  *env
	desk *desk
	from int    // lines scrolled
	own  [3]int // lines that the wheel has scrolled each of them by besides
	size tea.WindowSizeMsg
}

func newNeighbours(e *env, d *desk) *neighbours { return &neighbours{env: e, desk: d} }

var neighboursKeys = struct{ next, prev, place, back key.Binding }{
	next:  bind("right l", "→", "one band up"),
	prev:  bind("left h", "←", "one band down"),
	place: bind("enter", "enter", "place; at the band in the middle"),
	back:  bind("esc v", "esc", "back; v does the same"),
}

func (s *neighbours) Init() tea.Cmd { return nil }
func (s *neighbours) Title() string { return "Neighbours" }
func (s *neighbours) Typing() bool  { return false }

func (s *neighbours) Keys() []key.Binding {
	k := neighboursKeys
	return append([]key.Binding{k.prev, k.next, k.place, k.back, scrollKeys.down, scrollKeys.up, walkKeys.dimension, walkKeys.dimensionBack, keyQuit}, scrollFar()...)
}

func (s *neighbours) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.size = msg
	case pointed:
		return s.point(msg)
	case tea.KeyMsg:
		return s.press(msg)
	}
	return reply{}
}

// point goes to the band on the ruler that is clicked at; the wheel scrolls the one under
// the pointer.
func (s *neighbours) point(p pointed) reply {
	if o, ok := s.env.onRuler(s.desk, s.at().Ordinal, p); ok {
		return s.show(s.desk.walk().GoTo(s.desk.rubric.At(o)))
	}
	if p.lines == 0 {
		return reply{}
	}
	room := s.height(p.w, p.h)
	bands, _ := s.lines(p.w, room)
	i := max(0, min((p.x-1)/(s.columnWidth(p.w)+neighboursGap), len(bands)-1))
	s.own[i] = p.scroll(s.from+s.own[i], len(bands[i]), room) - s.from
	return reply{}
}

// show shows the bands around where the walk is now.
func (s *neighbours) show(w calibration.Walk) reply {
	s.from, s.own = 0, [3]int{}
	s.desk.look(w)
	return reply{edited: s.desk}
}

func (s *neighbours) press(k tea.KeyMsg) reply {
	w, r := s.desk.walk(), s.desk.rubric
	by := 0
	switch keys := neighboursKeys; {
	case key.Matches(k, keys.back):
		return reply{pop: true}
	case key.Matches(k, keys.place):
		return reply{pop: true, push: newPlace(s.env, s.desk), edited: s.desk}
	case key.Matches(k, keys.next):
		by = 1
	case key.Matches(k, keys.prev):
		by = -1
	case key.Matches(k, walkKeys.dimension):
		w = w.StepDimension(r, 1)
	case key.Matches(k, walkKeys.dimensionBack):
		w = w.StepDimension(r, -1)
	default:
		w, h := s.size.Width, s.height(s.size.Width, s.size.Height)
		_, lines := s.lines(w, h)
		from, ok := scroll(windowAt(s.from, lines, h).top, k, lines, h)
		if ok {
			s.from, s.own = from, [3]int{} // keys scroll all of them alike
		}
		return reply{}
	}
	if by != 0 {
		if _, ok := s.desk.neighbour(by); !ok {
			return reply{status: atEdge(by)}
		}
		w = w.Step(r, by)
	}
	return s.show(w)
}

// atEdge says that there is no band further that way.
func atEdge(by int) status {
	if by > 0 {
		return info("this is the highest band")
	}
	return info("this is the lowest band")
}

// shown are the bands side by side, as steps from the present one.
func (s *neighbours) shown(w int) []int {
	if w < columnsFrom {
		return []int{0}
	}
	return []int{-1, 0, 1}
}

// neighboursGap stands between two bands; as much of it, without the line, at
// either side.
const neighboursGap = 3

func (s *neighbours) columnWidth(w int) int {
	n := len(s.shown(w))
	return (w - 2 - (n-1)*neighboursGap) / n
}

// lines lays the bands that are shown out for a height, with air where all of them
// fit with it, and says how many lines the longest has.
func (s *neighbours) lines(w, h int) (bands [][]string, longest int) {
	for _, airy := range []bool{true, false} {
		bands, longest = nil, 0
		for _, by := range s.shown(w) {
			var lines []string
			if p, ok := s.desk.neighbour(by); ok {
				lines = s.env.bandLines(s.desk, p, bandLook{dim: by != 0, airy: airy}, s.columnWidth(w))
			}
			bands = append(bands, lines)
			longest = max(longest, len(lines))
		}
		if longest <= h {
			break
		}
	}
	return bands, longest
}

// height is the room for the lines of the bands in the height of the screen: less
// the header, the rule and the bands' titles.
func (s *neighbours) height(w, h int) int {
	return h - len(s.env.deskHeader(s.desk, s.at(), w)) - 2
}

func (s *neighbours) at() rubric.Position { return s.desk.walk().At(s.desk.rubric) }

func (s *neighbours) View(w, h int) string {
	t := s.env.theme
	room, wide := s.height(w, h), s.columnWidth(w)
	bands, _ := s.lines(w, room)
	blocks := make([][]string, len(bands))
	for i, by := range s.shown(w) {
		p, ok := s.desk.neighbour(by)
		if !ok {
			blocks[i] = page(s.env.edgeLines(by, wide), wide, room+1)
			continue
		}
		v := windowAt(s.from+s.own[i], len(bands[i]), room)
		blocks[i] = append([]string{s.head(p, by, wide)}, v.draw(t, bands[i], stillGutter, wide)...)
	}
	rows := append(s.env.deskHeader(s.desk, s.at(), w), s.titleRow(w))
	for _, r := range beside(" ", " "+t.faint.paint(markSide)+" ", " ", blocks...) {
		rows = append(rows, fit(r, w))
	}
	return joinRows(rows)
}

func (s *neighbours) titleRow(w int) string {
	t := s.env.theme
	why := ""
	if w >= columnsFrom {
		why = t.faint.paint("why not one down, why not one up")
	}
	return t.rule(t.title.paint(line(s.at().Title())), why, w)
}

// head is a band's title. Where the neighbours are not beside it, it says where
// they are.
func (s *neighbours) head(p rubric.Position, by, w int) string {
	t := s.env.theme
	switch {
	case by != 0:
		title := line(p.Key)
		if s.titlesFit(w) {
			title = line(p.Title())
		}
		return t.faint.paint(fit(signpost(by, title, w), w))
	case len(s.shown(s.size.Width)) == 1:
		var ends [2]string
		for i, by := range []int{-1, 1} {
			if p, ok := s.desk.neighbour(by); ok {
				ends[i] = signpost(by, line(p.Key), w/2)
			}
		}
		return t.faint.paint(spread(ends[0], ends[1], w))
	}
	return t.accent.paint(fit(line(p.Key)+", here", w))
}

// titlesFit reports whether both neighbours can be named in full.
func (s *neighbours) titlesFit(w int) bool {
	for _, by := range []int{-1, 1} {
		if p, ok := s.desk.neighbour(by); ok && width(line(p.Title()))+2 > w {
			return false
		}
	}
	return true
}
