package hostiletext_test

import (
	"strings"
	"testing"

	"calibrate/internal/clean"
	"calibrate/internal/hostiletext"
)

// The judges see what is hostile in each text as it is, and nothing in ordinary text.
func TestJudges(t *testing.T) {
	harmless := map[string]bool{ // on a terminal
		"long word": true, "right to left": true, "formula": true, "formula of old": true, "formula of signs": true, "formula of minus": true,
		"formula behind a space": true, "formula behind a semicolon": true, "full-width formula": true, "element": true, "attribute": true, "Markdown": true, "Markdown blocks": true,
		"YAML": true, "percent": true,
	}
	for _, h := range hostiletext.All() {
		if wrong := hostiletext.OnTerminal(h.Text); (wrong == "") != harmless[h.Name] {
			t.Errorf("%s on a terminal: %q", h.Name, wrong)
		}
		for name, cleaned := range map[string]string{"Line": clean.Line(h.Text), "Text": clean.Text(h.Text)} {
			if wrong := hostiletext.OnTerminal(cleaned); wrong != "" {
				t.Errorf("%s, cleaned by %s: %s", h.Name, name, wrong)
			}
		}
	}
	for _, ordinary := range []string{
		"Owns the platform — “golden paths”, naïve …\n", "می\u200cخواهم", "राष्ट्रीय क्\u200dष", "👨\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈", "1\ufe0f⃣ ❤\ufe0f",
		"🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F", "葛\U000E0100城", "한국어 \u1112\u1161\u11ab\u1100\u116e\u11a8", "␛[2J ‹200b*40›",
	} {
		if wrong := hostiletext.OnTerminal(ordinary); wrong != "" {
			t.Errorf("%q: %s", ordinary, wrong)
		}
	}
}

func TestCellsAndPages(t *testing.T) {
	for _, cell := range []string{"=1", " =1", "+1", "@a", "-a", "＝1", "\t=1", "|a", "a\x1b[2J", "a\u202eb", "a;=1", "a\n=1", "a;\"=1"} {
		if hostiletext.InCell(cell) == "" {
			t.Errorf("the cell %q passes", cell)
		}
	}
	for _, cell := range []string{"", "'=1", "-3", "-0.25", "a=b", "Ada\nLovelace"} {
		if wrong := hostiletext.InCell(cell); wrong != "" {
			t.Errorf("the cell %q: %s", cell, wrong)
		}
	}
	for _, page := range []string{
		"<p><script>", `<p onclick="x">`, `<p style="x">`, "<a href=x>", "<!-- x -->", "<p>&#27;[2J", "<p>\x1b[2J", "<iframe>", "<svg><image>",
	} {
		if hostiletext.InPage(page) == "" {
			t.Errorf("the page %q passes", page)
		}
	}
	if wrong := hostiletext.InPage("<!doctype html><p class=\"note\">a &lt;script&gt; b</p>"); wrong != "" {
		t.Error(wrong)
	}
}

func TestTogetherLeavesNothingOut(t *testing.T) {
	all := ""
	few := hostiletext.Together(390)
	for _, h := range few {
		if all += h.Text; len(h.Text) > 390 {
			t.Errorf("%s has %d bytes", h.Name, len(h.Text))
		}
	}
	for _, h := range hostiletext.All() {
		if !strings.Contains(all, h.Text) {
			t.Errorf("%s is in none of %d", h.Name, len(few))
		}
	}
}
