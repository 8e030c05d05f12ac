package store

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/oklog/ulid/v2"

	"calibrate/calibration"
	"calibrate/rubric"
)

// checked is a file with something in every bucket, to be spoiled and checked.
type checked struct {
	*Store
	rubric        *rubric.Rubric
	session       calibration.Session
	first, second calibration.Decision // about ada; the second supersedes the first
}

func newChecked(t testing.TB) checked {
	t.Helper()
	s, r := newStore(t), testRubric(t, "well")
	must[[]calibration.Person](t)(s.PutPeople(calibration.Person{ID: "ada", Name: "Ada"}))
	session := must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Spring", Rubric: r.Hash()}))
	if err := s.SaveWalk(calibration.NewWalk(r, "ada", "grace", ""), r); err != nil {
		t.Fatal(err)
	}
	d := decision("ada", "grace")
	d.Session = session.ID
	return checked{Store: s, rubric: r, session: session, first: mustPlace(t, s, d, r), second: mustPlace(t, s, d, r)}
}

// spoil flips a bit of a record's content.
func spoil(tx *transaction, bucket string, key []byte) error {
	b := tx.Bucket([]byte(bucket))
	value := bytes.Clone(b.Get(key))
	if value == nil {
		return errors.New("there is no such record to spoil")
	}
	value[frameHeader+3] ^= 1
	return b.Put(key, value)
}

// move puts a record under another key.
func move(tx *transaction, bucket string, from, to []byte) error {
	b := tx.Bucket([]byte(bucket))
	value := bytes.Clone(b.Get(from))
	if value == nil {
		return errors.New("there is no such record to move")
	}
	return errors.Join(b.Delete(from), b.Put(to, value))
}

// reword changes a decision's content as someone would who knows the frame but not the
// chain.
func reword(tx *transaction, d calibration.Decision, change func(*calibration.Decision)) error {
	key := idKey(d.ID)
	change(&d)
	return putRecord(tx, bucketDecisions, key, kindDecision, d)
}

// takeOut removes a decision and everything that leads to it.
func takeOut(tx *transaction, d calibration.Decision) error {
	id, origin := ulid.MustParse(d.ID), ulid.MustParse(d.Origin)
	err := tx.Bucket([]byte(bucketDecisions)).Delete(id[:])
	for _, e := range indexKeys(d, origin, id) {
		bucket, key := e.bucket, e.key
		err = errors.Join(err, tx.Bucket([]byte(bucket)).Delete(key))
	}
	return err
}

