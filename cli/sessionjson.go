package cli

import (
	"calibrate/calibration"
)

// sessionRecord is a session as it stands, as data. Field names are promised.
type sessionRecord struct {
	Session calibration.Session `json:"session"`
	Next    string              `json:"next"` // id of the person whom it goes on with; empty: nobody
	People  []turnRecord        `json:"people"`
	Events  []calibration.Event `json:"events"`
	Airtime airtimeRecord       `json:"airtime"`
}

// turnRecord is a place on the agenda. Of people who are blind only who has placed them
// is told.
type turnRecord struct {
	Place int `json:"place"`
	calibration.PersonRef
	Rubric    *rubricRecord          `json:"rubric,omitempty"` // where there are several
	Blind     bool                   `json:"blind"`
	Decided   bool                   `json:"decided"`
	Voters    []string               `json:"voters"`
	Placed    []string               `json:"placed"`
	Missing   []string               `json:"missing"`
	Recusals  []calibration.Recusal  `json:"recusals"`
	Drafts    map[string]placeRecord `json:"drafts"` // by dimension
	Finals    map[string]placeRecord `json:"finals"`
	Triage    calibration.Triage     `json:"triage"` // empty while nobody may know
	Apart     int                    `json:"positions_apart"`
	Readiness string                 `json:"readiness"` // yes, not yet, no; empty: not asked
	Spent     int                    `json:"spent_seconds"`
}

// placeRecord is a decision in short.
type placeRecord struct {
	Position string             `json:"position"`
	Reviewer string             `json:"reviewer"`
	Change   calibration.Change `json:"change,omitempty"`
	Decision string             `json:"decision"` // id
}

// recordOf lays a session out as data; events are those that may be told.
func recordOf(room *calibration.Room, events []calibration.Event) sessionRecord {
	r := sessionRecord{Session: room.Session, People: []turnRecord{}, Events: list(events), Airtime: airtimeOf(room.Airtime())}
	if room.Session.State == calibration.Open && room.Undecided() > 0 {
		r.Next = room.Turns[room.Resume()].Person.ID
	}
	apart := triages(room)
	for i, t := range room.Turns {
		spread := apart[t.Person.ID]
		var under *rubricRecord
		if room.Mixed() {
			under = &rubricRecord{t.Rubric.Role, t.Rubric.Hash()}
		}
		r.People = append(r.People, turnRecord{
			Rubric: under,
			Place:  i + 1, PersonRef: t.Person, Blind: t.Blind, Decided: room.Decided(t),
			Voters: list(t.Voters), Placed: list(t.Placed), Missing: list(t.Missing()), Recusals: list(t.Recusals),
			Drafts: places(t.Drafts), Finals: places(t.Finals), Triage: spread.Triage, Apart: spread.Apart,
			Readiness: readiness(events, t.Person.ID).Answer, Spent: int(t.Spent.Seconds()),
		})
	}
	return r
}

// list is never null.
func list[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

func places(by map[string]calibration.Decision) map[string]placeRecord {
	records := map[string]placeRecord{}
	for dimension, d := range by {
		records[dimension] = placeRecord{d.Position, d.Reviewer, d.Change, d.ID}
	}
	return records
}

// airtimeRecord is where the time of a session went.
type airtimeRecord struct {
	Total  int                   `json:"total_seconds"`
	Median int                   `json:"median_seconds"` // of those who were spoken about
	People []airtimePersonRecord `json:"people"`         // the longest first
	Groups []airtimeGroupRecord  `json:"groups"`
}

type airtimePersonRecord struct {
	Place int `json:"place"`
	calibration.PersonRef
	Spent int  `json:"spent_seconds"`
	Quick bool `json:"quick"` // less than a third of the median
}

// airtimeGroupRecord is the mean of a team, of a position, or of a part of the agenda;
// Name is empty for those without a team or a decision.
type airtimeGroupRecord struct {
	By     string `json:"by"`
	Name   string `json:"name"`
	People int    `json:"people"`
	Mean   int    `json:"mean_seconds"`
}

func airtimeOf(a calibration.Airtime) airtimeRecord {
	r := airtimeRecord{Total: int(a.Total.Seconds()), Median: int(a.Median.Seconds()), People: []airtimePersonRecord{}, Groups: []airtimeGroupRecord{}}
	for _, p := range a.People {
		r.People = append(r.People, airtimePersonRecord{p.Place, p.Person, int(p.Spent.Seconds()), p.Quick})
	}
	for _, g := range a.Groups {
		r.Groups = append(r.Groups, airtimeGroupRecord{g.By, g.Name, g.People, int(g.Mean.Seconds())})
	}
	return r
}
