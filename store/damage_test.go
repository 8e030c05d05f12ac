package store

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/oklog/ulid/v2"
	"go.etcd.io/bbolt"

	"calibrate/calibration"
	"calibrate/rubric"
)

// damages are what may become of a file, by name. Each gets the bytes of a sound file
// and may change them.
var damages = []struct {
	name string
	do   func(*rand.Rand, []byte) []byte
}{
	{"bits flipped anywhere", func(r *rand.Rand, b []byte) []byte {
		for range 1 + r.IntN(8) {
			b[r.IntN(len(b))] ^= 1 << r.IntN(8)
		}
		return b
	}},
	{"a bit flipped in a page's table", func(r *rand.Rand, b []byte) []byte {
		p := pageOf(b, r.IntN(len(b)/testPage))
		table := pageHeader + elementSize*int(binary.NativeEndian.Uint16(p[10:]))
		p[r.IntN(min(table, len(p)))] ^= 1 << r.IntN(8)
		return b
	}},
	{"a bit flipped in a header", func(r *rand.Rand, b []byte) []byte {
		pageOf(b, r.IntN(2))[r.IntN(pageHeader+metaSize)] ^= 1 << r.IntN(8)
		return b
	}},
	{"a page zeroed", func(r *rand.Rand, b []byte) []byte {
		clear(pageOf(b, r.IntN(len(b)/testPage)))
		return b
	}},
	{"half a page zeroed", func(r *rand.Rand, b []byte) []byte {
		clear(pageOf(b, r.IntN(len(b)/testPage))[testPage/2:])
		return b
	}},
	{"two pages swapped", func(r *rand.Rand, b []byte) []byte {
		p, q := pageOf(b, r.IntN(len(b)/testPage)), pageOf(b, r.IntN(len(b)/testPage))
		old := slices.Clone(p)
		copy(p, q)
		copy(q, old)
		return b
	}},
	{"a page in place of another, under its number", func(r *rand.Rand, b []byte) []byte {
		p, q := pageOf(b, r.IntN(len(b)/testPage)), pageOf(b, r.IntN(len(b)/testPage))
		copy(p[8:], q[8:])
		return b
	}},
	{"noise in a page", func(r *rand.Rand, b []byte) []byte {
		p := pageOf(b, r.IntN(len(b)/testPage))
		for i := r.IntN(len(p)); i < len(p); i++ {
			p[i] = byte(r.Uint32())
		}
		return b
	}},
	{"a number of a page's table changed", func(r *rand.Rand, b []byte) []byte {
		p := pageOf(b, r.IntN(len(b)/testPage))
		count := max(1, int(binary.NativeEndian.Uint16(p[10:])))
		at := 8 + 4*r.IntN(min(2+4*count, len(p)/4-2))
		binary.NativeEndian.PutUint32(p[at:], binary.NativeEndian.Uint32(p[at:])+uint32(r.IntN(7))-3)
		return b
	}},
	{"cut off", func(r *rand.Rand, b []byte) []byte { return b[:r.IntN(len(b))] }},
	{"cut off at a page", func(r *rand.Rand, b []byte) []byte { return b[:testPage*r.IntN(len(b)/testPage)] }},
	{"something appended", func(r *rand.Rand, b []byte) []byte { return append(b, b[:r.IntN(len(b))]...) }},
	{"a header that leads elsewhere", func(r *rand.Rand, b []byte) []byte {
		// As if written on purpose: the checksum holds.
		for i := range 1 + r.IntN(2) {
			m := pageOf(b, i)[pageHeader:]
			at := 16 + 8*r.IntN(4)
			binary.NativeEndian.PutUint64(m[at:], r.Uint64()>>r.IntN(64))
			resum(m)
		}
		return b
	}},
}

const testPage = 4096 // the page size of the files that are damaged

func pageOf(file []byte, n int) []byte { return file[n*testPage:][:testPage] }

// resum makes the checksum of a bbolt header right.
func resum(m []byte) {
	sum := fnv.New64a()
	sum.Write(m[:56])
	binary.NativeEndian.PutUint64(m[56:], sum.Sum64())
}

// content is everything that a file holds.
type content struct {
	decisions map[string]calibration.Decision
	people    []calibration.Person
	sessions  []calibration.Session
	walks     []calibration.Walk
	rubric    *rubric.Rubric
}

// wholeFile makes a file with something in every bucket and several levels of pages.
func wholeFile(t testing.TB) ([]byte, content) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "whole.db")
	db := must[*bbolt.DB](t)(bbolt.Open(path, 0o600, &bbolt.Options{PageSize: testPage}))
	id := must[ulid.ULID](t)(newID(start, entropy(1), ulid.ULID{}))
	if err := initialise(db, meta{Schema: currentLayout().schema, ID: id.String(), Created: stamp(start)}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := openTest(t, path, options(1))
	s.db.NoSync = true
	c := content{rubric: testRubric(t, "well"), decisions: map[string]calibration.Decision{}}
	session := must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Spring", Rubric: c.rubric.Hash()}))
	for i := range 40 {
		d := decision(fmt.Sprint("person ", i%7), fmt.Sprint("reviewer ", i%5))
		if i%3 == 0 {
			d.Session = session.ID
		}
		d.Rationale = strings.Repeat(fmt.Sprint("reason ", i, " "), 1+i*i%90)
		d = mustPlace(t, s, d, c.rubric)
		c.decisions[d.ID] = d
	}
	for i := range 30 {
		must[[]calibration.Person](t)(s.PutPeople(calibration.Person{ID: fmt.Sprint("person ", i), Name: strings.Repeat("Ada ", 1+i)}))
		if err := s.SaveWalk(calibration.NewWalk(c.rubric, fmt.Sprint("person ", i), "grace", ""), c.rubric); err != nil {
			t.Fatal(err)
		}
	}
	wantClean(t, s)
	c.people = must[[]calibration.Person](t)(s.People())
	c.sessions = must[[]calibration.Session](t)(s.Sessions())
	c.walks = must[[]calibration.Walk](t)(s.Walks())
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return readFile(t, path), c
}

