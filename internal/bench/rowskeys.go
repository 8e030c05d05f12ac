//go:build linux

package main

import (
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// stillAfterStart is how long nothing must have come for a screen to stand still.
const stillAfterStart = 500 * time.Millisecond

// standing starts a program and waits until its screen stands still.
func (b *bench) standing(cols, rows uint16, argv []string, texts ...string) (*screen, error) {
	s, err := shown{cols: cols, rows: rows, env: b.environment()}.start(argv)
	if err != nil {
		return nil, err
	}
	if _, err := s.settled(stillAfterStart, texts...); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// walking starts the app and opens the walk of the first person.
func (b *bench) walking(file string) (*screen, error) {
	s, err := b.standing(200, 60, b.calibrateOn(file), peopleShows...)
	if err != nil {
		return nil, err
	}
	if _, err := s.press("\r", "Progression"); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// pressing times keys in turn.
func pressing(s *screen, keys ...string) timed {
	next := 0
	return func() (time.Duration, error) {
		key := keys[next%len(keys)]
		next++
		return s.press(key)
	}
}

func keyRow(b *bench) (r result, err error) {
	file, err := b.files.company(min(1000, b.most), -1)
	if err != nil {
		return r, err
	}
	if file, err = b.files.copyOf(file); err != nil { // a walk is saved
		return r, err
	}
	app, err := b.walking(file)
	if err != nil {
		return r, err
	}
	defer app.close()
	hello, err := b.standing(200, 60, []string{b.teaHello}, "hello")
	if err != nil {
		return r, err
	}
	defer hello.close()
	samples, err := interleave(b.rounds(300), pressing(app, "j", "j", "k", "k"), pressing(hello, "j"))
	if err != nil {
		return r, err
	}
	ours, theirs := samples[0], samples[1]
	late := float64(ours.quantile(0.99)) / float64(theirs.quantile(0.99))
	r.checks = []check{atMost("median", ours.over(theirs), 0.8), atMost("p99", late, 1.2)}
	r.note = fmt.Sprintf("median %s, p99 %s; hello %s and %s",
		showTime(ours.median()), showTime(ours.quantile(0.99)), showTime(theirs.median()), showTime(theirs.quantile(0.99)))
	return r, nil
}

// viewRow takes what the benchmark of the view says.
func viewRow(b *bench) (r result, err error) {
	out, err := exec.Command("go", "test", "./tui", "-run", "^$", "-bench", "^BenchmarkWalkView$/^200x60$", "-benchmem").CombinedOutput()
	if err != nil {
		return r, fmt.Errorf("go test ./tui: %w\n%s", err, out)
	}
	nanoseconds, err := perOp(string(out), "ns/op")
	if err != nil {
		return r, err
	}
	allocations, err := perOp(string(out), "allocs/op")
	if err != nil {
		return r, err
	}
	took := time.Duration(nanoseconds)
	r.checks = []check{{showTime(took), took <= 500*time.Microsecond}, {fmt.Sprintf("%.0f allocations", allocations), allocations <= 500}}
	return r, nil
}

// perOp finds the figure of a unit in what go test -bench printed.
func perOp(printed, unit string) (float64, error) {
	fields := strings.Fields(printed)
	for i, f := range fields {
		if f == unit && i > 0 {
			return strconv.ParseFloat(fields[i-1], 64)
		}
	}
	return 0, fmt.Errorf("no %s in what go test printed:\n%s", unit, printed)
}

// scrollRow goes from one end to the other of lists that are both longer than the screen,
// so that each key moves every row of it.
func scrollRow(b *bench) (r result, err error) {
	var each []timed
	var apps []*screen
	defer func() {
		for _, s := range apps {
			s.close()
		}
	}()
	for _, n := range []int{20_000, 20} {
		file, err := b.files.people(n)
		if err != nil {
			return r, err
		}
		s, err := b.standing(120, 15, b.calibrateOn(file), "Person", "help")
		if err != nil {
			return r, err
		}
		apps = append(apps, s)
		each = append(each, pressing(s, "\x1b[F", "\x1b[H"))
	}
	samples, err := interleave(b.rounds(100), each...)
	if err != nil {
		return r, err
	}
	many, few := samples[0], samples[1]
	r.checks = []check{atMost("", many.over(few), 1.2)}
	var cpu [2]time.Duration
	for i, s := range apps {
		if cpu[i], err = perKey(s, 200); err != nil {
			return r, err
		}
	}
	r.note = fmt.Sprintf("%s a key and %s; %s and %s of processor time", showTime(many.median()), showTime(few.median()), showTime(cpu[0]), showTime(cpu[1]))
	return r, nil
}

// perKey is the processor time of a key that moves the list, pressed as fast as frames come.
func perKey(s *screen, keys int) (time.Duration, error) {
	before, err := s.cpu()
	if err != nil {
		return 0, err
	}
	for i := range keys {
		if _, err := s.terminal.WriteString([]string{"\x1b[F", "\x1b[H"}[i%2]); err != nil {
			return 0, err
		}
		time.Sleep(9 * time.Millisecond)
	}
	after, err := s.cpu()
	return (after - before) / time.Duration(keys), err
}

func idleRow(b *bench) (r result, err error) {
	file, err := b.files.company(min(100_000, b.most), -1)
	if err != nil {
		return r, err
	}
	long := 30 * time.Second
	if b.short {
		long = 5 * time.Second
	}
	var spent [2]time.Duration
	var both [2]*screen
	for i, argv := range [][]string{b.calibrateOn(file), {b.teaHello}} {
		s, err := b.standing(120, 40, argv)
		if err != nil {
			return r, err
		}
		defer s.close()
		both[i] = s
	}
	time.Sleep(2 * time.Second) // what they still have to do from the start
	for i, s := range both {
		if spent[i], err = s.cpu(); err != nil {
			return r, err
		}
	}
	time.Sleep(long)
	for i, s := range both {
		now, err := s.cpu()
		if err != nil {
			return r, err
		}
		spent[i] = now - spent[i]
	}
	share := 100 * spent[0].Seconds() / long.Seconds()
	r.checks = []check{
		atMost("", float64(spent[0])/float64(spent[1]), 1.2),
		{fmt.Sprintf("%.2f %% of a core", share), share < 1},
	}
	r.note = fmt.Sprintf("%s in %s; hello %s", showTime(spent[0]), showTime(long), showTime(spent[1]))
	return r, nil
}
