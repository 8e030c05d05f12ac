package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/internal/charset"
	"calibrate/roster"
	"calibrate/store"
)

func newPeopleImport(s *shell) *cobra.Command {
	var f rosterFlags
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Bring in the roster that the HR system exported",
		Long: `Reads a roster, CSV or an Excel workbook, and brings its people in. FILE may be -
for standard input.

Columns are found by their headings, as HR systems write them; which column becomes
what is shown before anything is written. --map says it where the headings do not.
Columns that are none of these fields are kept as they are:
` + paragraph(fieldWords(), "  ", textWidth) + `
A row is about the person with its id, else with its e-mail, else with its name.
Bringing a file in again updates and never doubles: a blank cell wipes nothing, a column
that is not there touches nothing. Ids are text; zeros in front stay.

Rows that cannot be taken in are listed with their line and the reason, and then nothing
is written at all, unless --skip-bad leaves them out. --dry-run looks and writes nothing.`,
		Example: `  calibrate people import workday.xlsx --dry-run
  calibrate people import export.csv --map name="Full name" --map team="Cost center"
  calibrate people import export.csv --map id=#3 --map level= --skip-bad
  calibrate people import - --format json < export.csv`,
		Args: takes(1, 1, "FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			options, err := f.options(cmd)
			if err != nil {
				return err
			}
			return s.importPeople(f, options, args[0])
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&f.mappings, "map", nil, "`FIELD=HEADING`: the column of a field, by heading or, as #3, by number;\nempty: the field has none; may be repeated")
	flags.StringVar(&f.delimiter, "delimiter", "", "`WORD` for what stands between cells: comma, semicolon, tab or bar\n(without: as the file suggests)")
	flags.StringVar(&f.encoding, "encoding", "", "`NAME` of the encoding: "+strings.Join(charset.Names(), ", ")+"\n(without: as the file suggests)")
	flags.StringVar(&f.sheet, "sheet", "", "`NAME` of the workbook's sheet\n(without: the one whose headings are known best)")
	flags.BoolVar(&f.skipBad, "skip-bad", false, "leave out rows that cannot be taken in, and bring in the rest")
	flags.BoolVar(&f.dryRun, "dry-run", false, "show what would be written, and write nothing")
	return cmd
}

type rosterFlags struct {
	mappings                   []string
	delimiter, encoding, sheet string
	skipBad, dryRun            bool
}

func fieldWords() string {
	var words []string
	for _, f := range roster.Fields() {
		words = append(words, string(f))
	}
	return strings.Join(words, ", ")
}

// options are the flags as the reader takes them.
func (f rosterFlags) options(cmd *cobra.Command) (roster.Options, error) {
	m, err := roster.ParseMapping(f.mappings)
	if err != nil {
		return roster.Options{}, wrongUsage(cmd, "--map: %s", err)
	}
	o := roster.Options{Map: m, Sheet: f.sheet, Encoding: strings.ToLower(f.encoding)}
	if err := oneOf(cmd, "encoding", o.Encoding, append([]string{""}, charset.Names()...)...); err != nil {
		return o, err
	}
	if o.Delimiter, err = roster.ParseDelimiter(f.delimiter); err != nil {
		return o, wrongUsage(cmd, "--delimiter: %s", err)
	}
	return o, nil
}

// importPeople reads the file, shows what it means, and writes it.
func (s *shell) importPeople(f rosterFlags, o roster.Options, path string) error {
	name, file, err := s.readRoster(path, o)
	if err != nil {
		return err
	}
	known, err := s.knownPeople()
	if err != nil {
		return err
	}
	plan := file.Plan(known)
	if !s.json() {
		if err := s.showRoster(name, file, plan); err != nil {
			return err
		}
		if err := s.tellRoles(plan.People()); err != nil {
			return err
		}
	}
	refused := len(plan.Bad) > 0 && !f.skipBad
	written := false
	if !refused && !f.dryRun && len(plan.People()) > 0 {
		if plan, err = s.putRoster(file, f.skipBad); err != nil {
			return err
		}
		written = true
	}
	if s.json() {
		if err := writeDocument(s.Stdout, newRosterDocument(name, file, plan, written)); err != nil {
			return err
		}
	}
	return s.concludeImport(name, f, plan, refused)
}

// knownPeople are the people in the data file; nobody where there is no file yet, which
// looking does not make.
func (s *shell) knownPeople() (people []calibration.Person, err error) {
	err = s.existing(func(st *store.Store) error {
		people, err = st.People()
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return people, err
}

// putRoster plans anew with the file held, since the list may have changed since it was
// shown, and writes the plan, all or nothing.
func (s *shell) putRoster(file *roster.File, skipBad bool) (plan roster.Plan, err error) {
	err = s.writing(func(st *store.Store) error {
		known, err := st.People()
		if err != nil {
			return err
		}
		plan = file.Plan(known)
		if len(plan.Bad) > 0 && !skipBad {
			return errors.New("the list of people was changed meanwhile; try again")
		}
		kept, err := st.PutPeople(plan.People()...)
		if err != nil {
			return err
		}
		plan.Kept(kept)
		return nil
	})
	return plan, err
}

func (s *shell) readRoster(path string, o roster.Options) (name string, file *roster.File, err error) {
	in, name := s.Stdin, "standard input"
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return path, nil, fmt.Errorf("reading the roster: %w", err)
		}
		defer f.Close()
		in, name = f, path
	}
	if file, err = roster.Read(in, o); err != nil {
		return name, nil, fmt.Errorf("%s: %w", name, err)
	}
	return name, file, nil
}

// concludeImport says what came of it.
func (s *shell) concludeImport(name string, f rosterFlags, plan roster.Plan, refused bool) error {
	counts := fmt.Sprintf("%s, %d changed, %d as before", count(len(plan.New), "new person"), len(plan.Changed), plan.Same)
	if len(plan.New) != 1 {
		counts = fmt.Sprintf("%d new people, %d changed, %d as before", len(plan.New), len(plan.Changed), plan.Same)
	}
	switch bad := count(len(plan.Bad), "row"); {
	case refused:
		if s.json() {
			s.sayBad(name, plan)
		}
		return fmt.Errorf("%s: %s cannot be taken in, and so nothing was written; mend the file, or --skip-bad leaves them out", name, bad)
	case f.dryRun && len(plan.Bad) > 0:
		s.say("nothing was written, for --dry-run only looks: %s, %s left out", counts, bad)
	case f.dryRun:
		s.say("nothing was written, for --dry-run only looks: %s", counts)
	case len(plan.Bad) > 0:
		s.say("%s; %s left out", counts, bad)
	default:
		s.say("%s", counts)
	}
	return nil
}

func (s *shell) sayBad(name string, plan roster.Plan) {
	for _, b := range plan.Bad {
		who := ""
		if b.Who != "" {
			who = b.Who + ": "
		}
		s.say("%s:%d: %s%s", name, b.Line, who, b.Reason)
	}
}
