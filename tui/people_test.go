package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"calibrate/calibration"
	"calibrate/internal/memorystore"
	"calibrate/rubric"
)

func TestNewcomerIsWelcomed(t *testing.T) {
	d := drive(t, nobody).sees("Nobody is here yet", "n   adds the first person")
	d.press("enter", "p", "/", "r", "down").sees("Nobody is here yet")
	d.press("n").sees("New person").write("Ada Lovelace").press("enter").sees("Ada Lovelace is in the list", "▸  Ada Lovelace", "1 person")
}

func TestNewPerson(t *testing.T) {
	d := drive(t).press("n", "enter").sees("a person needs a name").press("esc")
	d.write("Alan Turing").press("tab").write("Bletchley").press("down", "down", "up", "tab").write("Max Newman")
	d.press("shift+tab", "shift+tab", "shift+tab", "shift+tab").write("0042").press("ctrl+s").sees("id 0042 is Ada Lovelace already")
	d.press("backspace").write("9").sees("0049")
	d.store.Fail = errDiskFull
	d.press("enter").sees("not added: no space left on device", "Alan Turing")
	d.store.Fail = nil
	d.press("enter").sees("▸  Alan Turing", "Bletchley", "4 people", "is in the list")
	added := slices.IndexFunc(d.store.Held.People, func(p calibration.Person) bool { return p.Name == "Alan Turing" })
	if p := d.store.Held.People[added]; p.ID != "0049" || p.Manager != "Max Newman" || p.Team != "Bletchley" || p.Role != "" {
		t.Errorf("recorded %+v", p)
	}
}

func TestNewPersonIsNotAddedByLeaving(t *testing.T) {
	d := drive(t).press("n").write("Nobody").press("esc").seesNot("Nobody")
	if len(d.store.Held.People) != 3 {
		t.Error("somebody was added")
	}
}

func TestPeopleFilter(t *testing.T) {
	d := drive(t).press("down", "/").write("aiken").sees("1 of 3 people", "▸  Grace Hopper").seesNot("Ada")
	d.press("enter").sees("/ aiken", "esc shows everybody").press("enter").sees("1 Unsatisfactory").press("esc")
	d.sees("1 of 3 people", "▸  Grace Hopper")
	d.press("esc").sees("3 people", "Ada Lovelace", "▸  Grace Hopper")
	d.press("/").write("数据").sees("1 of 3", "李娜").press("ctrl+u").sees("3 people").write("0042").sees("▸  Ada Lovelace")
	d.press("ctrl+u").write("zzz").sees("Nobody matches “zzz”").press("enter", "enter").sees("nobody matches the filter")
	d.press("n").sees("New person").press("esc", "esc").sees("3 people")
	d.press("/").write("q").press("esc").sees("3 people")
}

func TestFilteredListCanBeWalkedThrough(t *testing.T) {
	drive(t).press("/").write("a").press("down", "down", "up").write("d").sees("▸  Ada Lovelace").press("enter", "enter").sees("Ada Lovelace · Platform")
}

func TestPeopleCursor(t *testing.T) {
	d := drive(t, crowd(50))
	for _, step := range []struct{ keys, want string }{
		{"down down", "Person 02"}, {"k", "Person 01"}, {"j", "Person 02"}, {"up up up up", "Person 00"}, {"end", "Person 49"}, {"G", "Person 49"},
		{"down", "Person 49"}, {"g", "Person 00"}, {"pgdown", "Person 18"}, {"ctrl+d", "Person 36"}, {"pgup", "Person 18"}, {"ctrl+u", "Person 00"}, {"home", "Person 00"},
	} {
		d.press(strings.Fields(step.keys)...).sees("▸  " + step.want)
	}
}

func TestPeopleBeyondTheScreenAreAnnounced(t *testing.T) {
	d := drive(t, crowd(50)).sees("▾ 31 more people").seesNot("▴")
	d.press("end").sees("▴ 31 people above").seesNot("▾")
	d.press("home").size(200, 60).seesNot("▾", "▴").sees("Person 49")
}

