//go:build !unix

package main

// hideTyping leaves it to the reading itself, which ends the showing a moment after the
// prompt.
func hideTyping(int) error { return nil }
