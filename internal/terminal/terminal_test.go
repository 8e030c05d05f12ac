package terminal_test

import (
	"runtime"
	"testing"

	"github.com/muesli/termenv"

	"calibrate/internal/terminal"
)

func TestBackground(t *testing.T) {
	tests := []struct {
		theme, colorfgbg string
		dark, known      bool
	}{
		{"dark", "0;15", true, true},
		{"light", "15;0", false, true},
		{"auto", "15;0", true, true},
		{"auto", "0;15", false, true},
		{"auto", "0;7", false, true},
		{"auto", "7;8", true, true},
		{"auto", "15;default;0", true, true},
		{"auto", "", false, false},
		{"auto", "0", false, false},
		{"auto", "15;default", false, false},
		{"auto", "15;-1", false, false},
		{"auto", "0;231", false, false},
		{"", "0;15", false, true},
	}
	for _, tt := range tests {
		dark, known := terminal.Background(tt.theme, tt.colorfgbg)
		if dark != tt.dark || known != tt.known {
			t.Errorf("Background(%q, %q) = dark %v, known %v; want %v, %v", tt.theme, tt.colorfgbg, dark, known, tt.dark, tt.known)
		}
	}
}

func TestProfile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows goes by its version, not by TERM")
	}
	tests := []struct {
		name     string
		env      map[string]string
		terminal bool
		want     termenv.Profile
	}{
		{"a modern terminal", map[string]string{"TERM": "xterm-256color", "COLORTERM": "truecolor"}, true, termenv.TrueColor},
		{"256 colours", map[string]string{"TERM": "xterm-256color"}, true, termenv.ANSI256},
		{"16 colours", map[string]string{"TERM": "linux"}, true, termenv.ANSI},
		{"in CI, on a terminal", map[string]string{"TERM": "xterm-256color", "CI": "true"}, true, termenv.ANSI256},
		{"a pipe", map[string]string{"TERM": "xterm-256color"}, false, termenv.Ascii},
		{"a pipe, forced", map[string]string{"TERM": "xterm-256color", "CLICOLOR_FORCE": "1"}, false, termenv.ANSI},
		{"NO_COLOR", map[string]string{"TERM": "xterm-256color", "NO_COLOR": "1"}, true, termenv.Ascii},
		{"NO_COLOR wins over force", map[string]string{"TERM": "xterm-256color", "NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, true, termenv.Ascii},
		{"CLICOLOR=0", map[string]string{"TERM": "xterm-256color", "CLICOLOR": "0"}, true, termenv.Ascii},
		{"dumb", map[string]string{"TERM": "dumb", "COLORTERM": "truecolor"}, true, termenv.Ascii},
		{"dumb, forced", map[string]string{"TERM": "dumb", "CLICOLOR_FORCE": "1"}, true, termenv.ANSI},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			getenv := func(key string) string { return tt.env[key] }
			if got := terminal.Profile(getenv, tt.terminal); got != tt.want {
				t.Errorf("got %s, want %s", got.Name(), tt.want.Name())
			}
		})
	}
}
