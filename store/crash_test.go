package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"calibrate/calibration"
)

// A child saves as fast as it can and says what was saved, until it is killed. All
// that it said is there afterwards, and nothing by halves.
func TestKilledProcessLosesNothing(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows knows no SIGKILL")
	}
	if path := childFile(); path != "" {
		saveForever(t, path)
		return
	}
	path := filepath.Join(t.TempDir(), "calibrate.db")
	saved := 0
	for kill := range 20 {
		c := startChild(t, path)
		first, more := c.line()
		if !more {
			t.Fatalf("the child could not save: %s", c.stderr.String())
		}
		time.AfterFunc(rand.N(60*time.Millisecond), c.kill)
		lines, err := c.finish()
		if err == nil {
			t.Fatal("the child ended by itself")
		}
		lines = append([]string{first}, lines...)
		saved += len(lines)
		wantSaved(t, path, lines)
		if t.Failed() {
			t.Fatalf("after kill %d, when the child had said:\n%s", kill, strings.Join(lines, "\n"))
		}
	}
	t.Logf("%d changes were saved", saved)
}

// saveForever makes each kind of change in turn. What belongs together carries the id
// of the decision before it.
func saveForever(t *testing.T, path string) {
	s, r := openTest(t, path, Options{Now: time.Now}), testRubric(t, "well")
	other := openTest(t, fmt.Sprint(path, " of another, ", os.Getpid()), Options{Now: time.Now})
	other.db.NoSync = true
	for i := 0; ; i++ {
		d := mustPlace(t, s, decision(fmt.Sprint("person ", i%5), "grace"), r)
		fmt.Println("decision", d.ID)

		var team []calibration.Person
		for range 3 {
			team = append(team, calibration.Person{Name: "Ada", Team: d.ID})
		}
		must[[]calibration.Person](t)(s.PutPeople(team...))
		fmt.Println("people", d.ID)

		for range 3 {
			mustPlace(t, other, decision("merged "+d.ID, "alan"), r)
		}
		batch := must[Batch](t)(other.Export(&Wanted{Decision: func(o calibration.Decision) bool { return o.Person == "merged "+d.ID }}))
		must[Merged](t)(s.Merge(batch))
		fmt.Println("batch", d.ID)

		w := calibration.NewWalk(r, "ada", "grace", "").Write(calibration.Form{Rationale: d.ID})
		if err := s.SaveWalk(w, r); err != nil {
			t.Fatal(err)
		}
		fmt.Println("walk", d.ID)
	}
}

func wantSaved(t *testing.T, path string, lines []string) {
	t.Helper()
	s := openTest(t, path, Options{Now: time.Now})
	defer s.Close()
	wantClean(t, s)
	teams := map[string]int{}
	for _, p := range must[[]calibration.Person](t)(s.People()) {
		teams[p.Team]++
	}
	batches := map[string]int{}
	if err := s.Decisions(func(d calibration.Decision) error {
		batches[d.Person]++
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for id, n := range teams {
		if n != 3 {
			t.Errorf("of the 3 people added with %s there are %d", id, n)
		}
	}
	for person, n := range batches {
		if strings.HasPrefix(person, "merged ") && n != 3 {
			t.Errorf("of the 3 decisions on %s there are %d", person, n)
		}
	}
	w, _, err := s.Walk("ada", "grace", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		what, id, _ := strings.Cut(line, " ")
		there := false
		switch what {
		case "decision":
			_, err := s.Decision(id)
			there = err == nil
		case "people":
			there = teams[id] == 3
		case "batch":
			there = batches["merged "+id] == 3
		case "walk":
			there = w.Track().Form.Rationale >= id // a later one is in its place
		}
		if !there {
			t.Errorf("it said %q, and that is not there", line)
		}
	}
}

// A file that is being made when the process is killed is there whole or not at all.
func TestKilledWhileMakingAFile(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows knows no SIGKILL")
	}
	if folder := childFile(); folder != "" {
		fmt.Println("ready")
		for i := 0; ; i++ {
			openTest(t, filepath.Join(folder, fmt.Sprint(i, ".db")), Options{Now: time.Now}).Close()
		}
	}
	for range 5 {
		folder := t.TempDir()
		c := startChild(t, folder)
		c.line()
		time.AfterFunc(rand.N(40*time.Millisecond), c.kill)
		c.finish()
		for _, entry := range must[[]os.DirEntry](t)(os.ReadDir(folder)) {
			if strings.HasSuffix(entry.Name(), ".db") {
				openTest(t, filepath.Join(folder, entry.Name()), Options{Now: time.Now}).Close()
			}
		}
	}
}

// Several processes that open the file, save and let go again wait for each other. None
// loses anything, also while the file is only being made.
func TestProcessesTakeTurns(t *testing.T) {
	t.Parallel()
	if path := childFile(); path != "" {
		for i := range 5 {
			s := openTest(t, path, Options{Now: time.Now, Timeout: 20 * time.Second})
			d := mustPlace(t, s, decision(fmt.Sprint("person ", i), fmt.Sprint("reviewer ", os.Getpid())), testRubric(t, "well"))
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			fmt.Println("decision", d.ID)
		}
		return
	}
	path := filepath.Join(t.TempDir(), "calibrate.db")
	var children []*child
	for range 4 {
		children = append(children, startChild(t, path))
	}
	var all []string
	for _, c := range children {
		lines, err := c.finish()
		if err != nil {
			t.Fatalf("%v: %s\n%s", err, lines, c.stderr.String())
		}
		all = append(all, slices.DeleteFunc(lines, func(line string) bool { return !strings.HasPrefix(line, "decision ") })...)
	}
	if len(all) != 20 {
		t.Errorf("of 20 decisions %d were saved", len(all))
	}
	wantSaved(t, path, all)
}
