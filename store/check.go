package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"maps"
	"os"
	"runtime"
	"slices"

	"github.com/oklog/ulid/v2"

	"calibrate/calibration"
	"calibrate/rubric"
)

// Check proves the whole file: its pages, the checksum of every record, every index
// entry both ways, every chain, and every decision under its rubric. It changes
// nothing; writers wait until it is done. What is wrong with the file is in the
// report; the error is for what kept it from being checked.
//
// It takes time in proportion to the file, and memory for about a hundred bytes of each
// decision: its place in its chain. The file is read, not mapped: what is mapped and
// looked at stays in memory.
func (s *Store) Check() (Report, error) { return s.CheckContext(context.Background(), nil) }

// CheckContext is [Store.Check], and tells how far it has come. The error wraps that of
// ctx where it ends first.
func (s *Store) CheckContext(ctx context.Context, progress Progress) (Report, error) {
	var report Report
	err := s.guard(func() (err error) {
		report, err = s.check(long{ctx, progress})
		return err
	})
	if err != nil {
		return Report{}, fmt.Errorf("checking %s: %w", s.path, err)
	}
	return report, nil
}

func (s *Store) check(work long) (Report, error) {
	// A transaction for writing keeps others from changing pages under the raw walk.
	tx, err := s.db.Begin(!s.db.IsReadOnly())
	if err != nil {
		return Report{}, err
	}
	defer tx.Rollback()
	c := &checker{tx: &transaction{Tx: tx}, rubrics: map[string]*rubric.Rubric{}, links: map[ulid.ULID][]link{}, indexed: map[string]tally{}, seed: maphash.MakeSeed(), unruled: map[string]int{}, work: work}
	c.Path, c.ID, c.Schema = s.path, s.meta.ID, s.meta.Schema
	if err := c.rights(s.file); err != nil {
		return Report{}, err
	}
	if c.pages(s.file) {
		if err := c.plant(s); err != nil {
			return Report{}, err
		}
		for _, part := range []func(){c.records, c.decisions, c.purged, c.indexes, c.chains} {
			part()
			if err := work.ctx.Err(); err != nil {
				return Report{}, err
			}
		}
	} else {
		c.Unread = true
	}
	problemsFirst(c.Findings)
	return c.Report, work.ctx.Err()
}

func problemsFirst(findings []Finding) {
	rank := map[Severity]int{Problem: 0, Note: 1}
	slices.SortStableFunc(findings, func(a, b Finding) int { return cmp.Compare(rank[a.Severity], rank[b.Severity]) })
}

type checker struct {
	Report
	tx      *transaction
	rubrics map[string]*rubric.Rubric // the sound ones, by hash
	people  map[string]bool
	session map[string]bool
	links   map[ulid.ULID][]link // the decisions that were read, by origin
	indexed map[string]tally     // the entries that should lead to what was read, by index
	seed    maphash.Seed
	unruled map[string]int // how many were made under a rubric that is not here, by its hash

	through, beside map[string]*paged // the buckets: to go through, and to look something up meanwhile

	work          long
	entries, done int // of all buckets
}

// plant makes the trees that the buckets are read by.
func (c *checker) plant(s *Store) error {
	c.through, c.beside = map[string]*paged{}, map[string]*paged{}
	for _, to := range []map[string]*paged{c.through, c.beside} {
		trees, err := s.trees(c.tx, buckets()...)
		if err != nil {
			return err
		}
		for i, name := range buckets() {
			to[name] = trees[i]
		}
	}
	return nil
}

// each goes through a bucket, for as long as the work is not to end.
func (c *checker) each(bucket string, visit func(key, value []byte) (more bool)) {
	err := c.through[bucket].from(nil, func(key, value []byte) (bool, error) { return visit(key, value), nil })
	if err != nil {
		c.problem(bucket, doRestore, "%v", err)
	}
}

