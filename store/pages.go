package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"slices"
)

// bbolt trusts its file: it maps it and follows page numbers without looking where
// they lead. Where they lead outside or in a circle, the program dies beyond any
// recover. So the file is looked at by plain reads before bbolt follows it: inspect
// looks at what bbolt reads on opening, prove (pagewalk.go) at all the rest. These are
// the parts of its format that this needs; all numbers are in the byte order of the
// machine.
const (
	pageHeader   = 16 // id u64, flags u16, count u16, overflow u32
	metaSize     = 64 // magic, version, page size, flags u32; root, sequence, freelist, pages, tx, checksum u64
	boltMagic    = 0xED0CDAED
	boltVersion  = 2
	flagBranch   = 0x01
	flagLeaf     = 0x02
	flagMeta     = 0x04
	flagFreelist = 0x10
	minPageSize  = 1 << 10
	maxPageSize  = 1 << 24
)

// boltMeta is one of the two header pages.
type boltMeta struct {
	pageSize             int64
	root, freelist, high uint64 // page numbers; high is one past the last in use
	txid                 uint64
	labelled             bool // its page says that it is a header and which; bbolt uses it even if not
}

// pages reads a bbolt file without bbolt.
type pages struct {
	r    io.ReaderAt
	meta boltMeta
	torn bool // one of the two header pages is damaged

	// What prove found:
	entries int
	lost    []uint64 // pages that are neither in use nor free
}

