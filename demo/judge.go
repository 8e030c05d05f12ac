package demo

import (
	"slices"

	"calibrate/calibration"
)

// place says on which ordinal a reviewer sees a member on a dimension.
func (p *plot) place(by reviewer, m *member, session, dimension int) int {
	if by.halo && !p.chance(10) {
		dimension = 0
	}
	at := p.truth(m, session, dimension)
	switch {
	case m.clear && p.chance(85):
	case p.chance(distance(by.lean, 0)):
		at += sign(by.lean)
	case by.narrow:
		at = p.narrowed(at)
	case by.lean == 0 && !by.halo && p.chance(10):
		at += pick(p.rng, -1, 1)
	}
	return p.clamp(at)
}

// narrowed takes an ordinal half of the way to the middle of the scale, or two.
func (p *plot) narrowed(at int) int {
	away := at - (p.top()+1)/2
	return at - sign(away)*min((distance(away, 0)+1)/2, 2)
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

// camp is where one of the two camps of a dispute sees a member, the scale allowing.
func (p *plot) camp(m *member, session int, higher bool) int {
	apart := m.split[session]
	low := p.clamp(min(p.truth(m, session, m.splitOn)-apart/2, p.top()-apart))
	if higher {
		return p.clamp(low + apart)
	}
	return low
}

// disputed reports whether reviewers disagree over a member on a dimension.
func (m *member) disputed(session, dimension int) bool {
	return m.split[session] > 0 && m.splitOn == dimension
}

// panel draws three or four reviewers who vote on a member. The manager is never
// among them: who has drafted does not vote blind.
func (p *plot) panel(m *member) []int {
	var drawn []int
	for _, i := range p.rng.Perm(len(reviewers)) {
		if i != m.manager {
			drawn = append(drawn, i)
		}
	}
	return drawn[:3+p.rng.IntN(2)]
}

// confidence is lower the further a reviewer stands from what others see.
func (p *plot) confidence(apart int) calibration.Confidence {
	switch apart {
	case 0:
		return pick(p.rng, calibration.High, calibration.High, calibration.Medium, calibration.Medium, calibration.Medium, calibration.Low)
	case 1:
		return pick(p.rng, calibration.High, calibration.Medium, calibration.Medium, calibration.Medium, calibration.Low)
	}
	return pick(p.rng, calibration.High, calibration.Medium, calibration.Low, calibration.Low)
}

// confidenceOf is that of a session, lower the further its votes are apart.
func (p *plot) confidenceOf(spread int) calibration.Confidence {
	switch spread {
	case 0:
		return calibration.High
	case 1:
		return pick(p.rng, calibration.High, calibration.High, calibration.Medium)
	case 2:
		return pick(p.rng, calibration.High, calibration.Medium, calibration.Medium)
	}
	return pick(p.rng, calibration.Medium, calibration.Medium, calibration.Low)
}

// settle is what a panel comes to: the middle one of all votes and the draft. Of two
// neighbours it is the draft or else the lower, and two that are further apart meet.
func settle(all []int, draft int) int {
	sorted := slices.Sorted(slices.Values(all))
	low, high := sorted[(len(sorted)-1)/2], sorted[len(sorted)/2]
	if high-low == 1 && draft == high {
		return high
	}
	return (low + high) / 2
}
