package plain

import (
	"bytes"
	"calibrate/internal/memorystore"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"
)

// hold plays one run of the program and returns its transcript.
func hold(t *testing.T, store *memorystore.Store, c Config, steps []step) string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	p := newTypist(steps, func(directive string) {
		switch directive {
		case diskFull:
			store.FailWith(errors.New("no space left on device"))
		case diskFree:
			store.FailWith(nil)
		case interrupted:
			cancel()
		default:
			t.Errorf("nothing happens at %q", directive)
		}
	})
	c.In, c.Out = p, p
	err := Run(ctx, c)
	out := p.transcript()
	checkPaper(t, out)
	if err != nil {
		out += fmt.Sprintf("%s%v\n", errorMark, err)
	}
	return out
}

// typist is a person at a pipe who types a line at each prompt and not before.
type typist struct {
	mu      sync.Mutex
	changed *sync.Cond
	steps   []step
	prompts int // that wait for a line
	out     bytes.Buffer
	happen  func(directive string)
}

func newTypist(steps []step, happen func(string)) *typist {
	p := &typist{steps: steps, happen: happen}
	p.changed = sync.NewCond(&p.mu)
	return p
}

func (p *typist) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.out.Write(b)
	if bytes.HasSuffix(b, []byte("\n> ")) || bytes.Equal(b, []byte("> ")) {
		p.prompts++
		p.changed.Broadcast()
	}
	return len(b), nil
}

func (p *typist) Read(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.prompts == 0 {
		p.changed.Wait()
	}
	for len(p.steps) > 0 {
		next := p.steps[0]
		p.steps = p.steps[1:]
		if next.directive == "" {
			p.prompts--
			return copy(b, next.line+"\n"), nil
		}
		p.out.Truncate(p.out.Len() - len("> "))
		p.out.WriteString(next.directive + "\n> ")
		p.happen(next.directive)
		if next.directive == interrupted {
			p.prompts = 0
			return 0, nil // bufio reads again, and waits
		}
	}
	return 0, io.EOF
}

func (p *typist) transcript() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.String()
}
