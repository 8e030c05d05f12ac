package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/oklog/ulid/v2"
	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/rubric"
)

// chained is a file whose own chain has five decisions, and that of a colleague who
// merged them all.
type chained struct {
	*Store
	rubric    *rubric.Rubric
	made      []calibration.Decision
	colleague *Store
}

func newChained(t testing.TB) *chained {
	t.Helper()
	c := &chained{
		Store: quickStore(t, t.TempDir(), 1), rubric: testRubric(t, "well"), colleague: quickStore(t, t.TempDir(), 2),
	}
	must[[]calibration.Person](t)(c.PutPeople(calibration.Person{ID: "ada", Name: "Ada"}))
	for i := range 5 {
		c.made = append(c.made, mustPlace(t, c.Store, decision("ada", fmt.Sprint("reviewer ", i)), c.rubric))
	}
	must[Merged](t)(c.colleague.Merge(export(t, c.Store)))
	t.Cleanup(func() {
		c.Close()
		c.colleague.Close()
	})
	return c
}

// said puts findings in short, sorted: their severity and what, with decisions by
// number.
func (c *chained) said(findings []Finding) []string {
	var all []string
	for _, f := range findings {
		what := f.What
		for i, d := range c.made {
			what = strings.ReplaceAll(what, d.ID, fmt.Sprint("#", i+1))
		}
		all = append(all, string(f.Severity)+": "+what)
	}
	slices.Sort(all)
	return all
}

func (c *chained) reword(tx *transaction, number int) error {
	return reword(tx, c.made[number-1], func(d *calibration.Decision) { d.Rationale = "because I say so" })
}

func (c *chained) takeOut(tx *transaction, numbers ...int) error {
	var err error
	for _, n := range numbers {
		err = errors.Join(err, takeOut(tx, c.made[n-1]))
	}
	return err
}

// replace puts another decision in the place of one, with its number and predecessor.
func (c *chained) replace(tx *transaction, number int) error {
	d := c.made[number-1]
	d.ID, d.Rationale = "01R6M4N0000000000000000000", "because I say so"
	payload, err := encode(d)
	return errors.Join(c.takeOut(tx, number), err, putFrame(tx, bucketDecisions, idKey(d.ID), kindDecision, payload), enter(tx, d))
}

func (c *chained) putBack(tx *transaction, number int) error {
	d := c.made[number-1]
	return errors.Join(putRecord(tx, bucketDecisions, idKey(d.ID), kindDecision, d), enter(tx, d))
}

// append puts in another decision that follows the last one, past the chain's record.
func (c *chained) append(tx *transaction) error {
	last, err := getFrame(tx, bucketDecisions, idKey(c.made[4].ID), kindDecision)
	d := c.made[4]
	d.ID, d.Seq, d.Prev = "01R6M4N0000000000000000000", 6, hashPayload(last)
	return errors.Join(err, putRecord(tx, bucketDecisions, idKey(d.ID), kindDecision, d), enter(tx, d))
}

// enter lists a decision in every index.
func enter(tx *transaction, d calibration.Decision) error {
	var err error
	for _, e := range indexKeys(d, ulid.MustParse(d.Origin), ulid.MustParse(d.ID)) {
		bucket, key := e.bucket, e.key
		err = errors.Join(err, tx.Bucket([]byte(bucket)).Put(key, nil))
	}
	return err
}

