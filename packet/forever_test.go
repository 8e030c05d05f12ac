package packet_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"calibrate/packet"
)

// Packets of every format that was released are kept in testdata and can be taken in for
// ever. What is written today is byte for byte what was written then.
func TestFirstFormatIsReadForEver(t *testing.T) {
	keys := packet.Keys{Passphrase: func() (string, error) { return "correct horse", nil }}
	for _, name := range []string{"testdata/schema1.calib", "testdata/schema1-locked.calib"} {
		data, err := os.ReadFile(name)
		check(t, err)
		p, err := packet.Read(name, data, keys)
		check(t, err)
		s := laptop(t, t.TempDir(), 1)
		defer s.Close()
		m, err := s.Merge(p.Batch)
		check(t, err)
		if len(m.New) != 3 || m.People != 2 || m.Sessions != 1 || m.Events != 1 || m.Rubrics != 1 {
			t.Errorf("%s: %+v", name, m)
		}
		var again bytes.Buffer
		check(t, packet.Write(&again, everything(t, s), p.By, p.MadeAt))
		first, err := os.ReadFile("testdata/schema1.calib")
		check(t, err)
		if diff := cmp.Diff(string(first), again.String()); diff != "" {
			t.Errorf("%s: (-then +now)\n%s", name, diff)
		}
	}
}

// A session of several rubrics has format 2, with all that is needed to hold it.
func TestSecondFormatIsReadForEver(t *testing.T) {
	data, err := os.ReadFile("testdata/schema2.calib")
	check(t, err)
	p, err := packet.Read("schema2.calib", data, packet.Keys{})
	check(t, err)
	s := laptop(t, t.TempDir(), 1)
	defer s.Close()
	m, err := s.Merge(p.Batch)
	check(t, err)
	if p.Schema != 2 || len(m.New) != 2 || m.People != 2 || m.Sessions != 1 || m.Rubrics != 2 {
		t.Errorf("format %d: %+v", p.Schema, m)
	}
	sessions, err := s.Sessions()
	check(t, err)
	own, err := s.Rubric(sessions[0].Rubric)
	check(t, err)
	room, err := s.Room(sessions[0].ID, own)
	check(t, err)
	if !room.Mixed() || room.RubricOf("0043").Role != "Manager" || room.RubricOf("0042").Hash() != own.Hash() {
		t.Errorf("it is held under %v", room.Rubrics())
	}
	var again bytes.Buffer
	check(t, packet.Write(&again, everything(t, s), p.By, p.MadeAt))
	if diff := cmp.Diff(string(data), again.String()); diff != "" {
		t.Errorf("(-then +now)\n%s", diff)
	}
}
