package main

// scene is a screen that sheets are made of: the data file and the arguments that the
// program is opened with, and how it is come to.
type scene struct {
	name  string
	file  string // one of files, of which every look has a copy; "": none is named
	args  []string
	steps []step
}

// files are what the commands write that data files are made by. One without commands is
// made by the program.
var files = map[string][][]string{
	"nobody": nil,
	"mixed":  mixed(),
}

// mixed is a session of two rubrics: one manager among engineers, placed by all, beside
// an engineer whom nobody but the manager has placed.
func mixed() [][]string {
	commands := [][]string{
		{"people", "add", "--name", "Ada Lovelace", "--id", "0042", "--team", "Platform", "--manager", "Charles Babbage", "--role", "Senior Platform Engineer"},
		{"people", "add", "--name", "Hedy Lamarr", "--id", "0044", "--team", "Radio", "--manager", "Howard Aiken", "--role", "Engineering Manager"},
		{"session", "new", "2026 H2", "--all", "--minutes", "30", "--facilitator", "Barbara Liskov", "--panel", "Charles Babbage", "--panel", "Grace Hopper", "--panel", "Edsger Dijkstra"},
		{"place", "--person", "0042", "--dimension", "individual", "--at", "4-low", "--reviewer", "Charles Babbage", "--rationale", "Shapes the platform of three teams."},
	}
	for _, place := range [][3]string{{"Charles Babbage", "people", "3-low"}, {"Grace Hopper", "people", "2-low"}, {"Edsger Dijkstra", "people", "3-high"},
		{"Charles Babbage", "delivery", "3-low"}, {"Grace Hopper", "delivery", "3-low"}, {"Edsger Dijkstra", "delivery", "3-low"}} {
		commands = append(commands, []string{"place", "--session", "2026 H2", "--stage", "panel", "--person", "0044", "--reviewer", place[0], "--dimension", place[1], "--at", place[2],
			"--rationale", "One-to-ones were held in every week of the half; two of the team said in June that they know what is expected."})
	}
	return commands
}

var demo = []string{"demo"}

// What leads to screens that others lie behind.
var (
	toWalk  = []step{{people, []string{"r"}}, {"Progression signal", nil}}
	toRoom  = []step{{people, []string{"s"}}, {"2026 H1", []string{"Enter"}}, {"decided", nil}}
	toMixed = []step{{"2 people", []string{"s"}}, {"2026 H2", []string{"Enter"}}, {"decided", nil}}
	toTurn  = then(toRoom, "▸", "j", "j", "j", "j", "Enter")
	toBlind = then(toRoom, "▸", "End", "Enter")
	toVote  = then(toBlind, "Blind", "Enter")
	toWarm  = []step{{people, []string{"w"}}, {"Name 1", []string{"Enter", "Ada", "Enter", "Enter"}}, {"it is your turn", []string{"Enter"}}}
)

func then(before []step, see string, keys ...string) []step {
	return append(append([]step(nil), before...), step{see, keys})
}

