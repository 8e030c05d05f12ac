package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"calibrate/calibration"
	"calibrate/cli"
	"calibrate/internal/hostiletext"
	"calibrate/report"
	"calibrate/rubric"
	"calibrate/store"
)

var eachAlone = flag.Bool("each-alone", false, "feed every hostile text alone, which takes minutes, not several at once")

// Every command, fed with every hostile text in every place where text comes in, writes
// nothing that a terminal obeys or hides, to neither of its outputs.
func TestHostileTextReachesNoTerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	commands := commandsThatThereAre(t)
	t.Chdir(t.TempDir()) // some of the texts are the names of files
	texts := hostiletext.Together(calibration.MaxNameBytes - 10)
	if *eachAlone {
		texts = hostiletext.All()
	}
	for _, h := range texts {
		t.Run(h.Name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, h)
			w.fill(t, h)
			for _, format := range []string{"text", "json", "csv", "markdown", "html", "yaml"} {
				for _, args := range readingCommands(h.Text) {
					w.run(t, append(args, "--format", format), "")
				}
			}
			w.run(t, []string{"--plain"}, heldLineByLine(h.Text))
			for _, args := range commands {
				w.feed(t, args, h.Text)
			}
			w.files(t, h.Text)
		})
	}
}

// world is a folder in which the commands live.
type world struct {
	dir string
	env map[string]string
	db  string
}

func newWorld(t *testing.T, h hostiletext.Text) *world {
	dir := t.TempDir()
	return &world{dir: dir, db: filepath.Join(dir, "data.db"), env: map[string]string{}}
}

