package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"calibrate/rubric"
)

// usageError says that a command line was written wrongly.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

// wrongUsage is an error in the way a command was called; it ends by saying where
// the right way is described.
func wrongUsage(cmd *cobra.Command, format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...) + fmt.Sprintf("; see %s --help", cmd.CommandPath())}
}

// mistypedCommand reports a first word, or a second one below a group of commands,
// that is no command. Cobra would read on and complain of the flags that follow.
func mistypedCommand(root *cobra.Command, args []string) error {
	if len(args) > 1 && args[0] == "help" {
		return mistypedCommand(root, args[1:])
	}
	found, rest, err := root.Find(args)
	switch {
	case err != nil: // cobra's only reason: an unknown word after the root
		return unknownCommand(root, firstWord(root, args))
	case found.HasSubCommands() && found != root && len(rest) > 0 && !strings.HasPrefix(rest[0], "-"):
		return unknownCommand(found, rest[0])
	}
	return nil
}

// newHelp is cobra's help command, but for words that name none: those are refused like
// any mistyped command, not repeated as they are.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Help about any command",
		Example: "  calibrate help place\n  calibrate help environment",
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			if err := mistypedCommand(root, args); err != nil {
				return err
			}
			about, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return unknownCommand(about, rest[0])
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) (names []cobra.Completion, _ cobra.ShellCompDirective) {
			group, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			for _, c := range group.Commands() {
				if c.IsAvailableCommand() || c.IsAdditionalHelpTopicCommand() {
					names = append(names, cobra.CompletionWithDesc(c.Name(), c.Short))
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	}
}

func unknownCommand(group *cobra.Command, word string) error {
	var names []string
	for _, c := range group.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	where := "there is no command"
	if group.HasParent() {
		where = group.Name() + " has no command"
	}
	if near := rubric.Nearest(word, names); len(near) > 0 {
		return wrongUsage(group, "%s %q; did you mean %s?", where, word, strings.Join(near, " or "))
	}
	return wrongUsage(group, "%s %q; there are %s", where, word, strings.Join(names, ", "))
}

// firstWord is the first argument that is neither a flag nor a flag's value.
func firstWord(cmd *cobra.Command, args []string) string {
	for i := 0; i < len(args); i++ {
		name, isFlag := strings.CutPrefix(args[i], "--")
		switch {
		case !strings.HasPrefix(args[i], "-"):
			return args[i]
		case !isFlag || strings.Contains(name, "="):
		default:
			if f := cmd.PersistentFlags().Lookup(name); f != nil && f.NoOptDefVal == "" {
				i++
			}
		}
	}
	return ""
}

// wrongFlag reports what pflag did not like about a flag.
func wrongFlag(cmd *cobra.Command, err error) error {
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) && invalid.GetFlag().Name == passphraseFlag {
		return passphraseGiven(cmd)
	}
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) || unknown.GetSpecifiedShortnames() != "" {
		return wrongUsage(cmd, "%s", err)
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	hint := ""
	if near := rubric.Nearest(unknown.GetSpecifiedName(), names); len(near) > 0 {
		hint = "; did you mean --" + strings.Join(near, " or --") + "?"
	}
	return wrongUsage(cmd, "unknown flag --%s%s", unknown.GetSpecifiedName(), hint)
}

// takes checks how many arguments a command is given; the names are those of its
// usage line: "FILE".
func takes(least, most int, names string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return wrongUsage(cmd, "%s needs %s", cmd.CommandPath(), names)
		case len(args) > most && most == 0:
			return wrongUsage(cmd, "%s takes no argument, and was given %q", cmd.CommandPath(), args[0])
		case len(args) > most:
			return wrongUsage(cmd, "%s takes %s and nothing more, and was given %q too", cmd.CommandPath(), names, args[most])
		}
		return nil
	}
}

// oneOf checks a flag whose value is one of a few words.
func oneOf(cmd *cobra.Command, flag, value string, words ...string) error {
	for _, w := range words {
		if value == w {
			return nil
		}
	}
	return wrongUsage(cmd, "--%s %q is none of %s", flag, value, strings.Join(words, ", "))
}

// group is a command that only holds others. Its examples are the first of each.
func group(use, short string, commands ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{Use: use, Short: short, Args: cobra.ArbitraryArgs}
	cmd.AddCommand(commands...)
	cmd.Example = firstExamples(commands)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return unknownCommand(cmd, args[0])
		}
		var names []string
		for _, c := range commands {
			names = append(names, c.Name())
		}
		return wrongUsage(cmd, "%s needs a command: %s", cmd.CommandPath(), strings.Join(names, ", "))
	}
	return cmd
}

// firstExamples is the first example of each command.
func firstExamples(commands []*cobra.Command) string {
	var all []string
	for _, c := range commands {
		for _, line := range strings.Split(c.Example, "\n") {
			all = append(all, line)
			if !strings.HasSuffix(line, "\\") {
				break
			}
		}
	}
	return strings.Join(all, "\n")
}
