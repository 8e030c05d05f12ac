package calibration_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"calibrate/calibration"
	"calibrate/rubric"
)

// changed is a copy of the rubric's parts, to be changed and made into another one.
type changed struct {
	role       string
	dimensions []string
	levels     []rubric.Level
}

func changedOf(t testing.TB, r *rubric.Rubric, change func(c *changed)) *rubric.Rubric {
	t.Helper()
	c := changed{role: r.Role, dimensions: slices.Clone(r.Dimensions)}
	for _, l := range r.Levels {
		level := l
		level.Bands = nil
		for _, b := range l.Bands {
			band := b
			band.Dimensions = map[string]rubric.Content{}
			for name, content := range b.Dimensions {
				content.Impact = slices.Clone(content.Impact)
				band.Dimensions[name] = content
			}
			level.Bands = append(level.Bands, band)
		}
		c.levels = append(c.levels, level)
	}
	change(&c)
	made, err := rubric.New(c.role, c.dimensions, c.levels)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// A decision that was made under another rubric is compared where its position still
// means the same, and else stands apart for a reason.
func TestVersions(t *testing.T) {
	individual := func(c *changed, level, band int, change func(*rubric.Content)) {
		content := c.levels[level].Bands[band].Dimensions["Individual"]
		change(&content)
		c.levels[level].Bands[band].Dimensions["Individual"] = content
	}
	tests := []struct {
		name string
		then func(c *changed)
		want string // why 2-mid on Individual stands apart
	}{
		{"another role", func(c *changed) { c.role = "Another" }, ""},
		{"dimensions in another order", func(c *changed) { slices.Reverse(c.dimensions) }, ""},
		{"other words elsewhere", func(c *changed) {
			individual(c, 1, 0, func(s *rubric.Content) { s.Impact[0] = "something else" })
		}, ""},
		{"other words on the other dimension", func(c *changed) {
			delete(c.levels[1].Bands[1].Dimensions, "Business Impact")
		}, ""},
		{"other spaces", func(c *changed) {
			individual(c, 1, 1, func(s *rubric.Content) { s.Impact[0] = strings.ReplaceAll(s.Impact[0], " ", "  ") })
		}, ""},
		{"statements in another order", func(c *changed) {
			individual(c, 1, 1, func(s *rubric.Content) { slices.Reverse(s.Impact) })
		}, ""},
		{"the level's name in other case", func(c *changed) { c.levels[1].Name = "LEVEL name  2" }, ""},
		{"another name of another level", func(c *changed) { c.levels[0].Name = "Another" }, ""},
		{"a statement reworded", func(c *changed) {
			individual(c, 1, 1, func(s *rubric.Content) { s.Impact[0] = "something else" })
		}, "what the rubric says of Individual at 2-mid has changed since: 1 statement taken out, 1 put in"},
		{"a statement in another section", func(c *changed) {
			individual(c, 1, 1, func(s *rubric.Content) {
				s.Impact, s.Examples = s.Impact[:1], append(slices.Clone(s.Examples), s.Impact[1])
			})
		}, "what the rubric says of Individual at 2-mid has changed since: 1 statement taken out, 1 put in"},
		{"a statement twice", func(c *changed) {
			individual(c, 1, 1, func(s *rubric.Content) { s.Impact = append(s.Impact, s.Impact[0]) })
		}, "what the rubric says of Individual at 2-mid has changed since: 1 statement taken out, 0 put in"},
		{"another progression signal", func(c *changed) {
			individual(c, 1, 1, func(s *rubric.Content) { s.ProgressionSignal = []string{"begins to"} })
		}, "what the rubric says of Individual at 2-mid has changed since: 1 statement taken out, 0 put in"},
		{"another name of the level", func(c *changed) { c.levels[1].Name = "Another" }, `level 2 was called "Another" then and is "Level name 2" now`},
		{"a level more", func(c *changed) {
			only := rubric.Band{Name: "Only", Dimensions: map[string]rubric.Content{"Individual": {Impact: []string{"more"}}}}
			c.levels = append(c.levels, rubric.Level{Number: 4, Name: "More", Bands: []rubric.Band{only}})
		}, "the scale was another: 4 levels and 10 positions then, 3 levels and 9 positions now"},
		{"another band", func(c *changed) { c.levels[2].Bands[2].Name = "Top" }, "the scale was another: position 9 of 9 was 3-top then and is 3-high now"},
		{"no such dimension now", func(c *changed) {
			c.dimensions[0] = "Craft"
			for _, l := range c.levels {
				for _, b := range l.Bands {
					b.Dimensions["Craft"] = b.Dimensions["Individual"]
					delete(b.Dimensions, "Individual")
				}
			}
		}, `the rubric has no dimension "Craft" any more`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			now := scale(t, 3, 3)
			old := changedOf(t, now, test.then)
			b := company(now)
			b.RubricOf = func(string) (*rubric.Rubric, error) { return old, nil }
			d := told(t, now, "Grace ada 2-mid @spring")[0]
			if d.Rubric = old.Hash(); slices.Contains(old.Dimensions, "Craft") {
				d.Dimension = "Craft"
			}
			if err := d.Validate(old); err != nil {
				t.Fatal(err)
			}
			o := compare(b, calibration.Filter{}, []calibration.Decision{d}).Overview()
			switch {
			case o.Decisions+len(o.Apart) != 1:
				t.Fatalf("%d are compared, %d stand apart", o.Decisions, len(o.Apart))
			case test.want == "" && o.Decisions == 0:
				t.Fatalf("it stands apart: %s", o.Apart[0].Reason)
			case test.want != "" && o.Decisions == 1:
				t.Fatal("it is compared")
			case test.want == "":
				return
			}
			want := calibration.Apart{
				Decision: d.ID, Person: calibration.PersonRef{ID: "ada", Name: "Ada", Team: "Red", Manager: "Grace"},
				Session: calibration.SessionRef{ID: "spring", Name: "Spring"}, Dimension: d.Dimension, Reviewer: "Grace", Stage: calibration.Draft,
				Position: "2-mid", DecidedAt: d.DecidedAt, Rubric: old.Hash(), Reason: test.want,
			}
			if diff := cmp.Diff(want, o.Apart[0]); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// What cannot be understood stands apart too, and takes no part in any view.
func TestWhatCannotBeRead(t *testing.T) {
	r := scale(t, 3, 3)
	all := told(t, r, "Grace ada 2-mid @spring\nGrace bob 2-mid @spring\nGrace cyd 2-mid @spring\nGrace dee 2-mid @spring\nTony dee 2-mid @spring")
	all[0].Rubric, all[1].Position, all[2].Stage, all[3].Dimension = "lost", "9-mid", "vote", "Charm"
	b := company(r)
	reasons := map[string]string{}
	for name, of := range map[string]func(string) (*rubric.Rubric, error){
		"there is no copy of it": nil,
		"the disk is gone":       func(string) (*rubric.Rubric, error) { return nil, fmt.Errorf("the disk is gone") },
	} {
		b.RubricOf = of
		c := compare(b, calibration.Filter{}, all)
		for _, a := range c.Apart() {
			reasons[a.Person.ID] = a.Reason
		}
		want := map[string]string{
			"ada": "the rubric that it was made under cannot be read: " + name, "bob": `the rubric that it was made under has no position "9-mid"`,
			"cyd": `stage "vote" is not one of draft, panel, final`, "dee": `the rubric that it was made under has no dimension "Charm"`,
		}
		if diff := cmp.Diff(want, reasons); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if o := c.Overview(); o.Words != "1 decision about 1 person by 1 reviewer; 4 stand apart" || len(c.Spread().People) != 1 || len(c.ApartReasons()) != 4 {
			t.Errorf("%s; %d people in spread", o.Words, len(c.Spread().People))
		}
	}
}

// Of a slot the last counts, also where it stands apart: the one before, which could be
// compared, is not what its reviewer thinks.
func TestTheLastCountsAlsoIfItStandsApart(t *testing.T) {
	now := scale(t, 3, 3)
	old := reworded(t, now, "first at 2 Mid, Individual", "something else")
	all := slices.Concat(told(t, now, "Grace ada 2-mid @spring"), told(t, old, "Tony bob 2-low @spring\nGrace ada 2-mid @spring"))
	all[0].ID = "0000"
	b := company(now)
	b.RubricOf = func(string) (*rubric.Rubric, error) { return old, nil }
	o := compare(b, calibration.Filter{}, all).Overview()
	if o.Words != "1 decision about 1 person by 1 reviewer; 1 conflicts with an earlier one that was made without knowing of it; 1 stands apart" {
		t.Error(o.Words)
	}
}

func TestConflicts(t *testing.T) {
	c := compareTold(t, `
		Grace ada 1-low @spring
		Grace ada 1-mid @spring fixes:1
		Grace ada 1-high @spring
		Grace ada 2-low @spring
		Grace bob 2-low @spring
		Grace bob 2-mid @spring fixes:5
		Grace cyd 2-mid
		Grace cyd 2-mid @spring`)
	got := []string{}
	for _, conflict := range c.Conflicts() {
		line := conflict.Person.ID + " " + conflict.Session.ID + " " + conflict.Dimension + ": " + conflict.Counts.Position
		for _, o := range conflict.Overruled {
			line += " over " + o.Position
		}
		got = append(got, line)
	}
	if diff := cmp.Diff([]string{"ada spring Individual: 2-low over 1-mid over 1-high"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, p := range c.Spread().People {
		for _, d := range p.Rows[0].Placements {
			if want := map[string]int{"0004": 2}[d.Decision]; len(d.Overruled) != want {
				t.Errorf("%s overrules %v", d.Decision, d.Overruled)
			}
			if d.Outside != (d.Decision == "0007") {
				t.Errorf("%s was made outside: %v", d.Decision, d.Outside)
			}
		}
	}
}
