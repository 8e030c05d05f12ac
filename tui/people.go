package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// people is home: who is to be rated and how far each is. peopleview.go draws it.
type people struct {
	env       *env
	loaded    bool
	busy      bool
	all       []calibration.Person
	shown     []int                                      // indices into all, after the filter
	standings map[string]map[string]calibration.Standing // by person, of those seen so far
	walks     map[string]calibration.Walk                // this reviewer's unfinished ones, by person
	cursor    int                                        // index into shown
	top       int                                        // first row drawn
	size      tea.WindowSizeMsg
	filter    textinput.Model
	filtering bool
	want      string // id of the person to put the cursor on, once loaded
	openAfter string // open the walk of the person after this one, once loaded
}

func newPeople(e *env) *people {
	return &people{env: e, standings: map[string]map[string]calibration.Standing{}, filter: newTextInput(e.theme)}
}

var peopleKeys = struct{ walk, resume, create, person, filter, down, up, pageDown, pageUp, first, last key.Binding }{
	walk:     bind("enter", "enter", "walk; the rubric for this person"),
	resume:   bind("r", "r", "resume; the walk worked on last"),
	create:   bind("n", "n", "new person"),
	person:   bind("p", "p", "decisions; all ever made about this person"),
	filter:   bind("/", "/", "filter; by name, team, id or manager"),
	down:     bind("down j", "↓", "next"),
	up:       bind("up k", "↑", "previous"),
	pageDown: bind("pgdown ctrl+d", "pgdn", "a page down"),
	pageUp:   bind("pgup ctrl+u", "pgup", "a page up"),
	first:    bind("home g", "home", "the first"),
	last:     bind("end G", "end", "the last"),
}

func (s *people) Title() string { return "People" }
func (s *people) Busy() bool    { return s.busy }
func (s *people) Typing() bool  { return s.filtering }

func (s *people) Keys() []key.Binding {
	k := peopleKeys
	switch {
	case s.filtering:
		return []key.Binding{bind("enter", "enter", "keep the filter"), bind("esc", "esc", "clear it"), k.down, k.up}
	case len(s.all) == 0:
		return []key.Binding{k.create, keyQuit}
	}
	return []key.Binding{k.walk, k.create, k.person, k.filter, k.resume, keyQuit, k.down, k.up, k.pageDown, k.pageUp, k.first, k.last,
		bind("esc", "esc", "clear the filter")}
}

// listed is who there is.
type listed struct {
	people []calibration.Person
	walks  []calibration.Walk
	err    error
}

// stood is how far some of them are.
type stood struct {
	standings map[string]map[string]calibration.Standing
	err       error
}

// openNext asks to walk the person who comes after the one with the id.
type openNext struct{ after string }

// added is a new person who was recorded.
type added struct{ person calibration.Person }

func (s *people) Init() tea.Cmd {
	s.busy = true
	return s.list()
}

func (s *people) list() tea.Cmd {
	store := s.env.store
	return func() tea.Msg {
		all, err := store.People()
		if err != nil {
			return listed{err: err}
		}
		walks, err := store.Walks()
		return listed{people: all, walks: walks, err: err}
	}
}

// reload lists the people anew, with the cursor on the one with the id, whose
// standing may have changed.
func (s *people) reload(id string) reply {
	s.busy, s.want = true, id
	delete(s.standings, id)
	return reply{cmd: s.list()}
}

func (s *people) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.size = msg
		s.keepInSight()
		return reply{cmd: s.lookUp()}
	case listed:
		return s.listed(msg)
	case stood:
		for id, standing := range msg.standings {
			s.standings[id] = standing
		}
		return reply{status: failure(msg.err)}
	case resumed:
		return s.reload(s.currentID())
	case openNext:
		s.openAfter = msg.after
		return s.reload(msg.after)
	case added:
		s.filter.SetValue("")
		r := s.reload(msg.person.ID)
		r.status = info(line(msg.person.Name) + " is in the list; enter walks the rubric for them")
		return r
	case tea.KeyMsg:
		return s.press(msg)
	}
	return reply{}
}

func (s *people) listed(msg listed) reply {
	s.busy = false
	if msg.err != nil {
		return reply{status: failure(msg.err)}
	}
	current := s.want
	s.all = msg.people
	s.walks = map[string]calibration.Walk{}
	for _, w := range msg.walks {
		if w.Reviewer == s.env.reviewer && w.Session == s.env.session {
			s.walks[w.Person] = w
		}
	}
	if !s.loaded {
		s.loaded = true
		if last, ok := s.lastWalked(); ok {
			current = last
		}
	}
	s.apply(current)
	if s.openAfter != "" {
		return s.openNextPerson()
	}
	return reply{cmd: s.lookUp()}
}

func (s *people) openNextPerson() reply {
	i := slices.IndexFunc(s.shown, func(i int) bool { return s.all[i].ID == s.openAfter })
	s.openAfter = ""
	if i+1 >= len(s.shown) {
		return reply{cmd: s.lookUp(), status: info("that was the last person in the list")}
	}
	s.cursor = i + 1
	s.keepInSight()
	return reply{cmd: s.lookUp(), push: newWalk(s.env, s.all[s.shown[s.cursor]])}
}

