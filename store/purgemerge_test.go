package store

import (
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/rubric"
)

// expected is what a file should hold of decisions: the union of all that came in,
// without what was purged in it.
type expected struct {
	here   map[string]calibration.Decision
	purged map[string]bool  // ids
	marks  map[string]int64 // of people who were purged: what is from before that time stays out
}

const forEver = 1 << 62

func (e *expected) take(d calibration.Decision) {
	if made := int64(ulid.MustParse(d.ID).Time()); made < e.marks[d.Person] {
		e.purged[d.ID] = true
	}
	if !e.purged[d.ID] {
		e.here[d.ID] = d
	}
}

func (e *expected) purge(is func(calibration.Decision) bool) {
	for id, d := range e.here {
		if is(d) {
			e.purged[id] = true
			delete(e.here, id)
		}
	}
}

// forgetful is some people who work, merge and purge.
type forgetful struct {
	*world
	expects []*expected // of each of the stores
}

func (f *forgetful) add(file []byte, e *expected) {
	f.stores = append(f.stores, f.open(file))
	f.expects = append(f.expects, e)
}

func newForgetful(t *rapid.T, folder string, rubrics []*rubric.Rubric) *forgetful {
	f := &forgetful{world: &world{t: t, folder: folder, rubrics: rubrics}}
	for range 2 {
		f.add(emptyFile(t, byte(f.drawn+1)), &expected{map[string]calibration.Decision{}, map[string]bool{}, map[string]int64{}})
	}
	return f
}

// mayBeForgotten takes it that the person was purged.
func (f *forgetful) mayBeForgotten(err error) {
	var forgotten *ForgottenError
	if !errors.As(err, &forgotten) {
		f.mayBeShut(err)
	}
}

func (f *forgetful) act(can ...string) {
	t, i := f.t, f.number(len(f.stores), "who")
	s, e := f.stores[i], f.expects[i]
	person := rapid.SampledFrom([]string{"ada", "alan"}).Draw(t, "person")
	switch rapid.SampledFrom(can).Draw(t, "act") {
	case "place":
		d, err := s.Place(decision(person, rapid.SampledFrom([]string{"grace", "edsger"}).Draw(t, "reviewer")), f.rubrics[0])
		f.mayBeForgotten(err)
		if err == nil {
			e.take(d)
		}
	case "event":
		_, err := s.Record(calibration.Event{Session: "spring", Kind: calibration.Noted, Person: person, By: "grace", Text: "said so"})
		f.mayBeForgotten(err)
	case "session":
		_, err := s.PutSession(calibration.Session{ID: "spring", Name: "Spring", People: []string{person}})
		f.mayBeForgotten(err)
	case "person":
		kept := must[[]calibration.Person](t)(s.PutPeople(calibration.Person{ID: person, Name: "P", Team: rapid.SampledFrom([]string{"A", "B"}).Draw(t, "team")}))
		if e.marks[person] == forEver {
			e.marks[person] = int64(ulid.MustParse(kept[0].Version).Time())
		}
	case "merge":
		from := f.number(len(f.stores), "from")
		f.merge(s, f.export(f.stores[from]))
		for _, d := range f.expects[from].here {
			e.take(d)
		}
	case "merge some":
		from := f.number(len(f.stores), "from")
		is := func(d calibration.Decision) bool { return d.Person == person }
		some, err := f.stores[from].Export(&Wanted{Decision: is})
		f.do(err)
		f.merge(s, some)
		for _, d := range f.expects[from].here {
			if is(d) {
				e.take(d)
			}
		}
	case "purge":
		if f.purge(s, Selection{People: []string{person}}) {
			e.purge(func(d calibration.Decision) bool { return d.Person == person })
			e.marks[person] = forEver
		}
	case "purge old":
		before := start.Add(time.Duration(f.number(20, "seconds")) * time.Second)
		if f.purge(s, Selection{Before: before}) {
			e.purge(func(d calibration.Decision) bool { return d.DecidedAt.Before(before) })
		}
	case "copy":
		file, err := os.ReadFile(s.Path())
		f.do(err)
		f.add(file, &expected{maps.Clone(e.here), maps.Clone(e.purged), maps.Clone(e.marks)})
	}
}

// purge reports whether there was anything to purge.
func (f *forgetful) purge(s *Store, of Selection) bool {
	plan, err := s.PurgePlan(of)
	var unknown *calibration.UnknownError
	if errors.As(err, &unknown) || err == nil && (plan.Empty() || plan.Left.Correcting > 0) {
		return false
	}
	f.do(err)
	_, err = s.Purge(plan, "asked to", "grace")
	f.do(err)
	return true
}

