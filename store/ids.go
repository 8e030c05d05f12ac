package store

import (
	"fmt"
	"io"
	"time"

	"github.com/oklog/ulid/v2"
)

// maxIDTime is the latest time that an id may carry, in Unix milliseconds: the end of
// the year 2199.
const maxIDTime = 7_258_118_400_000 - 1

// newID makes an id that sorts after the given one, even where the clock stands
// still or has stepped back: it then carries the millisecond after it. Only after the
// last id of all, which a packet may have brought in, it gives the order up: better
// than that nothing can be saved any more. The random part is always fresh, so that
// two files that took in the same decisions still make different ids.
func newID(now time.Time, entropy io.Reader, after ulid.ULID) (ulid.ULID, error) {
	ms := now.UnixMilli()
	if !after.IsZero() && after.Time() < maxIDTime {
		ms = max(ms, int64(after.Time())+1)
	}
	if ms < 0 || ms > maxIDTime {
		return ulid.ULID{}, fmt.Errorf("no id can be made for the time %s; check the computer's clock", now.UTC().Format(time.DateOnly))
	}
	id, err := ulid.New(uint64(ms), entropy)
	if err != nil {
		return id, fmt.Errorf("making an id: %w", err)
	}
	return id, nil
}

// parseID reads an id in the one way of writing it that sorts and compares as text.
func parseID(s string) (ulid.ULID, error) {
	id, err := ulid.ParseStrict(s)
	if err != nil || id.String() != s {
		return ulid.ULID{}, fmt.Errorf("%q is not an id (26 letters and digits, a ULID)", s)
	}
	if id.Time() > maxIDTime {
		return ulid.ULID{}, fmt.Errorf("the id %s carries a time after the year 2199", s)
	}
	return id, nil
}

// stamp is a time as records keep it: UTC, whole milliseconds.
func stamp(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }
