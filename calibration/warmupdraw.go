package calibration

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"calibrate/rubric"
)

// WarmupDraw says which examples a warm-up is made of.
type WarmupDraw struct {
	Items     int    // how many; 0: as many as [DefaultWarmupItems], or all if there are fewer
	Seed      uint64 // the same one draws the same examples of the same rubric, in the same order
	Dimension string // only of this one, as the rubric writes it; empty: of all

	Session, Rubric string // what its rubric was named by; empty: by nothing
}

// DefaultWarmupItems is how many examples a warm-up has where nothing else is said:
// enough for a kappa to mean something, and done in ten minutes.
const DefaultWarmupItems = 8

// WarmupSeed is a seed for whoever does not care which, short enough to be copied by
// hand: another one each millisecond, and never 0.
func WarmupSeed(now time.Time) uint64 { return uint64(now.UnixMilli())%999_999 + 1 }

// Command is how the same examples are drawn again on the command line.
func (d WarmupDraw) Command() string {
	text := fmt.Sprintf("calibrate warmup --items %d --seed %d", d.Items, d.Seed)
	if d.Dimension != "" {
		text += fmt.Sprintf(" --dimension %q", d.Dimension)
	}
	if d.Session != "" {
		text += fmt.Sprintf(" --session %q", d.Session)
	}
	if d.Rubric != "" {
		text += fmt.Sprintf(" --rubric %q", d.Rubric)
	}
	return text
}

// From draws examples of the rubric, spread over its positions, levels and dimensions
// as evenly as their number allows, in an order that says nothing of where they stand.
// It is an error if the rubric has fewer that can be used, see [WarmupExamples].
func (d WarmupDraw) From(r *rubric.Rubric) ([]rubric.Statement, error) {
	pool := WarmupExamples(r, d.Dimension)
	n := d.Items
	if n == 0 {
		n = min(DefaultWarmupItems, len(pool))
	}
	of := ""
	if d.Dimension != "" {
		of = " of " + d.Dimension
	}
	switch {
	case len(pool) == 0:
		return nil, fmt.Errorf("the rubric has no example%s that could be placed without its band", of)
	case n < 1:
		return nil, fmt.Errorf("a warm-up of %d examples is none; ask for 1 or more", n)
	case n > len(pool):
		return nil, fmt.Errorf("the rubric has %d examples%s that can be used, not %d; ask for fewer", len(pool), of, n)
	}
	var seed [32]byte
	binary.LittleEndian.PutUint64(seed[:], d.Seed)
	random := rand.New(rand.NewChaCha8(seed))
	random.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	drawn := spreadOut(pool, n)
	random.Shuffle(n, func(i, j int) { drawn[i], drawn[j] = drawn[j], drawn[i] })
	return drawn, nil
}

// spreadOut takes n of the statements, each from where the fewest were taken so far:
// of positions first, then of levels, then of dimensions. Of equals the first goes.
func spreadOut(pool []rubric.Statement, n int) []rubric.Statement {
	positions, levels, dimensions := map[int]int{}, map[int]int{}, map[string]int{}
	fewest := func(a, b rubric.Statement) int {
		return cmp.Or(cmp.Compare(positions[a.Position.Ordinal], positions[b.Position.Ordinal]),
			cmp.Compare(levels[a.Position.LevelAt], levels[b.Position.LevelAt]), cmp.Compare(dimensions[a.Dimension], dimensions[b.Dimension]))
	}
	pool = slices.Clone(pool)
	var taken []rubric.Statement
	for range n {
		next := slices.MinFunc(pool, fewest)
		pool = slices.DeleteFunc(pool, func(s rubric.Statement) bool { return s.ID == next.ID })
		positions[next.Position.Ordinal]++
		levels[next.Position.LevelAt]++
		dimensions[next.Dimension]++
		taken = append(taken, next)
	}
	return taken
}

// WarmupExamples lists the examples that can be placed without their band, of one
// dimension or, with "", of all. Left out is what has no one right answer, because the
// rubric says the same at another position, and what gives the answer away, because it
// names its own position ("3-mid"), its level's number ("level 3") or its level's name.
// What is said twice at one position is listed once.
func WarmupExamples(r *rubric.Rubric, dimension string) []rubric.Statement {
	const several = -1
	where := map[string]int{} // a text's position
	for _, s := range r.AllStatements() {
		text := wording(s.Text)
		if first, said := where[text]; said && first != s.Position.Ordinal {
			where[text] = several
		} else if !said {
			where[text] = s.Position.Ordinal
		}
	}
	var all []rubric.Statement
	listed := map[string]bool{}
	for _, s := range r.AllStatements() {
		text := wording(s.Text)
		if s.Section != rubric.Examples || dimension != "" && s.Dimension != dimension || where[text] == several || listed[text] || namesItsBand(s) {
			continue
		}
		listed[text] = true
		all = append(all, s)
	}
	return all
}

// wording is a text without what does not set it apart: case, spaces, and signs at its
// ends.
func wording(text string) string {
	text = strings.Join(strings.Fields(strings.ToLower(text)), " ")
	return strings.TrimFunc(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsNumber(c) })
}

// namesItsBand reports whether a statement says where it stands. A level's name counts
// as it is written, for "leading" is a word and Leading may be a level.
func namesItsBand(s rubric.Statement) bool {
	text, level := strings.ToLower(s.Text), strconv.Itoa(s.Position.Level)
	return s.Position.Band != "" && hasWord(text, strings.ToLower(s.Position.Key)) || hasWord(text, "level "+level) ||
		s.Position.LevelName != "" && hasWord(s.Text, s.Position.LevelName)
}

// hasWord reports whether a text holds some words, not as a part of longer ones.
func hasWord(text, words string) bool {
	inWord := func(c rune) bool { return (unicode.IsLetter(c) || unicode.IsNumber(c)) && !unspaced(c) }
	for from := 0; ; {
		at := strings.Index(text[from:], words)
		if at < 0 {
			return false
		}
		before, after := []rune(text[:from+at]), []rune(text[from+at+len(words):])
		if (len(before) == 0 || !inWord(before[len(before)-1])) && (len(after) == 0 || !inWord(after[0])) {
			return true
		}
		from += at + len(words)
	}
}