// tamperings are what somebody may do to a file behind the program's back.
var tamperings = []struct {
	name     string
	do       func(*chained, *transaction) error
	here     []string // what a check of the file says
	newcomer []string // what merging it says to somebody who has none of it
	known    []string // what merging it says to somebody who has all of it
	refused  bool     // by somebody who has all of it
	heals    bool     // merging that one's decisions makes the file what it was
}{
	{name: "nothing", do: func(*chained, *transaction) error { return nil }, heals: true},
	{
		name: "altered in the middle", do: func(c *chained, tx *transaction) error { return c.reword(tx, 3) }, refused: true,
		here:     []string{"problem: altered: decision #3 (number 3) is not what it was"},
		newcomer: []string{"problem: altered, or from a copy of the file: decision #4 (number 4) does not follow the one before it"},
	},
	{
		name: "the first altered", do: func(c *chained, tx *transaction) error { return c.reword(tx, 1) }, refused: true,
		here:     []string{"problem: altered: decision #1 (number 1) is not what it was"},
		newcomer: []string{"problem: altered, or from a copy of the file: decision #2 (number 2) does not follow the one before it"},
	},
	{
		name: "the last altered", do: func(c *chained, tx *transaction) error { return c.reword(tx, 5) }, refused: true,
		here: []string{"problem: altered: decision #5 (number 5) is not what it was"},
	},
	{
		name: "two altered", do: func(c *chained, tx *transaction) error { return errors.Join(c.reword(tx, 2), c.reword(tx, 3)) }, refused: true,
		here: []string{
			"problem: altered: decision #2 (number 2) is not what it was",
			"problem: altered: decision #3 (number 3) is not what it was",
		},
		newcomer: []string{
			"problem: altered, or from a copy of the file: decision #3 (number 3) does not follow the one before it",
			"problem: altered, or from a copy of the file: decision #4 (number 4) does not follow the one before it",
		},
	},
	{
		name: "taken out of the middle", do: func(c *chained, tx *transaction) error { return c.takeOut(tx, 2, 3) }, heals: true,
		here:     []string{"problem: taken out: numbers 2 to 3"},
		newcomer: []string{"note: a known gap: numbers 2 to 3 never arrived here"},
	},
	{
		name: "the first taken out", do: func(c *chained, tx *transaction) error { return c.takeOut(tx, 1) }, heals: true,
		here:     []string{"problem: taken out: number 1"},
		newcomer: []string{"note: a known gap: number 1 never arrived here"},
	},
	{
		name: "the end cut off", do: func(c *chained, tx *transaction) error { return c.takeOut(tx, 4, 5) }, heals: true,
		here: []string{"problem: taken out: numbers 4 to 5"},
	},
	{
		name: "everything taken out", do: func(c *chained, tx *transaction) error { return c.takeOut(tx, 1, 2, 3, 4, 5) }, heals: true,
		here: []string{"problem: taken out: numbers 1 to 5"},
	},
	{
		name: "one altered, one taken out", do: func(c *chained, tx *transaction) error { return errors.Join(c.reword(tx, 2), c.takeOut(tx, 4)) }, refused: true,
		here: []string{
			"problem: altered: decision #2 (number 2) is not what it was",
			"problem: taken out: number 4",
		},
		newcomer: []string{
			"note: a known gap: number 4 never arrived here",
			"problem: altered, or from a copy of the file: decision #3 (number 3) does not follow the one before it",
		},
	},
	{
		name: "replaced in the middle", do: func(c *chained, tx *transaction) error { return c.replace(tx, 3) },
		here:     []string{"problem: altered: decision 01R6M4N0000000000000000000 (number 3) is not what it was"},
		newcomer: []string{"problem: altered, or from a copy of the file: decision #4 (number 4) does not follow the one before it"},
		known:    []string{"note: a fork: a copy of the file was continued elsewhere and gave number 3 again"},
	},
	{
		name: "the last replaced", do: func(c *chained, tx *transaction) error { return c.replace(tx, 5) },
		here:  []string{"problem: altered: decision 01R6M4N0000000000000000000 (number 5) is not what it was"},
		known: []string{"note: a fork: a copy of the file was continued elsewhere and gave number 5 again"},
	},
	{
		name: "one put in beside another", do: func(c *chained, tx *transaction) error {
			return errors.Join(c.replace(tx, 3), c.putBack(tx, 3))
		},
		here: []string{
			"note: a fork: a copy of the file was continued elsewhere and gave number 3 again",
			"problem: altered: decision 01R6M4N0000000000000000000 (number 3) is not what it was",
		},
		newcomer: []string{"note: a fork: a copy of the file was continued elsewhere and gave number 3 again"},
		known:    []string{"note: a fork: a copy of the file was continued elsewhere and gave number 3 again"},
	},
	{
		name: "one put in at the end", do: func(c *chained, tx *transaction) error { return c.append(tx) },
		here: []string{"problem: altered: decision 01R6M4N0000000000000000000 (number 6) is not what it was"},
	},
	{
		name: "the chain's record taken out", do: func(c *chained, tx *transaction) error {
			return tx.Bucket([]byte(bucketChains)).Delete(c.origin[:])
		},
		here: []string{"problem: the record of the chain is gone, so that nothing can be said of its 5 decisions"},
	},
}

