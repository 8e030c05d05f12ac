package tui

import (
	"fmt"
	"slices"

	"calibrate/calibration"
)

// The columns of the score behind the names.
const scoreOff, scoreExact, scoreKappa = 6, 12, 8

// scoreLines is the last page of a warm-up: how far everybody was off, and which
// examples the group missed the most.
func (s *warmupReveal) scoreLines(w int) []string {
	t := s.env.theme
	label := max(14, min(32, w/4))
	head := fit("   Who", label) + fit("off", scoreOff) + fit("exact", scoreExact) + fit("kappa", scoreKappa) + "tendency"
	lines := []string{t.heading.paint(fit(head, w))}
	var reasons []string
	tallies := s.score.Participants
	if len(tallies) > 1 {
		everybody := s.score.All
		everybody.Participant = "everybody"
		tallies = append(slices.Clone(tallies), everybody)
	}
	for i, tally := range tallies {
		look := t.plain
		if i == len(s.score.Participants) {
			look = t.faint
		}
		lines = append(lines, fit(look.paint("   "+cell(tally.Participant, label-3)+s.figures(tally, w-label)), w))
		if reason := tally.Kappa.Reason(); reason != "" && !slices.Contains(reasons, reason) {
			reasons = append(reasons, reason)
		}
	}
	for _, reason := range reasons {
		lines = append(lines, s.env.paragraph(t.faint, "No kappa: "+reason+".", 3, w)...)
	}
	lines = append(lines, spaces(w), t.rule(t.title.paint("Missed the most: wording to talk about"), "", w))
	for _, item := range s.score.Missed() {
		if item.MeanOff > 0 {
			lines = append(lines, s.missedLines(item, w)...)
		}
	}
	if s.score.All.MeanOff == 0 {
		lines = append(lines, fit("   Nobody missed any.", w))
	}
	lines = append(lines, spaces(w), t.rule(t.title.paint("How to read this"), "", w))
	lines = append(lines, s.env.paragraph(t.faint, scoreReading, 3, w)...)
	lines = append(lines, fit("   "+t.faint.paint("The same examples again:"), w))
	return append(lines, s.env.paragraph(t.plain, s.draw.Command(), 3, w)...)
}

func (s *warmupReveal) figures(tally calibration.WarmupTally, w int) string {
	kappa := "n/a"
	if v, ok := tally.Kappa.Value(); ok {
		kappa = fmt.Sprintf("%.2f", v)
	}
	text := fit(fmt.Sprintf("%.1f", tally.MeanOff), scoreOff) + fit(fmt.Sprintf("%d of %d", tally.Exact, tally.Guesses), scoreExact) + fit(kappa, scoreKappa)
	leaning := tally.Leaning()
	if width(text)+width(leaning) > w {
		leaning = signed(tally.Tendency)
	}
	return text + leaning
}

func (s *warmupReveal) missedLines(item calibration.WarmupItemScore, w int) []string {
	t := s.env.theme
	low, high := item.Guesses[0], item.Guesses[0]
	for _, g := range item.Guesses {
		if g.Ordinal < low.Ordinal {
			low = g
		}
		if g.Ordinal > high.Ordinal {
			high = g
		}
	}
	where := line(low.Position)
	if low.Ordinal != high.Ordinal {
		where += " to " + line(high.Position)
	}
	look := t.plain
	if item.MeanOff > 1 {
		look = t.warn
	}
	head := fmt.Sprintf("%.1f off", item.MeanOff)
	about := fmt.Sprintf("  %s · %s, placed at %s", line(item.Dimension), line(item.Position), where)
	lines := []string{fit("   "+look.paint(head)+about, w)}
	return append(lines, s.env.paragraph(t.faint, item.Text, 5, w)...)
}

// scoreReading explains the figures.
const scoreReading = "Off counts the positions between a guess and the rubric's own, on average. The tendency is the same with its sign: " +
	"placing higher than the rubric is lenient. Kappa, with quadratic weights, is 1 where all is exact and 0 where chance would do as well. " +
	"The rubric's positions are what its authors wrote: where most people miss one, talk about its wording. Nothing of this is recorded."
