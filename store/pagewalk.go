package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"slices"
)

// proveFile proves the pages of a file that nobody writes to meanwhile.
func proveFile(f *os.File, work long) (*pages, error) {
	p, err := pagesOf(f)
	if err == nil {
		err = p.prove(work)
	}
	return p, err
}

func pagesOf(f *os.File) (*pages, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return openPages(f, info.Size())
}

// prove follows every page that can be reached. After it bbolt can go anywhere in the
// file without a fault, nothing leads in a circle, every key is found, and no page
// that is in use will be given away as free. What the records say is not looked at.
func (p *pages) prove(work long) error {
	w := walker{work: work}
	err := p.follow(&w)
	p.entries = w.entries
	for id := uint64(2); err == nil && id < p.meta.high; id++ {
		if !w.used[id] {
			p.lost = append(p.lost, id)
		}
	}
	return err
}

// proveBuckets follows the pages that lead to the buckets, and those of the file's
// header: a few, however many records there are. After it bbolt can look both up.
func (p *pages) proveBuckets() error {
	w := walker{pages: p, used: make([]bool, p.meta.high), toBuckets: true, work: quiet()}
	return w.page(p.meta.root, nil, nil)
}

// proveBranches follows every page but those of records, of which it only asks what they
// are: some milliseconds for a hundred thousand decisions. After it nothing leads in a
// circle, which nobody could recover from. Anything else that may be wrong is told when
// it is read; see guard.
func (p *pages) proveBranches() error {
	w := walker{pages: p, used: make([]bool, p.meta.high), branchesOnly: true, work: quiet()}
	return w.page(p.meta.root, nil, nil)
}

// proveAll is proveBranches, and proves that no page that is in use will be given away as
// free, which would write over records.
func (p *pages) proveAll() error {
	return p.follow(&walker{branchesOnly: true, work: quiet()})
}

func (p *pages) follow(w *walker) error {
	w.pages, w.used = p, make([]bool, p.meta.high)
	free, err := p.freelist()
	if err != nil {
		return err
	}
	if _, err := w.claim(p.meta.freelist); err != nil {
		return err
	}
	for _, id := range free {
		if w.used[id] {
			return fmt.Errorf("page %d is free and in use", id)
		}
		w.used[id] = true
	}
	return w.page(p.meta.root, nil, nil)
}

type walker struct {
	*pages
	used         []bool // by page number
	toBuckets    bool   // follow no bucket but the file's header
	branchesOnly bool   // do not read the pages of records, but only what they say that they are
	records      bool   // below a bucket
	entries      int    // that were met
	proved       int    // pages
	work         long
}

// claim reads a page that nothing else may use.
func (w *walker) claim(id uint64) (page, error) {
	p, err := w.read(id)
	if err == nil {
		err = w.use(id, p.span)
	}
	return p, err
}

func (w *walker) use(id, span uint64) error {
	for at := id; at < id+span; at++ {
		if w.used[at] {
			return fmt.Errorf("page %d is used twice", at)
		}
		w.used[at] = true
	}
	return nil
}

// claimLeaf claims a page of records, if the page is one, without reading it.
func (w *walker) claimLeaf(id uint64) (leaf bool, err error) {
	head, err := w.header(id)
	if err != nil || head.flags != flagLeaf {
		return false, err
	}
	return true, w.use(id, head.span)
}

// page proves a page and all below it. Its keys begin with from, or with any if that
// is nil, and end before to, or anywhere.
func (w *walker) page(id uint64, from, to []byte) error {
	if w.records && w.branchesOnly {
		if leaf, err := w.claimLeaf(id); leaf || err != nil {
			return err
		}
	}
	if err := w.work.told(StepPages, w.proved, int(w.meta.high)); err != nil {
		return err
	}
	p, err := w.claim(id)
	if err != nil {
		return err
	}
	w.proved += int(p.span)
	if err := w.elements(p, from, to); err != nil {
		return fmt.Errorf("page %d: %w", id, err)
	}
	return nil
}

// Each element of a page is 16 bytes after the header, and what they point to follows
// all of them in the same order, without gaps:
//
//	branch  pos u32, key size u32, page u64
//	leaf    flags u32, pos u32, key size u32, value size u32
//
// pos counts from the element itself.
const (
	elementSize = 16
	bucketSize  = 16 // root page u64 (0: the page follows inline), sequence u64
	leafBucket  = 1  // flag: the value is a bucket
)

type element struct {
	key, value []byte
	child      uint64 // page, of a branch
	bucket     bool   // the value is one
}

func (w *walker) elements(p page, from, to []byte) error {
	elements, err := inOrder(p, from, to)
	if err != nil {
		return err
	}
	if p.flags == flagLeaf {
		w.entries += len(elements)
	}
	for i, e := range elements {
		switch {
		case p.flags == flagBranch:
			end := to
			if i+1 < len(elements) {
				end = elements[i+1].key
			}
			err = w.page(e.child, e.key, end)
		case e.bucket:
			err = w.bucket(e.key, e.value)
		}
		if err != nil {
			return fmt.Errorf("entry %d: %w", i, err)
		}
	}
	return nil
}

func readElements(p page) ([]element, error) { return readElementsInto(nil, p) }

// readElementsInto is readElements into elements that are not needed any more.
func readElementsInto(elements []element, p page) ([]element, error) {
	if p.flags != flagBranch && p.flags != flagLeaf {
		return nil, fmt.Errorf("it has the type %#x where data was expected", p.flags)
	}
	if p.flags == flagBranch && p.count == 0 {
		return nil, errors.New("it is a branch without twigs")
	}
	data := uint64(pageHeader + p.count*elementSize)
	if data > uint64(len(p.bytes)) {
		return nil, fmt.Errorf("it is too small for its %d entries", p.count)
	}
	elements = slices.Grow(elements[:0], p.count)[:p.count]
	for i := range elements {
		at := pageHeader + i*elementSize
		raw, e := p.bytes[at:], &elements[i]
		e.child, e.bucket = 0, false
		var pos, key, value uint64
		if p.flags == flagBranch {
			pos, key, e.child = u32(raw), u32(raw[4:]), binary.NativeEndian.Uint64(raw[8:])
		} else {
			pos, key, value, e.bucket = u32(raw[4:]), u32(raw[8:]), u32(raw[12:]), u32(raw)&leafBucket != 0
		}
		if uint64(at)+pos != data || key == 0 || data+key+value > uint64(len(p.bytes)) {
			return nil, fmt.Errorf("entry %d is not where it should be", i)
		}
		e.key, e.value = p.bytes[data:data+key], p.bytes[data+key:data+key+value]
		data += key + value
	}
	return elements, nil
}

func (w *walker) bucket(name, value []byte) error {
	if len(value) < bucketSize {
		return fmt.Errorf("a bucket of %d bytes", len(value))
	}
	if root := binary.NativeEndian.Uint64(value); root != 0 {
		if w.toBuckets && string(name) != bucketMeta {
			return nil
		}
		outside := w.records
		w.records = true
		err := w.page(root, nil, nil)
		w.records = outside
		return err
	}
	inline := value[bucketSize:]
	if len(inline) < pageHeader {
		return fmt.Errorf("a bucket of %d bytes", len(value))
	}
	p := page{bytes: inline, flags: binary.NativeEndian.Uint16(inline[8:]), count: int(binary.NativeEndian.Uint16(inline[10:]))}
	if p.flags != flagLeaf {
		return fmt.Errorf("a small bucket of the type %#x", p.flags)
	}
	return w.elements(p, nil, nil)
}

func u32(b []byte) uint64 { return uint64(binary.NativeEndian.Uint32(b)) }