// next says that one more entry is checked, and whether to go on.
func (c *checker) next() bool {
	c.done++
	return c.work.told(StepRecords, c.done, max(c.done, c.entries)) == nil
}

func (c *checker) problem(where, do, format string, args ...any) {
	c.Findings = append(c.Findings, Finding{Severity: Problem, What: fmt.Sprintf(format, args...), Where: where, Do: do})
}

func (c *checker) note(where, do, format string, args ...any) {
	c.Findings = append(c.Findings, Finding{Severity: Note, What: fmt.Sprintf(format, args...), Where: where, Do: do})
}

// rights checks who else may read the file.
func (c *checker) rights(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode&0o077 != 0 {
		c.note(c.Path, "take the rights away (chmod 600)", "other users may open the file (mode %#o)", mode)
	}
	return nil
}

// pages checks the file below the records and reports whether those can be read.
func (c *checker) pages(f *os.File) (sound bool) {
	p, err := proveFile(f, c.work)
	if err != nil {
		c.problem("pages", doRestore, "%v", err)
		return false
	}
	c.entries = p.entries
	if p.torn {
		c.problem("file header", doCompare, "one of its two copies is damaged; if it was the newer one, the last change is lost")
		return true // the list of free pages belongs to the other one
	}
	for start := 0; start < len(p.lost); {
		end := start + 1
		for end < len(p.lost) && p.lost[end] == p.lost[end-1]+1 {
			end++
		}
		c.problem("pages", doRestore, "%s: in use by nothing, and not free", pageNumbers(p.lost[start], p.lost[end-1]))
		start = end
	}
	return len(p.lost) == 0
}

// records checks everything but decisions.
func (c *checker) records() {
	c.People, c.people = checkBucket(c, bucketPeople, kindPerson, func(p calibration.Person) error {
		return errors.Join(p.Validate(), c.gone(p.ID, p.Version))
	})
	under := map[string]string{} // rubrics of single people → a session that needs them
	c.Sessions, c.session = checkBucket(c, bucketSessions, kindSession, func(s calibration.Session) error {
		for _, p := range s.Rubrics {
			under[p.Rubric] = s.ID
		}
		return validSession(s)
	})
	c.Events, _ = checkBucket(c, bucketEvents, kindEvent, func(e calibration.Event) error {
		if !c.session[e.Session] {
			c.note(bucketEvents+"/"+e.ID, "merge a packet that has the session", "its session %s is not here", e.Session)
		}
		return errors.Join(validEvent(e), c.goneEvent(e))
	})
	c.Walks, _ = checkBucket(c, bucketWalks, kindWalk, func(calibration.Walk) error { return nil })
	c.frames(bucketRubrics, kindRubric, func(key, payload []byte) error {
		c.Rubrics++
		r, err := readRubric(c.tx, string(key))
		if err == nil {
			c.rubrics[r.Hash()] = r
		}
		return err
	})
	for _, hash := range slices.Sorted(maps.Keys(under)) {
		if c.rubrics[hash] == nil {
			c.problem(bucketRubrics+"/"+hash, "merge a packet that has the session", "no sound copy of it is here, and the session %s places people under it", under[hash])
		}
	}
}

// checkBucket checks the records of one kind: that each can be read, is valid and has
// the key that it says. It returns their number and the keys of the sound ones.
func checkBucket[T any](c *checker, bucket string, k kind, validate func(T) error) (n int, sound map[string]bool) {
	sound = map[string]bool{}
	c.frames(bucket, k, func(key, payload []byte) error {
		n++
		var v T
		err := decodeRecord(bucket, key, payload, &v)
		if err == nil {
			err = validate(v)
		}
		sound[string(key)] = err == nil
		return err
	})
	return n, sound
}

// frames proves the frame of every record of a bucket and hands its payload to check.
func (c *checker) frames(bucket string, k kind, check func(key, payload []byte) error) {
	c.each(bucket, func(key, value []byte) bool {
		if !c.next() {
			return false
		}
		payload, err := decodeFrame(bucket, key, value, k)
		if err == nil {
			err = check(key, payload)
		}
		if err != nil {
			c.problem(bucket+"/"+showKey(key), doCompare, "%v", err)
		}
		return true
	})
}

