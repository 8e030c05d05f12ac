package cli

import (
	"fmt"
	"slices"
	"strings"

	"calibrate/calibration"
)

// label is a person's name, with the id where others share it.
func (n names) label(id string) string {
	name := first(n.person[id], id)
	for _, p := range n.people {
		if p.Name == name && p.ID != id {
			return name + " (" + id + ")"
		}
	}
	return name
}

func (n names) labels(ids []string) string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = n.label(id)
	}
	return strings.Join(all, ", ")
}

// tellSetup says how a session is set up, and whatever is odd about that.
func (s *shell) tellSetup(session calibration.Session, n names) {
	s.say("%s", setupWords(session))
	for _, words := range n.recusalWords(session.Recusals) {
		s.say("%s", words)
	}
	for _, other := range n.sessions {
		both := slices.DeleteFunc(slices.Clone(session.People), func(id string) bool { return !slices.Contains(other.People, id) })
		earlier := other.ID != session.ID && other.State == calibration.Open && !other.OpenedAt.After(session.OpenedAt)
		if earlier && len(both) > 0 {
			s.say("the open session %q has %s too; what is drafted outside any session counts there", other.Name, n.labels(both))
		}
	}
	for _, p := range session.Panel {
		named := slices.DeleteFunc(slices.Clone(n.people), func(known calibration.Person) bool { return !strings.EqualFold(known.Name, p.Reviewer) })
		if p.Person == "" && len(named) > 1 {
			s.say("%d people are called %s, so whom they report to is not known; --panel %q says who it is", len(named), p.Reviewer, p.Reviewer+"=ID")
		}
	}
	if len(session.Panel) == 0 {
		return
	}
	alone := slices.DeleteFunc(slices.Clone(session.People), func(id string) bool { return len(session.Voters(id)) > 0 })
	if len(alone) > 0 {
		s.say("nobody votes on %s, so nothing is blind there", n.labels(alone))
	}
}

// setupWords are "12 people, 3 on the panel, 120 minutes: 10:00 each".
func setupWords(session calibration.Session) string {
	text := peopleCount(len(session.People)) + " on the agenda"
	if session.Order == calibration.RandomOrder {
		text += fmt.Sprintf(" in an order drawn by the seed %d", session.Seed)
	}
	text += fmt.Sprintf(", %d on the panel", len(session.Panel))
	if budget := session.Budget(); budget > 0 {
		text += fmt.Sprintf(", %s: %s each", count(session.Minutes, "minute"), calibration.Clock(budget))
	}
	return text
}

func peopleCount(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// recusalWords are "Grace Hopper does not vote on Ada, Alan: manages the person", a
// line for each reviewer and reason.
func (n names) recusalWords(all []calibration.Recusal) []string {
	var lines []string
	for _, r := range groupRecusals(all) {
		lines = append(lines, fmt.Sprintf("%s does not vote on %s: %s", r.reviewer, n.labels(r.people), r.why))
	}
	return lines
}

// recusedFrom is the people from whom a reviewer is recused for one reason.
type recusedFrom struct {
	reviewer, why string
	people        []string // ids
}

// groupRecusals puts recusals together by reviewer and reason.
func groupRecusals(all []calibration.Recusal) []recusedFrom {
	var groups []recusedFrom
	for _, r := range all {
		i := slices.IndexFunc(groups, func(g recusedFrom) bool { return g.reviewer == r.Reviewer && g.why == r.Why })
		if i < 0 {
			i, groups = len(groups), append(groups, recusedFrom{reviewer: r.Reviewer, why: r.Why})
		}
		groups[i].people = append(groups[i].people, r.Person)
	}
	return groups
}
