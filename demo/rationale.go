package demo

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"calibrate/calibration"
	"calibrate/rubric"
)

// decks are lists of phrases, each dealt like a deck of cards: none comes back before
// all have been. The key is where a list begins.
type decks map[*string][]string

func (p *plot) deal(list []string) string {
	deck := p.decks[&list[0]]
	if len(deck) == 0 {
		for _, i := range p.rng.Perm(len(list)) {
			deck = append(deck, list[i])
		}
	}
	p.decks[&list[0]] = deck[1:]
	return deck[0]
}

// rationale gives the reason for a view, and says why a decision is not the draft.
func (p *plot) rationale(v view) (text string, why calibration.Change) {
	var sentences []string
	switch v.stage {
	case calibration.Draft:
		sentences = p.draftWords(v)
	case calibration.Panel:
		sentences = p.voteWords(v)
	default:
		sentences, why = p.finalWords(v)
	}
	return strings.Join(sentences, " "), why
}

// draftWords are those of a manager, who knows most and writes most.
func (p *plot) draftWords(v view) []string {
	said := []string{p.deal(openings[p.third(v)])}
	if v.correct {
		said[0] = p.deal(corrections[higher(v.ordinal, v.draft)])
	}
	if p.chance(60) {
		said = append(said, p.deal(deeds[p.third(v)]))
	}
	if len(said) == 1 || p.chance(60) {
		said = append(said, p.proof(v))
	}
	switch {
	case p.chance(25) && v.confidence != calibration.Low:
		said = append(said, fmt.Sprintf(p.deal(aspects), p.r.Dimensions[v.dimension]))
	case p.chance(40):
		said = append(said, p.deal(grounds))
	}
	if p.chance(45) {
		said = p.compare(said, v)
	}
	if p.chance(60) {
		said = p.limit(said, v)
	}
	return p.ending(said, v)
}

// voteWords are those of somebody who sees the person from outside.
func (p *plot) voteWords(v view) []string {
	var said []string
	if p.chance(60) {
		said = append(said, p.deal(reviewers[v.by].knows))
	}
	if p.chance(45) {
		said = append(said, p.deal(reviewers[v.by].says))
	}
	text, counts := p.contested(v)
	switch {
	case text != "" && p.chance(15):
		said = append(said, fmt.Sprintf(p.deal(asRead[boolIndex(counts)]), text))
	case len(said) < 2 || p.chance(60):
		said = append(said, p.proof(v))
	}
	if p.chance(20) {
		said = p.limit(said, v)
	}
	return p.ending(said, v)
}

// finalWords are what the facilitator writes down.
func (p *plot) finalWords(v view) (said []string, why calibration.Change) {
	said = []string{p.deal(verdicts[min(v.spread, 2)])}
	if v.correct {
		said[0] = p.deal(reopened)
	}
	if strings.Contains(said[0], "%d") {
		said[0] = fmt.Sprintf(said[0], 4+p.rng.IntN(9))
	}
	switch {
	case v.ordinal != v.draft:
		list := departures[higher(v.ordinal, v.draft)]
		departure := p.deal(list)
		said = append(said, fmt.Sprintf(departure, positions(distance(v.ordinal, v.draft))))
		why = calibration.Changes()[slices.Index(list, departure)]
	case v.spread > 0:
		said = append(said, p.deal(agreed))
	}
	if text := p.ticked(v, rubric.Impact, 0, true); text != "" && p.chance(70) {
		said = append(said, fmt.Sprintf(p.deal(settled), text))
	}
	if p.chance(20) {
		said = append(said, p.deal(followUps))
	}
	return said, why
}

// third is the third of the scale that a view places in: 0, 1 or 2.
func (p *plot) third(v view) int { return min(3*(v.ordinal-1)/max(p.top()-1, 1), 2) }

// proof says what speaks for the position.
func (p *plot) proof(v view) string {
	example := p.ticked(v, rubric.Examples, 0, true)
	impact := p.ticked(v, rubric.Impact, 0, true)
	switch {
	case example != "" && (impact == "" || p.chance(20)):
		return fmt.Sprintf(p.deal(likenesses), example)
	case impact != "":
		return fmt.Sprintf(p.deal(proofs), impact)
	}
	return p.deal(wholes)
}

// limit adds why it is not one higher.
func (p *plot) limit(said []string, v view) []string {
	if v.ordinal == p.top() {
		return append(said, p.deal(tops))
	}
	third := p.third(v)
	if text := p.ticked(v, rubric.Impact, 1, false); text != "" && third > 0 && p.chance(40) {
		return append(said, fmt.Sprintf(p.deal(notYet), text))
	}
	if text := p.signal(v); text != "" && p.chance(60) {
		return append(said, fmt.Sprintf(p.deal(nexts[third]), text))
	}
	return append(said, p.deal(limits))
}

// compare adds how it was half a year ago, if that is known.
func (p *plot) compare(said []string, v view) []string {
	before := v.member.earlier[v.dimension]
	if before == 0 {
		return said
	}
	return append(said, p.deal(sinceLast[1+sign(v.ordinal-before)]))
}

// ending adds how sure the reviewer is, to some.
func (p *plot) ending(said []string, v view) []string {
	switch {
	case v.confidence == calibration.Low:
		said = append(said, p.deal(doubts))
	case v.confidence == calibration.High && p.chance(35):
		said = append(said, p.deal(certainties))
	}
	return said
}

// positions counts them in words.
func positions(n int) string {
	words := [...]string{1: "one position", 2: "two positions", 3: "three positions", 4: "four positions"}
	if n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n) + " positions"
}

// higher is the index of what is said where a is above b, or is not.
func higher(a, b int) int { return boolIndex(a > b) }

func boolIndex(b bool) int {
	if b {
		return 1
	}
	return 0
}
