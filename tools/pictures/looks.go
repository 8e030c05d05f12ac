package main

import (
	"fmt"
	"strconv"
	"strings"
)

// look is a terminal as one person has it: what it says of itself, how the program is
// opened in it, and its colours.
type look struct {
	name             string
	environment      []string
	flags            []string
	background, text colour
}

// colour is red, green and blue.
type colour [3]int

var (
	dark  = look{"dark", []string{"TERM=xterm-256color", "COLORTERM=truecolor"}, []string{"--theme", "dark"}, colour{13, 17, 23}, colour{196, 196, 196}}
	light = look{"light", []string{"TERM=xterm-256color", "COLORTERM=truecolor"}, []string{"--theme", "light"}, colour{255, 255, 255}, colour{31, 35, 40}}
	few   = look{"16 colours", []string{"TERM=xterm-16color", "COLORFGBG=15;0"}, nil, colour{0, 0, 0}, colour{229, 229, 229}}
	none  = look{"NO_COLOR", []string{"TERM=xterm-256color", "COLORTERM=truecolor", "NO_COLOR=1"}, nil, colour{13, 17, 23}, colour{196, 196, 196}}
	looks = []look{dark, light, few, none}
)

// sixteen are the colours that a terminal of sixteen has, as xterm shows them.
var sixteen = []colour{
	{0, 0, 0}, {205, 0, 0}, {0, 205, 0}, {205, 205, 0}, {0, 0, 238}, {205, 0, 205}, {0, 205, 205}, {229, 229, 229},
	{127, 127, 127}, {255, 0, 0}, {0, 255, 0}, {255, 255, 0}, {92, 92, 255}, {255, 0, 255}, {0, 255, 255}, {255, 255, 255},
}

func (c colour) hex() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }
func (c colour) sgr(ground string) string {
	return fmt.Sprintf(";%s;2;%d;%d;%d", ground, c[0], c[1], c[2])
}

// pen is how characters are written, as SGR has set it.
type pen struct {
	bold, dim, underlined, reversed bool
	fore, back                      *colour // nil: the terminal's own
}

// set changes the pen by the codes of one escape sequence.
func (p *pen) set(codes []string) {
	for i := 0; i < len(codes); i++ {
		n, _ := strconv.Atoi(codes[i])
		switch {
		case n == 0:
			*p = pen{}
		case n == 1:
			p.bold = true
		case n == 2:
			p.dim = true
		case n == 4:
			p.underlined = true
		case n == 7:
			p.reversed = true
		case n == 22:
			p.bold, p.dim = false, false
		case n == 24:
			p.underlined = false
		case n == 27:
			p.reversed = false
		case n >= 30 && n <= 37:
			p.fore = &sixteen[n-30]
		case n >= 90 && n <= 97:
			p.fore = &sixteen[n-90+8]
		case n >= 40 && n <= 47:
			p.back = &sixteen[n-40]
		case n == 39:
			p.fore = nil
		case n == 49:
			p.back = nil
		case n == 38 && i+4 < len(codes):
			var c colour
			for j := range c {
				c[j], _ = strconv.Atoi(codes[i+2+j])
			}
			p.fore, i = &c, i+4
		}
	}
}

// sgr says all of the pen anew, for freeze: it does not know that colours end without
// everything ending, has neither dim nor reversed text, and draws nothing bold. Italic,
// which the program does not use, stands for bold.
func (p *pen) sgr(l look) string {
	fore, back := l.text, l.background
	if p.fore != nil {
		fore = *p.fore
	}
	if p.back != nil {
		back = *p.back
	}
	if p.reversed {
		fore, back = back, fore
	}
	if p.dim {
		for i := range fore {
			fore[i] = (2*fore[i] + back[i]) / 3
		}
	}
	var b strings.Builder
	b.WriteString("\x1b[0m\x1b[0") // freeze takes what follows for one look only after a reset
	if p.bold {
		b.WriteString(";3")
	}
	if p.underlined {
		b.WriteString(";4")
	}
	b.WriteString(fore.sgr("38"))
	if back != l.background {
		b.WriteString(back.sgr("48"))
	}
	return b.String() + "m"
}

// plainer rewrites what tmux captured for freeze.
func plainer(shown string, l look) string {
	var out strings.Builder
	var p pen
	for i, line := range strings.Split(shown, "\n") {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(p.sgr(l))
		for rest := line; rest != ""; {
			at := sgr.FindStringSubmatchIndex(rest)
			if at == nil {
				out.WriteString(rest)
				break
			}
			out.WriteString(rest[:at[0]])
			p.set(strings.Split(rest[at[2]:at[3]], ";"))
			out.WriteString(p.sgr(l))
			rest = rest[at[1]:]
		}
	}
	return out.String()
}
