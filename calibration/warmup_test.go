package calibration

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/rubric"
)

func seniorRubric(t testing.TB) *rubric.Rubric {
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

// exampleRubric has one dimension and, in each of two levels of two bands, the examples
// given for it.
func exampleRubric(t testing.TB, examples ...[]string) *rubric.Rubric {
	t.Helper()
	var levels []rubric.Level
	for l, name := range []string{"Growing", "Leading"} {
		level := rubric.Level{Number: l + 1, Name: name}
		for b, band := range []string{"Low", "High"} {
			content := rubric.Content{Impact: []string{fmt.Sprintf("impact %c", 'a'+2*l+b)}}
			if i := 2*l + b; i < len(examples) {
				content.Examples = examples[i]
			}
			level.Bands = append(level.Bands, rubric.Band{Name: band, Dimensions: map[string]rubric.Content{"Craft": content}})
		}
		levels = append(levels, level)
	}
	r, err := rubric.New("Role", []string{"Craft"}, levels)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWarmupExamplesLeaveOutWhatGivesTheBandAway(t *testing.T) {
	r := exampleRubric(t,
		[]string{"Ships on time.", "Wrote the guide", "wrote the guide.", "Worked at level 1 for a year."},
		[]string{"ships  on time", "Was seen as 1-high by peers.", "Growing team of three.", "Leading a guild.", "growing fast"},
		[]string{"impact A.", "Reached level 10 of the game.", "A 1-highway crossing."},
		[]string{"Leading by example.", "Misleading: Leadings."})
	var got []string
	for _, s := range WarmupExamples(r, "") {
		got = append(got, s.Text)
	}
	want := []string{
		"Wrote the guide", "Leading a guild.", "growing fast", // of level Growing: another level's name is no answer
		"Reached level 10 of the game.", "A 1-highway crossing.", "Misleading: Leadings.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("examples (-want +got):\n%s", diff)
	}
	if all := WarmupExamples(seniorRubric(t), ""); len(all) < 40 {
		t.Errorf("only %d of the built-in rubric's 45 examples can be used", len(all))
	}
}

func TestWarmupExamplesInScriptsWithoutSpaces(t *testing.T) {
	r, err := rubric.New("角色", []string{"个人"}, []rubric.Level{
		{Number: 1, Name: "不合格", Bands: []rubric.Band{{Dimensions: map[string]rubric.Content{"个人": {Examples: []string{"他的工作不合格了。", "没有文档。"}}}}}},
		{Number: 2, Name: "卓越", Bands: []rubric.Band{{Dimensions: map[string]rubric.Content{"个人": {Examples: []string{"他带领团队。"}}}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if all := WarmupExamples(r, ""); len(all) != 2 || all[0].Text != "没有文档。" {
		t.Errorf("examples: %+v", all)
	}
}

// The spread is even whatever is asked for: no position is taken twice while another
// that could be is not taken, and the same of levels.
func TestWarmupDrawIsSpreadAndRepeatable(t *testing.T) {
	r := seniorRubric(t)
	rapid.Check(t, func(t *rapid.T) {
		d := WarmupDraw{
			Items: rapid.IntRange(1, 20).Draw(t, "items"), Seed: rapid.Uint64().Draw(t, "seed"),
			Dimension: rapid.SampledFrom([]string{"", "Individual", "Business Impact"}).Draw(t, "dimension"),
		}
		pool := WarmupExamples(r, d.Dimension)
		d.Items = min(d.Items, len(pool))
		drawn, err := d.From(r)
		if err != nil {
			t.Fatal(err)
		}
		again, err := d.From(r)
		if diff := cmp.Diff(drawn, again); err != nil || diff != "" {
			t.Fatalf("the same seed draws another warm-up: %v\n%s", err, diff)
		}
		positions, levels, dimensions, ids := map[int]int{}, map[int]int{}, map[string]int{}, map[string]bool{}
		for _, s := range drawn {
			positions[s.Position.Ordinal]++
			levels[s.Position.Level]++
			dimensions[s.Dimension]++
			ids[s.ID] = true
			if s.Section != rubric.Examples || d.Dimension != "" && s.Dimension != d.Dimension {
				t.Fatalf("drew %s", s.ID)
			}
		}
		if len(ids) != d.Items {
			t.Fatalf("%d items, %d different ones", d.Items, len(ids))
		}
		if n := len(drawn); n <= 15 && len(positions) != n || n >= 5 && n <= 15 && (len(levels) != 5 || levels[1] > (n+4)/5) {
			t.Fatalf("%d items on positions %v, levels %v", n, positions, levels)
		}
		if n := len(drawn); d.Dimension == "" && n >= 4 && len(dimensions) != 2 {
			t.Fatalf("%d items, dimensions %v", n, dimensions)
		}
	})
}

func TestWarmupDrawSaysWhatCannotBeDrawn(t *testing.T) {
	r := exampleRubric(t, []string{"one"}, []string{"two"})
	for d, want := range map[WarmupDraw]string{
		{Items: 3}:             "has 2 examples that can be used, not 3",
		{Items: -1}:            "is none",
		{Dimension: "Nothing"}: "no example of Nothing",
	} {
		if _, err := d.From(r); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", d, err, want)
		}
	}
	if drawn, err := (WarmupDraw{}).From(r); err != nil || len(drawn) != 2 {
		t.Errorf("without a number: %d, %v", len(drawn), err)
	}
}

func TestWarmupNeedsPeopleWhoCanBeToldApart(t *testing.T) {
	r := exampleRubric(t, []string{"one"})
	items := WarmupExamples(r, "")
	for _, names := range [][]string{nil, {""}, {"Ada", " "}, {"Ada", " ada "}, {strings.Repeat("x", MaxNameBytes+1)}, make([]string, MaxParticipants+1)} {
		if _, err := NewWarmup(r, items, names...); err == nil {
			t.Errorf("%q can take part", names)
		}
	}
	if _, err := NewWarmup(r, nil, "Ada"); err == nil {
		t.Error("a warm-up of nothing can begin")
	}
}

// played is a warm-up on the items of a rubric of 4 positions, with everybody's ordinals
// given per item.
func played(t testing.TB, r *rubric.Rubric, names []string, guesses ...[]int) Warmup {
	t.Helper()
	w, err := NewWarmup(r, WarmupExamples(r, ""), names...)
	if err != nil {
		t.Fatal(err)
	}
	for p, own := range guesses {
		for i, ordinal := range own {
			w = w.Place(p, i, r.At(ordinal))
		}
	}
	return w
}

func TestWarmupIsNotScoredBeforeEverybodyHasPlacedAll(t *testing.T) {
	r := exampleRubric(t, []string{"one"}, []string{"two"})
	w := played(t, r, []string{"Ada", "Grace"}, []int{1, 2}, []int{1})
	if _, err := w.Score(); err == nil || !strings.Contains(err.Error(), "Grace has placed 1 of 2") {
		t.Errorf("scored: %v", err)
	}
	if next, ok := w.Unplaced(1, 0); next != 1 || !ok {
		t.Errorf("next is %d, %v", next, ok)
	}
	full := w.Place(1, 1, r.At(4))
	if _, err := full.Score(); err != nil {
		t.Error(err)
	}
	if _, placed := w.Guess(1, 1); placed {
		t.Error("placing changed the value it was called on")
	}
	if _, ok := full.Unplaced(1, 1); ok {
		t.Error("something is left to place")
	}
}

// The figures by hand: own 1 2 3 4. Ada 1 2 3 4; Grace 2 3 4 4, so 3 of 4 too high by
// one; Li 1 1 1 1, so 0 + 1 + 2 + 3 too low.
func TestWarmupFiguresByHand(t *testing.T) {
	r := exampleRubric(t, []string{"one"}, []string{"two"}, []string{"three"}, []string{"four"})
	s, err := played(t, r, []string{"Ada", "Grace", "Li"}, []int{1, 2, 3, 4}, []int{2, 3, 4, 4}, []int{1, 1, 1, 1}).Score()
	if err != nil {
		t.Fatal(err)
	}
	// κ_w = 1 − n Σ d² / Σ rows·columns·d². Grace: n Σ d² = 4·3, and over her margins
	// (1 at 2, 1 at 3, 2 at 4) against 1 each: (1+0+1+4) + (4+1+0+1) + 2·(9+4+1+0) = 40.
	// Li: 4·(1+4+9) / 4·(0+1+4+9) = 1.
	for i, want := range []struct {
		off, tendency float64
		exact         int
		kappa, words  string
	}{
		{0, 0, 4, "1.000", "0.0 positions off on average; neither strict nor lenient; 4 of 4 exact"},
		{0.75, 0.75, 1, "0.700", "0.8 positions off on average; lenient, 0.8 too high on average; 1 of 4 exact"},
		{1.5, -1.5, 1, "0.000", "1.5 positions off on average; strict, 1.5 too low on average; 1 of 4 exact"},
	} {
		got := s.Participants[i]
		if got.MeanOff != want.off || got.Tendency != want.tendency || got.Exact != want.exact || got.Kappa.String() != want.kappa || got.Words != want.words {
			t.Errorf("%s: %+v, kappa %s, want %+v", got.Participant, got, got.Kappa, want)
		}
	}
	if got := s.All; got.Guesses != 12 || got.MeanOff != 0.75 || got.Tendency != -0.25 || got.Percent != 50 {
		t.Errorf("all: %+v", got)
	}
	var words []string
	for _, g := range s.Items[2].Guesses {
		words = append(words, g.Words)
	}
	if diff := cmp.Diff([]string{"exact", "1 too high", "2 too low, across a level"}, words); diff != "" {
		t.Errorf("item 3 (-want +got):\n%s", diff)
	}
	var missed []int
	for _, item := range s.Missed() {
		missed = append(missed, item.Number)
	}
	if diff := cmp.Diff([]int{3, 4, 2, 1}, missed); diff != "" {
		t.Errorf("missed (-want +got):\n%s", diff)
	}
}

func TestWarmupKappaThatIsNotDefinedSaysWhy(t *testing.T) {
	r := exampleRubric(t, nil, []string{"one", "two"})
	s, err := played(t, r, []string{"Ada"}, []int{2, 2}).Score()
	if err != nil {
		t.Fatal(err)
	}
	if got := s.All.Kappa; got.String() != "n/a" || got.Reason() != "the examples and the guesses are all at 1-high" {
		t.Errorf("kappa %s: %s", got, got.Reason())
	}
	data, err := json.Marshal(s.All)
	if err != nil || !strings.Contains(string(data), `"kappa":null`) || !strings.Contains(string(data), `"kappa_reason":"the examples`) {
		t.Errorf("%v: %s", err, data)
	}
}

// What holds of every score, whoever placed what where.
func TestWarmupScoreHolds(t *testing.T) {
	r := seniorRubric(t)
	rapid.Check(t, func(t *rapid.T) {
		items, err := WarmupDraw{Items: rapid.IntRange(1, 12).Draw(t, "items"), Seed: rapid.Uint64().Draw(t, "seed")}.From(r)
		if err != nil {
			t.Fatal(err)
		}
		names := []string{"the rubric", "guess", "李娜"}[:rapid.IntRange(1, 3).Draw(t, "people")]
		w, err := NewWarmup(r, items, names...)
		if err != nil {
			t.Fatal(err)
		}
		for p := range names {
			for i := range items {
				w = w.Place(p, i, r.At(rapid.IntRange(1, 15).Draw(t, "at")))
			}
		}
		s, err := w.Score()
		if err != nil {
			t.Fatal(err)
		}
		exact, off := 0, 0.0
		for i, item := range s.Items {
			exact, off = exact+item.Exact, off+item.MeanOff*float64(len(names))
			if item.Position != items[i].Position.Key || item.MeanOff < max(item.Tendency, -item.Tendency) {
				t.Fatalf("item %+v", item)
			}
			if (item.Below == nil) != (item.Ordinal == 1) || (item.Above == nil) != (item.Ordinal == 15) {
				t.Fatalf("neighbours of %+v", item)
			}
		}
		if all := s.All; all.Exact != exact || all.MeanOff*float64(all.Guesses) < off-1e-9 || all.MeanOff*float64(all.Guesses) > off+1e-9 {
			t.Fatalf("items come to %d exact and %v off, all to %+v", exact, off, s.All)
		}
		for _, p := range append(s.Participants, s.All) {
			if k, ok := p.Kappa.Value(); ok && (k < -1 || k > 1 || (p.Exact == p.Guesses) != (k == 1)) || !ok && p.Exact < p.Guesses {
				t.Fatalf("kappa %s (%s) of %+v", p.Kappa, p.Kappa.Reason(), p)
			}
		}
	})
}

func TestWarmupNeighboursAreAboutTheSameThing(t *testing.T) {
	r := seniorRubric(t)
	st, err := r.Statement("1-mid/individual/examples/2") // "No error budget review had occurred in three months …"
	if err != nil {
		t.Fatal(err)
	}
	n := newNearness(r)
	for _, nearest := range []struct{ text, near, far string }{
		{st.Text, "Resumes error budget reviews on a regular cadence", "Mentoring of engineers is absent"},
		{"The teams adopted it", "A team adopts", "The budget of the year"},
	} {
		if near, far := n.between(nearest.text, nearest.near), n.between(nearest.text, nearest.far); near <= far {
			t.Errorf("%q is %.3f from %q and %.3f from %q", nearest.text, near, nearest.near, far, nearest.far)
		}
	}
	if below := n.neighbour(st, -1); below.Position != "1-low" || below.Statement == "" {
		t.Errorf("below: %+v", below)
	}
	if near := n.between(st.Text, strings.ToUpper(st.Text)); near != 1 {
		t.Errorf("a text is %v from itself", near)
	}
}

// A band that says nothing on the dimension is passed over; where no word is shared the
// first example goes.
func TestWarmupNeighbourPassesOverSilence(t *testing.T) {
	content := func(examples ...string) map[string]rubric.Content {
		return map[string]rubric.Content{"Craft": {Examples: examples, Impact: []string{"impact of " + strings.Join(examples, " and ")}}}
	}
	r, err := rubric.New("Role", []string{"Craft"}, []rubric.Level{
		{Number: 1, Name: "First", Bands: []rubric.Band{{Dimensions: content("walks", "sits")}}},
		{Number: 2, Name: "Second", Bands: []rubric.Band{{Dimensions: map[string]rubric.Content{"Craft": {Dampeners: []string{"careful"}}}}}},
		{Number: 3, Name: "Third", Bands: []rubric.Band{{Dimensions: content("runs")}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	st, err := r.Statement("3/craft/examples/1")
	if err != nil {
		t.Fatal(err)
	}
	n := newNearness(r)
	if got := n.neighbour(st, -1); got == nil || got.Text != "walks" || got.Position != "1" {
		t.Errorf("below: %+v", got)
	}
	if got := n.neighbour(st, 1); got != nil {
		t.Errorf("above: %+v", got)
	}
}