// decisions checks every decision for itself, and notes which entries should lead to it.
func (c *checker) decisions() {
	made := map[ulid.ULID]int{} // by origin: how much there is to be noted
	c.each(bucketByOrigin, func(key, _ []byte) bool {
		if origin, _, _, ok := splitOriginKey(key); ok {
			made[origin]++
		}
		return true
	})
	for origin, n := range made {
		c.links[origin] = make([]link, 0, n)
	}
	unlisted := map[string]int{}
	c.frames(bucketDecisions, kindDecision, func(key, payload []byte) error {
		c.Decisions++
		d, err := parseDecision(payload)
		if err != nil {
			return err
		}
		if !bytes.Equal(d.id[:], key) {
			return fmt.Errorf("it says that its id is %s", d.ID)
		}
		c.links[d.origin] = append(c.links[d.origin], d.link())
		if !c.people[d.Person] {
			unlisted[d.Person]++
		}
		return c.decision(d)
	})
	for _, hash := range slices.Sorted(maps.Keys(c.unruled)) {
		c.problem(bucketRubrics+"/"+hash, doCompare, "no sound copy of it is here, and %s under it", madeUnder(c.unruled[hash]))
	}
	for _, person := range slices.Sorted(maps.Keys(unlisted)) {
		c.note(bucketPeople, "add the person, or merge a packet that has them",
			"%s about %q, whom the list of people does not have", count(unlisted[person], "decision"), person)
	}
}

func (c *checker) decision(d parsedDecision) error {
	where := bucketDecisions + "/" + d.ID
	for _, e := range indexKeys(d.Decision, d.origin, d.id) {
		c.indexed[e.bucket] = c.indexed[e.bucket].with(c.seed, e.key)
	}
	if d.Session != "" && !c.session[d.Session] {
		c.note(where, "merge a packet that has the session", "its session %s is not here", d.Session)
	}
	if err := c.checkSuperseded(where, d.Decision); err != nil {
		return err
	}
	r, ok := c.rubrics[d.Rubric]
	if !ok {
		c.unruled[d.Rubric]++
		return nil
	}
	return errors.Join(d.Validate(r), c.gone(d.Person, d.ID))
}

func madeUnder(decisions int) string {
	if decisions == 1 {
		return "1 decision was made"
	}
	return fmt.Sprintf("%d decisions were made", decisions)
}

func (c *checker) checkSuperseded(where string, d calibration.Decision) error {
	if d.Supersedes == "" {
		return nil
	}
	id, err := parseID(d.Supersedes)
	if err != nil {
		return err
	}
	var corrected calibration.Decision
	found, err := recordIn(c.beside[bucketDecisions], bucketDecisions, id[:], kindDecision, &corrected)
	tomb, unread := c.beside[bucketPurged].get(id[:])
	switch {
	case err != nil, unread != nil, tomb != nil: // told for itself
	case !found:
		c.note(where, doMerge, "the decision %s that it supersedes is not here", d.Supersedes)
	case corrected.Person != d.Person || corrected.Dimension != d.Dimension:
		return fmt.Errorf("it supersedes %s, which is about another person or dimension", d.Supersedes)
	}
	return nil
}

// tally is a number of keys and the sum of their hashes. Of two sets of keys it is the
// same only if they are the same: that they are not and yet their sums are is as likely as
// guessing one of 2⁶⁴ numbers, and the hash is another one each time.
type tally struct {
	keys int
	sum  uint64
}

func (t tally) with(seed maphash.Seed, key []byte) tally {
	return tally{t.keys + 1, t.sum + maphash.Bytes(seed, key)}
}

