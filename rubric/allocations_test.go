//go:build !race

package rubric

import (
	"encoding/json"
	"testing"

	"calibrate/internal/allocations"
)

func TestAllocations(t *testing.T) {
	data := read(t, "../rubric.yaml")
	kept, err := json.Marshal(builtIn(t))
	if err != nil {
		t.Fatal(err)
	}
	allocations.AtMost(t, "Parse of the built-in rubric", 13_000, func() { _, _ = Parse("rubric.yaml", data) })
	allocations.AtMost(t, "reading it as data files keep it", 5_700, func() { _ = json.Unmarshal(kept, new(Rubric)) })
}
