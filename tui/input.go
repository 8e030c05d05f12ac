package tui

import (
	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/textarea"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"calibrate/internal/clean"
)

// newTextInput makes a focused field of one line. Its cursor does not blink:
// nothing on the screen moves unless somebody moved it.
func newTextInput(t theme) textinput.Model {
	in := textinput.New()
	in.Prompt = ""
	in.Cursor.SetMode(cursor.CursorStatic)
	in.Cursor.Style = lipgloss.NewStyle().Reverse(true)
	in.Focus()
	return in
}

// newTextArea makes a field of several lines.
func newTextArea(limit int) textarea.Model {
	area := textarea.New()
	area.Prompt = ""
	area.ShowLineNumbers = false
	area.CharLimit = limit
	area.MaxHeight = 0
	area.Cursor.SetMode(cursor.CursorStatic)
	area.Cursor.Style = lipgloss.NewStyle().Reverse(true)
	plain := lipgloss.NewStyle()
	area.FocusedStyle = textarea.Style{Base: plain, CursorLine: plain, Text: plain, Placeholder: plain, EndOfBuffer: plain, Prompt: plain}
	area.BlurredStyle = area.FocusedStyle
	return area
}

// safePaste cleans what is typed or pasted into a text field, because the field
// draws itself and would pass on what it holds.
func safePaste(k tea.KeyMsg) tea.KeyMsg {
	if k.Type == tea.KeyRunes {
		k.Runes = []rune(clean.Text(string(k.Runes)))
	}
	return k
}
