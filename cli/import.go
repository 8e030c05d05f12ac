package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/packet"
	"calibrate/store"
)

func newImport(s *shell) *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import FILE…",
		Short: "Take in what colleagues exported",
		Long: `Takes in packets that “calibrate export” wrote: all of them together, or nothing.
A packet may come twice, and in any order; - reads one from standard input.

It shows what is new, what is known already and what changes before it writes
anything, and in a terminal it asks first. Without a terminal at standard input, or
with --format json, it does not ask. Decisions in conflict are those of one reviewer
about one person on one dimension, in one session: both stay, and the later counts.
Positions and reasons are not shown, so that nobody who is yet to place somebody sees
them.

A packet that is damaged, was cut off or altered is refused whole, with the line.
One that is locked needs the passphrase, which is asked for, or an age identity.`,
		Example: `  calibrate import drafts.calib --dry-run
  calibrate import charles.calib howard.calib
  calibrate import drafts.calib --identity ~/keys.txt --yes
  age -d -i keys.txt drafts.calib | calibrate import -`,
		Args: takes(1, maxPackets, "FILE"),
		RunE: func(cmd *cobra.Command, files []string) error {
			return interrupted(s.importPackets(cmd.Context(), f, files))
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.dryRun, "dry-run", false, "only show what would be taken in")
	flags.BoolVar(&f.yes, "yes", false, "do not ask")
	flags.StringArrayVar(&f.identities, "identity", nil, "open packets with the secret age keys in `FILE`; may be repeated")
	f.secret.register(cmd)
	return cmd
}

// maxPackets is how many packets are taken in together.
const maxPackets = 1000

type importFlags struct {
	dryRun, yes bool
	identities  []string
	secret      passphraseFlags
}

func (s *shell) importPackets(ctx context.Context, f importFlags, files []string) error {
	packets, err := s.readPackets(ctx, f, files)
	if err != nil {
		return err
	}
	return s.receiving(f.dryRun, func(st *store.Store) error { return s.takeIn(ctx, st, f, packets) })
}

// receiving opens the data file that packets go to. Where there is none yet, a dry run
// makes none: it looks at an empty one that is thrown away.
func (s *shell) receiving(dryRun bool, fn func(*store.Store) error) (err error) {
	if _, none := os.Stat(s.dataFile()); !dryRun || !errors.Is(none, fs.ErrNotExist) {
		return s.writing(fn)
	}
	dir, err := os.MkdirTemp(s.TempDir, "calibrate-import-")
	if err != nil {
		return fmt.Errorf("making a folder for the dry run: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	st, err := store.Open(filepath.Join(dir, "empty.db"), store.Options{Now: s.Now, Entropy: s.Entropy})
	if err != nil {
		return err
	}
	return errors.Join(fn(st), st.Close())
}

// takeIn shows what packets bring, asks if there is anybody to be asked, and takes them
// in. Whatever is shown is true of the file as it is: it stays locked meanwhile.
func (s *shell) takeIn(ctx context.Context, st *store.Store, f importFlags, packets []packet.Packet) error {
	b := packet.Join(packets)
	brings, err := newArrival(st, packets, b)
	if err != nil {
		return err
	}
	asks := s.InIsTerminal && !f.yes && !s.json()
	if f.dryRun || asks {
		if brings.Merged, err = s.merging(ctx, b, st.PreviewContext); err != nil {
			return refusedAt(brings.packets, err)
		}
		if err := brings.show(s); err != nil || f.dryRun || brings.nothing() {
			return err
		}
		if yes, err := s.asker().yes("take this in?"); err != nil || !yes {
			s.say("nothing was taken in")
			return err
		}
	}
	if brings.Merged, err = s.merging(ctx, b, st.MergeContext); err != nil {
		return refusedAt(brings.packets, err)
	}
	brings.TakenIn = true
	if asks {
		s.say("taken in")
		return nil
	}
	return brings.show(s)
}

// merging looks at a batch or takes it in, until somebody presses ctrl+c. While a
// question is asked ctrl+c ends the program as ever.
func (s *shell) merging(ctx context.Context, b store.Batch, merge func(context.Context, store.Batch, store.Progress) (store.Merged, error)) (m store.Merged, err error) {
	err = s.watching(ctx, func(ctx context.Context, progress store.Progress) error {
		m, err = merge(ctx, b, progress)
		return err
	})
	return m, err
}

// refusedAt says of each record that was refused in which file and line it stands.
func refusedAt(packets []packet.Packet, err error) error {
	var refused *store.RefusedError
	if !errors.As(err, &refused) {
		return err
	}
	const shown = 20
	var b strings.Builder
	fmt.Fprintf(&b, "nothing was taken in, for %s wrong:", isAre(len(refused.Wrong), "record"))
	for _, w := range refused.Wrong[:min(shown, len(refused.Wrong))] {
		kind, at := w.Place()
		fmt.Fprintf(&b, "\n  %s: %s: %s", packet.Where(packets, kind, at), w.Record, w.Why)
	}
	if more := len(refused.Wrong) - shown; more > 0 {
		fmt.Fprintf(&b, "\n  and %d more", more)
	}
	return errors.New(b.String())
}

func isAre(n int, what string) string {
	if n == 1 {
		return count(n, what) + " is"
	}
	return count(n, what) + " are"
}
