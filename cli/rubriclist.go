package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/rubric"
	"calibrate/store"
)

func newRubricList(s *shell) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "The rubrics that can be named, and those that the data file keeps",
		Long: `Lists the rubrics that come with the program, which --rubric takes by name, and
those that the data file keeps because decisions or walks were made under them. Those
are named by their hash, or by its beginning, in “calibrate rubric show” and
“calibrate rubric diff”.`,
		Example: "  calibrate rubric list\n  calibrate --rubric engineering-manager",
		Args:    takes(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			all, err := s.listedRubrics()
			if err != nil {
				return err
			}
			return s.writeRubrics(all)
		},
	}
}

// listedRubric is a rubric that can be named.
type listedRubric struct {
	Name       string `json:"name"`
	Role       string `json:"role"`
	Levels     int    `json:"levels"`
	Positions  int    `json:"positions"`
	Dimensions int    `json:"dimensions"`
	Statements int    `json:"statements"`
	Kept       bool   `json:"kept"` // by the data file
	Hash       string `json:"hash"`
}

func listed(name string, r *rubric.Rubric) listedRubric {
	return listedRubric{
		Name: name, Role: r.Role, Levels: len(r.Levels), Positions: len(r.Positions()),
		Dimensions: len(r.Dimensions), Statements: len(r.AllStatements()), Hash: r.Hash(),
	}
}

// listedRubrics lists the built-in rubrics, then those that only the data file has.
func (s *shell) listedRubrics() ([]listedRubric, error) {
	builtIns, err := s.builtIns()
	if err != nil {
		return nil, err
	}
	var all []listedRubric
	at := map[string]int{}
	for _, b := range builtIns {
		r, err := b.parse()
		if err != nil {
			return nil, err
		}
		at[r.Hash()] = len(all)
		all = append(all, listed(b.name, r))
	}
	kept, err := s.keptRubrics()
	if err != nil {
		s.say("what the data file keeps is left out: %s", err)
	}
	for _, r := range kept {
		i, known := at[r.Hash()]
		if !known {
			i = len(all)
			all = append(all, listed(r.Hash()[:len(hashPrefix)+shortHash], r))
		}
		all[i].Kept = true
	}
	return all, nil
}

// shortHash is how many digits of a hash tell the rubrics of a file apart.
const shortHash = 12

// keptRubrics lists the rubrics in the data file; where there is no file, there are
// none.
func (s *shell) keptRubrics() (kept []*rubric.Rubric, err error) {
	err = s.existing(func(st *store.Store) error {
		kept, err = st.Rubrics()
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return kept, err
}

func (s *shell) writeRubrics(all []listedRubric) error {
	if s.json() {
		for _, l := range all {
			if err := writeRecord(s.Stdout, l); err != nil {
				return err
			}
		}
		return nil
	}
	var t table
	t.add("NAME", "ROLE", "SCALE", "DIMENSIONS", "STATEMENTS", "WHERE")
	for _, l := range all {
		scale := count(l.Levels, "level")
		if l.Positions != l.Levels {
			scale += ", " + count(l.Positions, "band")
		}
		var where []string
		if !strings.HasPrefix(l.Name, hashPrefix) {
			where = append(where, "built in")
		}
		if l.Kept {
			where = append(where, "data file")
		}
		t.add(l.Name, l.Role, scale, fmt.Sprint(l.Dimensions), fmt.Sprint(l.Statements), strings.Join(where, ", "))
	}
	return t.write(s.Stdout)
}
