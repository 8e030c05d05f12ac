package tui

import (
	"fmt"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// people is home: who is to be rated and how far each is. peopleview.go draws it.
type people struct {
	env       *env
	size      tea.WindowSizeMsg
	loaded    bool
	failed    bool // the list could not be read
	all       []calibration.Person
	shown     []int                       // indices into all, after the filter
	walks     map[string]calibration.Walk // this reviewer's, by person
	asked     map[string]bool             // people whose progress was asked for
	progress  map[string]progress         // of those seen so far
	widths    map[string]int              // of the widest text in each column
	cursor    int                         // index into shown
	filter    *editor
	drawn     memo[rowLook, string]
	filtering bool
	ticked    map[string]bool // people who are marked for comparing
	session   string          // the name of the present session
	want      string          // id of the person to put the cursor on, once listed
	openAfter string          // open the walk of the person after this one, once listed
}

// progress is how far a person is.
type progress struct {
	standings  map[string]calibration.Standing // in the present session, by dimension
	before     map[string]calibration.Decision // in the latest past one
	unfinished bool                            // this reviewer's walk has something that no decision holds
}

// maxFilter is how many bytes a filter or a search may have.
const maxFilter = 400

func newPeople(e *env) *people {
	return &people{env: e, asked: map[string]bool{}, progress: map[string]progress{}, ticked: map[string]bool{}, drawn: memo[rowLook, string]{}, filter: newEditor(maxFilter)}
}

var peopleKeys = struct{ walk, resume, create, person, compare, tick, filter, down, up, pageDown, pageUp, first, last, again, clear, warmup, sessions, demo key.Binding }{
	walk:     bind("enter", "enter", "walk; the rubric for this person"),
	resume:   bind("r", "r", "resume; the walk worked on last"),
	create:   bind("n", "n", "new; a new person"),
	person:   bind("p", "p", "decisions; all ever made about this person"),
	compare:  bind("c", "c", "compare; all, or the people who are ticked"),
	tick:     bind("space", "space", "tick; for comparing"),
	filter:   bind("/", "/", "filter; by letters of name, team, id or manager"),
	down:     bind("down j", "↓", "next"),
	up:       bind("up k", "↑", "previous"),
	pageDown: bind("pgdown ctrl+d", "pgdn", "a page down"),
	pageUp:   bind("pgup ctrl+u", "pgup", "a page up"),
	first:    bind("home g", "home", "the first"),
	last:     bind("end G", "end", "the last"),
	again:    bind("enter", "enter", "read the list again"),
	clear:    bind("esc", "esc", "everybody; clears the filter"),
	sessions: bind("s", "s", "sessions; the room of each"),
	demo:     bind("d", "d", "demo; invented people, in a throwaway file"),
	warmup:   bind("w", "w", "warm-up; place the rubric's own examples, blind"),
}

// filterKeys work while the filter is written.
var filterKeys = struct{ keep, clear, down, up key.Binding }{
	keep:  bind("enter", "enter", "keep the filter"),
	clear: bind("esc", "esc", "everybody"),
	down:  bind("down", "↓", "next"),
	up:    bind("up", "↑", "previous"),
}

func (s *people) Title() string { return "People" }
func (s *people) Typing() bool  { return s.filtering }

func (s *people) Keys() []key.Binding {
	k := peopleKeys
	switch {
	case s.filtering:
		return []key.Binding{filterKeys.keep, filterKeys.down, filterKeys.up, filterKeys.clear}
	case s.failed:
		return []key.Binding{k.again, keyQuit}
	case len(s.all) == 0:
		if s.env.demo != nil {
			return []key.Binding{k.create, k.demo, keyQuit, k.sessions, k.warmup}
		}
		return []key.Binding{k.create, keyQuit, k.sessions, k.warmup}
	case len(s.shown) < len(s.all):
		return []key.Binding{k.walk, k.create, k.person, k.compare, k.sessions, k.filter, k.clear, keyQuit, k.resume, k.tick, k.down, k.up, k.pageDown, k.pageUp, k.first, k.last, k.warmup, keyCover, keyNames}
	}
	return []key.Binding{k.walk, k.create, k.person, k.compare, k.sessions, k.filter, keyQuit, k.resume, k.tick, k.down, k.up, k.pageDown, k.pageUp, k.first, k.last, k.warmup, keyCover, keyNames}
}

// listed is who there is.
type listed struct {
	people  []calibration.Person
	walks   []calibration.Walk
	session string // the name of the present one
	err     error
}

// openNext asks to walk the person who comes after the one with the id.
type openNext struct{ after string }

// added is a new person who was recorded.
type added struct{ person calibration.Person }

func (s *people) Init() tea.Cmd { return s.list() }

func (s *people) list() tea.Cmd {
	e := s.env
	return func() tea.Msg {
		var l listed
		if l.people, l.err = e.store.People(); l.err != nil {
			return l
		}
		if l.walks, l.err = e.store.Walks(); l.err != nil {
			return l
		}
		l.session, l.err = e.sessionName()
		return l
	}
}

// sessionName is what the present session is called, "" where there is none.
func (e *env) sessionName() (string, error) {
	if e.session == "" {
		return "", nil
	}
	sessions, err := e.store.Sessions()
	for _, s := range sessions {
		if s.ID == e.session {
			return s.Name, err
		}
	}
	return e.session, err
}

// reload lists the people anew, with the cursor on the one with the id, who may
// have got further meanwhile.
func (s *people) reload(id string) reply {
	s.want = id
	delete(s.asked, id)
	return reply{cmd: s.list(), wait: true}
}

func (s *people) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.size = msg
		return s.lookUp()
	case listed:
		return s.listed(msg)
	case stood:
		return s.stood(msg)
	case abandoned:
		s.failed = !s.loaded
	case renamed, resumed:
		return s.reload(s.currentID())
	case openNext:
		s.openAfter = msg.after
		return s.reload(msg.after)
	case added:
		s.filter.set("")
		r := s.reload(msg.person.ID)
		r.status = info(line(msg.person.Name) + " is in the list; enter walks the rubric for them")
		return r
	case pointed:
		return s.point(msg)
	case tea.KeyMsg:
		if s.filtering {
			return s.pressFilter(msg)
		}
		return s.press(msg)
	}
	return reply{}
}

