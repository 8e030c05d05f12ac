package cli

import (
	"time"

	"calibrate/packet"
	"calibrate/store"
)

// arrivalRecord is an arrival as JSON.
type arrivalRecord struct {
	TakenIn   bool             `json:"taken_in"`
	Packets   []packetRecord   `json:"packets"`
	New       []string         `json:"new"`
	Known     int              `json:"known"`
	Conflicts []conflictRecord `json:"conflicts"`
	Changes   []change         `json:"changes"`
	Events    int              `json:"events"`
	Rubrics   int              `json:"rubrics"`
	Purged    int              `json:"purged"` // records that stay out, because they were purged here
	Findings  []store.Finding  `json:"findings"`
}

type packetRecord struct {
	File      string       `json:"file"`
	By        string       `json:"by"`
	MadeAt    time.Time    `json:"made_at"`
	Encrypted bool         `json:"encrypted"`
	Count     packet.Count `json:"count"`
}

type conflictRecord struct {
	Reviewer  string `json:"reviewer"`
	Person    string `json:"person"`
	Dimension string `json:"dimension"`
	New       string `json:"new"`
	Other     string `json:"other"`
}

func (a *arrival) record() arrivalRecord {
	r := arrivalRecord{
		TakenIn: a.TakenIn, New: orEmpty(a.New), Known: a.Known, Conflicts: []conflictRecord{}, Changes: orEmpty(a.changes),
		Events: a.Events, Rubrics: a.Rubrics, Purged: a.Purged, Findings: orEmpty(a.Findings),
	}
	for _, p := range a.packets {
		r.Packets = append(r.Packets, packetRecord{p.Name, p.By, p.MadeAt, p.Encrypted, p.Count})
	}
	for _, c := range a.Conflicts {
		r.Conflicts = append(r.Conflicts, conflictRecord{c.New.Reviewer, c.New.Person, c.New.Dimension, c.New.ID, c.Other.ID})
	}
	return r
}

// orEmpty makes an empty list of none, for JSON.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
