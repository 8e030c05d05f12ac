package calibration

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"calibrate/rubric"
)

// Route is the way a walk takes through the positions.
type Route string

// The routes.
const (
	BandByBand Route = "band by band" // from the lowest up
	Bracket    Route = "bracket"      // the middle first, then halves
)

// Verdict is what the reviewer says of one band.
type Verdict string

// The verdicts. They speak of the person, not of the band: Above means that the
// person is above it.
const (
	Above Verdict = "above"
	Fits  Verdict = "fits"
	Below Verdict = "below"
)

// Sight is what the reviewer says of one statement; empty means nothing.
type Sight string

// The sights.
const (
	Seen    Sight = "seen"
	NotSeen Sight = "not seen"
)

// Tick is a statement's mark and note. A note may stand without a mark.
type Tick struct {
	Sight Sight  `json:"sight,omitempty"`
	Note  string `json:"note,omitempty"`
}

// Form is a placement that is being written and not yet saved.
type Form struct {
	Position   string     `json:"position,omitempty"` // key; empty: not chosen
	Confidence Confidence `json:"confidence,omitempty"`
	Rationale  string     `json:"rationale,omitempty"`
}

// Track is the walk along one dimension.
type Track struct {
	At       string             `json:"at,omitempty"`       // key of the position that is shown
	Ticks    map[string]Tick    `json:"ticks,omitempty"`    // by statement id
	Verdicts map[string]Verdict `json:"verdicts,omitempty"` // by position key
	Form     Form               `json:"form,omitzero"`
}

// Walk is one reviewer's work in progress on one person: where they stand, what
// they ticked and judged, and what they have half written. It is a value; every
// method that changes something returns the changed copy and leaves the
// receiver, and all copies taken of it, as they were.
type Walk struct {
	Person    string           `json:"person"`
	Reviewer  string           `json:"reviewer"`
	Session   string           `json:"session,omitempty"`
	Rubric    string           `json:"rubric"` // rubric.Rubric.Hash
	Route     Route            `json:"route"`
	Dimension string           `json:"dimension"` // the one that is shown
	Tracks    map[string]Track `json:"tracks,omitempty"`
	SavedAt   time.Time        `json:"saved_at,omitzero"` // when it was last written down
}

// NewWalk starts a walk band by band, at the lowest position of the first
// dimension.
func NewWalk(r *rubric.Rubric, person, reviewer, session string) Walk {
	return Walk{
		Person: person, Reviewer: reviewer, Session: session,
		Rubric: r.Hash(), Route: BandByBand, Dimension: r.Dimensions[0],
	}
}

// Track returns the walk along the dimension that is shown.
func (w Walk) Track() Track { return w.Tracks[w.Dimension] }

// At returns the position that is shown.
func (w Walk) At(r *rubric.Rubric) rubric.Position {
	if p, err := r.Position(w.Track().At); err == nil {
		return p
	}
	if w.Route == Bracket {
		return w.nextInBracket(r)
	}
	return r.At(1)
}

// Verdict returns what was said of the position, "" if nothing.
func (w Walk) Verdict(p rubric.Position) Verdict { return w.Track().Verdicts[p.Key] }

// Tick returns the mark and note on the statement.
func (w Walk) Tick(id string) Tick { return w.Track().Ticks[id] }

// change returns the walk with the shown dimension's track replaced by what edit
// makes of a deep copy of it.
func (w Walk) change(edit func(*Track)) Walk {
	track := w.Track()
	track.Ticks = cloneMap(track.Ticks)
	track.Verdicts = cloneMap(track.Verdicts)
	edit(&track)
	w.Tracks = cloneMap(w.Tracks)
	w.Tracks[w.Dimension] = track
	return w
}

// cloneMap is maps.Clone that never returns nil, so that the copy can be written to.
func cloneMap[V any](m map[string]V) map[string]V {
	if m == nil {
		return map[string]V{}
	}
	return maps.Clone(m)
}

