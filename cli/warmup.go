package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/plain"
	"calibrate/rubric"
	"calibrate/tui"
)

func newWarmup(s *shell) *cobra.Command {
	var f warmupFlags
	cmd := &cobra.Command{
		Use:   "warmup",
		Short: "Place the rubric's own examples, blind, and see how far off you are",
		Long: `A warm-up before a session (frame-of-reference training). Examples of the rubric are
shown without their band; everybody places them, one after the other on one laptop,
and then they are laid open: where the rubric has each, how far off everybody was,
the neighbouring statements that tell the bands apart, and a score.

--session warms the panel of a session up, on the rubric of the session; where it has
several, the screen offers them, and --rubric names one.

Nothing of a warm-up is recorded, and no data file is opened but for --session, which
reads it. On a terminal it is full-screen; otherwise, and with --plain, it is a dialogue line by line. With
--format json the dialogue is written to standard error, and the result to standard
output once everybody has placed everything.`,
		Example: `  calibrate warmup
  calibrate warmup --participants "Ada,Grace,Li" --items 10
  calibrate warmup --dimension individual --seed 7 --plain
  calibrate warmup --session "2026 H1" --rubric engineering-manager
  printf '%s\n' 3-mid 2-low '' | calibrate warmup --items 2 --seed 7 --format json`,
		Args: takes(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			return s.warmup(cmd, f)
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&f.draw.Items, "items", 0, "`NUMBER` of examples\n(without: 8, or all if the rubric has fewer)")
	flags.Uint64Var(&f.draw.Seed, "seed", 0, "`NUMBER`, 1 or more, that the examples are drawn by; the same one draws the same examples\n(without: another one each time)")
	flags.StringVar(&f.draw.Dimension, "dimension", "", "only examples of the `DIMENSION`\n(without: of all)")
	flags.StringSliceVar(&f.participants, "participants", nil, "`NAMES` of who takes part, with commas between them; may be repeated\n(without: the panel of the session, or the reviewer)")
	flags.StringVar(&f.app.session, "session", "", "the `NAME` or id of the session whose panel warms up, on its rubrics")
	flags.BoolVar(&f.app.plain, "plain", false, "line by line, without a full screen: for screen readers and scripts")
	f.app.registerScreen(cmd)
	return cmd
}

type warmupFlags struct {
	draw         calibration.WarmupDraw
	participants []string
	app          appFlags
}

func (f warmupFlags) check(cmd *cobra.Command) error {
	switch changed := cmd.Flags().Changed; {
	case changed("items") && f.draw.Items < 1:
		return wrongUsage(cmd, "--items %d is none; give 1 or more", f.draw.Items)
	case changed("seed") && f.draw.Seed == 0:
		return wrongUsage(cmd, "--seed 0 is none; give 1 or more")
	case changed("participants") && strings.TrimSpace(strings.Join(f.participants, "")) == "":
		return wrongUsage(cmd, "--participants names nobody; write them as \"Ada,Grace\"")
	}
	return f.app.check(cmd)
}

func (s *shell) warmup(cmd *cobra.Command, f warmupFlags) error {
	w, err := s.sessionWarmup(f.app.session)
	if err != nil {
		return err
	}
	f.draw.Session, f.draw.Rubric = w.session, s.flags.rubric
	offered := w.panel
	if len(offered) == 0 && len(f.participants) == 0 {
		reviewer, err := s.reviewer()
		if err != nil {
			return err
		}
		offered = []string{reviewer}
	}
	fullScreen, r := s.IsTerminal && !f.app.plain && !s.json(), w.rubrics[0]
	if !fullScreen || f.draw.Dimension != "" { // a screen offers the others
		if r, err = w.one(); err != nil {
			return err
		}
	}
	if f.draw.Dimension != "" {
		if f.draw.Dimension, err = r.Dimension(f.draw.Dimension); err != nil {
			return err
		}
	}
	if f.draw.Seed == 0 {
		f.draw.Seed = calibration.WarmupSeed(s.Now())
	}
	ctx, stop := s.interruptible(cmd.Context())
	defer stop()
	if fullScreen {
		config := s.screen(App{Rubric: r, Theme: f.app.theme, Mouse: f.app.mouse == "on"})
		return tui.RunWarmup(ctx, config, tui.WarmupConfig{Draw: f.draw, Rubrics: w.rubrics, Participants: f.participants, Offered: offered})
	}
	if len(f.participants) == 0 {
		f.participants = offered
	}
	round, draw, err := drawn(r, f)
	if err != nil {
		return err
	}
	out := s.Stdout
	if s.json() {
		out = s.Stderr
	}
	score, ok, err := plain.RunWarmup(ctx, plain.WarmupConfig{Rubric: r, Round: round, Draw: draw, In: s.Stdin, Out: out})
	if err != nil || !s.json() {
		return err
	}
	if !ok {
		return fmt.Errorf("the warm-up ended before everybody had placed everything; there is no result")
	}
	return writeRecord(s.Stdout, warmupRecord{
		Rubric: rubricRecord{r.Role, r.Hash()}, Seed: draw.Seed, Dimension: draw.Dimension, WarmupScore: score,
	})
}

func drawn(r *rubric.Rubric, f warmupFlags) (calibration.Warmup, calibration.WarmupDraw, error) {
	items, err := f.draw.From(r)
	if err != nil {
		return calibration.Warmup{}, f.draw, err
	}
	f.draw.Items = len(items)
	w, err := calibration.NewWarmup(r, items, f.participants...)
	return w, f.draw, err
}

// warmupRecord is the result of a warm-up, with what draws the same one again.
type warmupRecord struct {
	Rubric    rubricRecord `json:"rubric"`
	Seed      uint64       `json:"seed"`
	Dimension string       `json:"dimension,omitempty"`
	calibration.WarmupScore
}

type rubricRecord struct {
	Role string `json:"role"`
	Hash string `json:"hash"`
}