var scenes = []scene{
	{"people-empty", "nobody", nil, []step{{"Nobody is here yet", nil}}},
	{"people", "", demo, []step{{people, []string{"j", "j"}}}},
	{"people-filter", "", demo, []step{{people, []string{"/", "h", "a", "r"}}}},
	{"people-ticked", "", demo, []step{{people, []string{"j", "Space", "Space"}}}},
	{"people-aliases", "", demo, []step{{people, []string{"A"}}}},
	{"new-person", "", demo, []step{{people, []string{"n"}}, {"Name", []string{"Alan", "Tab"}}}},
	{"person", "", demo, []step{{people, []string{"p"}}}},
	{"walk", "", demo, toWalk},
	{"walk-marked", "", demo, then(toWalk, "Impact", "Space", "j", "Space", "Space", "j")},
	{"walk-examples", "", demo, then(toWalk, "Impact", "J")},
	{"walk-dampeners", "", demo, then(toWalk, "Impact", "J", "J", "Space")},
	{"walk-signal", "", demo, then(toWalk, "Impact", "J", "J", "J")},
	{"walk-note", "", demo, then(toWalk, "Impact", "m", "Said", "Space", "in", "Space", "May")},
	{"walk-3x3", "", []string{"demo", "--rubric", "support-specialist"}, []step{{people, []string{"Enter"}}}},
	{"walk-no-bands", "", []string{"demo", "--rubric", "product-designer"}, []step{{people, []string{"Enter"}}}},
	{"neighbours", "", demo, then(toWalk, "Impact", "v")},
	{"place", "", demo, then(toWalk, "Impact", "Enter")},
	{"place-rationale", "", demo, then(toWalk, "Impact", "Enter", "Space", "be", "Space", "enough.")},
	{"place-error", "", demo, []step{{people, []string{"G", "Enter"}}, {"Impact", []string{"Enter"}}, {"Rationale", []string{"C-s"}}}},
	{"place-saved", "", demo, []step{{people, []string{"G", "Enter"}}, {"Impact", []string{"Enter"}}, {"Rationale", []string{"Enter", "Seen.", "C-s"}}, {"saved", nil}}},
	{"search", "", demo, then(toWalk, "Impact", "/", "golden")},
	{"help", "", demo, then(toWalk, "Impact", "?")},
	{"help-words", "", demo, then(toWalk, "Impact", "?", "G")},
	{"help-people", "", demo, []step{{people, []string{"?"}}}},
	{"help-person", "", demo, []step{{people, []string{"p"}}, {"Rationale", []string{"?"}}}},
	{"help-place", "", demo, then(toWalk, "Impact", "Enter", "Tab", "?")},
	{"help-room", "", demo, then(toRoom, "▸", "?")},
	{"help-turn", "", demo, then(toTurn, "discuss", "?")},
	{"help-compare", "", demo, []step{{people, []string{"c"}}, {"Spread", []string{"?"}}}},
	{"jump-back", "", demo, then(toWalk, "Impact", "5", "1", "C-o")},
	{"jump-nowhere", "", demo, []step{{people, []string{"C-o"}}}},
	{"cover", "", demo, []step{{people, []string{"P"}}}},
	{"sessions", "", demo, []step{{people, []string{"s"}}}},
	{"session-new", "", demo, []step{{people, []string{"s"}}, {"2026 H1", []string{"n"}}}},
	{"session-change", "", demo, then(toRoom, "▸", "e")},
	{"room", "", demo, toRoom},
	{"room-mixed", "mixed", nil, toMixed},
	{"room-empty", "nobody", nil, []step{{"Nobody is here yet", []string{"s"}}, {"no session yet", []string{"n"}}, {"Name", []string{"2027", "Enter"}}, {"0 people on the agenda", []string{"Enter"}}, {"Nobody is on the agenda", nil}}},
	{"room-find", "", demo, then(toRoom, "▸", "/", "an")},
	{"turn-blind", "", demo, toBlind},
	{"turn-handover", "", demo, toVote},
	{"turn-vote", "", demo, then(toVote, "The laptop", "Enter")},
	{"turn", "", demo, toTurn},
	{"turn-mixed", "mixed", nil, then(toMixed, "▸", "j", "Enter")},
	{"turn-reveal", "", demo, then(toBlind, "Blind", "R")},
	{"turn-discuss", "", demo, then(toTurn, "discuss", "d")},
	{"turn-reasons", "", demo, then(toTurn, "discuss", "s")},
	{"turn-decide", "", demo, then(toTurn, "discuss", "Enter")},
	{"turn-note", "", demo, then(toTurn, "discuss", "m")},
	{"turn-promotion", "", demo, then(toTurn, "discuss", "y")},
	{"turn-dissent", "", demo, then(toTurn, "discuss", "x")},
	{"turn-follow-up", "", demo, then(toTurn, "discuss", "u")},
	{"turn-present", "", demo, then(toRoom, "▸", "p")},
	{"sweep", "", demo, then(toRoom, "▸", "o")},
	{"airtime", "", demo, then(toRoom, "▸", "t")},
	{"finalise", "", demo, then(toRoom, "▸", "f")},
	{"warmup", "", demo, []step{{people, []string{"w"}}, {"Name 1", nil}}},
	{"warmup-handover", "", demo, []step{{people, []string{"w"}}, {"Name 1", []string{"Enter", "Ada", "Enter", "Enter"}}}},
	{"warmup-view", "", demo, toWarm},
	{"warmup-leave", "", demo, then(toWarm, "example 1", "q")},
	{"warmup-reveal", "", []string{"warmup", "--participants", "Ada,Grace", "--items", "2", "--seed", "1"}, played},
	{"warmup-score", "", []string{"warmup", "--participants", "Ada,Grace", "--items", "2", "--seed", "1"}, then(played, "laid open", "s")},
	{"compare-spread", "", demo, []step{{people, []string{"c"}}, {"Spread", []string{"j"}}}},
	{"compare-shift", "", demo, []step{{people, []string{"c"}}, {"Spread", []string{"2"}}}},
	{"compare-distribution", "", demo, []step{{people, []string{"c"}}, {"Spread", []string{"3"}}}},
	{"compare-agreement", "", demo, []step{{people, []string{"c"}}, {"Spread", []string{"4"}}}},
	{"compare-reviewers", "", demo, []step{{people, []string{"c"}}, {"Spread", []string{"5", "j", "j", "j", "j"}}}},
	{"compare-contested", "", demo, []step{{people, []string{"c"}}, {"Spread", []string{"6"}}}},
	{"compare-position", "", demo, []step{{people, []string{"c"}}, {"Spread", []string{"7"}}}},
	{"compare-past", "", demo, []step{{people, []string{"c"}}, {"Spread", []string{"8"}}}},
	{"compare-filter", "", demo, []step{{people, []string{"c"}}, {"Spread", []string{"/"}}}},
	{"compare-reasons", "", demo, []step{{people, []string{"c"}}, {"Spread", []string{"Enter"}}}},
	{"compare-write", "", demo, []step{{people, []string{"c"}}, {"Spread", []string{"x"}}}},
	{"compare-mixed", "mixed", nil, then(toMixed, "▸", "c")},
	{"compare-mixed-distribution", "mixed", nil, then(toMixed, "▸", "c", "3")},
}

// played is a warm-up up to where its first example is laid open.
var played = []step{
	{"Ada", []string{"Enter"}}, {"1 of 2", []string{"3", "Enter", "4", "Enter", "Enter"}},
	{"Grace", []string{"Enter"}}, {"1 of 2", []string{"2", "Enter", "3", "Enter", "Enter"}},
	{"laid open", nil},
}
