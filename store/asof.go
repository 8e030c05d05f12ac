package store

import (
	"sync"

	"go.etcd.io/bbolt"
)

// asOf is what was read of a bucket after a transaction. Nobody else writes to the file, so
// it is true until there is a later one: a command asks for the same several times, and a
// company has thousands of people and hundreds of sessions.
type asOf[T any] struct {
	mu    sync.Mutex
	of    *bbolt.DB // nil: nothing was read yet
	after int       // the id of the transaction
	value T
}

// now is what read makes of the bucket as it is. Who asks while it is read waits for that.
func (a *asOf[T]) now(s *Store, bucket string, read func(*paged) (T, error)) (value T, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	err = s.look(func(tx *transaction) error {
		if a.of == tx.DB() && a.after == tx.ID() {
			value = a.value
			return nil
		}
		trees, err := s.trees(tx, bucket)
		if err != nil {
			return err
		}
		defer s.doneWith(trees)
		if value, err = read(trees[0]); err == nil {
			a.of, a.after, a.value = tx.DB(), tx.ID(), value
		}
		return err
	})
	return value, err
}
