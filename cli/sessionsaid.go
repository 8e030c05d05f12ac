package cli

import (
	"strings"

	"calibrate/calibration"
)

// writeEvents tells what was said, by kind.
func (n names) writeEvents(b *strings.Builder, events []calibration.Event) {
	for _, section := range []struct {
		title string
		kind  calibration.EventKind
	}{
		{"Revealed early", calibration.Reveal}, {"Readiness for promotion", calibration.Readiness}, {"Dissent", calibration.Dissent},
		{"Follow-ups", calibration.FollowUp}, {"Notes", calibration.Noted}, {"Reopened", calibration.Reopen},
	} {
		begun := false
		for _, e := range events {
			if e.Kind != section.kind || !counts(events, e) {
				continue
			}
			if !begun {
				b.WriteString("\n" + section.title + "\n")
				begun = true
			}
			b.WriteString(paragraph(n.said(e), "  ", textWidth))
		}
	}
}

// counts reports whether no later answer takes the place of one on readiness.
func counts(events []calibration.Event, e calibration.Event) bool {
	return e.Kind != calibration.Readiness || readiness(events, e.Person).ID == e.ID
}

// readiness is the answer on a person that counts.
func readiness(events []calibration.Event, person string) (last calibration.Event) {
	for _, e := range events {
		if e.Kind == calibration.Readiness && e.Person == person {
			last = e
		}
	}
	return last
}

// said is an event in one line: "Ada Lovelace · Individual: Grace Hopper, due
// 2026-03-01: write the design down".
func (n names) said(e calibration.Event) string {
	about := e.By
	if e.Person != "" {
		about = n.label(e.Person)
	}
	if e.Dimension != "" {
		about += " · " + e.Dimension
	}
	parts := []string{about}
	who := e.Who
	if e.Due != "" {
		who += ", due " + e.Due
	}
	for _, part := range []string{who, e.Answer, e.Text} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ": ")
}
