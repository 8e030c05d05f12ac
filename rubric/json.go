package rubric

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// MarshalJSON writes the rubric's canonical form: the shape of the YAML, keys in
// a fixed order, every section present, no white space. [Rubric.Hash] is taken
// over these bytes, so they must never change for a given content.
func (r *Rubric) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(`{"role":`)
	writeJSON(&b, r.Role)
	b.WriteString(`,"dimensions":`)
	writeJSON(&b, r.Dimensions)
	b.WriteString(`,"levels":[`)
	for i, level := range r.Levels {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"level":%d,"name":`, level.Number)
		writeJSON(&b, level.Name)
		b.WriteString(`,"bands":[`)
		for j, band := range level.Bands {
			if j > 0 {
				b.WriteByte(',')
			}
			r.writeBand(&b, band)
		}
		b.WriteString(`]}`)
	}
	b.WriteString(`]}`)
	return b.Bytes(), nil
}

func (r *Rubric) writeBand(b *bytes.Buffer, band Band) {
	b.WriteString(`{"band":`)
	writeJSON(b, band.Name)
	b.WriteString(`,"dimensions":{`)
	for i, dimension := range r.Dimensions {
		if i > 0 {
			b.WriteByte(',')
		}
		writeJSON(b, dimension)
		b.WriteString(`:{`)
		for j, section := range Sections() {
			if j > 0 {
				b.WriteByte(',')
			}
			writeJSON(b, string(section))
			b.WriteByte(':')
			texts := band.Dimensions[dimension].Section(section)
			if texts == nil {
				texts = []string{}
			}
			writeJSON(b, texts)
		}
		b.WriteByte('}')
	}
	b.WriteString(`}}`)
}

// writeJSON encodes strings and lists of them without the escapes that only
// HTML needs.
func writeJSON(b *bytes.Buffer, v any) {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil { // strings always encode
		panic(err)
	}
	b.Truncate(b.Len() - 1) // the encoder's newline
}

// UnmarshalJSON reads the shape that [Rubric.MarshalJSON] writes and checks it like
// [Parse]. A key that it does not know is an error: a rubric that says more than
// this program understands must not be taken for one that says less.
func (r *Rubric) UnmarshalJSON(data []byte) error {
	var in struct {
		Role       string   `json:"role"`
		Dimensions []string `json:"dimensions"`
		Levels     []struct {
			Level int    `json:"level"`
			Name  string `json:"name"`
			Bands []struct {
				Band       string                 `json:"band"`
				Dimensions map[string]jsonContent `json:"dimensions"`
			} `json:"bands"`
		} `json:"levels"`
	}
	if len(data) > maxJSON {
		return fmt.Errorf("reading a rubric as JSON: it has more than %d MiB", maxJSON>>20)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&in); err != nil {
		return fmt.Errorf("reading a rubric as JSON: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("reading a rubric as JSON: something follows it")
	}
	if len(in.Levels) > MaxLevels { // before all of them are laid out
		return fmt.Errorf("reading a rubric as JSON: it has %d levels; at most %d are allowed", len(in.Levels), MaxLevels)
	}
	levels := make([]Level, len(in.Levels))
	for i, l := range in.Levels {
		levels[i] = Level{Number: l.Level, Name: l.Name, Bands: make([]Band, len(l.Bands))}
		for j, b := range l.Bands {
			levels[i].Bands[j] = Band{Name: b.Band, Dimensions: map[string]Content{}}
			for name, c := range b.Dimensions {
				levels[i].Bands[j].Dimensions[name] = Content(c)
			}
		}
	}
	read, err := New(in.Role, in.Dimensions, levels)
	if err != nil {
		return err
	}
	*r = *read
	return nil
}

// maxJSON is how many bytes the canonical form has at most: every byte of the text may
// have its escape, and around it stands what is always said.
const maxJSON = 4 * MaxText

// jsonContent is Content with its names in JSON.
type jsonContent struct {
	Impact            []string `json:"impact"`
	Examples          []string `json:"examples"`
	Dampeners         []string `json:"dampeners"`
	ProgressionSignal []string `json:"progression_signal"`
}
