package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"
)

// way proves the pages of a file on the way to what is looked up, before bbolt goes
// there: a few for each key, however many there are. Where so much is looked up that
// proving everything would have been less work, it does that.
type way struct {
	mu       sync.Mutex
	r        io.ReaderAt
	pageSize int64
	branches map[uint64]*branch // that were proved, by page
	leaves   map[uint64]bool    // pages of records, of which only that is known
	passed   []step             // room for a trail
	steps    int                // how much was looked up
	patience int                // how much may be, for each page of the file, in hundredths
	whole    atomic.Bool        // everything is proved
	writable bool               // and so is what a change needs; see proveFree
}

// How much is remembered, and how much is looked up before everything is proved.
const (
	knownPages = 2048
	patience   = 50
)

func newWay(p *pages) *way {
	w := &way{r: p.r, pageSize: p.meta.pageSize, patience: patience}
	w.forget()
	return w
}

// forget is called when a transaction is about to change pages. Those that were proved
// are good still, but their numbers may be given to others.
func (w *way) forget() {
	w.branches, w.leaves = map[uint64]*branch{}, map[uint64]bool{}
}

// changed is called when a transaction is about to be committed.
func (w *way) changed() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.forget()
}

// proved notes that all of the file was.
func (w *way) proved() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.whole.Store(true)
	w.writable = true
	w.forget()
}

// branch is a page that leads to others.
type branch struct {
	keys     [][]byte
	children []uint64
}

// tree is the pages of a bucket as a transaction sees them.
type tree struct {
	*way
	root uint64
	high uint64 // one past the last page in use
}

// trail leads to a page of records, whose keys are from from on, and less than to; nil
// is no limit.
type trail struct {
	steps    []step
	leaf     uint64
	from, to []byte
}

type step struct {
	id       uint64
	branch   *branch
	at       int // which child is taken
	from, to []byte
}

// find finds the page that has a key, or would have it.
func (t tree) find(key []byte) (trail, error) {
	return t.descend(trail{}, t.root, nil, nil, towards(key))
}

// towards chooses the child that has a key, or would have it.
func towards(key []byte) func(*branch) int {
	return func(b *branch) int {
		at, found := slices.BinarySearchFunc(b.keys, key, bytes.Compare)
		if !found && at > 0 {
			at--
		}
		return at
	}
}

// pass is find for who needs the trail no longer than until the next pass.
func (t tree) pass(key []byte) (trail, error) {
	on, err := t.descend(trail{steps: t.passed[:0]}, t.root, nil, nil, towards(key))
	t.passed = on.steps
	return on, err
}

func (t tree) first() (trail, error) { return t.descend(trail{}, t.root, nil, nil, leftmost) }
func (t tree) last() (trail, error)  { return t.descend(trail{}, t.root, nil, nil, rightmost) }

func leftmost(*branch) int    { return 0 }
func rightmost(b *branch) int { return len(b.keys) - 1 }

// beside finds the page of records after another one, or before it, if there is one.
func (t tree) beside(of trail, by int, choose func(*branch) int) (next trail, there bool, err error) {
	for i := len(of.steps) - 1; i >= 0; i-- {
		s := of.steps[i]
		if s.at += by; s.at < 0 || s.at >= len(s.branch.keys) {
			continue
		}
		next.steps = append(slices.Clone(of.steps[:i]), s)
		from, to := s.limits()
		next, err = t.descend(next, s.branch.children[s.at], from, to, choose)
		return next, true, err
	}
	return of, false, nil
}

func (t tree) next(of trail) (trail, bool, error)   { return t.beside(of, 1, leftmost) }
func (t tree) before(of trail) (trail, bool, error) { return t.beside(of, -1, rightmost) }

// limits are those of the child that is taken.
func (s step) limits() (from, to []byte) {
	if s.at+1 < len(s.branch.keys) {
		return s.branch.keys[s.at], s.branch.keys[s.at+1]
	}
	return s.branch.keys[s.at], s.to
}

// descend goes on from a page to one of records.
func (t tree) descend(on trail, id uint64, from, to []byte, choose func(*branch) int) (trail, error) {
	for {
		if slices.ContainsFunc(on.steps, func(s step) bool { return s.id == id }) {
			return on, fmt.Errorf("page %d is used twice", id)
		}
		b, err := t.page(id, from, to)
		if err != nil {
			return on, err
		}
		if b == nil {
			on.leaf, on.from, on.to = id, from, to
			return on, nil
		}
		s := step{id: id, branch: b, at: choose(b), from: from, to: to}
		on.steps = append(on.steps, s)
		id = b.children[s.at]
		from, to = s.limits()
	}
}

