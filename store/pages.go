package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
)

// bbolt trusts its file: it maps it and follows page numbers without looking where
// they lead, and where they lead outside, the program dies beyond any recover. So the
// file is looked at before bbolt sees it. These are the parts of its format that this
// needs; all numbers are in the byte order of the machine.
const (
	pageHeader   = 16 // id u64, flags u16, count u16, overflow u32
	metaSize     = 64 // magic, version, page size, flags u32; root, sequence, freelist, pages, tx, checksum u64
	boltMagic    = 0xED0CDAED
	boltVersion  = 2
	noFreelist   = ^uint64(0)
	flagBranch   = 0x01
	flagLeaf     = 0x02
	flagFreelist = 0x10
	minPageSize  = 1 << 10
	maxPageSize  = 1 << 24
)

// boltMeta is one of the two header pages.
type boltMeta struct {
	pageSize             int64
	root, freelist, high uint64 // page numbers; high is one past the last in use
	txid                 uint64
}

// pages reads a bbolt file without bbolt.
type pages struct {
	r    io.ReaderAt
	size int64
	meta boltMeta
	torn bool // one of the two headers is unreadable
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
		if p.meta.freelist == noFreelist {
			err = p.walk()
		} else {
			err = p.checkFreelist()
		}
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
	p := &pages{r: r, size: size}
	m0, err0 := readMeta(r, 0)
	second, guess := m0.pageSize, err0 != nil
	if guess {
		second = minPageSize
	}
	m1, err1 := readMeta(r, second)
	for guess && err1 != nil && second < maxPageSize {
		second *= 2
		m1, err1 = readMeta(r, second)
	}
	p.torn = err0 != nil || err1 != nil
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
	if p.meta.root >= p.meta.high {
		return nil, fmt.Errorf("its header points to page %d of %d", p.meta.root, p.meta.high)
	}
	return p, nil
}

func readMeta(r io.ReaderAt, at int64) (boltMeta, error) {
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
	meta := boltMeta{pageSize: int64(u32(m[8:])), root: u64(m[16:]), freelist: u64(m[32:]), high: u64(m[40:]), txid: u64(m[48:])}
	if meta.pageSize < minPageSize || meta.pageSize > maxPageSize || meta.pageSize&(meta.pageSize-1) != 0 {
		return boltMeta{}, fmt.Errorf("a page size of %d", meta.pageSize)
	}
	return meta, nil
}

// read returns a page with its overflow, after checking that it is the page it
// should be and lies within the file.
func (p *pages) read(id uint64) (page []byte, flags uint16, count int, err error) {
	if id < 2 || id >= p.meta.high {
		return nil, 0, 0, fmt.Errorf("a reference leads to page %d of %d", id, p.meta.high)
	}
	header := make([]byte, pageHeader)
	if _, err := p.r.ReadAt(header, int64(id)*p.meta.pageSize); err != nil {
		return nil, 0, 0, fmt.Errorf("page %d cannot be read: %w", id, err)
	}
	overflow := uint64(binary.NativeEndian.Uint32(header[12:]))
	if got := binary.NativeEndian.Uint64(header); got != id || id+overflow >= p.meta.high {
		return nil, 0, 0, fmt.Errorf("page %d is not what it should be", id)
	}
	page = make([]byte, int64(overflow+1)*p.meta.pageSize)
	if _, err := p.r.ReadAt(page, int64(id)*p.meta.pageSize); err != nil {
		return nil, 0, 0, fmt.Errorf("page %d cannot be read: %w", id, err)
	}
	return page, binary.NativeEndian.Uint16(page[8:]), int(binary.NativeEndian.Uint16(page[10:])), nil
}

// checkFreelist proves the list of free pages, which bbolt reads on opening.
func (p *pages) checkFreelist() error {
	page, flags, count, err := p.read(p.meta.freelist)
	if err != nil {
		return fmt.Errorf("the list of free pages: %w", err)
	}
	if flags != flagFreelist {
		return fmt.Errorf("page %d should be the list of free pages", p.meta.freelist)
	}
	ids := page[pageHeader:]
	total := uint64(count)
	if count == 0xFFFF { // too many for the header: the first entry is their number
		total, ids = binary.NativeEndian.Uint64(ids), ids[8:]
	}
	if total > uint64(len(ids)/8) {
		return fmt.Errorf("the list of free pages on page %d is cut off", p.meta.freelist)
	}
	last := uint64(1)
	for i := range total {
		id := binary.NativeEndian.Uint64(ids[8*i:])
		if id <= last || id >= p.meta.high {
			return fmt.Errorf("the list of free pages on page %d names page %d of %d", p.meta.freelist, id, p.meta.high)
		}
		last = id
	}
	return nil
}

// notThere reports whether the error says that there is no such file.
func notThere(err error) bool { return errors.Is(err, fs.ErrNotExist) }
