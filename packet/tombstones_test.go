package packet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The places of purged decisions travel last, and a packet without any says nothing of
// them.
func TestTombstonesTravel(t *testing.T) {
	b := small()
	if text := string(written(t, b)); strings.Contains(text, "tombstone") {
		t.Errorf("there is none, and yet:\n%s", text)
	}
	b.Tombstones = records(`{"id":"3", "seq":7}`)
	data := written(t, b)
	if text := string(data); !strings.Contains(text, `"tombstones":1}`) || !strings.HasSuffix(text, "\n"+`{"tombstone":{"id":"3", "seq":7}}`+"\n") {
		t.Errorf("not at its end:\n%s", text)
	}
	p := read(t, data, Keys{})
	if diff := cmp.Diff(b, p.Batch); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := Where([]Packet{p}, "tombstone", 1); got != "drafts.calib:9" {
		t.Errorf("it is said to stand at %s", got)
	}
	if joined := Join([]Packet{p, p}); len(joined.Tombstones) != 2 {
		t.Errorf("joined to %d", len(joined.Tombstones))
	}
}
