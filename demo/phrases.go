package demo

// What reviewers say, one list a purpose. A %s in these takes a quotation out of the
// rubric unless it is said otherwise. Whatever the rubric says there, praise or blame,
// the sentence must stay right, so none says whether it is good.

// openings begin a manager's draft, by the third of the scale that it places in.
var openings = [3][]string{
	{
		"This was not the half that either of us wanted.",
		"We have talked about this twice, so it will surprise nobody.",
		"The effort is there; the result mostly is not yet.",
		"I have carried more of this than I should have.",
		"There were good weeks, and not enough of them.",
		"What I named as open at the start of the half is still open.",
		"Much of the work needed a second pass by somebody else.",
		"The circumstances were hard, I know that, and still.",
		"Better than it looks from outside, and not good enough.",
		"The last six weeks were the best of the half, and came late.",
	}, {
		"A steady half: what was agreed was done, and done well.",
		"What the role asks for, week after week.",
		"Nobody has to check behind them any more.",
		"Reliable in what matters, and quiet about it.",
		"One clear success this half, and no bad surprise.",
		"I would give them the same work again without a second thought.",
		"Good while the plan held, better when it broke.",
		"Fewer big moments than last year, and fewer gaps.",
		"Strong in the first three months, solid in the rest.",
		"A half without headlines, and that is to their credit.",
		"The work is right when it arrives.",
		"Asked for little, delivered what was promised.",
		"Two hard months, and nobody else noticed them.",
		"More even than I expected after the change of plan.",
	}, {
		"One of the best halves that I have seen in this team.",
		"Other teams now plan around what they do.",
		"They changed how we work, and it stayed changed.",
		"People two teams away quote them to me.",
		"I stopped thinking of this as stretch work some time ago.",
		"What they began has outgrown the team.",
		"They are asked before we decide, not after.",
		"I have learned more from them this half than they from me.",
		"The hardest thing on our list, and they made it look planned.",
	},
}

// deeds are what a manager remembers of the half, by the third of the scale.
var deeds = [3][]string{
	{
		"One handover had to be redone by two colleagues.",
		"Of the four things that we agreed in our first talk, one is done.",
		"The plan came three weeks late and without its risks.",
		"I rewrote the last two reports before they went out.",
		"When the date moved, nobody outside the team knew until I told them.",
		"The review in the fourth month found what the one in the second had found.",
		"Two people asked me to be put on other work.",
		"Help was offered three times and taken up once.",
		"The small task took five weeks, because a question went unasked.",
		"The one good idea of the half stayed in a notebook.",
		"Twice a colleague finished what was announced as finished.",
		"After our talk it went well for a month.",
	}, {
		"They led the move to the new supplier from the first call to the last open point.",
		"They took two newcomers through their first project and let go at the right time.",
		"They found the mistake in the forecast before anybody outside did.",
		"Of five dates four were kept, and the fifth was named as in danger a month ahead.",
		"They said no to a request that would have cost us a month, and the other side thanked them.",
		"The guide that they wrote for our own use is what new people are given first.",
		"In the bad week they kept the list, made the calls and went home last.",
		"They asked for the unpopular review themselves and used what came out of it.",
		"Two of the three goals are met; the third we dropped together, for good reasons.",
		"They took over what two people used to do, and nothing slipped.",
		"When the estimate turned out wrong, they said so in the second week, not in the tenth.",
		"The weekly report is down to one page, and people read it.",
		"They stood in for me twice; I had nothing to repair.",
		"A complaint that had been open for a year is closed, and the other side says so too.",
		"They learned the old system well enough to switch it off.",
		"They ran the interviews for two posts, and both people are still glad that they came.",
		"The checklist that came out of their mistake has caught two of mine.",
		"They brought the two sides to one table; the agreement has held for four months.",
		"They gave up a favourite plan when the figures turned, without being asked.",
	}, {
		"The way of working that they set up is used by three teams that nobody told to.",
		"They turned the worst week of the year into a standard that has held since.",
		"Two of the people that they brought on have been promoted.",
		"They explained the plan to the board and came back with the budget.",
		"They closed down a project of their own because the figures said so, and took everyone along.",
		"When two departments could not agree, both asked for them.",
		"What took us a quarter last year took three weeks, and they showed others how.",
		"They saw the change in the rules a year ahead, and we are the only ones who are ready.",
		"A partner asked whether their people could learn from ours, and meant them.",
		"They trained their own stand-in and were away for five weeks; nothing moved backwards.",
		"The question that they asked in the planning round saved us the second half of the budget.",
	},
}

