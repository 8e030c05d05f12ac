package cli_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"

	"filippo.io/age"
	"github.com/rogpeppe/go-internal/testscript"

	"calibrate/packet"
)

// secrets types one word after the other where something is typed in secret.
func secrets(words string) func(context.Context, func()) (string, error) {
	left := strings.Split(words, ",")
	return func(_ context.Context, prompt func()) (string, error) {
		prompt()
		if len(left) == 0 {
			return "", io.EOF
		}
		word := left[0]
		left = left[1:]
		return word, nil
	}
}

// makeKeys writes a secret age key to a file, and its public one beside it, as
// age-keygen does.
func makeKeys(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		identity, err := age.GenerateX25519Identity()
		ts.Check(err)
		public := identity.Recipient().String()
		ts.Setenv(strings.ToUpper(name), public)
		ts.Check(os.WriteFile(ts.MkAbs(name+".key"), []byte("# public key: "+public+"\n"+identity.String()+"\n"), 0o600))
		ts.Check(os.WriteFile(ts.MkAbs(name+".pub"), []byte("# "+name+"\n"+public+"\n"), 0o600))
	}
}

// openWithAge decrypts a file to another one with nothing but age, by a file of keys or a
// passphrase.
func openWithAge(ts *testscript.TestScript, _ bool, args []string) {
	key, from, to := args[0], args[1], args[2]
	var identities []age.Identity
	var err error
	if strings.HasSuffix(key, ".key") {
		identities, err = age.ParseIdentities(strings.NewReader(ts.ReadFile(key)))
	} else {
		var scrypt *age.ScryptIdentity
		scrypt, err = age.NewScryptIdentity(key)
		identities = append(identities, scrypt)
	}
	ts.Check(err)
	in, err := age.Decrypt(strings.NewReader(ts.ReadFile(from)), identities...)
	ts.Check(err)
	plain, err := io.ReadAll(in)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(to), plain, 0o600))
}

// lockCheaply locks a file with a passphrase that costs little to try.
func lockCheaply(ts *testscript.TestScript, _ bool, args []string) {
	passphrase, from, to := args[0], args[1], args[2]
	recipient, err := age.NewScryptRecipient(passphrase)
	ts.Check(err)
	recipient.SetWorkFactor(2)
	var out bytes.Buffer
	w, err := age.Encrypt(&out, recipient)
	ts.Check(err)
	_, err = io.WriteString(w, ts.ReadFile(from))
	ts.Check(err)
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(to), out.Bytes(), 0o600))
}

// forge writes a packet anew with some words of its decisions replaced, and a sum that is
// right.
func forge(ts *testscript.TestScript, _ bool, args []string) {
	from, to, old, new := args[0], args[1], args[2], args[3]
	p, err := packet.Read(from, []byte(ts.ReadFile(from)), packet.Keys{})
	ts.Check(err)
	for i, record := range p.Batch.Decisions {
		p.Batch.Decisions[i] = bytes.ReplaceAll(record, []byte(old), []byte(new))
	}
	var out bytes.Buffer
	ts.Check(packet.Write(&out, p.Batch, ts.Getenv("EVIL"), p.MadeAt))
	ts.Check(os.WriteFile(ts.MkAbs(to), out.Bytes(), 0o600))
}
