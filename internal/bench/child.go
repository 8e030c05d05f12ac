//go:build linux

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"

	"go.etcd.io/bbolt"

	"calibrate/rubric"
	"calibrate/store"
)

// What takes much memory happens in processes of its own: a program that is started by a
// large one counts that one's memory as its own.
const childVariable = "CALIBRATE_BENCH_CHILD"

// order is what a child is to do; one field is set.
type order struct {
	Run         []string     `json:",omitempty"` // a command
	Environment []string     `json:",omitempty"` // of it
	Open        string       `json:",omitempty"` // see that a data file is of the present format
	Write       *companyFile `json:",omitempty"`
	Scan        string       `json:",omitempty"` // read a data file's decisions
	Sum         string       `json:",omitempty"` // add up a data file's records
	Put         *putting     `json:",omitempty"`
}

type companyFile struct {
	Path            string
	Decisions, Only int
	Listed          int
	Rubric          []byte
}

// putting puts the decisions of one file into an empty one, with nothing but bbolt.
type putting struct{ From, To string }

// outcome is what came of it.
type outcome struct {
	Took  time.Duration
	Peak  int64 // bytes of memory
	Bytes int64 // of records
}

// child runs in the process that spawn has started.
func child(text string) error {
	var o order
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return err
	}
	result, err := o.carryOut()
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}

func (o order) carryOut() (result outcome, err error) {
	began := time.Now()
	switch {
	case o.Run != nil:
		return o.runCommand()
	case o.Open != "":
		s, err := store.Open(o.Open, store.Options{ReadOnly: true})
		if err != nil {
			return result, err
		}
		return result, s.Close()
	case o.Write != nil:
		r, err := rubric.Parse("rubric.yaml", o.Write.Rubric)
		if err != nil {
			return result, err
		}
		err = company{decisions: o.Write.Decisions, only: o.Write.Only, listed: o.Write.Listed}.write(o.Write.Path, r)
		result.Took = time.Since(began)
		return result, err
	case o.Scan != "":
		return scan(o.Scan)
	case o.Sum != "":
		return sum(o.Sum)
	case o.Put != nil:
		return o.Put.carryOut()
	}
	return result, errors.New("there is nothing to do")
}

// spawn has a child do something.
func spawn(o order) (result outcome, err error) {
	self, err := os.Executable()
	if err != nil {
		return result, err
	}
	text, err := json.Marshal(o)
	if err != nil {
		return result, err
	}
	command := exec.Command(self)
	command.Env = append(os.Environ(), childVariable+"="+string(text))
	if o.Open == "" { // else the answer is what it is asked for
		command.Stderr = os.Stderr
	}
	out, err := command.Output()
	if err != nil {
		return result, err
	}
	return result, json.Unmarshal(out, &result)
}

func (o order) runCommand() (result outcome, err error) {
	command := exec.Command(o.Run[0], o.Run[1:]...)
	command.Env = o.Environment
	began := time.Now()
	said, err := command.CombinedOutput()
	result.Took = time.Since(began)
	if err != nil {
		return result, fmt.Errorf("%v: %w\n%s", o.Run, err, said[:min(len(said), 2000)])
	}
	if usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
		result.Peak = usage.Maxrss << 10
	}
	return result, nil
}

// readOnly opens a data file with nothing but bbolt.
func readOnly(path string, look func(*bbolt.Tx) error) error {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		return err
	}
	return errors.Join(db.View(look), db.Close())
}

var decisions = []byte("decisions")

// scan reads every byte of the decisions once.
func scan(path string) (result outcome, err error) {
	began := time.Now()
	var mixed byte
	err = readOnly(path, func(tx *bbolt.Tx) error {
		return tx.Bucket(decisions).ForEach(func(_, value []byte) error {
			for _, b := range value {
				mixed ^= b
			}
			result.Bytes += int64(len(value))
			return nil
		})
	})
	result.Took = time.Since(began)
	_ = mixed
	return result, err
}

// sum adds up the records of a file: what is in it but for keys, indexes and the
// database's own.
func sum(path string) (result outcome, err error) {
	err = readOnly(path, func(tx *bbolt.Tx) error {
		return tx.ForEach(func(_ []byte, b *bbolt.Bucket) error {
			return b.ForEach(func(_, value []byte) error {
				result.Bytes += int64(len(value))
				return nil
			})
		})
	})
	return result, err
}

// putsPerCommit is how many records bare bbolt writes at once.
const putsPerCommit = 5_000

// carryOut times the writing alone: what is written is read before.
func (p putting) carryOut() (result outcome, err error) {
	var keys, values [][]byte
	err = readOnly(p.From, func(tx *bbolt.Tx) error {
		return tx.Bucket(decisions).ForEach(func(key, value []byte) error {
			keys, values = append(keys, append([]byte{}, key...)), append(values, append([]byte{}, value...))
			result.Bytes += int64(len(value))
			return nil
		})
	})
	if err != nil {
		return result, err
	}
	began := time.Now()
	db, err := bbolt.Open(p.To, 0o600, &bbolt.Options{Timeout: time.Second})
	if err != nil {
		return result, err
	}
	for at := 0; at < len(keys) && err == nil; at += putsPerCommit {
		err = db.Update(func(tx *bbolt.Tx) error {
			bucket, err := tx.CreateBucketIfNotExists(decisions)
			for i := at; i < min(at+putsPerCommit, len(keys)) && err == nil; i++ {
				err = bucket.Put(keys[i], values[i])
			}
			return err
		})
	}
	err = errors.Join(err, db.Close())
	result.Took = time.Since(began)
	return result, err
}
