package tui

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// canvas is the terminal that the app is drawn on. Bubble Tea's renderer draws when its
// clock ticks, sixty times a second for as long as it runs: the first frame comes a tick
// late, every key is answered half a tick late, and a laptop that nobody touches never
// rests. The canvas draws at once, and only when there is something new.
//
// The renderer keeps everything else: the alt screen, the cursor, pasting, suspending and
// coming back. In place of frames it is given [standIn], which is dropped on its way to the
// terminal. After what erases the terminal, all is drawn anew.
type canvas struct {
	terminal *os.File

	mu      sync.Mutex
	w, h    int
	frame   string       // what is to be seen
	lines   []string     // what is seen; nil: anything
	away    bool         // the terminal is not ours: before, after, and while suspended
	due     bool         // a frame is on its way
	painted [2]time.Time // when the last two were drawn, the later one first
}

// standIn is what the renderer takes for the frame. It never reaches the terminal.
const standIn = "\u2060calibrate\u2060"

// betweenFrames is how long a frame is seen at least, in the mean of two. What comes faster,
// as from a key that is held on a slow terminal, is drawn as one. Of two, because many a key
// is answered twice: with what is known, and at once after it with what had to be read.
const betweenFrames = time.Second / 120

// rendererFPS is how often the renderer looks whether the stand-in is still the same.
const rendererFPS = 1

func newCanvas(terminal *os.File) *canvas { return &canvas{terminal: terminal, away: true} }

// drawn is an app that is drawn on a canvas.
type drawn struct {
	*app
	canvas *canvas
	shown  func() // is called when all of the first screen was drawn; nil: it was, or nobody asks
}

func (d *drawn) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := d.app.Update(msg)
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		d.canvas.resize(size.Width, size.Height)
	}
	d.canvas.show(d.app.View())
	if d.shown != nil && d.app.w > 0 && !d.app.waits(d.app.top()) {
		d.shown()
		d.shown = nil
	}
	return d, cmd
}

func (d *drawn) View() string { return standIn }

// show has a frame seen as soon as may be.
func (c *canvas) show(frame string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.frame = frame
	if c.due || c.lines != nil && frame == strings.Join(c.lines, "\n") {
		return
	}
	if wait := 2*betweenFrames - time.Since(c.painted[1]); wait > 0 {
		c.due = true
		time.AfterFunc(wait, func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.due = false
			c.paint()
		})
		return
	}
	c.paint()
}

// resize makes the terminal another size, with anything on it.
func (c *canvas) resize(w, h int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.w, c.h, c.lines = w, h, nil
}

// paint draws the lines of the frame that differ from what is seen.
func (c *canvas) paint() {
	if c.away || c.frame == "" || c.w <= 0 {
		return
	}
	var b bytes.Buffer
	next := strings.Split(c.frame, "\n")
	next = next[max(0, len(next)-c.h):]
	for i, line := range next {
		if i < len(c.lines) && c.lines[i] == line {
			continue
		}
		moveTo(&b, i)
		switch n := ansi.StringWidth(line); {
		case n > c.w: // or it would go on in the next row
			b.WriteString(ansi.Truncate(line, c.w, ""))
		case n < c.w:
			b.WriteString(line + ansi.EraseLineRight)
		default:
			b.WriteString(line)
		}
	}
	if len(next) < c.h && len(next) != len(c.lines) {
		moveTo(&b, len(next))
		b.WriteString(ansi.EraseScreenBelow)
	}
	c.lines, c.painted = next, [2]time.Time{time.Now(), c.painted[0]}
	if b.Len() > 0 {
		_, _ = c.terminal.Write(b.Bytes()) // there is nobody to tell whose terminal is gone
	}
}

// moveTo moves the cursor to the beginning of a row.
func moveTo(b *bytes.Buffer, row int) {
	b.WriteString("\x1b[" + strconv.Itoa(row+1) + ";1H")
}

// Write passes on what the renderer has for the terminal, and follows what that does to
// what is seen.
func (c *canvas) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if bytes.Contains(p, []byte(standIn)) {
		return len(p), nil
	}
	switch {
	case bytes.Contains(p, []byte(ansi.SetModeAltScreenSaveCursor)):
		c.away, c.lines = false, nil
	case bytes.Contains(p, []byte(ansi.ResetModeAltScreenSaveCursor)):
		c.away = true
	}
	n, err := c.terminal.Write(p)
	if bytes.Contains(p, []byte(ansi.EraseEntireScreen)) {
		c.lines = nil
		c.paint()
	}
	return n, err
}

// These make the canvas a terminal for Bubble Tea, which asks it for its size.

func (c *canvas) Fd() uintptr                { return c.terminal.Fd() }
func (c *canvas) Read(p []byte) (int, error) { return c.terminal.Read(p) }
func (c *canvas) Close() error               { return c.terminal.Close() }