// indexes checks that every index leads to what was read, and to nothing else. That
// a decision which cannot be read has its entries is taken as it comes, and its place
// in the chain from them.
func (c *checker) indexes() {
	for _, bucket := range indexes() {
		var there tally
		c.each(bucket, func(key, _ []byte) bool {
			there = there.with(c.seed, key)
			return c.next()
		})
		if there != c.indexed[bucket] && c.work.ctx.Err() == nil {
			c.index(bucket, there.keys)
		}
	}
}

// index looks at each entry of an index that does not have those that it should have.
func (c *checker) index(bucket string, entries int) {
	found := 0
	leads := func(where string, key []byte) {
		if value, err := c.beside[bucket].has(key); err == nil && !value {
			c.problem(where, doRestore, "the index %s does not lead to it", bucket)
			return
		}
		found++
	}
	c.each(bucketDecisions, func(key, value []byte) bool {
		payload, err := decodeFrame(bucketDecisions, key, value, kindDecision)
		if err != nil {
			return true
		}
		if d, err := parseDecision(payload); err == nil && bytes.Equal(d.id[:], key) {
			leads(bucketDecisions+"/"+d.ID, indexKeyIn(bucket, d.Decision, d.origin, d.id))
		}
		return c.work.ctx.Err() == nil
	})
	if bucket == bucketByOrigin {
		c.each(bucketPurged, func(key, value []byte) bool {
			if t, origin, ok := tombOfDecision(key, value); ok {
				leads(bucketPurged+"/"+t.ID, originKey(origin, t.Seq, ulid.ULID(key)))
			}
			return c.work.ctx.Err() == nil
		})
	}
	if found == entries {
		return // those of what was read, and no others
	}
	c.each(bucket, func(key, _ []byte) bool {
		c.entry(bucket, key)
		return c.work.ctx.Err() == nil
	})
}

func (c *checker) entry(bucket string, key []byte) {
	where := bucket + "/" + showKey(key)
	_, id, ok := splitIndexKey(key)
	var origin ulid.ULID
	var seq uint64
	if bucket == bucketByOrigin {
		origin, seq, id, ok = splitOriginKey(key)
	}
	if !ok {
		c.problem(where, doRestore, "it is no key of this index")
		return
	}
	d, payload, err := getDecision(c.tx, id)
	switch {
	case err != nil:
		if bucket == bucketByOrigin {
			c.links[origin] = append(c.links[origin], link{seq: seq, id: id, unreadable: true})
		}
	case payload == nil && bucket == bucketByOrigin && c.tx.Bucket([]byte(bucketPurged)).Get(id[:]) != nil:
		if t, _, err := tombAt(c.tx, id); err != nil || t.Origin != origin.String() || t.Seq != seq {
			c.links[origin] = append(c.links[origin], link{seq: seq, id: id, unreadable: true})
		}
	case payload == nil:
		c.problem(where, doCompare, "it leads to decision %s, which is not there", id)
	default:
		own, err := parseID(d.Origin)
		if err == nil && !bytes.Equal(indexKeyIn(bucket, d, own, id), key) {
			c.problem(where, doRestore, "it leads to decision %s, which does not belong there", id)
		}
	}
}

// pageNumbers names pages.
func pageNumbers(from, to uint64) string {
	if from == to {
		return fmt.Sprintf("page %d", from)
	}
	return fmt.Sprintf("pages %d to %d", from, to)
}

func (c *checker) chains() {
	c.frames(bucketChains, kindChain, func(key, payload []byte) error {
		var record chain
		if err := decodeRecord(bucketChains, key, payload, &record); err != nil {
			return err
		}
		origin := ulid.ULID(key)
		c.Origins++
		c.Findings = append(c.Findings, record.verify(c.links[origin])...)
		delete(c.links, origin)
		return nil
	})
	for _, origin := range slices.SortedFunc(maps.Keys(c.links), ulid.ULID.Compare) {
		c.Origins++
		record := chain{Origin: origin.String()}
		c.Findings = append(c.Findings, record.verify(c.links[origin])...)
	}
}
