package tui

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// compare shows what the decisions say next to each other, in views that are tabs.
// It owns the decisions that were read, the filter and the tab; each view lays itself
// out (comparespread.go and its like), and compareview.go draws what they laid.
type compare struct {
	env      *env
	size     tea.WindowSizeMsg
	basis    calibration.Basis
	filter   calibration.Filter
	read     calibration.Comparisons // of the sessions that the filter names, by rubric
	whole    calibration.Comparisons // of all sessions; nil until a view asks for it
	every    *calibration.Comparison // of a part: what passes the filter of whole, but for its sessions; nil until a view asks for it
	asked    *long                   // the reading of whole; nil: it was not asked for
	loading  *long                   // what is read
	overview calibration.Overview    // of what passes the filter
	parts    []*compare              // what is compared, by rubric: a view is laid out for each; see comparescales.go
	now      *calibration.Comparison // of a part: what passes the filter
	figures  *figures                // of now
	tab      int
	views    []compareView
	laid     []laid // by tab; made anew when what is shown changes
	cursors  []int  // by tab: the item
	scrolls  []int  // by tab: how far an item longer than the room is scrolled
}

// compareView is one way to look at the decisions.
type compareView interface {
	// name is how the tab is called.
	name() string
	// lay lays the view out for a width, with the cursor on an item.
	lay(c *compare, w, cursor int) laid
	// press takes a key that only this view knows, and reports whether it did.
	press(c *compare, k tea.KeyMsg) (reply, bool)
	// keys are the keys that only this view knows.
	keys() []key.Binding
}

// figured is a view of a figure that takes a while where there are many decisions.
type figured interface {
	// needs is the figure.
	needs(*figures) worked
}

// opener is a view whose items lead on.
type opener interface {
	// open returns the screen that an item leads to, nil if to none.
	open(c *compare, item int) screen
}

// laid is a view laid out: rows that stay above, and rows that scroll. Rows that
// belong to an item carry its number, from 1; the cursor goes from item to item.
type laid struct {
	head    []string
	rows    []laidRow
	items   int
	spans   [][2]int // by item: its first and its last row
	follows bool     // what is laid depends on where the cursor is

	ruler     *scale // that stands in the last two rows of head; nil: none does
	dimension string // that the items laid next are about
}

// laidRow is drawn when it is seen: there may be thousands.
type laidRow struct {
	item      int    // 0: none
	dimension string // that the item is about, in views with a ruler
	draw      func(here bool) string
}

func (l *laid) text(rows ...string) {
	for _, r := range rows {
		l.rows = append(l.rows, laidRow{draw: func(bool) string { return r }})
	}
}

// item adds an item of one row.
func (l *laid) item(draw func(here bool) string) {
	l.items++
	l.spans = append(l.spans, [2]int{len(l.rows), len(l.rows)})
	l.rows = append(l.rows, laidRow{item: l.items, dimension: l.dimension, draw: draw})
}

// under adds a row to the last item.
func (l *laid) under(text string) {
	l.spans[l.items-1][1] = len(l.rows)
	l.rows = append(l.rows, laidRow{item: l.items, draw: func(bool) string { return text }})
}

// newCompare compares everybody, or the people with the ids.
func newCompare(e *env, people []string) *compare {
	c := &compare{env: e, filter: calibration.Filter{People: people}, views: []compareView{
		spreadView{}, &shiftView{}, &distributionView{}, &agreementView{}, reviewersView{}, contestedView{}, cellsView{}, pastView{},
	}}
	if e.session != "" {
		c.filter.Sessions = []string{e.session}
	}
	c.laid, c.cursors, c.scrolls = make([]laid, len(c.views)), make([]int, len(c.views)), make([]int, len(c.views))
	return c
}

var compareKeys = struct{ tab, next, prev, open, filter, save, down, up key.Binding }{
	tab:    bind("1 2 3 4 5 6 7 8", "1…8", "the view with the number"),
	next:   bind("tab right l", "tab", "next view"),
	prev:   bind("shift+tab left h", "shift+tab", "previous view"),
	open:   bind("enter", "enter", "open; what the row is made of"),
	filter: bind("/", "/", "filter; by session, team, manager, dimension, stage or time"),
	save:   bind("x", "x", "write; this view to a file"),
	down:   bind("down j", "↓", "next row"),
	up:     bind("up k", "↑", "previous row"),
}

func (c *compare) Title() string { return "Compare" }
func (c *compare) Typing() bool  { return false }

func (c *compare) Keys() []key.Binding {
	k := compareKeys
	if c.parts == nil {
		return []key.Binding{keyBack, keyQuit}
	}
	keys := []key.Binding{k.next}
	if _, ok := c.views[c.tab].(opener); ok && c.shown().items > 0 {
		keys = append(keys, k.open)
	}
	keys = append(keys, c.views[c.tab].keys()...)
	keys = append(keys, k.filter)
	if c.env.save != nil {
		keys = append(keys, k.save)
	}
	return append(append(keys, keyBack, keyQuit, k.tab, k.prev, k.down, k.up), moveKeys()...)
}

