//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"time"
)

// starting times a program from its start to its first complete frame, which shows all of
// the texts.
func (b *bench) starting(mute bool, argv []string, texts ...string) timed {
	return func() (time.Duration, error) {
		s, err := shown{cols: 120, rows: 40, mute: mute, env: b.environment()}.start(argv, texts...)
		if err != nil {
			return 0, err
		}
		defer s.close()
		return s.opened()
	}
}

// People shows a list, complete when the first person and the keys are there.
var peopleShows = []string{"Person 000000", "help"}

func startRow(mute bool) func(*bench) (result, error) {
	return func(b *bench) (r result, err error) {
		file, err := b.files.company(min(100_000, b.most), -1)
		if err != nil {
			return r, err
		}
		each := []timed{
			b.starting(mute, b.calibrateOn(file), peopleShows...),
			b.starting(false, []string{b.teaHello}, "hello, 0 keys"), // it waits for an answer for seconds
		}
		if b.fzf != "" {
			list, err := b.files.made("lines", func(path string) error { return os.WriteFile(path, []byte(lines(1000)), 0o600) })
			if err != nil {
				return r, err
			}
			each = append(each, b.starting(mute, []string{"/bin/sh", "-c", fmt.Sprintf("exec %s <%s", b.fzf, list)}, "1000/1000"))
		}
		samples, err := interleave(b.rounds(25), each...)
		if err != nil {
			return r, err
		}
		app, hello := samples[0], samples[1]
		r.checks = append(r.checks, atMost("", app.over(hello), 0.9))
		full, err := b.filled(file)
		if err != nil {
			return r, err
		}
		r.note = fmt.Sprintf("%s, and %s until it says how far each is; hello %s", showTime(app.median()), showTime(full), showTime(hello.median()))
		if b.fzf != "" {
			fzf := samples[2]
			ratio := app.over(fzf)
			r.checks = append(r.checks, check{fmt.Sprintf("%.2f × fzf", ratio), ratio < 1})
			r.note += ", fzf " + showTime(fzf.median())
		} else {
			r.note += "; fzf was not to be had"
		}
		if mute {
			before, err := b.beforeAltScreen(file)
			if err != nil {
				return r, err
			}
			r.checks = append(r.checks, check{fmt.Sprintf("%d bytes before the alt screen", len(before)), len(before) == 0})
		}
		return r, nil
	}
}

// filled is how long it takes until the columns of People are filled that come after the
// first frame, once.
func (b *bench) filled(file string) (time.Duration, error) {
	s, err := shown{cols: 120, rows: 40, env: b.environment()}.start(b.calibrateOn(file))
	if err != nil {
		return 0, err
	}
	defer s.close()
	last, err := s.settled(2*time.Second, peopleShows...)
	return last.Sub(s.began), err
}

// beforeAltScreen is what the program writes before it turns to the alt screen.
func (b *bench) beforeAltScreen(file string) ([]byte, error) {
	s, err := shown{cols: 120, rows: 40, mute: true, env: b.environment()}.start(b.calibrateOn(file), peopleShows...)
	if err != nil {
		return nil, err
	}
	defer s.close()
	if _, err := s.opened(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	before, _, found := bytes.Cut(s.first, []byte("\x1b[?1049h"))
	if !found {
		return nil, fmt.Errorf("no alt screen in %q", s.first)
	}
	// That the cursor is hidden shows nowhere and asks nothing.
	return []byte(strings.ReplaceAll(string(before), "\x1b[?25l", "")), nil
}

func printRow(args ...string) func(*bench) (result, error) {
	return func(b *bench) (r result, err error) {
		samples, err := interleave(b.rounds(100), b.runs(append([]string{b.calibrate}, args...)...), b.runs(b.hello))
		if err != nil {
			return r, err
		}
		ours, hello := samples[0], samples[1]
		r.checks = []check{atMost("", ours.over(hello), 3), within(ours.median(), 20*time.Millisecond)}
		r.note = "hello " + showTime(hello.median())
		return r, nil
	}
}

func binaryRow(b *bench) (r result, err error) {
	info, err := os.Stat(b.calibrate)
	if err != nil {
		return r, err
	}
	r.checks = []check{{showBytes(info.Size()), info.Size() <= 25_000_000}}
	return r, nil
}