// page proves a page: nil stands for one of records.
func (t tree) page(id uint64, from, to []byte) (*branch, error) {
	if t.leaves[id] {
		return nil, nil
	}
	if b := t.branches[id]; b != nil {
		return b, nil
	}
	t.steps++
	if len(t.branches)+len(t.leaves) >= knownPages {
		t.forget()
	}
	p := t.pages()
	head, err := p.header(id)
	if err != nil {
		return nil, err
	}
	switch head.flags {
	case flagLeaf:
		if head.count == 0 && from != nil {
			return nil, fmt.Errorf("page %d is empty", id)
		}
		t.leaves[id] = true
		return nil, nil
	case flagBranch:
	default:
		return nil, fmt.Errorf("page %d: it has the type %#x where data was expected", id, head.flags)
	}
	read, err := p.read(id)
	if err != nil {
		return nil, err
	}
	elements, err := inOrder(read, from, to)
	if err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	b := &branch{keys: make([][]byte, len(elements)), children: make([]uint64, len(elements))}
	for i, e := range elements {
		b.keys[i], b.children[i] = e.key, e.child
	}
	twice := slices.Sorted(slices.Values(b.children))
	for i := 1; i < len(twice); i++ {
		if twice[i] == twice[i-1] {
			return nil, fmt.Errorf("page %d is used twice", twice[i])
		}
	}
	t.branches[id] = b
	return b, nil
}

func (t tree) pages() *pages {
	return &pages{r: t.r, meta: boltMeta{pageSize: t.pageSize, root: t.root, high: t.high}}
}

// proveLeaf proves a page of records that is to be changed: what it says that it has, and
// that it takes no more room than that, for all of it will be given away as free.
func (t tree) proveLeaf(on trail) error {
	p, err := t.pages().read(on.leaf)
	if err != nil {
		return err
	}
	elements, err := inOrder(p, on.from, on.to)
	if err != nil {
		return fmt.Errorf("page %d: %w", on.leaf, err)
	}
	size := uint64(pageHeader)
	for _, e := range elements {
		size += elementSize + uint64(len(e.key)+len(e.value))
	}
	if p.span > size/uint64(t.pageSize)+1 {
		return fmt.Errorf("page %d is not what it should be: it has %d bytes and takes %d pages", on.leaf, size, p.span)
	}
	return nil
}

// proveLeaves proves all pages of records.
func (t tree) proveLeaves() error {
	on, err := t.first()
	for there := true; there && err == nil; {
		if err = t.proveLeaf(on); err == nil {
			on, there, err = t.next(on)
		}
	}
	return err
}

// enough reports that so much was looked up that everything is proved now.
func (t tree) enough(root uint64) (bool, error) {
	if t.whole.Load() || t.steps*100 < int(t.high)*t.patience {
		return t.whole.Load(), nil
	}
	p := t.pages()
	p.meta.root = root
	if err := p.proveBranches(); err != nil {
		return false, err
	}
	t.whole.Store(true)
	t.forget()
	return true, nil
}

// header reads what a page says of itself, after checking that it is the one it should
// be and lies within the file.
func (p *pages) header(id uint64) (page, error) {
	if id < 2 || id >= p.meta.high {
		return page{}, fmt.Errorf("a reference leads to page %d of %d", id, p.meta.high)
	}
	var b [pageHeader]byte
	if _, err := p.r.ReadAt(b[:], int64(id)*p.meta.pageSize); err != nil {
		return page{}, fmt.Errorf("page %d cannot be read: %w", id, err)
	}
	head := page{
		id: id, span: 1 + u32(b[12:]),
		flags: binary.NativeEndian.Uint16(b[8:]), count: int(binary.NativeEndian.Uint16(b[10:])),
	}
	if got := binary.NativeEndian.Uint64(b[:]); got != id || id+head.span > p.meta.high {
		return page{}, fmt.Errorf("page %d is not what it should be", id)
	}
	return head, nil
}

// inOrder reads the elements of a page and proves that their keys begin with from, or
// with any if that is nil, rise, and end before to, or anywhere.
func inOrder(p page, from, to []byte) ([]element, error) {
	elements, err := readElements(p)
	if err != nil {
		return nil, err
	}
	if from != nil && (len(elements) == 0 || !bytes.Equal(elements[0].key, from)) {
		return nil, errors.New("it does not begin with the key that it is found by")
	}
	for i, e := range elements {
		if i > 0 && bytes.Compare(e.key, elements[i-1].key) <= 0 || to != nil && bytes.Compare(e.key, to) >= 0 {
			return nil, fmt.Errorf("entry %d is out of order", i)
		}
	}
	return elements, nil
}
