package cli

import (
	"context"
	"errors"
	"sync"

	"calibrate/store"
)

// warnings are what is to be said besides what a command does. While a screen is open
// they wait, or they would be written across it.
type warnings struct {
	mu      sync.Mutex
	waiting bool
	texts   []string
}

// warn says what went wrong beside the work itself, once nothing is drawn over it.
func (s *shell) warn(err error) {
	s.aside.mu.Lock()
	defer s.aside.mu.Unlock()
	if text := "calibrate: warning: " + err.Error(); s.aside.waiting {
		s.aside.texts = append(s.aside.texts, text)
	} else {
		s.say("%s", text)
	}
}

// holdWarnings lets warnings wait until the function that it returns is called.
func (s *shell) holdWarnings() (release func()) {
	hold := func(waiting bool) {
		s.aside.mu.Lock()
		defer s.aside.mu.Unlock()
		s.aside.waiting = waiting
		for _, text := range s.aside.texts {
			s.say("%s", text)
		}
		s.aside.texts = nil
	}
	hold(true)
	return func() { hold(false) }
}

// warnOfRights says who else may open the data file, and how to end that.
func (s *shell) warnOfRights(st *store.Store) {
	if err := st.Exposed(s.flags.db == "" && s.Getenv("CALIBRATE_DB") == ""); err != nil {
		s.warn(err)
	}
}

// backUp makes the daily backup, if it is time for one. That it could not be made is
// worth a warning, and keeps nobody from working.
func (s *shell) backUp(ctx context.Context, st *store.Store) error {
	now := s.Now()
	if !st.BackupDue(now) {
		return nil
	}
	_, err := st.RollBackups(ctx, now)
	if errors.Is(err, context.Canceled) {
		return nil // the next opening makes it
	}
	return err
}

// backUpBeside is backUp while a screen is open. The function that it returns ends it and
// says what there is to say; call it when the screen is left.
func (s *shell) backUpBeside(ctx context.Context, st *store.Store) (done func()) {
	release := s.holdWarnings()
	ctx, stop := context.WithCancel(ctx)
	var group sync.WaitGroup
	group.Go(func() {
		if err := s.backUp(ctx, st); err != nil {
			s.warn(err)
		}
	})
	return func() {
		stop()
		group.Wait()
		release()
	}
}
