// Package plain is the app line by line: people, the walk and the placement, a session's
// room, the comparison and the warm-up as on the full screen, as a dialogue of whole
// sentences. It is for screen readers, for terminals that can do nothing but print, and
// for scripts.
//
// What it writes is text and line breaks, nothing else: no escape sequence, no
// cursor that moves, no colour, no column that only an eye can follow. What a
// symbol would say, a word says. Where people pass the laptop round, and when “cover” is
// typed, what was printed is pushed out of sight by empty lines, on a terminal.
//
// It prints where things stand and the prompt “> ”, reads one line, does what the
// line says, and prints what changed. The work in progress is written down after
// every line, so whatever ends the dialogue, the end of the input or a signal
// among it, takes nothing along. What a line may say depends on the room one is in:
//
//	people     home; add, find, resume
//	walk       one person's bands; then place, and saved
//	sessions   the list; agenda, the turn of a person, blind or revealed; handing over
//	compare    the views of the comparison, by name
//	warm-up    placing, laid open; of it nothing is written down
//
// Each room is a table of commands (words.go), from which lines are obeyed and help is
// printed. Votes and final decisions are placed in the same walk as drafts; what they are
// for is a [calibration.Sitting]. Of who is blind the store shows nothing, and nothing is
// printed here that the store did not show.
//
// A script types what a person would:
//
//	printf '%s\n' 'Ada Lovelace' 3-mid 'seen 1-2' place '' high \
//		'Every team takes her path.' . save | calibrate --plain
package plain
