package tui

import (
	"fmt"
	"strings"

	"calibrate/rubric"
)

// This file is what help says of each screen before its keys: what it is for, and what
// somebody who came here by chance should know.

func (*people) About() string {
	return "Who is to be rated, and how far each is on every dimension. Everything begins here: walk the rubric for somebody, compare what was decided, or run a session."
}

func (*walk) About() string {
	return "The rubric, one band at a time. Tick what you have seen, and say of the band whether the person is above it, below it, or it fits. The ruler keeps where you are and what you said; nothing is decided before you place."
}

func (*neighbours) About() string {
	return "The band below, the one where you stand, and the one above, side by side: why not one down, why not one up."
}

func (*search) About() string {
	return "Every statement of the rubric that has the words in it, in any band and dimension."
}

func (*place) About() string {
	return "The decision as it will be recorded: position, confidence, the reason, and what you ticked. It is on the disk once the screen says saved; correcting it later is a new decision."
}

func (*personScreen) About() string {
	return "Every decision ever made about this person, the latest first, each under the rubric that it was made under."
}

func (*compare) About() string {
	return "What the decisions say next to each other, in views that are tabs. A row leads to what it is made of; the filter says what is compared."
}

func (*compareFilter) About() string { return "What is compared. Each field narrows it further." }

func (*compareSave) About() string { return "Writes what is compared to a file." }

func (*sides) About() string {
	return "Decisions next to each other, a column each: where, why, and on what evidence."
}

func (*sessionsScreen) About() string {
	return "The calibration sessions, the one opened last first. Each has an agenda, a panel that votes blind, and a time."
}

func (*room) About() string {
	return "The agenda of the session: who comes next, who is still blind, what was decided, and how much time is left."
}

func (t *turn) About() string {
	if t.turn().Blind {
		return "One person's turn. The panel places them one after the other on this laptop; nobody sees where before all have, or before you reveal early, for a reason."
	}
	return "One person's turn. Everything that was said of them is open: discuss it, decide each dimension, and put on record what matters a year from now."
}

func (*handOver) About() string {
	return "Stands between two people at one laptop, so that nobody sees what was placed before."
}

func (*decision) About() string { return "Opens the session's decision on a person." }

func (*discuss) About() string {
	return "The two bands in question side by side, with what most have ticked."
}

func (*sweep) About() string {
	return "A look over everything before the end: what stands out, who stands beside whom, and how many are placed where."
}

func (*airtime) About() string { return "How long the session spoke about whom." }

func (*warmupSetup) About() string { return warmupAbout }

func (*warmup) About() string { return warmupAbout }

func (*warmupReveal) About() string {
	return "Where the rubric has each example and where everybody placed it; after the last one, how far everybody was off."
}

func (s *form) About() string {
	if len(s.about) > 0 {
		return strings.Join(s.about, " ")
	}
	return "Fill the fields in; nothing is recorded before you save."
}

// ruled is a screen that works under a rubric of its own.
type ruled interface{ Rubric() *rubric.Rubric }

func (s *walk) Rubric() *rubric.Rubric         { return s.env.rubric }
func (s *neighbours) Rubric() *rubric.Rubric   { return s.desk.rubric }
func (s *search) Rubric() *rubric.Rubric       { return s.desk.rubric }
func (s *place) Rubric() *rubric.Rubric        { return s.desk.rubric }
func (s *personScreen) Rubric() *rubric.Rubric { return s.env.rubric }
func (s *compare) Rubric() *rubric.Rubric      { return s.env.rubric }
func (s *turn) Rubric() *rubric.Rubric         { return s.room.Rubric() }
func (s *discuss) Rubric() *rubric.Rubric      { return s.room.Rubric() }
func (s *warmup) Rubric() *rubric.Rubric       { return s.env.rubric }

// rubricWords explain the words of a rubric by its own names.
func rubricWords(r *rubric.Rubric) [][2]string {
	all := r.Positions()
	var levels, bands []string
	for _, l := range r.Levels {
		levels = append(levels, strings.TrimSpace(fmt.Sprintf("%d %s", l.Number, l.Name)))
	}
	for _, p := range all {
		if p.LevelAt == 0 && p.Band != "" {
			bands = append(bands, p.Band)
		}
	}
	band := "a part of a level: " + strings.Join(bands, ", ")
	if len(bands) == 0 {
		band = "a part of a level; the levels of this rubric are whole"
	}
	return [][2]string{
		{"level", fmt.Sprintf("one of %d, lowest first: %s", len(levels), strings.Join(levels, ", "))},
		{"band", band},
		{"position", fmt.Sprintf("a level and a band, one rung of the scale: %s is the lowest, %s the highest", all[0].Key, all[len(all)-1].Key)},
		{"dimension", "what is rated on its own: " + strings.Join(r.Dimensions, ", ")},
		{"statement", "one line of the rubric, in one of the four sections of a band"},
		{"impact, examples", "what a person at this band brings about, and how that has looked"},
		{"dampener", "a reason to read the rest of the band with care; ticked where it applies"},
		{"progression signal", "what would speak for a higher band"},
	}
}
