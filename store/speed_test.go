package store

import (
	"fmt"
	"path/filepath"
	"testing"

	"calibrate/calibration"
)

// filled makes a file with n decisions about n/10 people.
func filled(t testing.TB, n int) (path string) { return filledBy(t, n, 1) }

// filledBy is filled with other ids for each seed.
func filledBy(t testing.TB, n int, seed byte) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "filled.db")
	s, r := openTest(t, path, options(seed)), testRubric(t, "well")
	s.db.NoSync = true
	for done := 0; done < n; {
		var ds []calibration.Decision
		for ; len(ds) < 5000 && done < n; done++ {
			ds = append(ds, decision(fmt.Sprint("person ", done%max(1, n/10)), fmt.Sprint("reviewer ", done%50)))
		}
		must[[]calibration.Decision](t)(s.PlaceAll(r, ds...))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// held makes a file with sessions as a company holds them: each has twenty people on its
// agenda, of a hundred, and of each a draft from outside, three votes and a final decision.
// Ten more people a session are in the list. It returns the id of the last session.
func held(t testing.TB, sessions int) (path, last string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "held.db")
	s, r := openTest(t, path, options(1)), testRubric(t, "well")
	s.db.NoSync = true
	people := make([]calibration.Person, 100+10*sessions)
	for i := range people {
		people[i] = calibration.Person{ID: fmt.Sprint("person ", i), Name: fmt.Sprintf("Person %05d", i), Team: fmt.Sprint("Team ", i/10), Manager: fmt.Sprint("manager ", i%5)}
	}
	must[[]calibration.Person](t)(s.PutPeople(people...))
	for number := range sessions {
		session := calibration.Session{Name: fmt.Sprint("Session ", number)}
		for i := range 20 {
			session.People = append(session.People, fmt.Sprint("person ", (number*20+i)%100))
		}
		session = must[calibration.Session](t)(s.PutSession(session))
		var ds []calibration.Decision
		for i, person := range session.People {
			place := func(stage calibration.Stage, reviewer, in string) {
				d := decision(person, reviewer)
				d.Stage, d.Session = stage, in
				ds = append(ds, d)
			}
			place(calibration.Draft, fmt.Sprint("manager ", i%5), "")
			for j := range 3 {
				place(calibration.Panel, fmt.Sprint("reviewer ", j), session.ID)
			}
			place(calibration.Final, "reviewer 0", session.ID)
		}
		must[[]calibration.Decision](t)(s.PlaceAll(r, ds...))
		must[calibration.Session](t)(s.turn(session.ID, calibration.Event{Kind: calibration.Finalise, By: "grace"}))
		last = session.ID
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path, last
}

// Opening takes as long with many decisions as with few, and so does what the screens
// ask for first.
func BenchmarkOpen(b *testing.B) {
	for _, n := range []int{1000, 100_000} {
		path := filled(b, n)
		b.Run(fmt.Sprint("decisions=", n), func(b *testing.B) {
			for b.Loop() {
				if err := openAndClose(path, options(2), currentLayout()); err != nil {
					b.Fatal(err)
				}
			}
		})
		first := func(name string, use func(*Store)) {
			b.Run(fmt.Sprint(name, "/decisions=", n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					b.StopTimer()
					s := must[*Store](b)(Open(path, options(2)))
					b.StartTimer()
					use(s)
					b.StopTimer()
					s.Close()
					b.StartTimer()
				}
			})
		}
		first("first_read", func(s *Store) { must[[]calibration.Decision](b)(s.DecisionsOf("person 7")) })
		first("first_write", func(s *Store) { must[[]calibration.Person](b)(s.PutPeople(calibration.Person{Name: "Ada"})) })
	}
}

// Opening does not read what lies below the buckets. This is held by counting, not by
// time, which is another one on each machine.
func TestOpeningReadsNoMoreOfALargeFile(t *testing.T) {
	var reads [2]int
	for i, n := range []int{100, 3000} {
		file := readFile(t, filled(t, n))
		counted := &countingReader{file: file}
		p := must[*pages](t)(openPages(counted, int64(len(file))))
		must[[]uint64](t)(p.freelist())
		if err := p.proveBuckets(); err != nil {
			t.Fatal(err)
		}
		reads[i] = counted.reads
	}
	if reads[1] > reads[0]+2 {
		t.Errorf("of a small file %d pieces are read, of a large one %d", reads[0], reads[1])
	}
}

type countingReader struct {
	file  []byte
	reads int
}

func (c *countingReader) ReadAt(p []byte, at int64) (int, error) {
	c.reads++
	return copy(p, c.file[min(at, int64(len(c.file))):]), nil
}
