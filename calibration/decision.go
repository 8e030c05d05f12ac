package calibration

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"calibrate/rubric"
)

// Stage says what a decision is for.
type Stage string

// The stages, in the order in which a calibration passes them.
const (
	Draft Stage = "draft" // a manager's proposal
	Panel Stage = "panel" // a blind vote in a session
	Final Stage = "final" // what the session decided
)

// Stages lists the stages in their order.
func Stages() []Stage { return []Stage{Draft, Panel, Final} }

// Rank orders stages: 1 for draft to 3 for final, 0 for anything else.
func (s Stage) Rank() int {
	for i, known := range Stages() {
		if s == known {
			return i + 1
		}
	}
	return 0
}

// Confidence is how sure the reviewer was.
type Confidence string

// The confidences, from unsure to sure.
const (
	Low    Confidence = "low"
	Medium Confidence = "medium"
	High   Confidence = "high"
)

// Confidences lists the confidences from unsure to sure.
func Confidences() []Confidence { return []Confidence{Low, Medium, High} }

// Change is why a final decision is not the draft that the person's manager made.
type Change string

// The changes.
const (
	NewEvidence      Change = "new evidence"
	StandardApplied  Change = "standard applied differently"
	ScopeOfRole      Change = "scope of role"
	DampenerWeighed  Change = "dampener weighed"
	ExampleElsewhere Change = "example belongs to another band"
	OtherChange      Change = "other"
)

// Changes lists the changes.
func Changes() []Change {
	return []Change{NewEvidence, StandardApplied, ScopeOfRole, DampenerWeighed, ExampleElsewhere, OtherChange}
}

// ParseChange reads a change as it is written, in any case.
func ParseChange(text string) (Change, error) {
	for _, c := range Changes() {
		if sameName(text, string(c)) {
			return c, nil
		}
	}
	return "", fmt.Errorf("change %q is not one of %s", shown(text), changeWords())
}

func changeWords() string {
	words := make([]string, len(Changes()))
	for i, c := range Changes() {
		words[i] = string(c)
	}
	return strings.Join(words, ", ")
}

// Decision records that a reviewer placed a person at a position on one
// dimension, on what evidence and for what reason. It is never changed once it
// is stored.
type Decision struct {
	ID         string     `json:"id"` // ULID
	Person     string     `json:"person"`
	Reviewer   string     `json:"reviewer"`
	Session    string     `json:"session,omitempty"`
	Dimension  string     `json:"dimension"` // as the rubric writes it
	Position   string     `json:"position"`  // key: "3-mid"
	Stage      Stage      `json:"stage"`
	Confidence Confidence `json:"confidence"`
	Rationale  string     `json:"rationale"`
	Change     Change     `json:"change,omitempty"` // of a final decision that is not the manager's draft
	Evidence   []Evidence `json:"evidence,omitempty"`
	Dampeners  []Dampener `json:"dampeners,omitempty"`
	Rubric     string     `json:"rubric"` // rubric.Rubric.Hash
	DecidedAt  time.Time  `json:"decided_at"`
	Supersedes string     `json:"supersedes,omitempty"` // id of the decision that this one corrects
	Origin     string     `json:"origin"`               // id of the data file it was made in
	Seq        uint64     `json:"seq"`                  // from 1, without gaps, within its origin
	Prev       string     `json:"prev,omitempty"`       // SHA-256 of the origin's decision before it; empty for the first
}

// Evidence is a statement that the reviewer ticked.
type Evidence struct {
	Statement string `json:"statement"`
	Seen      bool   `json:"seen"` // false: looked for and not seen
	Note      string `json:"note,omitempty"`
}

// Dampener is a dampener of the rubric that the reviewer found to apply.
type Dampener struct {
	Statement string `json:"statement"`
	Note      string `json:"note,omitempty"`
}

// Limits of what a decision may hold.
const (
	MaxRationale = 20_000 // bytes
	MaxNote      = 4_000  // bytes
	MaxNameBytes = 400    // of a person's, reviewer's or session's name or id
)

