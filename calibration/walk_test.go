package calibration_test

import (
	"fmt"
	"math/bits"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/rubric"
)

// scale makes a rubric of the given number of levels and bands a level, with two
// dimensions and two impact statements, an example and a dampener in each band.
func scale(t rapid.TB, levels, bands int) *rubric.Rubric {
	t.Helper()
	names := []string{"Low", "Mid", "High", "Top", "E", "F", "G", "H", "I"}
	dimensions := []string{"Individual", "Business Impact"}
	var all []rubric.Level
	for l := 1; l <= levels; l++ {
		level := rubric.Level{Number: l, Name: fmt.Sprintf("Level name %d", l)}
		for b := range bands {
			band := rubric.Band{Name: names[b], Dimensions: map[string]rubric.Content{}}
			for _, d := range dimensions {
				say := func(what string) string { return fmt.Sprintf("%s at %d %s, %s", what, l, names[b], d) }
				band.Dimensions[d] = rubric.Content{
					Impact: []string{say("first"), say("second")}, Examples: []string{say("example")}, Dampeners: []string{say("dampener")},
				}
			}
			level.Bands = append(level.Bands, band)
		}
		all = append(all, level)
	}
	r, err := rubric.New("Role", dimensions, all)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func position(t rapid.TB, r *rubric.Rubric, key string) rubric.Position {
	t.Helper()
	p, err := r.Position(key)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// judged gives verdicts in the order written: "3-mid above, 4-low below".
func judged(t rapid.TB, r *rubric.Rubric, verdicts string) calibration.Walk {
	t.Helper()
	w := calibration.NewWalk(r, "ada", "grace", "")
	for _, v := range strings.Split(verdicts, ", ") {
		if v == "" {
			continue
		}
		key, verdict, _ := strings.Cut(v, " ")
		w = w.GoTo(position(t, r, key)).Judge(r, calibration.Verdict(verdict))
	}
	return w
}

func TestWalkBandByBand(t *testing.T) {
	r := scale(t, 5, 3)
	w := calibration.NewWalk(r, "ada", "grace", "")
	steps := []struct {
		verdict calibration.Verdict
		at      string
	}{
		{calibration.Above, "1-mid"},
		{calibration.Above, "1-high"},
		{calibration.Above, "2-low"},
		{calibration.Below, "2-low"},  // the band below is judged already: stay
		{calibration.Below, "2-low"},  // again: taken back
		{calibration.Fits, "2-low"},   // fits stays
		{calibration.Above, "2-mid"},  // replaces fits
		{calibration.Above, "2-high"}, // and on
	}
	if got := w.At(r).Key; got != "1-low" {
		t.Fatalf("a walk begins at %s, not at 1-low", got)
	}
	for i, s := range steps {
		w = w.Judge(r, s.verdict)
		if got := w.At(r).Key; got != s.at {
			t.Fatalf("step %d, %s: at %s, want %s", i, s.verdict, got, s.at)
		}
	}
}

func TestBelowWalksDownIntoWhatIsNotJudged(t *testing.T) {
	r := scale(t, 5, 3)
	if got := judged(t, r, "3-mid below").At(r).Key; got != "3-low" {
		t.Errorf("below at 3-mid leads to %s, want 3-low", got)
	}
	if got := judged(t, r, "1-low below").At(r).Key; got != "1-low" {
		t.Errorf("below at the lowest leads to %s, want to stay", got)
	}
	if got := judged(t, r, "5-high above").At(r).Key; got != "5-high" {
		t.Errorf("above at the highest leads to %s, want to stay", got)
	}
}

// A bracket needs at most ⌊log₂ n⌋ + 1 stops, and ends at the person's position.
func TestBracketStops(t *testing.T) {
	for _, shape := range [][2]int{{5, 3}, {2, 1}, {20, 9}, {3, 3}, {6, 1}} {
		r := scale(t, shape[0], shape[1])
		n := len(r.Positions())
		for truth := 1; truth <= n; truth++ {
			w := calibration.NewWalk(r, "ada", "grace", "").SwitchRoute(r)
			stops := 0
			for done := false; !done; stops++ {
				if stops > n {
					t.Fatalf("%v, truth %d: the bracket does not end", shape, truth)
				}
				switch at := w.At(r).Ordinal; {
				case at < truth:
					w = w.Judge(r, calibration.Above)
				case at > truth:
					w = w.Judge(r, calibration.Below)
				default:
					w, done = w.Judge(r, calibration.Fits), true
				}
			}
			if most := bits.Len(uint(n)); stops > most {
				t.Errorf("%d positions, truth %d: %d stops, at most %d expected", n, truth, stops, most)
			}
			if s, ok := w.Suggest(r); !ok || s.Position.Ordinal != truth {
				t.Errorf("%d positions, truth %d: suggests %v", n, truth, s.Position.Key)
			}
		}
	}
}

func TestSuggestion(t *testing.T) {
	r := scale(t, 5, 3)
	tests := []struct {
		name, verdicts string
		seen, notSeen  []string
		want, reason   string // want "" for none
	}{
		{name: "nothing said"},
		{name: "ticks alone", seen: []string{"3-mid/individual/impact/1", "3-mid/individual/impact/2", "3-low/individual/impact/1"},
			want: "3-mid", reason: "most ticks seen at 3-mid"},
		{name: "ticks within a bound", verdicts: "4-low below", seen: []string{"3-mid/individual/impact/1"},
			want: "3-mid", reason: "most ticks seen at 3-mid; 4-low judged above the person"},
		{name: "ticks outside the bounds do not count", verdicts: "3-low above, 4-low below",
			seen: []string{"2-mid/individual/impact/1", "2-mid/individual/impact/2", "3-high/individual/impact/1"},
			want: "3-high", reason: "most ticks seen at 3-high; 3-low judged below the person; 4-low judged above the person"},
		{name: "not seen weighs against", seen: []string{"3-mid/individual/impact/1", "3-low/individual/impact/1"},
			notSeen: []string{"3-mid/individual/impact/2"}, want: "3-low", reason: "most ticks seen at 3-low"},
		{name: "of two equals the higher", seen: []string{"3-mid/individual/impact/1", "3-low/individual/impact/1"},
			want: "3-mid", reason: "most ticks seen at 3-mid"},
		{name: "fits decides", verdicts: "2-high fits", seen: []string{"3-mid/individual/impact/1"},
			want: "2-high", reason: "2-high judged to fit"},
		{name: "bounds alone leave one", verdicts: "3-low above, 3-high below",
			want: "3-mid", reason: "3-low judged below the person; 3-high judged above the person"},
		{name: "bounds alone leave several", verdicts: "3-low above, 4-low below"},
		{name: "between neighbours", verdicts: "3-low above, 3-mid below",
			want: "3-low", reason: "judged above 3-low and below 3-mid, with nothing between"},
		{name: "below all", verdicts: "1-low below", want: "1-low", reason: "judged below 1-low, the lowest there is"},
		{name: "above all", verdicts: "5-high above", want: "5-high", reason: "judged above 5-high, the highest there is"},
		{name: "contradiction", verdicts: "4-low above, 3-high below"},
		{name: "dampeners do not count", seen: []string{"3-mid/individual/dampeners/1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := judged(t, r, test.verdicts)
			for _, id := range test.seen {
				w = w.Toggle(id)
			}
			for _, id := range test.notSeen {
				w = w.Toggle(id).Toggle(id)
			}
			s, ok := w.Suggest(r)
			if ok != (test.want != "") || ok && (s.Position.Key != test.want || s.Reason != test.reason) {
				t.Errorf("suggests %v %q (%q), want %q (%q)", ok, s.Position.Key, s.Reason, test.want, test.reason)
			}
		})
	}
}

func TestContradictions(t *testing.T) {
	r := scale(t, 5, 3)
	tests := []struct {
		verdicts string
		want     []string
	}{
		{"3-mid above, 4-low below", nil},
		{"4-low above, 3-high below", []string{"above at 4-low, yet below at 3-high"}},
		{"4-low above, 3-high fits", []string{"above at 4-low, yet fits at 3-high"}},
		{"4-low fits, 3-high below", []string{"fits at 4-low, yet below at 3-high"}},
		{"3-mid fits, 3-high fits", nil},
		{"2-low below, 3-low above, 4-low above", []string{"above at 3-low, yet below at 2-low", "above at 4-low, yet below at 2-low"}},
	}
	for _, test := range tests {
		var got []string
		for _, c := range judged(t, r, test.verdicts).Contradictions(r) {
			got = append(got, c.Text)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.verdicts, diff)
		}
	}
}

func TestLevelsAndDimensions(t *testing.T) {
	r := scale(t, 5, 3)
	w := calibration.NewWalk(r, "ada", "grace", "").GoTo(position(t, r, "2-mid"))
	if got := w.StepLevel(r, 1).At(r).Key; got != "3-mid" {
		t.Errorf("a level up from 2-mid is %s", got)
	}
	if got := w.StepLevel(r, -2).At(r).Key; got != "2-mid" {
		t.Errorf("two levels down from 2-mid is %s, want to stay", got)
	}
	if got, ok := w.JumpLevel(r, 5); !ok || got.At(r).Key != "5-mid" {
		t.Errorf("level 5 is %s", got.At(r).Key)
	}
	if _, ok := w.JumpLevel(r, 9); ok {
		t.Error("there is no level 9")
	}
	other := w.StepDimension(r, 1)
	if other.Dimension != "Business Impact" || other.At(r).Key != "1-low" {
		t.Errorf("the other dimension is %s at %s, want its own place", other.Dimension, other.At(r).Key)
	}
	if back := other.StepDimension(r, 1); back.Dimension != "Individual" || back.At(r).Key != "2-mid" {
		t.Errorf("back at %s %s", back.Dimension, back.At(r).Key)
	}
}

func TestEvidence(t *testing.T) {
	r := scale(t, 5, 3)
	w := calibration.NewWalk(r, "ada", "grace", "").
		Toggle("3-mid/individual/dampeners/1").Note("3-mid/individual/dampeners/1", "new in role").
		Toggle("3-mid/individual/impact/2").
		Toggle("2-low/individual/examples/1").Toggle("2-low/individual/examples/1").
		Note("4-low/individual/impact/1", "a note without a tick")
	evidence, dampeners := w.Evidence(r)
	if diff := cmp.Diff([]calibration.Evidence{
		{Statement: "2-low/individual/examples/1", Seen: false},
		{Statement: "3-mid/individual/impact/2", Seen: true},
	}, evidence); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]calibration.Dampener{{Statement: "3-mid/individual/dampeners/1", Note: "new in role"}}, dampeners); diff != "" {
		t.Error(diff)
	}
}

