package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/packet"
	"calibrate/store"
)

func newExport(s *shell) *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:   "export --to FILE",
		Short: "Write decisions as one file that a colleague can import",
		Long: `Writes a packet: decisions, with the people, sessions and rubrics that they speak of,
as one file. “calibrate import” takes it in, as often and in whatever order it comes.

Without a choice a packet holds everything. --mine, --person and --session narrow it
down together. A whole session goes with its agenda, all its decisions, what happened
in it, and the drafts that were made for it outside of any session; with --mine or
--person only the decisions go.

A packet can be read by whoever gets it, unless it is locked: with a passphrase, or
for the age keys of those who shall read it (“age-keygen” makes one). The stock age
program opens it too. A passphrase never stands on the command line.`,
		Example: `  calibrate export --to drafts.calib --mine
  calibrate export --to drafts.calib --mine --passphrase
  calibrate export --to session.calib --session "2026 H1" --encrypt-to age1…
  calibrate export --to - --person "Ada Lovelace" --encrypt-to team.keys >ada.calib`,
		Args: f.noArgument,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(cmd, s); err != nil {
				return err
			}
			ctx, stop := s.interruptible(cmd.Context())
			defer stop()
			return interrupted(s.export(ctx, f))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.file, "to", "", "the `FILE` to write, such as drafts.calib; - is standard output")
	flags.BoolVar(&f.force, "force", false, "replace FILE if it exists")
	flags.StringArrayVar(&f.people, "person", nil, "only decisions about the person with the `ID` or exact name; may be repeated")
	flags.StringArrayVar(&f.sessions, "session", nil, "only the session with the `NAME` or id; may be repeated")
	flags.BoolVar(&f.mine, "mine", false, "only decisions of the reviewer who you are")
	flags.StringArrayVar(&f.recipients, "encrypt-to", nil, "lock it for the age `RECIPIENT`, a public key or a file of them; may be repeated")
	flags.BoolVar(&f.ask, passphraseFlag, false, "lock it with a passphrase, which is asked for twice")
	f.secret.register(cmd)
	return cmd
}

type exportFlags struct {
	output
	secret                       passphraseFlags
	people, sessions, recipients []string
	mine, ask                    bool
}

// noArgument refuses arguments. One behind --passphrase is not repeated.
func (f *exportFlags) noArgument(cmd *cobra.Command, args []string) error {
	if len(args) > 0 && f.ask {
		return passphraseGiven(cmd)
	}
	return takes(0, 0, "")(cmd, args)
}

func (f *exportFlags) check(cmd *cobra.Command, s *shell) error {
	locks := 0
	for _, given := range []bool{f.ask, f.secret.file != "", f.secret.hasFD(), len(f.recipients) > 0} {
		if given {
			locks++
		}
	}
	switch {
	case f.file == "":
		return wrongUsage(cmd, "export needs --to FILE")
	case locks > 1:
		return wrongUsage(cmd, "a packet has one lock: one of --passphrase, --passphrase-file, --passphrase-fd, or --encrypt-to")
	case f.file == "-" && s.OutIsTerminal:
		return wrongUsage(cmd, "a packet is not for reading on a terminal; name a file with --to, or redirect standard output")
	case f.ask && !s.InIsTerminal:
		return wrongUsage(cmd, "--passphrase asks in a terminal, and there is none; give --passphrase-file or --passphrase-fd")
	}
	return f.free()
}

func (s *shell) export(ctx context.Context, f exportFlags) error {
	reviewer, err := s.reviewer()
	if err != nil {
		return err
	}
	var b store.Batch
	var blind unseen
	err = s.existing(func(st *store.Store) (err error) {
		b, blind, err = f.choose(st, reviewer)
		return err
	})
	if err != nil {
		return err
	}
	to, err := s.lock(ctx, f) // the data file is closed by now: who is asked may take their time
	if err != nil {
		return err
	}
	err = f.output.write(s, func(w io.Writer) error {
		progress := s.progress("KiB written")
		defer progress.done()
		w = &watched{ctx: ctx, to: w, progress: progress, of: size(b)}
		return packet.Write(w, b, reviewer, s.Now(), to...)
	})
	if err != nil {
		return err
	}
	return s.sayExported(f, b, blind, len(to) > 0)
}

// choose reads what is wanted out of the file, and counts what of it is hidden there.
func (f exportFlags) choose(st *store.Store, reviewer string) (b store.Batch, blind unseen, err error) {
	n, err := namesIn(st)
	if err != nil {
		return b, blind, err
	}
	wanted, err := f.wanted(n, reviewer)
	if err != nil {
		return b, blind, err
	}
	blind, err = unseenOf(st.Veiled(), func(d calibration.Decision, _ calibration.Session) bool {
		return wanted == nil || wanted.Decision(d)
	})
	if err != nil {
		return b, blind, err
	}
	b, err = st.Export(wanted)
	if err != nil || len(b.Decisions)+len(b.People)+len(b.Sessions) > 0 {
		return b, blind, err
	}
	switch {
	case wanted == nil:
		err = errors.New("there is nothing to export: the file holds nobody and no decision")
	case f.mine:
		err = fmt.Errorf("there is nothing to export: of what was asked for %s decided nothing; --reviewer says who you are", reviewer)
	default:
		err = errors.New("there is nothing to export: of what was asked for nothing was decided")
	}
	return b, blind, err
}

// wanted says what goes along. Nil is everything.
func (f exportFlags) wanted(n names, reviewer string) (*store.Wanted, error) {
	if !f.mine && len(f.people)+len(f.sessions) == 0 {
		return nil, nil
	}
	people, sessions := map[string]bool{}, map[string]bool{}
	for _, who := range f.people {
		p, err := calibration.FindPerson(n.people, who)
		if err != nil {
			return nil, err
		}
		people[p.ID] = true
	}
	var w store.Wanted
	whole := !f.mine && len(people) == 0
	for _, which := range f.sessions {
		session, err := calibration.FindSession(n.sessions, which)
		if err != nil {
			return nil, err
		}
		sessions[session.ID] = true
		if whole {
			w.Sessions = append(w.Sessions, session.ID)
		}
	}
	countsIn := calibration.CountsIn(n.sessions)
	w.Decision = func(d calibration.Decision) bool {
		return (!f.mine || d.Reviewer == reviewer) && (len(people) == 0 || people[d.Person]) &&
			(len(sessions) == 0 || sessions[countsIn(d)])
	}
	if whole {
		w.Event = func(e calibration.Event) bool { return sessions[e.Session] }
	}
	return &w, nil
}

// sayExported says what is in the packet, and whether anybody can read it, also what
// nobody is to see yet.
func (s *shell) sayExported(f exportFlags, b store.Batch, blind unseen, locked bool) error {
	what, err := contents(b)
	if err != nil {
		return err
	}
	name := f.file
	if name == "-" {
		name = "the packet"
	}
	s.say("in it: %s", what)
	if !locked {
		s.say("%s is not locked: whoever gets it can read it; --passphrase or --encrypt-to lock it", name)
		if words := blind.words(); words != "" {
			s.say("%s, but not from whoever reads %s", words, name)
		}
	}
	if !s.json() || f.file == "-" {
		return nil
	}
	return writeRecord(s.Stdout, struct {
		Packet    string       `json:"packet"`
		Encrypted bool         `json:"encrypted"`
		Count     packet.Count `json:"count"`
	}{f.file, locked, packet.Counted(b)})
}
