package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"calibrate/internal/durable"
)

// output is where a command puts a document: standard output or a file.
type output struct {
	file  string
	force bool
}

func (o *output) register(cmd *cobra.Command) {
	cmd.Flags().StringVarP(&o.file, "output", "o", "", "write to `FILE` instead of standard output")
	cmd.Flags().BoolVar(&o.force, "force", false, "replace FILE if it exists")
}

// forFiles refuses to write what is no text, or what is kept to the byte whatever it
// holds, where a person would see it. A pipe may have it. What says what it is.
func (o *output) forFiles(s *shell, what string) error {
	if s.OutIsTerminal && (o.file == "" || o.file == "-") {
		return fmt.Errorf("%s is not for a terminal; write it to a file with -o FILE", what)
	}
	return nil
}

// write hands fill the place to write to. A file appears whole or not at all, and
// one that exists stays unless it is to be replaced.
func (o *output) write(s *shell, fill func(io.Writer) error) error {
	if err := o.free(); err != nil {
		return err
	}
	if o.file == "" || o.file == "-" {
		return fill(s.Stdout)
	}
	write := durable.Write
	if o.force {
		write = durable.Replace
	}
	err := write(o.file, func(tmp string) error {
		f, err := os.OpenFile(tmp, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(fill(f), f.Close())
	})
	switch {
	case errors.Is(err, fs.ErrExist):
		return o.taken() // meanwhile
	case err != nil:
		return fmt.Errorf("writing %s: %w", o.file, err)
	}
	s.say("%s is written", o.file)
	return nil
}

// free reports a file that is in the way, for commands that ask before they write.
func (o *output) free() error {
	if o.file == "" || o.file == "-" {
		return nil
	}
	if at, err := os.Stat(o.file); err == nil && !at.Mode().IsRegular() {
		return fmt.Errorf("writing %s: it is no file that could be replaced; “-” is standard output", o.file)
	}
	if _, err := os.Lstat(o.file); err == nil && !o.force {
		return o.taken()
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("writing %s: %w", o.file, err)
	}
	return nil
}

func (o *output) taken() error {
	return fmt.Errorf("writing %s: it exists already; choose another name, or --force replaces it", o.file)
}
