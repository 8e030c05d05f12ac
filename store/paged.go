package store

import (
	"bytes"
	"fmt"
	"io"
	"sort"
	"sync"

	"go.etcd.io/bbolt"
)

// What screens and commands read goes through the pages by itself, not through bbolt. bbolt
// reads through a mapping of the file, of which the system keeps sixteen pages in memory
// for each that is touched: a screenful of people out of a company's would be a hundred
// megabytes. And a page is proved by reading it, where the way to it would have to be
// proved first.
//
// A transaction is open meanwhile, so that no page that it sees is written to.

// maxDepth is how deep a tree of pages can be: more than any file has room for.
const maxDepth = 32

// paged reads one bucket as a transaction sees it. What it hands out is dead when it is
// asked for the next.
type paged struct {
	path     string
	pages    *pages
	root     uint64
	inline   *bbolt.Bucket // of a bucket that has no page of its own
	branches map[uint64]trunk
	leaf     trunk // the one that was read last
	leafAt   uint64
}

// trunk is a page with its elements.
type trunk struct {
	page
	elements []element
}

// read runs fn with trees of some buckets, which stay as they are meanwhile.
func (s *Store) read(fn func(trees ...*paged) error, buckets ...string) error {
	return s.look(func(tx *transaction) error {
		trees, err := s.trees(tx, buckets...)
		if err != nil {
			return err
		}
		defer s.doneWith(trees)
		return fn(trees...)
	})
}

// doneWith lets others use the memory that trees read ahead into.
func (s *Store) doneWith(trees []*paged) {
	for _, t := range trees {
		if t.pages == nil {
			continue
		}
		if a, ok := t.pages.r.(*ahead); ok && a.room != nil {
			s.rooms.Put(a.room)
			a.room, a.buf = nil, nil
		}
	}
}

// trees are those of some buckets as tx sees them.
func (s *Store) trees(tx *transaction, buckets ...string) ([]*paged, error) {
	var p *pages
	trees := make([]*paged, len(buckets))
	for i, name := range buckets {
		b := tx.Tx.Bucket([]byte(name))
		root := uint64(b.Root())
		if root == 0 {
			trees[i] = &paged{inline: b}
			continue
		}
		if p == nil {
			var err error
			if p, err = pagesOf(s.file); err != nil {
				return nil, &DamagedError{Path: s.path, What: err.Error()}
			}
			p.r = &ahead{r: p.r, rooms: &s.rooms}
		}
		trees[i] = &paged{path: s.path, pages: p, root: root, branches: map[uint64]trunk{}}
	}
	return trees, nil
}

// get is the value of a key, nil if the bucket has none.
func (t *paged) get(key []byte) ([]byte, error) {
	if t.inline != nil {
		return t.inline.Get(key), nil
	}
	if t.leafAt == 0 || !t.leaf.spans(key) {
		if err := t.reach(key); err != nil {
			return nil, t.damaged(err)
		}
	}
	if i := t.leaf.first(key); i < len(t.leaf.elements) && bytes.Equal(t.leaf.elements[i].key, key) {
		return t.leaf.elements[i].value, nil
	}
	return nil, nil
}

// has reports whether the bucket has a key, also one without a value.
func (t *paged) has(key []byte) (has bool, err error) {
	err = t.among(1, func(to []byte, _ int) []byte { return append(to, key...) }, func(int) { has = true })
	return has, err
}

// reach reads the leaf that a key belongs to.
func (t *paged) reach(key []byte) error {
	var from []byte
	for id, depth := t.root, 0; ; depth++ {
		at, err := t.trunk(id, depth)
		if err == nil {
			err = at.begins(from)
		}
		if err != nil || at.flags == flagLeaf {
			return err
		}
		next := at.elements[at.child(key)]
		id, from = next.child, next.key
	}
}

// from hands out what there is from a key on, in its order, for as long as visit wants
// more.
func (t *paged) from(key []byte, visit func(key, value []byte) (more bool, err error)) error {
	if t.inline != nil {
		c := t.inline.Cursor()
		for k, v := c.Seek(key); k != nil; k, v = c.Next() {
			if more, err := visit(k, v); !more || err != nil {
				return err
			}
		}
		return nil
	}
	_, err := t.below(element{child: t.root}, 0, key, visit)
	return err
}

// among reports which of n keys, given in their order, the bucket has. key makes the i-th
// one of an empty slice. A page is looked at once, however many of them it may have.
func (t *paged) among(n int, key func(to []byte, i int) []byte, has func(i int)) error {
	var sought []byte
	for i := 0; i < n; {
		sought = key(sought[:0], i)
		if t.inline != nil {
			if k, _ := t.inline.Cursor().Seek(sought); bytes.Equal(k, sought) {
				has(i)
			}
			i++
			continue
		}
		if err := t.reach(sought); err != nil {
			return t.damaged(err)
		}
		for at := t.leaf.first(sought); ; sought = key(sought[:0], i) {
			for at < len(t.leaf.elements) && bytes.Compare(t.leaf.elements[at].key, sought) < 0 {
				at++
			}
			if at < len(t.leaf.elements) && bytes.Equal(t.leaf.elements[at].key, sought) {
				has(i)
			}
			if i++; i == n || at == len(t.leaf.elements) {
				break
			}
		}
	}
	return nil
}

