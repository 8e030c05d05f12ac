package demo

import (
	"slices"
	"time"

	"calibrate/calibration"
)

// moment is a decision and when it is made.
type moment struct {
	at       time.Time
	decision calibration.Decision
}

// view is what somebody thinks of a member on a dimension before it is put into words.
type view struct {
	by        int // index into reviewers
	member    *member
	dimension int
	stage     calibration.Stage
	ordinal   int

	confidence calibration.Confidence
	evidence   []calibration.Evidence
	dampeners  []calibration.Dampener

	draft   int  // final: where the draft is; correction: where the first one was; 0: does not matter
	spread  int  // final: how far votes and draft are apart
	correct bool // it takes the place of an earlier one
}

// telling is one session while it is being told.
type telling struct {
	*plot
	session int
	id      string
	moments []moment
}

// tell makes up every decision of a session, in the order of time, and leaves with each
// member who is on their panel.
func (p *plot) tell(session int, id string, agenda []*member) []moment {
	t := &telling{plot: p, session: session, id: id}
	for turn, m := range agenda {
		m.luck = luck{}
		panel := p.panel(m)
		m.panel = panel
		for d := range p.r.Dimensions {
			t.dimension(m, d, turn, panel)
		}
	}
	slices.SortStableFunc(t.moments, func(a, b moment) int { return a.at.Compare(b.at) })
	return t.moments
}

// dimension tells how a member is placed on one dimension, as far as the session has
// come; turn is the member's place on the agenda.
func (t *telling) dimension(m *member, d, turn int, panel []int) {
	far := m.progress(t.session)
	last := d == len(t.r.Dimensions)-1
	switch {
	case far == untouched, far == halfWritten && last, far == begun && d > 0:
		return
	}
	draft := t.draft(m, d, turn)
	if far < someVotes {
		return
	}
	if far == someVotes {
		panel = panel[:2]
	}
	var votes []int
	for i, by := range panel {
		votes = append(votes, t.vote(m, d, turn, by, (i+m.start)%2 == 0))
	}
	if far == decided {
		t.decide(m, d, turn, votes, draft)
	}
}

// draft is the manager's proposal; it returns the ordinal that stands.
func (t *telling) draft(m *member, d, turn int) int {
	day, clock := 1+turn%draftDays, 9*time.Hour+time.Duration(17*turn+4*d)*time.Minute
	ordinal := t.place(reviewers[m.manager], m, t.session, d)
	if m.disputed(t.session, d) {
		ordinal = t.camp(m, t.session, true)
	}
	v := view{by: m.manager, member: m, dimension: d, stage: calibration.Draft, ordinal: ordinal}
	if m.amends && d == 0 {
		first := t.clamp(ordinal + 1)
		if first == ordinal || t.chance(30) {
			first = t.clamp(ordinal - 1)
		}
		v.ordinal = first
		t.say(day, clock, v)
		v.draft, v.ordinal, v.correct = first, ordinal, true
		day++
	}
	t.say(day, clock, v)
	return ordinal
}

// vote is the blind placement of one on the panel.
func (t *telling) vote(m *member, d, turn, by int, higher bool) int {
	clock := 9*time.Hour + time.Duration(80*by+6*(turn/2))*time.Minute + time.Duration(25*d)*time.Second
	ordinal := t.place(reviewers[by], m, t.session, d)
	if m.disputed(t.session, d) || m.split[t.session] > 0 && reviewers[by].halo {
		ordinal = t.camp(m, t.session, higher)
	}
	t.say(panelDay+turn%2, clock, view{by: by, member: m, dimension: d, stage: calibration.Panel, ordinal: ordinal})
	return ordinal
}

// decide is the session's decision, which the facilitator writes down.
func (t *telling) decide(m *member, d, turn int, votes []int, draft int) {
	clock := 9*time.Hour + time.Duration(15*turn)*time.Minute + time.Duration(40*d)*time.Second
	all := append(votes, draft)
	v := view{
		by: facilitator, member: m, dimension: d, stage: calibration.Final,
		ordinal: settle(all, draft), draft: draft, spread: slices.Max(all) - slices.Min(all),
	}
	t.say(decisionDay, clock, v)
	if m.amends && m.disputed(t.session, d) {
		v.ordinal, v.correct = t.clamp(v.ordinal-1), true
		t.say(finaliseDay, clock, v)
	}
	m.earlier[d] = v.ordinal
}

// say puts a view into the words of a decision that is made on a day of the session.
func (t *telling) say(day int, clock time.Duration, v view) {
	v.confidence = t.confidence(distance(v.ordinal, t.truth(v.member, t.session, v.dimension)))
	if v.stage == calibration.Final {
		v.confidence = t.confidenceOf(v.spread)
	}
	v.evidence, v.dampeners = t.tick(v)
	at := t.calendar.at(t.session, day, clock+time.Duration(t.rng.IntN(20_000))*time.Millisecond)
	text, why := t.rationale(v)
	t.moments = append(t.moments, moment{at, calibration.Decision{
		Person: v.member.ID, Reviewer: reviewers[v.by].name, Session: t.id,
		Dimension: t.r.Dimensions[v.dimension], Position: t.r.At(v.ordinal).Key,
		Stage: v.stage, Confidence: v.confidence, Rationale: text, Change: why,
		Evidence: v.evidence, Dampeners: v.dampeners,
	}})
}

func distance(a, b int) int { return max(a-b, b-a) }
