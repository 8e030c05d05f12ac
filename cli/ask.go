package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/unicode/norm"

	"calibrate/internal/clean"
)

// asker asks questions on standard error and reads the answers from standard input, a
// line each.
type asker struct {
	s  *shell
	in *bufio.Reader
}

func (s *shell) asker() asker { return asker{s, bufio.NewReader(io.LimitReader(s.Stdin, 1<<20))} }

// ask asks a question. Where the input ends the answer is what there was of it.
func (a asker) ask(question string) (string, error) {
	fmt.Fprint(a.s.Stderr, clean.Text(question)+" ")
	line, err := a.in.ReadString('\n')
	switch {
	case errors.Is(err, io.EOF):
		fmt.Fprintln(a.s.Stderr) // nobody pressed enter
	case err != nil:
		return "", fmt.Errorf("reading the answer: %w", err)
	}
	return strings.TrimSpace(strings.ToValidUTF8(line, "\uFFFD")), nil
}

// yes asks a question that no is the safe answer to.
func (a asker) yes(question string) (bool, error) {
	answer, err := a.ask(question + " [y/N]")
	answer = strings.ToLower(answer)
	return answer == "y" || answer == "yes", err
}

// word asks for a word that has to be typed before something happens that cannot be taken
// back, unless it was given already. The error is that it was not, or another one.
func (a asker) word(question, word, given string) error {
	if given = strings.TrimSpace(given); given == "" {
		var err error
		if given, err = a.ask(question); err != nil {
			return err
		}
	}
	if norm.NFC.String(given) != norm.NFC.String(strings.TrimSpace(word)) {
		return fmt.Errorf("the confirmation is %q, not %q", strings.TrimSpace(word), given)
	}
	return nil
}
