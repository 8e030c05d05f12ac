package calibration

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"calibrate/rubric"
)

// WarmupScore is a warm-up laid open: where the rubric has each item, where everybody
// placed it, and how far off they were. It measures the guesses against the rubric's
// own positions, which are what its authors wrote and not the truth: an item that most
// people miss is a wording to talk about.
type WarmupScore struct {
	Items        []WarmupItemScore `json:"items"`        // in the order of the warm-up
	Participants []WarmupTally     `json:"participants"` // in the order of the warm-up
	All          WarmupTally       `json:"all"`          // all guesses together
}

// WarmupItemScore is one item laid open.
type WarmupItemScore struct {
	Number    int              `json:"number"` // from 1, in the warm-up
	Statement string           `json:"statement"`
	Text      string           `json:"text"`
	Dimension string           `json:"dimension"`
	Position  string           `json:"position"` // the rubric's own
	Ordinal   int              `json:"ordinal"`
	Guesses   []WarmupGuess    `json:"guesses"` // by participant
	MeanOff   float64          `json:"mean_positions_off"`
	Tendency  float64          `json:"tendency"`
	Exact     int              `json:"exact"` // guesses
	Below     *WarmupNeighbour `json:"below"` // what tells the item from the bands around it;
	Above     *WarmupNeighbour `json:"above"` // null at the ends of the scale
}

// WarmupGuess is where somebody placed an item.
type WarmupGuess struct {
	Participant  string `json:"participant"`
	Position     string `json:"position"`
	Ordinal      int    `json:"ordinal"`
	Off          int    `json:"off"` // positions from the rubric's own; above 0 is too high
	CrossesLevel bool   `json:"crosses_level"`
	Words        string `json:"words"` // "2 too low, across a level"
}

// WarmupTally is how far off some guesses were.
type WarmupTally struct {
	Participant string  `json:"participant,omitempty"` // empty: everybody
	Guesses     int     `json:"guesses"`
	MeanOff     float64 `json:"mean_positions_off"` // whichever way
	Tendency    float64 `json:"tendency"`           // mean with its sign; above 0 is too high: lenient
	Exact       int     `json:"exact"`
	Percent     float64 `json:"percent_exact"`
	Kappa       Figure  `json:"kappa"` // Cohen's, quadratic weights, against the rubric's own positions
	Words       string  `json:"words"`
}

// MarshalJSON writes the tally with the reason where there is no kappa.
func (t WarmupTally) MarshalJSON() ([]byte, error) {
	type bare WarmupTally
	return json.Marshal(struct {
		bare
		Reason string `json:"kappa_reason,omitempty"`
	}{bare(t), t.Kappa.Reason()})
}

// Score lays the warm-up open. It is an error before everybody has placed everything.
func (w Warmup) Score() (WarmupScore, error) {
	for p, name := range w.participants {
		if n := w.Placed(p); n < len(w.items) {
			return WarmupScore{}, fmt.Errorf("%s has placed %d of %d examples; nothing is shown before everybody has placed all", plain(name), n, len(w.items))
		}
	}
	var s WarmupScore
	near := newNearness(w.rubric)
	for i := range w.items {
		s.Items = append(s.Items, w.itemScore(i, near))
	}
	var all []guessed
	for p, name := range w.participants {
		var own []guessed
		for i, item := range w.items {
			own = append(own, guessed{item.Position, w.rubric.At(w.guesses[w.cell(p, i)])})
		}
		tally := w.tally(own)
		tally.Participant = name
		s.Participants = append(s.Participants, tally)
		all = append(all, own...)
	}
	s.All = w.tally(all)
	return s, nil
}

// Missed lists the items, the most missed first.
func (s WarmupScore) Missed() []WarmupItemScore {
	missed := slices.Clone(s.Items)
	slices.SortStableFunc(missed, func(a, b WarmupItemScore) int {
		return cmp.Or(cmp.Compare(b.MeanOff, a.MeanOff), cmp.Compare(a.Exact, b.Exact))
	})
	return missed
}

