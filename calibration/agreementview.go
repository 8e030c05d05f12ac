package calibration

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// AgreementView is how far reviewers agree, over all and part by part.
type AgreementView struct {
	All         AgreementPart   `json:"all"`
	ByDimension []AgreementPart `json:"by_dimension"`
	ByTeam      []AgreementPart `json:"by_team"`
	ByManager   []AgreementPart `json:"by_manager"`
}

// AgreementPart is the agreement on some of the placements. Its units are one person
// in one session on one dimension; each reviewer counts once, by vote or else draft.
type AgreementPart struct {
	Name    string      `json:"name"`   // of the dimension, team or manager; "all"
	People  int         `json:"people"` // whom two reviewers or more placed
	Alpha   Figure      `json:"alpha"`  // Krippendorff's, ordinal: the headline
	CI95    Interval    `json:"ci95"`
	Method  string      `json:"ci_method"`
	Reason  string      `json:"reason"` // why there is no alpha; often empty
	Words   string      `json:"words"`
	Figures []FigureRow `json:"figures"` // all others
}

// FigureRow is a figure with its name, as a table shows it.
type FigureRow struct {
	Name   string
	Figure Figure
}

// MarshalJSON writes the figure with what it rests on.
func (f FigureRow) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Name      string `json:"name"`
		Value     Figure `json:"value"`
		Units     int    `json:"units"`
		Reviewers int    `json:"reviewers"`
		Reason    string `json:"reason"`
		Note      string `json:"note"`
	}{f.Name, f.Figure, f.Figure.Units, f.Figure.Raters, f.Figure.Reason(), f.Figure.Note})
}

// Agreement measures how far reviewers agree on the ordinal scale of positions, over
// all and by dimension, team and manager. The bootstrap is that of the intervals; the
// error is its.
func (c *Comparison) Agreement(ctx context.Context, b Bootstrap) (AgreementView, error) {
	var v AgreementView
	var err error
	if v.All, err = c.agreement(ctx, b, "all"); err != nil {
		return v, err
	}
	for _, section := range []struct {
		of    func(record) string
		order []string
		into  *[]AgreementPart
	}{
		{func(r record) string { return c.dimensions[r.dimension] }, c.dimensions, &v.ByDimension},
		{func(r record) string { return c.people[r.person].Team }, nil, &v.ByTeam},
		{func(r record) string { return c.people[r.person].Manager }, nil, &v.ByManager},
	} {
		*section.into = []AgreementPart{}
		names, parts := c.parts(section.of, section.order)
		for _, name := range names {
			one, err := parts[name].agreement(ctx, b, name)
			if err != nil {
				return v, err
			}
			*section.into = append(*section.into, one)
		}
	}
	return v, nil
}

// parts cuts the comparison by what its records have in common, and lists that in the
// order given, or else by name.
func (c *Comparison) parts(of func(record) string, order []string) (names []string, parts map[string]*Comparison) {
	parts = map[string]*Comparison{}
	for _, r := range c.records {
		name := of(r)
		if parts[name] == nil {
			part := *c
			part.records, part.standing = nil, nil
			parts[name] = &part
			names = append(names, name)
		}
		parts[name].records = append(parts[name].records, r)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a), slices.Index(order, b)), cmp.Compare(a, b))
	})
	return names, parts
}

func (c *Comparison) agreement(ctx context.Context, b Bootstrap, name string) (AgreementPart, error) {
	part := AgreementPart{Name: name, People: c.comparedPeople()}
	ratings, err := c.Ratings()
	if err != nil {
		return part, err
	}
	all, err := Summarise(ctx, ratings, b)
	if err != nil {
		return part, err
	}
	levels, err := c.LevelRatings()
	if err != nil {
		return part, err
	}
	part.Alpha, part.CI95 = all.KrippendorffAlpha.Ordinal, all.KrippendorffAlpha.OrdinalCI95
	part.Method, part.Reason = part.CI95.Method(), part.Alpha.Reason()
	part.Figures = append([]FigureRow{
		{"exact agreement, positions", all.Exact},
		{"adjacent agreement, ±1 position", all.Adjacent},
		{"exact agreement, levels", ExactAgreement(levels)},
		{"adjacent agreement, ±1 level", AdjacentAgreement(levels)},
	}, all.rest()...)
	part.Words = part.words()
	return part, nil
}

// Rows lists all figures but the headline, each with its name.
func (a Agreement) Rows() []FigureRow {
	return append([]FigureRow{{"exact agreement", a.Exact}, {"adjacent agreement, ±1 category", a.Adjacent}}, a.rest()...)
}

