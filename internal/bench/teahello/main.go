// Teahello is the least that a full-screen Bubble Tea program can do, with the settings
// that it comes with: the baseline of the app's start, keys and idling.
package main

import (
	"fmt"
	"os"

	tea "github.com/charmbracelet/bubbletea"
)

// keys counts the keys that were pressed, so that each changes the frame.
type keys int

func (k keys) Init() tea.Cmd { return nil }

func (k keys) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, ok := msg.(tea.KeyMsg); ok {
		if key.Type == tea.KeyCtrlC {
			return k, tea.Quit
		}
		return k + 1, nil
	}
	return k, nil
}

func (k keys) View() string { return fmt.Sprintf("hello, %d keys", int(k)) }

func main() {
	if _, err := tea.NewProgram(keys(0), tea.WithAltScreen()).Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
