package store

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/rubric"
)

// emptyFile is a new data file. Each seed gives one with an id of its own; making it
// once saves the syncs of making it again.
func emptyFile(t rapid.TB, seed byte) []byte {
	t.Helper()
	emptyFiles.Lock()
	defer emptyFiles.Unlock()
	if emptyFiles.bySeed[seed] == nil {
		folder, err := os.MkdirTemp("", "calibrate")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(folder)
		path := filepath.Join(folder, "empty.db")
		s, err := Open(path, options(seed))
		if err == nil {
			err = s.Close()
		}
		if err == nil {
			emptyFiles.bySeed[seed], err = os.ReadFile(path)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return emptyFiles.bySeed[seed]
}

var emptyFiles = struct {
	sync.Mutex
	bySeed map[byte][]byte
}{bySeed: map[byte][]byte{}}

// quickStore is a new store that does not sync, for properties that need many.
func quickStore(t rapid.TB, folder string, seed byte) *Store {
	t.Helper()
	return quickOpen(t, filepath.Join(folder, fmt.Sprint(seed, ".db")), emptyFile(t, seed), seed)
}

func quickOpen(t rapid.TB, path string, file []byte, seed byte) *Store {
	t.Helper()
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path, options(seed))
	if err != nil {
		t.Fatal(err)
	}
	s.db.NoSync, s.db.NoGrowSync = true, true
	return s
}

// world is some people with a file each, who work, copy their files and merge.
type world struct {
	t       *rapid.T
	folder  string
	stores  []*Store
	rubrics []*rubric.Rubric
	drawn   int // files so far
}

func (w *world) open(file []byte) *Store {
	w.drawn++
	s := quickOpen(w.t, filepath.Join(w.folder, fmt.Sprint(w.drawn, ".db")), file, byte(w.drawn))
	return s
}

func (w *world) close() {
	for _, s := range w.stores {
		s.Close()
		os.Remove(s.Path())
	}
}

func (w *world) draw(what string) *Store { return w.stores[w.number(len(w.stores), what)] }

// number draws one below n.
func (w *world) number(n int, what string) int { return rapid.IntRange(0, n-1).Draw(w.t, what) }

// order draws an order for n things.
func (w *world) order(n int, what string) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return rapid.Permutation(all).Draw(w.t, what)
}