// about is how many entries the bucket has if all its pages have as many as the first, at
// most so many.
func (t *paged) about(most int) (n int, err error) {
	if t.inline != nil {
		return min(t.inline.Stats().KeyN, most), nil
	}
	n = 1
	for id, depth := t.root, 0; ; depth++ {
		at, err := t.trunk(id, depth)
		if err != nil {
			return 0, t.damaged(err)
		}
		if n = min(n*len(at.elements), most); at.flags == flagLeaf || n == 0 {
			return n, nil
		}
		id = at.elements[0].child
	}
}

// forEach hands out everything.
func (t *paged) forEach(visit func(key, value []byte) error) error {
	return t.from(nil, func(key, value []byte) (bool, error) { return true, visit(key, value) })
}

func (t *paged) below(from element, depth int, key []byte, visit func(key, value []byte) (bool, error)) (more bool, err error) {
	at, err := t.trunk(from.child, depth)
	if err == nil {
		err = at.begins(from.key)
	}
	if err != nil {
		return false, t.damaged(err)
	}
	if at.flags == flagLeaf {
		for _, e := range at.elements[at.first(key):] {
			if more, err := visit(e.key, e.value); !more || err != nil {
				return false, err
			}
		}
		return true, nil
	}
	for _, e := range at.elements[at.child(key):] {
		if more, err := t.below(e, depth+1, key, visit); !more || err != nil {
			return false, err
		}
		key = nil
	}
	if depth > 0 {
		delete(t.branches, at.id) // all below it was seen: a large bucket has thousands
	}
	return true, nil
}

// trunk reads a page and proves it. Branches are kept, for everything comes through them.
func (t *paged) trunk(id uint64, depth int) (trunk, error) {
	if depth > maxDepth {
		return trunk{}, fmt.Errorf("page %d leads in a circle", id)
	}
	if t.leafAt == id {
		return t.leaf, nil
	}
	if known, ok := t.branches[id]; ok {
		return known, nil
	}
	t.leafAt = 0
	p, err := t.pages.readInto(t.leaf.bytes, id)
	if err != nil {
		return trunk{}, err
	}
	if p.flags == flagBranch {
		p.bytes = bytes.Clone(p.bytes)
	}
	at := trunk{page: p}
	var room []element
	if p.flags == flagLeaf {
		room = t.leaf.elements
	}
	if at.elements, err = readElementsInto(room, p); err != nil {
		return at, fmt.Errorf("page %d: %w", id, err)
	}
	for i, e := range at.elements {
		if i > 0 && bytes.Compare(e.key, at.elements[i-1].key) <= 0 {
			return at, fmt.Errorf("page %d: entry %d is out of order", id, i)
		}
	}
	if p.flags == flagBranch {
		t.branches[id] = at
	} else {
		t.leaf, t.leafAt = at, id
	}
	return at, nil
}

// begins proves that a page begins with the key that it is found by, if any: so none is
// found by two.
func (at trunk) begins(from []byte) error {
	if from != nil && (len(at.elements) == 0 || !bytes.Equal(at.elements[0].key, from)) {
		return fmt.Errorf("page %d: it does not begin with the key that it is found by", at.id)
	}
	return nil
}

// first is the first element whose key is not before a key.
func (at trunk) first(key []byte) int {
	return sort.Search(len(at.elements), func(i int) bool { return bytes.Compare(at.elements[i].key, key) >= 0 })
}

// spans reports whether a key lies between the first and the last one of the page.
func (at trunk) spans(key []byte) bool {
	n := len(at.elements)
	return n > 0 && bytes.Compare(at.elements[0].key, key) <= 0 && bytes.Compare(key, at.elements[n-1].key) <= 0
}

// child is the element that leads to a key.
func (at trunk) child(key []byte) int {
	return max(0, sort.Search(len(at.elements), func(i int) bool { return bytes.Compare(at.elements[i].key, key) > 0 })-1)
}

func (t *paged) damaged(err error) error { return &DamagedError{Path: t.path, What: err.Error()} }

// ahead reads more than it is asked for from a file that is read in the order of its
// bytes, as what was written at once is.
type ahead struct {
	r     io.ReaderAt
	rooms *sync.Pool       // for the next to use
	room  *[readAhead]byte // nil: nothing was read ahead yet
	buf   []byte           // of room, what lies at an offset
	at    int64
	end   int64 // where the last read ended
}

const readAhead = 128 << 10

func (a *ahead) ReadAt(b []byte, at int64) (n int, err error) {
	if at == a.end && !a.has(b, at) {
		if a.room == nil {
			if a.room, _ = a.rooms.Get().(*[readAhead]byte); a.room == nil {
				a.room = new([readAhead]byte)
			}
		}
		n, _ := a.r.ReadAt(a.room[:], at) // that it is less, or nothing, is told below
		a.buf, a.at = a.room[:n], at
	}
	a.end = at + int64(len(b))
	if a.has(b, at) {
		return copy(b, a.buf[at-a.at:]), nil
	}
	return a.r.ReadAt(b, at)
}

func (a *ahead) has(b []byte, at int64) bool {
	return at >= a.at && at+int64(len(b)) <= a.at+int64(len(a.buf))
}
