package calibration

import (
	"cmp"
	"slices"
)

// Stand is where a stage, or a whole session, has placed a person on a dimension.
//
//	final   the latest final decision
//	panel   the median of the votes; of the two in the middle of an even number the lower
//	draft   the draft of the person's manager, or else the latest draft
//
// What a session came to is the stand of the furthest stage that it has reached. The
// median is the vote that as many are above as below, and the position of a real vote;
// that the lower of two counts until the session decides is the caution of a draft.
type Stand struct {
	Stage     Stage    `json:"stage"`
	Position  string   `json:"position"` // key
	Ordinal   int      `json:"ordinal"`
	Level     int      `json:"level"`
	Of        int      `json:"of"`        // decisions of that stage that were looked at
	Reviewers []string `json:"reviewers"` // whose decision it is; of votes, those at the position
	Decisions []string `json:"decisions"` // their ids
}

// standing is a Stand in records.
type standing struct {
	at      record   // the one that counts
	of      unit     // all of the stage
	through []record // those that placed the person there
}

// standIn is where one stage has placed the unit's person.
func (c *Comparison) standIn(u unit, stage Stage) (s standing, ok bool) {
	of := u.in(stage)
	if len(of) == 0 {
		return standing{}, false
	}
	switch stage {
	case Panel:
		return medianVote(of), true
	case Draft:
		if own := c.byManager(of); len(own) > 0 {
			last, _ := own.latest()
			return standing{at: last, of: of, through: []record{last}}, true
		}
	}
	last, _ := of.latest()
	return standing{at: last, of: of, through: []record{last}}, true
}

// byManager is the part of a unit's drafts that the person's manager made.
func (c *Comparison) byManager(drafts unit) unit {
	manager := c.managers[drafts[0].person]
	var own unit
	for _, r := range drafts {
		if c.spellings[r.reviewer] == manager {
			own = append(own, r)
		}
	}
	return own
}

func medianVote(votes unit) standing {
	sorted := slices.Clone(votes)
	slices.SortStableFunc(sorted, func(a, b record) int { return cmp.Compare(a.ordinal, b.ordinal) })
	s := standing{at: sorted[(len(sorted)-1)/2], of: votes}
	for _, r := range votes {
		if r.ordinal == s.at.ordinal {
			s.through = append(s.through, r)
		}
	}
	return s
}

// outcome is where the unit's session has placed the person so far.
func (c *Comparison) outcome(u unit) standing {
	s, _ := c.standIn(u, Stages()[u[len(u)-1].stage-1])
	return s
}

func (c *Comparison) stand(s standing) Stand {
	at := c.rubric.At(int(s.at.ordinal))
	stand := Stand{Stage: c.stage(s.at), Position: at.Key, Ordinal: at.Ordinal, Level: at.Level, Of: len(s.of)}
	for _, r := range s.through {
		stand.Reviewers = append(stand.Reviewers, c.reviewers[r.reviewer])
		stand.Decisions = append(stand.Decisions, c.id(r))
	}
	return stand
}

// Stood is where a stage placed somebody.
type Stood struct {
	Person    PersonRef  `json:"person"`
	Session   SessionRef `json:"session"`
	Dimension string     `json:"dimension"`
	Stand     Stand      `json:"stand"`
}

// Stands lists where a stage placed everybody, by person, session and dimension.
func (c *Comparison) Stands(stage Stage) []Stood {
	all := []Stood{}
	for u := range c.units() {
		if s, ok := c.standIn(u, stage); ok {
			all = append(all, Stood{c.people[u[0].person], c.sessions[u[0].session], c.dimensions[u[0].dimension], c.stand(s)})
		}
	}
	return all
}
