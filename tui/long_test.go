package tui

import (
	"context"
	"testing"
	"time"

	"calibrate/calibration"
	"calibrate/internal/memorystore"
	"calibrate/report"
	"calibrate/rubric"
)

// company is a driver on a file in which reading comes to a halt: at every decision a
// second goes by, and what happens then is up to the test.
func company(t testing.TB, decisions int, at func(d *driver, read int)) *driver {
	now := fixedNow()
	d := drive(t, threePeople, func(m *memorystore.Store, r *rubric.Rubric) {
		for range decisions {
			p := calibration.Decision{Person: "0042", Reviewer: "grace", Dimension: r.Dimensions[0], Position: "3-mid", Stage: calibration.Draft, Confidence: calibration.Medium, Rationale: "Seen twice.", Rubric: r.Hash()}
			if _, err := m.Place(p, r); err != nil {
				t.Fatal(err)
			}
		}
	})
	d.now = func() time.Time { return now }
	d.store.Reading = func(read int) {
		now = now.Add(time.Second)
		if at != nil {
			at(d, read)
		}
	}
	return d
}

// While everything is read, the footer says how far that has come, how fast it goes and
// how long it will take, and nothing of it is left afterwards.
func TestLongReadingIsWatched(t *testing.T) {
	d := company(t, 60, func(d *driver, read int) {
		switch read {
		case 1:
			d.tick().seesNot("a second")
		case 21:
			d.tick().golden("compare/reading-80x24")
			if len(d.due) != 1 {
				t.Errorf("%d timers run, want that of the next look", len(d.due))
			}
		case 41:
			d.tick().sees("reading decisions: 40 of 60, 1 a second, 20s left")
		}
	})
	d.press("c").sees("Spread").seesNot("a second", "gives it up")
	if d.tick(); len(d.due) > 0 {
		t.Errorf("%d timers run on", len(d.due))
	}
}

// esc gives it up at once, whatever was typed before, and reads no further.
func TestLongReadingIsGivenUp(t *testing.T) {
	last := 0
	d := company(t, 60, func(d *driver, read int) {
		if last = read; read == 20 {
			d.press("2", "esc").sees("People", "Ada Lovelace").seesNot("Compare")
		}
	})
	d.press("c").sees("People", "Ada Lovelace").seesNot("!")
	if last > 21 {
		t.Errorf("%d decisions were read", last)
	}
	d.store.Reading = nil
	d.press("c").sees("Spread") // what was given up is no harm to the next time
}

// Quitting does not wait for it.
func TestQuittingGivesLongReadingUp(t *testing.T) {
	for _, key := range []string{"ctrl+c", "q"} {
		last := 0
		d := company(t, 60, func(d *driver, read int) {
			if last = read; read == 20 {
				d.press(key)
			}
		})
		if d.press("c"); !d.quit || last > 21 {
			t.Errorf("%s: quit: %v, after %d decisions", key, d.quit, last)
		}
	}
}

// What a view needs besides is given up with the screen, which takes keys meanwhile.
func TestMeasuringIsGivenUpWithItsScreen(t *testing.T) {
	d := company(t, 2, nil)
	d.press("c")
	c := d.app.top().(*compare)
	_, cmd := d.app.Update(keyNamed(t, "4"))
	l := d.app.running()
	if l == nil {
		t.Fatal("agreement is measured, and nothing long runs")
	}
	if err := l.step("resampling", 1, 1000); err != nil {
		t.Fatal(err)
	}
	d.press("esc").sees("People", "Ada Lovelace")
	if l.ctx.Err() == nil {
		t.Error("it is measured on")
	}
	d.run(cmd)
	if d.app.top() == screen(c) || len(d.app.jobs) > 0 {
		t.Error("the screen, or its work, is still there")
	}
}

// Writing a view is watched and given up as well, and is said to be.
func TestWritingIsGivenUp(t *testing.T) {
	d := company(t, 2, nil)
	d.app.env.save = func(ctx context.Context, what report.Written) error {
		for done := range 3 {
			what.Progress("resampling", done+1, 3)
			now := d.now().Add(time.Second)
			d.now = func() time.Time { return now }
			d.tick()
		}
		d.sees("resampling: 3 of 3, 1 a second, 0s left", "esc gives it up")
		d.press("esc").sees("Spread")
		return ctx.Err()
	}
	d.press("c", "x", "enter").sees("Spread", "given up; nothing was written")
	d.app.env.save = func(context.Context, report.Written) error { return nil }
	d.press("x", "enter").sees("is written")
}
