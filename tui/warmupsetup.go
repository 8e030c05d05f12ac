package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
	"calibrate/rubric"
)

// warmupSetup asks who takes part in a warm-up, and in what: the names, one a row, then
// how many examples, of which dimension, and of which of a session's rubrics. It stays below the warm-up, so that the same
// people can go for another round.
type warmupSetup struct {
	env   *env
	size  tea.WindowSizeMsg
	names []*editor
	draw  calibration.WarmupDraw
	pool  int // how many examples there are to draw from
	at    int // the field: a name's index, then items, then dimension
}

// newWarmupSetup offers a warm-up to some people.
func newWarmupSetup(e *env, names ...string) *warmupSetup {
	s := &warmupSetup{env: e}
	for _, name := range names {
		s.addName(name)
	}
	if len(s.names) == 0 {
		s.addName("")
	}
	s.offer(calibration.WarmupDraw{})
	return s
}

// offer has the setup begin with what was asked for elsewhere.
func (s *warmupSetup) offer(draw calibration.WarmupDraw) {
	s.draw = draw
	s.count()
	if draw.Items == 0 {
		s.draw.Items = min(calibration.DefaultWarmupItems, s.pool)
	}
	if draw.Seed == 0 {
		s.reseed()
	}
}

// count counts the examples of the dimension that is chosen.
func (s *warmupSetup) count() {
	s.pool = len(calibration.WarmupExamples(s.env.rubric, s.draw.Dimension))
}

var warmupSetupKeys = struct{ begin, next, down, up, more, less, back key.Binding }{
	begin: bind("enter", "enter", "begin"),
	next:  bind("enter", "enter", "next name; at an empty one, begin"),
	down:  bind("tab down", "tab", "next field"),
	up:    bind("shift+tab up", "shift+tab", "previous field"),
	more:  bind("right l space", "→", "more; or the next choice"),
	less:  bind("left h", "←", "fewer; or the previous choice"),
	back:  bind("esc", "esc", "back; without a warm-up"),
}

func (s *warmupSetup) Init() tea.Cmd { return nil }
func (s *warmupSetup) Title() string { return "Warm-up" }
func (s *warmupSetup) Typing() bool  { return s.at < len(s.names) }

func (s *warmupSetup) Keys() []key.Binding {
	k := warmupSetupKeys
	switch {
	case !s.Typing():
		return []key.Binding{k.begin, k.less, k.more, k.down, k.up, k.back, keyQuit}
	case s.emptyName():
		return []key.Binding{k.begin, k.down, k.up, k.back}
	}
	return []key.Binding{k.next, k.down, k.up, k.back}
}

func (s *warmupSetup) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.size = msg
	case resumed:
		s.reseed() // another round is of other examples
	case pointed:
		s.point(msg)
	case tea.KeyMsg:
		return s.press(msg)
	}
	return reply{}
}

// point goes to the field that is clicked at, and to the next choice of one that it is
// at already.
func (s *warmupSetup) point(p pointed) {
	top := len(s.about(p.w))
	row, on := s.window(p.h - top).at(p.y - top)
	if p.lines != 0 || !on {
		return
	}
	if row == s.at && !s.Typing() {
		s.choose(1)
	}
	s.at = row
}

// fields is how many fields there are: names, examples, dimension, and the rubric where
// there is a choice.
func (s *warmupSetup) fields() int {
	if len(s.env.rubrics) > 1 {
		return len(s.names) + 3
	}
	return len(s.names) + 2
}

// window is the part of the fields that is seen in a height.
func (s *warmupSetup) window(h int) window {
	fields := s.fields()
	return windowOn(s.at, s.at, 0, fields, min(fields, h)).counting("field")
}

// about is what stands above the fields.
func (s *warmupSetup) about(w int) []string {
	t := s.env.theme
	rows := []string{t.rule(t.title.paint("Warm-up"), "", w), ""}
	for _, l := range s.env.wrapper.wrap(warmupAbout, min(w-4, maxRationaleWidth)) {
		rows = append(rows, "   "+t.faint.paint(l))
	}
	return append(rows, "")
}

func (s *warmupSetup) press(k tea.KeyMsg) reply {
	fields := s.fields()
	switch keys := warmupSetupKeys; {
	case key.Matches(k, keys.back):
		return reply{pop: true}
	case key.Matches(k, keys.begin):
		if s.Typing() && !s.emptyName() {
			return s.nextName()
		}
		return s.begin()
	case key.Matches(k, keys.down):
		s.at = (s.at + 1) % fields
	case key.Matches(k, keys.up):
		s.at = (s.at - 1 + fields) % fields
	case s.Typing():
		if !s.names[s.at].update(k) {
			return reply{status: info("the name is full; not all of that was taken")}
		}
	case key.Matches(k, keys.more):
		s.choose(1)
	case key.Matches(k, keys.less):
		s.choose(-1)
	}
	return reply{}
}

