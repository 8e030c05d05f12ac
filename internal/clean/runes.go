package clean

import (
	"unicode"
	"unicode/utf8"
)

const (
	zwsp      = '\u200B' // zero width space
	zwnj      = '\u200C' // zero width non-joiner
	zwj       = '\u200D' // zero width joiner
	vs15      = '\uFE0E' // variation selector: as text
	vs16      = '\uFE0F' // variation selector: as emoji
	keycap    = '\u20E3'
	blackFlag = '\U0001F3F4'
	cancelTag = '\U000E007F'
)

// hidden says whether r shows nothing of its own: C1 controls, format and
// bidirectional characters, fillers, variation selectors and noncharacters. The
// signs that Unicode counts as format but that have a shape stay visible.
func hidden(r rune) bool {
	if r < 0x7f {
		return false
	}
	return r < 0xa0 ||
		unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Noncharacter_Code_Point) &&
			!unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// belongs says whether the hidden rune r is a part of what is written: of the
// base that it follows, and of next.
func (c *cleaner) belongs(r, next rune) bool {
	follows := c.last == c.base
	switch r {
	case zwj:
		return c.joinsEmoji(next) || c.insideWord(joining, next)
	case zwnj:
		return c.insideWord(joining, next)
	case zwsp:
		return c.insideWord(unspaced, next)
	case vs15, vs16:
		return follows && (unicode.Is(pictographic, c.base) || keycapBase(c.base) && next == keycap)
	}
	if !follows || !unicode.Is(unicode.Variation_Selector, r) {
		return false
	}
	if unicode.Is(unicode.Mongolian, r) {
		return unicode.Is(unicode.Mongolian, c.base) && unicode.IsLetter(c.base)
	}
	return c.base >= utf8.RuneSelf && unicode.In(c.base, unicode.Han, unicode.Myanmar, unicode.Phags_Pa, unicode.Sm)
}

// joinsEmoji says whether a joiner stands between two pictures. The first may
// wear a variation selector or a skin tone.
func (c *cleaner) joinsEmoji(next rune) bool {
	return (c.last == c.base || c.last == vs16) &&
		unicode.Is(pictographic, c.base) && unicode.Is(pictographic, next)
}

// insideWord says whether a joiner stands in a word of one of the scripts:
// between letters, or behind a mark, such as the virama that a joiner shapes.
func (c *cleaner) insideWord(scripts []*unicode.RangeTable, next rune) bool {
	switch {
	case !unicode.In(c.base, scripts...):
		return false
	case unicode.Is(unicode.M, c.last) && !hidden(c.last):
		return true
	case c.last != c.base || !unicode.IsLetter(c.base):
		return false
	}
	return !hidden(next) &&
		(unicode.IsLetter(next) && unicode.In(next, scripts...) || unicode.Is(unicode.M, next))
}

func keycapBase(r rune) bool {
	return '0' <= r && r <= '9' || r == '#' || r == '*'
}

// flagTags returns the length of the tag characters at the start of s that make
// a region's flag out of a black one, 0 if they do not.
func flagTags(s string) int {
	letters, length := 0, 0
	for _, r := range s {
		length += utf8.RuneLen(r)
		switch {
		case r == cancelTag && 3 <= letters && letters <= 6:
			return length
		case !tagLetter(r):
			return 0
		}
		letters++
	}
	return 0
}

func tagLetter(r rune) bool {
	return '\U000E0061' <= r && r <= '\U000E007A' || '\U000E0030' <= r && r <= '\U000E0039'
}

// joining are the scripts whose spelling uses the joiners: cursive ones, and
// those that build clusters with a virama.
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mongolian, unicode.Mandaic, unicode.Manichaean, unicode.Adlam,
	unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu,
	unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.Balinese, unicode.Javanese,
}

// unspaced are the scripts that put no spaces between words; a zero width space
// tells programs where a line may break.
var unspaced = []*unicode.RangeTable{unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan}

// pictographic covers the characters that emoji sequences are made of, by blocks:
// what it lets through too much of are visible symbols. The control pictures that
// stand for what was replaced are not in it.
var pictographic = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x00A9, Hi: 0x00A9, Stride: 1},
		{Lo: 0x00AE, Hi: 0x00AE, Stride: 1},
		{Lo: 0x203C, Hi: 0x203C, Stride: 1},
		{Lo: 0x2049, Hi: 0x2049, Stride: 1},
		{Lo: 0x2122, Hi: 0x2122, Stride: 1},
		{Lo: 0x2139, Hi: 0x2139, Stride: 1},
		{Lo: 0x2190, Hi: 0x23FF, Stride: 1},
		{Lo: 0x24C2, Hi: 0x24C2, Stride: 1},
		{Lo: 0x25A0, Hi: 0x27BF, Stride: 1},
		{Lo: 0x2900, Hi: 0x297F, Stride: 1},
		{Lo: 0x2B00, Hi: 0x2BFF, Stride: 1},
		{Lo: 0x3030, Hi: 0x3030, Stride: 1},
		{Lo: 0x303D, Hi: 0x303D, Stride: 1},
		{Lo: 0x3297, Hi: 0x3299, Stride: 2},
	},
	R32: []unicode.Range32{
		{Lo: 0x1F000, Hi: 0x1FAFF, Stride: 1},
	},
	LatinOffset: 2,
}
