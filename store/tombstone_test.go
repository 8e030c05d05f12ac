package store

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/rubric"
)

// buried is a tombstone of a decision, as others get it.
func buried(t rapid.TB, d calibration.Decision, change func(*tombstone)) []byte {
	t.Helper()
	tomb := tombOf(d, must[[]byte](t)(encode(d)), "")
	change(&tomb)
	return must[[]byte](t)(encode(tomb))
}

func asItIs(*tombstone) {}

// What others purged leaves no gap in the chain; and when the decision comes from
// somebody who has it still, it takes its place.
func TestTombstonesHoldPlaces(t *testing.T) {
	c := newChained(t)
	all := export(t, c.Store)
	some := all
	some.Decisions = [][]byte{all.Decisions[0], all.Decisions[3]}
	for _, i := range []int{1, 2, 4} {
		some.Tombstones = append(some.Tombstones, buried(t, c.made[i], asItIs))
	}
	mine := quickStore(t, t.TempDir(), 3)
	defer mine.Close()
	m := must[Merged](t)(mine.Merge(some))
	if len(m.New) != 2 || len(m.Findings) > 0 {
		t.Errorf("want two decisions and nothing found: %+v", m)
	}
	report := wantClean(t, mine)
	if len(chainFindings(report)) > 0 || report.Elsewhere != 3 || report.Purged != 0 || report.Decisions != 2 {
		t.Errorf("want three places held:\n%s", report)
	}
	contains(t, report.String(), ", 3 purged elsewhere\n")

	other := quickStore(t, t.TempDir(), 4)
	defer other.Close()
	must[Merged](t)(other.Merge(export(t, mine))) // they travel on
	wantSame(t, dump(t, mine), dump(t, other))

	must[Merged](t)(mine.Merge(all))
	wantSame(t, dump(t, c.Store), dump(t, mine))
	wantClean(t, mine)
}

// Nobody can delete anything by sending a tombstone.
func TestTombstonesOfOthersDeleteNothing(t *testing.T) {
	c := newChained(t)
	before := everything(t, c.Store)
	b := Batch{}
	for _, d := range c.made {
		b.Tombstones = append(b.Tombstones, buried(t, d, func(t *tombstone) { t.Purge = d.ID }))
	}
	must[Merged](t)(c.Merge(b))
	wantSame(t, before, everything(t, c.Store))

	mine := quickStore(t, t.TempDir(), 3)
	defer mine.Close()
	must[Merged](t)(mine.Merge(b))
	must[Merged](t)(mine.Merge(export(t, c.Store)))
	wantSame(t, dump(t, c.Store), dump(t, mine))
}

func TestMergeRefusesTombstones(t *testing.T) {
	c := newChained(t)
	d, hash := c.made[1], strings.Repeat("ab", 32)
	for _, test := range []struct {
		name   string
		change func(*tombstone)
		says   string
	}{
		{"no id", func(t *tombstone) { t.ID = "" }, "not an id"},
		{"no origin", func(t *tombstone) { t.Origin = "" }, "no place in a chain"},
		{"of an event", func(t *tombstone) { *t = tombstone{ID: t.ID, Purge: t.ID} }, "no place in a chain"},
		{"an origin that is none", func(t *tombstone) { t.Origin = "x" }, "its origin"},
		{"no number", func(t *tombstone) { t.Seq = 0 }, "its number in the chain is 0"},
		{"no hash", func(t *tombstone) { t.Hash = "" }, "SHA-256"},
		{"a hash of the one before that is none", func(t *tombstone) { t.Prev = "x" }, "SHA-256"},
		{"another hash", func(t *tombstone) { t.Hash = hash }, "tampered"},
		{"another number", func(t *tombstone) { t.Seq++ }, "tampered"},
		{"another one before", func(t *tombstone) { t.Prev = hash }, "tampered"},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := everything(t, c.Store)
			_, err := c.Merge(Batch{Tombstones: [][]byte{buried(t, c.made[0], asItIs), buried(t, d, test.change)}})
			contains(t, wantError[*RefusedError](t, err).Error(), test.says)
			contains(t, err.Error(), "tombstone 2")
			wantSame(t, before, everything(t, c.Store))
		})
	}
	forged, rubrics := buried(t, d, func(t *tombstone) { t.Hash = hash }), export(t, c.Store).Rubrics
	mine := quickStore(t, t.TempDir(), 3)
	defer mine.Close()
	for name, b := range map[string]Batch{
		"beside the decision": {Decisions: [][]byte{forge(t, d, func(*calibration.Decision) {})}, Rubrics: rubrics, Tombstones: [][]byte{forged}},
		"beside another one":  {Tombstones: [][]byte{forged, buried(t, d, asItIs)}},
	} {
		if _, err := mine.Merge(b); err == nil {
			t.Errorf("%s: it was taken in", name)
		} else {
			contains(t, wantError[*RefusedError](t, err).Error(), "tampered")
		}
	}
	must[Merged](t)(mine.Merge(Batch{Tombstones: [][]byte{forged}}))
	_, err := mine.Merge(export(t, c.Store))
	contains(t, wantError[*RefusedError](t, err).Error(), "tampered")
}

// Decisions and tombstones may come split in any way, in any order and more than once:
// the file has the decisions that came, and the places of the rest.
func TestTombstonesMergeInAnyOrder(t *testing.T) {
	rubrics := []*rubric.Rubric{testRubric(t, "well")}
	folder := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		w := &world{t: rt, folder: folder, rubrics: rubrics}
		defer w.close()
		w.stores = append(w.stores, w.open(emptyFile(rt, 1)))
		acts := []string{"place", "place", "place", "merge", "copy"}
		forks := rapid.Bool().Draw(rt, "forks")
		if !forks {
			acts = acts[:4]
		}
		for range rapid.IntRange(1, 8).Draw(rt, "acts") {
			w.act(acts...)
		}
		all := Batch{Rubrics: [][]byte{must[[]byte](rt)(rubrics[0].MarshalJSON())}}
		for _, s := range w.stores {
			w.do(s.Decisions(func(d calibration.Decision) error {
				if w.number(3, "decision") > 0 {
					all.Decisions = append(all.Decisions, must[[]byte](rt)(encode(d)))
				}
				if w.number(2, "tombstone") > 0 {
					all.Tombstones = append(all.Tombstones, buried(rt, d, asItIs))
				}
				return nil
			}))
		}
		atOnce, oneByOne := w.open(emptyFile(rt, 200)), w.open(emptyFile(rt, 200))
		w.stores = append(w.stores, atOnce, oneByOne)
		w.merge(atOnce, all)
		if !forks { // a part of a fork looks like tampering
			wantClean(rt, atOnce)
		}
		n := len(all.Decisions)
		w.merge(oneByOne, Batch{Rubrics: all.Rubrics})
		for _, i := range w.order(n+len(all.Tombstones), "order") {
			b := Batch{Rubrics: all.Rubrics}
			if i < n {
				b.Decisions = all.Decisions[i : i+1]
			} else {
				b.Tombstones = all.Tombstones[i-n : i-n+1]
			}
			w.merge(oneByOne, b)
		}
		wantSame(rt, dump(rt, atOnce), dump(rt, oneByOne))
	})
}
