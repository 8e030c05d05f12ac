package terminal_test

import (
	"os"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"calibrate/internal/terminaltest"
)

// child is set in the environment of this test binary when it is to be the
// program under test.
const child = "CALIBRATE_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(child) == "" {
		os.Exit(m.Run())
	}
	if _, err := tea.NewProgram(greeting{}, tea.WithAltScreen()).Run(); err != nil {
		panic(err)
	}
}

// greeting is the smallest full-screen program. It quits at any key.
type greeting struct{}

func (greeting) Init() tea.Cmd { return nil }

func (g greeting) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyMsg); ok {
		return g, tea.Quit
	}
	return g, nil
}

func (greeting) View() string { return "hello" }

func TestMuteTerminalIsNotAskedAnything(t *testing.T) {
	start := time.Now()
	term := terminaltest.Start(t, terminaltest.Options{Mute: true, Env: []string{child + "=1"}}, os.Args[0])
	term.WaitFor("hello")
	if d := time.Since(start); d > 4500*time.Millisecond { // waiting for an answer takes five
		t.Errorf("the first frame took %v", d)
	}
	term.Press("q")
	if status := term.WaitExit(); status != 0 {
		t.Errorf("exit status %d", status)
	}

	const hideCursor, altScreen = "\x1b[?25l", "\x1b[?1049h"
	if !strings.HasPrefix(term.Raw(), hideCursor+altScreen) {
		t.Errorf("did not begin by taking the screen: %q", term.Raw())
	}
	for name, query := range map[string]string{
		"background colour": "\x1b]11;?", "foreground colour": "\x1b]10;?", "cursor position": "\x1b[6n", "device attributes": "\x1b[c",
	} {
		if strings.Contains(term.Raw(), query) {
			t.Errorf("asked for the %s", name)
		}
	}
}
