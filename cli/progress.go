package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"calibrate/internal/pace"
	"calibrate/store"
)

// progress shows how far long work has come, on one line of standard error that it
// writes over and takes away at the end. It shows nothing where nobody looks, and
// nothing of work that is done at once.
type progress struct {
	w     io.Writer // nil: nobody looks
	now   func() time.Time
	what  string
	began time.Time
	said  time.Time // when the line was last written; zero: not yet
	width int       // of the line that stands there

	told func(what string, done, of int) // besides; nil: nobody
}

func (s *shell) progress(what string) *progress {
	p := &progress{now: s.Now, what: what, began: s.Now(), told: s.told}
	if s.ErrIsTerminal {
		p.w = s.Stderr
	}
	return p
}

// watching does long work that ctrl+c ends, with a line about each of its steps. The
// work is given what to call with how far it has come.
func (s *shell) watching(ctx context.Context, work func(context.Context, store.Progress) error) error {
	ctx, stop := s.interruptible(ctx)
	defer stop()
	line, step := s.progress(""), store.Step("")
	defer func() { line.done() }()
	return work(ctx, func(now store.Step, done, of int) {
		if now != step {
			line.done()
			line, step = s.progress(string(now)), now
		}
		line.step(done, of)
	})
}

// step says that so many are done of so many.
func (p *progress) step(done, of int) {
	if p.told != nil {
		p.told(p.what, done, of)
	}
	if p.w == nil || done == 0 {
		return
	}
	now := p.now()
	took := now.Sub(p.began)
	if took < pace.After || now.Sub(p.said) < pace.Every {
		return
	}
	p.said = now
	p.write(pace.Line(p.what, done, of, took))
}

func (p *progress) write(line string) {
	fmt.Fprintf(p.w, "\r%s%s", line, strings.Repeat(" ", max(0, p.width-len(line))))
	p.width = len(line)
}

// done takes the line away.
func (p *progress) done() {
	if p.width > 0 {
		p.write("")
		fmt.Fprint(p.w, "\r")
		p.width = 0
	}
}
