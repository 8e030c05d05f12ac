package store

import (
	"fmt"
	"strings"
)

// LockedError says that another program has the file open.
type LockedError struct {
	Path string
}

func (e *LockedError) Error() string {
	return fmt.Sprintf("%s is open in another calibrate; close that one first, or choose another file", e.Path)
}

// NewerError says that a newer program has written the file.
type NewerError struct {
	Path         string
	Schema, Know int // the file's schema version, and the latest that this program knows
}

func (e *NewerError) Error() string {
	return fmt.Sprintf("%s was written by a newer calibrate (file format %d; this program knows formats up to %d); update calibrate to open it",
		e.Path, e.Schema, e.Know)
}

// DamagedError says that a file cannot be read as a data file, and where it fails.
type DamagedError struct {
	Path string
	What string // "the file is empty", "page 7 is …"
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("%s is damaged or no data file of calibrate: %s; it was left as it is: restore a backup (calibrate backup --list), or calibrate doctor --salvage OUT recovers what is readable", e.Path, e.What)
}

// VanishedError says that a file was taken away, or another one put in its place, while
// it was open. What was read of it still can be read, but nothing can be saved any more.
type VanishedError struct {
	Path string
}

func (e *VanishedError) Error() string {
	return fmt.Sprintf("%s was moved, deleted or replaced while it was open; put it back to save, or keep what you wrote elsewhere and start again", e.Path)
}

// RecordError says that one record cannot be read.
type RecordError struct {
	Bucket string // "decisions"
	Key    string // as text
	Offset int    // within the record's value, in bytes
	What   string
}

func (e *RecordError) Error() string {
	return fmt.Sprintf("the record %s/%s is damaged at byte %d: %s", e.Bucket, e.Key, e.Offset, e.What)
}

// FinalisedError says that a session takes no more decisions.
type FinalisedError struct {
	ID, Name string
}

func (e *FinalisedError) Error() string {
	return fmt.Sprintf("the session %q is finalised and takes no more decisions; reopen it first", e.Name)
}

// ForgottenError says that somebody was purged from the file.
type ForgottenError struct {
	Person string // id
}

func (e *ForgottenError) Error() string {
	return fmt.Sprintf("the person %q was purged from this file; add them to the people again first", e.Person)
}

// RefusedError says that nothing of a batch was taken in, because something in it is
// wrong.
type RefusedError struct {
	Wrong []Wrong // at least one
}

// Wrong is one record of a batch that cannot be taken in.
type Wrong struct {
	Record string // "decision 3 (01J…)": the place in the batch counts from 1
	Why    string
}

// Place takes the kind of record ("decision", "person", "session", "event", "rubric", "tombstone")
// and its place in the batch, from 1, out of what Record says.
func (w Wrong) Place() (kind string, at int) {
	_, _ = fmt.Sscanf(w.Record, "%s %d", &kind, &at) // refuse writes it so
	return kind, at
}

func (e *RefusedError) Error() string {
	const shown = 3
	var b strings.Builder
	b.WriteString("nothing was taken in: ")
	for i, w := range e.Wrong[:min(shown, len(e.Wrong))] {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(w.Record + ": " + w.Why)
	}
	if more := len(e.Wrong) - shown; more > 0 {
		fmt.Fprintf(&b, "; and %d more", more)
	}
	return b.String()
}
