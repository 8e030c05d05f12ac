package demo

// reach is how far the open session has come with a person.
type reach int

// The reaches.
const (
	untouched   reach = iota
	halfWritten       // drafts but for the last dimension, where the walk is unfinished
	begun             // a draft on the first dimension only
	drafted           // drafts on all dimensions
	someVotes         // drafts, and two reviewers have voted
	voted             // drafts, and everybody on the panel has voted
	decided           // drafts, votes and the session's decision
)

// story is what happens to one person over the three sessions.
type story struct {
	height int    // where they stand in the first session, in percent of the scale
	steps  [2]int // positions gained by the second session, and from there by the third
	split  [3]int // positions between the two camps in each session; 0: no dispute
	clear  bool   // nearly everybody sees the same, on all dimensions
	away   bool   // not rated in the first session
	amends bool   // the manager thinks better of a draft
	open   reach  // how far the open session has come
}

// stories has the six people of each team. Most stand in the middle of the scale and
// stay there; that is what makes the others visible.
var stories = [len(teams)][6]story{
	{
		{height: 50, clear: true, open: decided},
		{height: 57, steps: [2]int{0, 1}, amends: true, open: drafted},
		{height: 36, steps: [2]int{1, 2}, open: decided}, // grows
		{height: 50, open: halfWritten},
		{height: 71, split: [3]int{0, 3, 0}, open: voted},
		{height: 43, open: untouched},
	},
	{
		{height: 43, clear: true, open: decided},
		{height: 50, split: [3]int{3, 0, 4}, amends: true, open: voted},
		{height: 57, clear: true, open: drafted},
		{height: 29, steps: [2]int{0, 1}, open: voted},
		{height: 64, open: someVotes},
		{height: 50, away: true, open: drafted},
	},
	{
		{height: 50, steps: [2]int{1, 2}, open: voted}, // grows
		{height: 75, clear: true, open: decided},
		{height: 43, split: [3]int{0, 4, 3}, open: someVotes},
		{height: 36, clear: true, open: drafted},
		{height: 57, open: untouched},
		{height: 50, open: begun},
	},
	{
		{height: 64, steps: [2]int{-1, -2}, split: [3]int{0, 3, 0}, amends: true, open: voted}, // falls back
		{height: 50, open: drafted},
		{height: 43, split: [3]int{3, 0, 0}, open: drafted},
		{height: 82, steps: [2]int{1, 0}, open: someVotes},
		{height: 14, steps: [2]int{1, 1}, away: true, open: drafted}, // grows
		{height: 57, open: untouched},
	},
}
