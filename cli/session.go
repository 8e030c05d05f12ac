package cli

import (
	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/store"
)

func newSession(s *shell) *cobra.Command {
	return group("session", "Hold a calibration session",
		newSessionNew(s), newSessionList(s), newSessionShow(s), newSessionChange(s), newSessionRecuse(s),
		newSessionReveal(s), newSessionNote(s), newSessionDissent(s), newSessionFollowUp(s), newSessionReadiness(s),
		newSessionSweep(s), newSessionAirtime(s), newSessionFinalise(s), newSessionReopen(s),
	)
}

// roomOf reads a session, named or by id, as it stands, with what ids in it stand for.
func (s *shell) roomOf(st *store.Store, which string) (*calibration.Room, names, error) {
	n, err := namesIn(st)
	if err != nil {
		return nil, n, err
	}
	session, err := calibration.FindSession(n.sessions, which)
	if err != nil {
		return nil, n, err
	}
	_, r, err := s.sessionAndRubric(st, session.ID)
	if err != nil {
		return nil, n, err
	}
	room, err := st.Room(session.ID, r)
	return room, n, err
}