// Whatever happens to a file: nothing panics or hangs, nothing is read that was never
// written, and a check that finds no problem is right. The damages happen in a child,
// because some would kill a whole process. CALIBRATE_DAMAGES asks for more of them.
func TestDamageNeverPanics(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	t.Parallel()
	if folder := childFile(); folder != "" {
		n := 20 * len(damages)
		if more := os.Getenv("CALIBRATE_DAMAGES"); more != "" {
			n = must[int](t)(strconv.Atoi(more))
		}
		damageFiles(t, folder, n)
		return
	}
	folder := t.TempDir()
	c := startChild(t, folder)
	lines, err := c.finish()
	if err != nil {
		// Where pages lie is different each time, so the file itself is what to look at.
		kept := filepath.Join(os.TempDir(), "calibrate-damaged.db")
		os.Rename(filepath.Join(folder, "before.db"), kept)
		t.Fatalf("%v; the file is at %s\n%s\n%s", err, kept, strings.Join(lines[max(0, len(lines)-20):], "\n"), c.stderr.String())
	}
}

func damageFiles(t *testing.T, folder string, n int) {
	whole, c := wholeFile(t)
	path := filepath.Join(folder, "damaged.db")
	for seed := 0; seed < n && !t.Failed(); seed++ {
		damage := damages[seed%len(damages)]
		fmt.Printf("damage %d: %s\n", seed, damage.name) // the last line names what killed the process
		damaged := damage.do(rand.New(rand.NewPCG(uint64(seed), 0)), slices.Clone(whole))
		for _, name := range []string{filepath.Join(folder, "before.db"), path} {
			if err := os.WriteFile(name, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, err := Open(path, Options{Now: clock(), ReadOnly: seed%4 == 0})
		if err != nil {
			wantError[*DamagedError](t, err) // not that the one before still has the file
			continue
		}
		s.db.NoSync = true
		if seed%2 == 0 {
			s.way.patience = 1 << 30 // never prove everything: only what is on the way
		}
		w := witness{content: c, s: s, complain: t.Errorf}
		w.all()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// witness knows what a file held before it was damaged, and complains of what is said
// of it wrongly.
type witness struct {
	content
	s        *Store
	sound    bool // a check found no problem
	complain func(format string, args ...any)
}

func (w *witness) all() {
	report, err := w.s.Check()
	w.sound = err == nil && report.Problems() == 0

	seen := 0
	err = w.s.Decisions(func(d calibration.Decision) error {
		w.known(d)
		seen++
		return nil
	})
	w.wholly("decisions, their number", len(w.decisions), seen, err)
	for i := range 7 {
		person := fmt.Sprint("person ", i)
		ds, _ := w.s.DecisionsOf(person)
		for _, d := range ds {
			if w.known(d); d.Person != person {
				w.complain("decision %s is not about %s", d.ID, person)
			}
		}
	}
	for id, want := range w.decisions {
		d, err := w.s.Decision(id)
		w.exactly("decision "+id, want, d, err)
	}
	people, err := w.s.People()
	w.wholly("people", w.people, people, err)
	sessions, err := w.s.Sessions()
	w.wholly("sessions", w.sessions, sessions, err)
	walks, err := w.s.Walks()
	w.wholly("walks", w.walks, walks, err)
	if r, err := w.s.Rubric(w.rubric.Hash()); err == nil {
		w.exactly("rubric", w.rubric.Hash(), r.Hash(), nil)
	}
	b, err := w.s.Export(nil)
	w.wholly("exported decisions, their number", len(w.decisions), len(b.Decisions), err)
	backup := w.s.Path() + ".bak"
	w.works(w.s.Backup(backup))
	os.Remove(backup)
	w.place()
}

// place goes on with the file, which must not make it worse.
func (w *witness) place() {
	d, err := w.s.Place(decision("person 1", "reviewer 1"), w.rubric)
	if w.s.db.IsReadOnly() {
		return
	}
	w.works(err)
	if err != nil {
		return
	}
	again, err := w.s.Decision(d.ID)
	w.works(err)
	w.exactly("new decision", d, again, err)
	if report, err := w.s.Check(); w.sound && (err != nil || report.Problems() > 0) {
		w.complain("saving spoiled the file: %v\n%s", err, report)
	}
}

// known complains of a decision that was never made.
func (w *witness) known(d calibration.Decision) {
	if want := w.decisions[d.ID]; !reflect.DeepEqual(want, d) {
		w.complain("this was never decided: %+v", d)
	}
}

// works complains of an error where a check found no problem.
func (w *witness) works(err error) {
	if w.sound && err != nil {
		w.complain("no problem was found, and yet: %v", err)
	}
}

// exactly complains of anything else than was written.
func (w *witness) exactly(what string, want, got any, err error) {
	w.works(err)
	if err == nil && !reflect.DeepEqual(want, got) {
		w.complain("the %s: want %+v, got %+v", what, want, got)
	}
}

// wholly complains where a check found no problem and yet not all is there.
func (w *witness) wholly(what string, want, got any, err error) {
	w.works(err)
	if w.sound && !reflect.DeepEqual(want, got) {
		w.complain("no problem was found, and yet of the %s: want %+v, got %+v", what, want, got)
	}
}
