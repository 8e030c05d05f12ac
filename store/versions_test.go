package store

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"calibrate/calibration"
)

// oldFile unpacks a file that was written when a format was the latest. All have the
// same content as far as their format knows it; none is ever made anew.
func oldFile(t testing.TB, format int) (path string) {
	t.Helper()
	packed := must[*os.File](t)(os.Open(filepath.Join("testdata", fmt.Sprintf("format-%d.db.gz", format))))
	defer packed.Close()
	file := must[[]byte](t)(io.ReadAll(must[*gzip.Reader](t)(gzip.NewReader(packed))))
	path = filepath.Join(t.TempDir(), "old.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A file of every format that there was opens for ever, with all that it holds, and so
// does what is salvaged of it.
func TestOldFilesOpenForEver(t *testing.T) {
	for format := 1; format <= currentLayout().schema; format++ {
		if _, err := os.Stat(filepath.Join("testdata", fmt.Sprintf("format-%d.db.gz", format))); err != nil && format == currentLayout().schema {
			continue // it is kept when the next one comes
		}
		t.Run(fmt.Sprint("format ", format), func(t *testing.T) {
			path := oldFile(t, format)
			before := readFile(t, path)
			if format < currentLayout().schema {
				_, err := Open(path, Options{ReadOnly: true})
				contains(t, fmt.Sprint(err), "open it once for writing")
			}
			saved := path + ".saved"
			must[Salvaged](t)(Salvage(context.Background(), path, saved, salvageOptions()))
			if !bytes.Equal(before, readFile(t, path)) {
				t.Fatal("reading it changed it")
			}
			for _, path := range []string{path, saved} {
				s := openTest(t, path, options(1))
				if report := wantClean(t, s); report.Schema != currentLayout().schema {
					t.Errorf("it was not converted:\n%s", report)
				}
				wantOldContent(t, s, format)
			}
		})
	}
}

func wantOldContent(t *testing.T, s *Store, format int) {
	t.Helper()
	people := must[[]calibration.Person](t)(s.People())
	session := must[[]calibration.Session](t)(s.Sessions())[0]
	walks := must[[]calibration.Walk](t)(s.Walks())
	if len(people) != 3 || people[0].Name != "Ada Lovelace" || people[0].Extra["Office"] != "London" || people[2].Name != "Zoë Ångström" {
		t.Errorf("people: %+v", people)
	}
	if session.Name != "2026 H1" || len(session.People) != 2 || (session.State == calibration.Finalised) != (format >= 2) {
		t.Errorf("session: %+v", session)
	}
	if len(walks) != 1 || walks[0].Track().Form.Rationale != "half a sent" {
		t.Errorf("walks: %+v", walks)
	}
	if events := must[[]calibration.Event](t)(s.Events(session.ID)); format >= 2 && (len(events) != 2 || events[0].Text != "What was said.") {
		t.Errorf("events: %+v", events)
	}
	n := 0
	if err := s.Decisions(func(d calibration.Decision) error {
		if d.Rationale != fmt.Sprintf("Because of reason %d.", n) || d.Seq != uint64(n+1) || d.DecidedAt.Before(time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("decision %d: %+v", n, d)
		}
		if n == 7 && (d.Stage != calibration.Final || d.Session != session.ID || len(d.Evidence) != 1 || d.Evidence[0].Note != "in March") {
			t.Errorf("the final one: %+v", d)
		}
		r, err := s.Rubric(d.Rubric)
		if err != nil {
			return err
		}
		n++
		return d.Validate(r)
	}); err != nil {
		t.Error(err)
	}
	if n != 8 {
		t.Errorf("of 8 decisions there are %d", n)
	}
}
