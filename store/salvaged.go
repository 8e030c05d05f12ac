package store

import "fmt"

// Salvaged says what came out of a damaged file.
type Salvaged struct {
	From      string    `json:"from"`
	To        string    `json:"to"`
	Bytes     int64     `json:"bytes"` // that were looked through
	Blind     int64     `json:"blind"` // of them those that the disk did not give
	Decisions int       `json:"decisions"`
	Origins   int       `json:"origins"`
	People    int       `json:"people"`
	Sessions  int       `json:"sessions"`
	Events    int       `json:"events"`
	Rubrics   int       `json:"rubrics"`
	Walks     int       `json:"walks"`
	Purged    int       `json:"purged"`           // decisions of which only the place is left
	Elsewhere int       `json:"purged_elsewhere"` // of them, as others gave them
	Older     int       `json:"older"`            // copies of what was taken, and versions before it
	Findings  []Finding `json:"findings"`
}

func (s *Salvaged) count(r Report, older int, blind int64) {
	s.Decisions, s.Origins, s.People, s.Sessions = r.Decisions, r.Origins, r.People, r.Sessions
	s.Events, s.Rubrics, s.Walks = r.Events, r.Rubrics, r.Walks
	s.Purged, s.Elsewhere = r.Purged, r.Elsewhere
	s.Older, s.Blind = older, blind
}

// Problems counts the findings of something that is lost.
func (s Salvaged) Problems() int { return Report{Findings: s.Findings}.Problems() }

// String is the report for people, in lines.
func (s Salvaged) String() string {
	text := fmt.Sprintf("looked through %s: %s, %s of older copies\n", s.From, count(int(s.Bytes), "byte"), count(s.Older, "record"))
	if s.Blind > 0 {
		text += fmt.Sprintf("of these the disk could not read %s\n", count(int(s.Blind), "byte"))
	}
	text += fmt.Sprintf("written to %s and proven: %s\n", s.To, Report{
		Decisions: s.Decisions, Origins: s.Origins, People: s.People, Sessions: s.Sessions,
		Events: s.Events, Rubrics: s.Rubrics, Walks: s.Walks, Purged: s.Purged, Elsewhere: s.Elsewhere,
	}.counts())
	for _, f := range s.Findings {
		text += f.String() + "\n"
	}
	if n := s.Problems(); n > 0 {
		return text + count(n, "problem") + " found: something is lost; the old file was left as it is\n"
	}
	return text + "nothing is known to be lost; the old file was left as it is\n"
}
