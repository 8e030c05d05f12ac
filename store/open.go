package store

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/bits"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/oklog/ulid/v2"
	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"calibrate/calibration"
	"calibrate/internal/durable"
	"calibrate/rubric"
)

// Options say how a file is opened. A file that is opened for writing needs Now; the
// zero value of everything else is good.
type Options struct {
	// ReadOnly opens an existing file beside other readers. Every method that writes
	// returns an error.
	ReadOnly bool
	// Now is the clock. It is asked once for each change, from any goroutine.
	Now func() time.Time
	// Entropy is where ids take their random part from, by default crypto/rand. It is
	// never read by two goroutines at once.
	Entropy io.Reader
	// Timeout is how long to wait for another program to let go of the file: 1 s by
	// default, at least 200 ms.
	Timeout time.Duration
	// Warn is told what went wrong beside the work itself, such as a backup that could
	// not be made. It may be called from any goroutine. Nil: nobody is told.
	Warn func(error)
}

// Store is an open data file. Its methods may be called from several goroutines.
type Store struct {
	path    string
	swap    sync.RWMutex // held for reading while db is in use, and for writing while it is replaced
	db      *bbolt.DB
	file    *os.File                     // that db has open
	broken  atomic.Pointer[DamagedError] // what bbolt stumbled over; see guard
	way     *way                         // where bbolt may go
	meta    meta
	origin  ulid.ULID // meta.ID
	now     func() time.Time
	entropy io.Reader // read only while bbolt's writer lock is held
	warn    func(error)

	mu      sync.Mutex
	rubrics map[string]*rubric.Rubric // those that were read or written, by hash; guarded by mu

	rooms sync.Pool // of *[readAhead]byte

	standing standing // guarded by bbolt's writer lock
	sessions asOf[sessions]
	people   asOf[[]calibration.Person]
}

// Open opens the data file at the path. Unless it is opened for reading only, a file
// that is not there is made, and so is its folder, for nobody else to read; and a
// file of an older program is migrated, after a backup beside it.
//
// The error is a [*LockedError] where another program has the file open, a
// [*NewerError] where a newer program wrote it, a [*DamagedError] where it is empty,
// cut off, damaged or something else altogether, and wraps [fs.ErrNotExist] where a
// file that is only to be read is not there. Opening looks at little of the file, so
// that it takes as long with many decisions as with few, and so does looking something up
// or placing a decision after it; of damage further inside the methods tell, with a [*DamagedError] or a [*RecordError], and [Store.Check] in full.
func Open(path string, o Options) (*Store, error) {
	return open(path, o, currentLayout())
}

func open(path string, o Options, l layout) (*Store, error) {
	if o.Now == nil {
		if !o.ReadOnly {
			return nil, errors.New("opening a data file for writing needs a clock")
		}
		o.Now = func() time.Time { return time.Time{} } // for a change that is refused anyway
	}
	if o.Entropy == nil {
		o.Entropy = rand.Reader
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("finding the data file: %w", err)
	}
	err = inspect(path)
	if notThere(err) && !o.ReadOnly {
		if err = create(path, o, l.schema); err == nil {
			err = inspect(path)
		}
	}
	if err != nil {
		return nil, sayOpening(path, err)
	}
	db, f, err := openNamed(path, o)
	if err != nil {
		return nil, sayOpening(path, err)
	}
	s := storeOf(path, db, f, o)
	if err := s.begin(l); err != nil {
		return nil, errors.Join(sayOpening(path, err), s.Close())
	}
	return s, nil
}

func storeOf(path string, db *bbolt.DB, f *os.File, o Options) *Store {
	if o.Warn == nil {
		o.Warn = func(error) {}
	}
	s := &Store{path: path, db: db, file: f, now: o.Now, entropy: o.Entropy, warn: o.Warn, rubrics: map[string]*rubric.Rubric{}}
	return s
}

// sayOpening puts the file's name before an error that does not say it itself.
func sayOpening(path string, err error) error {
	var damaged *DamagedError
	var locked *LockedError
	var newer *NewerError
	if errors.As(err, &damaged) || errors.As(err, &locked) || errors.As(err, &newer) {
		return err
	}
	return fmt.Errorf("opening the data file %s: %w", path, err)
}

// create makes an empty data file. Where another program makes the same one at the
// same time, the first stays.
func create(path string, o Options, schema int) error {
	if err := durable.MakeFolder(filepath.Dir(path)); err != nil {
		return err
	}
	now := o.Now()
	id, err := newID(now, o.Entropy, ulid.ULID{})
	if err != nil {
		return err
	}
	err = durable.Write(path, func(tmp string) error {
		return makeEmpty(tmp, meta{Schema: schema, ID: id.String(), Created: stamp(now)})
	})
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

// makeEmpty makes an empty file a data file without content.
func makeEmpty(path string, m meta) error {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second})
	if err != nil {
		return err
	}
	return errors.Join(initialise(db, m), db.Close())
}

func initialise(db *bbolt.DB, m meta) error {
	return db.Update(func(tx *bbolt.Tx) error {
		for _, name := range buckets() {
			if _, err := tx.CreateBucket([]byte(name)); err != nil {
				return err
			}
		}
		return putMeta(&transaction{Tx: tx}, m)
	})
}

