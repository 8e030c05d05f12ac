package tui

import (
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// enter and leave are what Bubble Tea's renderer writes around full-screen programs.
const (
	enter = ansi.SetModeAltScreenSaveCursor
	leave = ansi.ResetModeAltScreenSaveCursor
	erase = ansi.EraseEntireScreen
)

// painting is a canvas of 20×4 cells, and what has come out of it.
type painting struct {
	*canvas
	t   testing.TB
	out *os.File
	all strings.Builder
}

func newPainting(t testing.TB) *painting {
	t.Helper()
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close(); out.Close() })
	p := &painting{canvas: newCanvas(in), t: t, out: out}
	p.resize(20, 4)
	return p
}

func (p *painting) renderer(texts ...string) *painting {
	for _, text := range texts {
		if n, err := io.WriteString(p, text); n != len(text) || err != nil {
			p.t.Errorf("wrote %d of %q: %v", n, text, err)
		}
	}
	return p
}

func (p *painting) frame(rows ...string) *painting {
	p.show(strings.Join(rows, "\n"))
	return p
}

// came is what has come out since the last look.
func (p *painting) came() string {
	p.t.Helper()
	const pause = 4 * betweenFrames // a frame may be on its way
	var now strings.Builder
	buffer := make([]byte, 4096)
	for {
		if err := p.out.SetReadDeadline(time.Now().Add(pause)); err != nil {
			p.t.Fatal(err)
		}
		n, err := p.out.Read(buffer)
		now.Write(buffer[:n])
		if err != nil {
			p.all.WriteString(now.String())
			return now.String()
		}
	}
}

// screen is what a person sees after all that came out.
func (p *painting) screen() string {
	p.t.Helper()
	p.came()
	e := vt.NewEmulator(20, 4)
	_, _ = e.Write([]byte(p.all.String()))
	lines := strings.Split(e.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "|")
}

func (p *painting) wantScreen(want string) *painting {
	p.t.Helper()
	if got := p.screen(); got != want {
		p.t.Errorf("the screen shows %q, want %q", got, want)
	}
	return p
}

func TestCanvasDrawsAtOnceAndOnlyWhatChanged(t *testing.T) {
	p := newPainting(t).renderer(enter, erase).frame("one", "two", "three", "four").wantScreen("one|two|three|four")
	p.frame("one", "2", "three", "four")
	if got := p.came(); got != "\x1b[2;1H2"+ansi.EraseLineRight {
		t.Errorf("for one row that changed came %q", got)
	}
	p.wantScreen("one|2|three|four")
	p.frame("one", "2", "three", "four")
	if got := p.came(); got != "" {
		t.Errorf("for the same frame came %q", got)
	}
}

func TestCanvasDrawsTheLastOfManyFrames(t *testing.T) {
	p := newPainting(t).renderer(enter, erase)
	for _, text := range []string{"a", "b", "c", "d"} {
		p.frame(text)
	}
	if got := p.wantScreen("d|||").all.String(); strings.Contains(got, "c") {
		t.Errorf("a frame that nobody could see was drawn: %q", got)
	}
}

// A screen opens with what is known, and what it had to read comes a moment later: it shall
// not wait for that to have been seen.
func TestCanvasDrawsTwoFramesAtOnce(t *testing.T) {
	p := newPainting(t).renderer(enter, erase).frame("reading")
	p.frame("read")
	if c := p.canvas; c.due || !slices.Equal(c.lines, []string{"read"}) {
		t.Errorf("the second frame waits; drawn is %q", c.lines)
	}
	p.wantScreen("read|||")
}

func TestCanvasKeepsToItsRows(t *testing.T) {
	p := newPainting(t).renderer(enter, erase)
	p.frame("lost", "1", strings.Repeat("wide", 10), "3", "4").wantScreen("1|" + strings.Repeat("wide", 5) + "|3|4")
	p.frame("1", "2").wantScreen("1|2||")
	p.resize(20, 4)
	p.frame("1", "漢字").wantScreen("1|漢字||")
}

func TestCanvasKeepsAwayFromOthersTerminal(t *testing.T) {
	p := newPainting(t)
	p.frame("early")
	if got := p.came(); got != "" {
		t.Errorf("before the alt screen came %q", got)
	}
	p.renderer(enter, erase).wantScreen("early|||")
	p.renderer(leave)
	p.came()
	p.frame("late")
	if got := p.came(); got != "" {
		t.Errorf("after the alt screen came %q", got)
	}
	p.renderer(enter, erase).wantScreen("late|||")
}

func TestCanvasDropsTheStandIn(t *testing.T) {
	p := newPainting(t).renderer(enter, erase).frame("frame")
	p.renderer(ansi.CursorHomePosition+standIn+ansi.EraseLineRight, "\x1b[?2004h").wantScreen("frame|||")
	if got := p.all.String(); strings.Contains(got, standIn) || !strings.Contains(got, "\x1b[?2004h") {
		t.Errorf("to the terminal went %q", got)
	}
}

// A frame that does not change takes no processor time: the model is asked for it after
// messages alone, and nothing else is drawn.
func TestDrawnAppDrawsAfterMessages(t *testing.T) {
	d := drive(t)
	p := newPainting(t).renderer(enter, erase)
	on := &drawn{app: d.app, canvas: p.canvas}
	if on.View() != standIn {
		t.Errorf("the renderer is given %q", on.View())
	}
	p.came()
	on.Update(tea.WindowSizeMsg{Width: 20, Height: 4})
	if got := p.screen(); !strings.HasPrefix(got, "calibrate needs") {
		t.Errorf("a small terminal shows %q", got)
	}
}
