// Package plain is the app line by line: the same walk and the same placement as
// on the full screen, as a dialogue of whole sentences. It is for screen readers,
// for terminals that can do nothing but print, and for scripts.
//
// What it writes is text and line breaks, nothing else: no escape sequence, no
// cursor that moves, no colour, no column that only an eye can follow. What a
// symbol would say, a word says.
//
// It prints where things stand and the prompt “> ”, reads one line, does what the
// line says, and prints what changed. The work in progress is written down after
// every line, so whatever ends the dialogue, the end of the input or a signal
// among it, takes nothing along. What a line may say depends on the room one is
// in: people, walk, place, saved, and those of a warm-up, of which nothing is written
// down. Each room is a table of commands (words.go), from which lines are obeyed and
// help is printed.
//
// A script types what a person would:
//
//	printf '%s\n' 'Ada Lovelace' 3-mid 'seen 1-2' place '' high \
//		'Every team takes her path.' . save | calibrate --plain
package plain
