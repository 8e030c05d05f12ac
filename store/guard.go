package store

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// view and update run fn in a transaction. What fn took from the file is dead after
// it. update has committed and synced when it returns without an error.
func (s *Store) view(fn func(*bbolt.Tx) error) error {
	if err := s.proof(); err != nil {
		return err
	}
	return s.look(fn)
}

// look is view before the file is proved, for what begin has proved.
func (s *Store) look(fn func(*bbolt.Tx) error) error {
	return s.guard(func() error { return s.db.View(fn) })
}

// prove proves what the first transaction needs. It is not done on opening, so that
// this takes as long with many decisions as with few.
func (s *Store) prove() error {
	err := s.look(func(tx *bbolt.Tx) error {
		p, err := pagesOf(s.file)
		if err != nil {
			return err
		}
		return p.proveBranches(func(id uint64) (pageType, error) {
			info, err := tx.Page(int(id))
			if err != nil {
				return pageType{}, err
			}
			return pageType{leaf: info.Type == "leaf", span: 1 + uint64(info.OverflowCount)}, nil
		})
	})
	var damaged *DamagedError
	if err != nil && !errors.As(err, &damaged) {
		err = &DamagedError{Path: s.path, What: err.Error()}
	}
	return err
}

func (s *Store) update(fn func(*bbolt.Tx) error) error {
	if err := s.proof(); err != nil {
		return err
	}
	return s.sayReadOnly(s.guard(func() error {
		return s.db.Update(func(tx *bbolt.Tx) error {
			s.db.AllocSize = growBy(tx.Size())
			if err := fn(tx); err != nil {
				return err
			}
			return s.stillThere() // as late as can be: what is written to a file without a name is lost
		})
	}))
}

// alone runs touch while nothing else touches the file, so that it may replace it.
func (s *Store) alone(touch func() error) error {
	if err := s.proof(); err != nil {
		return err
	}
	s.swap.Lock()
	defer s.swap.Unlock()
	return s.sayReadOnly(s.unlessBroken(touch))
}

func (s *Store) sayReadOnly(err error) error {
	if errors.Is(err, berrors.ErrDatabaseReadOnly) {
		return fmt.Errorf("%s is open for reading only", s.path)
	}
	return err
}

// stillThere reports that the file was taken away, or another one put in its place,
// while it is open.
func (s *Store) stillThere() error {
	if replaced(s.path, s.file) {
		return &VanishedError{Path: s.path}
	}
	return nil
}

// guard runs what touches the mapped file.
func (s *Store) guard(touch func() error) error {
	s.swap.RLock()
	defer s.swap.RUnlock()
	return s.unlessBroken(touch)
}

// unlessBroken runs what touches the mapped file, unless bbolt has stumbled: then it may
// hold its locks for ever, and nothing is asked of it any more.
func (s *Store) unlessBroken(touch func() error) error {
	if broken := s.broken.Load(); broken != nil {
		return broken
	}
	damage, err := guarded(s.path, touch)
	if damage != nil {
		s.broken.Store(damage)
	}
	return err
}

// guarded turns what bbolt does when the file is not what it was when it was proved, a
// panic or a memory fault, into an error. No code of a caller may run in it, or its
// mistakes would be called damage.
func guarded(path string, touch func() error) (damage *DamagedError, err error) {
	faults := debug.SetPanicOnFault(true)
	defer func() {
		debug.SetPanicOnFault(faults)
		if reason := recover(); reason != nil {
			damage = &DamagedError{Path: path, What: fmt.Sprint(reason)}
			err = damage
		}
	}()
	return nil, touch()
}

// abandon lets go of a file on behalf of bbolt, which no longer can. What it has mapped
// goes when the program ends.
func abandon(f *os.File) error { return errors.Join(unlock(f), f.Close()) }
