// Package terminaltest drives a program in a pseudo-terminal as a person would:
// it types, looks at the screen and waits for what should be there.
//
//	term := terminaltest.Start(t, terminaltest.Options{Cols: 80, Rows: 24}, terminaltest.Build(t))
//	term.WaitFor("People")
//	term.Press("n")
//	term.Type("Ada Lovelace")
//	term.Press("enter")
//	term.Gone("New person")
//
// The program runs for real, in a terminal of its own; an emulator keeps the
// screen and answers what programs ask terminals (unless it is told to be mute).
// Nothing sleeps: every wait ends as soon as its condition holds, and fails the
// test with a picture of the screen if it does not hold in time. The program and
// what it started are gone when the test ends, however it ends.
//
// Keys are told apart as they are by a person's fingers: each key of [Terminal.Press]
// is sent after the program has read the one before. What [Terminal.Type] sends
// arrives in one piece, as it does from a slow connection.
package terminaltest
