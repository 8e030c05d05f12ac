package store

import (
	"bytes"
	"fmt"
	"slices"
)

// Pages that are listed as free are given away by the next change. That none of them is in
// use is proved by looking them up.

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