// Whatever is done to a walk, an earlier value of it stays what it was, and undo
// goes back through every change.
func TestHistoryRemembers(t *testing.T) {
	r := scale(t, 3, 3)
	rapid.Check(t, func(t *rapid.T) {
		h := calibration.History{Now: calibration.NewWalk(r, "ada", "grace", "")}
		var past []string
		ids := r.AllStatements()
		for range rapid.IntRange(1, 40).Draw(t, "changes") {
			past = append(past, fmt.Sprintf("%#v", h.Now))
			id := ids[rapid.IntRange(0, len(ids)-1).Draw(t, "statement")].ID
			switch rapid.IntRange(0, 4).Draw(t, "change") {
			case 0:
				h = h.Do(h.Now.Toggle(id))
			case 1:
				h = h.Do(h.Now.Note(id, rapid.String().Draw(t, "note")))
			case 2:
				h = h.Do(h.Now.Judge(r, rapid.SampledFrom([]calibration.Verdict{calibration.Above, calibration.Fits, calibration.Below}).Draw(t, "verdict")))
			case 3:
				h = h.Do(h.Now.SwitchRoute(r))
			case 4:
				h = h.Do(h.Now.StepDimension(r, 1))
			}
		}
		for i := len(past) - 1; i >= 0; i-- {
			var ok bool
			if h, ok = h.Undo(); !ok {
				t.Fatalf("undo %d of %d: nothing to undo", len(past)-i, len(past))
			}
			if got := fmt.Sprintf("%#v", h.Now); got != past[i] {
				t.Fatalf("after undo:\n%s\nwant:\n%s", got, past[i])
			}
		}
		if _, ok := h.Undo(); ok {
			t.Fatal("undo went back past the beginning")
		}
	})
}

