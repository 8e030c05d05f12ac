package clean

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// maxCluster is how many runes one grapheme cluster may have. The longest in use
// is a kiss of two people with skin tones, of ten.
const maxCluster = 16

// boundClusters cuts every longer cluster and says by how much. Emoji joined
// without end, leading consonants of Hangul in a row and the like are one cluster
// by the rules and hence one or two cells wide for every library, ours included,
// while terminals draw them across the line.
func boundClusters(s string) string {
	if !mayHoldLong(s) {
		return s
	}
	var out strings.Builder
	copied := 0
	for clusters := graphemes.FromString(s); clusters.Next(); {
		cluster := clusters.Value()
		if len(cluster) <= maxCluster || utf8.RuneCountInString(cluster) <= maxCluster {
			continue
		}
		kept := shorten(cluster)
		out.WriteString(s[copied : clusters.Start()+len(kept)])
		fmt.Fprintf(&out, "‹+%d›", utf8.RuneCountInString(cluster[len(kept):]))
		copied = clusters.End()
	}
	if copied == 0 {
		return s
	}
	out.WriteString(s[copied:])
	return out.String()
}

// mayHoldLong is a quick look: a cluster has one ASCII rune at most, so that a
// long one has half the limit of others in a row.
func mayHoldLong(s string) bool {
	row := 0
	for i := range len(s) {
		switch {
		case s[i] < utf8.RuneSelf:
			row = 0
		case utf8.RuneStart(s[i]):
			row++
		}
		if row >= maxCluster/2 {
			return true
		}
	}
	return false
}

// shorten returns the start of a cluster that has one rune less than the limit,
// the place of the sign that follows, and no hidden rune at its end that the cut
// left without its second half.
func shorten(cluster string) string {
	end := 0
	for range maxCluster - 1 {
		_, size := utf8.DecodeRuneInString(cluster[end:])
		end += size
	}
	return strings.TrimRightFunc(cluster[:end], hidden)
}
