package cli

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"calibrate/calibration"
	"calibrate/internal/charset"
	"calibrate/internal/clean"
	"calibrate/report"
	"calibrate/rubric"
	"calibrate/store"
)

// completer lists what may stand in one place of a command line. It says nothing where
// it knows nothing: who presses tab wants no message.
type completer func(cmd *cobra.Command, typed string) []cobra.Completion

// completeWith offers live values for flags, by their names, and for arguments, by
// what the usage line calls them. It is called once all commands are there.
func (s *shell) completeWith(root *cobra.Command) {
	flags, args := s.flagCompleters(), s.argCompleters()
	for _, cmd := range commandsBelow(root) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) { register(cmd, f.Name, flags) })
		cmd.PersistentFlags().VisitAll(func(f *pflag.Flag) { register(cmd, f.Name, flags) })
		var complete completer // of all arguments
		for _, word := range placeholder.FindAllString(cmd.Use, -1) {
			if c, ok := args[word]; ok {
				complete = c
			}
		}
		switch {
		case cmd.HasSubCommands() || cmd.ValidArgsFunction != nil || cmd == root:
		case complete != nil:
			cmd.ValidArgsFunction = func(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
				return complete.words(cmd, typed), cobra.ShellCompDirectiveDefault
			}
		case !placeholder.MatchString(cmd.Use):
			cmd.ValidArgsFunction = cobra.NoFileCompletions
		}
	}
}

// placeholder is an argument in a usage line: “show [RUBRIC]”.
var placeholder = regexp.MustCompile(`\b[A-Z]+\b`)

func commandsBelow(cmd *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{cmd}
	for _, c := range cmd.Commands() {
		all = append(all, commandsBelow(c)...)
	}
	return all
}

// isCompletion reports whether a command is the one that shells ask what may come next.
func isCompletion(command string) bool {
	return command == cobra.ShellCompRequestCmd || command == cobra.ShellCompNoDescRequestCmd
}

// fileFlags are the flags and arguments that name a file, for which the shell knows best.
var fileFlags = []string{"db", "output", "to", "fill", "identity", "encrypt-to", "passphrase-file", "restore", "salvage"}

func register(cmd *cobra.Command, flag string, completers map[string]completer) {
	complete, known := completers[flag]
	if flag == "to" && cmd.Flags().Lookup("from") == nil { // where something goes, not what it is compared with
		known = false
	}
	directive := cobra.ShellCompDirectiveNoFileComp
	switch {
	case flag == "rubric", flag == "rubric-of": // may be a file
		directive = cobra.ShellCompDirectiveDefault
	case !known && slices.Contains(fileFlags, flag):
		return
	case !known:
		complete = nothing
	}
	// The error says that the flag has a completion already.
	_ = cmd.RegisterFlagCompletionFunc(flag, func(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return complete.words(cmd, typed), directive
	})
}

// words is what the completer offers; where that is nothing, what it offers for what a
// shell would make of the word.
func (c completer) words(cmd *cobra.Command, typed string) []cobra.Completion {
	if all := c(cmd, typed); len(all) > 0 {
		return all
	}
	if as := unquoted(typed); as != typed {
		return c(cmd, as)
	}
	return nil
}

func nothing(*cobra.Command, string) []cobra.Completion { return nil }

// oneOfWords offers fixed words.
func oneOfWords(all ...string) completer {
	return func(*cobra.Command, string) []cobra.Completion { return all }
}

func (s *shell) flagCompleters() map[string]completer {
	shift := func(cmd *cobra.Command, typed string) []cobra.Completion {
		return append(offered(typed, words(calibration.Stages())...), s.completeSession(cmd, typed)...)
	}
	return map[string]completer{
		"person": s.completePerson, "session": s.completeSession, "team": s.completeTeam, "manager": s.completeManager,
		"add": s.completePerson, "remove": s.completePerson, "role": s.completeRole,
		"facilitator": s.completeReviewer, "add-panel": s.completeReviewer, "remove-panel": s.completeReviewer,
		"reviewer": s.completeReviewer, "by": s.completeReviewer, "panel": s.completeReviewer, "who": s.completeReviewer,
		"dimension": s.completeDimension, "at": s.completePosition,
		"evidence": s.completeStatement(rubric.Impact, rubric.Examples, rubric.Dampeners, rubric.ProgressionSignal),
		"not-seen": s.completeStatement(rubric.Impact, rubric.Examples, rubric.ProgressionSignal),
		"dampener": s.completeStatement(rubric.Dampeners),
		"rubric":   s.completeRubric, "rubric-of": s.completeRubricOf, "format": completeFormat,
		"stage": oneOfWords(words(calibration.Stages())...), "confidence": oneOfWords(words(calibration.Confidences())...),
		"theme": oneOfWords(themes...), "mouse": oneOfWords(onOff...), "group": oneOfWords(words(calibration.Groupings())...),
		"answer": oneOfWords(calibration.Ready, calibration.NotYet, calibration.NotReady),
		"change": oneOfWords(words(calibration.Changes())...), "order": oneOfWords(words(calibration.Orders())...),
		"interval": oneOfWords(string(calibration.UnitBootstrap), string(calibration.PairBootstrap)),
		"raters":   oneOfWords(string(calibration.RatersInRows), string(calibration.RatersInColumns)),
		"encoding": oneOfWords(charset.Names()...), "delimiter": oneOfWords("comma", "semicolon", "tab", "bar"),
		"for": oneOfWords(words(report.Audiences())...), "from": shift, "to": shift,
	}
}

func (s *shell) argCompleters() map[string]completer {
	return map[string]completer{
		"RUBRIC": s.completeRubric, "A": s.completeRubric, "SESSION": s.completeSession, "PERSON": s.completePerson,
		"VIEW": func(*cobra.Command, string) (names []cobra.Completion) {
			for _, v := range report.Views() {
				names = append(names, cobra.CompletionWithDesc(v.Name, v.About))
			}
			return names
		},
	}
}

func completeFormat(cmd *cobra.Command, _ string) []cobra.Completion {
	return formatsOf(cmd)
}

// looking reads the data file, if there is one that can be read at once.
func (s *shell) looking(fn func(*store.Store) error) {
	s.said, _ = s.settings()
	if _, err := os.Stat(s.dataFile()); err != nil {
		return
	}
	st, err := store.Open(s.dataFile(), store.Options{ReadOnly: true, Timeout: 200 * time.Millisecond})
	if err != nil {
		return
	}
	_ = fn(st)     // what cannot be read is not offered
	_ = st.Close() // was only read
}

// offered keeps what begins as it was typed, but for case, and can stand on a command
// line as it is. Each is offered once.
func offered(typed string, values ...string) []cobra.Completion {
	var fit []cobra.Completion
	for _, v := range values {
		if v != "" && v == clean.Line(v) && len(v) >= len(typed) && strings.EqualFold(v[:len(typed)], typed) && !slices.Contains(fit, v) {
			fit = append(fit, v)
		}
	}
	return fit
}
