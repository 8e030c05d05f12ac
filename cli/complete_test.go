package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"calibrate/calibration"
	"calibrate/cli"
	"calibrate/store"
)

// While the app has the file open, tab offers nothing of it, says nothing, and does not
// keep anybody waiting.
func TestCompletionBesideTheApp(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "calibrate", "calibrate.db")
	st, err := store.Open(path, store.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.PutPeople(calibration.Person{ID: "1", Name: "Ada"}); err != nil {
		t.Fatal(err)
	}
	complete := func() (string, string) {
		var out, complaints bytes.Buffer
		status := cli.Main(context.Background(), cli.Env{
			Stdin: strings.NewReader(""), Stdout: &out, Stderr: &complaints, Getenv: func(string) string { return "" }, Now: time.Now,
			LoginName: func() (string, error) { return "grace", nil }, DataHome: dir, ConfigHome: dir, StateHome: dir,
		}, []string{"__completeNoDesc", "place", "--person", ""})
		if status != 0 {
			t.Errorf("status %d: %s", status, &complaints)
		}
		return out.String(), complaints.String()
	}
	began := time.Now()
	if out, complaints := complete(); out != ":4\n" || strings.Contains(complaints, "calibrate:") {
		t.Errorf("%q %q", out, complaints)
	}
	if took := time.Since(began); took > 800*time.Millisecond*slowdown {
		t.Errorf("it took %v", took)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	before := contents(t, path)
	if out, _ := complete(); out != "Ada\n:4\n" {
		t.Errorf("%q", out)
	}
	if !bytes.Equal(before, contents(t, path)) {
		t.Error("tab has changed the data file")
	}
}

func contents(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
