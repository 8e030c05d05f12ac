package tui

import (
	"fmt"
	"testing"

	"github.com/muesli/termenv"
)

func BenchmarkWalkView(b *testing.B) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			d := driveWith(b, builtIn(b), termenv.TrueColor, threePeople, twoSessions).size(size[0], size[1])
			d.press("enter", "3", "a", "space", "down", "space", "space", "f")
			b.ReportAllocs()
			for b.Loop() {
				_ = d.app.View()
			}
		})
	}
}

func BenchmarkWalkViewOfALargeRubric(b *testing.B) {
	d := driveWith(b, small(b, 20, 9, 12), termenv.TrueColor, threePeople).size(200, 60).press("enter", "5", "a", "space")
	b.ReportAllocs()
	for b.Loop() {
		_ = d.app.View()
	}
}

func BenchmarkSearchView(b *testing.B) {
	d := driveWith(b, small(b, 20, 9, 12), termenv.TrueColor, threePeople).size(200, 60).press("enter", "/", "end")
	b.ReportAllocs()
	for b.Loop() {
		_ = d.app.View()
	}
}

func BenchmarkPlaceViewOfALongRationale(b *testing.B) {
	d := drive(b).size(200, 60).press("enter", "enter")
	for range 1000 {
		d.paste("twenty bytes of text")
	}
	b.ReportAllocs()
	for b.Loop() {
		_ = d.app.View()
	}
}

func BenchmarkPeopleView(b *testing.B) {
	d := drive(b, crowd(2000)).size(200, 60).press("end")
	b.ReportAllocs()
	for b.Loop() {
		_ = d.app.View()
	}
}
