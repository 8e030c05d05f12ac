// Package lazyregexp compiles regular expressions when they are first needed. Package
// variables that are compiled at once cost every command its start, also the many that
// never use them.
package lazyregexp

import (
	"regexp"
	"sync"
)

// New returns a function that returns the compiled expression. It panics if there is a
// mistake in it, as [regexp.MustCompile] does; call it in a test.
func New(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