func TestCarryToAnotherRubric(t *testing.T) {
	from := scale(t, 3, 3)
	levels := scale(t, 3, 3).Levels
	low := levels[0].Bands[0].Dimensions["Individual"]
	low.Impact = []string{"a new statement", low.Impact[0]} // first moves to second place, second is gone
	levels[0].Bands[0].Dimensions["Individual"] = low
	to, err := rubric.New("Role", from.Dimensions, levels)
	if err != nil {
		t.Fatal(err)
	}
	w := calibration.NewWalk(from, "ada", "grace", "").
		Toggle("1-low/individual/impact/1").
		Toggle("1-low/individual/impact/2").Note("1-low/individual/impact/2", "seen in May").
		Write(calibration.Form{Rationale: "half"})
	carried, lost := w.Carry(from, to)
	if lost != 1 || carried.Rubric != to.Hash() {
		t.Errorf("lost %d, want 1", lost)
	}
	if got := carried.Tick("1-low/individual/impact/2").Sight; got != calibration.Seen {
		t.Errorf("the mark did not follow its statement: %q", got)
	}
	if want := "half\nseen in May (noted on: second at 1 Low, Individual)"; carried.Track().Form.Rationale != want {
		t.Errorf("rationale %q, want %q", carried.Track().Form.Rationale, want)
	}
	if w.Track().Form.Rationale != "half" {
		t.Error("the walk it came from was changed")
	}
}
