package calibration

import (
	"slices"
	"time"
)

// Earlier is what one past session, or drafting outside any session, came to for
// a person on a dimension.
type Earlier struct {
	Session   string // name; empty: outside any session
	Decision  Decision
	DecidedAt time.Time
}

// maxEarlier is how many past placements a reader can take in beside the present.
const maxEarlier = 3

// EarlierOn lists what up to three past sessions decided about a person on a
// dimension, latest first: of each session the latest decision of the furthest
// stage. all are the decisions about that person in the order of their ids.
// Decisions of the present session, and drafts outside any session, are left
// out: they belong to the work at hand.
func EarlierOn(all []Decision, sessions []Session, dimension, present string) []Earlier {
	names := map[string]string{}
	for _, s := range sessions {
		names[s.ID] = s.Name
	}
	bySession := map[string]Decision{}
	for _, d := range Current(all) {
		if d.Dimension != dimension || d.Session == present || d.Session == "" {
			continue
		}
		if now, ok := bySession[d.Session]; !ok || d.Stage.Rank() >= now.Stage.Rank() {
			bySession[d.Session] = d
		}
	}
	var earlier []Earlier
	for id, d := range bySession {
		name := names[id]
		if name == "" {
			name = id
		}
		earlier = append(earlier, Earlier{Session: name, Decision: d, DecidedAt: d.DecidedAt})
	}
	slices.SortFunc(earlier, func(a, b Earlier) int {
		if c := b.DecidedAt.Compare(a.DecidedAt); c != 0 {
			return c
		}
		if a.Decision.ID > b.Decision.ID {
			return -1
		}
		return 1
	})
	return earlier[:min(len(earlier), maxEarlier)]
}
