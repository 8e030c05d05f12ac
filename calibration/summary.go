package calibration

import (
	"context"
	"encoding/json"
	"sync"
)

// Agreement is all figures of one table of ratings. Its JSON has null for a
// figure that is not defined and the reason under not_defined, by the name of the
// figure or of the group: "icc", "icc.1_k".
type Agreement struct {
	Raters            int           `json:"raters"`
	Units             int           `json:"units"`
	Ratings           int           `json:"ratings"`
	Exact             Figure        `json:"exact"`
	Adjacent          Figure        `json:"adjacent"`
	CohenKappa        CohenFigures  `json:"cohen_kappa"`
	FleissKappa       Figure        `json:"fleiss_kappa"`
	KrippendorffAlpha AlphaFigures  `json:"krippendorff_alpha"`
	GwetAC            GwetACFigures `json:"gwet_ac"`
	KendallW          Figure        `json:"kendall_w"`
	ICC               ICC           `json:"icc"`
}

// CohenFigures is Cohen's kappa with each of its usual weights.
type CohenFigures struct {
	Unweighted Figure `json:"unweighted"`
	Linear     Figure `json:"linear"`
	Quadratic  Figure `json:"quadratic"`
}

// AlphaFigures is Krippendorff's alpha with each metric, and the interval of the
// ordinal one.
type AlphaFigures struct {
	Nominal     Figure
	Ordinal     Figure
	Interval    Figure
	OrdinalCI95 Interval
}

// MarshalJSON writes the interval's method beside it, or null.
func (a AlphaFigures) MarshalJSON() ([]byte, error) {
	var method *string
	if said := a.OrdinalCI95.Method(); said != "" {
		method = &said
	}
	return json.Marshal(struct {
		Nominal     Figure   `json:"nominal"`
		Ordinal     Figure   `json:"ordinal"`
		Interval    Figure   `json:"interval"`
		OrdinalCI95 Interval `json:"ordinal_ci95"`
		CIMethod    *string  `json:"ci_method"`
	}{a.Nominal, a.Ordinal, a.Interval, a.OrdinalCI95, method})
}

// GwetACFigures is Gwet's AC with each of its weights.
type GwetACFigures struct {
	AC1       Figure `json:"ac1"`
	Linear    Figure `json:"ac2_linear"`
	Quadratic Figure `json:"ac2_quadratic"`
	Ordinal   Figure `json:"ac2_ordinal"`
}

// Summarise computes all figures; the bootstrap is that of ordinal alpha's
// interval, and the errors are those of [Bootstrap.Interval].
func Summarise(ctx context.Context, r Ratings, b Bootstrap) (Agreement, error) {
	interval, err := b.Interval(ctx, r, OrdinalMetric)
	if err != nil {
		return Agreement{}, err
	}
	a := Agreement{Raters: len(r.raters), Units: len(r.units), Ratings: len(r.cells)}
	a.KrippendorffAlpha.OrdinalCI95 = interval
	var group sync.WaitGroup
	for _, some := range []func(){ // none needs another
		func() { a.Exact, a.Adjacent, a.FleissKappa = ExactAgreement(r), AdjacentAgreement(r), FleissKappa(r) },
		func() {
			cohen := cohenKappas(r, Unweighted, LinearWeights, QuadraticWeights)
			a.CohenKappa = CohenFigures{Unweighted: cohen[0], Linear: cohen[1], Quadratic: cohen[2]}
		},
		func() {
			alpha := &a.KrippendorffAlpha
			alpha.Nominal, alpha.Ordinal, alpha.Interval = KrippendorffAlpha(r, NominalMetric), KrippendorffAlpha(r, OrdinalMetric), KrippendorffAlpha(r, IntervalMetric)
		},
		func() { a.GwetAC.AC1, a.GwetAC.Linear = GwetAC(r, Unweighted), GwetAC(r, LinearWeights) },
		func() { a.GwetAC.Quadratic, a.GwetAC.Ordinal = GwetAC(r, QuadraticWeights), GwetAC(r, OrdinalWeights) },
		func() { a.KendallW, a.ICC = KendallW(r), IntraclassCorrelations(r) },
	} {
		group.Go(some)
	}
	group.Wait()
	return a, nil
}

// NotDefined gives the reason for each figure that is not defined, by its name.
// A group whose figures all lack a number for the same reason is named once.
func (a Agreement) NotDefined() map[string]string {
	reasons := map[string]string{}
	cohen, alpha, gwet, icc := a.CohenKappa, a.KrippendorffAlpha, a.GwetAC, a.ICC
	for _, g := range []group{
		{"exact", []member{{"", a.Exact.Reason()}}},
		{"adjacent", []member{{"", a.Adjacent.Reason()}}},
		{"cohen_kappa", []member{
			{"unweighted", cohen.Unweighted.Reason()}, {"linear", cohen.Linear.Reason()}, {"quadratic", cohen.Quadratic.Reason()}}},
		{"fleiss_kappa", []member{{"", a.FleissKappa.Reason()}}},
		{"krippendorff_alpha", []member{
			{"nominal", alpha.Nominal.Reason()}, {"ordinal", alpha.Ordinal.Reason()}, {"interval", alpha.Interval.Reason()},
			{"ordinal_ci95", alpha.OrdinalCI95.Reason()}}},
		{"gwet_ac", []member{
			{"ac1", gwet.AC1.Reason()}, {"ac2_linear", gwet.Linear.Reason()}, {"ac2_quadratic", gwet.Quadratic.Reason()},
			{"ac2_ordinal", gwet.Ordinal.Reason()}}},
		{"kendall_w", []member{{"", a.KendallW.Reason()}}},
		{"icc", []member{
			{"1_1", icc.Single1.Reason()}, {"2_1", icc.Single2.Reason()}, {"3_1", icc.Single3.Reason()},
			{"1_k", icc.Mean1.Reason()}, {"2_k", icc.Mean2.Reason()}, {"3_k", icc.Mean3.Reason()}}},
	} {
		g.say(reasons)
	}
	return reasons
}

// group is figures that share a name, with the reasons why they are not defined.
type group struct {
	name    string
	members []member
}

type member struct{ name, reason string }

func (g group) say(reasons map[string]string) {
	shared := g.members[0].reason
	for _, m := range g.members[1:] {
		if m.reason != shared {
			shared = ""
		}
	}
	if shared != "" {
		reasons[g.name] = shared
		return
	}
	for _, m := range g.members {
		if m.reason != "" {
			reasons[g.name+"."+m.name] = m.reason
		}
	}
}

// MarshalJSON adds the reasons to the figures.
func (a Agreement) MarshalJSON() ([]byte, error) {
	type figures Agreement
	return json.Marshal(struct {
		figures
		NotDefined map[string]string `json:"not_defined"`
	}{figures(a), a.NotDefined()})
}
