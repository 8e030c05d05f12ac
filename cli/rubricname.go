package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"calibrate/rubric"
	"calibrate/rubrics"
	"calibrate/store"
)

// builtIn is a rubric that comes with the program.
type builtIn struct {
	name string
	yaml []byte
}

// parse reads it, as any other rubric.
func (b builtIn) parse() (*rubric.Rubric, error) {
	return rubric.Parse("the built-in rubric "+b.name, b.yaml)
}

// builtIns lists the rubrics that come with the program, the one that is used where
// none is named first.
func (s *shell) builtIns() ([]builtIn, error) {
	own, err := builtIn{"", s.Rubric}.parse()
	if err != nil {
		return nil, err
	}
	all := []builtIn{{own.Name(), s.Rubric}}
	for _, name := range rubrics.Names() {
		all = append(all, builtIn{name, rubrics.YAML(name)})
	}
	return all, nil
}

// rubricNamed is what --rubric, CALIBRATE_RUBRIC or the settings name; empty means that
// nobody chose one.
func (s *shell) rubricNamed() string {
	return first(s.flags.rubric, s.Getenv("CALIBRATE_RUBRIC"), s.said["rubric"].value)
}

// loadRubric reads the rubric that is to be used.
func (s *shell) loadRubric() (*rubric.Rubric, error) {
	return s.parseRubric(s.rubricNamed())
}

// parseRubric reads the rubric that a person names.
func (s *shell) parseRubric(named string) (*rubric.Rubric, error) {
	where, data, err := s.readRubric(named)
	if err != nil {
		return nil, err
	}
	return rubric.Parse(where, data)
}

// readRubric finds the YAML of the rubric that a person names, and what problems in it
// are reported under. Named is the name of a built-in one, else a file, or "-" for
// standard input; "" is the program's own. What has an ending or a folder in it is a
// file.
func (s *shell) readRubric(named string) (where string, data []byte, err error) {
	if named == "" {
		return "the built-in rubric", s.Rubric, nil
	}
	if named == "-" || isPath(named) {
		return s.readRubricFile(named)
	}
	all, err := s.builtIns()
	if err != nil {
		return "", nil, err
	}
	var names []string
	for _, b := range all {
		if rubric.SameName(b.name, named) {
			return "the built-in rubric " + b.name, b.yaml, nil
		}
		names = append(names, b.name)
	}
	where, data, err = s.readRubricFile(named)
	if errors.Is(err, fs.ErrNotExist) {
		hint := "“calibrate rubric list” lists the names"
		if near := rubric.Nearest(named, names); len(near) > 0 {
			hint = "did you mean " + strings.Join(near, " or ") + "?"
		}
		err = fmt.Errorf("there is no rubric and no file %q; %s", named, hint)
	}
	return where, data, err
}

func isPath(named string) bool {
	return filepath.Ext(named) != "" || strings.ContainsAny(named, `/\`)
}

// hashPrefix is how the hash of a rubric begins.
const hashPrefix = "sha256:"

// rubricOrKept is parseRubric that also knows the hashes of rubrics in the data file,
// or their beginnings.
func (s *shell) rubricOrKept(named string) (r *rubric.Rubric, err error) {
	if !strings.HasPrefix(named, hashPrefix) {
		return s.parseRubric(named)
	}
	err = s.existing(func(st *store.Store) error {
		kept, err := st.Rubrics()
		if err != nil {
			return err
		}
		r, err = rubricByHash(kept, named)
		return err
	})
	return r, err
}

// rubricByHash finds the one rubric whose hash begins so.
func rubricByHash(kept []*rubric.Rubric, hash string) (*rubric.Rubric, error) {
	var found *rubric.Rubric
	for _, r := range kept {
		switch {
		case !strings.HasPrefix(r.Hash(), hash):
		case found != nil:
			return nil, fmt.Errorf("two rubrics that the data file keeps have a hash that begins with %s; write more of it", hash)
		default:
			found = r
		}
	}
	if found == nil {
		return nil, fmt.Errorf("the data file keeps no rubric with the hash %s; “calibrate rubric list” lists those that it keeps", hash)
	}
	return found, nil
}
