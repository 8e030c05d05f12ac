package main

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// readSecret reads a line from the terminal without showing it, and prompts when it is
// not shown any more. Afterwards, also where the context ends meanwhile, what is typed
// is shown again as before: nothing but this function changes the terminal's state, for
// a reader that did so too could be late and leave it mute.
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
		line string
		err  error
	}
	answered := make(chan answer, 1) // nobody may be waiting any more
	go func() {
		line, err := readLine(os.Stdin)
		answered <- answer{line, err}
	}()
	select {
	case a := <-answered:
		return a.line, a.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// readLine reads one line, without its end, and nothing after it: the next question has
// a reader of its own. Without a single byte it returns io.EOF.
func readLine(in io.Reader) (string, error) {
	var line []byte
	for b := make([]byte, 1); ; {
		switch n, err := in.Read(b); {
		case n > 0 && b[0] == '\n', errors.Is(err, io.EOF) && len(line) > 0:
			return strings.TrimSuffix(string(line), "\r"), nil
		case n > 0:
			line = append(line, b[0])
		case err != nil:
			return "", err
		}
	}
}
