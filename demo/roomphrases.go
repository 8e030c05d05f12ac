package demo

import "calibrate/calibration"

// What is said in a session's blind votes and final decisions, and on ticks.

// standpoints begin a vote, by how the reviewer knows somebody else's report: from the
// team next door, or from further away.
var standpoints = struct{ beside, above []string }{
	beside: []string{
		"We worked on one project together this half.",
		"I see the results, not the daily work.",
		"I depend on their work most weeks.",
		"I asked in my own team before voting.",
		"I was in the room for the part that mattered.",
		"We shared one good project and one bad week.",
		"I read what they wrote, not what was written about them.",
		"Three of my own people work with them.",
		"I have known their work for longer than this half.",
		"My memory is of the last project; I tried to look past it.",
	},
	above: []string{
		"A view from further away; weigh it as that.",
		"From two joint reviews and from what I have read.",
		"I go by what was shown to all of us.",
		"I spoke with two of those who rely on them.",
		"I have met the work more often than the person.",
		"I asked both sides before I placed.",
	},
}

// sayings are the reviewers' own, by their character.
var sayings = struct{ harsh, lenient, fair, halo, narrow []string }{
	harsh: []string{
		"This position asks for more than people remember.",
		"Good intentions do not move a position.",
		"I hold this to the letter of the rubric.",
		"Once is not a pattern.",
		"I would ask the same of my own team.",
	},
	lenient: []string{
		"The circumstances would have slowed anyone down.",
		"I give credit for what was started.",
		"The direction counts for something.",
		"They did this with half the help that was promised.",
		"We forget how it looked a year ago.",
	},
	fair: []string{
		"I tried one up and one down, and both read worse.",
		"I would say the same of anyone with this record.",
		"Effort I leave out; what came of it I count.",
	},
	halo: []string{
		"Everything that I see of them is of a piece.",
		"It is one picture, whichever side I look from.",
		"My impression as a whole; I do not divide it.",
	},
	narrow: []string{
		"Nothing extreme in either direction.",
		"I keep to what everybody can agree on.",
		"The ends of the scale should stay rare.",
	},
}

// asRead speaks of a statement that reviewers understand differently: by those who do
// not find it met, and by those who do.
var asRead = [2][]string{
	{
		"“%s” I take to mean always, and it was sometimes.",
		"I read “%s” strictly; others may not.",
	}, {
		"I count “%s”; the wording allows it.",
		"“%s” is met as I read it, though the words leave room.",
	},
}

// corrections begin a draft that takes the place of an earlier one, which was too
// high or too low.
var corrections = [2][]string{
	{
		"Correcting my draft downwards: I had counted promise as result.",
		"One lower than I first wrote, after reading both positions again side by side.",
	}, {
		"Correcting my draft upwards: I had left out the work of the first weeks.",
		"One higher than I first wrote; what I called help was their own work.",
	},
}

// verdicts begin a final decision, by how far apart the panel was: not at all, by one
// position, by more. %d takes minutes.
var verdicts = [3][]string{
	{
		"All on one position before anybody spoke.",
		"Unanimous, before the reveal and after it.",
		"Nothing to discuss: everyone had placed here.",
	}, {
		"One position between the votes; two minutes settled it.",
		"Neighbours on the scale; we took the one that the evidence names.",
		"A step apart, and both sides can live with this.",
	}, {
		"The two ends spoke first and moved towards each other; %d minutes.",
		"One side saw the result, the other how it came about. After %d minutes this is where both meet.",
		"We read the positions aloud, side by side, for %d minutes; in the end the evidence decided.",
	},
}

// settled quotes, in a final decision, a statement that was seen at the position.
var settled = []string{
	"What settled it: “%s”.",
	"Nobody doubts “%s”.",
	"The evidence that counted was “%s”.",
	"Both sides could point to “%s”.",
	"On record for the next time: “%s”.",
}

// agreed says that the draft stands; departures say why it does not, where the
// decision is lower and where it is higher, in the order of [calibration.Changes]. %s is
// how far: “one position”.
var (
	agreed     = []string{"The draft stands.", "As drafted.", "The draft and the room agree."}
	departures = [2][]string{
		{
			"Down %s from the draft: what it counts as a habit happened once.",
			"Down %s from the draft, because the other teams ask more for this.",
			"Down %s from the draft: much of it was the work of the whole team.",
			"Down %s from the draft, once we had weighed a dampener that it leaves out.",
			"Down %s from the draft: the example that it rests on belongs lower.",
		}, {
			"Up %s from the draft: the room knew of work that it does not mention.",
			"Up %s from the draft, because it held them to a stricter standard than the other teams use.",
			"Up %s from the draft: it measured them by a scope that was never theirs.",
			"Up %s from the draft, which let the circumstances count twice.",
			"Up %s from the draft: the example that it rests on belongs higher.",
		},
	}
	// reopened begins a final decision that corrects one of the day before.
	reopened = []string{
		"Decided again after the sweep: beside the others in this position it stood out.",
		"Taken up again the next morning, with everybody present.",
	}
	// followUps end some decisions.
	followUps = []string{
		"The manager explains this one in person.",
		"To be looked at first next time.",
		"Follow-up: a goal for the next half that the rubric's own words can measure.",
		"Dissent was offered a line in the record and declined it.",
	}
)

// tooFar is why somebody on the panel leaves out whom they do not know, and revealed why
// placements were shown before all had voted.
const (
	tooFar   = "does not know the work"
	revealed = "The others are travelling until the end of the week; we go on with those who are here."
)

// What is noted in a discussion, written down as dissent, and agreed on for afterwards.
var (
	discussed = []string{
		"The two ends read the same statement differently; the wording goes on the list.",
		"Half of the examples are from the year before and do not count twice.",
		"One example was checked while we spoke: it holds.",
		"We compared with the two who stand next to this position.",
		"The question was how much of it was the team's; most of it was not.",
	}
	dissents = []string{
		"I still see what I voted; the examples of the last months weigh more for me.",
		"I can live with it, and would like it on record that I placed elsewhere.",
		"The decision rests on one project, and I would not go by one.",
	}
	tasks = []string{
		"Explain the decision in person, with the statements that were seen.",
		"Agree on a goal for the next half that the rubric's own words can measure.",
		"Find a project with a scope beyond the team.",
		"Ask the neighbouring teams again in three months.",
	}
	prospects = map[string][]string{
		calibration.Ready:    {"The next level's work is being done already.", "Nobody in the room would be surprised."},
		calibration.NotYet:   {"One more half at this scope, and we speak of it again.", "The breadth is there, the length of time is not."},
		calibration.NotReady: {"Settling in comes first.", "Not a question for this half."},
	}
)

// Notes on statements that were seen, that were looked for and not seen, and on
// dampeners.
var (
	notesSeen = []string{
		"Twice that I know of.",
		"I was there.",
		"Came up unprompted in two conversations.",
		"See the write-up in the team's folder.",
		"More in the second half of the half-year.",
		"With help the first time, alone the second.",
		"The clearest of all of these.",
	}
	notesNotSeen = []string{
		"Asked three people; nobody could name an occasion.",
		"There was no occasion for it.",
		"Planned for next quarter.",
		"Once, and then not again.",
		"Somebody else's work, as far as I can see.",
	}
	notesDampener = []string{
		"Explains some of it, not all.",
		"Weighed, and the position stays.",
		"True for the first three months.",
		"Without this I would have gone one higher.",
	}
)
