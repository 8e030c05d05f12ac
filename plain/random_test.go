package plain

import (
	"bytes"
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/internal/memorystore"
	"calibrate/rubric"
)

// oddRubric has what rubrics may have: levels without bands, sections left out, a
// dimension that is not described, other scripts, words without end.
func oddRubric(t testing.TB) *rubric.Rubric {
	t.Helper()
	r, err := rubric.New("役割 👩‍💻", []string{"个人", "Business Impact", "نتائج"}, []rubric.Level{
		{Number: 2, Name: "Erste", Bands: []rubric.Band{{Dimensions: map[string]rubric.Content{
			"个人": {Impact: []string{strings.Repeat("平台工程", 60), strings.Repeat("x", 300)}},
		}}}},
		{Number: 7, Name: strings.Repeat("long ", 20) + "name", Bands: []rubric.Band{
			{Name: "低", Dimensions: map[string]rubric.Content{"个人": {Dampeners: []string{"👨‍👩‍👧‍👦 " + strings.Repeat("é", 90)}}}},
			{Name: "B", Dimensions: map[string]rubric.Content{"Business Impact": {ProgressionSignal: []string{"goes on - and on"}, Examples: []string{"one"}}}},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// script draws what a person, a script or a cat might type: mostly single lines, some
// of them in the order in which they lead somewhere.
func script(t *rapid.T) []string {
	var words []string
	for _, r := range everyRoom() {
		for _, c := range r.all() {
			words = append(words, c.names...)
		}
	}
	words = slices.DeleteFunc(words, func(w string) bool { return w == "quit" || w == "exit" || w == "q" })
	args := []string{"", "", "1", "2", "1,2", "all", "99", "3-mid", "2", "7", "7-b", "individual", "business impact", "low", "high",
		"platform", "-", ".", "yes", "Ada Lovelace", "0042", "seen 1", "1-2 text of a note"}
	one := func(g *rapid.Generator[string]) *rapid.Generator[[]string] {
		return rapid.Map(g, func(s string) []string { return []string{s} })
	}
	command := rapid.Custom(func(t *rapid.T) string {
		return strings.TrimSpace(rapid.SampledFrom(words).Draw(t, "word") + " " + rapid.SampledFrom(args).Draw(t, "argument"))
	})
	pieces := rapid.SliceOfN(rapid.OneOf(
		one(command), one(command), one(command),
		one(rapid.SampledFrom(args)),
		one(rapid.String()),
		one(rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })),
		rapid.SampledFrom([][]string{
			{"1"}, {"."}, {"people", "1"}, {"warmup", "2", "2", ""}, {"", "7-b", "7-b", "", ""}, {"save"}, {"place", "", "", "A reason.", ".", "save"}, {"place", "", "high", "Half a"}, {".", "rewrite", "Anew."},
			{"sessions", "1"}, {"sessions", "1", "1"}, {"sessions", "1", "3", "hand"}, {"hand 2", "", "3-mid", "place", "", "", "A vote.", ".", "save", ""},
			{"sessions", "1", "1", "decide", "3-mid", "1", "", "Decided.", ".", "save", ""}, {"reveal", "Somebody is ill."}, {"ready", "1", "In time."}, {"dissent Ada", "So it is."},
			{"u", "Write.", "Ada", "2026-04-01"}, {"new", "Autumn", "", "grace, alan", "60", "random", ""}, {"change", "", "", "", "", ""}, {"finalise", "yes"}, {"reopen", "Anew."},
			{"sessions"}, {"people", "compare"}, {"dimension 1", "reviewer 1,2", "everything"},
			{"add Grace", ".", ""}, {"back", "back", "2"}, {"seen 1", "not 2", "note 1 heard of it"},
		}),
	), 10, 50).Draw(t, "lines")
	return append(rapid.SampledFrom([][]string{{"1"}, {"1"}, nil}).Draw(t, "beginning"), slices.Concat(pieces...)...)
}

var (
	savedLine   = regexp.MustCompile(`(?m)^saved `)
	savedIDLine = regexp.MustCompile(`(?m)^Id (01J\d{23}):`)
	votedLine   = regexp.MustCompile(`(?m)^saved: `)
)

// Whatever is typed: the dialogue ends with the input, prints nothing that a terminal
// obeys, keeps to its width, and what it says is saved is in the store.
func TestAnythingMayBeTyped(t *testing.T) {
	rubrics := []*rubric.Rubric{builtIn(t), oddRubric(t)}
	rapid.Check(t, func(t *rapid.T) {
		m, r := memorystore.New("calibrate.db", fixedNow), rapid.SampledFrom(rubrics).Draw(t, "rubric")
		if r.Hash() == rubrics[0].Hash() && rapid.Bool().Draw(t, "in a session") {
			spring(m, r)
		} else {
			threePeople(m, r)
		}
		for range rapid.IntRange(1, 3).Draw(t, "runs") {
			lines := script(t)
			before := len(m.Held.Decisions)
			var out bytes.Buffer
			c := Config{Store: m, Rubric: r, Reviewer: "grace", Now: fixedNow, In: strings.NewReader(strings.Join(lines, "\n")), Out: &out}
			if err := Run(context.Background(), c); err != nil {
				t.Fatalf("%v\n%s", err, out.String())
			}
			checkPaper(t, out.String())
			told := savedIDLine.FindAllStringSubmatch(out.String(), -1)
			var open []calibration.Decision // what is said to be saved with all that it is
			votes := 0
			for _, made := range m.Held.Decisions[before:] {
				if made.Stage == calibration.Panel {
					votes++
				} else {
					open = append(open, made)
				}
			}
			n, voted := len(savedLine.FindAllString(out.String(), -1)), len(votedLine.FindAllString(out.String(), -1))
			if n != len(told) || len(open) != n || voted != votes {
				t.Fatalf("%d said to be saved, %d ids, %d in the store; %d votes of %d\n%s", n, len(told), len(open), voted, votes, out.String())
			}
			for i, id := range told {
				if got := open[i].ID; got != id[1] {
					t.Fatalf("%s is said to be saved, %s is", id[1], got)
				}
			}
			nothingBlindIsTold(t, m, r, out.String())
		}
	})
}

// nothingBlindIsTold fails if somebody's words about a person who is blind still were
// printed. Who changes the panel or reopens a session may make somebody blind again.
func nothingBlindIsTold(t rapid.TB, m *memorystore.Store, r *rubric.Rubric, out string) {
	t.Helper()
	if strings.Contains(out, "\nSaved: ") || strings.Contains(out, "Reopened.") {
		return
	}
	for _, s := range m.Held.Sessions {
		room, err := m.Room(s.ID, r)
		if err != nil {
			t.Fatal(err)
		}
		for _, made := range m.Held.Decisions {
			turn, ok := room.Turn(made.Person)
			if ok && turn.Blind && strings.HasPrefix(made.Rationale, "Secret reasons") && strings.Contains(out, made.Rationale) {
				t.Fatalf("%s is blind, and %q is told\n%s", turn.Person.Name, made.Rationale, out)
			}
		}
	}
}

// checkPaper fails if the output holds what a terminal obeys, or a line too wide. A
// line that repeats the input is as wide as that.
func checkPaper(t rapid.TB, out string) {
	t.Helper()
	if !utf8.ValidString(out) {
		t.Fatalf("the output is not UTF-8: %q", out)
	}
	for _, c := range out {
		if c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c)) {
			t.Fatalf("the output holds %q:\n%q", c, out)
		}
	}
	for _, l := range strings.Split(out, "\n") {
		if w := ansi.StringWidth(l); w > lineWidth && !strings.HasPrefix(l, "> ") {
			t.Fatalf("%d cells wide: %q", w, l)
		}
	}
}

// everyRoom is every room that there is, in each way in which it is open.
func everyRoom() []room {
	rooms := []room{peopleRoom(), savedRoom(), handingRoom(), warmupRoom(""), placedRoom(), openRoom(), sessionsRoom(), handOverRoom(), compareRoom()}
	for _, s := range []calibration.Sitting{{}, {Stage: calibration.Panel, Blind: true}, {Stage: calibration.Final}} {
		rooms = append(rooms, walkRoom(s), placeRoom(s), placedTogetherRoom(s))
	}
	for _, open := range []bool{true, false} {
		rooms = append(rooms, agendaRoom(open), blindRoom(open), turnRoom(open))
	}
	return rooms
}
