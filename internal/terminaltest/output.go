package terminaltest

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/vt"
)

// Screen is what a person sees at one moment.
type Screen struct {
	// Lines holds one string a row, without trailing spaces. A wide character
	// takes two cells and is there once.
	Lines       []string
	Cols, Rows  int
	CursorX     int
	CursorY     int
	CursorShown bool
	AltScreen   bool // the program runs full-screen
}

// String returns the lines, each ended by a line break.
func (s Screen) String() string { return strings.Join(s.Lines, "\n") + "\n" }

// Contains says whether text stands on one line of the screen.
func (s Screen) Contains(text string) bool {
	for _, line := range s.Lines {
		if strings.Contains(line, text) {
			return true
		}
	}
	return false
}

// Screen returns the screen as it is now.
func (term *Terminal) Screen() Screen {
	screen, _ := term.look()
	return screen
}

// Raw returns every byte that the program has written so far.
func (term *Terminal) Raw() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	return term.raw.String()
}

// WaitFor waits until text stands on one line of the screen, and returns it.
func (term *Terminal) WaitFor(text string) Screen {
	term.t.Helper()
	return term.wait(fmt.Sprintf("%q", text), func(s Screen) bool { return s.Contains(text) })
}

// Gone waits until no line of the screen holds text, and returns the screen.
func (term *Terminal) Gone(text string) Screen {
	term.t.Helper()
	return term.wait(fmt.Sprintf("%q to go away", text), func(s Screen) bool { return !s.Contains(text) })
}

// WaitUntil waits until the condition holds, and returns the screen it held for.
func (term *Terminal) WaitUntil(condition func(Screen) bool) Screen {
	term.t.Helper()
	return term.wait("a condition", condition)
}

func (term *Terminal) wait(what string, condition func(Screen) bool) Screen {
	term.t.Helper()
	late := time.After(term.options.Timeout)
	for {
		screen, changed := term.look()
		if condition(screen) {
			return screen
		}
		select {
		case <-changed:
		case <-term.drained:
			if screen = term.Screen(); condition(screen) {
				return screen
			}
			term.fail(what + ", but the program has ended")
		case <-late:
			term.fail(what)
		}
	}
}

// fail ends the test with a picture of the screen.
func (term *Terminal) fail(what string) {
	term.t.Helper()
	screen := term.Screen()
	edge := strings.Repeat("─", screen.Cols)
	var picture strings.Builder
	for _, line := range screen.Lines {
		picture.WriteString("│" + line + "\n")
	}
	term.t.Fatalf("waited %v for %s; the screen:\n┌%s\n%s└%s", term.options.Timeout, what, edge, picture.String(), edge)
}

// look returns the screen and a channel that is closed when it changes.
func (term *Terminal) look() (Screen, <-chan struct{}) {
	term.mu.Lock()
	defer term.mu.Unlock()
	e := term.emulator
	cursor := e.CursorPosition()
	screen := Screen{
		Cols: e.Width(), Rows: e.Height(), AltScreen: e.IsAltScreen(),
		CursorX: cursor.X, CursorY: cursor.Y, CursorShown: term.cursorShown,
	}
	for y := range screen.Rows {
		var line strings.Builder
		for x := range screen.Cols {
			if cell := e.CellAt(x, y); cell != nil {
				line.WriteString(cell.Content) // empty for the second half of a wide one
			}
		}
		screen.Lines = append(screen.Lines, strings.TrimRight(line.String(), " "))
	}
	return screen, term.changed
}

// read passes on what the program writes, until it and its children are gone.
func (term *Terminal) read(chunks chan<- []byte) {
	defer close(chunks)
	for {
		buffer := make([]byte, 32<<10)
		n, err := term.ours.Read(buffer)
		if n > 0 {
			chunks <- buffer[:n]
		}
		if err != nil { // at the end Linux says EIO, others EOF
			return
		}
	}
}

// show brings the chunks to the emulator. That takes the end of a chunk for the
// end of a character, so one that ends in the middle of a sequence of code points
// is kept for a moment in case the next one goes on.
func (term *Terminal) show(chunks <-chan []byte) {
	defer close(term.drained)
	const moment = 20 * time.Millisecond
	for chunk := range chunks {
		for more := true; more && chunk[len(chunk)-1] >= utf8.RuneSelf; {
			select {
			case next := <-chunks:
				chunk = append(chunk, next...)
				more = len(next) > 0
			case <-time.After(moment):
				more = false
			}
		}
		term.mu.Lock()
		term.raw.Write(chunk)
		_, _ = term.emulator.Write(chunk) // it fails only when closed
		term.mu.Unlock()
		term.announce()
	}
}

func (term *Terminal) announce() {
	term.mu.Lock()
	defer term.mu.Unlock()
	close(term.changed)
	term.changed = make(chan struct{})
}

// answer sends the program what the emulator has to say to its queries.
func (term *Terminal) answer() {
	var to io.Writer = term.ours
	if term.options.Mute {
		to = io.Discard
	}
	buffer := make([]byte, 1024)
	for {
		n, err := term.emulator.Read(buffer)
		if err != nil {
			return
		}
		_, _ = to.Write(buffer[:n]) // the program may be gone
	}
}

// closeInput ends answer. The emulator's own Close would race with its Read.
func closeInput(e *vt.Emulator) {
	if c, ok := e.InputPipe().(io.Closer); ok {
		_ = c.Close()
	}
}
