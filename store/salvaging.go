package store

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/oklog/ulid/v2"

	"calibrate/calibration"
	"calibrate/rubric"
)

// salvaging writes what was found into a new file. A record is put there byte for
// byte, through the same functions as a merge puts it, but nothing is refused: what a
// checksum proves was in the old file.
type salvaging struct {
	*found
	ctx     context.Context
	into    *Store
	said    *Salvaged
	step    func()         // one more record is written
	rubrics map[string]int // hash → how many records need it
}

// salvagedAtOnce is how many bytes of records one transaction takes.
const salvagedAtOnce = 4 << 20

func (f *found) write(ctx context.Context, path string, o SalvageOptions, said *Salvaged) (err error) {
	into, err := openNew(path, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, into.Close()) }()
	total, n := len(f.decisions), 0
	for _, records := range f.records {
		total += len(records)
	}
	w := salvaging{found: f, ctx: ctx, into: into, said: said, rubrics: map[string]int{}, step: func() {
		n++
		o.Progress(SalvageWriting, n, total)
	}}
	if err := w.all(o.Rubrics); err != nil {
		return err
	}
	report, err := into.CheckContext(ctx, o.Progress)
	if err != nil {
		return err
	}
	f.damaged()
	f.lost()
	said.count(report, f.older, f.scan.blind)
	told := slices.DeleteFunc(report.Findings, func(x Finding) bool { // lost says more of them
		return x.Do == doMerge && strings.HasPrefix(x.Where, chainOf)
	})
	said.Findings = append(f.findings, told...)
	problemsFirst(said.Findings)
	return nil
}

func (w *salvaging) all(known []*rubric.Rubric) error {
	err := errors.Join(
		w.records(kindRubric, func(tx *transaction, key string, payload []byte) error {
			return putFrame(tx, bucketRubrics, []byte(key), kindRubric, payload)
		}),
		w.records(kindPerson, putSalvaged(bucketPeople, kindPerson)),
		w.records(kindSession, putSalvaged(bucketSessions, kindSession)),
		w.records(kindEvent, putSalvaged(bucketEvents, kindEvent)),
		w.records(kindWalk, func(tx *transaction, key string, payload []byte) error {
			var walk calibration.Walk
			if err := decode(payload, &walk); err != nil {
				return err
			}
			w.rubrics[walk.Rubric]++
			return putFrame(tx, bucketWalks, []byte(key), kindWalk, payload)
		}),
		w.records(kindTomb, putSalvaged(bucketPurged, kindTomb)),
		w.records(kindPurge, putSalvaged(bucketPurges, kindPurge)),
		w.records(kindMark, putSalvaged(bucketForgotten, kindMark)),
	)
	if err != nil {
		return err
	}
	if err := w.allDecisions(); err != nil {
		return err
	}
	return w.standIns(known)
}

func putSalvaged(bucket string, k kind) func(*transaction, string, []byte) error {
	return func(tx *transaction, key string, payload []byte) error {
		return putFrame(tx, bucket, []byte(key), k, payload)
	}
}

// records writes the records of one kind, in the order of their keys.
func (w *salvaging) records(k kind, put func(tx *transaction, key string, payload []byte) error) error {
	keys := slices.Sorted(maps.Keys(w.found.records[k]))
	return w.pieces(len(keys), func(tx *transaction, i int) (int, error) {
		at := w.found.records[k][keys[i]]
		payload, err := w.scan.again(at.at, at.size, k, at.sum)
		if err != nil {
			return 0, err
		}
		return at.size, put(tx, keys[i], payload)
	}, nil)
}

func (w *salvaging) allDecisions() error {
	var l *ledger
	return w.pieces(len(w.decisions), func(tx *transaction, i int) (int, error) {
		if l == nil {
			l = newLedger(tx)
		}
		at := w.decisions[i]
		payload, err := w.scan.again(at.at, int(at.size), at.is.kind(), at.sum)
		if err != nil {
			return 0, err
		}
		if at.is != whole {
			var t tombstone
			if err := decode(payload, &t); err != nil {
				return 0, err
			}
			return int(at.size), l.bury(t)
		}
		d, err := parseDecision(payload)
		if err != nil {
			return 0, err
		}
		w.rubrics[d.Rubric]++
		return int(at.size), l.add(d.Decision, payload)
	}, func() error {
		err := l.close()
		l = nil
		return err
	})
}

// pieces writes n records in transactions of a bounded size. put says how long the
// record is, and close runs at the end of each transaction.
func (w *salvaging) pieces(n int, put func(tx *transaction, i int) (int, error), close func() error) error {
	for i := 0; i < n; {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if err := w.into.update(func(tx *transaction) error {
			for size := 0; i < n && size < salvagedAtOnce; i++ {
				written, err := put(tx, i)
				if err != nil {
					return err
				}
				size += written
				w.step()
			}
			if close == nil {
				return nil
			}
			return close()
		}); err != nil {
			return err
		}
	}
	return nil
}

// standIns puts known rubrics in the place of those that are needed and lost.
func (w *salvaging) standIns(known []*rubric.Rubric) error {
	for _, r := range known {
		_, there := w.found.records[kindRubric][r.Hash()]
		if there || w.rubrics[r.Hash()] == 0 {
			continue
		}
		if err := w.into.PutRubric(r); err != nil {
			return err
		}
		w.find(Note, bucketRubrics+"/"+r.Hash(), "nothing is lost", "the file's copy was lost; the same rubric was taken from elsewhere")
	}
	return nil
}

// lost tells which decisions the chains' records speak of and are not there.
func (f *found) lost() {
	for start := 0; start < len(f.decisions); {
		origin := f.decisions[start].origin
		end := start
		for end < len(f.decisions) && f.decisions[end].origin == origin {
			end++
		}
		f.lostOf(origin, f.decisions[start:end])
		start = end
	}
	has := func(origin ulid.ULID) bool {
		_, found := slices.BinarySearchFunc(f.decisions, origin, func(d foundDecision, o ulid.ULID) int { return d.origin.Compare(o) })
		return found
	}
	for _, origin := range slices.SortedFunc(maps.Keys(f.chains), ulid.ULID.Compare) {
		if !has(origin) {
			f.lostOf(origin, nil)
		}
	}
}

// lostOf tells which numbers of a chain are not among those that were found, given in
// their order.
func (f *found) lostOf(origin ulid.ULID, there []foundDecision) {
	where := chainOf + origin.String()
	c := f.chains[origin]
	if c == nil {
		f.find(Note, where, "count what should be there", "what the file knew of the chain is lost: were decisions missing at its end, nobody could tell")
		c = &chain{}
	}
	next := uint64(1)
	missing := func(upTo uint64) {
		for from := next; from <= upTo; {
			i, never := c.gapAt(from)
			if never {
				from = c.Gaps[i][1] + 1
				continue
			}
			to := upTo
			if i < len(c.Gaps) {
				to = min(to, c.Gaps[i][0]-1)
			}
			f.find(Problem, where, doCompare, "lost: %s", numbers(from, to))
			from = to + 1
		}
	}
	for _, d := range there {
		if d.seq > next {
			missing(d.seq - 1)
		}
		next = d.seq + 1
	}
	missing(c.head().Seq)
}
