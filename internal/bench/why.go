//go:build linux

package main

// whySteep says why something grows faster than its file, as far as is known. It is shown
// where it does.
func whySteep(what string) string {
	switch what {
	case "import":
		return "A company's decisions come in several packets, and here all of them go on with one chain. Of a chain that a packet goes on with every decision is read and hashed again, so that an import tells whether somebody tampered with it; and the packet's entries go into index pages all over the file, which are written anew."
	case "doctor":
		return "What it keeps of each decision, its place in its chain, is sorted, and larger files are read from the disk more and from memory less."
	}
	return ""
}

// whyMissed says why a target is out of reach, of what is known. It is shown where the
// target was missed.
func whyMissed(row string) string {
	const beforeMain = "A third of a start is over before main begins: the pages of a program of some 15 MB, and the tables that packages make for themselves. "
	switch row {
	case "start", "start-mute":
		return beforeMain + "Then come the settings, the file, the rubric and the list. fzf is a program of a fifth of the size that reads a pipe: to be quicker than that the whole of it would have to take no longer than the part before main."
	case "version", "help":
		return beforeMain + "Then all commands are put together, of which one is asked for."
	case "import":
		return "A decision goes into five buckets instead of one, and before that its line is proved, parsed, checked by its rubric and found its place in a chain, on both processors. What is left is bbolt's: sorting, putting and committing take half of the time."
	case "open":
		return "The large file has 5,000 people, the small one 200, and the first frame waits for all of them: the list is by name, and its columns are as wide as the widest. That takes some 3 ms, while the rubric is read. An index with all that the list shows would save most of it, for another data format, which nobody's older program could open: it is not worth that."
	case "compare-session":
		return "The large file has 5,000 people and 250 sessions, the small one a handful. All of them are read, side by side: names are by person, and which session a draft counts in depends on the sessions before it."
	}
	return ""
}
