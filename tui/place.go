package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
	"calibrate/rubric"
)

// place is the last step of a walk: position, confidence, rationale and the
// evidence as it will be recorded; save. What is written here is part of the
// walk, and is kept with it. placeview.go draws it.
type place struct {
	env       *env
	desk      *desk
	size      tea.WindowSizeMsg
	position  rubric.Position
	sure      calibration.Confidence
	rationale *editor
	change    calibration.Change // of a final decision that is not the draft; empty: not chosen
	field     placeField
	from      int                   // first line of the evidence that is shown
	saved     *calibration.Decision // what is on disk; nil before
}

// placeField is the part of the form that the keys go to.
type placeField int

const (
	fieldRationale placeField = iota
	fieldPosition
	fieldConfidence
	fieldChange
	fieldEvidence
	placeFields
)

func newPlace(e *env, d *desk) *place {
	w := d.walk()
	form := w.Track().Form
	s := &place{env: e, desk: d, position: w.At(d.rubric), sure: form.Confidence, rationale: newTextEditor(calibration.MaxRationale)}
	if made, ok := d.saved[w.Dimension]; ok && form.Rationale == "" {
		s.sure, form.Rationale = made.Confidence, made.Rationale // a correction starts from what it corrects
	}
	if !slices.Contains(calibration.Confidences(), s.sure) {
		s.sure = calibration.Medium
	}
	s.rationale.set(form.Rationale)
	s.write()
	return s
}

var placeKeys = struct{ save, field, fieldBack, more, less, edit, back, dimension, person, walk, again, passOn, done, evidence key.Binding }{
	save:      bind("ctrl+s", "ctrl+s", "save"),
	field:     bind("tab", "tab", "next field"),
	fieldBack: bind("shift+tab", "shift+tab", "previous field"),
	more:      bind("right l up k", "→", "higher"),
	less:      bind("left h down j", "←", "lower"),
	edit:      bind("enter", "enter", "to the rationale"),
	back:      bind("esc", "esc", "back; what is typed stays"),
	dimension: bind("enter tab", "enter", "the next dimension"),
	person:    bind("n", "n", "the next person"),
	walk:      bind("esc", "esc", "back to the walk; saving again corrects this"),
	again:     bind("esc", "esc", "back; deciding again corrects this"),
	passOn:    bind("enter", "enter", "pass the laptop on"),
	evidence:  bind("w", "w", "walk; tick the evidence together"),
	done:      bind("enter n", "enter", "back to the person"),
}

func (s *place) Init() tea.Cmd { return nil }
func (s *place) Title() string {
	if s.env.sitting.Stage == calibration.Final {
		return "Decide"
	}
	return "Place"
}
func (s *place) Typing() bool { return s.saved == nil && s.field == fieldRationale }

// Writing is the rationale, where the cursor is in it.
func (s *place) Writing() (text *editor, sealed string) {
	if !s.Typing() {
		return nil, ""
	}
	return s.rationale, s.env.sealed()
}

func (s *place) Keys() []key.Binding {
	k := placeKeys
	if s.saved != nil {
		_, more := s.nextDimension()
		switch {
		case s.env.sitting.Blind && more:
			return []key.Binding{k.dimension, keyQuit}
		case s.env.sitting.Blind:
			return []key.Binding{k.passOn}
		case s.env.sitting.Stage == calibration.Final && !more:
			return []key.Binding{k.done, k.again, keyQuit}
		case s.env.sitting.Stage == calibration.Final:
			return []key.Binding{k.dimension, k.again, keyQuit}
		}
		keys := []key.Binding{k.person, k.walk, keyQuit}
		if _, ok := s.nextDimension(); ok {
			keys = append([]key.Binding{k.dimension}, keys...)
		}
		return keys
	}
	switch s.field {
	case fieldPosition, fieldConfidence, fieldChange:
		return s.alsoWalk(k.save, k.less, k.more, k.field, k.back, k.fieldBack, k.edit, keyQuit)
	case fieldEvidence:
		return append(s.alsoWalk(k.save, scrollKeys.down, scrollKeys.up, k.field, k.back, k.fieldBack, k.edit, keyQuit), scrollFar()...)
	}
	return []key.Binding{k.save, k.field, k.fieldBack, keyEditor, keyUndoText, keyRedoText, k.back}
}

