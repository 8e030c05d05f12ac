package main

import (
	"context"
	"os"

	"golang.org/x/term"
)

// readSecret reads a line from the terminal without showing it. Where the context ends
// meanwhile, what is typed is shown again, as before.
func readSecret(ctx context.Context) (string, error) {
	fd := int(os.Stdin.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	type answer struct {
		line []byte
		err  error
	}
	answered := make(chan answer, 1) // nobody may be waiting any more
	go func() {
		line, err := term.ReadPassword(fd)
		answered <- answer{line, err}
	}()
	select {
	case a := <-answered:
		return string(a.line), a.err
	case <-ctx.Done():
		_ = term.Restore(fd, before) // the program ends anyway
		return "", ctx.Err()
	}
}
