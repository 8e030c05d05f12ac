package store

import "context"

// Progress is told how much of a step of long work is done, of how much. It is called
// from the goroutine that does the work, so often that it must be quick.
type Progress func(step Step, done, of int)

// Step is a part of long work, in words that end "… of so many".
type Step string

// The steps.
const (
	StepPages      Step = "pages proved"
	StepRecords    Step = "records checked"
	StepReading    Step = "decisions read"
	StepTaking     Step = "decisions taken in"
	StepCopying    Step = "megabytes copied"
	SalvageReading Step = "megabytes looked through"
	SalvageWriting Step = "records written"
)

// long is long work that can be watched and ended.
type long struct {
	ctx      context.Context
	progress Progress // nil: nobody looks
}

// told says how far a step has come, and reports that the work is to end.
func (l long) told(step Step, done, of int) error {
	if l.progress != nil {
		l.progress(step, done, of)
	}
	return l.ctx.Err()
}

// quiet is work that nobody watches or ends.
func quiet() long { return long{ctx: context.Background()} }
