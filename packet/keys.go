package packet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
)

// Keys open encrypted packets. The zero value opens none.
type Keys struct {
	Identities []age.Identity
	// Passphrase is asked for one if the packet was locked with one. Nil: there is none.
	Passphrase func() (string, error)
}

// ErrPassphrase says that a passphrase does not open a packet, and nothing else.
var ErrPassphrase = errors.New("the passphrase is wrong")

// Passphrase is the recipient that is everybody who knows the passphrase. It cannot be
// combined with others.
func Passphrase(passphrase string) (age.Recipient, error) {
	if passphrase == "" {
		return nil, errors.New("the passphrase is empty")
	}
	return age.NewScryptRecipient(passphrase)
}

// Recipients reads public keys, one a line, as age writes them: a key by itself or a
// list of them with comments. The error never quotes a line, for it may be a secret
// key.
func Recipients(list []byte) ([]age.Recipient, error) {
	switch {
	case bytes.Contains(list, []byte("AGE-SECRET-KEY-")):
		return nil, errors.New("it holds a secret key; “age-keygen -y” tells the public one, which begins with age1")
	case bytes.HasPrefix(list, []byte("ssh-")) || bytes.Contains(list, []byte("\nssh-")):
		return nil, errors.New("it holds an SSH key; only keys of age itself are taken, which “age-keygen” makes")
	}
	return keysIn(list, "public", age.ParseRecipients)
}

// Identities reads secret keys as “age-keygen” writes them. The error never quotes a
// line.
func Identities(list []byte) ([]age.Identity, error) {
	switch {
	case encrypted(list):
		return nil, errors.New("it is itself encrypted; decrypt it with age first")
	case bytes.Contains(list, []byte("PRIVATE KEY-----")):
		return nil, errors.New("it is an SSH key or one of another kind; only keys of age itself are taken, which “age-keygen” makes")
	}
	return keysIn(list, "secret", age.ParseIdentities)
}

// keysIn reads a file of keys line by line.
func keysIn[T any](list []byte, what string, parse func(io.Reader) ([]T, error)) ([]T, error) {
	if len(list) > MaxKeys {
		return nil, fmt.Errorf("it is too large for a file of keys: more than %d bytes", MaxKeys)
	}
	var all []T
	for i, line := range strings.Split(string(list), "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		key, err := parse(strings.NewReader(line))
		if err != nil {
			return nil, fmt.Errorf("line %d is no %s key of age", i+1, what)
		}
		all = append(all, key...)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("it holds no %s key of age", what)
	}
	return all, nil
}

// encrypted reports whether a file begins as those of age do.
func encrypted(data []byte) bool {
	return bytes.HasPrefix(data, []byte("age-encryption.org/")) || armoured(data)
}

func armoured(data []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(data[:min(len(data), 1024)], " \t\r\n"), []byte(armor.Header))
}

// open decrypts a packet.
func (l limits) open(data []byte, keys Keys) ([]byte, error) {
	var in io.Reader = bytes.NewReader(data)
	if armoured(data) {
		in = armor.NewReader(in)
	}
	phrase := &phrase{ask: keys.Passphrase, most: l.work}
	out, err := age.Decrypt(in, append([]age.Identity{phrase}, keys.Identities...)...)
	if err != nil {
		return nil, phrase.why(err, len(keys.Identities))
	}
	plain := bytes.NewBuffer(make([]byte, 0, min(int64(len(data)), l.bytes)+bytes.MinRead))
	switch _, err := plain.ReadFrom(io.LimitReader(out, l.bytes+1)); {
	case err != nil:
		return nil, errors.New("it was cut off or altered after it was encrypted" + again)
	case int64(plain.Len()) > l.bytes:
		return nil, fmt.Errorf("what is encrypted in it is too large for a packet: more than %d bytes", l.bytes)
	}
	return plain.Bytes(), nil
}

// phrase is an identity that asks for the passphrase only once it is known that there
// is one.
type phrase struct {
	ask    func() (string, error)
	most   int
	needed bool  // the packet was locked with a passphrase
	failed error // what kept the passphrase from being tried
}

// Unwrap implements [age.Identity].
func (p *phrase) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	if len(stanzas) != 1 || stanzas[0].Type != "scrypt" {
		return nil, age.ErrIncorrectIdentity
	}
	p.needed = true
	key, err := p.try(stanzas)
	if err != nil && !errors.Is(err, age.ErrIncorrectIdentity) {
		p.failed = err
	}
	return key, err
}

func (p *phrase) try(stanzas []*age.Stanza) ([]byte, error) {
	if p.ask == nil {
		return nil, errors.New("it is locked with a passphrase; --passphrase-file gives it, or run this in a terminal and be asked")
	}
	passphrase, err := p.ask()
	if err != nil {
		return nil, err
	}
	identity, err := age.NewScryptIdentity(passphrase)
	if err != nil { // an empty one
		return nil, ErrPassphrase
	}
	identity.SetMaxWorkFactor(p.most)
	key, err := identity.Unwrap(stanzas)
	if err != nil && !errors.Is(err, age.ErrIncorrectIdentity) {
		return nil, fmt.Errorf("trying its passphrase would cost too much work (more than 2^%d rounds of scrypt), or its encryption is damaged"+again, p.most)
	}
	return key, err
}

// why says in our words what kept age from opening a packet.
func (p *phrase) why(err error, identities int) error {
	var none *age.NoIdentityMatchError
	switch {
	case p.failed != nil:
		return p.failed
	case errors.As(err, &none) && p.needed:
		return ErrPassphrase
	case errors.As(err, &none) && identities == 0:
		return errors.New("it is encrypted for somebody's key; --identity FILE gives it")
	case errors.As(err, &none):
		return errors.New("it is encrypted for somebody else: the key that was given does not open it")
	}
	return errors.New("its encryption is damaged, cut off, or that of a newer age" + again)
}
