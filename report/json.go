package report

import (
	"context"

	"calibrate/calibration"
)

// Whole is a report as data: what the other formats draw. Field names are promised.
type Whole struct {
	Title        string                           `json:"title"`
	Rubric       string                           `json:"rubric"` // hash
	Overview     calibration.Overview             `json:"overview"`
	Results      []ResultRecord                   `json:"results"`
	Shift        calibration.Shift                `json:"shift"`
	Distribution calibration.Distribution         `json:"distribution"`
	Spread       *calibration.Spread              `json:"spread,omitempty"` // for the facilitator alone, as all below
	Agreement    *calibration.AgreementView       `json:"agreement,omitempty"`
	Reviewers    []calibration.ReviewerView       `json:"reviewers,omitempty"`
	Contested    []calibration.ContestedStatement `json:"contested,omitempty"`
}

// ResultRecord is a [Result] as data, with the fields of the rows for HR, and why the
// decision is not the proposal.
type ResultRecord map[string]string

// Data lays the report out as data; the error is the context's. For anybody but the
// facilitator it holds results, and a shift and a distribution without reviewers.
// Of people under several rubrics it is a [ByRubric] of a [Whole] for each, else that.
func Data(ctx context.Context, s Source, who Audience) (any, error) {
	s = s.readBy(who)
	if !s.mixed() {
		return whole(ctx, s, who)
	}
	data, err := s.dataByRubric(func(part Source) (any, error) { return whole(ctx, part, who) })
	if who != ForFacilitator {
		data.Overview.Conflicts, data.Overview.Apart = nil, nil
	}
	return data, err
}

func whole(ctx context.Context, s Source, who Audience) (Whole, error) {
	w := Whole{
		Title: s.title(), Rubric: s.Rubric.Hash(), Overview: s.Comparison.Overview(), Results: []ResultRecord{},
		Shift:        s.Comparison.StageShift(calibration.Draft, calibration.Final),
		Distribution: s.placedFor(who).Distribution(calibration.ByTeam, s.Guideline),
	}
	for _, r := range s.Results() {
		record := ResultRecord{}
		for i, cell := range r.cells() {
			record[rowHead[i]] = cell
		}
		record["change"] = string(r.Change)
		w.Results = append(w.Results, record)
	}
	if who != ForFacilitator {
		w.Shift.ByReviewer = nil
		if who == ForManager {
			w.Shift.Rows = withoutReviewers(w.Shift.Rows)
		}
		w.Overview.Conflicts, w.Overview.Apart = nil, nil
		return w, nil
	}
	v, err := s.agreement(ctx)
	spread := s.Comparison.Spread()
	w.Spread, w.Agreement, w.Reviewers, w.Contested = &spread, &v, s.Comparison.Reviewers(), s.Comparison.Contested()
	return w, err
}

func withoutReviewers(rows []calibration.ShiftRow) []calibration.ShiftRow {
	for i := range rows {
		rows[i].From.Reviewers, rows[i].To.Reviewers = nil, nil
	}
	return rows
}
