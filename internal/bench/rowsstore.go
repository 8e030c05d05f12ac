//go:build linux

package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"time"

	"go.etcd.io/bbolt"

	"calibrate/calibration"
	"calibrate/rubric"
	"calibrate/store"
)

// saveRow places decisions one by one, and puts as many bytes with nothing but bbolt.
func saveRow(b *bench) (r result, err error) {
	of, err := rubric.Parse("rubric.yaml", b.files.rubric)
	if err != nil {
		return r, err
	}
	ours, err := b.files.scratch("save.db")
	if err != nil {
		return r, err
	}
	bare, err := b.files.scratch("save-bare.db")
	if err != nil {
		return r, err
	}
	s, err := store.Open(ours, store.Options{Now: time.Now, Entropy: rand.Reader})
	if err != nil {
		return r, err
	}
	defer s.Close()
	db, err := bbolt.Open(bare, 0o600, &bbolt.Options{Timeout: time.Second})
	if err != nil {
		return r, err
	}
	defer db.Close()
	random := mathrand.New(mathrand.NewPCG(1, 1))
	d := about(random, of, person(0), calibration.Session{Panel: []calibration.Panellist{{Reviewer: "somebody"}}})[0]
	var record []byte // as it was kept
	place := func() (time.Duration, error) {
		began := time.Now()
		kept, err := s.Place(d, of)
		took := time.Since(began)
		if err != nil {
			return 0, err
		}
		record, err = json.Marshal(kept)
		return took, err
	}
	key := 0
	put := func() (time.Duration, error) {
		key++
		began := time.Now()
		err := db.Update(func(tx *bbolt.Tx) error {
			bucket, err := tx.CreateBucketIfNotExists(decisions)
			if err != nil {
				return err
			}
			return bucket.Put(fmt.Appendf(nil, "%016d", key), record)
		})
		return time.Since(began), err
	}
	samples, err := interleave(b.rounds(200), place, put)
	if err != nil {
		return r, err
	}
	r.checks = []check{atMost("", samples[0].over(samples[1]), 1.5)}
	r.note = fmt.Sprintf("%s; bare %s", showTime(samples[0].median()), showTime(samples[1].median()))
	return r, nil
}

// packetSize is how many decisions a packet holds here: the most that one may hold are
// somewhat more.
const packetSize = 50 * sessionSize

// packets are the packets that a file is exported as.
func (b *bench) packets(n int) (all []string, err error) {
	file, err := b.files.company(n, -1)
	if err != nil {
		return nil, err
	}
	for first := 0; first < n; first += packetSize {
		path, err := b.files.made(fmt.Sprintf("packet-%s-%d-%d.calib", version, n, first), func(path string) error {
			args := []string{"export", "--to", path, "--force"}
			if n > packetSize {
				for s := first / sessionSize; s < min(first+packetSize, n)/sessionSize; s++ {
					args = append(args, "--session", sessionName(s))
				}
			}
			b.say("exporting %d decisions", min(packetSize, n))
			_, err := b.runs(b.calibrateOn(file, args...)...)()
			return err
		})
		if err != nil {
			return nil, err
		}
		all = append(all, path)
	}
	return all, nil
}

// importing takes packets into a new file, one after the other.
func (b *bench) importing(packets []string) (total outcome, err error) {
	to, err := b.files.scratch("import.db")
	if err != nil {
		return total, err
	}
	for _, packet := range packets {
		one, err := b.measured(b.calibrateOn(to, "import", "--yes", packet)...)
		if err != nil {
			return total, err
		}
		total.Took += one.Took
		total.Peak = max(total.Peak, one.Peak)
	}
	_, err = b.files.scratch("import.db")
	return total, err
}

func importRow(b *bench) (r result, err error) {
	n := min(100_000, b.most)
	packets, err := b.packets(n)
	if err != nil {
		return r, err
	}
	from, err := b.files.company(n, -1)
	if err != nil {
		return r, err
	}
	samples, err := interleave(b.rounds(3),
		func() (time.Duration, error) {
			o, err := b.importing(packets)
			return o.Took, err
		},
		func() (time.Duration, error) {
			to, err := b.files.scratch("put.db")
			if err != nil {
				return 0, err
			}
			o, err := spawn(order{Put: &putting{From: from, To: to}})
			return o.Took, err
		})
	if err != nil {
		return r, err
	}
	ours, bare := samples[0], samples[1]
	r.checks = []check{atMost("", ours.over(bare), 2.5)}
	r.note = fmt.Sprintf("%s, from the packet to the end of the command; bare %s", showTime(ours.median()), showTime(bare.median()))
	return r, nil
}