func (s *place) alsoWalk(keys ...key.Binding) []key.Binding {
	if !s.walks() {
		return keys
	}
	return slices.Insert(keys, 1, placeKeys.evidence)
}

// decided is what saving came to.
type decided struct {
	decision calibration.Decision
	err      error
}

func (s *place) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case decided:
		return s.decided(msg)
	case resumed:
		s.position = s.desk.walk().At(s.desk.rubric)
		s.write()
		return reply{edited: s.desk}
	case tea.WindowSizeMsg:
		s.size = msg
		s.rationale.resize(s.rationaleWidth(msg.Width))
	case pointed:
		return s.point(msg)
	case tea.KeyMsg:
		if s.saved != nil {
			return s.pressSaved(msg)
		}
		return s.press(msg)
	}
	return reply{}
}

func (s *place) press(k tea.KeyMsg) reply {
	switch keys := placeKeys; {
	case key.Matches(k, keys.back):
		return reply{pop: true, edited: s.desk}
	case key.Matches(k, keys.save):
		return s.save()
	case key.Matches(k, keys.field):
		s.step(1)
		return reply{}
	case key.Matches(k, keys.fieldBack):
		s.step(-1)
		return reply{}
	case s.walks() && s.field != fieldRationale && key.Matches(k, keys.evidence):
		return reply{push: newWalkBeside(s.env, s.desk)}
	case s.field != fieldRationale && key.Matches(k, keys.edit):
		s.field = fieldRationale
		return reply{}
	}
	var r reply
	switch s.field {
	case fieldRationale:
		if !s.rationale.update(k) {
			r.status = info(fmt.Sprintf("the rationale is full at %d bytes; not all of that was taken", calibration.MaxRationale))
		}
	case fieldPosition:
		s.position = s.desk.rubric.At(s.position.Ordinal + stepOf(k))
	case fieldConfidence:
		all := calibration.Confidences()
		s.sure = all[max(0, min(slices.Index(all, s.sure)+stepOf(k), len(all)-1))]
	case fieldChange:
		all := calibration.Changes()
		s.change = all[max(0, min(slices.Index(all, s.change)+stepOf(k), len(all)-1))]
		return reply{}
	case fieldEvidence:
		lines, h := s.evidenceRoom(s.size.Width, s.size.Height)
		s.from, _ = scroll(windowAt(s.from, lines, h).top, k, lines, h)
		return reply{}
	}
	s.write()
	r.edited = s.desk
	return r
}

// point places at the band on the ruler that is clicked at, or goes to a field; the wheel
// moves through the text that is under the pointer.
func (s *place) point(p pointed) reply {
	if s.saved != nil {
		return reply{}
	}
	if o, ok := s.env.onRuler(s.desk, s.position.Ordinal, p); ok {
		s.position = s.desk.rubric.At(o)
		s.write()
		return reply{edited: s.desk}
	}
	field, row, ok := s.fieldAt(p)
	switch {
	case !ok:
	case p.lines == 0 && field == fieldConfidence:
		s.field = field
		if sure, on := s.confidenceAt(p.x); on {
			s.sure = sure
			s.write()
			return reply{edited: s.desk}
		}
	case p.lines == 0:
		s.field = field
	case field == fieldRationale:
		s.rationale.vertical(p.lines/wheelStep, s.rationale.goal)
	case field == fieldEvidence && row >= 0:
		lines, h := s.evidenceRoom(p.w, p.h)
		s.from = p.scroll(s.from, lines, h)
	}
	return reply{}
}

// step goes to the next field that there is (+1) or the one before (-1).
func (s *place) step(by placeField) {
	s.field = (s.field + by + placeFields) % placeFields
	if _, needed := s.needsChange(); s.field == fieldChange && !needed {
		s.step(by)
	}
}

// walks reports whether the walk lies above placing, not below it.
func (s *place) walks() bool { return s.env.sitting.Stage == calibration.Final }

