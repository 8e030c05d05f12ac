package cli

import (
	"testing"
	"time"
)

// What the flags say of the screen reaches it.
func TestScreenHeedsTheFlags(t *testing.T) {
	s := &shell{Env: Env{Getenv: func(string) string { return "" }}}
	c := s.screen(App{Reviewer: "grace", Session: "S", Theme: "dark", BlankAfter: 5 * time.Minute, Aliases: true})
	if c.Reviewer != "grace" || c.Session != "S" || c.Background != "dark" || c.CoverAfter != 5*time.Minute || !c.Aliases {
		t.Errorf("%+v", c)
	}
}
