package calibration

import (
	"cmp"
	"maps"
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
type agendas map[string][]*Session

// CountsIn returns the function that says in which session, by id, a decision counts: the
// one that it was made in, or, for a draft that was made outside any, the one that it
// was made for. That is the one with the person on its agenda that was finalised first
// after the draft was made, or else the first that is still open; "" where there is
// none.
func CountsIn(sessions []Session) func(Decision) string { return agendasOf(sessions, nil).sessionOf }

// Corrected are the ids of the decisions that no longer count because another one of the
// list supersedes them. A draft made alone in autumn supersedes the one made alone in
// spring, but where that one counts in a session of its own, it is what the session had:
// only what counts in the same session corrects it.
func Corrected(all []Decision, sessions []Session) map[string]bool {
	countsIn, in := CountsIn(sessions), make(map[string]string, len(all))
	for _, d := range all {
		in[d.ID] = countsIn(d)
	}
	corrected := map[string]bool{}
	for _, d := range all {
		if session, here := in[d.Supersedes]; here && session == in[d.ID] {
			corrected[d.Supersedes] = true
		}
	}
	return corrected
}

// Drafts are those that were made outside any session and count in the sessions that a
// filter names.
type Drafts struct {
	filter Filter
	agendas
}

// DraftsFor are the drafts for the sessions of the filter, which names some.
func (f Filter) DraftsFor(sessions []Session) Drafts { return Drafts{f, f.agendas(sessions)} }

// People are the ids of those about whom such drafts can be, in order.
func (d Drafts) People() []string { return slices.Sorted(maps.Keys(d.agendas)) }

// Since is the earliest time at which such a draft about a person can have been made:
// before it drafts were for sessions that were finalised by then.
func (d Drafts) Since(person string) (at time.Time) {
	for _, s := range d.agendas[person] {
		if slices.Contains(d.filter.Sessions, s.ID) {
			break
		}
		at = s.FinalisedAt
	}
	return at
}

// Has reports whether a decision that was made outside any session is such a draft.
func (d Drafts) Has(made Decision) bool {
	return slices.Contains(d.filter.Sessions, d.sessionOf(made))
}

// agendasOf makes the agendas of the people who matter, which is everybody where it is
// not said who does. A company's sessions have a hundred times as many people on their
// agendas as one of them has.
func agendasOf(sessions []Session, matter map[string]bool) agendas {
	sessions = slices.Clone(sessions)
	byEnd := make([]*Session, len(sessions))
	for i := range sessions {
		byEnd[i] = &sessions[i]
	}
	slices.SortFunc(byEnd, func(a, b *Session) int {
		ends := cmp.Compare(boolRank(a.FinalisedAt.IsZero()), boolRank(b.FinalisedAt.IsZero()))
		return cmp.Or(ends, a.FinalisedAt.Compare(b.FinalisedAt), a.OpenedAt.Compare(b.OpenedAt), cmp.Compare(a.ID, b.ID))
	})
	on := agendas{}
	for _, session := range byEnd {
		for _, person := range session.People {
			if matter == nil || matter[person] {
				on[person] = append(on[person], session)
			}
		}
	}
	return on
}

// peopleOf are those on the agendas of the sessions that count.
func peopleOf(sessions []Session, counts func(Session) bool) map[string]bool {
	people := map[string]bool{}
	for _, s := range sessions {
		if counts(s) {
			for _, person := range s.People {
				people[person] = true
			}
		}
	}
	return people
}

// agendas makes those that tell which decisions pass the filter: where it names sessions
// it lets nothing else pass than what counts there, which is about people on their
// agendas, or outside any session.
func (f Filter) agendas(sessions []Session) agendas {
	if passes(f.Sessions, "") {
		return agendasOf(sessions, nil)
	}
	return agendasOf(sessions, peopleOf(sessions, func(s Session) bool { return slices.Contains(f.Sessions, s.ID) }))
}

// has reports whether a person is on the agenda of the session with the id.
func (a agendas) has(person, session string) bool {
	return slices.ContainsFunc(a[person], func(s *Session) bool { return s.ID == session })
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
