package calibration

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// EventKind says what happened in a session.
type EventKind string

// The kinds of events.
const (
	Arrived   EventKind = "arrived"   // the agenda came to a person
	Reveal    EventKind = "reveal"    // a person's placements were shown before all had placed; Text says why
	Spent     EventKind = "spent"     // so many seconds were spent on a person
	Noted     EventKind = "note"      // something was noted in the discussion
	Dissent   EventKind = "dissent"   // Who does not agree with the final decision, by name
	FollowUp  EventKind = "follow-up" // something is to be done by Who until Due
	Readiness EventKind = "readiness" // whether the person is ready to be promoted: Answer
	Finalise  EventKind = "finalise"  // the session was finalised
	Reopen    EventKind = "reopen"    // it was opened again; Text says why
)

// The answers to whether somebody is ready to be promoted.
const (
	Ready    = "yes"
	NotYet   = "not yet"
	NotReady = "no"
)

// Event is something that happened in a session besides decisions. Like a decision it
// is never changed: what comes later stands beside it, and of readiness the later
// answer counts.
type Event struct {
	ID        string    `json:"id"` // ULID
	Session   string    `json:"session"`
	Kind      EventKind `json:"kind"`
	Person    string    `json:"person,omitempty"`
	Dimension string    `json:"dimension,omitempty"`
	By        string    `json:"by"` // who recorded it
	Who       string    `json:"who,omitempty"`
	Text      string    `json:"text,omitempty"`
	Answer    string    `json:"answer,omitempty"`
	Due       string    `json:"due,omitempty"` // a date: 2026-03-01
	Seconds   int       `json:"seconds,omitempty"`
	At        time.Time `json:"at"`
}

// Validate reports the first thing that keeps the event from being recorded.
func (e Event) Validate() error {
	about := map[EventKind]bool{Arrived: true, Reveal: true, Spent: true, Noted: true, Dissent: true, FollowUp: true, Readiness: true, Finalise: false, Reopen: false}
	needsPerson, known := about[e.Kind]
	switch {
	case !known:
		return fmt.Errorf("%q is no kind of event", e.Kind)
	case e.Session == "":
		return fmt.Errorf("the event names no session")
	case strings.TrimSpace(e.By) == "":
		return fmt.Errorf("the event does not say who recorded it")
	case needsPerson && e.Person == "":
		return fmt.Errorf("a %s is about a person, and names none", e.Kind)
	case slices.Contains([]EventKind{Reveal, Reopen, Noted, Dissent, FollowUp}, e.Kind) && strings.TrimSpace(e.Text) == "":
		return fmt.Errorf("a %s needs its words", e.Kind)
	case slices.Contains([]EventKind{Dissent, FollowUp}, e.Kind) && strings.TrimSpace(e.Who) == "":
		return fmt.Errorf("a %s needs a name", e.Kind)
	case e.Kind == Readiness && !slices.Contains([]string{Ready, NotYet, NotReady}, e.Answer):
		return fmt.Errorf("readiness %q is not one of yes, not yet, no", e.Answer)
	case e.Kind == Spent && (e.Seconds < 1 || e.Seconds > 24*3600):
		return fmt.Errorf("%d seconds cannot have been spent on a person", e.Seconds)
	case e.Kind != Readiness && e.Answer != "":
		return fmt.Errorf("a %s answers nothing", e.Kind)
	case len(e.Text) > MaxRationale:
		return fmt.Errorf("the text is %d bytes long; at most %d are kept", len(e.Text), MaxRationale)
	}
	if e.Due != "" {
		if _, err := time.Parse(time.DateOnly, e.Due); err != nil {
			return fmt.Errorf("%q is no date; write it as 2026-03-01", e.Due)
		}
	}
	for _, name := range []string{e.Session, e.Person, e.By, e.Who, e.Dimension} {
		if len(name) > MaxNameBytes {
			return fmt.Errorf("a name is %d bytes long; at most %d are kept", len(name), MaxNameBytes)
		}
	}
	return nil
}

// Words say what was said or agreed in the discussion of a person; ok is false for the
// kinds of events that tell what happened.
func (e Event) Words() (words string, ok bool) {
	switch e.Kind {
	case Noted:
		return "note by " + e.By + ": " + e.Text, true
	case Dissent:
		return "dissent by " + e.Who + " on " + e.Dimension + ": " + e.Text, true
	case FollowUp:
		due := ""
		if e.Due != "" {
			due = " until " + e.Due
		}
		return "follow-up for " + e.Who + due + ": " + e.Text, true
	case Readiness:
		words := "ready for promotion: " + e.Answer
		if e.Text != "" {
			words += " · " + e.Text
		}
		return words, true
	}
	return "", false
}
