package demo

import (
	"slices"
	"strings"
	"testing"

	"calibrate/calibration"
)

func TestFinalsDifferFromDraftsWithAReason(t *testing.T) {
	s := tellAll(builtIn(t), 1)
	drafts, differ := map[slot]int{}, 0
	for _, d := range s.all {
		at := slot{d.Session, d.Person, d.Dimension}
		position, _ := s.r.Position(d.Position)
		switch {
		case d.Stage == calibration.Draft:
			drafts[at] = position.Ordinal
		case d.Stage == calibration.Final && position.Ordinal != drafts[at]:
			differ++
			way := "Up "
			if position.Ordinal < drafts[at] {
				way = "Down "
			}
			if !strings.Contains(d.Rationale, way) || !strings.Contains(d.Rationale, " from the draft") {
				t.Errorf("why %s and not the draft: %q", d.Position, d.Rationale)
			}
		}
	}
	if n := len(s.kept); differ < n/10 || differ > n/2 {
		t.Errorf("%d of %d finals differ from the draft", differ, n)
	}
}

// Rationales and notes must not give away who it is about to those who hide names.
func TestNothingSaidNamesAnybody(t *testing.T) {
	var names []string
	for _, a := range cast {
		names = append(names, strings.Fields(a.name)...)
	}
	for _, by := range reviewers {
		names = append(names, strings.Fields(by.name)...)
	}
	names = append(names, teams[:]...)
	for seed := range uint64(5) {
		for _, said := range texts(tellAll(builtIn(t), seed).all) {
			for _, word := range strings.FieldsFunc(said, func(c rune) bool { return strings.ContainsRune(" “”,.;:…", c) }) {
				if slices.Contains(names, word) {
					t.Errorf("%q names %q", said, word)
				}
			}
			for _, wrong := range []string{"%", "  ", "“”"} {
				if strings.Contains(strings.ReplaceAll(said, "% ", ""), wrong) {
					t.Errorf("no sentence: %q", said)
				}
			}
		}
	}
}

// texts is everything that is written in decisions.
func texts(all []calibration.Decision) (said []string) {
	for _, d := range all {
		said = append(said, d.Rationale)
		for _, e := range d.Evidence {
			said = append(said, e.Note)
		}
		for _, m := range d.Dampeners {
			said = append(said, m.Note)
		}
	}
	return said
}

func TestFewRationalesAreTheSame(t *testing.T) {
	seen := map[string]int{}
	all := tellAll(builtIn(t), 1).all
	for _, d := range all {
		seen[d.Rationale]++
	}
	if len(seen) < len(all)*9/10 {
		t.Errorf("%d decisions share %d rationales", len(all), len(seen))
	}
}

func TestPositionsInWords(t *testing.T) {
	for n, want := range map[int]string{1: "one position", 4: "four positions", 5: "5 positions"} {
		if got := positions(n); got != want {
			t.Errorf("want %q, got %q", want, got)
		}
	}
}
