package tui

import (
	"fmt"

	"calibrate/calibration"
	"calibrate/rubric"
)

// The signs of a warm-up on rulers.
const (
	markGuess = "○" // where somebody placed the example
	markOwn   = "◆" // where the rubric has it
	markExact = "●" // both
)

// warmupTop is the title and the rule below it.
const warmupTop = 2

// warmupHead is the rows above what scrolls while placing: title, ruler, rule.
const warmupHead = 5

func (s *warmup) rows(h int) int { return max(0, h-warmupHead) }

func (s *warmup) View(w, h int) string {
	switch {
	case s.leave.asked:
		return s.leave.view(s.env, w, h)
	case s.stage == handingOver:
		return s.viewHandingOver(w, h)
	case s.stage == lookingOver:
		return s.viewLookingOver(w, h)
	}
	t := s.env.theme
	rows := []string{spread(s.head(s.name()), t.faint.paint(fmt.Sprintf("%s · example %d of %d ", s.placed(), s.item+1, s.round.Len())), w)}
	ruler := s.ruler().view(w)
	rows = append(rows, ruler[0], ruler[1], ruler[3])
	said := "not placed yet"
	if p, ok := s.round.Guess(s.turn, s.item); ok {
		said = markGuess + " placed at " + line(p.Key)
	}
	rows = append(rows, t.rule(t.title.paint("Where does this stand? "+line(s.round.Item(s.item).Dimension)), t.faint.paint(said), w))
	lines := s.lines(w)
	return joinRows(append(rows, windowAt(s.from, len(lines), s.rows(h)).draw(t, lines, 3, w)...))
}

func (s *warmup) name() string { return s.round.Participants()[s.turn] }

func (s *warmup) placed() string { return fmt.Sprintf("%d placed", s.round.Placed(s.turn)) }

func (s *warmup) head(who string) string {
	t := s.env.theme
	return " " + t.title.paint("Warm-up") + t.faint.paint(" · ") + t.title.paint(line(who))
}

// ruler shows the cursor and where whose turn it is placed the item.
func (s *warmup) ruler() ruler {
	guess, placed := s.round.Guess(s.turn, s.item)
	return ruler{
		rubric: s.env.rubric, theme: s.env.theme, at: s.at.Ordinal,
		said: func(rubric.Position) said { return said{} },
		past: func(p rubric.Position) string {
			if placed && p == guess {
				return markGuess
			}
			return ""
		},
	}
}

// lines is what scrolls: the example, and what the rubric says of the position under
// the cursor, but for its examples, of which this may be one.
func (s *warmup) lines(w int) []string {
	t := s.env.theme
	item := s.round.Item(s.item)
	lines := append([]string{spaces(w)}, s.env.paragraph(t.plain, item.Text, 3, w)...)
	about := t.faint.paint(cut(line(item.Dimension), w/3) + ", " + rubric.Impact.Title())
	lines = append(lines, spaces(w), t.rule(t.accent.paint(line(s.at.Key))+" "+t.faint.paint(line(s.at.Title())), about, w))
	c := column{
		env: s.env, still: true, tick: func(string) calibration.Tick { return calibration.Tick{} },
		statements: s.env.rubric.Statements(s.at, item.Dimension, rubric.Impact),
	}
	impact, _, _ := c.lines(min(w-2, maxDetail))
	for _, l := range impact {
		lines = append(lines, fit(" "+l, w))
	}
	return lines
}

// paragraph lays a text out with a margin, in lines that are no longer than can be read.
func (e *env) paragraph(look style, text string, indent, w int) []string {
	var lines []string
	for _, l := range e.wrapper.wrap(text, min(w-indent-1, maxDetail)) {
		lines = append(lines, fit(spaces(indent)+look.paint(l), w))
	}
	return lines
}

func (s *warmup) viewHandingOver(w, h int) string {
	t := s.env.theme
	rows := []string{s.head(s.name()), t.rule(t.title.paint(line(s.name())+", it is your turn"), "", w), ""}
	text := fmt.Sprintf("Place %s, each where you think that the rubric has it. Nobody else should look.", count(s.round.Len(), "example"))
	if s.turn > 0 {
		text = fmt.Sprintf("%s is done. Nothing of that is shown before the end. ", s.round.Participants()[s.turn-1]) + text
	}
	rows = append(rows, s.env.paragraph(t.plain, text, 3, w)...)
	return joinRows(page(append(rows, "", "   "+t.key.paint("enter")+"  begins"), w, h))
}

func (s *warmup) viewLookingOver(w, h int) string {
	t := s.env.theme
	rows := []string{spread(s.head(s.name()), t.faint.paint(s.placed()+" "), w), t.rule(t.title.paint("All is placed"), "", w)}
	lines := s.overLines(w)
	return joinRows(append(rows, windowAt(s.from, len(lines), h-warmupTop).draw(t, lines, 3, w)...))
}

// overLines lists what was placed where in this turn.
func (s *warmup) overLines(w int) []string {
	t := s.env.theme
	end := "ends your turn; nothing can be changed then"
	if s.last() {
		end = "lays open where the rubric has them"
	}
	lines := []string{
		spaces(w),
		fit("   "+t.key.paint(fit("enter", 7))+end, w),
		fit("   "+t.key.paint(fit("p", 7))+"goes back to the examples", w),
		spaces(w),
	}
	for i := range s.round.Len() {
		p, _ := s.round.Guess(s.turn, i)
		lead := fmt.Sprintf("  %2d  ", i+1) + fit(line(p.Key), 9) + " "
		lines = append(lines, fit(lead+t.faint.paint(cut(line(s.round.Item(i).Text), w-width(lead)-1)), w))
	}
	return lines
}