// Validate reports the first thing that keeps the decision from being recorded
// under the rubric: a missing person, reviewer or rationale, an unknown word, or
// a position, dimension or statement that the rubric does not have. Fields that
// the store fills in (id, origin, chain, time) are not looked at.
func (d Decision) Validate(r *rubric.Rubric) error {
	for _, f := range []struct{ name, value string }{{"person", d.Person}, {"reviewer", d.Reviewer}} {
		if strings.TrimSpace(f.value) == "" {
			return fmt.Errorf("the decision names no %s", f.name)
		}
	}
	for _, f := range []struct{ name, value string }{{"person", d.Person}, {"reviewer", d.Reviewer}, {"session", d.Session}} {
		if len(f.value) > MaxNameBytes {
			return fmt.Errorf("the %s is %d bytes long; at most %d are kept", f.name, len(f.value), MaxNameBytes)
		}
	}
	if d.Stage.Rank() == 0 {
		return fmt.Errorf("stage %q is not one of draft, panel, final", d.Stage)
	}
	if d.Confidence != Low && d.Confidence != Medium && d.Confidence != High {
		return fmt.Errorf("confidence %q is not one of low, medium, high", d.Confidence)
	}
	if strings.TrimSpace(d.Rationale) == "" {
		return fmt.Errorf("the rationale is empty; every placement needs its reason")
	}
	if len(d.Rationale) > MaxRationale {
		return fmt.Errorf("the rationale is %d bytes long; at most %d are kept", len(d.Rationale), MaxRationale)
	}
	if d.Change != "" {
		if d.Stage != Final {
			return fmt.Errorf("a %s decision changes nothing, and yet says %q of the change", d.Stage, shown(string(d.Change)))
		}
		if c, err := ParseChange(string(d.Change)); err != nil {
			return err
		} else if c != d.Change {
			return fmt.Errorf("change %q is written %q", shown(string(d.Change)), c)
		}
	}
	return d.validateUnder(r)
}

func (d Decision) validateUnder(r *rubric.Rubric) error {
	if d.Rubric != r.Hash() {
		return fmt.Errorf("the decision was made under rubric %s, not under %s", d.Rubric, r.Hash())
	}
	if p, err := r.Position(d.Position); err != nil {
		return err
	} else if p.Key != d.Position {
		return fmt.Errorf("position %q is written %q", d.Position, p.Key)
	}
	if name, err := r.Dimension(d.Dimension); err != nil {
		return err
	} else if name != d.Dimension {
		return fmt.Errorf("dimension %q is written %q", d.Dimension, name)
	}
	ticked := map[string]bool{}
	check := func(id, note string, dampener bool) error {
		s, err := r.Statement(id)
		switch {
		case err != nil:
			return err
		case s.ID != id:
			return fmt.Errorf("statement %q is written %q", id, s.ID)
		case s.Dimension != d.Dimension:
			return fmt.Errorf("statement %s speaks of %s, the decision of %s", id, s.Dimension, d.Dimension)
		case dampener && s.Section != rubric.Dampeners:
			return fmt.Errorf("statement %s is no dampener", id)
		case ticked[id]:
			return fmt.Errorf("statement %s is ticked twice", id)
		case len(note) > MaxNote:
			return fmt.Errorf("the note on %s is %d bytes long; at most %d are kept", id, len(note), MaxNote)
		}
		ticked[id] = true
		return nil
	}
	for _, e := range d.Evidence {
		if err := check(e.Statement, e.Note, false); err != nil {
			return err
		}
	}
	for _, m := range d.Dampeners {
		if err := check(m.Statement, m.Note, true); err != nil {
			return err
		}
	}
	return nil
}

// SameSlot reports whether both decisions answer the same question: the same
// reviewer placing the same person on the same dimension, in the same stage of
// the same session. Of such decisions the later counts.
func (d Decision) SameSlot(o Decision) bool {
	return d.Person == o.Person && d.Reviewer == o.Reviewer && d.Dimension == o.Dimension &&
		d.Stage == o.Stage && d.Session == o.Session
}

// Current leaves out the decisions that another one of the list supersedes. The
// order stays. What it returns is the list itself where nothing is left out.
func Current(all []Decision) []Decision {
	var superseded map[string]bool
	for i := range all {
		if by := all[i].Supersedes; by != "" {
			if superseded == nil {
				superseded = map[string]bool{}
			}
			superseded[by] = true
		}
	}
	if superseded == nil {
		return slices.Clip(all)
	}
	current := make([]Decision, 0, max(0, len(all)-len(superseded)))
	for i := range all {
		if !superseded[all[i].ID] {
			current = append(current, all[i])
		}
	}
	return current
}

// Superseded returns the id of the decision that d corrects: the latest current
// one in the same slot, or "" where d is the first there.
func Superseded(d Decision, earlier []Decision) string {
	id := ""
	for _, e := range Current(earlier) {
		if e.SameSlot(d) && e.ID != d.ID && e.ID > id {
			id = e.ID
		}
	}
	return id
}

// Standing is how far a person has come on one dimension: the latest decision of
// the furthest stage.
type Standing struct {
	Stage    Stage // empty: nothing yet
	Decision Decision
}

// Standings gives, by dimension, how far a person has come in a session; for the
// empty one, outside any. all are decisions about that one person, in the order of
// their ids.
func Standings(all []Decision, session string) map[string]Standing {
	standings := map[string]Standing{}
	for _, d := range Current(all) {
		if now := standings[d.Dimension]; d.Session == session && d.Stage.Rank() >= now.Stage.Rank() {
			standings[d.Dimension] = Standing{Stage: d.Stage, Decision: d}
		}
	}
	return standings
}
