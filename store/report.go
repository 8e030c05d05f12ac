package store

import (
	"fmt"
	"strings"
)

// Severity says whether a finding needs somebody to act.
type Severity string

// The severities.
const (
	Problem Severity = "problem" // something is damaged, was altered or was taken out
	Note    Severity = "note"    // good to know; nothing is wrong
)

// Finding is one thing that a check found.
type Finding struct {
	Severity Severity `json:"severity"`
	What     string   `json:"what"`  // "decision 01J… was altered"
	Where    string   `json:"where"` // "decisions/01J…", "page 7"
	Do       string   `json:"do"`    // what to do about it
}

func (f Finding) String() string {
	return fmt.Sprintf("%s: %s: %s; %s", f.Severity, f.Where, f.What, f.Do)
}

// Report is what a check of a whole file found. What and Where may hold text of
// people's making, so a terminal gets them through the cleaner.
type Report struct {
	Path      string    `json:"path"`
	ID        string    `json:"id"`
	Schema    int       `json:"schema"`
	Decisions int       `json:"decisions"`
	Origins   int       `json:"origins"` // files that decisions come from
	People    int       `json:"people"`
	Sessions  int       `json:"sessions"`
	Events    int       `json:"events"` // in sessions, besides decisions
	Rubrics   int       `json:"rubrics"`
	Walks     int       `json:"walks"`
	Purged    int       `json:"purged"`           // decisions that were purged here
	Elsewhere int       `json:"purged_elsewhere"` // decisions of which others gave only the place
	Unread    bool      `json:"unread,omitempty"` // the pages are damaged, so that no record was looked at
	Findings  []Finding `json:"findings"`         // problems first
}

// Problems counts the findings that need somebody to act.
func (r Report) Problems() int {
	n := 0
	for _, f := range r.Findings {
		if f.Severity == Problem {
			n++
		}
	}
	return n
}

// String is the report for people, in lines.
func (r Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (file %s, format %d)\n", r.Path, r.ID, r.Schema)
	if r.Unread {
		b.WriteString("no record was looked at, since the pages are damaged\n")
	} else {
		fmt.Fprintf(&b, "%s\n", r.counts())
	}
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "%s\n", f)
	}
	if n := r.Problems(); n > 0 {
		fmt.Fprintf(&b, "%s found\n", count(n, "problem"))
	} else {
		b.WriteString("no problem found\n")
	}
	return b.String()
}

func (r Report) counts() string {
	counts := fmt.Sprintf("%s from %s, %s, %s, %s, %s, %s",
		count(r.Decisions, "decision"), count(r.Origins, "file"), count(r.People, "person"),
		count(r.Sessions, "session"), count(r.Events, "event"), count(r.Rubrics, "rubric"), count(r.Walks, "unfinished walk"))
	if r.Purged > 0 {
		counts += fmt.Sprintf(", %d purged", r.Purged)
	}
	if r.Elsewhere > 0 {
		counts += fmt.Sprintf(", %d purged elsewhere", r.Elsewhere)
	}
	return counts
}

func count(n int, what string) string {
	switch {
	case n == 1:
		return "1 " + what
	case what == "person":
		return fmt.Sprintf("%d people", n)
	}
	return fmt.Sprintf("%d %ss", n, what)
}
