package rubric

import _ "embed"

//go:embed skeleton.yaml
var skeleton []byte

//go:embed rubric.schema.json
var schema []byte

// Skeleton is a small rubric with a note on each part, to start one's own from.
func Skeleton() []byte { return skeleton }

// Schema is the JSON Schema of the files that [Parse] reads, for completion and
// checking in editors. Parse knows more: a file that the schema passes may still
// have, say, two levels of one number.
func Schema() []byte { return schema }
