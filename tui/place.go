package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textarea"
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
	position  rubric.Position
	sure      calibration.Confidence
	rationale textarea.Model
	field     placeField
	from      int // first line of the evidence that is shown
	saving    bool
	saved     *calibration.Decision
}

// placeField is the part of the form that the keys go to.
type placeField int

const (
	fieldRationale placeField = iota
	fieldPosition
	fieldConfidence
	fieldEvidence
	placeFields
)

func newPlace(e *env, d *desk) *place {
	w := d.walk()
	form := w.Track().Form
	s := &place{env: e, desk: d, position: w.At(d.rubric), sure: form.Confidence, rationale: newTextArea(calibration.MaxRationale / 4)}
	if made, ok := d.saved(w.Dimension); ok && form.Rationale == "" {
		s.sure, form.Rationale = made.Confidence, made.Rationale // a correction starts from what it corrects
	}
	if s.sure == "" {
		s.sure = calibration.Medium
	}
	s.rationale.SetValue(form.Rationale)
	s.rationale.Focus()
	s.write()
	return s
}

var placeKeys = struct{ save, field, fieldBack, more, less, edit, dimension, person, walk key.Binding }{
	save:      bind("ctrl+s", "ctrl+s", "save"),
	field:     bind("tab", "tab", "next field"),
	fieldBack: bind("shift+tab", "shift+tab", "previous field"),
	more:      bind("right l up k", "→", "higher"),
	less:      bind("left h down j", "←", "lower"),
	edit:      bind("enter", "enter", "to the rationale"),
	dimension: bind("enter tab", "enter", "the next dimension"),
	person:    bind("n", "n", "the next person"),
	walk:      bind("esc", "esc", "back to the walk"),
}

func (s *place) Init() tea.Cmd { return nil }
func (s *place) Title() string { return "Place" }
func (s *place) Busy() bool    { return s.saving }
func (s *place) Typing() bool  { return s.saved == nil && s.field == fieldRationale }

func (s *place) Keys() []key.Binding {
	if s.saved != nil {
		keys := []key.Binding{placeKeys.person, placeKeys.walk, keyQuit}
		if _, ok := s.nextDimension(); ok {
			keys = append([]key.Binding{placeKeys.dimension}, keys...)
		}
		return keys
	}
	keys := []key.Binding{placeKeys.save, placeKeys.field, bind("esc", "esc", "back to the walk; what is typed stays"), placeKeys.fieldBack}
	switch s.field {
	case fieldPosition, fieldConfidence:
		keys = append(keys, placeKeys.less, placeKeys.more, placeKeys.edit)
	case fieldEvidence:
		keys = append(keys, neighboursKeys.down, neighboursKeys.up, placeKeys.edit)
	}
	return keys
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
	case tea.KeyMsg:
		if s.saved != nil {
			return s.pressSaved(msg)
		}
		return s.press(msg)
	}
	return reply{}
}

func (s *place) press(k tea.KeyMsg) reply {
	switch {
	case key.Matches(k, keyBack):
		return reply{pop: true, edited: s.desk}
	case key.Matches(k, placeKeys.save):
		return s.save()
	case key.Matches(k, placeKeys.field):
		return s.focus(s.field + 1)
	case key.Matches(k, placeKeys.fieldBack):
		return s.focus(s.field - 1 + placeFields)
	}
	switch s.field {
	case fieldRationale:
		s.rationale, _ = s.rationale.Update(safePaste(k))
	case fieldPosition:
		s.position = s.desk.rubric.At(s.position.Ordinal + stepOf(k))
	case fieldConfidence:
		all := calibration.Confidences()
		i := slices.Index(all, s.sure) + stepOf(k)
		s.sure = all[max(0, min(i, len(all)-1))]
	case fieldEvidence:
		s.from = max(0, s.from-stepOf(k))
	}
	if s.field != fieldRationale && key.Matches(k, placeKeys.edit) {
		return s.focus(fieldRationale)
	}
	s.write()
	return reply{edited: s.desk}
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

func (s *place) focus(f placeField) reply {
	s.field = f % placeFields
	if s.field == fieldRationale {
		s.rationale.Focus()
	} else {
		s.rationale.Blur()
	}
	return reply{}
}

// write puts the form into the walk, from where it is autosaved.
func (s *place) write() {
	s.desk.look(s.desk.walk().Write(calibration.Form{
		Position: s.position.Key, Confidence: s.sure, Rationale: s.rationale.Value(),
	}))
}

// save asks the store to record the decision. Until it has answered, the screen
// says nothing of saved and keys wait.
func (s *place) save() reply {
	d := s.decision()
	if err := d.Validate(s.desk.rubric); err != nil {
		s.focus(fieldRationale)
		return reply{status: failure(err)}
	}
	s.saving = true
	store, r := s.env.store, s.desk.rubric
	return reply{cmd: func() tea.Msg {
		saved, err := store.Place(d, r)
		return decided{saved, err}
	}}
}

func (s *place) decision() calibration.Decision {
	w := s.desk.walk()
	evidence, dampeners := w.Evidence(s.desk.rubric)
	return calibration.Decision{
		Person: w.Person, Reviewer: w.Reviewer, Session: w.Session, Dimension: w.Dimension,
		Position: s.position.Key, Stage: calibration.Draft, Confidence: s.sure,
		Rationale: strings.TrimSpace(s.rationale.Value()), Evidence: evidence, Dampeners: dampeners,
		Rubric: s.desk.rubric.Hash(),
	}
}

func (s *place) decided(msg decided) reply {
	s.saving = false
	if msg.err != nil {
		return reply{status: failure(fmt.Errorf("not saved: %w", msg.err))}
	}
	s.saved = &msg.decision
	s.desk.decisions = append(s.desk.decisions, msg.decision)
	s.desk.look(s.desk.walk().Write(calibration.Form{}))
	return reply{edited: s.desk}
}

func (s *place) pressSaved(k tea.KeyMsg) reply {
	next, more := s.nextDimension()
	switch {
	case more && key.Matches(k, placeKeys.dimension):
		w := s.desk.walk()
		w.Dimension = next
		s.desk.look(w)
		return reply{pop: true, edited: s.desk}
	case key.Matches(k, placeKeys.person) || !more && key.Matches(k, placeKeys.dimension):
		return reply{home: openNext{after: s.desk.person.ID}}
	case key.Matches(k, placeKeys.walk):
		return reply{pop: true}
	}
	return reply{}
}

// nextDimension is the next one, round from the one just saved, that this walk has
// not been placed on yet.
func (s *place) nextDimension() (string, bool) {
	dims := s.desk.rubric.Dimensions
	i := slices.Index(dims, s.desk.walk().Dimension)
	for by := 1; by < len(dims); by++ {
		name := dims[(i+by)%len(dims)]
		if _, done := s.desk.saved(name); !done {
			return name, true
		}
	}
	return "", false
}
