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
func (s *Store) view(fn func(*transaction) error) error {
	return s.guard(func() error {
		return s.db.View(func(tx *bbolt.Tx) error { return fn(&transaction{Tx: tx, way: s.way}) })
	})
}

// look is view before the way is known, for what begin has proved.
func (s *Store) look(fn func(*transaction) error) error {
	return s.guard(func() error {
		return s.db.View(func(tx *bbolt.Tx) error { return fn(&transaction{Tx: tx}) })
	})
}

func (s *Store) update(fn func(*transaction) error) error {
	return s.sayReadOnly(s.guard(func() error {
		return s.db.Update(func(tx *bbolt.Tx) error {
			if err := s.makeRoom(tx.Size()); err != nil {
				return err
			}
			changing := &transaction{Tx: tx, way: s.way}
			if err := s.proveChange(changing); err != nil {
				return err
			}
			if err := fn(changing); err != nil {
				return err
			}
			s.way.changed()
			return s.stillThere() // as late as can be: what is written to a file without a name is lost
		})
	}))
}

// proveChange proves, once, that nothing will be written over.
func (s *Store) proveChange(tx *transaction) error {
	w := s.way
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.writable {
		return nil
	}
	p, err := pagesOf(s.file)
	if err == nil {
		trees := []tree{tx.tree(tx.rootPage())}
		for _, name := range buckets() {
			if b := tx.Tx.Bucket([]byte(name)); b != nil && b.Root() != 0 { // an older file lacks some
				trees = append(trees, tx.tree(uint64(b.Root())))
			}
		}
		err = w.proveFree(p, trees)
	}
	if err != nil {
		return &DamagedError{Path: s.path, What: err.Error()}
	}
	w.writable = true
	return nil
}

// alone runs touch while nothing else touches the file, so that it may replace it. All
// of the file is proved.
func (s *Store) alone(touch func() error) error {
	s.swap.Lock()
	defer s.swap.Unlock()
	return s.sayReadOnly(s.unlessBroken(func() error {
		p, err := pagesOf(s.file)
		if err == nil {
			err = p.proveAll()
		}
		if err != nil {
			return &DamagedError{Path: s.path, What: err.Error()}
		}
		return touch()
	}))
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
		reason := recover()
		if met, ok := reason.(unproved); ok {
			err = &DamagedError{Path: path, What: met.Error()}
		} else if reason != nil {
			damage = &DamagedError{Path: path, What: fmt.Sprint(reason)}
			err = damage
		}
	}()
	return nil, touch()
}

// abandon lets go of a file on behalf of bbolt, which no longer can. What it has mapped
// goes when the program ends.
func abandon(f *os.File) error { return errors.Join(unlock(f), f.Close()) }