// needsChange reports whether the decision has to say why it is not the draft.
func (s *place) needsChange() (draft calibration.Decision, needed bool) {
	return s.env.sitting.NeedsChange(s.desk.walk().Dimension, s.position.Key)
}

// stepOf is +1 for a key that means higher, -1 for one that means lower.
func stepOf(k tea.KeyMsg) int {
	switch {
	case key.Matches(k, placeKeys.more):
		return 1
	case key.Matches(k, placeKeys.less):
		return -1
	}
	return 0
}

// write puts the form into the walk, from where it is autosaved.
func (s *place) write() {
	s.desk.look(s.desk.walk().Write(calibration.Form{
		Position: s.position.Key, Confidence: s.sure, Rationale: s.rationale.text,
	}))
}

// save asks the store to record the decision. Until it has answered, the screen
// says nothing of saved and keys wait.
func (s *place) save() reply {
	d := s.decision()
	if err := d.Validate(s.desk.rubric); err != nil {
		s.field = fieldRationale
		return reply{status: failure(err).about(s)}
	}
	if draft, needed := s.needsChange(); needed && s.change == "" {
		s.field = fieldChange
		return reply{status: failure(fmt.Errorf("the draft of %s is %s; choose why the decision is another one", draft.Reviewer, draft.Position)).about(s)}
	}
	store, r := s.env.store, s.desk.rubric
	return reply{wait: true, cmd: func() tea.Msg {
		saved, err := store.Place(d, r)
		return decided{saved, err}
	}}
}

func (s *place) decision() calibration.Decision {
	w := s.desk.walk()
	evidence, dampeners := w.Evidence(s.desk.rubric)
	change := s.change
	if _, needed := s.needsChange(); !needed {
		change = ""
	}
	return calibration.Decision{
		Person: w.Person, Reviewer: w.Reviewer, Session: w.Session, Dimension: w.Dimension,
		Position: s.position.Key, Stage: s.env.sitting.For(), Confidence: s.sure, Change: change,
		Rationale: strings.TrimSpace(s.rationale.text), Evidence: evidence, Dampeners: dampeners,
		Rubric: s.desk.rubric.Hash(),
	}
}

func (s *place) decided(msg decided) reply {
	if msg.err != nil {
		return reply{status: failure(fmt.Errorf("not saved: %w", msg.err)).about(s)}
	}
	s.saved = &msg.decision
	s.desk.record(msg.decision)
	s.desk.look(s.desk.walk().Write(calibration.Form{}))
	if _, more := s.nextDimension(); s.env.sitting.Blind && !more {
		s.desk.forget()
	}
	return reply{edited: s.desk, status: status{settles: s}}
}

func (s *place) savedText() string {
	return fmt.Sprintf("saved %s · %s", line(s.saved.Position), line(s.saved.Dimension))
}

// passOn tells the screens below, down to the person's turn, that a placement was made,
// and the dimension that comes next; empty: all are placed.
type passOn struct{ next string }

func (s *place) pressSaved(k tea.KeyMsg) reply {
	next, more := s.nextDimension()
	switch keys := placeKeys; {
	case s.env.sitting.Stage != "" && !more && key.Matches(k, keys.done):
		return reply{pop: true, below: passOn{}}
	case s.env.sitting.Blind && !key.Matches(k, keys.dimension):
		return reply{}
	case more && key.Matches(k, keys.dimension):
		w := s.desk.walk()
		w.Dimension = next
		s.desk.look(w)
		if s.walks() {
			return reply{pop: true, below: passOn{next}, edited: s.desk}
		}
		return reply{pop: true, edited: s.desk}
	case s.env.sitting.Stage == "" && (key.Matches(k, keys.person) || !more && key.Matches(k, keys.dimension)):
		return reply{home: openNext{after: s.desk.person.ID}}
	case key.Matches(k, keys.walk):
		return reply{pop: true}
	}
	return reply{}
}

// nextDimension is the next one that this walk has not been placed on yet.
func (s *place) nextDimension() (string, bool) {
	return s.env.sitting.Next(s.desk.rubric.Dimensions, s.desk.walk().Dimension, func(dimension string) bool {
		_, done := s.desk.saved[dimension]
		return done
	})
}
