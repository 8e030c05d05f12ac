package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"go.etcd.io/bbolt"
)

// bytesOf reads a file that is held in memory.
func bytesOf(t testing.TB, file []byte) *pages {
	t.Helper()
	return must[*pages](t)(openPages(bytes.NewReader(file), int64(len(file))))
}

// findPage returns a page of a kind that is in use, and its bytes in the file. A leaf
// is one of decisions.
func findPage(t testing.TB, file []byte, flags uint16) (page, []byte) {
	t.Helper()
	p := bytesOf(t, file)
	free := must[[]uint64](t)(p.freelist())
	for id := uint64(2); id < p.meta.high; id++ {
		found, err := p.read(id)
		if err != nil || found.flags != flags || found.count < 2 || slices.Contains(free, id) {
			continue
		}
		if b := pageOf(file, int(id)); flags == flagBranch || u32(b[pageHeader+8:]) == uint64(idSize) {
			return found, b
		}
	}
	t.Fatalf("the file has no page of the type %#x", flags)
	return page{}, nil
}

// smallBucket returns the bytes of a bucket that is kept within its parent's page.
func smallBucket(t testing.TB, file []byte) []byte {
	t.Helper()
	p := bytesOf(t, file)
	free := must[[]uint64](t)(p.freelist())
	for id := uint64(2); id < p.meta.high; id++ {
		found, err := p.read(id)
		if err != nil || found.flags != flagLeaf || slices.Contains(free, id) {
			continue
		}
		elements := must[[]element](t)(readElements(found))
		for i, e := range elements {
			if e.bucket && binary.NativeEndian.Uint64(e.value) == 0 {
				raw := pageOf(file, int(id))[pageHeader+i*elementSize:]
				return raw[u32(raw[4:])+u32(raw[8:]):][:len(e.value)]
			}
		}
	}
	t.Fatal("the file has no small bucket")
	return nil
}

// newestHeader returns the bytes of the header that counts, to be changed and summed.
func newestHeader(t testing.TB, file []byte) []byte {
	t.Helper()
	return pageOf(file, int(bytesOf(t, file).meta.txid%2))[pageHeader:]
}

