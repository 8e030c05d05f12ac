package tui

import (
	"fmt"
	"strconv"

	"calibrate/calibration"
	"calibrate/rubric"
)

func (s *warmupReveal) View(w, h int) string {
	if s.leave.asked {
		return s.leave.view(s.env, w, h)
	}
	t := s.env.theme
	left, right := " "+t.title.paint("Warm-up")+t.faint.paint(" · laid open"), "score "
	rule := t.rule(t.title.paint("How far off"), "", w)
	if s.page < len(s.score.Items) {
		item := s.item()
		right = fmt.Sprintf("example %d of %d ", item.Number, len(s.score.Items))
		p := s.env.rubric.At(item.Ordinal)
		rule = t.rule(t.title.paint(line(p.Key))+" "+line(p.Title()), t.faint.paint(cut(line(item.Dimension), w/3)), w)
	}
	rows := []string{spread(left, t.faint.paint(right), w), rule}
	lines := s.lines(w)
	return joinRows(append(rows, windowAt(s.from, len(lines), h-warmupTop).draw(t, lines, 3, w)...))
}

func (s *warmupReveal) item() calibration.WarmupItemScore { return s.score.Items[s.page] }

// lines is what scrolls on the page that is shown.
func (s *warmupReveal) lines(w int) []string {
	if s.page == len(s.score.Items) {
		return s.scoreLines(w)
	}
	t, item := s.env.theme, s.item()
	lines := append(s.env.paragraph(t.plain, item.Text, 3, w), spaces(w))
	lines = append(lines, s.rulerLines(item, w)...)
	lines = append(lines, spaces(w), t.rule(t.heading.paint("What tells it apart"), "", w))
	return append(lines, s.neighbourLines(item, w)...)
}

// rulerLines is where the rubric has the item and where everybody placed it.
func (s *warmupReveal) rulerLines(item calibration.WarmupItemScore, w int) []string {
	t := s.env.theme
	label, words := max(14, min(32, w/4)), width(" 2 too high, across a level")
	ruler := s.env.scaleFor(w, label, words)
	fits := label+ruler.width()+words <= w
	behind := func(key, text string) string {
		if !fits || ruler.cell >= 4 { // with the key where the ruler leaves room, or is not there
			text = fit(line(key), 9) + text
		}
		return "  " + text
	}
	var lines []string
	row := func(lead string, look style, name string, at func(ordinal int) mark, from, to int, text string) {
		drawn := ""
		if fits {
			drawn = ruler.row(at, markRule, from, to)
		}
		lines = append(lines, fit(lead+look.paint(cell(name, label-3))+drawn+text, w))
	}
	if fits {
		for _, l := range ruler.head() {
			lines = append(lines, fit(l, w))
		}
	}
	row(" "+t.accent.paint(markOwn)+" ", t.title, "the rubric", func(o int) mark { return s.markAt(item, 0, o) }, 0, 0, behind(item.Position, ""))
	for _, g := range item.Guesses {
		sign, look := markGuess, t.plain
		if g.Off == 0 {
			sign, look = markExact, t.good
		}
		from, to := min(item.Ordinal, g.Ordinal), max(item.Ordinal, g.Ordinal)
		row(" "+look.paint(sign)+" ", t.plain, g.Participant, func(o int) mark { return s.markAt(item, g.Ordinal, o) }, from, to, behind(g.Position, look.paint(g.Words)))
	}
	return lines
}

// markAt is what stands at a position in the row of a guess, or with 0 of the rubric.
func (s *warmupReveal) markAt(item calibration.WarmupItemScore, guess, ordinal int) mark {
	t := s.env.theme
	switch {
	case ordinal == item.Ordinal && guess == ordinal:
		return mark{markExact, t.good, ""}
	case ordinal == item.Ordinal:
		return mark{markOwn, t.accent, ""}
	case ordinal == guess:
		return mark{markGuess, t.title, ""}
	case guess > 0 && ordinal > min(guess, item.Ordinal) && ordinal < max(guess, item.Ordinal):
		return mark{markRule, t.faint, ""}
	}
	return mark{markBlank, t.faint, ""}
}

// neighbourLines puts the statements of the bands around the item side by side, with
// the item between them where there is room.
func (s *warmupReveal) neighbourLines(item calibration.WarmupItemScore, w int) []string {
	t := s.env.theme
	columns := 2
	if w >= flanksFrom {
		columns = 3
	}
	wide := min((w-2-(columns-1)*neighboursGap)/columns, maxDetail)
	blocks := [][]string{s.neighbourBlock(item.Below, -1, wide), s.neighbourBlock(item.Above, 1, wide)}
	if columns == 3 {
		here := append([]string{t.accent.paint(fit(line(item.Position)+", here", wide)), t.faint.paint(fit(rubric.Examples.Title(), wide))},
			s.env.filledLines(t.title, item.Text, wide)...)
		blocks = [][]string{blocks[0], here, blocks[1]}
	}
	longest := 0
	for _, b := range blocks {
		longest = max(longest, len(b))
	}
	for i := range blocks {
		blocks[i] = page(blocks[i], wide, longest)
	}
	rows := beside(" ", " "+t.faint.paint(markSide)+" ", " ", blocks...)
	for i, r := range rows {
		rows[i] = fit(r, w)
	}
	return rows
}

func (s *warmupReveal) neighbourBlock(n *calibration.WarmupNeighbour, by, w int) []string {
	if n == nil {
		return s.env.edgeLines(by, w)
	}
	t := s.env.theme
	title := markBelow + " " + line(n.Position) + ", below"
	if by > 0 {
		title = markAbove + " " + line(n.Position) + ", above"
	}
	return append([]string{t.heading.paint(fit(title, w)), t.faint.paint(fit(n.Section.Title(), w))}, s.env.filledLines(t.plain, n.Text, w)...)
}

func (e *env) filledLines(look style, text string, w int) []string {
	var lines []string
	for _, l := range e.wrapper.filled(text, w) {
		lines = append(lines, look.paint(l))
	}
	return lines
}

// signed writes a tendency with its sign: "+0.8".
func signed(v float64) string {
	text := strconv.FormatFloat(v, 'f', 1, 64)
	switch {
	case text == "-0.0":
		return "0.0"
	case v > 0 && text != "0.0":
		return "+" + text
	}
	return text
}