// replaced reports whether the name is now another file's, or nobody's.
func replaced(path string, f *os.File) bool {
	now, err := os.Stat(path)
	if err != nil {
		return notThere(err) // else it was opened, and can be worked with
	}
	opened, err := f.Stat()
	return err == nil && !os.SameFile(now, opened)
}

// openBolt opens and locks a file that inspect has passed.
func openBolt(path string, o Options) (db *bbolt.DB, f *os.File, err error) {
	if o.Timeout == 0 {
		o.Timeout = time.Second
	}
	options := &bbolt.Options{
		ReadOnly: o.ReadOnly,
		Timeout:  max(o.Timeout, 200*time.Millisecond), // bbolt gives up at once below that
		// Without its list of free pages bbolt looks for them on opening in a goroutine
		// whose panic nobody can recover; one more page a commit is cheap against that.
		NoFreelistSync:  false,
		FreelistType:    bbolt.FreelistMapType,
		PreLoadFreelist: true, // else a check of a file open for reading loads it, beside other readers
		NoStatistics:    true,
		InitialMmapSize: mapped(),
		OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
			var err error
			f, err = os.OpenFile(name, flag&^os.O_CREATE, mode)
			return f, err
		},
	}
	damage, err := guarded(path, func() (err error) {
		db, err = bbolt.Open(path, 0o600, options)
		return err
	})
	switch {
	case damage != nil && f != nil:
		abandon(f)
	case errors.Is(err, berrors.ErrTimeout):
		err = &LockedError{Path: path}
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrChecksum), errors.Is(err, berrors.ErrVersionMismatch):
		err = &DamagedError{Path: path, What: err.Error()}
	}
	return db, f, err
}

// mapped is how much address space is asked for at first. When bbolt needs more in the
// middle of a transaction, it copies all that the transaction holds. Windows makes the
// file as large as the mapping, and 32 bits have no room to spare.
func mapped() int {
	if runtime.GOOS == "windows" || bits.UintSize < 64 {
		return 0
	}
	return 1 << 30
}

// growBy is how much a file of a size grows at a time when it has to: each time costs a
// sync, and what is not used yet is room that others miss.
func growBy(size int64) int {
	const step = 32 << 10
	return int(min(max(step, size/8/step*step), 16<<20))
}

// makeRoom sees that a file of which so much is in use has blocks on the disk for what a
// small change adds. Where bbolt lets a file grow it has none yet, so that the file
// system has to find some and note them down before a commit is durable, which costs as much
// as the rest of the commit. A change that takes more leaves growing to bbolt.
func (s *Store) makeRoom(used int64) error {
	const ahead, most = 64 << 10, 1 << 20
	s.db.AllocSize = growBy(used)
	info, err := s.file.Stat()
	if err != nil || info.Size() >= used+ahead || runtime.GOOS == "windows" { // there it is as large as the mapping
		return err
	}
	room := make([]byte, used+ahead-info.Size()+int64(min(growBy(used), most)))
	if _, err := s.file.WriteAt(room, info.Size()); err != nil {
		return nil // the disk is full: perhaps there are free pages enough
	}
	return s.file.Sync()
}

// begin proves what leads to the buckets, now that nobody else can write to the file,
// reads what it says of itself and brings it up to date.
func (s *Store) begin(l layout) error {
	p, err := pagesOf(s.file)
	if err == nil {
		err = p.proveBuckets()
	}
	if err != nil {
		return &DamagedError{Path: s.path, What: err.Error()}
	}
	s.way = newWay(p)
	m, err := s.readMeta()
	if err != nil {
		return err
	}
	switch {
	case m.Schema > l.schema:
		return &NewerError{Path: s.path, Schema: m.Schema, Know: l.schema}
	case m.Schema < l.schema:
		if m, err = s.migrate(m, l); err != nil {
			return err
		}
	}
	if s.origin, err = parseID(m.ID); err != nil {
		return &DamagedError{Path: s.path, What: "its header: " + err.Error()}
	}
	s.meta = m
	return s.look(func(tx *transaction) error {
		for _, name := range buckets() {
			if tx.Bucket([]byte(name)) == nil {
				return &DamagedError{Path: s.path, What: fmt.Sprintf("the bucket %s is gone", name)}
			}
		}
		return nil
	})
}

// Close waits for calls that are under way and closes the file. Further calls return
// errors.
func (s *Store) Close() error {
	s.swap.RLock()
	defer s.swap.RUnlock()
	shut := s.db.Close
	if s.broken.Load() != nil {
		shut = func() error { return abandon(s.file) } // bbolt might wait for ever
	}
	if err := shut(); err != nil {
		return fmt.Errorf("closing %s: %w", s.path, err)
	}
	return nil
}

// Path is the file's absolute path.
func (s *Store) Path() string { return s.path }

// ID is the file's own id, a ULID, made with the file. Decisions that are made in it
// carry it as their origin.
func (s *Store) ID() string { return s.meta.ID }
