package store

import (
	"bytes"

	"go.etcd.io/bbolt"
)

// transaction is one of bbolt that goes nowhere before it is proved; see way. Its
// buckets and cursors do what those of bbolt do; where a page is damaged they panic,
// which is told as the error that it is; see guarded.
type transaction struct {
	*bbolt.Tx
	way     *way               // nil: everything is proved
	buckets map[string]*bucket // that were looked up
}

// unproved is a damage that was met before bbolt went there, so that bbolt has not
// stumbled.
type unproved struct{ error }

func (t *transaction) pageCount() uint64 { return uint64(t.Size()) / uint64(t.DB().Info().PageSize) }

// rootPage is that of the tree that leads to the buckets.
func (t *transaction) rootPage() uint64 { return uint64(t.Tx.Cursor().Bucket().Root()) }

func (t *transaction) tree(root uint64) tree {
	return tree{way: t.way, root: root, high: t.pageCount()}
}

// Bucket returns a bucket, nil if there is none of that name.
func (t *transaction) Bucket(name []byte) *bucket {
	if b := t.buckets[string(name)]; b != nil {
		return b
	}
	found := t.Tx.Bucket(name)
	if found == nil {
		return nil
	}
	if t.buckets == nil {
		t.buckets = map[string]*bucket{}
	}
	found.FillPercent = fill(string(name))
	b := &bucket{Bucket: found, tx: t}
	t.buckets[string(name)] = b
	return b
}

// expects says how much will be written. Where that is as much as the file has pages,
// everything is proved now, as it would be in the middle of it, when much was proved for
// nothing.
func (t *transaction) expects(writes int) {
	if t.way == nil || uint64(writes) < t.pageCount() {
		return
	}
	t.way.mu.Lock()
	defer t.way.mu.Unlock()
	t.way.steps += writes
	root := t.rootPage()
	if _, err := t.tree(root).enough(root); err != nil {
		panic(unproved{err})
	}
}

// bucket is a bucket of bbolt, proved on the way.
type bucket struct {
	*bbolt.Bucket
	tx *transaction
}

// prove proves what is on the way to something, unless there is no need.
func (b *bucket) prove(look func(tree) error) (needed bool) {
	w := b.tx.way
	if w == nil || b.Root() == 0 || w.whole.Load() { // 0: it is a part of the page that was proved on opening
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	t := b.tx.tree(uint64(b.Root()))
	w.steps++
	enough, err := t.enough(b.tx.rootPage())
	if err == nil && !enough {
		err = look(t)
	}
	if err != nil {
		panic(unproved{err})
	}
	return !enough
}

// Get returns the value of a key, nil if there is none.
func (b *bucket) Get(key []byte) []byte {
	b.prove(func(t tree) error { _, err := t.pass(key); return err })
	return b.Bucket.Get(key)
}

// Put sets the value of a key.
func (b *bucket) Put(key, value []byte) error {
	b.prove(func(t tree) error {
		on, err := t.pass(key)
		if err == nil {
			err = t.proveLeaf(on)
		}
		return err
	})
	return b.Bucket.Put(key, value)
}

// Delete takes a key out. A page that is left with little is joined with one beside it.
func (b *bucket) Delete(key []byte) error {
	b.prove(func(t tree) error {
		on, err := t.find(key)
		if err == nil {
			err = t.proveLeaf(on)
		}
		for _, beside := range []func(trail) (trail, bool, error){t.next, t.before} {
			if err != nil {
				return err
			}
			var neighbour trail
			var there bool
			if neighbour, there, err = beside(on); err == nil && there {
				err = t.proveLeaf(neighbour)
			}
		}
		return err
	})
	return b.Bucket.Delete(key)
}

// ForEach hands out all keys and values in order.
func (b *bucket) ForEach(fn func(key, value []byte) error) error {
	c := b.Cursor()
	for key, value := c.First(); key != nil; key, value = c.Next() {
		if err := fn(key, value); err != nil {
			return err
		}
	}
	return nil
}

// Cursor returns one that is nowhere yet.
func (b *bucket) Cursor() *cursor { return &cursor{cursor: b.Bucket.Cursor(), b: b} }

// cursor is a cursor of bbolt. The page after the one that it is on is always proved,
// for bbolt may go there without being asked to.
type cursor struct {
	cursor *bbolt.Cursor
	b      *bucket
	ahead  *trail // to the last page that is proved; nil: to the end
	at     []byte // the key that it is on
}

// First goes to the first key.
func (c *cursor) First() (key, value []byte) {
	c.start(tree.first)
	return c.on(c.cursor.First())
}

// Seek goes to a key, or the next one after it.
func (c *cursor) Seek(to []byte) (key, value []byte) {
	c.start(func(t tree) (trail, error) { return t.find(to) })
	return c.on(c.cursor.Seek(to))
}

// Next goes to the next key.
func (c *cursor) Next() (key, value []byte) { return c.on(c.cursor.Next()) }

// Last goes to the last key.
func (c *cursor) Last() (key, value []byte) {
	c.ahead = nil
	c.b.prove(func(t tree) error { _, err := t.last(); return err })
	c.at, value = c.cursor.Last()
	return c.at, value
}

// Prev goes to the key before the one that it is on.
func (c *cursor) Prev() (key, value []byte) {
	c.b.prove(func(t tree) error {
		on, err := t.find(c.at)
		if err == nil {
			_, _, err = t.before(on)
		}
		return err
	})
	c.at, value = c.cursor.Prev()
	return c.at, value
}

// start proves where the cursor goes, and one page more.
func (c *cursor) start(where func(tree) (trail, error)) {
	c.ahead = nil
	c.b.prove(func(t tree) error {
		on, err := where(t)
		if err == nil {
			c.ahead = &on
			err = c.goAhead(t)
		}
		return err
	})
}

func (c *cursor) goAhead(t tree) error {
	next, there, err := t.next(*c.ahead)
	if c.ahead = &next; !there {
		c.ahead = nil
	}
	return err
}

// on is where the cursor has come to.
func (c *cursor) on(key, value []byte) (_, _ []byte) {
	c.at = key
	for key != nil && c.ahead != nil && bytes.Compare(key, c.ahead.from) >= 0 {
		if !c.b.prove(c.goAhead) {
			c.ahead = nil
		}
	}
	return key, value
}
