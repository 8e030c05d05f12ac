package calibration

import (
	"cmp"
	"slices"
	"time"
)

// agendas knows, by person, the sessions that have the person on their agenda.
//
// Managers draft alone, often before there is a session, and their drafts travel as
// files; a comparison that kept those apart would find no draft to compare the
// session's decision with. So a draft that was made outside any session counts in the
// one that it was made for: of the sessions with the person on the agenda, the one
// that was finalised first after the draft was made. A session that is still open
// counts as finalised last; of several open ones the one opened first is meant. Where
// there is none, the draft stays outside any session. Votes and finals belong to a
// session by their nature and are never moved.
type agendas map[string][]Session

// CountsIn returns the function that says in which session, by id, a decision counts: the
// one that it was made in, or, for a draft that was made outside any, the one that it
// was made for. That is the one with the person on its agenda that was finalised first
// after the draft was made, or else the first that is still open; "" where there is
// none.
func CountsIn(sessions []Session) func(Decision) string { return agendasOf(sessions).sessionOf }

func agendasOf(sessions []Session) agendas {
	sessions = slices.Clone(sessions)
	slices.SortFunc(sessions, func(a, b Session) int {
		ends := cmp.Compare(boolRank(a.FinalisedAt.IsZero()), boolRank(b.FinalisedAt.IsZero()))
		return cmp.Or(ends, a.FinalisedAt.Compare(b.FinalisedAt), a.OpenedAt.Compare(b.OpenedAt), cmp.Compare(a.ID, b.ID))
	})
	on := agendas{}
	for _, s := range sessions {
		for _, person := range s.People {
			on[person] = append(on[person], s)
		}
	}
	return on
}

func boolRank(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sessionOf is the id of the session that a decision counts in.
func (a agendas) sessionOf(d Decision) string {
	if d.Session != "" || d.Stage != Draft {
		return d.Session
	}
	return a.next(d.Person, d.DecidedAt)
}

func (a agendas) next(person string, after time.Time) string {
	for _, s := range a[person] {
		if s.FinalisedAt.IsZero() || s.FinalisedAt.After(after) {
			return s.ID
		}
	}
	return ""
}