func (s *people) listed(msg listed) reply {
	s.failed = msg.err != nil && !s.loaded
	if msg.err != nil {
		return reply{status: failure(fmt.Errorf("the people could not be read: %w", msg.err)).about(s)}
	}
	s.all, s.session = s.env.names.people(msg.people), msg.session
	clear(s.drawn)
	s.measure()
	s.walks = map[string]calibration.Walk{}
	for _, w := range msg.walks {
		if w.Reviewer == s.env.reviewer && w.Session == s.env.session {
			s.walks[w.Person] = w
		}
	}
	if !s.loaded {
		s.loaded = true
		s.want, _ = s.lastWalked()
	}
	s.apply(s.want)
	if s.openAfter != "" {
		return s.openNextPerson()
	}
	return s.lookUp()
}

func (s *people) openNextPerson() reply {
	at, ok := s.find(s.openAfter)
	s.openAfter = ""
	r := s.lookUp()
	switch {
	case !ok || at+1 >= len(s.shown):
		r.status = info("that was the last person in the list")
	default:
		s.cursor = at + 1
		r = s.lookUp()
		r.push = newWalk(s.env, s.current())
	}
	return r
}

// find is where in the list a person is shown.
func (s *people) find(id string) (at int, ok bool) {
	if id == "" {
		return -1, false
	}
	at = slices.IndexFunc(s.shown, func(i int) bool { return s.all[i].ID == id })
	return at, at >= 0
}

// apply filters the list, those who fit best first, and puts the cursor on the person with the id, or keeps
// it where it was.
func (s *people) apply(id string) {
	words := seek(s.filter.text)
	s.shown = bestFirst(len(s.all), func(i int) (int, bool) { return s.fit(words, i) })
	if at, ok := s.find(id); ok {
		s.cursor = at
	}
	s.cursor = max(0, min(s.cursor, len(s.shown)-1))
}

// fit says how well somebody fits the words that are sought.
func (s *people) fit(words sought, i int) (fit int, ok bool) {
	if len(words) == 0 {
		return 0, true // before somebody is looked at whom it does not concern
	}
	p := &s.all[i]
	return words.among(p.Name, p.Team, s.env.names.Only(p.ID), s.env.names.Only(p.Manager))
}

