// Package tui is the full-screen interface: what a person sees and presses.
//
// app.go is the root model. It owns the terminal's size, a stack of screens, the
// status line, the keys that are the same everywhere, and autosaving. It knows
// no screen by name but the first. Each screen is a file: it owns its state, is
// a pointer, answers a message with a [reply] and draws itself into the size it
// is given. Screens talk to the root through replies, never to each other.
//
// What a walk is (ticks, verdicts, route, suggestion) lives in calibration; a
// screen turns keys into its methods and draws the result. Nothing here reads a
// file, the clock or the environment: the store, the time and the theme come in
// through [Config], and every call of the store runs inside a command.
package tui