// apply filters the list and puts the cursor on the person with the id, or keeps
// it where it was.
func (s *people) apply(id string) {
	words := strings.Fields(strings.ToLower(s.filter.Value()))
	s.shown = s.shown[:0]
	at := -1
	for i, p := range s.all {
		if containsAll(strings.ToLower(strings.Join([]string{p.Name, p.Team, p.ID, p.Manager}, " ")), words) {
			if p.ID == id {
				at = len(s.shown)
			}
			s.shown = append(s.shown, i)
		}
	}
	if at >= 0 {
		s.cursor = at
	}
	s.cursor = max(0, min(s.cursor, len(s.shown)-1))
	s.keepInSight()
}

func (s *people) currentID() string {
	if s.cursor < len(s.shown) {
		return s.all[s.shown[s.cursor]].ID
	}
	return ""
}

// lastWalked is the person whose walk was written down last.
func (s *people) lastWalked() (string, bool) {
	var latest calibration.Walk
	for _, w := range s.walks {
		if latest.Person == "" || w.SavedAt.After(latest.SavedAt) {
			latest = w
		}
	}
	return latest.Person, latest.Person != ""
}

// lookUp loads how far the people in sight are, where that is not known yet.
func (s *people) lookUp() tea.Cmd {
	var ids []string
	for i := s.top; i < min(s.top+s.room(), len(s.shown)); i++ {
		id := s.all[s.shown[i]].ID
		if _, known := s.standings[id]; !known {
			s.standings[id] = nil // asked for
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	store := s.env.store
	return func() tea.Msg {
		found := map[string]map[string]calibration.Standing{}
		for _, id := range ids {
			decisions, err := store.DecisionsOf(id)
			if err != nil {
				return stood{standings: found, err: err}
			}
			found[id] = calibration.Standings(decisions)
		}
		return stood{standings: found}
	}
}

func (s *people) press(k tea.KeyMsg) reply {
	if s.filtering {
		return s.pressFilter(k)
	}
	current := s.currentID()
	switch keys := peopleKeys; {
	case key.Matches(k, keys.create):
		return reply{push: newPersonForm(s.env, s.all)}
	case key.Matches(k, keyBack):
		s.filter.SetValue("")
		s.apply(current)
	case len(s.all) == 0:
		return reply{}
	case key.Matches(k, keys.filter):
		s.filtering = true
	case key.Matches(k, keys.resume):
		id, ok := s.lastWalked()
		if !ok {
			return reply{status: info("no walk is unfinished; enter begins one")}
		}
		s.filter.SetValue("")
		s.apply(id)
		return reply{cmd: s.lookUp(), push: newWalk(s.env, s.all[s.shown[s.cursor]])}
	case len(s.shown) == 0:
		return reply{status: info("nobody matches the filter; esc clears it")}
	case key.Matches(k, keys.walk):
		return reply{push: newWalk(s.env, s.all[s.shown[s.cursor]])}
	case key.Matches(k, keys.person):
		return reply{push: newPersonScreen(s.env, s.all[s.shown[s.cursor]])}
	default:
		s.moveCursor(k)
	}
	return reply{cmd: s.lookUp()}
}

func (s *people) pressFilter(k tea.KeyMsg) reply {
	current := s.currentID()
	switch {
	case k.Type == tea.KeyEnter:
		s.filtering = false
	case key.Matches(k, keyBack):
		s.filtering = false
		s.filter.SetValue("")
		s.apply(current)
	case k.Type == tea.KeyUp || k.Type == tea.KeyDown:
		s.moveCursor(k)
	default:
		s.filter, _ = s.filter.Update(safePaste(k))
		s.apply(current)
	}
	return reply{cmd: s.lookUp()}
}

func (s *people) moveCursor(k tea.KeyMsg) {
	switch keys := peopleKeys; {
	case key.Matches(k, keys.down):
		s.cursor++
	case key.Matches(k, keys.up):
		s.cursor--
	case key.Matches(k, keys.pageDown):
		s.cursor += s.room()
	case key.Matches(k, keys.pageUp):
		s.cursor -= s.room()
	case key.Matches(k, keys.first):
		s.cursor = 0
	case key.Matches(k, keys.last):
		s.cursor = len(s.shown) - 1
	}
	s.cursor = max(0, min(s.cursor, len(s.shown)-1))
	s.keepInSight()
}

// room is how many people fit on the screen.
func (s *people) room() int { return max(1, s.size.Height-peopleChrome) }

// keepInSight scrolls as little as needed for the cursor to be seen.
func (s *people) keepInSight() {
	s.top = max(min(s.top, s.cursor), s.cursor-s.room()+1)
	s.top = max(0, min(s.top, len(s.shown)-s.room()))
}

func (s *people) count() string {
	switch {
	case len(s.shown) != len(s.all):
		return fmt.Sprintf("%d of %d people", len(s.shown), len(s.all))
	case len(s.all) == 1:
		return "1 person"
	}
	return fmt.Sprintf("%d people", len(s.all))
}