// Tampering is told: in the file itself, and as far as it can be known in one that is
// given its decisions, where what was merged before stays as it is.
func TestTampering(t *testing.T) {
	for _, test := range tamperings {
		t.Run(test.name, func(t *testing.T) {
			c := newChained(t)
			sound, known := dump(t, c.Store), dump(t, c.colleague)
			edit(t, c.Store, func(tx *transaction) error { return test.do(c, tx) })
			wantSame(t, test.here, c.said(must[Report](t)(c.Check()).Findings))

			newcomer := quickStore(t, t.TempDir(), 3)
			defer newcomer.Close()
			m := must[Merged](t)(newcomer.Merge(export(t, c.Store)))
			wantSame(t, test.newcomer, c.said(m.Findings))
			wantSame(t, test.newcomer, c.said(chainFindings(must[Report](t)(newcomer.Check()))))

			m, err := c.colleague.Merge(export(t, c.Store))
			if test.refused {
				contains(t, wantError[*RefusedError](t, err).Error(), "tampered")
				wantSame(t, known, dump(t, c.colleague))
			} else {
				wantSame(t, test.known, c.said(m.Findings))
				wantSame(t, test.known, c.said(chainFindings(must[Report](t)(c.colleague.Check()))))
			}
			if test.heals {
				must[Merged](t)(c.Merge(export(t, c.colleague)))
				wantSame(t, sound, dump(t, c.Store))
				wantClean(t, c.Store)
			}
		})
	}
}

// Going on with a file does not cover up what was done to it.
func TestTamperingStaysTold(t *testing.T) {
	for _, test := range tamperings {
		c := newChained(t)
		edit(t, c.Store, func(tx *transaction) error { return test.do(c, tx) })
		mustPlace(t, c.Store, decision("ada", "reviewer 1"), c.rubric)
		if report := must[Report](t)(c.Check()); (report.Problems() > 0) != (test.here != nil) {
			t.Errorf("%s: \n%s", test.name, report)
		}
	}
}

// newForked makes a file that was copied after its third decision, continued in both
// places and merged again: of the numbers 4 and 5 there are two, and the copy has a
// number 6.
func newForked(t testing.TB) *chained {
	t.Helper()
	c := &chained{Store: quickStore(t, t.TempDir(), 1), rubric: testRubric(t, "well")}
	t.Cleanup(func() { c.Close() })
	place := func(s *Store, n int) {
		for range n {
			c.made = append(c.made, mustPlace(t, s, decision("ada", fmt.Sprint("reviewer ", len(c.made))), c.rubric))
		}
	}
	place(c.Store, 3)
	c.colleague = quickOpen(t, filepath.Join(t.TempDir(), "copy.db"), readFile(t, c.Path()), 2)
	t.Cleanup(func() { c.colleague.Close() })
	place(c.Store, 2)
	place(c.colleague, 3)
	must[Merged](t)(c.Merge(export(t, c.colleague)))
	return c
}