func sizeRow(b *bench) (r result, err error) {
	file, err := b.files.company(b.most, -1)
	if err != nil {
		return r, err
	}
	info, err := os.Stat(file)
	if err != nil {
		return r, err
	}
	records, err := spawn(order{Sum: file})
	if err != nil {
		return r, err
	}
	r.checks = []check{atMost("", float64(info.Size())/float64(records.Bytes), 1.8)}
	r.note = fmt.Sprintf("%s; records %s", showBytes(info.Size()), showBytes(records.Bytes))
	return r, nil
}

// largeAndSmall are the largest file and one of a thousand decisions.
func (b *bench) largeAndSmall() (large, small string, err error) {
	if large, err = b.files.company(b.most, -1); err == nil {
		small, err = b.files.company(1000, -1)
	}
	return large, small, err
}

func openRow(b *bench) (r result, err error) {
	large, small, err := b.largeAndSmall()
	if err != nil {
		return r, err
	}
	samples, err := interleave(b.rounds(25),
		b.starting(false, b.calibrateOn(large), peopleShows...), b.starting(false, b.calibrateOn(small), peopleShows...))
	if err != nil {
		return r, err
	}
	r.checks = []check{atMost("", samples[0].over(samples[1]), 1.2)}
	r.note = fmt.Sprintf("%s; small %s", showTime(samples[0].median()), showTime(samples[1].median()))
	return r, nil
}

// oneSession is a session in the middle of the largest file.
func (b *bench) oneSession() int { return b.most / sessionSize / 2 }

func compareSessionRow(b *bench) (r result, err error) {
	large, err := b.files.company(b.most, -1)
	if err != nil {
		return r, err
	}
	only, err := b.files.company(b.most, b.oneSession())
	if err != nil {
		return r, err
	}
	args := []string{"compare", "spread", "--session", sessionName(b.oneSession())}
	samples, err := interleave(b.rounds(15), b.runs(b.calibrateOn(large, args...)...), b.runs(b.calibrateOn(only, args...)...))
	if err != nil {
		return r, err
	}
	r.checks = []check{atMost("", samples[0].over(samples[1]), 1.2)}
	r.note = fmt.Sprintf("%s; alone %s", showTime(samples[0].median()), showTime(samples[1].median()))
	return r, nil
}

func compareAllRow(b *bench) (r result, err error) {
	file, err := b.files.company(b.most, -1)
	if err != nil {
		return r, err
	}
	samples, err := interleave(b.rounds(3), b.runs(b.calibrateOn(file, "compare", "distribution")...), func() (time.Duration, error) {
		o, err := spawn(order{Scan: file})
		return o.Took, err
	})
	if err != nil {
		return r, err
	}
	r.checks = []check{atMost("", samples[0].over(samples[1]), 6)}
	r.note = fmt.Sprintf("%s; scan %s", showTime(samples[0].median()), showTime(samples[1].median()))
	return r, nil
}

// most memory that may be had, whatever the file.
const mostMemory = 80_000_000

func memoryRow(b *bench) (r result, err error) {
	large, small, err := b.largeAndSmall()
	if err != nil {
		return r, err
	}
	var people, compare [2]int64
	for i, file := range []string{large, small} {
		if people[i], err = b.peopleMemory(file); err != nil {
			return r, err
		}
		session := sessionName(0)
		if file == large {
			session = sessionName(b.oneSession())
		}
		o, err := b.measured(b.calibrateOn(file, "compare", "spread", "--session", session)...)
		if err != nil {
			return r, err
		}
		compare[i] = o.Peak
	}
	for _, m := range []struct {
		of string
		at [2]int64
	}{{"People", people}, {"Compare", compare}} {
		r.checks = append(r.checks, atMost(m.of, float64(m.at[0])/float64(m.at[1]), 1.5), check{showBytes(m.at[0]), m.at[0] <= mostMemory})
	}
	r.note = fmt.Sprintf("small %s and %s", showBytes(people[1]), showBytes(compare[1]))
	return r, nil
}

// peopleMemory is the most memory that the app has had when People is there.
func (b *bench) peopleMemory(file string) (int64, error) {
	s, err := b.standing(120, 40, b.calibrateOn(file), peopleShows...)
	if err != nil {
		return 0, err
	}
	defer s.close()
	return s.peak()
}
