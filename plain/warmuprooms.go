package plain

// warmupQuit leaves any room of a warm-up.
var warmupQuit = command{[]string{"quit", "q", "exit", "back"}, "", "leave the warm-up; nothing of it is kept", (*dialogue).leaveWarmup}

// handingRoom waits for whose turn it is.
func handingRoom() room {
	return room{
		name:     "Warm-up, handing over",
		hint:     "Enter begins",
		commands: []command{warmupQuit},
		enters:   "begin",
		enter:    func(d *dialogue, _ string) error { return d.placeFrom(0) },
	}
}

// warmupRoom is where the examples are placed, at positions that are written like the
// given one.
func warmupRoom(such string) room {
	return room{
		name:  "Warm-up",
		hint:  "A position, written like " + such + ", places the example; “next” and “previous” go to others, “read” reads it again, “look” and a position reads what the rubric says there, “help” lists everything",
		other: &command{args: "POSITION", does: "place the example there, and go on", run: (*dialogue).placeExample},
		commands: []command{
			{[]string{"next", "n"}, "", "the next example", func(d *dialogue, _ string) error { return d.stepExample(1) }},
			{[]string{"previous", "p"}, "", "the previous example", func(d *dialogue, _ string) error { return d.stepExample(-1) }},
			{[]string{"read", "r"}, "", "read the example again", func(d *dialogue, _ string) error { return d.readExample() }},
			{[]string{"positions"}, "", "list the positions, lowest first", (*dialogue).readPositions},
			{[]string{"look"}, "POSITION", "read the impact statements of a position", (*dialogue).lookAtPosition},
			warmupQuit,
		},
	}
}

// placedRoom is the last chance to change something in a turn.
func placedRoom() room {
	return room{
		name: "Warm-up, all placed",
		hint: "Enter ends the turn; “previous” goes back to the examples",
		commands: []command{
			{[]string{"previous", "p"}, "", "back to the examples", func(d *dialogue, _ string) error { return d.placeFrom(d.warm.item) }},
			warmupQuit,
		},
		enters: "end the turn",
		enter:  (*dialogue).endTurn,
	}
}

// openRoom lays the warm-up open, example by example, then the score.
func openRoom() room {
	next := func(d *dialogue, _ string) error { return d.stepOpened(1) }
	return room{
		name: "Warm-up, laid open",
		hint: "Enter reads the next example and, after the last, the score; “previous” goes back, “score” goes there at once",
		commands: []command{
			{[]string{"next", "n"}, "", "the next example; Enter does the same", next},
			{[]string{"previous", "p"}, "", "the previous example", func(d *dialogue, _ string) error { return d.stepOpened(-1) }},
			{[]string{"score"}, "", "how far off everybody was", func(d *dialogue, _ string) error { return d.readScore() }},
			warmupQuit,
		},
		enters: "read the next example; after the last, the score",
		enter:  next,
	}
}