func TestProgressIsLookedUpForThoseInSight(t *testing.T) {
	d := drive(t, crowd(50))
	if n := strings.Count(strings.Join(d.store.Calls, " "), "DecisionsOf"); n > 20 {
		t.Errorf("%d people were looked up for a screen of 20", n)
	}
	d.store.Calls = nil
	d.press("down", "up")
	if len(d.store.Calls) != 0 {
		t.Errorf("moving in what is known asks the store %v", d.store.Calls)
	}
	d.press("end")
	if n := len(d.store.Calls); n == 0 || n > 21 {
		t.Errorf("the other end asks the store %d times", n)
	}
}

func TestProgressOfEachDimension(t *testing.T) {
	d := drive(t, threePeople, twoSessions).sees("◆ 3-mid") // where the last session left her
	row := d.row("Ada Lovelace")
	if got := strings.Join(strings.Fields(row)[4:], " "); got != "◆ 3-mid ·" {
		t.Errorf("Ada's standing reads %q", got)
	}
	d.press("enter", "tab", "enter").write("Draft.").press("ctrl+s", "esc", "esc")
	if got := strings.Join(strings.Fields(d.row("Ada Lovelace"))[4:], " "); got != "◆ 3-mid ○ 1-low" {
		t.Errorf("after a draft it reads %q", got)
	}
}

func TestProgressIsThatOfTheSession(t *testing.T) {
	d := drive(t, threePeople, twoSessions)
	for session, want := range map[string]string{"S2": "● 3-mid", "S1": "● 2-high", "S9": "◆ 3-mid"} {
		d.session = session
		d.again().sees(want)
	}
	d.session = "S2"
	d.again().sees("People · Autumn 2025")
}

func TestUnfinishedWalksAreMarkedUntilPlaced(t *testing.T) {
	d := drive(t).press("enter", "3", "esc").sees("▸  Ada Lovelace") // a look is no work
	d.press("enter", "space", "esc").sees("▸✎ Ada Lovelace")
	d.press("down").sees(" ✎ Ada Lovelace").press("up")
	d.press("enter", "enter").write("Seen.").press("ctrl+s", "esc", "esc").sees("▸  Ada Lovelace")
}

func TestResumeNeedsAWalk(t *testing.T) {
	drive(t).press("r").sees("there is no walk to resume")
	d := drive(t).press("enter", "space", "esc", "down", "/").write("grace").press("enter", "r").sees("Ada Lovelace · Platform").press("esc").sees("3 people")
	if p := d.app.top().(*people); p.current().ID != "0042" {
		t.Errorf("the cursor is on %s", p.current().ID)
	}
}

func TestListThatCannotBeRead(t *testing.T) {
	d := drive(t)
	d.store.FailReads = errDiskFull
	d.press("enter").sees("the walk could not be opened: no space left", "▸  Ada Lovelace", "esc: 1 more").press("esc")
	d.sees("the people could not be read: no space left").press("esc")
	d.press("p").sees("could not be read", "▸  Ada Lovelace").press("esc", "esc")
	d.again().sees("the people could not be read", "The list could not be read").press("esc", "n", "p").sees("The list could not be read")
	d.store.FailReads = nil
	d.press("enter").sees("Ada Lovelace").seesNot("could not")
}

func TestProgressThatCannotBeReadIsNotNothing(t *testing.T) {
	d := drive(t, threePeople, twoSessions)
	p := d.app.top().(*people)
	d.store.FailReads = errDiskFull
	p.asked, p.progress = map[string]bool{}, map[string]progress{}
	d.press("down").sees("how far people are could not be read")
	if row := d.row("Ada Lovelace"); strings.Contains(row, markBlank) || strings.Contains(row, "3-mid") {
		t.Errorf("unknown reads %q", row)
	}
	d.store.FailReads = nil
	d.press("esc", "up").sees("◆ 3-mid")
}

func TestManyDimensionsShowHowManyMore(t *testing.T) {
	d := driveWith(t, small(t, 2, 2, 12), asciiProfile, threePeople).sees("+9")
	d.size(200, 60).sees("+3")
}

// crowd fills a store with people.
func crowd(n int) func(*memorystore.Store, *rubric.Rubric) {
	return func(m *memorystore.Store, _ *rubric.Rubric) {
		for i := range n {
			m.Held.People = append(m.Held.People, calibration.Person{ID: fmt.Sprint(i), Name: fmt.Sprintf("Person %02d", i), Team: fmt.Sprintf("Team %d", i%4)})
		}
	}
}