// inspect finds what would make bbolt panic on opening the file: it is no file, no
// bbolt file, cut off, or its free list is destroyed. The error is a [*DamagedError],
// or the operating system's.
func inspect(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	damaged := func(what string) error { return &DamagedError{Path: path, What: what} }
	switch {
	case info.IsDir():
		return damaged("it is a folder")
	case !info.Mode().IsRegular():
		return damaged("it is no regular file")
	case info.Size() == 0:
		// Every file that this package makes has content from its first moment, so this
		// one lost it, and starting afresh in its place would hide that.
		return damaged("it is empty")
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := inspectPages(f, info.Size()); err != nil {
		return damaged(err.Error())
	}
	return nil
}

// inspectPages looks again where the header changed while it looked: then another
// program is writing, and what seemed wrong was only old.
func inspectPages(r io.ReaderAt, size int64) error {
	for {
		p, err := openPages(r, size)
		if err != nil {
			return err
		}
		_, err = p.freelist()
		if err == nil {
			return nil
		}
		if again, openErr := openPages(r, size); openErr != nil || again.meta.txid == p.meta.txid {
			return err
		}
	}
}

// openPages reads the headers, takes the newer of those that are sound, as bbolt
// does, and checks that all pages it speaks of are there.
func openPages(r io.ReaderAt, size int64) (*pages, error) {
	p := &pages{r: r}
	m0, err0 := readMeta(r, 0, 0)
	second, guess := m0.pageSize, err0 != nil
	if guess {
		second = minPageSize
	}
	m1, err1 := readMeta(r, 1, second)
	for guess && err1 != nil && second < maxPageSize {
		second *= 2
		m1, err1 = readMeta(r, 1, second)
	}
	p.torn = err0 != nil || err1 != nil || !m0.labelled || !m1.labelled
	switch {
	case err0 != nil && err1 != nil:
		return nil, fmt.Errorf("its header is unreadable: %w", err0)
	case err0 != nil, err1 == nil && m1.txid > m0.txid:
		p.meta = m1
	default:
		p.meta = m0
	}
	if need := p.meta.high * uint64(p.meta.pageSize); p.meta.high > uint64(size) || need > uint64(size) {
		return nil, fmt.Errorf("it is cut off: %d of at least %d bytes are there", size, need)
	}
	return p, nil
}

func readMeta(r io.ReaderAt, page uint64, at int64) (boltMeta, error) {
	var b [pageHeader + metaSize]byte
	if _, err := r.ReadAt(b[:], at); err != nil {
		return boltMeta{}, errors.New("too short")
	}
	u32, u64 := binary.NativeEndian.Uint32, binary.NativeEndian.Uint64
	m := b[pageHeader:]
	sum := fnv.New64a()
	sum.Write(m[:56])
	switch {
	case u32(m) != boltMagic:
		return boltMeta{}, errors.New("no bbolt file")
	case u32(m[4:]) != boltVersion:
		return boltMeta{}, fmt.Errorf("bbolt version %d", u32(m[4:]))
	case sum.Sum64() != u64(m[56:]):
		return boltMeta{}, errors.New("wrong checksum")
	}
	meta := boltMeta{
		pageSize: int64(u32(m[8:])),
		root:     u64(m[16:]), freelist: u64(m[32:]), high: u64(m[40:]), txid: u64(m[48:]),
		labelled: u64(b[:]) == page && binary.NativeEndian.Uint16(b[8:]) == flagMeta,
	}
	if meta.pageSize < minPageSize || meta.pageSize > maxPageSize || meta.pageSize&(meta.pageSize-1) != 0 {
		return boltMeta{}, fmt.Errorf("a page size of %d", meta.pageSize)
	}
	return meta, nil
}

// page is one page with its overflow.
type page struct {
	id    uint64
	span  uint64 // pages with the overflow
	flags uint16
	count int
	bytes []byte
}

// read returns a page, after checking that it is the one it should be and lies within
// the file.
func (p *pages) read(id uint64) (page, error) { return p.readInto(nil, id) }

// readInto is read into a page's bytes that are not needed any more.
func (p *pages) readInto(bytes []byte, id uint64) (page, error) {
	if id < 2 || id >= p.meta.high {
		return page{}, fmt.Errorf("a reference leads to page %d of %d", id, p.meta.high)
	}
	bytes = slices.Grow(bytes[:0], int(p.meta.pageSize))[:p.meta.pageSize]
	if _, err := p.r.ReadAt(bytes, int64(id)*p.meta.pageSize); err != nil {
		return page{}, fmt.Errorf("page %d cannot be read: %w", id, err)
	}
	span := 1 + uint64(binary.NativeEndian.Uint32(bytes[12:]))
	if got := binary.NativeEndian.Uint64(bytes); got != id || id+span > p.meta.high {
		return page{}, fmt.Errorf("page %d is not what it should be", id)
	}
	if span > 1 {
		rest := make([]byte, int64(span-1)*p.meta.pageSize)
		if _, err := p.r.ReadAt(rest, int64(id+1)*p.meta.pageSize); err != nil {
			return page{}, fmt.Errorf("page %d cannot be read: %w", id, err)
		}
		bytes = append(bytes, rest...)
	}
	return page{
		id: id, span: span, bytes: bytes,
		flags: binary.NativeEndian.Uint16(bytes[8:]), count: int(binary.NativeEndian.Uint16(bytes[10:])),
	}, nil
}

// freelist reads and proves the list of free pages. A file of this package always has
// one. Without it bbolt looks for free pages on opening, in a goroutine whose panic
// nobody can recover.
func (p *pages) freelist() (free []uint64, err error) {
	list, err := p.read(p.meta.freelist)
	if err != nil {
		return nil, fmt.Errorf("the list of free pages: %w", err)
	}
	if list.flags != flagFreelist {
		return nil, fmt.Errorf("page %d should be the list of free pages", list.id)
	}
	ids := list.bytes[pageHeader:]
	total := uint64(list.count)
	if list.count == 0xFFFF { // too many for the header: the first entry is their number
		total, ids = binary.NativeEndian.Uint64(ids), ids[8:]
	}
	if total > uint64(len(ids)/8) {
		return nil, fmt.Errorf("the list of free pages on page %d is cut off", list.id)
	}
	last := uint64(1)
	for i := range total {
		id := binary.NativeEndian.Uint64(ids[8*i:])
		if id <= last || id >= p.meta.high {
			return nil, fmt.Errorf("the list of free pages on page %d names page %d of %d", list.id, id, p.meta.high)
		}
		free = append(free, id)
		last = id
	}
	return free, nil
}

// notThere reports whether the error says that there is no such file.
func notThere(err error) bool { return errors.Is(err, fs.ErrNotExist) }
