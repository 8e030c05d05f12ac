package lazyregexp_test

import (
	"testing"

	"calibrate/internal/lazyregexp"
)

func TestCompiledOnceAndNotBeforeItIsNeeded(t *testing.T) {
	digits := lazyregexp.New(`\d+`)
	first := digits()
	if again := digits(); first != again || first.FindString("a 12 b") != "12" {
		t.Error("the expression is not the one that was given")
	}
	wrong := lazyregexp.New(`(`) // no panic yet
	defer func() {
		if recover() == nil {
			t.Error("a mistake in the expression passed")
		}
	}()
	wrong()
}
