package cli

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/internal/clean"
)

const about = `calibrate guides reviewers through a rubric of levels and bands, keeps every
placement decision in one file, and compares the decisions afterwards.

Without a command it opens the app.`

const scripting = `
Scripts: results go to standard output, sentences and errors to standard error;
--format json prints records. The exit status is 1 where something went wrong
and 2 where the command was written wrongly. “calibrate help exit-status” and
“calibrate help environment” say more.
`

// Opened by double-click on Windows, the app shall open; cobra asks its variable.
func init() { cobra.MousetrapHelpText = "" }

func newRoot(s *shell) *cobra.Command {
	root := &cobra.Command{
		Use:           "calibrate",
		Short:         "Place people on a rubric, keep every decision, compare them",
		Long:          about,
		Example:       "  calibrate\n  calibrate demo\n  calibrate --session \"2026 H1\"\n  calibrate --plain",
		Version:       s.Version,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetVersionTemplate("calibrate {{.Version}}\n")
	root.SetFlagErrorFunc(wrongFlag)
	root.SetUsageTemplate(root.UsageTemplate() + scripting)
	flags := root.PersistentFlags()
	flags.StringVar(&s.flags.db, "db", "", "the data `FILE`; CALIBRATE_DB names it too\n(without: "+clean.Line(s.defaultDataFile())+")")
	flags.StringVar(&s.flags.rubric, "rubric", "", "the rubric: its YAML `FILE`, or the name of one that “rubric list” lists; CALIBRATE_RUBRIC names it too\n(without: that of the person's role, else “rubric:” in the settings, else senior-platform-engineer)")
	flags.StringVar(&s.flags.reviewer, "reviewer", "", "`NAME` of who decides; CALIBRATE_REVIEWER gives it too\n(without: “reviewer:” in "+clean.Line(s.settingsFile())+", then the login name)")
	flags.StringVar(&s.flags.format, "format", formatText, "`FORMAT` of what is printed: text or json, and what the command names besides")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		return cmp.Or(s.checkFormat(cmd), s.heedSettings(cmd))
	}
	addAppFlags(root, s)
	root.AddCommand(
		newDemo(s), newPlace(s), newLog(s),
		group("people", "The people who are rated", newPeopleImport(s), newPeopleAdd(s), newPeopleList(s)),
		group("rubric", "Check, show, make and convert rubrics",
			newRubricList(s), newRubricCheck(s), newRubricShow(s), newRubricDiff(s), newRubricLint(s),
			newRubricImport(s), newRubricNew(s), newRubricSchema(s)),
		newSession(s),
		newExport(s), newImport(s),
		newWarmup(s), newCompare(s), newReport(s), newAgreement(s),
		newBackup(s), newDoctor(s), newPurge(s), newConfig(s), newMan(s),
		newEnvironmentTopic(), newExitTopic(),
	)
	root.SetHelpCommand(newHelp())
	return root
}

// moreFormats marks the commands that know formats besides text and json, and lists
// them.
const moreFormats = "formats"

func (s *shell) checkFormat(cmd *cobra.Command) error {
	return oneOf(cmd, "format", s.flags.format, formatsOf(cmd)...)
}

// formatsOf lists the formats that a command knows.
func formatsOf(cmd *cobra.Command) []string {
	words := []string{formatText, formatJSON}
	if more := cmd.Annotations[moreFormats]; more != "" {
		words = append(words, strings.Split(more, ",")...)
	}
	return words
}

// addAppFlags gives the root command its work and the flags of the app.
func addAppFlags(root *cobra.Command, s *shell) {
	var a appFlags
	a.register(root)
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := a.check(cmd); err != nil {
			return err
		}
		st, err := s.open()
		if err != nil {
			return err
		}
		done := s.backUpBeside(cmd.Context(), st)
		err = s.openApp(cmd, a, st)
		done()
		return errors.Join(err, st.Close())
	}
}

// appFlags say how the app is opened.
type appFlags struct {
	plain          bool
	session, theme string
	mouse          string // "on" or "off"
	demo           bool   // this is the demo; no flag
	guideline      string
	aliases        bool
	blankAfter     int // minutes
}

func (a *appFlags) register(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&a.plain, "plain", false, "all of it line by line, without a full screen: for screen readers and scripts")
	cmd.Flags().StringVar(&a.session, "session", "", "the `NAME` or id of the session that placements belong to")
	cmd.Flags().StringVar(&a.guideline, "guideline", "", "`PERCENTAGES` per level to show beside distributions, lowest first: 5,15,60,15,5")
	cmd.Flags().BoolVar(&a.aliases, "alias", false, "show aliases instead of people's names, until A is pressed or “aliases” typed")
	cmd.Flags().IntVar(&a.blankAfter, "blank-after", 15, "blank the screen after so many `MINUTES` without a key; 0: never")
	a.registerScreen(cmd)
}

// registerScreen adds the flags that every full-screen interface has.
func (a *appFlags) registerScreen(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.mouse, "mouse", "on", "`on` or off: off leaves the mouse to the terminal, which selects text with it")
	cmd.Flags().StringVar(&a.theme, "theme", "auto", "`THEME` for the background of the terminal: auto, dark or light")
}

func (a *appFlags) check(cmd *cobra.Command) error {
	if a.blankAfter < 0 || a.blankAfter > maxBlankAfter {
		return wrongUsage(cmd, "--blank-after %d is not a number of minutes from 0 to %d", a.blankAfter, maxBlankAfter)
	}
	if err := oneOf(cmd, "mouse", a.mouse, onOff...); err != nil {
		return err
	}
	return oneOf(cmd, "theme", a.theme, themes...)
}

var errNoTerminal = fmt.Errorf("the app needs a terminal to draw on; on a pipe, --plain goes line by line")
