package tui

import (
	"bytes"
	"os"
)

// wholeReports reads a terminal so that no report of the mouse is split between two reads.
// A wheel that is turned fast fills the buffer of Bubble Tea, which takes the halves of the
// report at its end for keys: an esc, and digits. It is a file like the one that it reads,
// for that is what raw mode and waiting for input ask for.
type wholeReports struct {
	*os.File
	held []byte
}

// reportStart begins a report, and no key; maxReport is longer than any.
const (
	reportStart = "\x1b[<"
	maxReport   = 32
)

// Read fills p but for a report that has not come whole; that comes with the next Read.
func (r *wholeReports) Read(p []byte) (int, error) {
	if len(p) <= maxReport {
		return r.File.Read(p)
	}
	n := copy(p, r.held)
	r.held = r.held[:0]
	more, err := r.File.Read(p[n:])
	n += more
	if err != nil {
		return n, err
	}
	if at := unfinished(p[:n]); at < n {
		r.held = append(r.held, p[at:n]...)
		n = at
	}
	return n, nil
}

// unfinished is where a report begins that does not end in b, or the length of b.
func unfinished(b []byte) int {
	at := bytes.LastIndex(b, []byte(reportStart))
	if at < 0 || len(b)-at > maxReport {
		return len(b)
	}
	for _, c := range b[at+len(reportStart):] {
		if (c < '0' || c > '9') && c != ';' {
			return len(b)
		}
	}
	return at
}
