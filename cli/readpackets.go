package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"calibrate/packet"
)

// readPackets reads all packets before anything is done with any. What is wrong with
// them is told of all.
func (s *shell) readPackets(ctx context.Context, f importFlags, files []string) ([]packet.Packet, error) {
	ctx, stop := s.interruptible(ctx)
	defer stop()
	keys, err := s.keyring(ctx, f)
	if err != nil {
		return nil, err
	}
	var packets []packet.Packet
	var wrong []error
	total := 0
	for _, file := range files {
		name, data, err := s.readPacketFile(ctx, file)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		if total += len(data); total > packet.MaxFile {
			return nil, fmt.Errorf("the packets together have more than %d bytes; import them one after the other", packet.MaxFile)
		}
		p, err := keys.open(name, data)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		packets = append(packets, p)
	}
	return packets, errors.Join(append(wrong, ctx.Err())...)
}

// readPacketFile reads a file, or what shows that it is too large for a packet.
func (s *shell) readPacketFile(ctx context.Context, file string) (name string, data []byte, err error) {
	in, of := s.Stdin, 0
	name = "standard input"
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return file, nil, fmt.Errorf("reading the packet: %w", err)
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil {
			of = int(info.Size())
		}
		in, name = f, file
	}
	progress := s.progress("KiB read")
	defer progress.done()
	var r io.Reader = &watched{ctx: ctx, from: in, progress: progress, of: of}
	data, err = readSized(r, int64(of), packet.MaxFile+1)
	if err != nil && ctx.Err() == nil {
		err = fmt.Errorf("reading the packet %s: %w", name, err)
	}
	return name, data, err
}

// keyring opens packets with the keys that were given, and asks a person for passphrases
// that were not.
type keyring struct {
	packet.Keys
	ask   func(prompt string) (string, error) // nil: the passphrase was given, or nobody can be asked
	known string                              // the passphrase that opened the last packet
}

func (s *shell) keyring(ctx context.Context, f importFlags) (*keyring, error) {
	var k keyring
	for _, file := range f.identities {
		data, err := readKeys(file)
		if err != nil {
			return nil, fmt.Errorf("reading the identity: %w", err)
		}
		identities, err := packet.Identities(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		k.Identities = append(k.Identities, identities...)
	}
	switch {
	case f.secret.given():
		passphrase, err := f.secret.read()
		if err != nil {
			return nil, err
		}
		k.Passphrase = func() (string, error) { return passphrase, nil }
	case s.InIsTerminal:
		k.ask = func(prompt string) (string, error) { return s.askPassphrase(ctx, prompt, false) }
	}
	return &k, nil
}

// open reads a packet. Several packets often have one passphrase, so that the last one
// is tried before somebody is asked, three times at most.
func (k *keyring) open(name string, data []byte) (packet.Packet, error) {
	if k.ask == nil {
		return packet.Read(name, data, k.Keys)
	}
	if k.known != "" {
		p, err := k.try(name, data, func() (string, error) { return k.known, nil })
		if !errors.Is(err, packet.ErrPassphrase) {
			return p, err
		}
	}
	const tries = 3
	prompt := "passphrase of " + name
	for left := tries - 1; ; left-- {
		p, err := k.try(name, data, func() (string, error) { return k.ask(prompt) })
		if left == 0 || !errors.Is(err, packet.ErrPassphrase) {
			return p, err
		}
		prompt = "the passphrase is wrong; once more, passphrase of " + name
	}
}

func (k *keyring) try(name string, data []byte, passphrase func() (string, error)) (packet.Packet, error) {
	said := ""
	p, err := packet.Read(name, data, packet.Keys{Identities: k.Identities, Passphrase: func() (_ string, err error) {
		said, err = passphrase()
		return said, err
	}})
	if err == nil && said != "" {
		k.known = said
	}
	return p, err
}