// Whatever is placed, merged, copied and purged in which order: what was purged in a
// file is not in it, the rest is untouched, and its chains are sound.
func TestPurgedNeverComesBack(t *testing.T) {
	rubrics := []*rubric.Rubric{testRubric(t, "well")}
	folder := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		f := newForgetful(rt, folder, rubrics)
		defer f.close()
		acts := []string{"place", "place", "place", "event", "session", "person", "merge", "merge", "purge", "purge old"}
		acts = append(acts, rapid.SampledFrom([]string{"copy", "merge some"}).Draw(rt, "besides"))
		for range rapid.IntRange(2, 20).Draw(rt, "acts") {
			f.act(acts...)
		}
		for i, s := range f.stores {
			e, here := f.expects[i], map[string]calibration.Decision{}
			f.do(s.Decisions(func(d calibration.Decision) error {
				here[d.ID] = d
				return nil
			}))
			wantSame(rt, e.here, here)
			if report := wantClean(rt, s); report.Purged != len(e.purged) {
				rt.Fatalf("want %d purged:\n%s", len(e.purged), report)
			}
			for person, until := range e.marks {
				people := must[[]calibration.Person](rt)(s.People())
				if until == forEver && slices.ContainsFunc(people, func(p calibration.Person) bool { return p.ID == person }) {
					rt.Fatalf("%s is back", person)
				}
				for _, session := range must[[]calibration.Session](rt)(s.Sessions()) {
					if until == forEver && slices.Contains(session.People, person) {
						rt.Fatalf("%s is on the agenda again", person)
					}
				}
			}
		}
	})
}

// A file in which something was purged takes packets in any order too.
func TestPurgedFileMergesInAnyOrder(t *testing.T) {
	rubrics := []*rubric.Rubric{testRubric(t, "well")}
	folder := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		f := newForgetful(rt, folder, rubrics)
		defer f.close()
		for range rapid.IntRange(4, 15).Draw(rt, "acts") {
			f.act("place", "place", "event", "session", "person", "merge", "purge", "purge old")
		}
		all := f.export(f.stores[0])
		all.Rubrics = [][]byte{must[[]byte](rt)(rubrics[0].MarshalJSON())}
		file, err := os.ReadFile(f.stores[1].Path())
		f.do(err)
		atOnce, inParts := f.open(file), f.open(file)
		f.stores = append(f.stores, atOnce, inParts)
		f.merge(atOnce, all)
		packets := f.packets(all)
		for i, t := range all.Tombstones {
			p := &packets[i%len(packets)]
			p.Tombstones = append(p.Tombstones, t)
		}
		packets = append(packets, packets[f.number(len(packets), "again")])
		for _, i := range f.order(len(packets), "packets") {
			f.merge(inParts, packets[i])
		}
		wantSame(rt, dump(rt, atOnce), dump(rt, inParts))
		wantClean(rt, inParts)
	})
}

// It comes to the same whether somebody is purged before a packet about them arrives
// or after it.
func TestPurgingBeforeOrAfterAPacket(t *testing.T) {
	rubrics := []*rubric.Rubric{testRubric(t, "well")}
	folder := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		f := newForgetful(rt, folder, rubrics)
		defer f.close()
		before, after := f.stores[0], f.open(emptyFile(rt, 1))
		f.stores = append(f.stores, after)
		f.expects = append(f.expects, f.expects[0])
		theirs := &forgetful{world: &world{t: rt, folder: folder, rubrics: rubrics, stores: f.stores[1:2]}, expects: f.expects[1:2]}
		for range rapid.IntRange(2, 12).Draw(rt, "acts") {
			theirs.act("place", "place", "event", "event", "session", "person")
		}
		packet := f.export(theirs.stores[0])
		for _, s := range []*Store{before, after} {
			must[[]calibration.Person](rt)(s.PutPeople(calibration.Person{ID: "ada", Name: "A", Version: ""}))
		}
		purge := func(s *Store) {
			if !f.purge(s, Selection{People: []string{"ada"}}) {
				rt.Fatal("there is nothing to purge")
			}
		}
		purge(before)
		f.merge(before, packet)
		f.merge(after, packet)
		purge(after)
		// Only the purge itself differs, and the version of a session that lost somebody.
		wantSame(rt, withoutVersions(dump(rt, before)), withoutVersions(dump(rt, after)))
		wantClean(rt, before)
		wantClean(rt, after)
	})
}

// withoutVersions leaves of a dump what does not depend on when something was purged:
// of tombstones not their purge, of sessions not their version, and of events no
// tombstones, for a person's mark keeps those out that come later.
func withoutVersions(all map[string]string) map[string]string {
	for key, value := range all {
		switch {
		case strings.HasPrefix(key, bucketSessions+"/"):
			all[key], _, _ = strings.Cut(value, `,"version":`)
		case strings.HasPrefix(key, bucketPurged+"/") && !strings.Contains(value, `"origin"`):
			delete(all, key)
		case strings.HasPrefix(key, bucketPurged+"/"):
			all[key], _, _ = strings.Cut(value, `,"purge":`)
		}
	}
	return all
}
