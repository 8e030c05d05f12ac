// Package calibration is the domain: who is rated, by whom, where they were
// placed and why, and what those decisions say next to each other.
//
// Everything here is a value or a pure function. The package opens no file,
// reads no clock, draws nothing and starts nothing; times, ids and names come
// in as arguments. It may import rubric and nothing else of this program.
//
// A [Decision] is immutable: who corrects one makes another that supersedes it.
// A [Walk] is the opposite, work in progress that changes at every key, and it
// too is a value: its methods return the changed copy, which makes undo a list
// and autosave a matter of writing the latest one down.
package calibration
