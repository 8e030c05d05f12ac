package report_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"calibrate/calibration"
	"calibrate/report"
	"calibrate/rubric"
)

// uneven is a session in which not everybody has placed everybody: one person has one
// draft, by somebody who is not their manager, and one has votes and nothing else.
func uneven(t testing.TB) report.Source {
	t.Helper()
	r := must[*rubric.Rubric](t)(rubric.Parse("rubric.yaml", must[[]byte](t)(os.ReadFile("../rubric.yaml"))))
	people := []calibration.Person{
		{ID: "1", Name: "Ada", Team: "Engines", Manager: "Charles Babbage"},
		{ID: "2", Name: "Ben", Team: "Looms", Manager: "Charles Babbage"},
	}
	session := calibration.Session{ID: "s", Name: "Spring", Rubric: r.Hash(), State: calibration.Open, People: []string{"1", "2"}}
	s := report.Source{
		Rubric: r, People: people, Session: &session, Bootstrap: calibration.DefaultBootstrap(), Now: now,
		RubricOf:  func(string) (*rubric.Rubric, error) { return r, nil },
		Decisions: map[string]calibration.Decision{},
	}
	c := calibration.NewComparer(calibration.Basis{Rubric: r, People: people, Sessions: []calibration.Session{session}}, calibration.Filter{Sessions: []string{"s"}})
	for i, d := range []calibration.Decision{
		{Person: "1", Reviewer: "Grace Hopper", Stage: calibration.Draft, Position: "3-mid"},
		{Person: "2", Reviewer: "Charles Babbage", Stage: calibration.Panel, Position: "5-high"},
		{Person: "2", Reviewer: "Alan Turing", Stage: calibration.Panel, Position: "5-high"},
	} {
		d.ID, d.Session, d.Dimension, d.Rubric = fmt.Sprintf("01J%023d", i+1), "s", r.Dimensions[0], r.Hash()
		d.Confidence, d.Rationale, d.DecidedAt = calibration.Medium, fmt.Sprintf("reason %d", i+1), now.Add(time.Duration(i)*time.Minute)
		s.Decisions[d.ID] = d
		c.Add(d)
	}
	s.Comparison = c.Comparison()
	return s
}

// everyFormat is all that is written for somebody, in each format that there is for them.
func everyFormat(t testing.TB, s report.Source, who report.Audience) map[string]string {
	t.Helper()
	doc := must[report.Document](t)(report.Session(context.Background(), s, who))
	all := map[string]string{
		"text": string(written(t, doc.Text)), "markdown": string(written(t, doc.Markdown)), "html": string(written(t, doc.HTML)),
		"csv":  string(written(t, func(w io.Writer) error { return report.WriteRows(w, s, who) })),
		"json": string(must[[]byte](t)(json.Marshal(must[any](t)(report.Data(context.Background(), s, who))))),
	}
	return all
}

func TestManagersReadNoOtherReviewersName(t *testing.T) {
	for format, text := range everyFormat(t, uneven(t), report.ForManager) {
		for _, name := range []string{"Grace Hopper", "Alan Turing"} {
			if strings.Contains(text, name) {
				t.Errorf("as %s a manager reads the name of %s:\n%s", format, name, text)
			}
		}
		if !strings.Contains(text, "Ada") {
			t.Errorf("as %s a manager does not read of Ada:\n%s", format, text)
		}
	}
}

// Ben was voted on and nothing else: where that has placed him is the panel's business.
func TestHRReadsNoVotes(t *testing.T) {
	for format, text := range everyFormat(t, uneven(t), report.ForHR) {
		text = strings.Join(strings.Fields(text), " ")
		for _, vote := range []string{"5-high 1 50", "5 Transformative 1", "Looms: 1", `"position":"5-high","count":1`} {
			if strings.Contains(text, vote) {
				t.Errorf("as %s HR reads %q:\n%s", format, vote, text)
			}
		}
	}
}
