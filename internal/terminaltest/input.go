package terminaltest

import (
	"strings"
	"time"
)

// Type sends text as one piece, as it is typed on a slow connection: the program
// may read all of it at once.
func (term *Terminal) Type(text string) {
	term.t.Helper()
	term.send(text)
}

// Press sends keys one by one, each after the program has read the one before.
// A key is a character or one of: enter, esc, tab, shift+tab, space, backspace,
// delete, up, down, left, right, home, end, pgup, pgdown, f1 to f4, ctrl+a to
// ctrl+z, or alt+ and a character.
func (term *Terminal) Press(keys ...string) {
	term.t.Helper()
	for _, key := range keys {
		bytes, ok := keyBytes(key)
		if !ok {
			term.t.Fatalf("no such key: %q", key)
		}
		term.send(bytes)
	}
}

// Paste sends text as a terminal does that pastes: in brackets if the program
// asked for them, with carriage returns for line breaks.
func (term *Terminal) Paste(text string) {
	term.t.Helper()
	text = strings.ReplaceAll(text, "\n", "\r")
	term.mu.Lock()
	bracketed := term.bracketed
	term.mu.Unlock()
	if bracketed {
		text = "\x1b[200~" + text + "\x1b[201~"
	}
	term.send(text)
}

// send writes to the program and waits until it has read that. A program that
// does not read shows in the next wait for the screen.
func (term *Terminal) send(s string) {
	term.t.Helper()
	if _, err := term.ours.WriteString(s); err != nil {
		term.t.Fatalf("write to the terminal: %v", err)
	}
	const poll, patience = time.Millisecond, 2 * time.Second
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		if !term.unread() {
			return
		}
		select {
		case <-term.exited:
			return
		case <-time.After(poll):
		}
	}
}

// unread says whether the program has not read all of its input yet.
func (term *Terminal) unread() bool {
	conn, err := term.theirs.SyscallConn()
	if err != nil { // closed: the program is gone
		return false
	}
	unread := false
	_ = conn.Control(func(fd uintptr) { unread = unreadInput(int(fd)) })
	return unread
}

func keyBytes(key string) (string, bool) {
	if bytes, ok := namedKeys[key]; ok {
		return bytes, true
	}
	if rest, ok := strings.CutPrefix(key, "alt+"); ok {
		bytes, ok := keyBytes(rest)
		return "\x1b" + bytes, ok
	}
	if rest, ok := strings.CutPrefix(key, "ctrl+"); ok && len(rest) == 1 && 'a' <= rest[0] && rest[0] <= 'z' {
		return string(rest[0] - 'a' + 1), true
	}
	return key, len([]rune(key)) == 1
}

var namedKeys = map[string]string{
	"enter": "\r", "esc": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ", "backspace": "\x7f", "delete": "\x1b[3~",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
	"pgup": "\x1b[5~", "pgdown": "\x1b[6~", "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS",
}
