package cli

import (
	"bytes"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// Cobra's scripts hand the command line to the shell as it stands, which makes nothing of
// a quotation mark that is still open: --person "Ada L would complete to nothing. Here it
// is closed. Each old text is followed by its new one.
var (
	bashQuotes = []string{
		`    out=$(eval "${requestComp}" 2>/dev/null)
`, `    for open in '' \" \'; do
        out=$(eval "${requestComp}${open}" 2>/dev/null) && break
    done
`,
		`    local out directive
    __calibrate_get_completion_results
    __calibrate_process_completion_results
}
`, `    local out directive open
    __calibrate_get_completion_results
    if [[ $open ]]; then
        __calibrate_complete_quoted
    else
        __calibrate_process_completion_results
    fi
}

# Readline keeps a quotation mark that is open, and closes it itself. What would have to be
# escaped behind it is completed without one alone.
__calibrate_complete_quoted() {
    local completion escaped=$'*\'*'
    [[ $open == \" ]] && escaped=$'*["\\\\$\x60!]*'
    compopt +o default 2>/dev/null
    while IFS='' read -r completion; do
        completion=${completion%%$'\t'*}
        [[ $completion == "${cur:1}"* && $completion != $escaped ]] && COMPREPLY+=("$completion")
    done <<<"$out"
}
`}
	zshQuotes = []string{
		`    out=$(eval ${requestComp} 2>/dev/null)
`, `    local open
    for open in '' '"' "'"; do
        out=$(eval ${requestComp}${open} 2>/dev/null) && break
    done
`,
		// What _describe takes for an escape of its own is a backslash of ours.
		`            comp=${comp//:/\\:}
`, `            comp=${comp//\\/\\\\}
            comp=${comp//:/\\:}
`}
	// Fish hands a word over as it was typed, see unquoted, and compares with it as well.
	fishQuotes = []string{
		`(commandline -t | string escape --style=regex)`,
		`(commandline -t | string replace -r '^["\']' '' | string replace -a '\\' '' | string escape --style=regex)`}
)

// completeQuoted has the completion scripts of shells complete within quotation marks.
func completeQuoted(root *cobra.Command, out io.Writer) {
	for _, shell := range []struct {
		name   string
		write  func(w io.Writer, described bool) error
		change []string
	}{
		{"bash", root.GenBashCompletionV2, bashQuotes},
		{"zsh", func(w io.Writer, described bool) error {
			if described {
				return root.GenZshCompletion(w)
			}
			return root.GenZshCompletionNoDesc(w)
		}, zshQuotes},
		{"fish", root.GenFishCompletion, fishQuotes},
	} {
		cmd, _, err := root.Find([]string{"completion", shell.name})
		if err != nil || cmd.Name() != shell.name {
			continue // another command was asked for, and cobra has made none of these
		}
		cmd.RunE = func(cmd *cobra.Command, _ []string) error {
			plain, err := cmd.Flags().GetBool("no-descriptions")
			if err != nil {
				return err
			}
			var script bytes.Buffer
			if err := shell.write(&script, !plain); err != nil {
				return err
			}
			_, err = io.WriteString(out, strings.NewReplacer(shell.change...).Replace(script.String()))
			return err
		}
	}
}

// unquoted is what a shell would make of a word that fish hands over as it was typed.
func unquoted(typed string) string {
	if open := strings.IndexAny(typed, `"'`); open == 0 {
		return typed[1:]
	}
	return strings.ReplaceAll(typed, `\`, "")
}
