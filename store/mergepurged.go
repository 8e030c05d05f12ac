package store

import (
	"fmt"
	"slices"

	"calibrate/calibration"
)

// kept is what of a batch stays out of the file, because it was purged here.
type kept struct {
	records int // decisions, events and people

	// late are decisions about somebody who was purged, that the file never had. Only
	// their places are taken in: so the file is the same whether they came before the
	// purge or after it.
	late []tombstone
}

// keepOut takes what was purged out of a batch. What the file holds is always the union
// of all that came in, without what was purged in it.
func keepOut(tx *transaction, p *parsed) (k kept, err error) {
	for _, step := range []func(*transaction, *parsed, *kept) error{keepOutDecisions, keepOutOthers, keepOffAgendas} {
		if err := step(tx, p, &k); err != nil {
			return k, err
		}
	}
	return k, nil
}

func keepOutDecisions(tx *transaction, p *parsed, k *kept) error {
	if nothingIn(tx, bucketPurged) && nothingIn(tx, bucketForgotten) {
		return nil
	}
	var rest []*parsedDecision
	for _, d := range p.decisions {
		t, found, err := tombAt(tx, d.id)
		if err != nil {
			return err
		}
		if found && !t.samePlace(d.tomb("")) {
			p.refuse(d.String(), errTombstone)
			continue
		}
		m, out, err := forgets(tx, d.Person, d.ID)
		if err != nil {
			return err
		}
		switch {
		case found && t.Purge != "":
			k.records++
		case out:
			k.records++
			k.late = append(k.late, d.tomb(m.Purge))
		default:
			rest = append(rest, d)
		}
	}
	p.decisions = rest
	return nil
}

func nothingIn(tx *transaction, bucket string) bool {
	first, _ := tx.Bucket([]byte(bucket)).Cursor().First()
	return first == nil
}

// keepOutOthers keeps events and people out.
func keepOutOthers(tx *transaction, p *parsed, k *kept) (err error) {
	without := func(what string, out func() (bool, error)) bool {
		gone, failed := out()
		if failed != nil && err == nil {
			err = fmt.Errorf("%s: %w", what, failed)
		}
		if gone {
			k.records++
		}
		return gone
	}
	p.events = slices.DeleteFunc(p.events, func(e parsedEvent) bool {
		return without("event "+e.ID, func() (bool, error) {
			id, err := parseID(e.ID)
			if err != nil {
				return false, err
			}
			t, found, err := tombAt(tx, id)
			if err != nil || found && t.Origin == "" {
				return true, err
			}
			_, out, err := forgets(tx, e.Person, e.ID)
			return out, err
		})
	})
	p.people = slices.DeleteFunc(p.people, func(r parsedRecord) bool {
		return without("person "+r.key, func() (bool, error) {
			_, out, err := forgets(tx, r.key, r.version)
			return out, err
		})
	})
	return err
}

// keepOffAgendas takes people who were purged off the sessions that come in, for others
// still have them there.
func keepOffAgendas(tx *transaction, p *parsed, _ *kept) error {
	for i, r := range p.sessions {
		var session calibration.Session
		if err := decode(r.payload, &session); err != nil {
			return err
		}
		var failed error
		rest, changed := session.Without(func(person string) bool {
			_, out, err := forgets(tx, person, r.version)
			if failed == nil {
				failed = err
			}
			return out
		})
		if failed != nil {
			return failed
		}
		if !changed {
			continue
		}
		payload, err := encode(rest)
		if err != nil {
			return err
		}
		p.sessions[i].payload = payload
	}
	return nil
}

// says tells that something was kept out.
func (k kept) says() []Finding {
	if k.records == 0 {
		return nil
	}
	return []Finding{{
		Severity: Note, Where: "what was merged", Do: "nothing is wrong",
		What: fmt.Sprintf("left out, because it was purged from this file: %s", count(k.records, "record")),
	}}
}
