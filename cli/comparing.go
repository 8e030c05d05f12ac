package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/report"
	"calibrate/rubric"
	"calibrate/store"
)

// comparing is the flags that choose what is compared.
type comparing struct {
	filter    calibration.Filter
	stages    []string
	since     string
	guideline string
	bootstrap calibration.Bootstrap
}

func (c *comparing) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&c.filter.Sessions, "session", nil, "only the session with the `NAME` or id; may be repeated")
	flags.StringArrayVar(&c.filter.Teams, "team", nil, "only people of the `TEAM`; may be repeated")
	flags.StringArrayVar(&c.filter.Managers, "manager", nil, "only people managed by `NAME`; may be repeated")
	flags.StringArrayVar(&c.filter.People, "person", nil, "only the person with the `ID` or exact name; may be repeated")
	flags.StringArrayVar(&c.filter.Dimensions, "dimension", nil, "only the `DIMENSION`; may be repeated")
	flags.StringArrayVar(&c.filter.Reviewers, "by", nil, "only decisions of the reviewer with the `NAME`; may be repeated")
	flags.StringArrayVar(&c.stages, "stage", nil, "only decisions of the `STAGE`: draft, panel or final; may be repeated")
	flags.StringVar(&c.since, "since", "", "only decisions made on the `DATE` or later: 2026-03-01")
	flags.StringVar(&c.guideline, "guideline", "", "`PERCENTAGES` per level to show beside the distribution, lowest first: 5,15,60,15,5")
	c.bootstrap = calibration.DefaultBootstrap()
	addBootstrapFlags(cmd, &c.bootstrap)
}

// load reads the decisions that are chosen and compares them. whole keeps them all,
// for their reasons. The context that the source was asked with ends long work.
func (s *shell) load(ctx context.Context, st store.Veiled, c comparing, whole bool) (report.Source, error) {
	src := report.Source{RubricOf: st.Rubric, Bootstrap: c.bootstrap, Now: s.Now(), Decisions: map[string]calibration.Decision{}}
	var names names // and no more of them than is needed: a company has thousands
	var err error
	if names.people, err = st.People(); err != nil {
		return src, err
	}
	if names.sessions, err = st.Sessions(); err != nil {
		return src, err
	}
	src.People = names.people
	basis, err := s.comparedUnder(st.Store, names, &src, c.filter.Sessions)
	if err != nil {
		return src, err
	}
	filter, err := c.resolve(basis, s.Now().Location())
	if err != nil {
		return src, err
	}
	hidden, err := unseenBy(st, filter, names.people)
	if err != nil {
		return src, err
	}
	s.tell(hidden)
	src.Hidden = hidden.words()
	comparers := calibration.NewComparers(basis, filter)
	made, err := st.Made()
	if err != nil {
		return src, err
	}
	progress, read := s.progress("reading decisions"), 0
	err = st.DecisionsFor(filter, func(d calibration.Decision) error {
		if whole {
			src.Decisions[d.ID] = d
		}
		comparers.Add(d)
		if read++; len(filter.Sessions) == 0 {
			progress.step(read, max(read, made))
		}
		return ctx.Err()
	})
	progress.done()
	if err != nil {
		return src, err
	}
	compared := comparers.Comparisons()
	if src.Guideline, err = s.guidelineFor(c.guideline, compared.Rubrics()); err != nil {
		return src, err
	}
	return src.With(compared), compared.UnknownReviewers(filter)
}

func (c comparing) resolve(b calibration.Basis, where *time.Location) (calibration.Filter, error) {
	f := c.filter
	for _, stage := range c.stages {
		f.Stages = append(f.Stages, calibration.Stage(strings.ToLower(stage)))
	}
	if c.since != "" {
		at, err := time.ParseInLocation(time.DateOnly, c.since, where)
		if err != nil {
			return f, fmt.Errorf("--since %q is no date; write it as 2026-03-01", c.since)
		}
		f.Since = at
	}
	return b.Resolve(f)
}

// comparedUnder is what decisions are compared on: in the one session that is asked for
// everybody under the rubric that it places them under, else under that of their role.
func (s *shell) comparedUnder(st *store.Store, n names, src *report.Source, sessions []string) (b calibration.Basis, err error) {
	b = calibration.Basis{People: n.people, Sessions: n.sessions, RubricOf: st.Rubric}
	var session calibration.Session
	if len(sessions) == 1 && sessions[0] != "" {
		if session, err = calibration.FindSession(n.sessions, sessions[0]); err != nil {
			return b, err
		}
		src.Session = &session
	}
	if _, b.Rubric, err = s.sessionAndRubric(st, session.ID); err != nil {
		return b, err
	}
	of, err := s.rubricsFor(st, session, b.Rubric)
	if of == nil || err != nil {
		return b, err
	}
	byID := map[string]calibration.Person{}
	for _, p := range n.people {
		byID[p.ID] = p
	}
	b.RubricFor = func(id string) *rubric.Rubric { return of(calibration.Person{ID: id, Role: byID[id].Role}) }
	return b, nil
}