// Whatever bbolt would follow blindly is told, and the file is left as it is. Each case is a damage that would have crashed the program, sent it in a
// circle, or made it read or write the wrong thing.
func TestDamagedPagesAreTold(t *testing.T) {
	put16, put32, put64 := binary.NativeEndian.PutUint16, binary.NativeEndian.PutUint32, binary.NativeEndian.PutUint64
	tests := []struct {
		name   string
		damage func(t *testing.T, file []byte) []byte
		says   string
	}{
		{"nothing is left", func(*testing.T, []byte) []byte { return nil }, "empty"},
		{"a text", func(*testing.T, []byte) []byte { return bytes.Repeat([]byte("Dear diary. "), 1000) }, "no bbolt file"},
		{"a few bytes", func(_ *testing.T, f []byte) []byte { return f[:20] }, "too short"},
		{"the end is missing", func(_ *testing.T, f []byte) []byte { return f[:len(f)/2] }, "cut off"},
		{"both headers are damaged", func(_ *testing.T, f []byte) []byte {
			f[pageHeader+20]++
			f[testPage+pageHeader+20]++
			return f
		}, "checksum"},
		{"another version of bbolt", func(_ *testing.T, f []byte) []byte {
			for i := range 2 {
				put32(pageOf(f, i)[pageHeader+4:], 3)
			}
			return f
		}, "bbolt version 3"},
		{"a strange page size", func(_ *testing.T, f []byte) []byte {
			for i := range 2 {
				put32(pageOf(f, i)[pageHeader+8:], 5000)
				resum(pageOf(f, i)[pageHeader:])
			}
			return f
		}, "page size of 5000"},
		{"the header leads outside", func(t *testing.T, f []byte) []byte {
			h := newestHeader(t, f)
			put64(h[16:], 1<<40)
			resum(h)
			return f
		}, "leads to page 1099511627776"},
		{"no list of free pages", func(t *testing.T, f []byte) []byte {
			h := newestHeader(t, f)
			put64(h[32:], ^uint64(0))
			resum(h)
			return f
		}, "list of free pages"},
		{"the list of free pages is something else", func(t *testing.T, f []byte) []byte {
			put16(pageOf(f, int(bytesOf(t, f).meta.freelist))[8:], flagLeaf)
			return f
		}, "should be the list of free pages"},
		{"the list of free pages is longer than its page", func(t *testing.T, f []byte) []byte {
			list := pageOf(f, int(bytesOf(t, f).meta.freelist))
			put16(list[10:], 0xFFFF)
			put64(list[pageHeader:], 1<<60)
			return f
		}, "cut off"},
		{"a free page lies outside", func(t *testing.T, f []byte) []byte {
			list := pageOf(f, int(bytesOf(t, f).meta.freelist))
			put16(list[10:], 1)
			put64(list[pageHeader:], 1<<40)
			return f
		}, "names page"},
		{"a page in use is free", func(t *testing.T, f []byte) []byte {
			leaf, _ := findPage(t, f, flagLeaf)
			list := pageOf(f, int(bytesOf(t, f).meta.freelist))
			put16(list[10:], 1)
			put64(list[pageHeader:], leaf.id)
			return f
		}, "used twice"},
		{"the list of free pages is free itself", func(t *testing.T, f []byte) []byte {
			at := bytesOf(t, f).meta.freelist
			list := pageOf(f, int(at))
			put16(list[10:], 1)
			put64(list[pageHeader:], at)
			return f
		}, "free and in use"},
		{"a branch leads back to itself", func(t *testing.T, f []byte) []byte {
			branch, b := findPage(t, f, flagBranch)
			put64(b[pageHeader+8:], branch.id)
			return f
		}, "used twice|leads in a circle"},
		{"two branches lead to one page", func(t *testing.T, f []byte) []byte {
			_, b := findPage(t, f, flagBranch)
			copy(b[pageHeader+elementSize+8:][:8], b[pageHeader+8:])
			return f
		}, "used twice|does not begin with the key"},
		{"a branch leads outside", func(t *testing.T, f []byte) []byte {
			_, b := findPage(t, f, flagBranch)
			put64(b[pageHeader+8:], 1<<40)
			return f
		}, "leads to page"},
		{"a branch leads nowhere", func(t *testing.T, f []byte) []byte {
			_, b := findPage(t, f, flagBranch)
			put16(b[10:], 0)
			return f
		}, "without twigs"},
		{"a page under another's number", func(t *testing.T, f []byte) []byte {
			_, b := findPage(t, f, flagLeaf)
			put64(b, 3)
			return f
		}, "not what it should be"},
		{"a page that goes on beyond the end", func(t *testing.T, f []byte) []byte {
			_, b := findPage(t, f, flagLeaf)
			put32(b[12:], 1<<30)
			return f
		}, "not what it should be"},
		{"a page that goes on into the next", func(t *testing.T, f []byte) []byte {
			leaf, b := findPage(t, f, flagLeaf)
			put32(b[12:], uint32(bytesOf(t, f).meta.high-leaf.id-1))
			return f
		}, "used twice"},
		{"a page of no type", func(t *testing.T, f []byte) []byte {
			_, b := findPage(t, f, flagLeaf)
			put16(b[8:], 0x40)
			return f
		}, "type 0x40"},
		{"more entries than have room", func(t *testing.T, f []byte) []byte {
			_, b := findPage(t, f, flagLeaf)
			put16(b[10:], 60_000)
			return f
		}, "60000 entries"},
		{"the last entry is gone", func(t *testing.T, f []byte) []byte {
			leaf, b := findPage(t, f, flagLeaf)
			put16(b[10:], uint16(leaf.count-1))
			return f
		}, "not where it should be"},
		{"an entry leads outside", func(t *testing.T, f []byte) []byte {
			_, b := findPage(t, f, flagLeaf)
			put32(b[pageHeader+4:], 1<<31)
			return f
		}, "not where it should be"},
		{"an entry is longer than everything", func(t *testing.T, f []byte) []byte {
			_, b := findPage(t, f, flagLeaf)
			put32(b[pageHeader+12:], 1<<31)
			return f
		}, "not where it should be"},
		{"an entry without a key", func(t *testing.T, f []byte) []byte {
			_, b := findPage(t, f, flagLeaf)
			put32(b[pageHeader+8:], 0)
			return f
		}, "not where it should be"},
		{"keys out of order", func(t *testing.T, f []byte) []byte {
			_, b := findPage(t, f, flagLeaf)
			first, second := b[pageHeader:], b[pageHeader+elementSize:]
			copy(second[u32(second[4:]):][:idSize], first[u32(first[4:]):])
			return f
		}, "out of order"},
		{"a branch with a higher key", func(t *testing.T, f []byte) []byte {
			branch, b := findPage(t, f, flagBranch)
			b[pageHeader+branch.count*elementSize] = 0xFF
			return f
		}, "out of order"},
		{"a branch with a lower key", func(t *testing.T, f []byte) []byte { // bbolt's check lets it pass, and the next write linked the page twice
			branch, b := findPage(t, f, flagBranch)
			b[pageHeader+branch.count*elementSize+1] = 0
			return f
		}, "does not begin with the key"},
		{"a small bucket of no type", func(t *testing.T, f []byte) []byte {
			put16(smallBucket(t, f)[bucketSize+8:], flagBranch)
			return f
		}, "small bucket of the type 0x1"},
		{"a small bucket with more entries than have room", func(t *testing.T, f []byte) []byte {
			put16(smallBucket(t, f)[bucketSize+10:], 60_000)
			return f
		}, "60000 entries"},
		{"a small bucket that claims to be a large one", func(t *testing.T, f []byte) []byte {
			put64(smallBucket(t, f), 3)
			return f
		}, "page 3"},
		{"a record that claims to be a bucket", func(t *testing.T, f []byte) []byte {
			_, b := findPage(t, f, flagLeaf)
			put32(b[pageHeader:], leafBucket)
			return f
		}, "entry 0"},
	}
	whole, _ := wholeFile(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "damaged.db")
			damaged := test.damage(t, slices.Clone(whole))
			if err := os.WriteFile(path, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			says := tellsDamage(t, path)
			// Which way of reading comes upon a page first, and what it sees of it, goes by
			// where the pages lie.
			if !slices.ContainsFunc(strings.Split(test.says, "|"), func(one string) bool { return strings.Contains(says, one) }) {
				t.Errorf("%q does not say %q", says, test.says)
			}
			contains(t, says, "restore a backup")
			contains(t, says, "calibrate doctor --salvage OUT")
			if !bytes.Equal(damaged, readFile(t, path)) {
				t.Error("the file was changed")
			}
		})
	}
}

