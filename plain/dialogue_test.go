package plain

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"calibrate/internal/memorystore"
	"calibrate/rubric"
)

var update = flag.Bool("update", false, "write the transcripts anew")

func fixedNow() time.Time { return time.Date(2026, 3, 2, 14, 3, 5, 0, time.UTC) }

func builtIn(t testing.TB) *rubric.Rubric {
	t.Helper()
	data, err := os.ReadFile("../rubric.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r, err := rubric.Parse("rubric.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestDialogues holds what is printed to the transcripts in testdata. A transcript is
// at once what is typed, the lines behind a prompt, and what is answered; -update
// writes the answers anew. Lines that begin with “===” are what happens to the
// program from outside.
func TestDialogues(t *testing.T) {
	tests := []struct {
		name    string
		session string
		setup   func(*memorystore.Store, *rubric.Rubric)
	}{
		{name: "newcomer"},
		{name: "walk", setup: threePeople},
		{name: "marks", setup: threePeople},
		{name: "mistakes", setup: threePeople},
		{name: "search", setup: threePeople},
		{name: "place", setup: threePeople},
		{name: "leaving", setup: threePeople},
		{name: "people", setup: manyPeople},
		{name: "earlier", session: "s-open", setup: pastSessions},
		{name: "hostile", session: "s\x1b[2J", setup: hostile},
		{name: "fulldisk", setup: threePeople},
		{name: "carried", setup: begunUnderAnother},
		{name: "warmup", setup: threePeople},
		{name: "session", setup: spring},
		{name: "vote", setup: spring},
		{name: "decide", setup: spring},
		{name: "finalise", setup: spring},
		{name: "roles", setup: twoRoles},
		{name: "newsession", setup: threePeople},
		{name: "recordfails", setup: spring},
		{name: "compare", setup: spring},
		{name: "nothingtocompare", setup: threePeople},
		{name: "aliases", setup: spring},
		{name: "cover", setup: spring},
		{name: "addtoagenda", setup: emptyAgenda},
	}
	known := map[string]bool{}
	for _, test := range tests {
		known[test.name+".txt"] = true
		t.Run(test.name, func(t *testing.T) {
			store, r := memorystore.New("calibrate.db", fixedNow), builtIn(t)
			if test.setup != nil {
				test.setup(store, r)
			}
			compareTranscript(t, test.name, func(typed []step) string {
				return hold(t, store, Config{Store: store, Rubric: r, Reviewer: "grace", Session: test.session, Now: fixedNow}, typed)
			})
		})
	}
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !known[filepath.Base(f)] {
			t.Errorf("no test reads %s", f)
		}
	}
}

// step is a line that is typed, or, with a directive, something that happens while
// the program waits for one.
type step struct{ line, directive string }

const (
	startedAgain = "=== started again"
	diskFull     = "=== the disk is full"
	diskFree     = "=== the disk has room again"
	interrupted  = "=== a signal"
	endOfInput   = "(end of input)"
	wasStopped   = "(interrupted)"
)

func compareTranscript(t *testing.T, name string, play func([]step) string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, run := range strings.Split(string(data), startedAgain+"\n") {
		var steps []step
		for _, l := range strings.Split(run, "\n") {
			line, typed := strings.CutPrefix(l, "> ")
			switch {
			case typed && line != endOfInput && line != wasStopped:
				steps = append(steps, step{line: raw.Replace(line)})
			case strings.HasPrefix(l, "=== ") && !strings.HasPrefix(l, errorMark):
				steps = append(steps, step{directive: l})
			}
		}
		got = append(got, play(steps))
	}
	answer := strings.Join(got, startedAgain+"\n")
	if *update {
		if err := os.WriteFile(path, []byte(answer), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(strings.Split(string(data), "\n"), strings.Split(answer, "\n")); diff != "" {
		t.Errorf("%s has changed (go test ./plain -update accepts it):\n%s", path, diff)
	}
}

// raw turns what a transcript shows back into what was typed.
var raw = strings.NewReplacer("␛", "\x1b", "␇", "\a")

const errorMark = "=== the error: "
