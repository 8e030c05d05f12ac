package report

import (
	"fmt"
	"strings"
)

// Audience says for whom a report is, which decides what is in it.
//
//	facilitator  everything
//	hr           finals with their rationale, original drafts and who made them; no votes
//	manager      their own people: drafts, finals, spread without other reviewers' names
//	person       their own final positions, the statements matched and progression
//	             signals; no reviewer's name, no vote, no rationale, no other person
type Audience string

// The audiences.
const (
	ForFacilitator Audience = "facilitator"
	ForHR          Audience = "hr"
	ForManager     Audience = "manager"
	ForPerson      Audience = "person"
)

// Audiences lists the audiences.
func Audiences() []Audience { return []Audience{ForFacilitator, ForHR, ForManager, ForPerson} }

// ParseAudience reads an audience; the error lists what there is.
func ParseAudience(text string) (Audience, error) {
	var names []string
	for _, a := range Audiences() {
		if strings.EqualFold(text, string(a)) {
			return a, nil
		}
		names = append(names, string(a))
	}
	return "", fmt.Errorf("a report is for one of %s, not for %q", strings.Join(names, ", "), text)
}
