package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// writeRecord writes v as JSON on one line.
func writeRecord(w io.Writer, v any) error {
	data, err := encodeJSON(v, "")
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// writeDocument writes v as JSON for people too: indented.
func writeDocument(w io.Writer, v any) error {
	data, err := encodeJSON(v, "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

func encodeJSON(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encoding JSON: %w", err)
	}
	return escaped(b.Bytes(), jsonEscape), nil
}
