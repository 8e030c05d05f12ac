package tui

import (
	"fmt"
	"strings"
	"time"

	"calibrate/calibration"
)

// compareTop is the rows above a view: title, filter, tabs.
const compareTop = 3

// room is how many rows a view's own rows have.
func (c *compare) room() int { return max(0, c.size.Height-compareTop-len(c.shown().head)) }

func (c *compare) View(w, h int) string {
	t := c.env.theme
	if c.parts == nil {
		return joinRows(page([]string{" " + t.title.paint("Compare"), "", " Reading the decisions …"}, w, h))
	}
	o := c.overview
	rows := []string{
		spread(" "+t.title.paint("Compare")+t.faint.paint(" · "+c.underWords()), t.faint.paint(count(o.Decisions, "decision")+" · "+count(o.People, "person")+" "), w),
		fit(c.filterRow(o), w), c.tabs(w),
	}
	l := c.shown()
	for _, r := range l.head {
		rows = append(rows, fit(r, w))
	}
	return joinRows(append(rows, c.body(l, w, h-len(rows))...))
}

// body draws the rows that are seen, with the item under the cursor among them.
func (c *compare) body(l laid, w, h int) []string {
	return c.window(l, h).drawEach(c.env.theme, func(i int) string {
		return fit(l.rows[i].draw(l.items > 0 && l.rows[i].item == c.cursors[c.tab]+1), w)
	}, 3, w)
}

// window is the part of the rows that is seen in a height.
func (c *compare) window(l laid, h int) window {
	first, last := 0, -1
	if at := c.cursors[c.tab]; at < len(l.spans) {
		first, last = l.spans[at][0], l.spans[at][1]
	}
	v := windowOn(first, last, 0, len(l.rows), h)
	return windowAt(v.top+c.scrolls[c.tab], len(l.rows), h)
}

// tabs names the views; where there is no room for all, the one that is shown and its
// neighbours.
func (c *compare) tabs(w int) string {
	t := c.env.theme
	plain, from, to := c.tabsShown(w)
	var b strings.Builder
	if from > 0 {
		b.WriteString(t.faint.paint(markLeft))
	}
	for i := from; i <= to; i++ {
		if i == c.tab {
			b.WriteString("[" + t.chosen.paint(strings.TrimSpace(plain[i])) + "]")
		} else {
			b.WriteString(t.faint.paint(plain[i]))
		}
	}
	if to < len(plain)-1 {
		b.WriteString(t.faint.paint(markRight))
	}
	return fit(b.String(), w)
}

// tabsShown are the names of the views, as wide as they are drawn, and the first and the
// last that there is room for.
func (c *compare) tabsShown(w int) (plain []string, from, to int) {
	plain = make([]string, len(c.views))
	for i, v := range c.views {
		plain[i] = fmt.Sprintf(" %d %s ", i+1, v.name())
	}
	from, to = c.tab, c.tab
	used := width(plain[c.tab])
	for grew := true; grew; {
		grew = false
		if to+1 < len(plain) && used+width(plain[to+1]) <= w-3 {
			to++
			used += width(plain[to])
			grew = true
		}
		if from > 0 && used+width(plain[from-1]) <= w-3 {
			from--
			used += width(plain[from])
			grew = true
		}
	}
	return plain, from, to
}

// filterRow says what is compared, and what is not.
func (c *compare) filterRow(o calibration.Overview) string {
	t := c.env.theme
	var parts []string
	for _, s := range c.filter.Sessions {
		parts = append(parts, line(c.sessionName(s)))
	}
	if len(parts) == 0 {
		parts = append(parts, "all sessions")
	}
	for _, list := range [][]string{c.filter.Teams, c.filter.Managers, c.filter.Dimensions, c.filter.Reviewers} {
		for _, name := range list {
			parts = append(parts, line(or(name, "nobody's")))
		}
	}
	for _, stage := range c.filter.Stages {
		parts = append(parts, string(stage))
	}
	if n := len(c.filter.People); n > 0 {
		parts = append(parts, count(n, "chosen person"))
	}
	if !c.filter.Since.IsZero() {
		parts = append(parts, "since "+c.filter.Since.In(c.env.now().Location()).Format(time.DateOnly))
	}
	text := t.faint.paint(" " + strings.Join(parts, " · "))
	if n := len(o.Apart); n > 0 {
		text += t.warn.paint(" · " + count(n, "decision") + " of another rubric " + isAre(n) + " not compared")
	}
	if n := len(o.Conflicts); n > 0 {
		text += t.warn.paint(" · " + count(n, "conflict"))
	}
	return text
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

func (c *compare) sessionName(id string) string {
	if id == "" {
		return "outside any session"
	}
	for _, s := range c.basis.Sessions {
		if s.ID == id {
			return s.Name
		}
	}
	return id
}

// who names somebody, with the session where several are compared.
func (c *compare) who(p calibration.PersonRef, session calibration.SessionRef) string {
	if len(c.filter.Sessions) == 1 || session.ID == "" {
		return line(p.Name)
	}
	return line(p.Name) + ", " + line(session.Name)
}

// whoIn is who in w cells. The name gives way first: of one person there are several rows,
// which the session tells apart.
func (c *compare) whoIn(p calibration.PersonRef, session calibration.SessionRef, w int) string {
	who, name := c.who(p, session), line(p.Name)
	apart := strings.TrimPrefix(who, name)
	if room := w - width(apart); width(who) > w && room >= leastName {
		return cut(name, room) + apart
	}
	return who
}

// leastName is how much of a name is left at least.
const leastName = 5

// lead begins a row: the cursor, or nothing.
func (t theme) lead(here bool) (lead string, look style) {
	if here {
		return " " + t.accent.paint(markCursor) + " ", t.cursor
	}
	return "   ", t.plain
}

// wrapped lays a paragraph out with a margin.
func (c *compare) wrapped(look style, text string, indent, w int) []string {
	var rows []string
	for _, l := range c.env.wrapper.wrap(text, w-indent-1) {
		rows = append(rows, spaces(indent)+look.paint(l))
	}
	return rows
}

// reading says that what a view needs is on its way.
func (c *compare) reading() laid {
	var l laid
	l.text("", " Reading the decisions of all sessions …")
	return l
}

// nothing says that there is nothing to show, and what would help.
func (c *compare) nothing(text string) laid {
	var l laid
	l.text("", " "+text, "", " "+c.env.theme.key.paint("/")+"  chooses what is compared.")
	return l
}
