package cli

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func newMan(s *shell) *cobra.Command {
	return &cobra.Command{
		Use:   "man DIR",
		Short: "Write the man pages into a folder",
		Long: `Writes a man page for each command into the folder, which is made if need be, for
packagers and for whoever has no internet. The folders that they name are those of
Linux. With SOURCE_DATE_EPOCH in the environment they are the same byte for byte each
time.`,
		Example:     "  calibrate man ~/.local/share/man/man1",
		Args:        takes(1, 1, "DIR"),
		Annotations: map[string]string{withoutSettings: ""},
		RunE: func(_ *cobra.Command, args []string) error {
			return s.writeManPages(args[0])
		},
	}
}

func (s *shell) writeManPages(dir string) error {
	date, err := s.pageDate()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("making the folder of the man pages: %w", err)
	}
	// The pages are read on other machines than this one.
	anywhere := &shell{Env: s.Env}
	anywhere.DataHome, anywhere.ConfigHome = "~/.local/share", "~/.config"
	root := newRoot(anywhere)
	root.DisableAutoGenTag = true
	root.InitDefaultCompletionCmd()
	for _, cmd := range commandsBelow(root) {
		cmd.Long = inManPage(cmd.Long)
	}
	for _, topic := range []*cobra.Command{newEnvironmentTopic(), newExitTopic()} { // pages are of commands alone
		root.Long += "\n\n# " + strings.ToUpper(strings.ReplaceAll(topic.Name(), "-", " ")) + "\n\n" + inManPage(topic.Long)
	}
	header := &doc.GenManHeader{Section: "1", Source: "calibrate " + s.Version, Manual: "calibrate", Date: &date}
	if err := doc.GenManTree(root, header, dir); err != nil {
		return fmt.Errorf("writing the man pages: %w", err)
	}
	s.say("the man pages are in %s; “man -l %s/calibrate.1” shows the first", dir, dir)
	return nil
}

// inManPage writes help as Markdown: lines that stand back are tables and stay lines.
func inManPage(help string) string {
	var b strings.Builder
	inTable := false
	for _, line := range strings.Split(help, "\n") {
		standsBack := strings.HasPrefix(line, "  ")
		if standsBack != inTable && line != "" {
			b.WriteString("\n")
			inTable = standsBack
		}
		if standsBack {
			line = "    " + line
		}
		b.WriteString(line + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// pageDate is the date of the pages: that of the source where a build says it.
func (s *shell) pageDate() (time.Time, error) {
	epoch := s.Getenv("SOURCE_DATE_EPOCH")
	if epoch == "" {
		return s.Now(), nil
	}
	seconds, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("SOURCE_DATE_EPOCH is %q, which is no number of seconds", epoch)
	}
	return time.Unix(seconds, 0).UTC(), nil
}
