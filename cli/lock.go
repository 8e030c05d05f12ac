package cli

import (
	"context"
	"fmt"
	"os"
	"strings"

	"filippo.io/age"

	"calibrate/packet"
)

// lock is whom the packet is encrypted for; none means that it is not.
func (s *shell) lock(ctx context.Context, f exportFlags) ([]age.Recipient, error) {
	var all []age.Recipient
	for _, given := range f.recipients {
		to, err := recipientsOf(given)
		if err != nil {
			return nil, err
		}
		all = append(all, to...)
	}
	if !f.ask && !f.secret.given() {
		return all, nil
	}
	passphrase, err := "", error(nil)
	if f.ask {
		passphrase, err = s.askPassphrase(ctx, "passphrase for "+f.file, true)
	} else {
		passphrase, err = f.secret.read()
	}
	if err != nil {
		return nil, err
	}
	to, err := packet.Passphrase(passphrase)
	return []age.Recipient{to}, err
}

// recipientsOf reads a public key, or a file of them. What is neither may be a secret,
// and is not repeated.
func recipientsOf(given string) ([]age.Recipient, error) {
	for _, key := range []string{"age1", "AGE-SECRET-KEY-", "ssh-"} {
		if strings.HasPrefix(given, key) {
			to, err := packet.Recipients([]byte(given))
			if err != nil {
				err = fmt.Errorf("--encrypt-to: what is given is no key to encrypt to: %w", err)
			}
			return to, err
		}
	}
	data, err := readKeys(given)
	if err != nil {
		return nil, fmt.Errorf("reading the recipients: %w", err)
	}
	to, err := packet.Recipients(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", given, err)
	}
	return to, nil
}

// readKeys reads a file of keys, or what shows that it is too large for one.
func readKeys(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAtMost(f, packet.MaxKeys+1)
}