// tellsDamage is what opening a damaged file says, or else the first transaction, or
// else a check: what only a check sees, reading the records sees too.
func tellsDamage(t testing.TB, path string) string {
	t.Helper()
	s, err := Open(path, options(1))
	if err == nil {
		defer s.Close()
		_, err = s.People()
	}
	if err != nil && !errors.As(err, new(*RecordError)) { // that is told by a check too
		wantError[*DamagedError](t, err)
		contains(t, err.Error(), path)
		return err.Error()
	}
	report := must[Report](t)(s.Check())
	if report.Problems() == 0 {
		t.Fatal("nobody sees it")
	}
	return report.String()
}

func TestOtherThingsAreNoDataFile(t *testing.T) {
	folder := t.TempDir()
	foreign := filepath.Join(folder, "foreign.db")
	db := must[*bbolt.DB](t)(bbolt.Open(foreign, 0o600, nil))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	nameless := filepath.Join(folder, "nameless.db")
	s := openTest(t, nameless, options(1))
	edit(t, s, func(tx *transaction) error { return tx.Bucket([]byte(bucketMeta)).Delete([]byte(metaKey)) })
	s.Close()
	incomplete := filepath.Join(folder, "incomplete.db")
	s = openTest(t, incomplete, options(1))
	edit(t, s, func(tx *transaction) error { return tx.DeleteBucket([]byte(bucketByPerson)) })
	s.Close()
	tests := map[string]string{
		folder:     "a folder",
		foreign:    "another program",
		nameless:   "does not say which format",
		incomplete: "the bucket by_person is gone",
	}
	if runtime.GOOS != "windows" {
		tests[os.DevNull] = "no regular file"
	}
	for path, says := range tests {
		_, err := Open(path, options(1))
		contains(t, wantError[*DamagedError](t, err).What, says)
	}
}

