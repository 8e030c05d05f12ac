package cli_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"calibrate/cli"
	"calibrate/report"
)

// desk is one laptop: its folder, its clock, and what its commands printed.
type desk struct {
	t      *testing.T
	folder string
	rubric []byte
	calls  uint64
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	rubric, err := os.ReadFile("../rubric.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return &desk{t: t, folder: t.TempDir(), rubric: rubric}
}

// run runs a command with input and returns all that it wrote. On two desks the same
// commands meet the same clock and draw the same ids.
func (d *desk) run(input string, args ...string) (string, int) {
	d.t.Helper()
	d.calls++
	var seed [32]byte
	binary.LittleEndian.PutUint64(seed[:], d.calls)
	now := time.Date(2026, 3, 2, 14, 3, int(d.calls), 0, time.UTC)
	var out bytes.Buffer
	status := cli.Main(context.Background(), cli.Env{
		Stdin: strings.NewReader(input), Stdout: &out, Stderr: &out, Getenv: func(string) string { return "" },
		Now: func() time.Time { return now }, Entropy: rand.NewChaCha8(seed), LoginName: func() (string, error) { return "grace", nil },
		DataHome: d.folder, ConfigHome: d.folder, StateHome: d.folder, TempDir: d.folder, Rubric: d.rubric, Version: "v1.2.3",
	}, args)
	return strings.ReplaceAll(unpacked(d.t, out.String()), d.folder, "HOME"), status
}

// unpacked is what a workbook says, sheet by sheet, with what stands before it.
func unpacked(t *testing.T, out string) string {
	t.Helper()
	before, book, ok := strings.Cut(out, "PK\x03\x04")
	if !ok {
		return out
	}
	book = "PK\x03\x04" + book
	z, err := zip.NewReader(strings.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(z.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	for _, f := range z.File {
		sheet, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(sheet)
		if err != nil {
			t.Fatal(err)
		}
		before += f.Name + "\n" + string(text) + "\n"
	}
	return before
}

func (d *desk) must(args ...string) string {
	d.t.Helper()
	out, status := d.run("", args...)
	if status != 0 {
		d.t.Fatalf("calibrate %s: status %d\n%s", strings.Join(args, " "), status, out)
	}
	return out
}

var dimensions = []string{"individual", "business impact"}

// secret is what was thought of who is blind.
type secret struct{ position, confidence, words string }

// hold opens a session in which Ada is blind, of whom the secret was said, and Alan is
// decided. All that is said openly is said first, for each decision carries the hash of
// the one before it.
func (d *desk) hold(s secret) {
	d.must("people", "add", "--name", "Ada Lovelace", "--id", "0042", "--team", "Platform", "--manager", "Charles Babbage")
	d.must("people", "add", "--name", "Alan Turing", "--id", "0043", "--team", "Platform", "--manager", "Charles Babbage")
	d.must("session", "new", "Spring", "--all", "--minutes", "20", "--panel", "grace", "--panel", "edsger", "--panel", "Charles Babbage")
	for _, by := range [][]string{{"--stage", "panel", "--reviewer", "grace"}, {"--stage", "panel", "--reviewer", "edsger"}, {"--stage", "final"}} {
		for _, dimension := range dimensions {
			d.must(append([]string{"place", "--session", "Spring", "--person", "0043", "--dimension", dimension, "--at", "3-mid", "--rationale", "An open word."}, by...)...)
		}
	}
	d.say(s, "--reviewer", "Charles Babbage")
	d.say(s, "--session", "Spring", "--stage", "panel", "--reviewer", "grace")
	d.must("session", "note", "Spring", "--person", "0042", "--text", s.words)
}

// say places Ada as the secret has it.
func (d *desk) say(s secret, how ...string) {
	for _, dimension := range dimensions {
		evidence := strings.ReplaceAll(s.position+"/"+dimension+"/impact/1="+s.words, " impact", "-impact")
		d.must(append([]string{"place", "--person", "0042", "--dimension", dimension, "--at", s.position, "--rationale", s.words,
			"--confidence", s.confidence, "--evidence", evidence}, how...)...)
	}
}

// lookedAt are command lines that show what is in the file, by every way to it.
func (d *desk) lookedAt() map[string][]string {
	lines := map[string][]string{}
	add := func(input string, args ...string) {
		line := strings.Join(args, " ")
		if input != "" {
			line += fmt.Sprintf(" <<%q", input)
		}
		lines[line] = append([]string{input}, args...)
	}
	for _, args := range [][]string{
		{"log"}, {"log", "--person", "0042"}, {"log", "--session", "Spring"}, {"log", "--by", "grace"}, {"log", "--by", "Charles Babbage"},
		{"people", "list"}, {"doctor"}, {"session", "list"}, {"session", "show", "Spring"}, {"session", "sweep", "Spring"}, {"session", "airtime", "Spring"},
	} {
		add("", args...)
		add("", append(args, "--format", "json")...)
	}
	for _, view := range []string{"spread", "shift", "distribution", "agreement", "reviewers", "contested", "cells", "past"} {
		for _, format := range []string{"text", "json", "csv", "markdown", "html"} {
			add("", "compare", view, "--session", "Spring", "--format", format)
			add("", "compare", view, "--format", format)
		}
	}
	for _, format := range []string{"text", "json", "csv", "markdown", "html", "xlsx"} {
		for _, who := range []string{"facilitator", "hr"} {
			add("", "report", "--for", who, "--format", format, "-o", "-")
		}
	}
	add("", "report", "--for", "manager", "--manager", "Charles Babbage")
	add("", "report", "--for", "person", "--person", "0042")
	add("Ada Lovelace\n\n", "--plain", "--reviewer", "edsger", "--session", "Spring")
	add("Ada Lovelace\n\n", "--plain", "--reviewer", "edsger")
	for i, input := range lineByLine() {
		add(input, "--plain", "--reviewer", []string{"barbara", "edsger", "grace", "Charles Babbage"}[i%4])
	}
	add("", "place", "--session", "Spring", "--stage", "final", "--person", "0042", "--dimension", "individual", "--at", "1-low", "--rationale", "r")
	add("", "session", "finalise", "Spring", "--yes")
	add("", "session", "change", "Spring", "--remove", "0042")
	return lines
}

// lineByLine are dialogues that look into the session and compare, and in which the laptop
// is handed to everybody who votes; they place nobody.
func lineByLine() []string {
	session := "sessions 1\nmore\n"
	ada := session + "Ada Lovelace\nhelp\nshow\ndecisions\nreasons\ndiscuss\ndimension\nmore\n"
	hand := "\nband\nruler\nneighbours\ndecisions\n3-mid\nsearch platform\nplace\nback\nundo\nback\nmore\n"
	compare := "more\n1\nmore\n2\nmore\n"
	for _, view := range report.Views() {
		compare += view.Name + "\nmore\n1\nmore\nsession 1\nmore\nperson Ada Lovelace\nmore\n1\nmore\nreviewer 1\nmore\neverything\n"
	}
	return []string{
		ada + "next\nshow\nmore\nreasons\nprevious\nback\nover\nmore\nairtime\nmore\nfinalise\nback\nchange\nback\nlist\nmore\n",
		ada + "hand grace\n" + hand + "hand edsger\n" + hand + "1\nback\n2\nanew\nback\nback\nback\nback\nlist\nfind ada\ndecisions 1\n1\nruler\nband\nback\n",
		session + "compare\n" + compare + "back\nover\nmore\n",
		"compare\n" + compare + "between 2\nbetween 3\nbetween 4\nby 3\nby 4\npositions\nmore\n",
	}
}

// elsewhere are commands that show nothing of decisions, or hand the file over to
// whoever keeps it: what they must keep to themselves is tested where they are.
var elsewhere = []string{
	"demo", "warmup", "agreement", "rubric", "config", "man", "backup", "export", "import", "purge", "people add", "people import",
	"session new", "session recuse", "session reveal", "session note", "session dissent", "session follow-up", "session readiness", "session reopen",
}

// What every command prints while somebody is blind does not depend on what was said of
// them: on two desks it is the same to the byte, although everything was said that is
// different.
func TestNoCommandTellsOfWhoIsBlind(t *testing.T) {
	one, other := newDesk(t), newDesk(t)
	secrets := []secret{{"5-high", "high", "Walks on water."}, {"1-low", "low", "Sleeps at noon."}}
	one.hold(secrets[0])
	other.hold(secrets[1])
	lines := one.lookedAt()
	for _, line := range slices.Sorted(maps.Keys(lines)) {
		input, args := lines[line][0], lines[line][1:]
		a, statusA := one.run(input, args...)
		b, statusB := other.run(input, args...)
		if a != b || statusA != statusB {
			t.Errorf("calibrate %s tells what was said of who is blind:\n%s\n\nand on the other desk\n%s", line, a, b)
		}
		for _, s := range secrets {
			if strings.Contains(a, s.words) {
				t.Errorf("calibrate %s prints %q", line, s.words)
			}
		}
	}

	// With the last vote all is told, so the commands above would have had it to tell.
	one.say(secret{"5-high", "high", "Walks on water."}, "--session", "Spring", "--stage", "panel", "--reviewer", "edsger")
	for _, line := range []string{"log", "log --format json", "log --session Spring", "session show Spring", "report --for facilitator --format html -o -"} {
		if out := one.must(lines[line][1:]...); !strings.Contains(out, secrets[0].words) {
			t.Errorf("calibrate %s does not tell what is no secret any more:\n%s", line, out)
		}
	}
	for _, line := range []string{"people list", "compare spread --session Spring --format text", "report --for hr --format csv -o -", "session show Spring --format json"} {
		if out := one.must(lines[line][1:]...); !strings.Contains(out, secrets[0].position) {
			t.Errorf("calibrate %s does not tell the position:\n%s", line, out)
		}
	}
}

// A command that is new is looked at above, or somebody has thought of why not.
func TestEveryCommandIsLookedAt(t *testing.T) {
	d := newDesk(t)
	var looked []string
	for line := range d.lookedAt() {
		looked = append(looked, line)
	}
	for _, command := range commands(d, "") {
		isIn := func(list []string) bool {
			return slices.ContainsFunc(list, func(known string) bool { return command == known || strings.HasPrefix(command+" ", known+" ") })
		}
		begun := slices.ContainsFunc(looked, func(line string) bool { return strings.HasPrefix(line+" ", command+" ") })
		if !begun && !isIn(elsewhere) {
			t.Errorf("nobody looks at what “calibrate %s” shows of who is blind", command)
		}
	}
}

// commands lists the commands below one, as its help does.
func commands(d *desk, below string) (all []string) {
	help := d.must(append(strings.Fields(below), "--help")...)
	_, rest, ok := strings.Cut(help, "Available Commands:\n")
	if !ok {
		return nil
	}
	rest, _, _ = strings.Cut(rest, "\n\n")
	for _, line := range regexp.MustCompile(`(?m)^  (\S+)`).FindAllStringSubmatch(rest, -1) {
		name := strings.TrimSpace(below + " " + line[1])
		if below == "" && (line[1] == "completion" || line[1] == "help") { // cobra's own
			continue
		}
		if inner := commands(d, name); inner != nil {
			all = append(all, inner...)
		} else {
			all = append(all, name)
		}
	}
	return all
}