// refilter applies a filter that was changed: the cursor stays on the person with the id
// as long as nobody fits better, and else goes to who fits best.
func (s *people) refilter(id string) {
	s.apply(id)
	if len(s.shown) == 0 {
		return
	}
	words := seek(s.filter.text)
	here, _ := s.fit(words, s.shown[s.cursor])
	if best, _ := s.fit(words, s.shown[0]); here < best {
		s.cursor = 0
	}
}

func (s *people) current() calibration.Person { return s.all[s.shown[s.cursor]] }

func (s *people) currentID() string {
	if len(s.shown) == 0 {
		return s.want
	}
	return s.current().ID
}

// lastWalked is the person in the list whose walk was written down last.
func (s *people) lastWalked() (string, bool) {
	var latest calibration.Walk
	if len(s.walks) == 0 {
		return "", false
	}
	for i := range s.all {
		if w, ok := s.walks[s.all[i].ID]; ok && (latest.Person == "" || w.SavedAt.After(latest.SavedAt)) {
			latest = w
		}
	}
	return latest.Person, latest.Person != ""
}

func (s *people) press(k tea.KeyMsg) reply {
	switch keys := peopleKeys; {
	case s.failed:
		if key.Matches(k, keys.again) {
			return reply{cmd: s.list(), wait: true}
		}
		return reply{}
	case key.Matches(k, keys.create):
		return reply{push: newPersonForm(s.env, s.all)}
	case key.Matches(k, keys.sessions):
		return reply{push: newSessions(s.env, s.tickedPeople())}
	case key.Matches(k, keys.warmup):
		return reply{push: newWarmupSetup(s.env, s.env.reviewer)}
	case key.Matches(k, keys.clear):
		id := s.currentID()
		s.filter.set("")
		s.apply(id)
	case len(s.all) == 0 && s.env.demo != nil && key.Matches(k, keys.demo):
		return reply{outside: s.env.demo}
	case len(s.all) == 0:
		return reply{}
	case key.Matches(k, keys.filter):
		s.filtering = true
	case key.Matches(k, keys.resume):
		return s.resume()
	case len(s.shown) == 0:
		return reply{status: info("nobody matches the filter; esc shows everybody")}
	case key.Matches(k, keys.walk):
		return reply{push: newWalk(s.env, s.current())}
	case key.Matches(k, keys.person):
		return reply{push: newPersonScreen(s.env, s.current())}
	case key.Matches(k, keys.tick):
		s.tick(s.current().ID)
	case key.Matches(k, keys.compare):
		return reply{push: newCompare(s.env, s.tickedPeople())}
	default:
		s.moveCursor(k)
	}
	return s.lookUp()
}

// tick marks a person for comparing, or takes the mark back, and goes on to the next.
func (s *people) tick(id string) {
	if s.ticked[id] = !s.ticked[id]; !s.ticked[id] {
		delete(s.ticked, id)
	}
	s.cursor = min(s.cursor+1, len(s.shown)-1)
}

// tickedPeople are the ids of those who are marked, in the order of the list.
func (s *people) tickedPeople() []string {
	var ids []string
	for _, p := range s.all {
		if s.ticked[p.ID] {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

func (s *people) resume() reply {
	id, ok := s.lastWalked()
	if !ok {
		return reply{status: info("there is no walk to resume; enter begins one")}
	}
	if _, shown := s.find(id); !shown {
		s.filter.set("")
	}
	s.apply(id)
	r := s.lookUp()
	r.push = newWalk(s.env, s.current())
	return r
}

func (s *people) pressFilter(k tea.KeyMsg) reply {
	id := s.currentID()
	switch keys := filterKeys; {
	case key.Matches(k, keys.keep):
		s.filtering = false
	case key.Matches(k, keys.clear):
		s.filtering = false
		s.filter.set("")
		s.apply(id)
	case key.Matches(k, keys.up), key.Matches(k, keys.down):
		s.moveCursor(k)
	default:
		s.filter.update(k)
		s.want = id
		s.refilter(id)
	}
	return s.lookUp()
}

func (s *people) point(p pointed) reply {
	row, on := s.window(p.h).at(p.y - peopleTop)
	to, again := p.choose(s.cursor, len(s.shown), row, on)
	s.cursor = to
	if again {
		s.filtering = false
		return s.press(keyEnter)
	}
	return s.lookUp()
}

func (s *people) moveCursor(k tea.KeyMsg) {
	s.cursor, _ = step(s.cursor, len(s.shown), s.rows(s.size.Height), k)
}
