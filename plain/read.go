package plain

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// maxLine is how many bytes of a line are taken: three times a whole rationale.
const maxLine = 64 << 10

var errLongLine = fmt.Errorf("that line was longer than %d bytes and was not taken", maxLine)

// input hands out lines that a goroutine reads, so that waiting for one can be given
// up. Reading a terminal cannot be.
type input struct{ lines <-chan lineRead }

type lineRead struct {
	text string
	err  error
}

// readLines reads lines until the first error that is no [errLongLine], or until
// nobody wants them any more.
func readLines(in io.Reader, done <-chan struct{}) input {
	lines := make(chan lineRead)
	go func() {
		defer close(lines)
		r := bufio.NewReader(in)
		for first := true; ; first = false {
			text, err := readLine(r)
			if first {
				text = strings.TrimPrefix(text, "\uFEFF") // Windows editors begin a file with it
			}
			select {
			case lines <- lineRead{text, err}:
			case <-done:
				return
			}
			if err != nil && !errors.Is(err, errLongLine) {
				return
			}
		}
	}()
	return input{lines}
}

// errStillWaiting says that no line has come yet.
var errStillWaiting = errors.New("no line has come yet")

// next waits for the next line, for so long at the most if that is not 0. The end of ctx
// goes before a line that is there.
func (in input) next(ctx context.Context, within time.Duration) (string, error) {
	var late <-chan time.Time
	if within > 0 {
		timer := time.NewTimer(within)
		defer timer.Stop()
		late = timer.C
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case <-late:
		return "", errStillWaiting
	case l, ok := <-in.lines:
		if !ok {
			return "", io.EOF
		}
		return l.text, l.err
	}
}

// readLine reads one line, without what ends it, as valid UTF-8. The last one need
// not be ended. Of a line that is too long only that it was there is told.
func readLine(r *bufio.Reader) (string, error) {
	var line []byte
	long := false
	for {
		part, err := r.ReadSlice('\n')
		if len(line)+len(part) > maxLine {
			long, line = true, nil
		}
		if !long {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case long && (err == nil || errors.Is(err, io.EOF)):
			return "", errLongLine
		case err != nil && (len(line) == 0 || !errors.Is(err, io.EOF)):
			return "", err
		}
		text := strings.TrimSuffix(strings.TrimSuffix(string(line), "\n"), "\r")
		return strings.ToValidUTF8(text, "\uFFFD"), nil
	}
}

// isTerminal says whether what is typed shows by itself.
func isTerminal(in io.Reader) bool {
	f, ok := in.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
