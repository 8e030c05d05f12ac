package rubric

import (
	"encoding/json"
	"testing"
)

// BenchmarkParse reads the built-in rubric as every command does that needs one.
func BenchmarkParse(b *testing.B) {
	data := read(b, "../rubric.yaml")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("rubric.yaml", data); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkUnmarshal reads a rubric as data files keep it.
func BenchmarkUnmarshal(b *testing.B) {
	data, err := json.Marshal(builtIn(b))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := json.Unmarshal(data, new(Rubric)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLint(b *testing.B) {
	data := read(b, "../rubric.yaml")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Lint("rubric.yaml", data); err != nil {
			b.Fatal(err)
		}
	}
}