func (w *world) do(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// act lets one of the people do something of what they can do.
func (w *world) act(can ...string) {
	t, s := w.t, w.draw("who")
	person := rapid.SampledFrom([]string{"ada", "alan"}).Draw(t, "person")
	switch rapid.SampledFrom(can).Draw(t, "act") {
	case "place":
		d := decision(person, rapid.SampledFrom([]string{"grace", "edsger"}).Draw(t, "reviewer"))
		_, err := s.Place(d, w.rubrics[w.number(len(w.rubrics), "rubric")])
		w.do(err)
	case "person":
		_, err := s.PutPeople(calibration.Person{ID: "ada", Name: "Ada", Team: rapid.SampledFrom([]string{"A", "B"}).Draw(t, "team")})
		w.do(err)
	case "session":
		w.session(s)
	case "event":
		_, err := s.Record(calibration.Event{Session: "spring", Kind: calibration.Noted, Person: person, By: "grace", Text: "said so"})
		w.mayBeShut(err)
	case "merge":
		w.merge(s, w.export(w.draw("from")))
	case "merge some":
		some, err := w.draw("from").Export(&Wanted{Decision: func(d calibration.Decision) bool { return d.Person == person }})
		w.do(err)
		w.merge(s, some)
	case "copy": // and from now on both are worked in: a fork
		file, err := os.ReadFile(s.Path())
		w.do(err)
		w.stores = append(w.stores, w.open(file))
	}
}

// session opens the session, changes it, finalises it or opens it again.
func (w *world) session(s *Store) {
	switch w.number(3, "turn") {
	case 0:
		_, err := s.PutSession(w.setup(s))
		w.mayBeShut(err)
	case 1:
		_, err := s.Finalise("spring", "grace")
		w.mayBeShut(err)
	case 2:
		s.Reopen("spring", "grace", "one was missing") // or there is none, or it is open
	}
}

// setup is a way to hold the session: under one rubric, or with others for some people.
func (w *world) setup(s *Store) calibration.Session {
	session := calibration.Session{ID: "spring", Name: "Spring", Minutes: w.number(9, "minutes"), People: []string{"ada", "alan"}}
	own := w.rubrics[0]
	session.Rubric = own.Hash()
	return session.Freeze(nil, func(string) string {
		r := w.rubrics[w.number(len(w.rubrics), "rubric of a person")]
		w.do(s.PutRubric(r))
		return r.Hash()
	})
}

// mayBeShut takes it that the session was not opened yet, or is finalised.
func (w *world) mayBeShut(err error) {
	var unknown *calibration.UnknownError
	var finalised *FinalisedError
	if !errors.As(err, &unknown) && !errors.As(err, &finalised) {
		w.do(err)
	}
}

func (w *world) export(s *Store) Batch {
	b, err := s.Export(nil)
	w.do(err)
	return b
}

// merge merges, and finds every time that a preview had said so and done nothing.
func (w *world) merge(s *Store, b Batch) Merged {
	w.t.Helper()
	before := dump(w.t, s)
	foretold, err := s.Preview(b)
	w.do(err)
	wantSame(w.t, before, dump(w.t, s))
	m, err := s.Merge(b)
	w.do(err)
	for _, findings := range [][]Finding{foretold.Findings, m.Findings} {
		slices.SortFunc(findings, func(a, b Finding) int { return cmp.Compare(a.String(), b.String()) })
	}
	wantSame(w.t, foretold, m)
	return m
}

// packets splits all that there is, so that every record is in at least one of them.
func (w *world) packets(all Batch) []Batch {
	packets := make([]Batch, rapid.IntRange(1, 4).Draw(w.t, "packets"))
	deal := func(records [][]byte, into func(*Batch) *[][]byte) {
		for _, i := range w.order(len(records), "records") {
			for range 1 + w.number(2, "repeats") {
				list := into(&packets[w.number(len(packets), "packet")])
				*list = append(*list, records[i])
			}
		}
	}
	deal(all.Decisions, func(b *Batch) *[][]byte { return &b.Decisions })
	deal(all.People, func(b *Batch) *[][]byte { return &b.People })
	deal(all.Sessions, func(b *Batch) *[][]byte { return &b.Sessions })
	deal(all.Events, func(b *Batch) *[][]byte { return &b.Events })
	for i := range packets {
		packets[i].Rubrics = all.Rubrics
	}
	return packets
}

// Packets may be split in any way, come in any order, more than once and by way of
// others: whoever has got them all has the same.
func TestMergeIsASetUnion(t *testing.T) {
	rubrics := []*rubric.Rubric{testRubric(t, "well"), testRubric(t, "better")}
	folder := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		w := &world{t: rt, folder: folder, rubrics: rubrics}
		defer w.close()
		for range 2 {
			w.stores = append(w.stores, w.open(emptyFile(rt, byte(w.drawn+1))))
		}
		for range rapid.IntRange(1, 12).Draw(rt, "acts") {
			w.act("place", "place", "place", "person", "session", "session", "event", "event", "merge", "merge some", "copy")
		}
		var all Batch
		for _, s := range w.stores {
			b := w.export(s)
			all.Decisions = append(all.Decisions, b.Decisions...)
			all.People = append(all.People, b.People...)
			all.Sessions = append(all.Sessions, b.Sessions...)
			all.Events = append(all.Events, b.Events...)
			all.Rubrics = append(all.Rubrics, b.Rubrics...)
		}
		workers := slices.Clone(w.stores)
		newcomer := func() *Store {
			s := w.open(emptyFile(rt, 200))
			w.stores = append(w.stores, s)
			return s
		}
		reference := newcomer()
		w.merge(reference, all)
		want := dump(rt, reference)
		all.Rubrics = w.export(reference).Rubrics // once each

		direct, between := newcomer(), newcomer()
		packets := w.packets(all)
		packets = append(packets, packets[w.number(len(packets), "again")])
		for _, i := range w.order(len(packets), "packets") {
			if rapid.Bool().Draw(rt, "direct") {
				w.merge(direct, packets[i])
			} else {
				w.merge(between, packets[i])
			}
		}
		w.merge(direct, w.export(between))
		wantSame(rt, want, dump(rt, direct))
		for _, s := range append(workers, direct) {
			w.merge(s, w.export(reference))
			wantSame(rt, want, dump(rt, s))
		}
		known := w.merge(direct, all)
		if len(known.New) != 0 || known.People != 0 || known.Sessions != 0 || known.Events != 0 || known.Rubrics != 0 || len(known.Conflicts) != 0 {
			rt.Fatalf("what was known is new: %+v", known)
		}
		wantClean(rt, direct)
	})
}