// GoTo shows another position.
func (w Walk) GoTo(p rubric.Position) Walk {
	return w.change(func(t *Track) { t.At = p.Key })
}

// Step moves by a number of bands, up or down, and stops at the ends.
func (w Walk) Step(r *rubric.Rubric, bands int) Walk {
	return w.GoTo(r.At(w.At(r).Ordinal + bands))
}

// StepLevel moves by a number of levels to the same band there, or to the
// nearest that the level has; at the ends it stays.
func (w Walk) StepLevel(r *rubric.Rubric, levels int) Walk {
	at := w.At(r)
	to := at.LevelAt + levels
	if to < 0 || to >= len(r.Levels) {
		return w
	}
	return w.goToLevel(r, to, at.BandAt)
}

// JumpLevel moves to the level with the number, to the same band there or to the
// nearest that it has; it reports whether the rubric has such a level.
func (w Walk) JumpLevel(r *rubric.Rubric, number int) (Walk, bool) {
	i := slices.IndexFunc(r.Levels, func(l rubric.Level) bool { return l.Number == number })
	if i < 0 {
		return w, false
	}
	return w.goToLevel(r, i, w.At(r).BandAt), true
}

func (w Walk) goToLevel(r *rubric.Rubric, level, band int) Walk {
	band = min(band, len(r.Levels[level].Bands)-1)
	for _, p := range r.Positions() {
		if p.LevelAt == level && p.BandAt == band {
			return w.GoTo(p)
		}
	}
	return w
}

// StepDimension shows the next (+1) or previous (-1) dimension, round and round.
func (w Walk) StepDimension(r *rubric.Rubric, by int) Walk {
	n := len(r.Dimensions)
	i := slices.Index(r.Dimensions, w.Dimension)
	w.Dimension = r.Dimensions[((i+by)%n+n)%n]
	return w
}

// Toggle turns a statement's mark: blank to seen to not seen to blank. Its note
// stays.
func (w Walk) Toggle(id string) Walk {
	next := map[Sight]Sight{"": Seen, Seen: NotSeen, NotSeen: ""}
	return w.setTick(id, func(t *Tick) { t.Sight = next[t.Sight] })
}

// Note sets a statement's note; an empty one takes it away.
func (w Walk) Note(id, note string) Walk {
	return w.setTick(id, func(t *Tick) { t.Note = note })
}

func (w Walk) setTick(id string, edit func(*Tick)) Walk {
	return w.change(func(t *Track) {
		tick := t.Ticks[id]
		edit(&tick)
		if tick == (Tick{}) {
			delete(t.Ticks, id)
			return
		}
		t.Ticks[id] = tick
	})
}

// Judge gives the verdict on the position that is shown and moves to where the
// route goes next: band by band, one up after Above and one down after Below
// unless that band is judged already; in a bracket, to the middle of what is
// left. Fits stays. The same verdict again takes it back and stays.
func (w Walk) Judge(r *rubric.Rubric, v Verdict) Walk {
	at := w.At(r)
	if w.Verdict(at) == v {
		return w.change(func(t *Track) { t.At = at.Key; delete(t.Verdicts, at.Key) })
	}
	judged := w.change(func(t *Track) { t.At = at.Key; t.Verdicts[at.Key] = v })
	if v == Fits {
		return judged
	}
	if w.Route == Bracket {
		return judged.GoTo(judged.nextInBracket(r))
	}
	to := r.At(at.Ordinal + 1)
	if v == Below {
		to = r.At(at.Ordinal - 1)
		if judged.Verdict(to) != "" {
			return judged
		}
	}
	return judged.GoTo(to)
}

// SwitchRoute changes to the other route. Into a bracket it moves to where the
// bracket stands.
func (w Walk) SwitchRoute(r *rubric.Rubric) Walk {
	if w.Route == Bracket {
		w.Route = BandByBand
		return w
	}
	w.Route = Bracket
	return w.GoTo(w.nextInBracket(r))
}

