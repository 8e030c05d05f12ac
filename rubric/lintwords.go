package rubric

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// wording is a rule that looks at the words of one statement.
type wording struct {
	rule     string
	reason   string
	sections []Section // whose statements are measured by it
	find     func(text string) []string
}

// What is rated is the impact, and what comes next the progression signal. Examples
// are told as they happened, and dampeners name circumstances: neither is a yardstick,
// and what makes a yardstick bend does them no harm.
var yardsticks = []Section{Impact, ProgressionSignal}

var wordings = []wording{
	{
		"double-barrelled", "two things in one statement: who saw one of them can neither tick it nor leave it; make two statements of it, or say which of them counts",
		[]Section{Impact}, found(`;|\bas well as\b|\band (?:(?:also|then|[a-z]+ly) )?[a-z]+[^s\W]s (?:the|a|an|their|its|his|her|every|each|all|them|it|this|that|those|these|other)\b`),
	},
	{
		"no-behaviour", "nobody can see into a person's head; say what they do that shows it",
		yardsticks, found(`\b(?:understands?|knows|believes|feels|thinks|wants|appreciates|realises|realizes|wishes|likes|values|(?:is|are) aware|awareness|(?:is|are) able to|(?:has|have|shows|demonstrates) (?:the |an )?ability to|(?:is|are) capable of|potential|(?:good|strong|deep) (?:grasp|understanding|knowledge)|passionate|motivated|enthusiastic|enthusiasm|attitude|willing(?:ness)?|comfortable with|mindset)\b`),
	},
	{
		"circular", "names the rating that is to be found, not what one sees; say what a person who is rated so does",
		yardsticks, found(`\b(?:operat|perform|work|contribut|deliver)(?:es|s|ing)\b[^;.]{0,40}\b(?:level|scope|role|title)\b|^(?:(?:the|an?|immediate|formal|[a-z]+-) ?)*(?:promotion|transition to|post-promotion|recognition of)\b|\bpromotion (?:is|should|resolves|unlocks)\b|\bthis rating\b|\bfor this level\b`),
	},
	{
		"comparative", "compared with what? each rater takes another measure; name it (“than …”), or say what one would see",
		yardsticks, comparatives,
	},
	{
		"quantity", "how many, how often? each rater has another number in mind; give one, or say what one would see",
		yardsticks, found(`\b(?:some|several|many|few|various|numerous|a (?:large |small )?number of|a lot of|most|much|often|frequently|sometimes|occasionally|usually|typically|generally|regularly|rarely|seldom|consistently|from time to time|timely|as needed|as appropriate|where possible|when necessary|to some extent|at scale)\b`),
	},
	{
		"judgement", "the word is the judgement that the rater is to make; say what one sees where it is so",
		yardsticks, found(`\b(?:good|great|strong|solid|excellent|outstanding|exceptional(?:ly)?|effective(?:ly)?|ineffective(?:ly)?|appropriate(?:ly)?|inappropriate(?:ly)?|adequate(?:ly)?|inadequate(?:ly)?|sufficient(?:ly)?|insufficient(?:ly)?|suitabl[ey]|proper(?:ly)?|reasonabl[ey]|high[- ]quality|meaningful(?:ly)?|significant|robust(?:ly)?|poor(?:ly)?|competent(?:ly)?|sound)\b`),
	},
	{
		"absolute", "one exception makes it untrue, so that raters pass over the word or never tick the statement; say how far it has to hold",
		yardsticks, found(`\b(?:always|never|everything|everyone|everybody|completely|entirely|totally|fully|perfect(?:ly)?|flawless(?:ly)?|without exception|at all times|every time|in (?:all|every) cases?|no matter what)\b`),
	},
}

// found returns what a pattern finds in a text, each thing once. The pattern is not
// compiled before somebody lints.
func found(pattern string) func(string) []string {
	re := lazily(`(?i)` + pattern)
	return func(text string) []string {
		var all []string
		for _, words := range re().FindAllString(text, -1) {
			if words = strings.TrimSpace(words); !slices.Contains(all, words) {
				all = append(all, words)
			}
		}
		return all
	}
}

var (
	comparative = found(`\b(?:more|less|fewer|better|worse|stronger|weaker|higher|lower|faster|slower|deeper|broader|wider|greater|larger|smaller|bigger|clearer|quicker|easier|closer|richer|stricter|significantly|considerably|substantially|markedly|noticeably|materially)\b`)
	// than names the measure, “two or more” is one, and “no less” is a figure of speech.
	measured = found(`\bthan\b|\bcompared (?:to|with)\b|\brelative to\b|\b(?:or|no|not|once|and) (?:more|less|fewer|higher|lower|better)\b|\bby \d|\b\d+ ?%|\bmore and more\b`)
)

// comparatives finds words that compare with something that is not named.
func comparatives(text string) []string {
	if len(measured(text)) > 0 {
		return nil
	}
	return comparative(text)
}

// lazily returns a function that returns the compiled pattern: most runs of a program need
// none, and compiling takes a good part of the shortest ones.
func lazily(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
