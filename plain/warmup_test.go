package plain

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"calibrate/calibration"
)

// alone holds a warm-up of two examples for some people.
func alone(t *testing.T, ctx context.Context, in io.Reader, names ...string) (out string, score calibration.WarmupScore, ok bool, err error) {
	t.Helper()
	r := builtIn(t)
	draw := calibration.WarmupDraw{Items: 2, Seed: 7, Dimension: "Individual"}
	items, err := draw.From(r)
	if err != nil {
		t.Fatal(err)
	}
	round, err := calibration.NewWarmup(r, items, names...)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	score, ok, err = RunWarmup(ctx, WarmupConfig{Rubric: r, Round: round, Draw: draw, In: in, Out: &b})
	checkPaper(t, b.String())
	return b.String(), score, ok, err
}

func TestWarmupAloneEndsWithAScore(t *testing.T) {
	for name, after := range map[string]string{"at the end of the input": "", "when it is left": "\n\n\n", "by quitting": "score\nquit\n"} {
		out, score, ok, err := alone(t, t.Context(), strings.NewReader("\n3-mid\n3-mid\n\n\n1-low\n5-high\n\n"+after), "Ada", "Grace\x1b[2J")
		if err != nil || !ok || len(score.Participants) != 2 || score.Items[1].Guesses[1].Position != "5-high" {
			t.Errorf("%s: %v, %v, %+v", name, ok, err, score)
		}
		if after != "" {
			wants(t, out, "Everybody: ", `calibrate warmup --items 2 --seed 7 --dimension "Individual"`)
		}
		if strings.Contains(out, "is kept") {
			t.Errorf("%s: says that something is kept or not, after a whole warm-up:\n%s", name, out)
		}
	}
}

func TestWarmupThatIsLeftHasNoScore(t *testing.T) {
	for name, in := range map[string]string{"at once": "", "half-way": "\n3-mid\n", "by quitting": "quit\n", "by quitting half-way": "\n3-mid\nquit\nyes\n3-mid\n"} {
		out, score, ok, err := alone(t, t.Context(), strings.NewReader(in), "Ada", "Grace")
		if err != nil || ok || len(score.Items) > 0 {
			t.Errorf("%s: %v, %v, %+v", name, ok, err, score)
		}
		wants(t, out, "The warm-up ended before everybody had placed everything. Nothing of it is\nkept.")
	}
}

// A signal, and an input or output that fails, end it.
func TestWarmupEndsWithItsWorld(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if out, _, ok, err := alone(t, ctx, strings.NewReader("3-mid\n"), "Ada"); ok || err != nil || !strings.Contains(out, "(interrupted)") {
		t.Errorf("a signal: %v, %v\n%s", ok, err, out)
	}
	broken := errors.New("the line is dead")
	if _, _, ok, err := alone(t, t.Context(), io.MultiReader(strings.NewReader("3-mid\n"), failing{broken}), "Ada"); ok || !errors.Is(err, broken) {
		t.Errorf("a broken input: %v, %v", ok, err)
	}
}

type failing struct{ err error }

func (r failing) Read([]byte) (int, error) { return 0, r.err }

// Before all is laid open, what is printed for the second person is the same wherever
// the first has placed the examples.
func TestWarmupTellsNobodyOfEarlierGuesses(t *testing.T) {
	turn := func(guesses string) string {
		out, _, _, err := alone(t, t.Context(), strings.NewReader("\n"+guesses+"\nread\nnext\nlook 3-mid\nhelp\n2-low\nprevious\n4-high\n"), "Ada", "Grace")
		if err != nil {
			t.Fatal(err)
		}
		_, second, found := strings.Cut(out, "Grace, it is your turn")
		if !found {
			t.Fatalf("Grace has no turn:\n%s", out)
		}
		return second
	}
	if a, b := turn("1-low\n1-low\n\n"), turn("5-high\n4-mid\n\n"); a != b {
		t.Errorf("what Grace reads depends on where Ada placed:\n%s\n%s", a, b)
	}
}
