package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"calibrate/calibration"
	"calibrate/rubric"
)

// livedFile is a file whose records were changed often, so that old versions lie
// about in its free pages: its bytes, and its records by bucket and key.
func livedFile(t testing.TB) (file []byte, live map[string][]byte) {
	t.Helper()
	whole, c := wholeFile(t)
	path := filepath.Join(t.TempDir(), "lived.db")
	s := quickOpen(t, path, whole, 7)
	for round := range 3 {
		for i := range 5 {
			person := calibration.Person{ID: fmt.Sprint("person ", i), Name: strings.Repeat("Ada ", 30+round), Team: fmt.Sprint("team ", round)}
			must[[]calibration.Person](t)(s.PutPeople(person))
			walk := calibration.NewWalk(c.rubric, person.ID, "grace", "").Write(calibration.Form{Rationale: strings.Repeat(fmt.Sprint(round, " "), 200)})
			if err := s.SaveWalk(walk, c.rubric); err != nil {
				t.Fatal(err)
			}
			must[calibration.Event](t)(s.Record(calibration.Event{Session: c.sessions[0].ID, Kind: calibration.Noted, Person: person.ID, By: "grace", Text: fmt.Sprint("note ", round)}))
		}
		session := c.sessions[0]
		session.People = append(session.People, fmt.Sprint("person ", round))
		must[calibration.Session](t)(s.PutSession(session))
	}
	wantClean(t, s)
	live = records(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return readFile(t, path), live
}

// records is the frame of every record of a file but those that say what the file
// knows of itself.
func records(t testing.TB, s *Store) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	if err := s.view(func(tx *transaction) error {
		for _, bucket := range []string{bucketDecisions, bucketPeople, bucketSessions, bucketEvents, bucketRubrics, bucketWalks} {
			if err := tx.Bucket([]byte(bucket)).ForEach(func(k, v []byte) error {
				all[bucket+"/"+string(k)] = bytes.Clone(v)
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// everWritten is each intact frame in the bytes of a sound file, found the slow way.
func everWritten(file []byte) map[string]bool {
	all := map[string]bool{}
	for at := 0; ; at++ {
		i := bytes.Index(file[at:], []byte(frameMagic))
		if i < 0 {
			return all
		}
		at += i
		if at+frameHeader > len(file) {
			return all
		}
		size := int(u32(file[at+5:]))
		if size > len(file)-at-frameHeader {
			continue
		}
		value := file[at : at+frameHeader+size]
		if _, err := decodeFrame("", nil, value, kind(value[4])); err == nil {
			all[string(value)] = true
		}
	}
}

func salvageOptions() SalvageOptions {
	return SalvageOptions{Now: clock(), Entropy: entropy(9)}
}

// Of a sound file everything comes back, of what changes the latest version, and the
// new file is sound.
func TestSalvageOfASoundFile(t *testing.T) {
	file, live := livedFile(t)
	folder := t.TempDir()
	in, out := filepath.Join(folder, "in.db"), filepath.Join(folder, "out.db")
	if err := os.WriteFile(in, file, 0o600); err != nil {
		t.Fatal(err)
	}
	steps := map[Step]bool{}
	o := salvageOptions()
	o.Progress = func(step Step, done, of int) {
		if steps[step] = true; done > of {
			t.Errorf("%d of %d %s", done, of, step)
		}
	}
	said := must[Salvaged](t)(Salvage(context.Background(), in, out, o))
	if said.Problems() > 0 || len(said.Findings) > 0 {
		t.Errorf("something should be lost:\n%s", said)
	}
	if !steps[SalvageReading] || !steps[SalvageWriting] || !steps[StepRecords] {
		t.Errorf("of the steps these were told: %v", steps)
	}
	contains(t, said.String(), "40 decisions from 1 file, 30 people, 1 session, 15 events, 1 rubric, 30 unfinished walks")
	contains(t, said.String(), "nothing is known to be lost")
	s := openTest(t, out, options(2))
	wantClean(t, s)
	wantSame(t, live, records(t, s))
	old := openTest(t, in, options(3))
	if s.ID() == old.ID() {
		t.Error("the new file has the id of the old one, whose lost decisions its own would be taken for")
	}
	wantSame(t, dump(t, old)[bucketChains+"/"+old.ID()], dump(t, s)[bucketChains+"/"+old.ID()])
	if !bytes.Equal(file, readFile(t, in)) {
		t.Error("the old file was changed")
	}
	mustPlace(t, s, decision("person 1", "grace"), testRubric(t, "well"))
	wantClean(t, s)
}

// Whatever happened to a file: every record whose bytes are still there comes back,
// and nothing that was never written. CALIBRATE_DAMAGES asks for more damages.
func TestSalvageOfDamage(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	t.Parallel()
	n := 150
	if more := os.Getenv("CALIBRATE_DAMAGES"); more != "" {
		n = must[int](t)(strconv.Atoi(more))
	}
	file, live := livedFile(t)
	written := everWritten(file)
	folder := t.TempDir()
	lostMost, came := 0, 0
	all := append(slices.Clone(damages), struct {
		name string
		do   func(*rand.Rand, []byte) []byte
	}{"the first two pages gone", func(r *rand.Rand, b []byte) []byte {
		if r.IntN(2) == 0 {
			clear(b[:2*testPage])
			return b
		}
		return b[2*testPage:]
	}})
	for seed := range n {
		damage := all[seed%len(all)]
		damaged := damage.do(rand.New(rand.NewPCG(uint64(seed), 1)), slices.Clone(file))
		in, out := filepath.Join(folder, "in.db"), filepath.Join(folder, fmt.Sprint("out", seed, ".db"))
		if err := os.WriteFile(in, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		said, err := Salvage(context.Background(), in, out, salvageOptions())
		got := map[string][]byte{}
		switch {
		case errors.Is(err, ErrNothingFound):
			if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("damage %d (%s): a file was made for nothing", seed, damage.name)
			}
		case err != nil:
			t.Fatalf("damage %d (%s): %v", seed, damage.name, err)
		default:
			s := openTest(t, out, options(2))
			got = records(t, s)
			s.Close()
		}
		missing := 0
		for key, value := range live {
			switch intact := bytes.Contains(damaged, value); {
			case intact && !bytes.Equal(got[key], value):
				t.Errorf("damage %d (%s): %q is there and did not come back, or another version of it", seed, damage.name, key)
			case !intact:
				missing++
			default:
				came++
			}
		}
		for key, value := range got {
			if !written[string(value)] {
				t.Errorf("damage %d (%s): %q was never written like this", seed, damage.name, key)
			}
		}
		lost := 0
		for key := range live {
			if strings.HasPrefix(key, bucketDecisions+"/") && got[key] == nil {
				lost++
			}
		}
		if lost > 0 && len(got) > 0 && said.Problems() == 0 && !silent(said) {
			t.Errorf("damage %d (%s): %d decisions are lost and nobody says so:\n%s", seed, damage.name, lost, said)
		}
		lostMost = max(lostMost, missing)
		os.Remove(out)
		if t.Failed() {
			break
		}
	}
	if lostMost == 0 || came == 0 {
		t.Errorf("the damages damaged nothing, or everything: %d lost at most, %d came back", lostMost, came)
	}
	t.Logf("%d damages: %d records came back, at most %d of %d were gone", n, came, lostMost, len(live))
}

// silent reports whether the salvage says that it cannot know what is lost.
func silent(s Salvaged) bool {
	return slices.ContainsFunc(s.Findings, func(f Finding) bool { return strings.Contains(f.What, "nobody could tell") })
}

// A decision that is lost is named by its number, also at the end of the chain; one
// of which the beginning is there, by its id.
func TestSalvageSaysWhatIsLost(t *testing.T) {
	for _, test := range []struct {
		which int
		says  string
	}{{2, "lost: number 3"}, {4, "lost: number 5"}} {
		path := filepath.Join(t.TempDir(), "in.db")
		s, r := openTest(t, path, options(1)), testRubric(t, "well")
		var made []calibration.Decision
		for i := range 5 {
			made = append(made, mustPlace(t, s, decision(fmt.Sprint("person ", i), "grace"), r))
		}
		s.Close()
		file := readFile(t, path)
		gone := []byte(`"person":"` + made[test.which].Person)
		file = bytes.ReplaceAll(file, gone, bytes.ToUpper(gone))
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		said := must[Salvaged](t)(Salvage(context.Background(), path, path+".new", salvageOptions()))
		contains(t, said.String(), "problem: chain of file "+s.ID()+": "+test.says)
		contains(t, said.String(), "the decision "+made[test.which].ID+" is there and damaged")
		contains(t, said.String(), "4 decisions")
	}
}

// A rubric whose copy is lost takes no decision with it, and the same one from
// elsewhere takes its place.
func TestSalvageWithoutRubric(t *testing.T) {
	path := filepath.Join(t.TempDir(), "in.db")
	s, r := openTest(t, path, options(1)), testRubric(t, "well")
	mustPlace(t, s, decision("ada", "grace"), r)
	s.Close()
	file := readFile(t, path)
	file = bytes.ReplaceAll(file, []byte(`"Tester"`), []byte(`"tester"`))
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	said := must[Salvaged](t)(Salvage(context.Background(), path, path+".new", salvageOptions()))
	contains(t, said.String(), "no sound copy of it is here, and 1 decision was made under it")
	o := salvageOptions()
	o.Rubrics = []*rubric.Rubric{testRubric(t, "better"), r}
	said = must[Salvaged](t)(Salvage(context.Background(), path, path+".whole", o))
	contains(t, said.String(), "the same rubric was taken from elsewhere")
	wantClean(t, openTest(t, path+".whole", options(2)))
}

func TestSalvageRefuses(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	letter, mine := write("letter.db", strings.Repeat("calb letters ", 1000)), write("mine.db", "mine")
	open := openTest(t, filepath.Join(folder, "open.db"), options(1))
	newer := filepath.Join(folder, "newer.db")
	s := must[*Store](t)(openLayout(newer, layout{schema: currentLayout().schema + 1}))
	s.Close()
	out := filepath.Join(folder, "out.db")
	for _, test := range []struct{ in, out, says string }{
		{letter, out, "no record of calibrate is in it"},
		{write("empty.db", ""), out, "no record of calibrate is in it"},
		{filepath.Join(folder, "not there.db"), out, "no such file"},
		{folder, out, "no regular file"},
		{open.Path(), out, "open in another calibrate"},
		{newer, out, "update calibrate"},
		{letter, mine, "choose another name"},
	} {
		o := salvageOptions()
		o.Timeout = 1
		_, err := Salvage(context.Background(), test.in, test.out, o)
		if err == nil {
			t.Errorf("%s: nothing is wrong", test.in)
			continue
		}
		contains(t, err.Error(), test.says)
	}
	if string(readFile(t, mine)) != "mine" {
		t.Error("a file was written over")
	}
	if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file was made: %v", err)
	}
	wantNoTemporaries(t, folder)
}

func openLayout(path string, l layout) (*Store, error) { return open(path, options(1), l) }

func TestSalvageCanBeStopped(t *testing.T) {
	file, _ := livedFile(t)
	for _, at := range []Step{SalvageReading, SalvageWriting} {
		folder := t.TempDir()
		in, out := filepath.Join(folder, "in.db"), filepath.Join(folder, "out.db")
		if err := os.WriteFile(in, file, 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		o := salvageOptions()
		o.Progress = func(step Step, _, _ int) {
			if step == at {
				cancel()
			}
		}
		if _, err := Salvage(ctx, in, out, o); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", at, err)
		}
		if left := must[[]os.DirEntry](t)(os.ReadDir(folder)); len(left) != 1 {
			t.Errorf("%s: besides the old file there are %v", at, left)
		}
	}
}
