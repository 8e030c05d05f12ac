// Package tui is the full-screen interface: what a person sees and presses.
//
// The root model routes and draws the frame: app.go has the stack of screens and
// the keys that are the same everywhere, frame.go the footer with the status line,
// work.go the queue of jobs for the store, autosave.go the keeping of unfinished
// work. It knows no screen by name but the first. Each screen is a file, with its
// drawing in another where that is long: it owns its state, is a pointer, answers
// a message with a [reply] and draws itself into the size it is given. Screens
// talk to the root through replies, never to each other.
//
// A session is run from room.go, turn.go and what they lead to. Three things belong to
// the root because they hold whatever is on top: stopwatch.go counts the time that a
// session spends on somebody, cover.go blanks the screen, names.go shows aliases.
//
// What a walk is (ticks, verdicts, route, suggestion) lives in calibration; a
// screen turns keys into its methods and draws the result. Nothing here reads a
// file, the clock or the environment: the store, the time and the theme come in
// through [Config], and every call of the store is a job beside the interface.
//
// Text from outside reaches the terminal through draw.go, wrap.go and editor.go
// alone, which clean, measure and cut it.
package tui
