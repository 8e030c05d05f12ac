package store

import (
	"path/filepath"
	"testing"
)

// What is put together anew of a damaged file keeps out what was purged from it, though
// it is another file then, and its chains are sound.
func TestSalvageKeepsPurgedOut(t *testing.T) {
	theirs := newRemembered(t, 2)
	purge(t, theirs.Store, Selection{People: []string{"EMP-2"}})
	r := newRemembered(t, 1)
	old := export(t, r.Store)
	purge(t, r.Store, person(adaID))
	must[Merged](t)(r.Merge(export(t, theirs.Store)))
	before := must[Report](t)(r.Check())
	if before.Elsewhere == 0 {
		t.Fatalf("no place is held for others:\n%s", before)
	}
	path := filepath.Join(t.TempDir(), "salvaged.db")
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	said, err := Salvage(t.Context(), r.Path(), path, salvageOptions())
	if err != nil || said.Problems() > 0 {
		t.Fatalf("%v\n%s", err, said)
	}
	if said.Purged != before.Purged || said.Elsewhere != before.Elsewhere || said.Decisions != before.Decisions {
		t.Errorf("want it to say the same as\n%s\ngot\n%s", before, said)
	}
	s := openTest(t, path, options(3))
	purges := must[[]Purge](t)(s.Purges())
	if report := wantClean(t, s); report.Purged != before.Purged || len(chainFindings(report)) > 0 || len(purges) != 1 {
		t.Errorf("want what was purged to be known:\n%s\n%+v", report, purges)
	}
	after := everything(t, s)
	if m := must[Merged](t)(s.Merge(old)); m.Purged != 7 || len(m.New) > 0 {
		t.Errorf("it came back: %+v", m)
	}
	wantSame(t, after, everything(t, s))
}