// A copied file, and packets that carried only some decisions, are no tampering. What
// somebody does to their decisions is.
func TestForksAndGapsAreNoTampering(t *testing.T) {
	const fork = "note: a fork: a copy of the file was continued elsewhere and gave numbers 4 to 5 again"
	c := newForked(t)
	wantSame(t, []string{fork}, c.said(chainFindings(wantClean(t, c.Store))))
	var payloads [][]byte // by the number in made
	for _, d := range c.made {
		payloads = append(payloads, must[[]byte](t)(encode(d)))
	}
	rubrics := export(t, c.Store).Rubrics

	arrivals := []struct {
		name string
		some []int
		says []string
	}{
		{"none", nil, nil},
		{"the beginning", []int{1, 2}, nil},
		{"the end", []int{5}, []string{"note: a known gap: numbers 1 to 4 never arrived here"}},
		{"two gaps", []int{2, 5}, []string{"note: a known gap: number 1 never arrived here", "note: a known gap: numbers 3 to 4 never arrived here"}},
		{"one branch", []int{1, 2, 3, 6, 7, 8}, nil},
		{"a branch without its middle", []int{1, 2, 3, 6, 8}, []string{"note: a known gap: number 5 never arrived here"}},
		{"a branch without its middle, beside the other", []int{1, 2, 3, 4, 5, 6, 8}, []string{
			strings.Replace(fork, "numbers 4 to 5", "number 4", 1),
			"note: a fork: the decision before #8 (number 6) never arrived here",
		}},
		{"all", []int{1, 2, 3, 4, 5, 6, 7, 8}, []string{fork}},
	}
	for _, arrival := range arrivals {
		t.Run(arrival.name, func(t *testing.T) {
			s := quickStore(t, t.TempDir(), 3)
			defer s.Close()
			for _, n := range arrival.some { // one by one, and what comes last first
				must[Merged](t)(s.Merge(Batch{Decisions: [][]byte{payloads[n-1]}, Rubrics: rubrics}))
			}
			wantSame(t, arrival.says, c.said(chainFindings(wantClean(t, s))))
			backwards := quickStore(t, t.TempDir(), 4)
			defer backwards.Close()
			for _, n := range slices.Backward(arrival.some) {
				must[Merged](t)(backwards.Merge(Batch{Decisions: [][]byte{payloads[n-1]}, Rubrics: rubrics}))
			}
			wantSame(t, dump(t, s), dump(t, backwards))
		})
	}

	tampering := []struct {
		name string
		do   func(*chained, *transaction) error
		says []string
	}{
		{"the end of a branch cut off", func(c *chained, tx *transaction) error { return c.takeOut(tx, 8) }, []string{fork, "problem: taken out: number 6"}},
		{"the end of the shorter branch cut off", func(c *chained, tx *transaction) error { return c.takeOut(tx, 5) }, []string{
			strings.Replace(fork, "numbers 4 to 5", "number 4", 1), "problem: taken out: number 5 of one branch of a fork",
		}},
		{"the middle of a branch taken out", func(c *chained, tx *transaction) error { return c.takeOut(tx, 7) }, []string{
			strings.Replace(fork, "numbers 4 to 5", "number 4", 1), "problem: taken out: the decision before #8 (number 6)",
		}},
		{"the middle of a branch altered", func(c *chained, tx *transaction) error { return c.reword(tx, 7) }, []string{
			fork, "problem: altered: decision #7 (number 5) is not what it was",
		}},
		{"the end of a branch altered", func(c *chained, tx *transaction) error { return c.reword(tx, 5) }, []string{
			fork, "problem: altered: decision #5 (number 5) is not what it was",
		}},
		{"where the branches part altered", func(c *chained, tx *transaction) error { return c.reword(tx, 3) }, []string{
			fork, "problem: altered: decision #3 (number 3) is not what it was",
		}},
		{"where the branches part taken out", func(c *chained, tx *transaction) error { return c.takeOut(tx, 3) }, []string{
			fork, "problem: taken out: number 3",
		}},
	}
	for _, tampered := range tampering {
		t.Run(tampered.name, func(t *testing.T) {
			c := newForked(t)
			edit(t, c.Store, func(tx *transaction) error { return tampered.do(c, tx) })
			wantSame(t, tampered.says, c.said(chainFindings(must[Report](t)(c.Check()))))
		})
	}
}

