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

// proveFree proves that no page which is listed as free is in use, without looking at all
// that are: if a page is in use, its first key leads to it. trees are all of
// the file, the first of them that of the buckets.
func (w *way) proveFree(p *pages, trees []tree) error {
	free, err := p.freelist()
	if err != nil {
		return err
	}
	list, err := p.header(p.meta.freelist)
	if err != nil {
		return err
	}
	if most := (pageHeader+8*(uint64(len(free))+list.span+1))/uint64(w.pageSize) + 1; list.span > most {
		return fmt.Errorf("page %d is not what it should be: %d free pages take %d pages", list.id, len(free), list.span)
	}
	isFree := func(id uint64) bool { _, found := slices.BinarySearch(free, id); return found }
	for id := list.id; id < list.id+list.span; id++ {
		if isFree(id) {
			return fmt.Errorf("page %d is free and in use", id)
		}
	}
	const each = 12                        // pages are looked at in passing for the work that one free one takes
	if len(free)*each > int(p.meta.high) { // looking at all is less work
		if err := p.proveAll(); err != nil {
			return err
		}
		w.whole.Store(true)
		return nil
	}
	for _, t := range trees {
		if isFree(t.root) {
			return fmt.Errorf("page %d is free and in use", t.root)
		}
		if err := t.alone(t.root, trees); err != nil {
			return err
		}
	}
	if err := trees[0].proveLeaves(); err != nil {
		return err
	}
	heads, err := headsOf(p, free)
	if err != nil {
		return err
	}
	for _, t := range trees {
		for _, h := range heads {
			if used, err := t.uses(h); err != nil {
				return err
			} else if used {
				return fmt.Errorf("page %d is free and in use", h.free)
			}
		}
	}
	return nil
}

// head is what a page says of itself, and the key that would lead to it.
type head struct {
	page
	key  []byte
	free uint64 // the page that is listed as free
}

// headsOf are the heads of the pages that free pages are, or were once, in the order of
// their keys: so those that are looked up one after the other lie side by side. Pages that
// are what is left of a larger one are told by its head.
func headsOf(p *pages, free []uint64) (heads []head, err error) {
	isFree := func(id uint64) bool { _, found := slices.BinarySearch(free, id); return found }
	covered := uint64(0) // up to here pages are what is left of one that was looked at
	for _, id := range free {
		if id < covered {
			continue
		}
		at, err := headOf(p, id)
		if err != nil {
			return nil, err
		}
		covered = at.id + at.span
		if at.span > 0 && (at.id == id || !isFree(at.id)) {
			heads = append(heads, head{at, p.firstKey(at), id})
		}
	}
	slices.SortFunc(heads, func(a, b head) int { return bytes.Compare(a.key, b.key) })
	return heads, nil
}

// headOf finds the page that a page is, or was once a part of; one without a span is
// none.
func headOf(p *pages, id uint64) (page, error) {
	for at := id; at >= 2; at-- {
		head, err := p.header(at)
		if err != nil {
			continue // the middle of one
		}
		if head.flags != flagLeaf && head.flags != flagBranch && head.flags != flagFreelist {
			continue
		}
		if at+head.span > id {
			return head, nil
		}
		return page{id: id}, nil
	}
	return page{id: id}, nil
}

// alone proves that no other tree leads to the root of this one.
func (t tree) alone(root uint64, trees []tree) error {
	p := t.pages()
	at, err := p.header(root)
	if err != nil {
		return err
	}
	on := head{page: at, key: p.firstKey(at)}
	for _, other := range trees {
		if other.root == t.root {
			if other != t {
				return fmt.Errorf("page %d is used twice", root)
			}
			continue
		}
		if used, err := other.uses(on); err != nil {
			return err
		} else if used {
			return fmt.Errorf("page %d is used twice", root)
		}
	}
	return nil
}

// uses reports whether the tree leads to a page.
func (t tree) uses(h head) (bool, error) {
	if h.id == t.root {
		return true, nil
	}
	if h.key == nil {
		return false, nil
	}
	on, err := t.pass(h.key)
	if err != nil {
		return false, err
	}
	return on.leaf == h.id || slices.ContainsFunc(on.steps, func(s step) bool { return s.id == h.id }), nil
}

// firstKey is that of a page of which only the head was read, nil if there is none.
func (p *pages) firstKey(head page) []byte {
	if head.count == 0 || head.flags != flagLeaf && head.flags != flagBranch {
		return nil
	}
	b := make([]byte, p.meta.pageSize)
	if _, err := p.r.ReadAt(b, int64(head.id)*p.meta.pageSize); err != nil {
		return nil
	}
	raw := b[pageHeader:]
	pos, size := u32(raw), u32(raw[4:])
	if head.flags == flagLeaf {
		pos, size = u32(raw[4:]), u32(raw[8:])
	}
	if pos+size > uint64(len(raw)) || size == 0 {
		return nil
	}
	return raw[pos:][:size]
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