func (c *compare) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case compared:
		if errors.Is(msg.err, context.Canceled) {
			return reply{pop: c.parts == nil}
		}
		if msg.err != nil {
			return reply{pop: c.parts == nil, status: failure(fmt.Errorf("the decisions could not be read: %w", msg.err))}
		}
		c.basis, c.read = msg.basis, msg.read
		c.whole, c.asked = nil, nil
		if !reflect.DeepEqual(msg.sifted.filter, c.filter) { // another was chosen meanwhile
			return c.narrow(c.filter)
		}
		return c.split(msg.sifted)
	case sifted:
		return c.split(msg)
	case renamed:
		return c.load(c.parts == nil)
	case resumed:
		return c.load(true) // a decision may have come meanwhile
	case wholeRead:
		if errors.Is(msg.err, context.Canceled) {
			return reply{}
		}
		if msg.err != nil {
			return reply{status: failure(fmt.Errorf("the past sessions could not be read: %w", msg.err))}
		}
		c.whole = msg.read
		for _, part := range c.parts {
			part.whole, part.every = msg.read, nil
		}
		c.layTab()
	case workedOut:
		c.layTab()
	case measured:
		c.measured(msg)
	case filtered:
		return c.choose(msg.filter)
	case tea.WindowSizeMsg:
		c.size = msg
		c.relay()
	case toTab:
		return c.show(int(msg))
	case pointed:
		return c.point(msg)
	case tea.KeyMsg:
		return c.press(msg)
	}
	return reply{}
}

// relay lays all views out anew when they are next looked at.
func (c *compare) relay() {
	clear(c.laid)
	if c.parts != nil {
		c.layTab()
	}
}

// layTab lays out the view that is looked at.
func (c *compare) layTab() {
	if len(c.missing()) > 0 {
		c.laid[c.tab] = laid{}
		c.laid[c.tab].text("", " Working it out …")
		return
	}
	c.laid[c.tab] = c.layParts(c.views[c.tab], c.size.Width, c.cursors[c.tab])
	c.cursors[c.tab] = max(0, min(c.cursors[c.tab], c.laid[c.tab].items-1))
}

func (c *compare) shown() laid { return c.laid[c.tab] }

func (c *compare) press(k tea.KeyMsg) reply {
	switch keys := compareKeys; {
	case key.Matches(k, keyBack):
		return reply{pop: true}
	case c.parts == nil:
	case key.Matches(k, keys.tab):
		return c.show(int(k.Runes[0] - '1'))
	case key.Matches(k, keys.next):
		return c.show((c.tab + 1) % len(c.views))
	case key.Matches(k, keys.prev):
		return c.show((c.tab + len(c.views) - 1) % len(c.views))
	case key.Matches(k, keys.filter):
		return reply{push: newCompareFilter(c)}
	case key.Matches(k, keys.save) && c.env.save != nil:
		return reply{push: newCompareSave(c)}
	case key.Matches(k, keys.open):
		if v, ok := c.views[c.tab].(opener); ok && c.shown().items > 0 {
			if part, item := c.partAt(c.cursors[c.tab]); part != nil {
				if s := v.open(part, item); s != nil {
					return reply{push: s}
				}
			}
		}
	default:
		if r, ok := c.views[c.tab].press(c, k); ok {
			return r
		}
		c.moveCursor(k)
	}
	return reply{}
}

func (c *compare) show(tab int) reply {
	if v, ok := c.views[c.tab].(*agreementView); ok && v.found == nil && tab != c.tab {
		v.forget() // else what is looked at next would wait for it
	}
	c.tab = max(0, min(tab, len(c.views)-1))
	c.layTab()
	return c.lookedAt()
}

func (c *compare) moveCursor(k tea.KeyMsg) {
	if at, ok := stride(c.cursors[c.tab], c.shown().items, c.room(), k); ok {
		c.moveTo(at)
	}
}

// moveTo puts the cursor on an item, and scrolls beyond the last one.
func (c *compare) moveTo(at int) {
	c.scrolls[c.tab] = c.scrolled(at)
	c.cursors[c.tab] = max(0, min(at, c.shown().items-1))
	if c.shown().follows {
		c.layTab()
	}
}

// scrolled is how far the rows behind the last item, or of a view without any, are
// scrolled: the cursor goes on there where items end.
func (c *compare) scrolled(at int) int {
	items := c.shown().items
	most := max(0, len(c.shown().rows)-c.room())
	switch {
	case items == 0:
		return max(0, min(c.scrolls[c.tab]+at-c.cursors[c.tab], most))
	case at >= items:
		return min(c.scrolls[c.tab]+at-items+1, most)
	case c.scrolls[c.tab] > 0 && at < c.cursors[c.tab]:
		return 0
	}
	return 0
}
