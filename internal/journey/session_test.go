package journey_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"calibrate/calibration"
	"calibrate/rubric"
	"calibrate/store"
)

// colleagues are twelve people in three teams, as the HR system exports them.
var colleagues = [][3]string{
	{"Ada", "Lovelace", "Platform"}, {"Alan", "Turing", "Platform"}, {"Donald", "Knuth", "Platform"}, {"Ken", "Thompson", "Platform"},
	{"Grace", "Hopper", "Compilers"}, {"Edsger", "Dijkstra", "Compilers"}, {"Barbara", "Liskov", "Compilers"}, {"Frances", "Allen", "Compilers"},
	{"Hedy", "Lamarr", "Radio"}, {"Annie", "Easley", "Radio"}, {"Radia", "Perlman", "Radio"}, {"Margaret", "Hamilton", "Radio"},
}

var managers = map[string]string{"Platform": "Charles Babbage", "Compilers": "Howard Aiken", "Radio": "George Antheil"}

func roster() string {
	var b strings.Builder
	b.WriteString("Employee ID,First Name,Last Name,Department,Manager Name\n")
	for i, c := range colleagues {
		fmt.Fprintf(&b, "%04d,%s,%s,%s,%s\n", i+1, c[0], c[1], c[2], managers[c[2]])
	}
	return b.String()
}

// secret is a rationale that nobody may see before its person is revealed.
func secret(person int, by string) string {
	return fmt.Sprintf("Secret%02d of %s.", person, strings.Fields(by)[0])
}

