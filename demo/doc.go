// Package demo invents people to try the program on: a data file in which every
// screen has something to show.
//
// [Write] tells one story. Twenty-four people in four teams are calibrated three
// times, half a year apart; two sessions are finished, the third stands in the
// middle of its work, and one reviewer left a sentence half written. The six
// reviewers have character: one is harsh, one lenient, one gives every dimension the
// same, one does not leave the middle of the scale. A few people grow, one falls back,
// a handful are disputed, and some statements of the rubric are read differently by
// everyone, so that comparing has something to find. In the open session some are
// decided, some are to be discussed, and the others are blind still.
//
// The story does not know the rubric. It speaks of how high on the scale somebody
// stands and quotes what the rubric says there, so it can be told under any rubric,
// with two positions or with a hundred and eighty.
//
//	cast.go, stories.go                    who there is, and what happens to them
//	phrases.go, roomphrases.go             what is said
//	plot.go, calendar.go                   what is settled before anybody rates anybody
//	session.go, judge.go, walk.go          who places whom where, and when
//	room.go                                who is on the panel, and what is said in the session
//	evidence.go, rationale.go, quote.go    what they ticked, and the reason that they give
//	write.go                               the file
//
// The names are invented. No rationale or note uses a name, so that what is shown stays
// shown to those who hide names on a shared screen.
package demo