func (a Agreement) rest() []FigureRow {
	return []FigureRow{
		{"Krippendorff's alpha, nominal", a.KrippendorffAlpha.Nominal},
		{"Krippendorff's alpha, interval", a.KrippendorffAlpha.Interval},
		{"Cohen's kappa, unweighted", a.CohenKappa.Unweighted},
		{"Cohen's kappa, linear weights", a.CohenKappa.Linear},
		{"Cohen's kappa, quadratic weights", a.CohenKappa.Quadratic},
		{"Fleiss' kappa", a.FleissKappa},
		{"Gwet's AC1", a.GwetAC.AC1},
		{"Gwet's AC2, linear weights", a.GwetAC.Linear},
		{"Gwet's AC2, quadratic weights", a.GwetAC.Quadratic},
		{"Gwet's AC2, ordinal weights", a.GwetAC.Ordinal},
		{"Kendall's W", a.KendallW},
		{"ICC(1,1)", a.ICC.Single1},
		{"ICC(2,1)", a.ICC.Single2},
		{"ICC(3,1)", a.ICC.Single3},
		{"ICC(1,k)", a.ICC.Mean1},
		{"ICC(2,k)", a.ICC.Mean2},
		{"ICC(3,k)", a.ICC.Mean3},
	}
}

// comparedPeople counts the people whom two reviewers or more placed on a dimension. A
// person whom one reviewer placed says nothing of agreement, and makes no interval
// narrower.
func (c *Comparison) comparedPeople() (people int) {
	var own []record
	last := -1
	for u := range c.units() {
		if own = u.own(own[:0]); len(own) >= 2 && int(u[0].person) != last {
			people, last = people+1, int(u[0].person)
		}
	}
	return people
}

// Ratings is the reviewers' placements as a table: a unit is one person in one session
// on one dimension, a rater is a reviewer, the scale is the positions. What a reviewer
// thinks is their vote, or else their draft; see [Comparison.Spread].
func (c *Comparison) Ratings() (Ratings, error) {
	var words []string
	for _, p := range c.rubric.Positions() {
		words = append(words, p.Key)
	}
	return c.ratings(words, func(r record) int { return int(r.ordinal) - 1 })
}

// LevelRatings is [Comparison.Ratings] on the scale of levels.
func (c *Comparison) LevelRatings() (Ratings, error) {
	var words []string
	for _, l := range c.rubric.Levels {
		words = append(words, fmt.Sprint(l.Number))
	}
	return c.ratings(words, func(r record) int { return c.levelAt(r.ordinal) })
}

func (c *Comparison) ratings(words []string, category func(record) int) (Ratings, error) {
	scale, err := NewScale(words...)
	if err != nil {
		return Ratings{}, err
	}
	r := Ratings{scale: scale, starts: []int{0}}
	rater := make([]int, len(c.reviewers)) // by reviewer
	for i, rates := range c.rating() {
		rater[i] = len(r.raters)
		if rates {
			r.raters = append(r.raters, c.reviewers[i])
		}
	}
	var own []record
	for u := range c.units() {
		own = u.own(own[:0])
		if len(own) == 0 {
			continue
		}
		for _, o := range own {
			r.cells = append(r.cells, cell{rater: rater[o.reviewer], category: category(o)})
		}
		r.units, r.starts = append(r.units, c.labels[u[0].person]), append(r.starts, len(r.cells))
	}
	return r, nil
}

// rating says, by reviewer, who placed anybody by draft or vote.
func (c *Comparison) rating() []bool {
	rates := make([]bool, len(c.reviewers))
	for _, r := range c.records {
		if c.stage(r) != Final {
			rates[r.reviewer] = true
		}
	}
	return rates
}

// Agreement in words goes by these bounds of alpha. From 0.8 on Krippendorff would rely
// on data and from 0.667 on draw tentative conclusions (Content Analysis, 2nd ed.,
// 2004, section 11.4). He has no words for less; 0.4 and 0.2 are where Landis and Koch
// (The measurement of observer agreement for categorical data, Biometrics 33, 1977) let
// moderate and fair agreement begin.
var agreementWords = []struct {
	from  float64
	words string
}{
	{0.8, "reviewers agree"},
	{0.667, "reviewers mostly agree"},
	{0.4, "reviewers agree in part"},
	{0.2, "reviewers agree a little"},
	{-2, "reviewers agree hardly more than by chance"},
}

func agreementClass(alpha float64) int {
	for i, class := range agreementWords {
		if alpha >= class.from {
			return i
		}
	}
	return len(agreementWords) - 1
}

// words says what the headline means, and how sure that is: uncertain if the lower end
// of the interval would be said in other words.
func (a AgreementPart) words() string {
	alpha, ok := a.Alpha.Value()
	if !ok {
		return "how far reviewers agree cannot be said: " + a.Alpha.Reason()
	}
	class := agreementClass(alpha)
	said := agreementWords[class].words
	low, high, ok := a.CI95.Bounds()
	switch {
	case !ok:
		return fmt.Sprintf("with %s it is quite uncertain how far reviewers agree (alpha %.2f): %s", countPeople(a.People), alpha, a.CI95.Reason())
	case agreementClass(low) > class:
		return fmt.Sprintf("%s; with %s this is uncertain: %.2f to %.2f", said, countPeople(a.People), low, high)
	}
	return fmt.Sprintf("%s: %.2f to %.2f, with %s", said, low, high, countPeople(a.People))
}
