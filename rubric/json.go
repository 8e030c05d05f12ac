package rubric

import (
	"bytes"
	"encoding/json"
	"fmt"
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
