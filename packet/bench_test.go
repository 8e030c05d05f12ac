package packet

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"calibrate/store"
)

// Reading a packet, beside copying its bytes.
func BenchmarkRead(b *testing.B) {
	var batch store.Batch
	said := strings.Repeat("two teams confirmed it, ", 20)
	for i := range 20_000 {
		batch.Decisions = append(batch.Decisions, fmt.Appendf(nil, `{"id":"%026d","person":"%06d","rationale":"%s"}`, i, i/20, said))
	}
	data := written(b, batch)
	b.Run("copy", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			bytes.Clone(data)
		}
	})
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			read(b, data, Keys{})
		}
	})
}