// draftAll is what a manager did at home: drafts of everybody, in a file of their own,
// exported as a packet.
func draftAll(t *testing.T, h house, by string, level int, lock ...string) (packet string) {
	t.Helper()
	name := strings.ToLower(strings.Fields(by)[1])
	file := filepath.Join(h.home, name+".db")
	h.mustRun("--db", file, "people", "import", filepath.Join(h.home, "roster.csv"))
	data, err := os.ReadFile("../../rubric.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r, err := rubric.Parse("rubric.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	var drafts []calibration.Decision
	for i := range colleagues {
		for _, dimension := range r.Dimensions {
			drafts = append(drafts, calibration.Decision{Person: fmt.Sprintf("%04d", i+1), Reviewer: by, Dimension: dimension, Stage: calibration.Draft,
				Position: r.At(level + i%3).Key, Confidence: calibration.Medium, Rationale: secret(i+1, by)})
		}
	}
	s, err := store.Open(file, store.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.PlaceAll(r, drafts...); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	packet = filepath.Join(h.home, name+".calib")
	h.mustRun(append([]string{"--db", file, "--reviewer", by, "export", "--to", packet, "--mine"}, lock...)...)
	return packet
}

// seance is a facilitator at the projector: tmux, and every byte that it was sent.
type seance struct {
	tmux
	h     house
	bytes string // the file of them
}

func (s seance) drawn() string {
	s.t.Helper()
	all, err := os.ReadFile(s.bytes)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(all)
}

// step presses keys one after the other, each when the text before it has come.
func (s seance) step(key, then string) {
	s.t.Helper()
	s.Press(key)
	s.WaitFor(then)
}

// vote walks through both dimensions for whoever has the laptop.
func (s seance) vote(by, level string) {
	s.t.Helper()
	s.WaitFor("The laptop is for " + by + " now")
	for _, dimension := range []string{"Individual", "Business Impact"} {
		s.Press("enter")
		s.WaitFor("[" + dimension)
		s.Press(level)
		s.WaitFor("above")
		s.Press("enter")
		s.WaitFor("Rationale")
		s.Type("Secretvote.")
		s.WaitFor("Secretvote.")
		s.Press("ctrl+s")
		s.WaitFor(dimension + " is placed, " + by)
	}
	s.Press("enter")
}

// decide makes both final decisions of the person who is shown.
func (s seance) decide() {
	s.t.Helper()
	for i, dimension := range []string{"Individual", "Business Impact"} {
		s.WaitFor("[" + dimension)
		s.Press("enter")
		s.WaitFor("Rationale")
		s.Type("Agreed in the room.")
		s.WaitFor("Agreed in the room.")
		s.Press("tab")
		if s.WaitFor("Rationale").Contains("Change") {
			for !s.WaitFor("Change").Contains("‹ new evidence ›") {
				if s.WaitFor("Change").Contains("‹ choose why") {
					s.step("right", "‹ new evidence ›")
					break
				}
				s.Press("tab")
				time.Sleep(50 * time.Millisecond)
			}
		}
		s.Press("ctrl+s")
		s.WaitFor("saved ")
		s.Press("enter")
		s.WaitFor([]string{"[Business Impact", "● "}[i])
	}
}

// TestSessionFromRosterToRecord is a facilitator's afternoon: the roster, two packets
// of drafts of which one is locked, a session with three on the panel, a warm-up, blind
// votes on one laptop, an early reveal, twelve people decided, and the session locked.
func TestSessionFromRosterToRecord(t *testing.T) {
	if _, err := exec.LookPath("tmux"); err != nil {
		if os.Getenv("CALIBRATE_CI") != "" {
			t.Fatal("tmux is missing; here it must be there")
		}
		t.Skip("skipped: tmux is not installed")
	}
	h := newHouse(t)
	write := func(name, text string) string {
		path := filepath.Join(h.home, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("roster.csv", roster())
	key := write("key.txt", "correct horse battery staple\n")
	open := draftAll(t, h, "Charles Babbage", 7)
	locked := draftAll(t, h, "Howard Aiken", 8, "--passphrase-file", key)
	h.mustRun("people", "import", filepath.Join(h.home, "roster.csv"))
	h.mustRun("import", open, locked, "--passphrase-file", key)

	s := seance{tmux: newTmux(t, h), h: h, bytes: filepath.Join(h.home, "drawn")}
	s.run("pipe-pane", "-o", "cat >> "+s.bytes)
	s.enter(h.binary + " --reviewer Mary")
	s.WaitFor("12 people")
	openSession(s)
	warmUp(s)

	forbidden := func(from int) {
		t.Helper()
		seen := s.drawn()
		for i := from; i <= len(colleagues); i++ {
			if strings.Contains(seen, fmt.Sprintf("Secret%02d", i)) {
				t.Fatalf("what was thought of person %d was drawn while they were blind", i)
			}
		}
	}
	// Ada: her manager is recused, Howard's draft came in a packet, George votes here.
	s.step("enter", "Blind")
	forbidden(1)
	s.step("enter", "The laptop is for George Antheil now")
	s.vote("George Antheil", "3")
	s.WaitFor("first to speak")
	s.step("d", "│")
	s.step("esc", "[Individual")
	s.decide()
	// The others: George had to leave.
	for i := 2; i <= len(colleagues); i++ {
		s.Press("n")
		s.WaitFor(fmt.Sprintf("%d of 12", i))
		if s.WaitFor(fmt.Sprintf("%d of 12", i)).Contains("Blind") {
			forbidden(i)
			s.step("R", "Why")
			s.Type("George had to leave")
			s.step("enter", "[Individual")
		}
		s.decide()
	}
	s.step("esc", "12 of 12 decided")
	s.step("t", "Airtime")
	s.step("esc", "12 of 12 decided")
	s.step("o", "Look at again")
	s.step("esc", "12 of 12 decided")
	s.step("f", "Finalise")
	s.step("right", "yes, lock it")
	s.step("enter", "finalised")
	s.Press("q")
	nothingIsLeft(t, s.tmux)
	theRecord(t, h)
}

func openSession(s seance) {
	s.t.Helper()
	s.step("s", "There is no session yet")
	s.step("n", "New session")
	s.Type("Spring")
	s.Press("tab", "tab")
	s.Type("Charles Babbage, Howard Aiken, George Antheil")
	s.Press("tab")
	s.Type("120")
	s.WaitFor("120")
	s.step("enter", "12 people on the agenda, 12 recusals")
	s.step("enter", "blind, 1 of 2 placed")
}

// warmUp has the three on the panel place two examples each, and lays them open.
func warmUp(s seance) {
	s.t.Helper()
	s.step("w", "Nothing of it is recorded")
	s.WaitFor("Name 3")
	for !s.WaitFor("Examples").Contains("▸ Examples") {
		s.Press("tab")
		time.Sleep(50 * time.Millisecond)
	}
	s.Press("left", "left", "left", "left", "left", "left")
	s.WaitFor("‹ 2 ›")
	placeTwo(s, "Charles Babbage", "1", "5", "end my turn")
	placeTwo(s, "Howard Aiken", "2", "4", "end my turn")
	placeTwo(s, "George Antheil", "3", "3", "lay open")
	s.step("enter", "What tells it apart")
	s.step("enter", "example 2 of 2")
	s.step("enter", "How far off")
	s.step("esc", "Name 3")
	s.step("esc", "blind, 1 of 2 placed")
}

// nothingIsLeft looks at what the terminal still shows, and has scrolled by.
func nothingIsLeft(t *testing.T, term tmux) {
	t.Helper()
	term.WaitFor("shell:")
	left := term.run("capture-pane", "-p", "-S", "-") + term.run("display-message", "-p", "#{pane_title}#{window_name}")
	for _, c := range colleagues {
		if strings.Contains(left, c[0]) || strings.Contains(left, c[1]) {
			t.Errorf("after quitting the terminal still tells of %s %s:\n%s", c[0], c[1], left)
		}
	}
}

// theRecord is what a year later is asked for.
func theRecord(t *testing.T, h house) {
	t.Helper()
	finals, votes := 0, 0
	for _, d := range h.decisions() {
		switch d.Stage {
		case calibration.Final:
			finals++
			if d.Reviewer != "Mary" || d.Rationale != "Agreed in the room." {
				t.Errorf("a final decision is wrong: %+v", d)
			}
		case calibration.Panel:
			votes++
		}
	}
	if finals != 24 || votes != 2 {
		t.Errorf("on record are %d final decisions and %d votes", finals, votes)
	}
	_, refused, status := h.command("place", "--person", "0001", "--dimension", "individual", "--at", "3-mid", "--rationale", "Late.", "--session", "Spring")
	if status != 1 || !strings.Contains(refused, "finalised") {
		t.Errorf("a finalised session takes decisions: %s", refused)
	}
	if saved, err := filepath.Glob(filepath.Join(h.home, ".local/share/calibrate", "*finalised*.bak")); err != nil || len(saved) != 1 {
		t.Errorf("backups beside the file: %v, %v", saved, err)
	}
	h.mustRun("doctor")
}