// Where the one before a decision of the copy never arrived, the decision that the other
// branch has at that number is not accused, though its own successor was taken out.
func TestNeighboursOfGapsAreNotAccused(t *testing.T) {
	c := newForked(t)
	s := quickStore(t, t.TempDir(), 3)
	defer s.Close()
	b := Batch{Rubrics: export(t, c.Store).Rubrics}
	for _, n := range []int{1, 2, 3, 4, 5, 7} {
		b.Decisions = append(b.Decisions, must[[]byte](t)(encode(c.made[n-1])))
	}
	must[Merged](t)(s.Merge(b))
	edit(t, s, func(tx *transaction) error { return c.takeOut(tx, 5) })
	wantSame(t, []string{
		"problem: altered, or from a copy of the file: decision #7 (number 5) does not follow the one before it",
		"problem: taken out: number 5 of one branch of a fork",
	}, c.said(chainFindings(must[Report](t)(s.Check()))))
}

// A decision that cannot be read is told as damaged. Its neighbours are not accused.
func TestUnreadableIsNotAltered(t *testing.T) {
	for number := 1; number <= 5; number++ {
		c := newChained(t)
		edit(t, c.Store, func(tx *transaction) error { return spoil(tx, bucketDecisions, idKey(c.made[number-1].ID)) })
		report := must[Report](t)(c.Check())
		if report.Problems() != 1 || len(chainFindings(report)) > 0 {
			t.Errorf("want number %d to be told as damaged, and nothing else:\n%s", number, report)
		}
		contains(t, report.String(), "checksum")
	}
}

// Whatever happened before: while nobody tampers there is no problem, and when somebody
// does there is one. (Of a copied file only whole packets are sent here: a decision of
// one copy that arrives without the one before it, which the other copy has otherwise,
// looks the same as one after an altered one.)
func TestOnlyTamperingIsAProblem(t *testing.T) {
	rubrics := []*rubric.Rubric{testRubric(t, "well")}
	folder := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		w := &world{t: rt, folder: folder, rubrics: rubrics}
		defer w.close()
		for range 2 {
			w.stores = append(w.stores, w.open(emptyFile(rt, byte(w.drawn+1))))
		}
		acts := rapid.SampledFrom([][]string{{"place", "place", "merge", "copy"}, {"place", "place", "place", "merge some"}}).Draw(rt, "acts")
		for range rapid.IntRange(2, 15).Draw(rt, "number of acts") {
			w.act(acts...)
		}
		s := w.draw("whose file")
		must[[]calibration.Person](rt)(s.PutPeople(calibration.Person{ID: "ada", Name: "Ada"}, calibration.Person{ID: "alan", Name: "Alan"}))
		wantClean(rt, s)
		var all []calibration.Decision
		w.do(s.Decisions(func(d calibration.Decision) error {
			all = append(all, d)
			return nil
		}))
		if len(all) == 0 {
			return
		}
		d := all[w.number(len(all), "decision")]
		w.do(s.update(func(tx *transaction) error {
			if rapid.Bool().Draw(rt, "take out") {
				return takeOut(tx, d)
			}
			return reword(tx, d, func(d *calibration.Decision) { d.Rationale = "because I say so" })
		}))
		if report := must[Report](rt)(s.Check()); len(chainFindings(report)) == 0 || report.Problems() == 0 {
			rt.Fatalf("nobody notices:\n%s", report)
		}
	})
}

// chainFindings are those about chains.
func chainFindings(r Report) []Finding {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f Finding) bool { return !strings.HasPrefix(f.Where, "chain ") })
}
