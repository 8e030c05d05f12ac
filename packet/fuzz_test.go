package packet

import (
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"

	"calibrate/store"
)

// Whatever a file holds, it is refused in few words that name it, or it is a packet that
// can be given on as it is.
func FuzzRead(f *testing.F) {
	identity := newIdentity(f)
	good := string(written(f, small()))
	for _, seed := range []string{
		good, good[:200], good[:len(good)-1], strings.ReplaceAll(good, "\n", "\r\n"), good + good, "\xef\xbb\xbf" + good,
		string(written(f, store.Batch{})), string(written(f, small(), identity.Recipient())), string(locked(f, "x", 2)),
		strings.Replace(good, `"schema":1`, `"schema":99`, 1), `{"calibrate":"packet","schema":1,"sha256":""}` + "\n",
		"-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n", "age-encryption.org/v1\n-> scrypt AA 1\n",
		"", "\x1f\x8b", "a,b\n", "{", "{\"calibrate\":\"packet\"", "<html>",
	} {
		f.Add([]byte(seed))
	}
	keys := Keys{Identities: []age.Identity{identity}}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Read("drafts.calib", data, keys)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "drafts.calib:") || len(err.Error()) > 300 {
				t.Errorf("refused with %q", err)
			}
			return
		}
		again := read(t, written(t, p.Batch), Keys{})
		if diff := cmp.Diff(p.Batch, again.Batch); diff != "" {
			t.Errorf("given on it became another:\n%s", diff)
		}
	})
}
