package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"calibrate/calibration"
)

func TestWalkHasALimit(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	w := calibration.NewWalk(r, "ada", "grace", "")
	if err := s.SaveWalk(w.Write(calibration.Form{Rationale: strings.Repeat("x", maxWalk/2)}), r); err != nil {
		t.Error(err)
	}
	err := s.SaveWalk(w.Write(calibration.Form{Rationale: strings.Repeat("x", maxWalk)}), r)
	if err == nil {
		t.Fatal("a walk of more than the limit was saved")
	}
	contains(t, err.Error(), "at most 4194304 are kept")
	kept, _, err := s.Walk("ada", "grace", "")
	if err != nil || len(kept.Tracks["Individual"].Form.Rationale) != maxWalk/2 {
		t.Errorf("what was saved before is gone: %v", err)
	}
}

// Long work that is ended, at each moment that it tells of, has done nothing, and leaves
// nothing behind; what is told never goes back, or beyond its end.
func TestLongWorkEndsWithoutHarm(t *testing.T) {
	source := openTest(t, filled(t, 3000), options(2))
	batch := must[Batch](t)(source.Export(nil))
	folder := t.TempDir()
	s := openTest(t, filepath.Join(folder, "calibrate.db"), options(3))
	mustPlace(t, s, decision("ada", "grace"), testRubric(t, "well"))
	work := map[string]func(context.Context, Progress) error{
		"merge":   func(ctx context.Context, p Progress) error { _, err := s.MergeContext(ctx, batch, p); return err },
		"preview": func(ctx context.Context, p Progress) error { _, err := s.PreviewContext(ctx, batch, p); return err },
		"check":   func(ctx context.Context, p Progress) error { _, err := source.CheckContext(ctx, p); return err },
		"backup": func(ctx context.Context, p Progress) error {
			return source.BackupContext(ctx, filepath.Join(folder, "copy.db"), p)
		},
	}
	for name, do := range work {
		before, ended := dump(t, s), 0
		for _, end := range []int{1, 2, 3, 10, 100, 1000} {
			ctx, stop := context.WithCancel(context.Background())
			told, last := 0, map[Step]int{}
			err := do(ctx, func(step Step, done, of int) {
				if told++; told == end {
					stop()
				}
				if done < last[step] || done > of {
					t.Errorf("%s: %d of %d %s, after %d", name, done, of, step, last[step])
				}
				last[step] = done
			})
			stop()
			if told < end {
				os.Remove(filepath.Join(folder, "copy.db"))
				break // done before
			}
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: ended at %d, it says %v", name, end, err)
			}
			ended++
			wantSame(t, before, dump(t, s))
			if left := must[[]os.DirEntry](t)(os.ReadDir(folder)); len(left) != 1 {
				t.Errorf("%s: ended at %d, it left %v", name, end, left)
			}
		}
		if ended < 2 {
			t.Errorf("%s told only %d times how far it had come", name, ended)
		}
	}
	wantClean(t, s)
}
