// Package cli is the command line: each command parses its arguments, calls the
// packages below and prints. Nothing here decides anything that a screen would
// have to decide as well.
//
// A command is a file and a constructor; there are no command variables and no
// init functions. Everything that a command knows of the world comes in through
// [Env], so tests run the very same commands with their own clock, folders and
// streams.
//
// # What commands promise to scripts
//
// Standard output holds the result and nothing else: the id that was made, the
// table, the records. Sentences for people ("saved 3-mid · Individual …") and
// errors go to standard error. With --format json the result is JSON, one record
// a line where there may be many.
//
// An error reads “calibrate: what, where, what to do”. The exit status is 0, or 1
// where something went wrong, or 2 where the command was written wrongly.
//
// Text from outside (names, rationales, files) reaches a terminal only through
// internal/clean. In JSON it stays what it is; whatever a terminal might obey is
// written as \u escapes.
package cli
