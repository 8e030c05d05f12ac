package packet_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/packet"
	"calibrate/rubric"
	"calibrate/store"
)

var at = time.Date(2026, 3, 2, 14, 3, 5, 0, time.UTC)

// laptop is a data file of somebody's own.
func laptop(t rapid.TB, folder string, n int) *store.Store {
	t.Helper()
	var mu sync.Mutex
	now := at
	s, err := store.Open(filepath.Join(folder, fmt.Sprint(n, ".db")), store.Options{
		Entropy: rand.NewChaCha8([32]byte{byte(n), byte(n >> 8)}),
		Now: func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			now = now.Add(time.Second)
			return now
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func builtIn(t testing.TB) *rubric.Rubric {
	t.Helper()
	data, err := os.ReadFile("../rubric/skeleton.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r, err := rubric.Parse("skeleton.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func decision(person, reviewer string, r *rubric.Rubric) calibration.Decision {
	return calibration.Decision{
		Person: person, Reviewer: reviewer, Dimension: r.Dimensions[0], Position: r.Positions()[0].Key,
		Stage: calibration.Draft, Confidence: calibration.Medium, Rationale: "because <this> & that",
	}
}

// draft lets somebody do some work in a file.
func draft(t *rapid.T, s *store.Store, r *rubric.Rubric) {
	who := rapid.SampledFrom([]string{"grace", "edsger"}).Draw(t, "who")
	person := rapid.SampledFrom([]string{"ada", "alan"}).Draw(t, "person")
	_, err := s.PutPeople(calibration.Person{ID: person, Name: person, Team: rapid.SampledFrom([]string{"A", "B"}).Draw(t, "team")})
	check(t, err)
	for range rapid.IntRange(0, 2).Draw(t, "decisions") {
		_, err := s.Place(decision(person, who, r), r)
		check(t, err)
	}
	if rapid.Bool().Draw(t, "session") {
		_, err := s.PutSession(calibration.Session{ID: "spring", Name: "Spring", People: []string{person}})
		check(t, err)
		_, err = s.Record(calibration.Event{Session: "spring", Kind: calibration.Noted, Person: person, By: who, Text: "said so"})
		check(t, err)
	}
}

func check(t rapid.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// everything is what a file holds, in an order that does not depend on how it came.
func everything(t rapid.TB, s *store.Store) store.Batch {
	t.Helper()
	b, err := s.Export(nil)
	check(t, err)
	report, err := s.Check()
	check(t, err)
	if report.Problems() > 0 {
		t.Fatalf("the file should be sound:\n%s", report)
	}
	return b
}

// deal splits what there is over some packets, so that every record is in at least one
// of them, and writes them as files.
func deal(t *rapid.T, all store.Batch, identity *age.X25519Identity) [][]byte {
	parts := make([]store.Batch, rapid.IntRange(1, 4).Draw(t, "packets"))
	share := func(records [][]byte, of func(*store.Batch) *[][]byte) {
		for _, record := range records {
			for range rapid.IntRange(1, 2).Draw(t, "copies") {
				list := of(&parts[rapid.IntRange(0, len(parts)-1).Draw(t, "part")])
				*list = append(*list, record)
			}
		}
	}
	share(all.Decisions, func(b *store.Batch) *[][]byte { return &b.Decisions })
	share(all.People, func(b *store.Batch) *[][]byte { return &b.People })
	share(all.Sessions, func(b *store.Batch) *[][]byte { return &b.Sessions })
	share(all.Events, func(b *store.Batch) *[][]byte { return &b.Events })
	files := make([][]byte, len(parts))
	for i, part := range parts {
		part.Rubrics = all.Rubrics
		var to []age.Recipient
		if rapid.Bool().Draw(t, "encrypted") {
			to = append(to, identity.Recipient())
		}
		var out bytes.Buffer
		check(t, packet.Write(&out, part, "grace", at, to...))
		files[i] = out.Bytes()
	}
	return files
}

// Packets may be split in any way, come in any order, twice, one at a time or several
// at once: who has got them all has the same file, byte for byte of every record.
func TestPacketsComeToTheSameFile(t *testing.T) {
	r, folder := builtIn(t), t.TempDir()
	identity, err := age.GenerateX25519Identity()
	check(t, err)
	drawn := 0
	rapid.Check(t, func(t *rapid.T) {
		open := func() *store.Store {
			drawn++
			s := laptop(t, folder, drawn)
			t.Cleanup(func() { s.Close(); os.Remove(s.Path()) })
			return s
		}
		reference := open()
		for range rapid.IntRange(1, 2).Draw(t, "laptops") {
			s := open()
			for range rapid.IntRange(1, 3).Draw(t, "turns") {
				draft(t, s, r)
			}
			_, err := reference.Merge(everything(t, s))
			check(t, err)
		}
		want := everything(t, reference)

		files := deal(t, want, identity)
		files = append(files, files[rapid.IntRange(0, len(files)-1).Draw(t, "again")])
		got := open()
		for order := rapid.Permutation(files).Draw(t, "order"); len(order) > 0; {
			n := rapid.IntRange(1, len(order)).Draw(t, "at once")
			take(t, got, order[:n], identity)
			order = order[n:]
		}
		if diff := cmp.Diff(want, everything(t, got)); diff != "" {
			t.Fatalf("(-want +got)\n%s", diff)
		}
		m := take(t, got, files, identity)
		if len(m.New)+len(m.Conflicts)+m.People+m.Sessions+m.Events+m.Rubrics > 0 {
			t.Fatalf("what was known is new: %+v", m)
		}
	})
}

// take reads packets and takes them in together.
func take(t *rapid.T, s *store.Store, files [][]byte, identity age.Identity) store.Merged {
	t.Helper()
	var packets []packet.Packet
	for i, data := range files {
		p, err := packet.Read(fmt.Sprint(i, ".calib"), slices.Clone(data), packet.Keys{Identities: []age.Identity{identity}})
		check(t, err)
		packets = append(packets, p)
	}
	m, err := s.Merge(packet.Join(packets))
	check(t, err)
	return m
}
