package demo

import (
	"math/rand/v2"
	"time"

	"calibrate/calibration"
	"calibrate/rubric"
)

// plot is all that is settled before anybody rates anybody.
type plot struct {
	r        *rubric.Rubric
	rng      *rand.Rand
	decks    decks
	calendar calendar
	members  []*member         // by team, in the order of stories
	readings map[string][]bool // by the id of a statement, then by reviewer
	seed     uint64
}

// member is a person with the story that the person got.
type member struct {
	calibration.Person
	story
	manager int   // index into reviewers
	start   int   // ordinal in the first session, on the first dimension
	offsets []int // by dimension, from the first
	splitOn int   // index of the dimension that a dispute is about
	earlier []int // by dimension, what the session before decided; 0: nothing
	luck    luck  // in the session that is under way
	panel   []int // who votes in it, as indexes into reviewers
}

// newPlot casts the people. Whatever is left to chance follows from the seed.
func newPlot(r *rubric.Rubric, seed uint64, now time.Time) *plot {
	rng := rand.New(rand.NewPCG(seed, 0))
	p := &plot{r: r, rng: rng, decks: decks{}, calendar: newCalendar(now), seed: seed}
	p.readings = p.readDifferently()
	order := rng.Perm(len(cast))
	for team, of := range stories {
		for _, s := range of {
			p.members = append(p.members, p.newMember(cast[order[len(p.members)]], s, team))
		}
	}
	return p
}

func (p *plot) newMember(a actor, s story, team int) *member {
	m := &member{
		Person: calibration.Person{
			ID: a.id, Name: a.name, Email: a.mailbox + "@example.com",
			Team: teams[team], Manager: reviewers[team].name, Role: p.r.Role,
			AddedAt: p.calendar.at(0, openingDay, 8*time.Hour),
		},
		story: s, manager: team,
		start:   p.ordinal(s.height) + pick(p.rng, -1, 0, 0, 0, 1),
		offsets: make([]int, len(p.r.Dimensions)),
		splitOn: p.rng.IntN(len(p.r.Dimensions)),
		earlier: make([]int, len(p.r.Dimensions)),
	}
	if len(m.Role) > calibration.MaxNameBytes { // a rubric may have a longer one
		m.Role = ""
	}
	if !m.clear {
		for d := range m.offsets[1:] {
			m.offsets[1+d] = pick(p.rng, -1, -1, 0, 0, 0, 1, 1)
		}
	}
	return m
}

// ordinal turns a height, in percent, into a position of the scale.
func (p *plot) ordinal(height int) int {
	return 1 + (height*(p.top()-1)+50)/100
}

// top is the ordinal of the highest position.
func (p *plot) top() int { return len(p.r.Positions()) }

// clamp takes an ordinal that is outside of the scale to its nearer end.
func (p *plot) clamp(ordinal int) int { return min(max(ordinal, 1), p.top()) }

// chance is true in so many of a hundred cases.
func (p *plot) chance(percent int) bool { return p.rng.IntN(100) < percent }

// pick is one of several, those that are listed more often more often.
func pick[T any](rng *rand.Rand, of ...T) T { return of[rng.IntN(len(of))] }

// truth is where somebody stands who knows everything about the member.
func (p *plot) truth(m *member, session, dimension int) int {
	at := m.start + m.offsets[dimension]
	for _, step := range m.steps[:session] {
		at += step
	}
	return p.clamp(at)
}

// progress is how far a session has come with a member on its agenda.
func (m *member) progress(session int) reach {
	if session == openSession {
		return m.open
	}
	return decided
}

// agenda lists the members of a session in the order in which it takes them.
func (p *plot) agenda(session int) []*member {
	var on []*member
	for _, i := range p.rng.Perm(len(p.members)) {
		if m := p.members[i]; session > 0 || !m.away {
			on = append(on, m)
		}
	}
	return on
}
