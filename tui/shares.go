package tui

import "calibrate/rubric"

// columns is how many sections stand side by side; progression signals stand below
// them.
const columns = 3

// columnSections are the columns from left to right.
var columnSections = [columns]rubric.Section{rubric.Impact, rubric.Examples, rubric.Dampeners}

// sharesOf is how much text a rubric has in each column, by dimension. The columns
// share the width by that, over the whole rubric rather than by the band, so that
// they stand still while one steps from band to band.
func sharesOf(r *rubric.Rubric) map[string][columns]int {
	shares := map[string][columns]int{}
	for _, st := range r.AllStatements() {
		for i, section := range columnSections {
			if st.Section == section {
				share := shares[st.Dimension]
				share[i] += width(st.Text)
				shares[st.Dimension] = share
			}
		}
	}
	return shares
}

// columnWidths shares w cells, less one between columns. No column gets less than a
// quarter, however little text it has.
func (d *desk) columnWidths(w int) [columns]int {
	w -= columns - 1
	share := d.shares[d.walk().Dimension]
	all := share[0] + share[1] + share[2]
	least := w / 4
	var widths [columns]int
	rest := w - columns*least
	for i := columns - 1; i > 0; i-- {
		widths[i] = least
		if all > 0 {
			widths[i] += rest * share[i] / all
		}
	}
	widths[0] = w - widths[1] - widths[2]
	return widths
}
