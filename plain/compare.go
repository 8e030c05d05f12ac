package plain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"calibrate/calibration"
	"calibrate/report"
)

// comparing is the comparison that is looked at: what was read, what of it is chosen, and
// the view of it that was read out last.
type comparing struct {
	filter calibration.Filter
	read   comparison              // of all sessions
	parts  calibration.Comparisons // what is chosen of it, by rubric: each view is read for each
	now    *calibration.Comparison // the part that is read

	view      string
	between   int // of shifts(): what a shift is measured between
	group     calibration.Grouping
	positions bool                                 // a distribution is by position, not by level
	opens     []func() error                       // what the numbers of the view that was read lead to
	measured  map[string]calibration.AgreementView // agreement of now; nil until it is measured
	told      map[string]bool                      // what was said already: what a view is, and what is compared
	leave     func(*dialogue) error
}

// comparison is decisions that were read and compared, each person's under their rubric.
type comparison struct {
	basis     calibration.Basis
	all       calibration.Comparisons
	reviewers []string
}

// compareRoom has the views by their names.
func compareRoom() room {
	r := room{
		name:    "Compare",
		hint:    "The name of a view reads it, “next” the next one; a number opens what was read under it; “session”, “dimension” or “reviewer” chooses what is compared; “back” leaves, “help” lists everything",
		other:   &command{args: "NUMBER", does: "open that entry: everybody's reasons, or what it is made of", run: (*dialogue).openEntry},
		mistake: "is no view, and no number of the list",
	}
	for _, v := range report.Views() {
		r.commands = append(r.commands, command{[]string{v.Name}, "", v.About, func(d *dialogue, _ string) error { return d.readView(v.Name) }})
	}
	r.commands = append(r.commands,
		command{[]string{"next", "n"}, "", "the next view", func(d *dialogue, _ string) error { return d.stepView(1) }},
		command{[]string{"previous", "p"}, "", "the view before", func(d *dialogue, _ string) error { return d.stepView(-1) }},
		command{[]string{"show", "read"}, "", "read this view again", func(d *dialogue, _ string) error { return d.readView(d.views.view) }},
		command{[]string{"between"}, "[NUMBER or NAMES]", "what a shift is measured between", (*dialogue).chooseBetween},
		command{[]string{"by"}, "[NUMBER or NAME]", "what a distribution is drawn for: team, manager, reviewer, stage, dimension or session", (*dialogue).chooseGroup},
		command{[]string{"positions"}, "", "a distribution by position; again, by level", (*dialogue).turnPositions},
	)
	for _, f := range filterFields() {
		r.commands = append(r.commands, command{[]string{f.name}, "[NUMBER, NAME or all]", "compare only " + f.does, func(d *dialogue, which string) error { return d.chooseFilter(f, which) }})
	}
	r.commands = append(r.commands,
		command{[]string{"since"}, "DATE or all", "compare only what was decided on that day or later: “since 2026-03-01”", (*dialogue).chooseSince},
		command{[]string{"everything"}, "", "choose nothing any more: compare all there is", func(d *dialogue, _ string) error { return d.choosing(calibration.Filter{}) }},
		command{[]string{"write"}, "FILE", "write this view to a file; the ending says how: .html, .md, .csv, .json or .txt", (*dialogue).writeView},
		command{[]string{"back"}, "", "back to where you came from", func(d *dialogue, _ string) error { return d.views.leave(d) }},
	)
	return r
}

// enterCompare opens the comparison, of a session if one is named, and reads a view.
func (d *dialogue) enterCompare(view, session string, leave func(*dialogue) error) error {
	name := "spread"
	if view != "" {
		var names []string
		for _, v := range report.Views() {
			names = append(names, v.Name)
		}
		i, err := oneOf("view", names, view)
		if err != nil {
			return err
		}
		name = names[i]
	}
	v := &comparing{group: calibration.ByTeam, leave: leave, view: name, told: map[string]bool{}}
	if session == "" {
		session = d.Session
	}
	if session != "" {
		v.filter.Sessions = []string{session}
	}
	before := d.views
	d.views = v
	if err := d.compareAnew(); err != nil {
		d.views = before
		return err
	}
	d.desk, d.room = nil, compareRoom()
	return d.readView(name)
}

// compareAnew reads the decisions, and chooses among them.
func (d *dialogue) compareAnew() (err error) {
	v := d.views
	if v.read, err = d.readComparison(v.filter, nil); err != nil {
		return fmt.Errorf("the decisions could not be read: %w", err)
	}
	v.parts, v.measured, v.opens = v.read.all.Where(v.filter), map[string]calibration.AgreementView{}, nil
	v.now = v.parts[0]
	return nil
}

// readComparison compares what may be seen of all decisions, each person's under the
// rubric that of gives them; nil: that of the session that the filter names, if it is
// one, or of their role.
func (d *dialogue) readComparison(f calibration.Filter, of *calibration.Scales) (c comparison, err error) {
	c.basis = calibration.Basis{Rubric: d.Rubric, RubricOf: d.Store.Rubric}
	if c.basis.People, err = d.Store.People(); err != nil {
		return c, err
	}
	if c.basis.Sessions, err = d.Store.Sessions(); err != nil {
		return c, err
	}
	if of == nil {
		scales, err := calibration.ScalesOf(c.basis, f, d.RubricFor)
		if err != nil {
			return c, err
		}
		of = &scales
	}
	c.basis.Rubric, c.basis.RubricFor = of.Own, of.ByPerson
	met := map[string]bool{}
	comparers := calibration.NewComparers(c.basis, calibration.Filter{})
	err = d.Store.DecisionsFor(calibration.Filter{}, func(made calibration.Decision) error {
		comparers.Add(made)
		if !met[made.Reviewer] {
			met[made.Reviewer] = true
			c.reviewers = append(c.reviewers, made.Reviewer)
		}
		return nil
	})
	slices.Sort(c.reviewers)
	if err == nil {
		c.all = comparers.Comparisons()
	}
	return c, err
}

