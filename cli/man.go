package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"calibrate/internal/manpage"
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
	root.InitDefaultCompletionCmd()
	page := manpage.Page{Version: "calibrate " + s.Version, Manual: "calibrate", Date: date}
	for _, cmd := range commandsBelow(root) {
		if !cmd.IsAvailableCommand() {
			continue
		}
		page.More = nil
		if cmd == root { // topics have no pages of their own
			for _, topic := range []*cobra.Command{newEnvironmentTopic(), newExitTopic()} {
				page.More = append(page.More, manpage.Section{Title: strings.ReplaceAll(topic.Name(), "-", " "), Text: topic.Long})
			}
		}
		if err := writeManPage(dir, page, cmd); err != nil {
			return err
		}
	}
	s.say("the man pages are in %s; “man -l %s/calibrate.1” shows the first", dir, dir)
	return nil
}

func writeManPage(dir string, page manpage.Page, cmd *cobra.Command) error {
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	var text bytes.Buffer
	err := page.Write(&text, cmd)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, manpage.Name(cmd)+".1"), text.Bytes(), 0o644)
	}
	if err != nil {
		return fmt.Errorf("writing the man page of %s: %w", cmd.CommandPath(), err)
	}
	return nil
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
