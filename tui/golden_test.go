package tui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"calibrate/calibration"
	"calibrate/internal/memorystore"
	"calibrate/rubric"
)

// The sizes that every screen is looked at in.
var goldenSizes = [][2]int{{60, 15}, {80, 24}, {120, 40}, {200, 60}}

// wide is a rubric and people in scripts whose characters are two cells, joined, or
// written from right to left.
func wide(t testing.TB) *rubric.Rubric {
	t.Helper()
	say := func(what string, n int) rubric.Content {
		return rubric.Content{
			Impact:            []string{fmt.Sprintf("%s负责内部开发者平台的战略,包括黄金路径、开发者体验的度量（DORA 指标）以及推广采用 %d。", what, n), fmt.Sprintf("يقود بنية المنصة ويؤثر في الفرق الأخرى خارج فريقه المباشر %d", n)},
			Examples:          []string{fmt.Sprintf("👩‍💻👨‍👩‍👧‍👦 The team of 🇩🇪 and 🇫🇷 took it over within a quarter %d.", n)},
			Dampeners:         []string{fmt.Sprintf("仍在资深范围内工作 %d。", n)},
			ProgressionSignal: []string{fmt.Sprintf("开始影响工程组织之外的架构决策，并在高层沟通中代表平台团队 %d。", n)},
		}
	}
	var levels []rubric.Level
	for i, name := range []string{"不合格", "达到预期", "卓越"} {
		level := rubric.Level{Number: i + 1, Name: name}
		for j, band := range []string{"低", "中", "高"} {
			level.Bands = append(level.Bands, rubric.Band{Name: band, Dimensions: map[string]rubric.Content{
				"个人": say("个人", 3*i+j), "业务影响": say("业务", 3*i+j),
			}})
		}
		levels = append(levels, level)
	}
	r, err := rubric.New("高级平台工程师", []string{"个人", "业务影响"}, levels)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func widePeople(m *memorystore.Store, _ *rubric.Rubric) {
	m.Held.People = []calibration.Person{
		{ID: "1", Name: "李娜", Team: "数据平台", Manager: "王伟"},
		{ID: "2", Name: "محمد الخوارزمي", Team: "الخوارزميات"},
		{ID: "3", Name: "Zoë Müller 👩‍💻", Team: "Team 🇩🇪"},
		{ID: "4", Name: "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh, Hubert Blaine", Team: "A team with a name that goes on for rather too long"},
	}
}

// manyPeople are more than a screen holds, some of them drafted.
func manyPeople(m *memorystore.Store, r *rubric.Rubric) {
	twoSessions(m, r)
	threePeople(m, r)
	for i := range 40 {
		p := calibration.Person{ID: fmt.Sprintf("%04d", 100+i), Name: fmt.Sprintf("%s %s", []string{"Annie", "Barbara", "Claude", "Donald", "Edsger"}[i%5], []string{"Adams", "Brown", "Clark", "Davis", "Evans", "Fisher", "Green", "Hill"}[i%8]), Team: []string{"Platform", "Developer Experience", "Reliability"}[i%3], Manager: "Charles Babbage"}
		m.Held.People = append(m.Held.People, p)
		if i%3 == 0 {
			_, err := m.Place(calibration.Decision{Person: p.ID, Reviewer: "grace", Dimension: r.Dimensions[i%2], Position: r.At(1 + i%15).Key, Stage: calibration.Stages()[i%2],
				Confidence: calibration.High, Rationale: "Seen.", Rubric: r.Hash()}, r)
			if err != nil {
				panic(err)
			}
		}
	}
}

// goldenScreens are the screens as pictures, each by the keys that lead to it.
var goldenScreens = []struct {
	name  string // folder/picture
	setup []func(*memorystore.Store, *rubric.Rubric)
	keys  string // "note:TEXT" writes the rest
}{
	{"people/empty", list(nobody), ""},
	{"people/ordinary", list(threePeople, twoSessions), "down"},
	{"compare/spread", list(demoData), "c down"},
	{"compare/shift", list(demoData), "c 2"},
	{"compare/distribution", list(demoData), "c 3"},
	{"compare/agreement", list(demoData), "c 4"},
	{"compare/reviewers", list(demoData), "c 5 down down down down"},
	{"compare/contested", list(demoData), "c 6"},
	{"compare/cells", list(demoData), "c 7"},
	{"compare/past", list(demoData), "c 8"},
	{"compare/nothing", list(threePeople), "c"},
	{"compare/filter", list(demoData), "c / right"},
	{"compare/sides", list(demoData), "c enter"},
	{"people/long", list(manyPeople), "pgdown pgdown"},
	{"people/filter", list(manyPeople), "/ write:clark"},
	{"walk/ordinary", list(threePeople, twoSessions), "enter 3 a space m write:in_May enter down space space f"},
	{"walk/empty", list(threePeople), "enter"},
	{"walk/contradiction", list(threePeople), "enter 4 a 3 b tab tab down down down"},
	{"walk/note", list(threePeople), "enter 2 m write:A_note_that_goes_on_for_longer_than_sixty_columns_have_room,_and_on"},
	{"neighbours/ordinary", list(threePeople, twoSessions), "enter 3 right space v"},
	{"neighbours/lowest", list(threePeople), "enter v down down"},
	{"place/empty", list(threePeople), "enter 3 enter"},
	{"place/ordinary", list(threePeople, twoSessions), "enter 3 right space down space space J J space enter write:Owns_the_strategy;_nobody_outside_engineering_follows_yet. tab"},
	{"place/saved", list(threePeople, twoSessions), "enter 3 right enter write:Owns_the_strategy. ctrl+s"},
	{"place/error", list(threePeople), "enter 3 enter ctrl+s"},
	{"person/empty", list(threePeople), "p"},
	{"person/ordinary", list(threePeople, twoSessions), "p"},
	{"search/ordinary", list(threePeople), "enter / write:platform_strategy down down"},
	{"search/nothing", list(threePeople), "enter / write:zzz"},
	{"newperson/empty", list(threePeople), "n"},
	{"newperson/ordinary", list(threePeople), "n write:Alan_Turing tab write:Bletchley"},
	{"warmup/setup", list(threePeople), "w enter write:Ada tab"},
	{"warmup/handover", list(threePeople), "w enter write:Ada enter enter"},
	{"warmup/placing", list(threePeople), "w enter enter right enter p"},
	{"warmup/over", list(threePeople), "w enter write:Ada enter enter enter 1 enter 2 enter 3 enter 4 enter 5 enter right enter left enter enter"},
	{"warmup/leave", list(threePeople), "w enter enter right enter q"},
	{"warmup/reveal", list(threePeople), warmupPlayed},
	{"warmup/score", list(threePeople), warmupPlayed + " s"},
	{"warmup/kappa", list(threePeople), "w tab left left left left left left left enter 3 enter enter s"},
	{"help/walk", list(threePeople), "enter ?"},
	{"help/people", list(threePeople), "? pgdown"},
}

// warmupPlayed is a warm-up of two people up to where its first example is laid open.
const warmupPlayed = "w enter write:Ada enter enter enter 1 enter 2 enter 3 enter 4 enter 5 enter right enter left enter 2 enter enter " +
	"enter 3 enter 3 enter 3 enter 3 enter 3 right enter 2 enter 4 enter 5 left enter enter"

func list(setup ...func(*memorystore.Store, *rubric.Rubric)) []func(*memorystore.Store, *rubric.Rubric) {
	return setup
}

// follow presses the keys of a picture; in what is written, _ is a space.
func (d *driver) follow(keys string) *driver {
	for _, k := range strings.Fields(keys) {
		if text, ok := strings.CutPrefix(k, "write:"); ok {
			d.write(strings.ReplaceAll(text, "_", " "))
		} else {
			d.press(k)
		}
	}
	return d
}

func TestGoldenScreens(t *testing.T) {
	for _, g := range goldenScreens {
		t.Run(g.name, func(t *testing.T) {
			d := drive(t, g.setup...).follow(g.keys)
			for _, size := range goldenSizes {
				d.size(size[0], size[1]).golden(fmt.Sprintf("%s-%dx%d", g.name, size[0], size[1]))
			}
		})
	}
}

func TestGoldenWide(t *testing.T) {
	for name, keys := range map[string]string{
		"people/wide": "down", "walk/wide": "down down enter 2 a space down space f", "place/wide": "enter 2 right space enter write:负责平台战略,影响_👩‍💻_的团队。",
		"neighbours/wide": "enter 2 right v", "warmup/wide": "w enter write:李娜 enter enter enter right enter", "warmup/wideopen": "w tab left left left left left left enter 1 enter 3 enter enter",
	} {
		t.Run(name, func(t *testing.T) {
			d := driveWith(t, wide(t), termenv.Ascii, widePeople).follow(keys)
			for _, size := range goldenSizes[:3] {
				d.size(size[0], size[1]).golden(fmt.Sprintf("%s-%dx%d", name, size[0], size[1]))
			}
		})
	}
}

func TestGoldenShapes(t *testing.T) {
	for name, r := range map[string]*rubric.Rubric{"2x1x1": small(t, 2, 1, 1), "20x9x12": small(t, 20, 9, 12), "nothing": written(t)} {
		t.Run(name, func(t *testing.T) {
			d := driveWith(t, r, termenv.Ascii, threePeople).follow("enter ] right space a")
			for _, size := range [][2]int{{60, 15}, {80, 24}, {200, 60}} {
				d.size(size[0], size[1]).golden(fmt.Sprintf("walk/%s-%dx%d", name, size[0], size[1]))
			}
			d.size(80, 24).press("esc").golden("people/" + name + "-80x24")
		})
	}
}

// What guards the looks: the escape sequences too.
func TestGoldenLooks(t *testing.T) {
	for _, look := range []struct {
		name       string
		profile    termenv.Profile
		background string
	}{{"dark", termenv.TrueColor, "dark"}, {"light", termenv.TrueColor, "light"}, {"unknown", termenv.TrueColor, ""}, {"sixteen", termenv.ANSI, "dark"}, {"none", termenv.Ascii, "dark"}} {
		d := drive(t, threePeople, twoSessions)
		d.open(builtIn(t), themeFor(look.profile, look.background)).size(80, 24).follow("enter 3 a space down space space f m write:in_May")
		d.fitsTerminal()
		compareGolden(t, "looks/walk-"+look.name, d.app.View()+"\n")
		d.press("enter", "enter").write("Seen.").fitsTerminal()
		compareGolden(t, "looks/place-"+look.name, d.app.View()+"\n")
	}
}

func TestTooSmallGolden(t *testing.T) {
	d := drive(t)
	for _, size := range [][2]int{{59, 24}, {20, 5}, {1, 1}} {
		d.size(size[0], size[1]).golden(fmt.Sprintf("small/%dx%d", size[0], size[1]))
	}
}
