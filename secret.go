package main

import (
	"context"
	"os"

	"golang.org/x/term"
)

// readSecret reads a line from the terminal without showing it, and prompts when it is
// not shown any more. Afterwards, also where the context ends meanwhile, what is typed
// is shown again as before.
func readSecret(ctx context.Context, prompt func()) (string, error) {
	fd := int(os.Stdin.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	defer term.Restore(fd, before)
	if err := hideTyping(fd); err != nil { // before the prompt, for whoever types at once
		return "", err
	}
	prompt()
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
		return "", ctx.Err()
	}
}
