package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"calibrate/store"
)

// contents says what a batch holds: "12 decisions about 6 people, 1 session".
func contents(b store.Batch) (string, error) {
	about, err := b.About()
	if err != nil {
		return "", fmt.Errorf("reading a decision: %w", err)
	}
	var parts []string
	if n := len(b.Decisions); n > 0 {
		parts = append(parts, fmt.Sprintf("%s about %s", count(n, "decision"), countPeople(about)))
	}
	if n := len(b.People); n > about {
		parts = append(parts, fmt.Sprintf("%s on the list", countPeople(n)))
	}
	for _, other := range []struct {
		n    int
		what string
	}{{len(b.Sessions), "session"}, {len(b.Events), "event"}, {len(b.Rubrics), "rubric"}, {len(b.Tombstones), "tombstone"}} {
		if other.n > 0 {
			parts = append(parts, count(other.n, other.what))
		}
	}
	if len(parts) == 0 {
		return "nothing", nil
	}
	return strings.Join(parts, ", "), nil
}

func countPeople(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// size is about how many bytes a batch takes.
func size(b store.Batch) int {
	n := 0
	for _, records := range [][][]byte{b.Rubrics, b.People, b.Sessions, b.Decisions, b.Events, b.Tombstones} {
		for _, record := range records {
			n += len(record)
		}
	}
	return n
}

// watched passes bytes on until the context ends, and tells how many came by.
type watched struct {
	ctx      context.Context
	to       io.Writer
	from     io.Reader
	progress *progress
	done, of int // bytes
}

func (w *watched) Write(p []byte) (int, error) { return w.pass(p, w.to.Write) }
func (w *watched) Read(p []byte) (int, error)  { return w.pass(p, w.from.Read) }

func (w *watched) pass(p []byte, by func([]byte) (int, error)) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := by(p)
	w.done += n
	w.progress.step(w.done>>10, max(w.of, w.done)>>10)
	return n, err
}