func TestCheckFinds(t *testing.T) {
	other := ulid.MustParse("01J00000000000000000000000")
	tests := []struct {
		name  string
		spoil func(checked, *transaction) error
		says  string
		need  Severity
	}{
		{"a damaged decision", func(f checked, tx *transaction) error { return spoil(tx, bucketDecisions, idKey(f.first.ID)) }, "checksum", Problem},
		{"a damaged person", func(_ checked, tx *transaction) error { return spoil(tx, bucketPeople, []byte("ada")) }, "checksum", Problem},
		{"a damaged session", func(f checked, tx *transaction) error { return spoil(tx, bucketSessions, []byte(f.session.ID)) }, "checksum", Problem},
		{"a damaged rubric", func(f checked, tx *transaction) error { return spoil(tx, bucketRubrics, []byte(f.rubric.Hash())) }, "no sound copy of it is here, and 2 decisions were made under it", Problem},
		{"a damaged walk", func(_ checked, tx *transaction) error { return spoil(tx, bucketWalks, walkKey("grace", "ada", "")) }, "checksum", Problem},
		{"a damaged chain", func(f checked, tx *transaction) error { return spoil(tx, bucketChains, f.origin[:]) }, "checksum", Problem},

		{"a decision under another key", func(f checked, tx *transaction) error {
			return move(tx, bucketDecisions, idKey(f.first.ID), other[:])
		}, "it says that its id is", Problem},
		{"a person under another key", func(_ checked, tx *transaction) error {
			return move(tx, bucketPeople, []byte("ada"), []byte("adb"))
		}, "it says that its key is ada", Problem},
		{"a session under another key", func(f checked, tx *transaction) error {
			return move(tx, bucketSessions, []byte(f.session.ID), []byte("spring"))
		}, "it says that its key is", Problem},
		{"a rubric under another key", func(f checked, tx *transaction) error {
			return move(tx, bucketRubrics, []byte(f.rubric.Hash()), []byte("sha256:00"))
		}, "its content has the hash", Problem},
		{"a walk under another key", func(_ checked, tx *transaction) error {
			return move(tx, bucketWalks, walkKey("grace", "ada", ""), walkKey("grace", "adb", ""))
		}, "it says that its key is", Problem},
		{"a chain under another key", func(f checked, tx *transaction) error {
			return move(tx, bucketChains, f.origin[:], other[:])
		}, "it says that its key is", Problem},

		{"a decision that an index misses", func(f checked, tx *transaction) error {
			return tx.Bucket([]byte(bucketByReviewer)).Delete(indexKey("grace", ulid.MustParse(f.first.ID)))
		}, "the index by_reviewer does not lead to it", Problem},
		{"an index that leads nowhere", func(_ checked, tx *transaction) error {
			return tx.Bucket([]byte(bucketByPerson)).Put(indexKey("ada", other), nil)
		}, "which is not there", Problem},
		{"an index that leads to somebody else", func(f checked, tx *transaction) error {
			return tx.Bucket([]byte(bucketByPerson)).Put(indexKey("adb", ulid.MustParse(f.first.ID)), nil)
		}, "does not belong there", Problem},
		{"an index with something else in it", func(_ checked, tx *transaction) error {
			return tx.Bucket([]byte(bucketBySession)).Put([]byte("spring"), nil)
		}, "no key of this index", Problem},
		{"a chain index with something else in it", func(_ checked, tx *transaction) error {
			return tx.Bucket([]byte(bucketByOrigin)).Put([]byte("spring"), nil)
		}, "no key of this index", Problem},
		{"a number that no decision has", func(f checked, tx *transaction) error { // the check never ended
			id := ulid.MustParse(f.first.ID)
			index := tx.Bucket([]byte(bucketByOrigin))
			return errors.Join(spoil(tx, bucketDecisions, id[:]), index.Delete(originKey(f.origin, 1, id)), index.Put(originKey(f.origin, 0, id), nil))
		}, "no key of this index", Problem},
		{"a chain with a gap that never ends", func(f checked, tx *transaction) error { // nor did it here
			return putRecord(tx, bucketChains, f.origin[:], kindChain, chain{
				Origin: f.ID(), Tips: []tip{{Seq: 1 << 60, Hash: "00"}}, Gaps: [][2]uint64{{3, 1<<64 - 1}},
			})
		}, "numbers are not in order", Problem},

		{"a person without a name", func(_ checked, tx *transaction) error {
			return putRecord(tx, bucketPeople, []byte("adb"), kindPerson, calibration.Person{ID: "adb"})
		}, "needs a name", Problem},
		{"a session without a state", func(_ checked, tx *transaction) error {
			return putRecord(tx, bucketSessions, []byte("s"), kindSession, calibration.Session{ID: "s", Name: "S"})
		}, "state", Problem},
		{"a decision that its rubric forbids", func(f checked, tx *transaction) error {
			return reword(tx, f.second, func(d *calibration.Decision) { d.Position = "9-top" })
		}, "9-top", Problem},
		{"a decision that corrects one about somebody else", func(f checked, tx *transaction) error {
			return reword(tx, f.first, func(d *calibration.Decision) { d.Dimension, d.Evidence, d.Dampeners = "Business Impact", nil, nil })
		}, "about another person or dimension", Problem},

		{"a person who is not listed", func(_ checked, tx *transaction) error {
			return tx.Bucket([]byte(bucketPeople)).Delete([]byte("ada"))
		}, `2 decisions about "ada", whom the list of people does not have`, Note},
		{"a session that is not here", func(f checked, tx *transaction) error {
			return tx.Bucket([]byte(bucketSessions)).Delete([]byte(f.session.ID))
		}, "is not here", Note},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := newChecked(t)
			wantClean(t, f.Store)
			edit(t, f.Store, func(tx *transaction) error { return test.spoil(f, tx) })
			before := readFile(t, f.Path())
			report := must[Report](t)(f.Check())
			if !bytes.Equal(before, readFile(t, f.Path())) {
				t.Error("the check changed the file")
			}
			found := false
			for i, finding := range report.Findings {
				found = found || finding.Severity == test.need && strings.Contains(finding.String(), test.says)
				if i > 0 && finding.Severity == Problem && report.Findings[i-1].Severity == Note {
					t.Error("a problem stands after a note")
				}
				if finding.Where == "" || finding.Do == "" {
					t.Errorf("it does not say where it is or what to do: %s", finding)
				}
			}
			if !found || (report.Problems() == 0) != (test.need == Note) {
				t.Errorf("want a %s that says %q:\n%s", test.need, test.says, report)
			}
		})
	}
}

