package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"calibrate/calibration"
)

// Sessions returns every session, the one opened first first. Callers share the agendas,
// whose elements must not be changed; the rest is theirs.
func (s *Store) Sessions() ([]calibration.Session, error) {
	now, err := s.sessionsNow()
	if err != nil {
		return nil, err
	}
	all := slices.Clone(now.all)
	for i := range all {
		all[i] = ownOf(all[i])
	}
	return all, nil
}

// Session finds a session by its name or id, as [calibration.FindSession] does. Of what it
// returns the same is shared.
func (s *Store) Session(which string) (calibration.Session, error) {
	now, err := s.sessionsNow()
	if err != nil {
		return calibration.Session{}, err
	}
	found, err := calibration.FindSession(now.all, which)
	return ownOf(found), err
}

// ownOf is a session whose lists a caller may change, and whose agenda may be appended to.
func ownOf(s calibration.Session) calibration.Session {
	s.People = slices.Clip(s.People)
	s.Panel, s.Recusals, s.Rubrics = slices.Clone(s.Panel), slices.Clone(s.Recusals), slices.Clone(s.Rubrics)
	return s
}

// sessions are those of a file, and the veil that is made of them.
type sessions struct {
	all  []calibration.Session
	veil *calibration.Veil
}

// sessionsNow are the sessions of the file.
func (s *Store) sessionsNow() (sessions, error) {
	return s.sessions.now(s, bucketSessions, func(t *paged) (sessions, error) {
		all, err := sessionsIn(t)
		return sessions{all, calibration.NewVeil(all, s)}, err
	})
}

func sessionsIn(t *paged) ([]calibration.Session, error) {
	sessions, err := recordsIn[calibration.Session](t, bucketSessions, kindSession)
	slices.SortFunc(sessions, func(a, b calibration.Session) int {
		return cmp.Or(a.OpenedAt.Compare(b.OpenedAt), cmp.Compare(a.ID, b.ID))
	})
	return sessions, err
}

// PutSession opens a session, or changes how the one with its id is set up, and returns
// it as it is kept: open, with an id and the time of opening where they were empty, and
// with a new version. Whether a session is over is changed by [Store.Finalise] and
// [Store.Reopen] alone; nothing of a finalised one can be changed, which is a
// [*FinalisedError]. The rubrics of single people must be in the file; see [Store.PutRubric].
func (s *Store) PutSession(session calibration.Session) (calibration.Session, error) {
	kept := session
	kept.State, kept.FinalisedAt = calibration.Open, time.Time{}
	if err := validSession(kept); err != nil {
		return session, fmt.Errorf("the session was not saved: %w", err)
	}
	now := s.now()
	if kept.OpenedAt.IsZero() {
		kept.OpenedAt = now
	}
	kept.OpenedAt = stamp(kept.OpenedAt)
	err := s.update(func(tx *transaction) error {
		if kept.ID == "" {
			id, err := newID(now, s.entropy, [16]byte{})
			if err != nil {
				return err
			}
			kept.ID = id.String()
		}
		var before calibration.Session
		if _, err := getRecord(tx, bucketSessions, []byte(kept.ID), kindSession, &before); err != nil {
			return err
		}
		if before.State == calibration.Finalised {
			return &FinalisedError{ID: before.ID, Name: before.Name}
		}
		if err := mayConcern(tx, kept.People...); err != nil {
			return err
		}
		for _, p := range kept.Rubrics {
			if tx.Bucket([]byte(bucketRubrics)).Get([]byte(p.Rubric)) == nil {
				return fmt.Errorf("%s would be placed under the rubric %s, of which the file holds no copy", p.Person, p.Rubric)
			}
		}
		kept.Round = before.Round
		return s.putSession(tx, &kept, before.Version, now)
	})
	if err != nil {
		return session, fmt.Errorf("the session was not saved: %w", err)
	}
	return kept, nil
}

func (s *Store) putSession(tx *transaction, kept *calibration.Session, before string, now time.Time) (err error) {
	if kept.Version, err = s.nextVersion(now, before); err != nil {
		return err
	}
	return putRecord(tx, bucketSessions, []byte(kept.ID), kindSession, *kept)
}

// Finalise locks a session: it takes no more decisions and events, and nothing of it
// can be changed. Who did it, and when, is recorded with it, and a backup is made of the
// file; see [Store.RollBackups]. The error is a
// [*calibration.UnknownError] where the file does not have the session, and a
// [*FinalisedError] where that has happened already.
func (s *Store) Finalise(session, by string) (calibration.Session, error) {
	kept, err := s.turn(session, calibration.Event{Kind: calibration.Finalise, By: by})
	if err == nil {
		if _, err := s.RollBackups(context.Background(), s.now()); err != nil {
			s.warn(err)
		}
	}
	return kept, err
}

// Reopen lets a finalised session take decisions again, for a reason that is recorded.
func (s *Store) Reopen(session, by, why string) (calibration.Session, error) {
	return s.turn(session, calibration.Event{Kind: calibration.Reopen, By: by, Text: why})
}

// turn changes a session's state, together with the event that says so.
func (s *Store) turn(session string, e calibration.Event) (kept calibration.Session, err error) {
	to := calibration.Open
	if e.Kind == calibration.Finalise {
		to = calibration.Finalised
	}
	now := s.now()
	err = s.update(func(tx *transaction) error {
		found, err := getRecord(tx, bucketSessions, []byte(session), kindSession, &kept)
		switch {
		case err != nil:
			return err
		case !found:
			return &calibration.UnknownError{What: "session", Name: session}
		case kept.State == to && to == calibration.Finalised:
			return &FinalisedError{ID: kept.ID, Name: kept.Name}
		case kept.State == to:
			return fmt.Errorf("the session %q is open already", kept.Name)
		}
		kept.State, kept.Round, kept.FinalisedAt = to, kept.Round+1, time.Time{}
		if to == calibration.Finalised {
			kept.FinalisedAt = stamp(now)
		}
		e.Session = kept.ID
		if err := s.putEvent(tx, &e); err != nil {
			return err
		}
		return s.putSession(tx, &kept, kept.Version, now)
	})
	if err != nil {
		return calibration.Session{}, fmt.Errorf("the session was not changed: %w", err)
	}
	return kept, nil
}

// validSession reports what keeps a session from being recorded. Its id may be empty
// still.
func validSession(s calibration.Session) error {
	if err := s.Validate(); err != nil {
		return err
	}
	if s.State == calibration.Finalised && s.FinalisedAt.IsZero() {
		return errors.New("it is finalised and does not say when")
	}
	names := append([]string{s.ID, s.Name, s.Facilitator}, s.People...)
	for _, p := range s.Panel {
		names = append(names, p.Reviewer, p.Person)
	}
	for _, r := range s.Recusals {
		names = append(names, r.Reviewer, r.Person, r.Why)
	}
	for _, r := range s.Rubrics {
		names = append(names, r.Rubric)
	}
	return validNames(names...)
}

// sessionRank says which of two records of one session counts: see
// [calibration.Session].
func sessionRank(s calibration.Session) string {
	return fmt.Sprintf("%08d %s", s.Round, s.Version)
}
