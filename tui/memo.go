package tui

// View is a pure function of a screen and its size, so what it made can be kept for as
// long as what it was made of is the same. That is all that these two do: nothing that
// did not change is wrapped or painted again.

// memo remembers what was made of many things.
type memo[K comparable, V any] map[K]V

// maxMemo bounds a memo: all statements of a large rubric at a few widths.
const maxMemo = 4096

// of is what make makes of a key.
func (m memo[K, V]) of(k K, make func() V) V {
	if known, ok := m[k]; ok {
		return known
	}
	if len(m) >= maxMemo {
		clear(m)
	}
	made := make()
	m[k] = made
	return made
}

// latest remembers what was made last.
type latest[K comparable, V any] struct {
	of    K
	made  V
	known bool
}

// get is what make makes of a key.
func (l *latest[K, V]) get(k K, make func() V) V {
	if !l.known || l.of != k {
		l.of, l.made, l.known = k, make(), true
	}
	return l.made
}
