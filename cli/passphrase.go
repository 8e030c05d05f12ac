package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"calibrate/internal/clean"
)

// passphraseFlags say where a passphrase comes from. It never comes from an argument or
// the environment, where others can read it.
type passphraseFlags struct {
	file  string
	fd    int
	hasFD func() bool
}

const passphraseFlag = "passphrase"

func (f *passphraseFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.file, "passphrase-file", "", "read the passphrase from `FILE`, which holds nothing else")
	flags.IntVar(&f.fd, "passphrase-fd", 0, "read the passphrase from the open file descriptor `N`")
	f.hasFD = func() bool { return flags.Changed("passphrase-fd") }
}

// given says whether there is a passphrase that nobody needs to be asked for.
func (f *passphraseFlags) given() bool { return f.file != "" || f.hasFD() }

// maxPassphrase is how many bytes a passphrase may have.
const maxPassphrase = 4096

func (f *passphraseFlags) read() (string, error) {
	var in *os.File
	if f.file != "" {
		var err error
		if in, err = os.Open(f.file); err != nil {
			return "", fmt.Errorf("reading the passphrase: %w", err)
		}
	} else if in = os.NewFile(uintptr(f.fd), fmt.Sprintf("file descriptor %d", f.fd)); in == nil {
		return "", fmt.Errorf("reading the passphrase: %d is no file descriptor", f.fd)
	}
	defer in.Close()
	passphrase, err := onePassphrase(in)
	if err != nil {
		return "", fmt.Errorf("reading the passphrase: %s: %w", in.Name(), err)
	}
	return passphrase, nil
}

// onePassphrase reads everything; only a line break at its end is no part of it.
func onePassphrase(in io.Reader) (string, error) {
	data, err := readAtMost(in, maxPassphrase+int64(len("\r\n"))+1)
	if err != nil {
		var path *os.PathError
		if errors.As(err, &path) {
			err = path.Err // the name is told by whoever asked
		}
		return "", err
	}
	data = bytes.TrimSuffix(bytes.TrimSuffix(data, []byte("\n")), []byte("\r"))
	switch {
	case len(data) == 0:
		return "", errors.New("there is none in it")
	case len(data) > maxPassphrase:
		return "", fmt.Errorf("it has more than %d bytes", maxPassphrase)
	case bytes.ContainsAny(data, "\r\n"):
		return "", errors.New("it has more than one line")
	}
	return string(data), nil
}

// askPassphrase asks a person. With again it asks twice, for a new one.
func (s *shell) askPassphrase(ctx context.Context, what string, again bool) (string, error) {
	if !s.InIsTerminal {
		return "", errors.New("nobody can be asked for the passphrase here; give it with --passphrase-file or --passphrase-fd")
	}
	passphrase, err := s.ask(ctx, what)
	if err != nil || !again {
		return passphrase, err
	}
	if passphrase == "" {
		return "", errors.New("the passphrase is empty; nothing was written")
	}
	repeated, err := s.ask(ctx, "the same again")
	if err == nil && repeated != passphrase {
		err = errors.New("the two passphrases differ; nothing was written")
	}
	return passphrase, err
}

func (s *shell) ask(ctx context.Context, what string) (string, error) {
	line, err := s.ReadSecret(ctx, func() { fmt.Fprintf(s.Stderr, "%s: ", clean.Line(what)) })
	fmt.Fprintln(s.Stderr) // enter was not shown either
	switch {
	case errors.Is(err, io.EOF):
		return "", errors.New("no passphrase was typed")
	case err != nil && ctx.Err() == nil:
		return "", fmt.Errorf("reading the passphrase: %w", err)
	case len(line) > maxPassphrase:
		return "", fmt.Errorf("the passphrase has more than %d bytes", maxPassphrase)
	}
	return line, err
}

// passphraseGiven says what is wrong with a passphrase on the command line, and does
// not repeat it.
func passphraseGiven(cmd *cobra.Command) error {
	return wrongUsage(cmd, "--%s takes no value, since others can read command lines; it asks in the terminal", passphraseFlag)
}