// proofs point to a statement that was seen at the position.
var proofs = []string{
	"“%s” comes closest.",
	"What settled it for me is “%s”: I can name three occasions.",
	"“%s” could have been written about this half.",
	"I went back and forth until I read “%s” again. That is it.",
	"The line that fits without any bending is “%s”.",
	"“%s” is what I saw, most weeks and not once.",
	"Two colleagues, asked separately, described the same to me: “%s”.",
	"Seen first-hand: “%s”.",
	"Of all that this position asks, “%s” is beyond doubt.",
	"Line by line, it comes down to “%s”.",
	"I underlined “%s”, and thought of one week in particular.",
	"If I had to keep one line, it would be “%s”.",
	"“%s”: yes, and I was not the only one who saw it.",
	"The rubric says “%s”, and so do my notes.",
}

// likenesses point to an example of the rubric's that was seen.
var likenesses = []string{
	"Close to the rubric's own example: “%s”.",
	"We had our own version of “%s”.",
	"The example “%s” is not far from what happened here.",
	"Put our project in the place of theirs, and “%s” is this half.",
}

// wholes stand in for a proof where there is nothing to quote.
var wholes = []string{
	"I went by results more than by any single line of the rubric.",
	"No line carries it alone; the position reads right as a whole.",
	"I laid it beside the two others I placed here, and it holds.",
	"Every other position I tried needed an excuse.",
}

// grounds say how the reviewer knows.
var grounds = []string{
	"I sat in on two of the reviews.",
	"The handover to the other site showed it again.",
	"Three people outside the team say the same.",
	"My notes from our weekly talks bear it out.",
	"The last retrospective says so in other words.",
	"I compared with my notes of half a year ago.",
	"I saw it under pressure and on an ordinary Tuesday.",
	"I asked the two people who work with them most.",
	"It shows in what is written down, not only in what people say.",
	"I checked it against what we agreed at the start of the half.",
	"One stakeholder who is hard to please told me so unasked.",
	"It was the same while I was away for three weeks.",
}

// aspects speak of a dimension; %s is its name.
var aspects = []string{
	"Under %s the case is clear.",
	"Under %s I count what came of it, not how hard it was.",
	"Under %s I went by what others can see.",
	"It is %s that I took longest over.",
	"Under %s there is less to argue about than I expected.",
}

// nexts quote the progression signal of the position.
var nexts = [3][]string{
	{
		"For one up I want to see this first: “%s”.",
		"Missing for the next step: “%s”.",
		"We have agreed what comes next: “%s”.",
	}, {
		"Not one up, because this has only just begun: “%s”.",
		"The sign of the next step, “%s”, I have not seen yet.",
		"What I would need for one up: “%s”.",
		"Our goal for the next half is “%s”.",
	}, {
		"As for what comes next, the rubric says “%s”; that is the talk to have.",
		"The rubric's next word on this is “%s”.",
	},
}

// notYet quotes a statement of the position above that was not seen.
var notYet = []string{
	"I looked for “%s”, one up, and found it once at most.",
	"One up, “%s”, would claim more than I can show.",
	"“%s” is what the next position says, and there I hesitate.",
}

// limits say without the rubric why it is not higher.
var limits = []string{
	"One up is in reach, and not there.",
	"I would rather be asked why not higher than why so high.",
	"One up would have to hold for longer than one half.",
	"One down would leave out too much, one up would promise too much.",
}

// tops stand in for a limit at the top of the scale.
var tops = []string{"The scale ends here.", "I have nothing higher to give."}

// sinceLast compares with what the last session decided: fallen, the same, risen.
var sinceLast = [3][]string{
	{
		"Lower than last time; we have spoken about it.",
		"A step back from half a year ago, and both of us know why.",
	}, {
		"Where they stood half a year ago, with more on their plate.",
		"The same as last time, and I mean that as a result.",
	}, {
		"Up from last time, and I can say by what.",
		"Half a year ago this was the exception; now it is the rule.",
	},
}

// unfinished is where the demo's reviewer was interrupted.
const unfinished = "What I have not made up my mind about yet is whether one up would"

// doubts and certainties end what was placed with low or high confidence.
var (
	doubts = []string{
		"I saw too little of the last two months to be surer.",
		"I could be talked one up or one down.",
		"I would like to hear the others before I insist.",
		"Hard to say from where I sit.",
	}
	certainties = []string{
		"I would defend this in any room.",
		"No doubt about this one.",
		"I would be surprised if anyone who was there saw it otherwise.",
	}
)