// filled are the parts that there is something to say of: all, or where some are empty
// the others.
func (v *comparing) filled() calibration.Comparisons {
	filled := slices.DeleteFunc(slices.Clone(v.parts), func(c *calibration.Comparison) bool {
		o := c.Overview()
		return o.Decisions+len(o.Apart) == 0
	})
	if len(filled) == 0 {
		return v.parts[:1]
	}
	return filled
}

// overview says what all parts rest on.
func (v *comparing) overview() calibration.Overview {
	if len(v.parts) == 1 {
		return v.parts[0].Overview()
	}
	return v.parts.Overview()
}

func (d *dialogue) stepView(by int) error {
	views := report.Views()
	at := slices.IndexFunc(views, func(v report.View) bool { return v.Name == d.views.view })
	return d.readView(views[(at+by+len(views))%len(views)].Name)
}

// readView reads one view of what is chosen, for the people of one rubric after the
// other: nothing is ever measured over two scales.
func (d *dialogue) readView(name string) error {
	v := d.views
	v.view, v.opens, d.more = name, nil, nil
	var lines []leadText
	if name == "agreement" && len(v.parts) > 1 {
		lines = append(lines, leadText{"", "Over all: none, because of " + calibration.DifferentScales + ". Agreement is measured for the people of each rubric apart."})
	}
	for _, part := range v.filled() {
		if v.now = part; len(v.parts) > 1 {
			lines = append(lines, leadText{"", fmt.Sprintf("Rubric: %s. %s.", calibration.RubricNames(v.read.all.Rubrics())[part.Rubric().Hash()], capital(part.Overview().Words))})
		}
		of, err := d.viewLines(name)
		if err != nil {
			return err
		}
		lines = append(lines, of...)
	}
	d.out.blank()
	d.readBasis(name)
	d.readLines(lines)
	d.hint("")
	return nil
}

// viewLines are what a view says of the part that is read.
func (d *dialogue) viewLines(name string) ([]leadText, error) {
	switch name {
	case "shift":
		return d.shiftLines(), nil
	case "distribution":
		return d.distributionLines(), nil
	case "agreement":
		return d.agreementLines()
	case "reviewers":
		return d.reviewerLines(), nil
	case "contested":
		return d.contestedLines(), nil
	case "cells":
		return d.cellLines(), nil
	case "past":
		return d.pastLines(), nil
	}
	return d.spreadLines(), nil
}

// readBasis says what is compared, and what is not.
func (d *dialogue) readBasis(view string) {
	v := d.views
	title := capital(viewTitle(view))
	for _, known := range report.Views() {
		if known.Name == view && !v.told[view] {
			title += ": " + strings.TrimSuffix(known.About, ", by team")
		}
	}
	d.out.say("%s.", title)
	compared := fmt.Sprintf("Compared: %s. %s.", d.chosenWords(), capital(v.overview().Words))
	if v.told[view] = true; v.told[compared] {
		return
	}
	v.told[compared] = true
	d.out.say("%s", compared)
	for _, part := range v.parts {
		for _, why := range part.ApartReasons() {
			d.out.say("Not compared: %s, because: %s.", count(why.Decisions, "decision", "decisions"), why.Words)
		}
	}
}

// viewTitle is what a view is called.
func viewTitle(view string) string {
	if view == "cells" {
		return "same cell"
	}
	return view
}

// entry adds an entry to what is read, with a number that opens it.
func (v *comparing) entry(lines *[]leadText, text string, opens func() error) {
	v.opens = append(v.opens, opens)
	*lines = append(*lines, leadText{fmt.Sprintf("%d. ", len(v.opens)), text})
}

// openEntry opens what was read under a number.
func (d *dialogue) openEntry(which string) error {
	n, err := strconv.Atoi(which)
	if err != nil {
		return d.unknown(which)
	}
	if n < 1 || n > len(d.views.opens) {
		return fmt.Errorf("there is no number %d here; there is %s", n, span(len(d.views.opens)))
	}
	return d.views.opens[n-1]()
}

// who names somebody, with the session where several are compared.
func (v *comparing) who(p calibration.PersonRef, session calibration.SessionRef) string {
	if len(v.filter.Sessions) == 1 || session.ID == "" {
		return p.Name
	}
	return p.Name + " in " + session.Name
}

// writeView writes the view to a file.
func (d *dialogue) writeView(path string) error {
	v := d.views
	switch {
	case d.Save == nil:
		return errors.New("views cannot be written to files here; “calibrate compare” prints them")
	case path == "":
		return errors.New("“write” needs the name of a file, such as “write " + v.view + ".html”")
	}
	w := report.Written{Path: path, View: v.view, Filter: v.filter, Group: v.group}
	w.From, w.To = v.ends(v.shift())
	if err := d.working(func(ctx context.Context) error { return d.Save(ctx, w) }); err != nil {
		return fmt.Errorf("not written: %w", err)
	}
	d.out.say("%s is written.", path)
	return nil
}

// chosenWords say what is compared.
func (d *dialogue) chosenWords() string {
	f, parts := d.views.filter, []string{}
	for _, field := range filterFields() {
		var names []string
		for _, value := range field.get(f) {
			names = append(names, field.called(d.views, value))
		}
		if len(names) > 0 {
			parts = append(parts, field.name+" "+strings.Join(names, ", "))
		}
	}
	if !f.Since.IsZero() {
		parts = append(parts, "since "+d.day(f.Since))
	}
	if len(parts) == 0 {
		return "everything"
	}
	return strings.Join(parts, "; ")
}