// Of the two headers the older one is enough. The file then is as it was before the
// last change, and says so when it is checked.
func TestOneHeaderIsEnough(t *testing.T) {
	for newest := range uint64(2) {
		whole, c := wholeFile(t)
		damaged := pageOf(whole, int((bytesOf(t, whole).meta.txid+newest)%2))
		clear(damaged)
		path := filepath.Join(t.TempDir(), "torn.db")
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		s := openTest(t, path, options(1))
		report := must[Report](t)(s.Check())
		if report.Problems() != 1 || report.Decisions != len(c.decisions) {
			t.Errorf("want one problem and all decisions:\n%s", report)
		}
		contains(t, report.String(), "one of its two copies is damaged")
		mustPlace(t, s, decision("ada", "grace"), c.rubric)
	}
}

// A page that is neither free nor in use is lost room and no danger.
func TestLostPageIsTold(t *testing.T) {
	whole, c := wholeFile(t)
	list := pageOf(whole, int(bytesOf(t, whole).meta.freelist))
	count := binary.NativeEndian.Uint16(list[10:])
	if count == 0 {
		t.Fatal("the file has no free page")
	}
	binary.NativeEndian.PutUint16(list[10:], count-1)
	path := filepath.Join(t.TempDir(), "lost.db")
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	s := openTest(t, path, options(1))
	report := must[Report](t)(s.Check())
	if report.Problems() != 1 {
		t.Errorf("want one problem:\n%s", report)
	}
	contains(t, report.String(), "in use by nothing, and not free")
	mustPlace(t, s, decision("ada", "grace"), c.rubric)
}

// While it is looked at, another program may write, so that a page is no longer what
// the header says. That is not damage.
func TestInspectingBesideAWriter(t *testing.T) {
	whole, _ := wholeFile(t)
	later := slices.Clone(whole)
	header := pageOf(later, int((bytesOf(t, later).meta.txid+1)%2))
	copy(header, pageOf(later, int(bytesOf(t, later).meta.txid%2)))
	put := binary.NativeEndian.PutUint64
	put(header[pageHeader+48:], bytesOf(t, later).meta.txid+1)
	resum(header[pageHeader:])
	if err := inspectPages(&changing{before: whole, after: later, at: bytesOf(t, whole).meta.freelist}, int64(len(whole))); err != nil {
		t.Error(err)
	}
}

// changing is a file whose page at cannot be read the first time, after which a
// writer has committed.
type changing struct {
	before, after []byte
	at            uint64
}

func (c *changing) ReadAt(p []byte, off int64) (int, error) {
	if off == int64(c.at)*testPage && c.before != nil {
		c.before = nil
		return 0, errors.New("torn")
	}
	file := c.after
	if c.before != nil {
		file = c.before
	}
	n := copy(p, file[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}