func (w Warmup) itemScore(i int, near nearness) WarmupItemScore {
	st := w.items[i]
	item := WarmupItemScore{
		Number: i + 1, Statement: st.ID, Text: st.Text, Dimension: st.Dimension, Position: st.Position.Key, Ordinal: st.Position.Ordinal,
		Below: near.neighbour(st, -1), Above: near.neighbour(st, 1),
	}
	off, sum := 0, 0
	for p, name := range w.participants {
		g := guessed{st.Position, w.rubric.At(w.guesses[w.cell(p, i)])}
		item.Guesses = append(item.Guesses, WarmupGuess{
			Participant: name, Position: g.guess.Key, Ordinal: g.guess.Ordinal, Off: g.off(), CrossesLevel: g.crossesLevel(), Words: g.words(),
		})
		off, sum = off+distance(g.off(), 0), sum+g.off()
		if g.off() == 0 {
			item.Exact++
		}
	}
	n := float64(len(w.participants))
	item.MeanOff, item.Tendency = float64(off)/n, float64(sum)/n
	return item
}

// guessed is where an item stands and where it was placed.
type guessed struct{ own, guess rubric.Position }

func (g guessed) off() int           { return g.guess.Ordinal - g.own.Ordinal }
func (g guessed) crossesLevel() bool { return g.guess.LevelAt != g.own.LevelAt }

func (g guessed) words() string {
	off := g.off()
	if off == 0 {
		return "exact"
	}
	way := "too high"
	if off < 0 {
		way, off = "too low", -off
	}
	words := strconv.Itoa(off) + " " + way
	if g.crossesLevel() {
		words += ", across a level"
	}
	return words
}

func (w Warmup) tally(all []guessed) WarmupTally {
	t := WarmupTally{Guesses: len(all), Kappa: w.kappa(all)}
	off, sum := 0, 0
	for _, g := range all {
		off, sum = off+distance(g.off(), 0), sum+g.off()
		if g.off() == 0 {
			t.Exact++
		}
	}
	t.MeanOff, t.Tendency = float64(off)/float64(len(all)), float64(sum)/float64(len(all))
	t.Percent = percent(t.Exact, len(all))
	t.Words = fmt.Sprintf("%.1f positions off on average; %s; %d of %d exact", t.MeanOff, t.Leaning(), t.Exact, len(all))
	return t
}

// leaning is the tendency, in positions, from which on it is called one.
const leaning = 0.5

// Leaning says what the tendency comes to: "lenient, 0.8 too high on average".
func (t WarmupTally) Leaning() string {
	switch {
	case t.Tendency >= leaning:
		return fmt.Sprintf("lenient, %.1f too high on average", t.Tendency)
	case t.Tendency <= -leaning:
		return fmt.Sprintf("strict, %.1f too low on average", -t.Tendency)
	}
	return "neither strict nor lenient"
}

// kappa compares the guesses with the rubric's own positions, as two raters of the
// same units.
func (w Warmup) kappa(all []guessed) Figure {
	var words []string
	for _, p := range w.rubric.Positions() {
		words = append(words, p.Key)
	}
	scale, err := NewScale(words...)
	if err != nil {
		return notDefined(err.Error())
	}
	var ratings []Rating
	for i, g := range all {
		unit := strconv.Itoa(i)
		ratings = append(ratings, Rating{unit, "rubric", g.own.Key}, Rating{unit, "guess", g.guess.Key})
	}
	r, err := NewRatings(scale, ratings)
	if err != nil {
		return notDefined(err.Error())
	}
	f := CohenKappa(r, QuadraticWeights)
	if only := r.unvaried(1); f.Reason() != "" && only != "" {
		return notDefined("the examples and the guesses are all at " + all[0].own.Key)
	}
	return f
}
