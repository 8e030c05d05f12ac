package store

import (
	"slices"

	"calibrate/calibration"
)

// Hidden hands out the decisions that are not to be shown now, with the session in
// which each counts, for counting them: nothing that they say may be told. It stops at
// the first error of yield, which it returns.
func (v Veiled) Hidden(yield func(calibration.Decision, calibration.Session) error) error {
	veil, err := v.Veil()
	if err != nil || veil.Lifted() {
		return err
	}
	sessions, err := v.Sessions()
	if err != nil {
		return err
	}
	byID, people := map[string]calibration.Session{}, []string{}
	for _, session := range sessions {
		byID[session.ID] = session
		people = append(people, session.People...)
	}
	slices.Sort(people)
	for _, person := range slices.Compact(people) {
		if blind, err := veil.AnywhereBlind(person); err != nil {
			return err
		} else if !blind {
			continue
		}
		of, err := v.Store.DecisionsOf(person)
		if err != nil {
			return err
		}
		for _, d := range of {
			hidden, err := veil.Hides(d)
			if err == nil && hidden {
				err = yield(d, byID[veil.CountsIn(d)])
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// Events is [Store.Events] without what was said of people who are blind, for it may tell
// where they were placed. When the agenda came to them, and how long it stayed, is there.
func (v Veiled) Events(session string) ([]calibration.Event, error) {
	events, err := v.Store.Events(session)
	if err != nil {
		return nil, err
	}
	veil, err := v.Veil()
	if err != nil {
		return nil, err
	}
	var seen []calibration.Event
	for _, e := range events {
		blind, err := veil.Blind(session, e.Person)
		if err != nil {
			return nil, err
		}
		if !blind || e.Kind == calibration.Arrived || e.Kind == calibration.Spent {
			seen = append(seen, e)
		}
	}
	return seen, nil
}

// PutSession is [Store.PutSession], which refuses a change after which something could
// be seen that is hidden now: that is what a reveal is for, which has its reason.
func (v Veiled) PutSession(changed calibration.Session) (calibration.Session, error) {
	shown, err := v.shownBy(changed)
	switch {
	case err != nil:
		return changed, err
	case len(shown) > 0:
		return changed, &calibration.ShowsError{Session: changed.Name, People: shown}
	}
	return v.Store.PutSession(changed)
}

// shownBy are the ids of the people of whom a change would show what is hidden.
func (v Veiled) shownBy(changed calibration.Session) ([]string, error) {
	sessions, err := v.Sessions()
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(sessions, func(s calibration.Session) bool { return s.ID == changed.ID })
	if at < 0 {
		return nil, nil
	}
	changed.State = sessions[at].State
	sessions[at] = changed
	after := calibration.NewVeil(sessions, v.Store)
	var shown []string
	err = v.Hidden(func(d calibration.Decision, _ calibration.Session) error {
		hidden, err := after.Hides(d)
		if err == nil && !hidden && !slices.Contains(shown, d.Person) {
			shown = append(shown, d.Person)
		}
		return err
	})
	return shown, err
}
