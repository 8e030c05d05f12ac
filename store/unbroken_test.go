package store

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/oklog/ulid/v2"
	"pgregory.net/rapid"

	"calibrate/calibration"
)

// Of a chain that is not broken verify tells the gaps and nothing else.
func TestUnbrokenIsSound(t *testing.T) {
	broken, sound := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		c, links := grown(t)
		for range rapid.IntRange(0, 2).Draw(t, "tampering") {
			links = tampered(t, c, links)
		}
		slices.SortFunc(links, compareLinks)
		u := c.unbroken()
		for _, l := range links {
			if !u.goesOn(l) {
				broken++
				return
			}
		}
		if !u.whole() {
			broken++
			return
		}
		sound++
		wantSame(t, c.verify(links), u.findings())
	})
	if broken == 0 || sound == 0 {
		t.Errorf("%d broken chains and %d sound ones were looked at", broken, sound)
	}
}

// grown is a chain of which not everything arrived, and in any order.
func grown(t *rapid.T) (*chain, []link) {
	c := &chain{Origin: ulid.ULID{1}.String()}
	var links []link
	seqs := rapid.SliceOfNDistinct(rapid.Uint64Range(1, 9), 0, 9, rapid.ID).Draw(t, "numbers")
	for _, seq := range seqs {
		l := link{seq: seq, id: ulid.ULID{2, 15: byte(seq)}, hash: digest{byte(seq)}, prev: digest{byte(seq - 1)}}
		here := func(seq uint64) bool { return slices.ContainsFunc(links, func(l link) bool { return l.seq == seq }) }
		c.add(tip{seq, l.hash.String()}, tip{seq - 1, l.prev.String()}, here(seq+1), here(seq-1))
		links = append(links, l)
	}
	return c, links
}

// tampered is a chain to which somebody did something.
func tampered(t *rapid.T, c *chain, links []link) []link {
	number := func(of int, what string) int { return rapid.IntRange(0, max(0, of-1)).Draw(t, what) }
	other := func(d digest) digest { d[1]++; return d }
	i := number(len(links), "which decision")
	one := func() *link {
		if len(links) == 0 {
			links = append(links, link{seq: 1, hash: digest{1}})
		}
		return &links[i]
	}
	switch rapid.SampledFrom([]string{"altered", "unhinged", "taken out", "twice", "renumbered", "tip", "awaited", "gap"}).Draw(t, "what was done") {
	case "altered":
		one().hash = other(one().hash)
	case "unhinged":
		one().prev = other(one().prev)
	case "taken out":
		one()
		links = slices.Delete(links, i, i+1)
	case "twice":
		again := *one()
		again.id[14]++
		if rapid.Bool().Draw(t, "altered") {
			again.hash = other(again.hash)
		}
		links = append(links, again)
	case "renumbered":
		one().seq = rapid.Uint64Range(1, 12).Draw(t, "as")
	case "tip":
		if n := len(c.Tips); n > 0 {
			c.Tips = slices.Delete(slices.Clone(c.Tips), n-1, n)
		}
	case "awaited":
		if n := len(c.Awaited); n > 0 {
			j := number(n, "which awaited")
			c.Awaited = slices.Delete(slices.Clone(c.Awaited), j, j+1)
		}
	case "gap":
		if n := len(c.Gaps); n > 0 {
			j := number(n, "which gap")
			c.Gaps = slices.Delete(slices.Clone(c.Gaps), j, j+1)
		}
	}
	return links
}

// Whoever takes in what goes on with a chain is told what was done to it here.
func TestGoingOnTellsOfTampering(t *testing.T) {
	for _, test := range tamperings {
		t.Run(test.name, func(t *testing.T) {
			c := newChained(t)
			later := quickOpen(t, filepath.Join(t.TempDir(), "later.db"), readFile(t, c.Path()), 1)
			defer later.Close()
			next := mustPlace(t, later, decision("ada", "reviewer 6"), c.rubric)
			edit(t, c.Store, func(tx *transaction) error { return test.do(c, tx) })
			m := must[Merged](t)(c.Merge(Batch{Decisions: [][]byte{must[[]byte](t)(encode(next))}}))
			wantSame(t, c.said(chainFindings(must[Report](t)(c.Check()))), c.said(m.Findings))
			if (m.Findings == nil) != (test.here == nil) {
				t.Errorf("%s: it says %q", test.name, m.Findings)
			}
		})
	}
}

// What is read of the ends of a record is what reading all of it says.
func TestEndsOfRecords(t *testing.T) {
	d := decision("ada", "grace")
	d.ID, d.Origin, d.Seq, d.DecidedAt = ulid.ULID{1}.String(), ulid.ULID{2}.String(), 1, start.UTC()
	first := string(must[[]byte](t)(encode(d)))
	d.Seq, d.Prev = 1<<40, hashPayload(nil)
	second := string(must[[]byte](t)(encode(d)))
	d.Rationale = `it ends with ,"seq":7,"prev":"` + hashPayload([]byte("another")) + `"}`
	quoting := string(must[[]byte](t)(encode(d)))
	body, prev := second[:len(second)-len(`,"seq":1099511627776,"prev":"`+d.Prev+`"}`)], `"prev":"`+d.Prev+`"`
	for _, test := range []struct {
		name, payload string
		at            bool // its ends are enough
	}{
		{"the first", first, true},
		{"another", second, true},
		{"one that quotes the end of one", quoting, true},
		{"the hash in front", body + `,` + prev + `,"seq":5}`, false},
		{"with spaces", body + `, "seq": 5, ` + prev + ` }`, false},
		{"the hash with escapes", body + `,"seq":5,"prev":"\u00` + fmt.Sprintf("%02x", d.Prev[0]) + d.Prev[1:] + `"}`, false},
		{"twice", body + `,"seq":5,"seq":6,` + prev + `}`, true},
		{"with more behind", second[:len(second)-1] + `,"more":1}`, false},
		{"the id not in front", `{"person":"ada",` + second[1:], false},
		{"a number with a fraction", body + `,"seq":5.0,` + prev + `}`, false},
	} {
		k := link{id: ulid.ULID{1}, hash: digestOf([]byte(test.payload))}
		if at := k.stands([]byte(test.payload)); at != test.at {
			t.Errorf("%s: the ends are enough: %v", test.name, at)
		}
		value := must[[]byte](t)(encodeFrame(kindDecision, []byte(test.payload)))
		var d calibration.Decision
		if err := decode([]byte(test.payload), &d); err != nil {
			continue
		}
		got := must[link](t)(linkOf(ulid.ULID{1}, value))
		if want := (link{seq: d.Seq, id: ulid.ULID{1}, hash: k.hash, prev: parseDigest(d.Prev)}); got != want {
			t.Errorf("%s: want %+v, got %+v", test.name, want, got)
		}
	}
	if _, err := linkOf(ulid.ULID{9}, must[[]byte](t)(encodeFrame(kindDecision, []byte(second)))); err == nil {
		t.Error("it is another's record")
	}
}