// main runs one command line as the program does.
func (w *world) main(stdin string, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	now := time.Date(2026, 3, 2, 14, 3, 5, 0, time.UTC)
	status = cli.Main(context.Background(), cli.Env{
		Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &errs, Getenv: func(name string) string { return w.env[name] },
		Now:       func() time.Time { now = now.Add(time.Second); return now },
		LoginName: func() (string, error) { return w.env["LOGIN"], nil },
		DataHome:  first(w.env["XDG_DATA_HOME"], w.dir), ConfigHome: first(w.env["XDG_CONFIG_HOME"], w.dir), StateHome: w.dir, TempDir: w.dir,
		OutIsTerminal: true, Rubric: rubric.Skeleton(), Version: "v1.2.3",
		OpenApp: func(context.Context, cli.App) error { return nil },
	}, args)
	return status, out.String(), errs.String()
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// run runs a command on the world's file and judges what it wrote.
func (w *world) run(t *testing.T, args []string, stdin string) (stdout string) {
	t.Helper()
	_, stdout, stderr := w.main(stdin, append([]string{"--db=" + w.db}, args...)...)
	judge(t, args, "standard output", stdout)
	judge(t, args, "standard error", stderr)
	if strings.Contains(stderr, "\ncalibrate: all is well") {
		t.Errorf("calibrate %.120q: a line break passes for a message: %q", args, stderr)
	}
	return stdout
}

func judge(t *testing.T, args []string, where, written string) {
	t.Helper()
	if wrong := hostiletext.OnTerminal(strings.ReplaceAll(written, "\r\n", "\n")); wrong != "" {
		t.Errorf("calibrate %.120q: %s: %s", args, where, wrong)
	}
}

// fill puts the text into everything that a data file holds, as a packet of somebody
// else's could.
func (w *world) fill(t *testing.T, h hostiletext.Text) {
	t.Helper()
	r := must(rubric.Parse("rubric.yaml", rubric.Skeleton()))(t)
	if h.Rubric {
		r = must(hostiletext.Rubric(h.Text))(t)
		w.env["CALIBRATE_RUBRIC"] = filepath.Join(w.dir, "rubric.yaml")
		check(t, os.WriteFile(w.env["CALIBRATE_RUBRIC"], r.YAML(), 0o600))
	}
	// No name can be other than text: bytes that are none come in as what stands for them.
	name := strings.ToValidUTF8(h.Text, "\uFFFD")
	id := strings.ReplaceAll(name, "\x00", "\x02")
	st := must(store.Open(w.db, store.Options{Now: time.Now}))(t)
	defer func() { check(t, st.Close()) }()
	must(st.PutPeople(
		calibration.Person{ID: id, Name: "1" + id, Email: id, Team: id, Manager: id, Role: id, Extra: map[string]string{name: name, "level": name}},
		calibration.Person{ID: "2", Name: id, Manager: "1" + id}, calibration.Person{ID: "3", Name: id}))(t)
	check(t, st.PutRubric(r))
	session := must(st.PutSession(calibration.Session{Name: name, Rubric: r.Hash(), People: []string{id, "2"}, Facilitator: name,
		Panel: []calibration.Panellist{{Reviewer: "p" + name, Person: "2"}, {Reviewer: "q" + name}}, Recusals: []calibration.Recusal{{Reviewer: "p" + name, Person: "2", Why: name}}}))(t)
	for _, e := range []calibration.Event{
		{Kind: calibration.Noted, Text: name}, {Kind: calibration.Dissent, Who: name, Text: name}, {Kind: calibration.FollowUp, Who: name, Text: name},
		{Kind: calibration.Reveal, Text: name}, {Kind: calibration.Readiness, Answer: calibration.Ready, Text: name},
	} {
		e.Session, e.Person, e.By = session.ID, id, name
		must(st.Record(e))(t)
	}
	for i, stage := range calibration.Stages() {
		for j, reviewer := range []string{"p" + name, "q" + name} {
			for k, dimension := range r.Dimensions {
				w.decide(t, st, r, calibration.Decision{Person: id, Reviewer: reviewer, Session: session.ID, Stage: stage, Dimension: dimension, Rationale: name}, i+j+k)
			}
		}
	}
	w.decide(t, st, r, calibration.Decision{Person: "2", Reviewer: name, Stage: calibration.Draft, Dimension: r.Dimensions[0], Rationale: name}, 0)
	must(st.Finalise(session.ID, name))(t)
	must(st.PutSession(calibration.Session{Name: "2" + name, Rubric: r.Hash(), People: []string{"2"}}))(t)
}

func (w *world) decide(t *testing.T, st *store.Store, r *rubric.Rubric, d calibration.Decision, n int) {
	t.Helper()
	at := r.Positions()[n%len(r.Positions())]
	d.Position, d.Confidence, d.Rubric = at.Key, calibration.Low, r.Hash()
	for _, s := range r.Statements(at, d.Dimension, rubric.Impact) {
		d.Evidence = append(d.Evidence, calibration.Evidence{Statement: s.ID, Seen: n%2 == 0, Note: d.Rationale})
	}
	for _, s := range r.Statements(at, d.Dimension, rubric.Dampeners) {
		d.Dampeners = append(d.Dampeners, calibration.Dampener{Statement: s.ID, Note: d.Rationale})
	}
	must(st.Place(d, r))(t)
}

// readingCommands write down what the file holds, in every way that there is.
func readingCommands(text string) [][]string {
	all := [][]string{
		{"people", "list"}, {"log"}, {"doctor"}, {"rubric", "show"}, {"backup"},
		{"report", "--resamples", "100"}, {"report", "--resamples", "100", "--session", strings.ToValidUTF8(text, "\uFFFD")},
		{"log", "--session=" + text}, {"log", "--by=" + text}, {"log", "--person=" + text}, {"log", "--person=2"},
		{"report", "--for", "hr"}, {"report", "--for", "manager", "--manager=" + text}, {"report", "--for", "person"}, {"report", "--for", "person", "--person", "2"},
		{"compare", "--guideline", "20,60,20"}, {"compare", "--group", "manager", "distribution"}, {"compare", "shift", "--from", text, "--to", "2" + text},
	}
	for _, view := range []string{"overview", "spread", "shift", "distribution", "agreement", "contested", "reviewers", "past"} {
		all = append(all, []string{"compare", view, "--resamples", "100"})
	}
	return all
}

// heldLineByLine goes through a finalised session and the comparison, opens the session
// again and puts the text on record in it, and makes one that is called so.
func heldLineByLine(text string) string {
	lines := []string{"sessions", "2", "1", "discuss", "reasons", "more", "dimension", "decisions", "more", "back", "over", "more", "airtime", "reopen " + text, "1",
		"note " + text, "ready", "1", text, "dissent " + text, text, "u " + text, text, "", "decide", "", "1", "", text, ".", "save", "back", "change", text, text, text, "", "", "back", "finalise", "yes", "people"}
	for _, view := range report.Views() {
		lines = append(lines, "compare "+view.Name, "more", "1", "more", "session 2", "reviewer 1", "person 1", "team 1", "manager 1", "everything", "write "+text, "people", "back")
	}
	return strings.Join(append(lines, "sessions", "new", "3"+text, text, text, "10", "random", "", "agenda", "1", "hand", "", "reveal "+text, "", "back", "finalise", "yes", "quit", "quit"), "\n")
}

// feed gives a command the text as arguments, as the value of each of its flags, and on
// standard input.
func (w *world) feed(t *testing.T, c leaf, text string) {
	t.Helper()
	args := func(more ...string) []string { return append(slices.Clone(c.words), more...) }
	w.run(t, args(), text+"\n"+text)
	w.run(t, args("--format", "json"), text)
	w.run(t, args("--", text), "")
	w.run(t, args("--", text, text), "")
	w.run(t, args("-"), text+"\n"+text)
	w.run(t, args("--"+text+"="+text), "")
	if c.words != nil && c.words[0] == "demo" {
		return // invents its people each time, and has the flags of the app
	}
	for _, flag := range c.flags {
		w.run(t, args("--"+flag+"="+text), text+"\n")
		w.run(t, args("--"+flag, "name="+text, "-"), text+"\n")
	}
}

// leaf is a command that does something.
type leaf struct {
	words, flags []string
}

var flagWord = regexp.MustCompile(`(?m)^ +(?:-\w, )?--([\w-]+)`)

// commandsThatThereAre asks the program's own help.
func commandsThatThereAre(t *testing.T) (found []leaf) {
	t.Helper()
	w := &world{dir: t.TempDir()}
	var look func(words []string)
	look = func(words []string) {
		_, help, _ := w.main("", append(slices.Clone(words), "--help")...)
		_, below, isGroup := strings.Cut(help, "Available Commands:\n")
		if isGroup {
			below, _, _ = strings.Cut(below, "\n\n")
			for _, line := range strings.Split(below, "\n") {
				if name := strings.Fields(line); len(name) > 0 {
					look(append(slices.Clone(words), name[0]))
				}
			}
		}
		l := leaf{words: words}
		for _, m := range flagWord.FindAllStringSubmatch(help, -1) {
			if m[1] != "help" && m[1] != "db" && m[1] != "output" {
				l.flags = append(l.flags, m[1])
			}
		}
		found = append(found, l)
	}
	look(nil)
	if len(found) < 15 {
		t.Fatalf("only %d commands were found", len(found))
	}
	return found
}

// files feeds the commands with files that hold the text, whose names are the text, and
// with the environment.
func (w *world) files(t *testing.T, text string) {
	t.Helper()
	write := func(name, content string) string {
		path := filepath.Join(w.dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			return path // no file can be called so; the error is what is looked at
		}
		return path
	}
	cell := `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	contents := []string{
		"id,name,team,email," + cell + "\n9," + cell + "," + cell + ",," + cell + "\n" + cell + "\nTotal " + text + "\n",
		"id;" + cell + "\n" + text + ";" + text + ";" + text + "\n", "sep=,\n" + text, "unit,rater,rating\n" + cell + "," + cell + "," + cell + "\n",
		"unit," + cell + "," + cell + "\n" + cell + ",1,2\n" + cell + ",1,2\n", cell + "," + cell + "\n1,2\n2,1\n",
		"Employee ID,Rating," + cell + "\n" + cell + ",,\n2,,\n", "name,Rating\n" + text + "," + text + "\n",
		"role: " + text + "\n" + text + ": 1\nlevels: [" + text + "]\n", "role: \"" + text + "\"\ndimensions: [" + text + ", \"" + text + "\"]\n",
		"Role: " + text + "\n" + text + "\nLevel 1: " + text + "\n" + text + "\nImpact\n- " + text + "\n" + text + "\nLevel 2\nExamples: " + text + "\n", text,
	}
	for i, content := range contents {
		w.file(t, write(fmt.Sprintf("file %d.csv", i), content), text)
	}
	name := strings.ReplaceAll("d-"+text, "/", "∕")
	w.file(t, write(name[:min(len(name), 240)]+".csv", contents[0]), text)
	for _, settings := range []string{"reviewer: " + text, text + ": b", "- " + text, text, "\"" + text + "\": b\n", "reviewer: [" + text + "]"} {
		check(t, os.MkdirAll(filepath.Join(w.dir, "calibrate"), 0o700))
		write("calibrate/config.yaml", settings+"\n")
		w.run(t, []string{"place", "--person=2", "--dimension=individual", "--at=1-low", "--rationale=x"}, "")
	}
	check(t, os.Remove(filepath.Join(w.dir, "calibrate/config.yaml")))
	for _, name := range []string{"CALIBRATE_DB", "CALIBRATE_RUBRIC", "CALIBRATE_REVIEWER", "LOGIN", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "COLORFGBG"} {
		before := w.env[name]
		w.env[name] = text
		for _, args := range [][]string{
			{"people", "list"}, {"place", "--person=2", "--dimension=individual", "--at=1-low", "--rationale=x"}, {"rubric", "show"}, {"--plain"}, {"--help"}, {"place", "--help"}, {"help", "place"},
			{"warmup", "--items=1", "--seed=1"}, {},
		} {
			_, stdout, stderr := w.main("1\n"+text+"\nquit\n", args...)
			judge(t, append([]string{name}, args...), "standard output", stdout)
			judge(t, append([]string{name}, args...), "standard error", stderr)
		}
		w.env[name] = before
	}
	for _, args := range [][]string{{"help", text}, {"help", "place", text}, {"__complete", text}, {"__complete", "place", text}, {"__completeNoDesc", "place", "--" + text}, {"completion", text}, {"completion", "bash", text}, {text, "--help"}, {"place", text, "--help"}} {
		w.run(t, args, "")
	}
}

// file feeds every command that reads or writes a file with one.
func (w *world) file(t *testing.T, path, text string) {
	t.Helper()
	for _, args := range [][]string{
		{"people", "import", path, "--dry-run"}, {"people", "import", path, "--dry-run", "--skip-bad", "--format=json"}, {"people", "import", path, "--map=name=" + text},
		{"agreement", path}, {"agreement", path, "--raters=rows", "--scale=" + text + ",b"}, {"agreement", path, "--format=json"},
		{"report", "--fill", path, "--map", "Rating=final." + text + ".level", "-o", path + "1"}, {"report", "--fill", path, "--map", text + "=final", "-o", path + "2"},
		{"report", "--fill", path, "--map", "Rating=final.individual.rationale", "--key=" + text, "-o", path + "3"}, {"report", "--fill", path},
		{"rubric", "check", path}, {"rubric", "check", path, "--format=json"}, {"rubric", "show", path}, {"rubric", "import", path}, {"rubric", "import", path, "--format=json"},
		{"--rubric=" + path, "people", "list"}, {"import", path}, {"place", "--person=2", "--dimension=" + text, "--at=1-low", "--rationale=x", "--rubric=" + path},
		{"report", "-o", path}, {"compare", "-o", path + ".html"}, {"backup", path}, {"backup", path + ".db"},
	} {
		w.run(t, args, "")
	}
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		check(t, err)
		return v
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// What is shown with placeholders is kept as it was: JSON hands it out whole.
func TestHostileTextIsKept(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	for _, h := range hostiletext.All() {
		w := newWorld(t, h)
		w.fill(t, h)
		var p calibration.Person
		decoder := json.NewDecoder(strings.NewReader(w.run(t, []string{"people", "list", "--format=json"}, "")))
		want := strings.ToValidUTF8(h.Text, "\uFFFD")
		for decoder.More() {
			check(t, decoder.Decode(&p))
			if p.ID != "2" && p.ID != "3" {
				break
			}
		}
		if p.Extra[want] != want {
			t.Errorf("%s: %+q came back as %+q", h.Name, want, p.Extra)
		}
		var d calibration.Decision
		check(t, json.NewDecoder(strings.NewReader(w.run(t, []string{"log", "--format=json"}, ""))).Decode(&d))
		if d.Rationale != want || d.Reviewer != "p"+want || d.Evidence[0].Note != want {
			t.Errorf("%s: %+q came back as %+v", h.Name, want, d)
		}
	}
}

// A line of 10 MB, in whatever is read, comes to a few words, soon. With the race
// detector it is shorter, for that takes ten times as long.
func TestLongLinesComeToFewWords(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	w := &world{dir: t.TempDir(), env: map[string]string{}}
	w.db = filepath.Join(w.dir, "data.db")
	_, _, _ = w.main("", "--db="+w.db, "people", "add", "--name=Ada", "--id=1")
	check(t, os.MkdirAll(filepath.Join(w.dir, "calibrate"), 0o700))
	for name, unit := range map[string]string{"escapes": "\x1b[2J", "joined": "👩\u200d", "commas": ","} {
		t.Run(name, func(t *testing.T) {
			text := strings.Repeat(unit, 10_000_000/slowdown/len(unit))
			path := filepath.Join(w.dir, name)
			for content, commands := range map[string][][]string{
				text: {{"people", "import", path}, {"agreement", path}, {"rubric", "check", path}, {"rubric", "import", path}, {"report", "--fill", path, "--map=name=final.delivery.level"},
					{"place", "--person=1", "--dimension=delivery", "--at=1-low", "--rationale=-"}, {"--plain"}},
				"id,name\n1," + text + "\n":             {{"people", "import", path, "--dry-run"}},
				"id," + text + "\n1,b\n":                {{"people", "import", path, "--dry-run"}, {"report", "--fill", path, "--map=name=final.delivery.level"}},
				"id,name\n" + text + ",\n":              {{"report", "--fill", path, "--map=name=final.delivery.level", "-o", path + ".filled"}},
				"unit,rater,rating\na," + text + ",1\n": {{"agreement", path}},
				"unit,rater,rating\na,b," + text + "\n": {{"agreement", path}, {"agreement", path, "--scale=a,b"}},
			} {
				check(t, os.WriteFile(path, []byte(content), 0o600))
				for _, args := range commands {
					began := time.Now()
					_, stdout, stderr := w.main(content, append([]string{"--db=" + w.db}, args...)...)
					judge(t, args, "standard output", stdout)
					judge(t, args, "standard error", stderr)
					if n := len(stdout) + len(stderr); n > 128<<10 {
						t.Errorf("%q, %.30q: %d bytes were written: %.200q", args, content, n, stderr)
					}
					if d := time.Since(began); d > 60*time.Second {
						t.Errorf("%q, %.30q: it took %v", args, content, d)
					}
				}
			}
			check(t, os.WriteFile(filepath.Join(w.dir, "calibrate/config.yaml"), []byte("reviewer: "+text), 0o600))
			if status, _, stderr := w.main("", "--db="+w.db, "place", "--person=1", "--dimension=delivery", "--at=1-low", "--rationale=x"); status != 1 || !strings.Contains(stderr, "more than 64 KiB") {
				t.Errorf("%d, %.300q", status, stderr)
			}
			check(t, os.Remove(filepath.Join(w.dir, "calibrate/config.yaml")))
		})
	}
}
