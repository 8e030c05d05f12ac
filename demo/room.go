package demo

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"time"

	"calibrate/calibration"
)

// minutes is how long a session may take for everybody on its agenda.
const minutes = 240

// setUp is a session before anything has happened in it: all reviewers are on the panel,
// managers do not vote on their own people, and the others leave out whom they do not
// know. The open session takes first who has come furthest.
func (p *plot) setUp(session int, agenda []*member) calibration.Session {
	s := calibration.Session{
		Name: p.calendar.name(session), State: calibration.Open, Rubric: p.r.Hash(), Facilitator: reviewers[facilitator].name, Minutes: minutes,
	}
	for _, by := range reviewers {
		s.Panel = append(s.Panel, calibration.Panellist{Reviewer: by.name})
	}
	var people []calibration.Person
	for _, m := range agenda {
		people = append(people, m.Person)
	}
	s.Recusals = calibration.DefaultRecusals(s.Panel, people, people)
	for _, m := range agenda {
		for i, by := range reviewers {
			if i != m.manager && !slices.Contains(m.panel, i) {
				s.Recusals = append(s.Recusals, calibration.Recusal{Reviewer: by.name, Person: m.ID, Why: tooFar})
			}
		}
	}
	order := slices.Clone(agenda)
	if session == openSession {
		slices.SortStableFunc(order, func(a, b *member) int { return cmp.Compare(b.open, a.open) })
	}
	s.People = ids(order)
	return s
}

// happening is an event and when it happens.
type happening struct {
	at    time.Time
	event calibration.Event
}

// talk is a session's discussion while it is being made up. It draws its own luck, so
// that what is said of people does not change where they are placed.
type talk struct {
	*plot
	rng     *rand.Rand
	session int
	events  []happening
}

// happen makes up what happened in a session besides its decisions, in the order of
// time.
func (p *plot) happen(session int, agenda []*member, moments []moment) []happening {
	t := &talk{plot: p, rng: rand.New(rand.NewPCG(p.seed, uint64(1+session))), session: session}
	for _, m := range agenda {
		t.discuss(m, slices.DeleteFunc(slices.Clone(moments), func(o moment) bool { return o.decision.Person != m.ID }))
	}
	if session == openSession {
		t.revealEarly(agenda)
	}
	slices.SortStableFunc(t.events, func(a, b happening) int { return a.at.Compare(b.at) })
	return t.events
}

// revealEarly shows the placements of one who is disputed before all have voted.
func (t *talk) revealEarly(agenda []*member) {
	i := slices.IndexFunc(agenda, func(m *member) bool { return m.open == someVotes && m.split[openSession] > 0 })
	if i < 0 {
		return
	}
	at := t.calendar.at(openSession, decisionDay, 16*time.Hour)
	t.add(at, agenda[i], calibration.Event{Kind: calibration.Reveal, Text: revealed})
}

// discuss tells what was said of a member before each round of decisions; about are all
// decisions about them in the session, in the order of time.
func (t *talk) discuss(m *member, about []moment) {
	apart, furthest := t.apart(about)
	rounds := 0
	for from, o := range about {
		isFirst := from == 0 || about[from-1].decision.Stage != calibration.Final || o.at.Sub(about[from-1].at) > time.Hour
		if o.decision.Stage != calibration.Final || !isFirst {
			continue
		}
		if rounds++; rounds > 1 {
			apart = 0 // of the second round the end is near
		}
		spent := t.seconds(apart)
		began := o.at.Add(-time.Duration(spent) * time.Second)
		t.add(began, m, calibration.Event{Kind: calibration.Arrived})
		if apart > 1 && t.odds(70) {
			t.add(began.Add(time.Duration(spent/2)*time.Second), m, calibration.Event{Kind: calibration.Noted, Text: pick(t.rng, discussed...)})
		}
		after := o.at.Add(time.Minute)
		t.add(after, m, calibration.Event{Kind: calibration.Spent, Seconds: spent})
		if rounds == 1 {
			t.conclude(after, m, apart, furthest)
		}
	}
}

// conclude is what is written down when a member was decided.
func (t *talk) conclude(at time.Time, m *member, apart int, furthest string) {
	if apart > 2 && t.odds(50) {
		t.add(at.Add(5*time.Second), m, calibration.Event{Kind: calibration.Dissent, Who: furthest, Text: pick(t.rng, dissents...)})
	}
	if t.odds(25) {
		due := t.calendar.at(t.session, finaliseDay, 0).AddDate(0, 0, 7*(2+t.rng.IntN(8)))
		t.add(at.Add(10*time.Second), m, calibration.Event{
			Kind: calibration.FollowUp, Who: reviewers[m.manager].name, Due: due.Format(time.DateOnly), Text: pick(t.rng, tasks...),
		})
	}
	if high := 3*m.earlier[0] > 2*t.top(); high || t.odds(15) {
		answer := pick(t.rng, calibration.NotYet, calibration.NotYet, calibration.NotReady)
		if high {
			answer = pick(t.rng, calibration.Ready, calibration.NotYet)
		}
		t.add(at.Add(15*time.Second), m, calibration.Event{Kind: calibration.Readiness, Answer: answer, Text: pick(t.rng, prospects[answer]...)})
	}
}

// apart is how far drafts and votes are from each other where they are furthest, and who
// is furthest from what was decided.
func (t *talk) apart(about []moment) (apart int, furthest string) {
	for _, dimension := range t.r.Dimensions {
		low, high, final := 0, 0, 0
		by := map[string]int{}
		for _, o := range about {
			p, err := t.r.Position(o.decision.Position)
			switch {
			case err != nil || o.decision.Dimension != dimension:
			case o.decision.Stage == calibration.Final:
				final = p.Ordinal
			default:
				by[o.decision.Reviewer] = p.Ordinal
			}
		}
		for _, reviewer := range reviewers {
			at, placed := by[reviewer.name]
			if !placed {
				continue
			}
			if low == 0 || at < low {
				low = at
			}
			high = max(high, at)
		}
		if high-low <= apart && furthest != "" {
			continue
		}
		apart = high - low
		for _, reviewer := range reviewers {
			if at, placed := by[reviewer.name]; placed && (furthest == "" || distance(at, final) > distance(by[furthest], final)) {
				furthest = reviewer.name
			}
		}
	}
	return apart, furthest
}

// seconds is how long people talk about somebody on whom they are so far apart.
func (t *talk) seconds(apart int) int {
	from := [...]int{20, 90, 260, 420}[min(apart, 3)]
	return from + t.rng.IntN(from+60)
}

func (t *talk) odds(percent int) bool { return t.rng.IntN(100) < percent }

func (t *talk) add(at time.Time, m *member, e calibration.Event) {
	e.Person, e.By = m.ID, reviewers[facilitator].name
	t.events = append(t.events, happening{at, e})
}