// nextInBracket is the middle of the positions that the verdicts leave open, or,
// where they leave none, the position they come together at.
func (w Walk) nextInBracket(r *rubric.Rubric) rubric.Position {
	low, high := w.Open(r)
	if low > high {
		return r.At(high)
	}
	return r.At((low + high + 1) / 2)
}

// Open is the range of ordinals that the verdicts leave open; low > high where
// they leave none.
func (w Walk) Open(r *rubric.Rubric) (low, high int) {
	low, high = 1, len(r.Positions())
	for _, p := range r.Positions() {
		switch w.Verdict(p) {
		case Above:
			low = max(low, p.Ordinal+1)
		case Below:
			high = min(high, p.Ordinal-1)
		case Fits:
			low, high = max(low, p.Ordinal), min(high, p.Ordinal)
		}
	}
	return low, high
}

// Write replaces the half-written placement of the dimension that is shown.
func (w Walk) Write(f Form) Walk {
	return w.change(func(t *Track) { t.Form = f })
}

// Evidence returns the ticks of the dimension that is shown as a decision records
// them, in the rubric's order. A dampener that was seen applies, and is listed
// among the dampeners; a note without a tick is no evidence and is left out.
func (w Walk) Evidence(r *rubric.Rubric) (evidence []Evidence, dampeners []Dampener) {
	for _, s := range r.AllStatements() {
		if s.Dimension != w.Dimension {
			continue
		}
		tick := w.Tick(s.ID)
		switch {
		case tick.Sight == "":
		case s.Section == rubric.Dampeners && tick.Sight == Seen:
			dampeners = append(dampeners, Dampener{Statement: s.ID, Note: tick.Note})
		default:
			evidence = append(evidence, Evidence{Statement: s.ID, Seen: tick.Sight == Seen, Note: tick.Note})
		}
	}
	return evidence, dampeners
}

// Carry takes the walk from the rubric it was walked under to another one. Marks
// follow their statement's text to its new place, verdicts stay with their
// position's key, what is half written stays. A note whose statement is gone
// moves into the half-written rationale; lost counts the marks that have nothing
// to stand on any more.
func (w Walk) Carry(from, to *rubric.Rubric) (carried Walk, lost int) {
	place := map[string]string{}
	for _, s := range to.AllStatements() {
		place[s.Dimension+"\x00"+string(s.Section)+"\x00"+s.Text] = s.ID
	}
	tracks := map[string]Track{}
	for dimension, track := range w.Tracks {
		moved := track
		moved.Ticks = map[string]Tick{}
		for _, id := range slices.Sorted(maps.Keys(track.Ticks)) {
			tick, text := track.Ticks[id], id
			if s, err := from.Statement(id); err == nil {
				text = s.Text
				if now, ok := place[s.Dimension+"\x00"+string(s.Section)+"\x00"+s.Text]; ok {
					moved.Ticks[now] = tick
					continue
				}
			}
			lost++
			if tick.Note != "" {
				moved.Form.Rationale = strings.TrimLeft(fmt.Sprintf("%s\n%s (noted on: %s)", moved.Form.Rationale, tick.Note, text), "\n")
			}
		}
		tracks[dimension] = moved
	}
	w.Tracks, w.Rubric = tracks, to.Hash()
	if _, err := to.Dimension(w.Dimension); err != nil {
		w.Dimension = to.Dimensions[0]
	}
	return w, lost
}

// Unfinished reports whether there is something in the walk that none of the
// decisions about the person holds: a dimension that was begun and not placed on
// since, or a rationale that is being written.
func (w Walk) Unfinished(decisions []Decision) bool {
	made := map[string]string{} // rationales, by dimension
	for _, d := range Current(decisions) {
		if d.Reviewer == w.Reviewer && d.Session == w.Session {
			made[d.Dimension] = d.Rationale
		}
	}
	for dimension, track := range w.Tracks {
		written := strings.TrimSpace(track.Form.Rationale)
		rationale, placed := made[dimension]
		begun := len(track.Ticks)+len(track.Verdicts) > 0
		if written != "" && written != rationale || begun && !placed {
			return true
		}
	}
	return false
}
