package store

import (
	"encoding/binary"
	"fmt"
)

// walk follows every page that can be reached and proves that nothing in them leads
// outside. After it bbolt can read every page without a fault. Whether the keys are
// in order is bbolt's own check to say.
func (p *pages) walk() error {
	w := walker{pages: p, seen: map[uint64]bool{}}
	return w.page(p.meta.root)
}

type walker struct {
	*pages
	seen map[uint64]bool
}

func (w *walker) page(id uint64) error {
	page, flags, count, err := w.read(id)
	if err != nil {
		return err
	}
	if w.seen[id] {
		return fmt.Errorf("page %d is used twice", id)
	}
	w.seen[id] = true
	if err := w.elements(page, flags, count); err != nil {
		return fmt.Errorf("page %d: %w", id, err)
	}
	return nil
}

// Each element of a page is 16 bytes after the header, and what it points to follows
// all of them:
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

func (w *walker) elements(page []byte, flags uint16, count int) error {
	if flags != flagBranch && flags != flagLeaf {
		return fmt.Errorf("it has the type %#x where data was expected", flags)
	}
	if flags == flagBranch && count == 0 {
		return fmt.Errorf("it is a branch without twigs")
	}
	if pageHeader+count*elementSize > len(page) {
		return fmt.Errorf("it is too small for its %d entries", count)
	}
	for i := range count {
		at := pageHeader + i*elementSize
		element := page[at:]
		if flags == flagBranch {
			pos, key := u32(element), u32(element[4:])
			if pos+key > uint64(len(element)) {
				return fmt.Errorf("entry %d leads outside", i)
			}
			if err := w.page(binary.NativeEndian.Uint64(element[8:])); err != nil {
				return err
			}
			continue
		}
		kind, pos, key, value := u32(element), u32(element[4:]), u32(element[8:]), u32(element[12:])
		if pos+key+value > uint64(len(element)) {
			return fmt.Errorf("entry %d leads outside", i)
		}
		if kind&leafBucket != 0 {
			if err := w.bucket(element[pos+key : pos+key+value]); err != nil {
				return fmt.Errorf("entry %d: %w", i, err)
			}
		}
	}
	return nil
}

func (w *walker) bucket(value []byte) error {
	if len(value) < bucketSize {
		return fmt.Errorf("a bucket of %d bytes", len(value))
	}
	if root := binary.NativeEndian.Uint64(value); root != 0 {
		return w.page(root)
	}
	inline := value[bucketSize:]
	if len(inline) < pageHeader {
		return fmt.Errorf("a bucket of %d bytes", len(value))
	}
	flags, count := binary.NativeEndian.Uint16(inline[8:]), int(binary.NativeEndian.Uint16(inline[10:]))
	if flags != flagLeaf {
		return fmt.Errorf("a small bucket of the type %#x", flags)
	}
	return w.elements(inline, flags, count)
}

func u32(b []byte) uint64 { return uint64(binary.NativeEndian.Uint32(b)) }
