package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"calibrate/calibration"
	"calibrate/store"
)

// victim is the program with a data file of its own.
type victim struct {
	binary, folder, file string

	people  []string
	placed  []string // ids of the decisions that it said are saved
	tried   int      // decisions that it was asked to save
	backups []string // that it said are written

	packets   []packet    // to take in
	opened    string      // id of the session that it said is open; empty: none
	finalised []string    // ids of those that it said are finalised
	gone      []forgotten // people who it said are purged
}

const patience = 60 * time.Second // longer than any command takes, even on a busy machine

func newVictim(binary, folder string) (*victim, error) {
	dir, err := os.MkdirTemp(folder, "victim-")
	if err != nil {
		return nil, err
	}
	v := &victim{binary: binary, folder: dir, file: filepath.Join(dir, "calibrate.db")}
	for i := range 10 {
		id := fmt.Sprint("p", i)
		if r := v.command("people", "add", "--name", "Ada "+id, "--id", id).run(0); r.status != 0 {
			return nil, fmt.Errorf("people add: %s", r)
		}
		v.people = append(v.people, id)
	}
	return v, nil
}

// call is one command that is to be run.
type call struct {
	v    *victim
	args []string
}

func (v *victim) command(args ...string) call { return call{v, append(args, "--db", v.file)} }

// result is how a command ended.
type result struct {
	stdout, stderr string
	status         int // -1: killed
	took           time.Duration
	late           bool // it did not end in time
}

func (r result) String() string {
	return fmt.Sprintf("status %d after %v: %s%s", r.status, r.took, r.stdout, r.stderr)
}

// run runs a command and kills it after a time, unless that is 0.
func (c call) run(kill time.Duration) (r result) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.v.binary, c.args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	cmd.Env = []string{"HOME=" + c.v.folder, "USER=grace", "LOGNAME=grace", "PATH=" + os.Getenv("PATH")}
	began := time.Now()
	err := cmd.Start()
	if err == nil && kill > 0 {
		defer time.AfterFunc(kill, func() { cmd.Process.Kill() }).Stop()
	}
	if err == nil {
		err = cmd.Wait()
	}
	r = result{stdout: out.String(), stderr: errs.String(), took: time.Since(began), late: ctx.Err() != nil}
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		r.status = exit.ExitCode()
	} else if err != nil {
		r.status, r.stderr = -2, err.Error()
	}
	return r
}

func (v *victim) place() call {
	v.tried++
	return v.command("place", "--person", v.people[rand.N(len(v.people))], "--dimension", "individual",
		"--at", "3-mid", "--rationale", strings.Repeat(fmt.Sprintf("attempt %d. ", v.tried), 1+rand.N(200)))
}

// check opens the file and proves it and that all that was said to be saved is there.
func (v *victim) check() error {
	s, err := store.Open(v.file, store.Options{Now: time.Now})
	if err != nil {
		return err
	}
	defer s.Close()
	report, err := s.Check()
	if err != nil {
		return err
	}
	if report.Problems() > 0 {
		return fmt.Errorf("doctor finds problems:\n%s", report)
	}
	there := map[string]bool{}
	if err := s.Decisions(func(d calibration.Decision) error {
		there[d.ID] = true
		return nil
	}); err != nil {
		return err
	}
	for _, id := range v.placed {
		if !there[id] {
			return fmt.Errorf("the decision %s was said to be saved, and is not there", id)
		}
	}
	if err := v.checkWhole(s, there); err != nil {
		return err
	}
	if most := v.tried + 3*len(v.packets); len(there) > most {
		return fmt.Errorf("%d decisions are there of %d that were tried", len(there), most)
	}
	people, err := s.People()
	if err != nil {
		return err
	}
	for _, id := range v.people {
		if !slices.ContainsFunc(people, func(p calibration.Person) bool { return p.ID == id }) {
			return fmt.Errorf("the person %s was said to be saved, and is not there", id)
		}
	}
	return nil
}

// checkBackup proves a file that was said to be a backup.
func checkBackup(path string) error {
	s, err := store.Open(path, store.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer s.Close()
	report, err := s.Check()
	if err == nil && report.Problems() > 0 {
		err = fmt.Errorf("the backup has problems:\n%s", report)
	}
	return err
}
