package calibration

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
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

// meanings say in a sentence how a figure is read, by how its name begins.
var meanings = []struct{ begins, words string }{
	{"exact agreement", "the share of pairs of placements that are the same"},
	{"adjacent agreement", "the share of pairs of placements that are the same or one apart"},
	{"Krippendorff's alpha", "1 is full agreement, 0 what chance would give; it takes any number of reviewers, and gaps"},
	{"Cohen's kappa", "of pairs of reviewers: 1 is full agreement, 0 what chance would give; weights forgive what is near"},
	{"Fleiss' kappa", "of any reviewers, without regard to how near: 1 is full agreement, 0 what chance would give"},
	{"Gwet's AC", "as kappa, but steady where nearly all are placed alike"},
	{"Kendall's W", "how alike reviewers put people in order: 1 is the same order, 0 none"},
	{"ICC(", "the share of the variation that lies in the people and not in their reviewers; with 1 of one reviewer, with k of the mean of all"},
}

// Meaning says in a sentence how the figure is read; empty where it is none of those of
// an [AgreementPart].
func (f FigureRow) Meaning() string {
	for _, m := range meanings {
		if strings.HasPrefix(f.Name, m.begins) {
			return m.words
		}
	}
	return ""
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
