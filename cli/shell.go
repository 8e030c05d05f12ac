package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"calibrate/internal/clean"
	"calibrate/rubric"
	"calibrate/store"
)

// shell is what every command is given: the world and the flags that all share.
type shell struct {
	Env
	flags struct{ db, rubric, reviewer, format string }
	said  settings // what config.yaml says, once a command runs

	aside *warnings
	lent  *atomic.Bool                    // another program has the terminal
	told  func(what string, done, of int) // how far long work has come; nil: nobody is
}

// The formats of --format.
const (
	formatText = "text"
	formatJSON = "json"
	formatYAML = "yaml" // rubric show only
)

func (s *shell) json() bool { return s.flags.format == formatJSON }

// say writes a sentence for people to standard error. The arguments may be text
// from outside; whatever they hold, it stays one line.
func (s *shell) say(format string, args ...any) {
	fmt.Fprintln(s.Stderr, clean.Line(fmt.Sprintf(format, args...)))
}

// first returns the first of the values that is not empty.
func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// defaultDataFile is the data file where nothing else is said.
func (s *shell) defaultDataFile() string {
	return filepath.Join(s.DataHome, "calibrate", "calibrate.db")
}

func (s *shell) dataFile() string {
	return first(s.flags.db, s.Getenv("CALIBRATE_DB"), s.said["db"].value, s.defaultDataFile())
}

// open opens the data file for writing, and makes it if need be.
func (s *shell) open() (*store.Store, error) {
	st, err := store.Open(s.dataFile(), store.Options{Now: s.Now, Entropy: s.Entropy, Warn: s.warn})
	if err == nil {
		s.warnOfRights(st)
	}
	return st, err
}

// reading opens the data file for reading and closes it after fn. Where there is
// none it says so and does not call fn: nothing was made yet, which is no error.
func (s *shell) reading(fn func(*store.Store) error) error {
	err := s.existing(fn)
	if errors.Is(err, fs.ErrNotExist) {
		s.say("there is no data file at %s yet; the first person or decision makes it", s.dataFile())
		return nil
	}
	return err
}

// existing is reading for commands that have nothing to do without a file.
func (s *shell) existing(fn func(*store.Store) error) error {
	st, err := store.Open(s.dataFile(), store.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	s.warnOfRights(st)
	return errors.Join(fn(st), st.Close())
}

// writing opens the data file for writing, makes the daily backup if it is time for one,
// and closes the file after fn.
func (s *shell) writing(fn func(*store.Store) error) error {
	st, err := s.open()
	if err != nil {
		return err
	}
	undone := s.backUp(context.Background(), st)
	err = fn(st)
	if undone != nil && !errors.As(err, new(*store.DamagedError)) { // else it would be told twice
		s.warn(undone)
	}
	return errors.Join(err, st.Close())
}

// readRubricFile returns the bytes of a rubric or outline file, one more than a
// rubric may have at most, and the name that problems in it are reported under. “-”
// is standard input.
func (s *shell) readRubricFile(file string) (name string, data []byte, err error) {
	if file == "-" {
		data, err = readAtMost(s.Stdin, rubric.MaxFile+1)
		return "standard input", data, err
	}
	f, err := os.Open(file)
	if err != nil {
		return file, nil, fmt.Errorf("reading the rubric: %w", err)
	}
	defer f.Close()
	data, err = readAtMost(f, rubric.MaxFile+1)
	if err != nil {
		return file, nil, fmt.Errorf("reading the rubric %s: %w", file, err)
	}
	return file, data, nil
}

func readAtMost(r io.Reader, n int64) ([]byte, error) { return readSized(r, 0, n) }

// readSized is readAtMost of what is probably so large: it is not moved about as it comes.
func readSized(r io.Reader, size, most int64) ([]byte, error) {
	room := bytes.NewBuffer(make([]byte, 0, min(size, most)+bytes.MinRead))
	_, err := room.ReadFrom(io.LimitReader(r, most))
	return room.Bytes(), err
}

// reviewer is who makes decisions: as the flag, the environment or the settings
// say, or else whoever is logged in.
func (s *shell) reviewer() (string, error) {
	if name := strings.TrimSpace(first(s.flags.reviewer, s.Getenv("CALIBRATE_REVIEWER"))); name != "" {
		return name, nil
	}
	if name := s.said["reviewer"].value; name != "" {
		return name, nil
	}
	name, err := s.LoginName()
	if name = strings.TrimSpace(name); err != nil || name == "" {
		return "", errors.New("nobody knows who the reviewer is; give --reviewer NAME")
	}
	return name, nil
}