func (s *warmupSetup) emptyName() bool { return strings.TrimSpace(s.names[s.at].text) == "" }

func (s *warmupSetup) addName(name string) {
	f := newEditor(calibration.MaxNameBytes)
	f.set(name)
	s.names = append(s.names, f)
}

// nextName goes to the next row, which is made if need be.
func (s *warmupSetup) nextName() reply {
	if s.at+1 == len(s.names) {
		if len(s.names) == calibration.MaxParticipants {
			s.at++
			return reply{status: info(fmt.Sprintf("%d people are as many as one warm-up can have", calibration.MaxParticipants))}
		}
		s.addName("")
	}
	s.at++
	return reply{}
}

// choose changes the number of examples, or the dimension.
func (s *warmupSetup) choose(by int) {
	if s.at == len(s.names) {
		s.draw.Items = max(min(1, s.pool), min(s.draw.Items+by, s.pool))
		return
	}
	if s.at == len(s.names)+2 {
		s.chooseRubric(by)
		return
	}
	choices := append([]string{""}, s.env.rubric.Dimensions...)
	at := slices.Index(choices, s.draw.Dimension)
	s.draw.Dimension = choices[(at+by+len(choices))%len(choices)]
	s.count()
	s.draw.Items = min(max(1, s.draw.Items), s.pool)
}

// chooseRubric goes on to the examples of another of the session's rubrics.
func (s *warmupSetup) chooseRubric(by int) {
	all := s.env.rubrics
	at := slices.IndexFunc(all, func(r *rubric.Rubric) bool { return r.Hash() == s.env.rubric.Hash() })
	own := *s.env
	own.rubric = all[(at+by+len(all))%len(all)]
	s.env, s.draw.Dimension = &own, ""
	if s.draw.Session != "" {
		s.draw.Rubric = own.rubric.Role
	}
	s.count()
	s.draw.Items = min(max(1, s.draw.Items), s.pool)
}

func (s *warmupSetup) reseed() { s.draw.Seed = calibration.WarmupSeed(s.env.now()) }

// round draws the examples for the people who are named.
func (s *warmupSetup) round() (calibration.Warmup, error) {
	var names []string
	for _, f := range s.names {
		if name := strings.TrimSpace(f.text); name != "" {
			names = append(names, name)
		}
	}
	items, err := s.draw.From(s.env.rubric)
	if err != nil {
		return calibration.Warmup{}, err
	}
	return calibration.NewWarmup(s.env.rubric, items, names...)
}

func (s *warmupSetup) begin() reply {
	w, err := s.round()
	if err != nil {
		return reply{status: failure(err).about(s)}
	}
	return reply{push: newWarmup(s.env, w, s.draw), status: status{settles: s}}
}

// warmupAbout says what a warm-up is, and that nothing of it counts.
const warmupAbout = "Everybody places the same examples of the rubric without knowing where the rubric has them; then all is laid open. " +
	"It shows how each of you reads the scale, before you judge people by it. Nothing of it is recorded."

func (s *warmupSetup) View(w, h int) string {
	t := s.env.theme
	rows := s.about(w)
	fields := make([]string, 0, len(s.names)+2)
	for i, f := range s.names {
		hint := ""
		if f.text == "" && i > 0 {
			hint = "empty: nobody more"
		}
		fields = append(fields, s.field(i, "Name "+strconv.Itoa(i+1), f.row(t, min(w-formLabel, 40), i == s.at)+t.faint.paint(hint), w))
	}
	dimension := or(line(s.draw.Dimension), "all")
	fields = append(fields, s.choice(len(s.names), "Examples", strconv.Itoa(s.draw.Items), t.faint.paint(fmt.Sprintf("  of %d", s.pool)), w),
		s.choice(len(s.names)+1, "Dimension", dimension, "", w))
	if len(s.env.rubrics) > 1 {
		name := line(calibration.RubricNames(s.env.rubrics)[s.env.rubric.Hash()])
		fields = append(fields, s.choice(len(s.names)+2, "Rubric", name, "", w))
	}
	return joinRows(page(append(rows, s.window(h-len(rows)).draw(t, fields, 3, w)...), w, h))
}

// formLabel is the room for the names of the fields.
const formLabel = 14

func (s *warmupSetup) field(i int, name, value string, w int) string {
	return fit(s.env.theme.label(name, formLabel, i == s.at)+value, w)
}

func (s *warmupSetup) choice(i int, name, text, more string, w int) string {
	if i != s.at {
		return s.field(i, name, text+more, w)
	}
	return fit(s.env.theme.choice(name, text, formLabel, formLabel+width(text)+2)+more, w)
}