// A key is covered by no checksum. What it leads to must say itself that it belongs
// there.
func TestRecordUnderAnotherKeyIsNotRead(t *testing.T) {
	f := newChecked(t)
	edit(t, f.Store, func(tx *transaction) error {
		return errors.Join(
			tx.Bucket([]byte(bucketByPerson)).Put(indexKey("adb", ulid.MustParse(f.first.ID)), nil),
			move(tx, bucketDecisions, idKey(f.second.ID), idKey("01J00000000000000000000000")),
			move(tx, bucketPeople, []byte("ada"), []byte("adb")),
			move(tx, bucketSessions, []byte(f.session.ID), []byte("spring")),
			move(tx, bucketWalks, walkKey("grace", "ada", ""), walkKey("grace", "adb", "")),
			move(tx, bucketRubrics, []byte(f.rubric.Hash()), []byte("sha256:00")),
		)
	})
	for name, read := range map[string]func() error{
		"decisions about": func() error { _, err := f.DecisionsOf("adb"); return err },
		"decision":        func() error { _, err := f.Decision("01J00000000000000000000000"); return err },
		"people":          func() error { _, err := f.People(); return err },
		"sessions":        func() error { _, err := f.Sessions(); return err },
		"walk":            func() error { _, _, err := f.Walk("adb", "grace", ""); return err },
		"rubric":          func() error { _, err := f.Store.Rubric("sha256:00"); return err },
	} {
		t.Run(name, func(t *testing.T) { wantError[*RecordError](t, read()) })
	}
}

// Who reads or changes something that rests on a damaged record is told, and nothing
// is built upon it.
func TestDamagedRecordStopsWhatNeedsIt(t *testing.T) {
	placeIn := func(f checked) error {
		d := decision("ada", "grace")
		d.Session = f.session.ID
		_, err := f.Place(d, f.rubric)
		return err
	}
	person := []calibration.Person{{ID: "ada", Name: "Ada"}}
	tests := []struct {
		name   string
		bucket string
		key    func(checked) []byte
		does   map[string]func(checked) error
	}{
		{"decision", bucketDecisions, func(f checked) []byte { return idKey(f.second.ID) }, map[string]func(checked) error{
			"correct it":  placeIn,
			"read it":     func(f checked) error { _, err := f.Decision(f.second.ID); return err },
			"read all":    func(f checked) error { return f.Decisions(func(calibration.Decision) error { return nil }) },
			"read of ada": func(f checked) error { _, err := f.DecisionsOf("ada"); return err },
			"export":      func(f checked) error { _, err := f.Export(nil); return err },
			"supersede it": func(f checked) error {
				d := decision("ada", "alan")
				d.Supersedes = f.second.ID
				_, err := f.Place(d, f.rubric)
				return err
			},
		}},
		{"chain", bucketChains, func(f checked) []byte { return f.origin[:] }, map[string]func(checked) error{"place": placeIn}},
		{"session", bucketSessions, func(f checked) []byte { return []byte(f.session.ID) }, map[string]func(checked) error{
			"place":    placeIn,
			"change":   func(f checked) error { _, err := f.PutSession(f.session); return err },
			"read all": func(f checked) error { _, err := f.Sessions(); return err },
		}},
		{"person", bucketPeople, func(checked) []byte { return []byte("ada") }, map[string]func(checked) error{
			"change":   func(f checked) error { _, err := f.PutPeople(person...); return err },
			"read all": func(f checked) error { _, err := f.People(); return err },
		}},
		{"walk", bucketWalks, func(checked) []byte { return walkKey("grace", "ada", "") }, map[string]func(checked) error{
			"read":     func(f checked) error { _, _, err := f.Walk("ada", "grace", ""); return err },
			"read all": func(f checked) error { _, err := f.Walks(); return err },
		}},
		{"rubric", bucketRubrics, func(f checked) []byte { return []byte(f.rubric.Hash()) }, map[string]func(checked) error{
			"read": func(f checked) error { _, err := f.Store.Rubric(f.rubric.Hash()); return err },
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := newChecked(t)
			theirs := quickStore(t, t.TempDir(), 2)
			defer theirs.Close()
			must[Merged](t)(theirs.Merge(export(t, f.Store)))
			must[[]calibration.Person](t)(theirs.PutPeople(calibration.Person{ID: "ada", Name: "Ada L."}))
			must[calibration.Session](t)(theirs.PutSession(f.session))
			mustPlace(t, theirs, decision("ada", "alan"), f.rubric)

			edit(t, f.Store, func(tx *transaction) error { return spoil(tx, test.bucket, test.key(f)) })
			before := everything(t, f.Store)
			for name, do := range test.does {
				if err := do(f); err == nil {
					t.Errorf("%s: it worked", name)
				} else {
					wantError[*RecordError](t, err)
				}
			}
			if test.name == "decision" || test.name == "person" || test.name == "session" {
				_, err := f.Merge(export(t, theirs))
				wantError[*RecordError](t, err)
			}
			wantSame(t, before, everything(t, f.Store))
		})
	}
}

func TestReportForPeople(t *testing.T) {
	f := newChecked(t)
	text := wantClean(t, f.Store).String()
	contains(t, text, f.Path())
	contains(t, text, "2 decisions from 1 file, 1 person, 1 session, 0 events, 1 rubric, 1 unfinished walk\nno problem found\n")
	edit(t, f.Store, func(tx *transaction) error { return spoil(tx, bucketWalks, walkKey("grace", "ada", "")) })
	contains(t, must[Report](t)(f.Check()).String(), "1 problem found\n")
}
