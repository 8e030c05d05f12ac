package packet

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"filippo.io/age"
	"filippo.io/age/armor"
)

// locked is the small packet, locked with a passphrase that costs little.
func locked(t testing.TB, passphrase string, work int) []byte {
	t.Helper()
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		t.Fatal(err)
	}
	to.SetWorkFactor(work)
	return written(t, small(), to)
}

func says(passphrase string) Keys {
	return Keys{Passphrase: func() (string, error) { return passphrase, nil }}
}

// What the program locks with a passphrase costs more to open than a test should take;
// the command's script does it once.
func TestPassphraseOpensAPacket(t *testing.T) {
	data := locked(t, "correct horse", 4)
	if p := read(t, data, says("correct horse")); !p.Encrypted || p.Count.Decisions != 2 {
		t.Errorf("read %+v", p.Header)
	}
	if bytes.Contains(data, []byte("Ada")) || bytes.Contains(data, []byte("calibrate")) {
		t.Error("something of it can be read without the passphrase")
	}
	if _, err := Passphrase(""); err == nil {
		t.Error("an empty passphrase locks")
	}
}

// A wrong passphrase says only that.
func TestWrongKeyIsTold(t *testing.T) {
	data := locked(t, "correct horse", 4)
	for _, wrong := range []string{"battery staple", "correct horse ", ""} {
		_, err := Read("drafts.calib", data, says(wrong))
		if !errors.Is(err, ErrPassphrase) || err.Error() != "drafts.calib: the passphrase is wrong" {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	interrupted := errors.New("nobody answered")
	_, err := Read("drafts.calib", data, Keys{Passphrase: func() (string, error) { return "", interrupted }})
	if !errors.Is(err, interrupted) {
		t.Errorf("what kept the passphrase from being asked became %v", err)
	}
	one, other := newIdentity(t), newIdentity(t)
	forOne := written(t, small(), one.Recipient())
	asked := Keys{Passphrase: func() (string, error) { t.Error("asked for a passphrase that it does not have"); return "", nil }}
	for _, test := range []struct {
		data []byte
		keys Keys
		want string
	}{
		{data, Keys{}, "it is locked with a passphrase; --passphrase-file gives it"},
		{data, Keys{Identities: []age.Identity{one}}, "it is locked with a passphrase"},
		{forOne, asked, "it is encrypted for somebody's key; --identity FILE gives it"},
		{forOne, Keys{Identities: []age.Identity{other}}, "it is encrypted for somebody else"},
		{[]byte("age-encryption.org/v1\n-> X25519 " + strings.Repeat("x", 500)), Keys{}, "its encryption is damaged, cut off, or that of a newer age"},
		{[]byte("age-encryption.org/v7\nsomething"), Keys{}, "its encryption is damaged, cut off, or that of a newer age"},
	} {
		_, err := Read("drafts.calib", test.data, test.keys)
		wantError(t, err, "drafts.calib: "+test.want)
		if len(err.Error()) > 200 {
			t.Errorf("quotes too much: %v", err)
		}
	}
}

// A packet cannot make whoever opens it work for minutes.
func TestWorkIsBounded(t *testing.T) {
	l := standard()
	l.work = 6
	if _, err := l.read("drafts.calib", locked(t, "correct horse", 6), says("correct horse")); err != nil {
		t.Error(err)
	}
	_, err := l.read("drafts.calib", locked(t, "correct horse", 7), says("correct horse"))
	wantError(t, err, "drafts.calib: trying its passphrase would cost too much work (more than 2^6 rounds of scrypt)")
	forged := bytes.Replace(locked(t, "correct horse", 4), []byte(" 4\n"), []byte(" 21\n"), 1)
	_, err = Read("drafts.calib", forged, says("correct horse"))
	wantError(t, err, "would cost too much work (more than 2^20 rounds")
}

// Anything that reads and writes the format of age will do, with armour and without.
func TestStockAgeAgrees(t *testing.T) {
	one, two := newIdentity(t), newIdentity(t)
	plain := written(t, small())
	data := written(t, small(), one.Recipient(), two.Recipient())
	for _, identity := range []age.Identity{one, two} {
		in, err := age.Decrypt(bytes.NewReader(data), identity)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(in); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("decrypted %q, %v", got, err)
		}
	}
	var armoured bytes.Buffer
	w := armor.NewWriter(&armoured)
	w.Write(data)
	w.Close()
	keys := Keys{Identities: []age.Identity{newIdentity(t), two}}
	for _, text := range []string{armoured.String(), "\n\n" + armoured.String(), strings.ReplaceAll(armoured.String(), "\n", "\r\n")} {
		if p := read(t, []byte(text), keys); !p.Encrypted || p.Count.Decisions != 2 {
			t.Errorf("read %+v", p.Header)
		}
	}
	_, err := Read("drafts.calib", armoured.Bytes()[:armoured.Len()/2], keys)
	wantError(t, err, "drafts.calib: ")

	twice := new(bytes.Buffer)
	outer, err := age.Encrypt(twice, one.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	outer.Write(data)
	outer.Close()
	_, err = Read("drafts.calib", twice.Bytes(), Keys{Identities: []age.Identity{one}})
	wantError(t, err, "it was encrypted twice")
}

// Keys are read without ever being told back.
func TestKeysAreRead(t *testing.T) {
	identity := newIdentity(t)
	public, secret := identity.Recipient().String(), identity.String()
	for _, good := range []string{public, "# Grace\n" + public + "\n\n" + public + "\n"} {
		if to, err := Recipients([]byte(good)); err != nil || len(to) == 0 {
			t.Errorf("%q: %v", good, err)
		}
	}
	if keys, err := Identities([]byte("# created: today\n" + secret + "\n")); err != nil || len(keys) != 1 {
		t.Errorf("%v, %v", keys, err)
	}
	for _, test := range []struct {
		read func([]byte) error
		text string
		want string
	}{
		{recipients, secret, "it holds a secret key"},
		{recipients, "# created: today\n# public key: " + public + "\n" + secret, "it holds a secret key"},
		{recipients, "ssh-ed25519 AAAA hunter2", "it holds an SSH key"},
		{recipients, "# them\n" + public[:len(public)-1] + "hunter2", "line 2 is no public key of age"},
		{recipients, "", "no public key"},
		{recipients, strings.Repeat(public+"\n", 20_000), "too large"},
		{identities, "hunter2", "line 1 is no secret key of age"},
		{identities, secret[:20] + "hunter2", "line 1"},
		{identities, "-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2", "SSH key"},
		{identities, "age-encryption.org/v1\nhunter2", "itself encrypted"},
	} {
		err := test.read([]byte(test.text))
		wantError(t, err, test.want)
		if err != nil && (strings.Contains(err.Error(), "hunter2") || strings.Contains(strings.ToUpper(err.Error()), "AGE-SECRET-KEY-1")) {
			t.Errorf("it tells the key: %v", err)
		}
	}
}

func recipients(list []byte) error { _, err := Recipients(list); return err }
func identities(list []byte) error { _, err := Identities(list); return err }
