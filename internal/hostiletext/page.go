package hostiletext

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// elements are those that a report may be made of.
var elements = strings.Fields(`html head meta title style body header main h1 h2 h3 h4 p br ul li div span
	table thead tbody tr th td figure figcaption svg text rect path circle g`)

// InPage says what a page holds that a report's page may not: an element or attribute
// that acts or fetches, or text that a reader cannot see. It is empty where there is
// nothing.
func InPage(page string) string {
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return OnTerminal(page)
		case html.TextToken:
			if wrong := OnTerminal(string(z.Text())); wrong != "" { // also what is written as &#27;
				return wrong
			}
		case html.CommentToken:
			return fmt.Sprintf("the page holds the comment %.60q", z.Token())
		case html.StartTagToken, html.SelfClosingTagToken:
			if wrong := inTag(z.Token()); wrong != "" {
				return wrong
			}
		}
	}
}

func inTag(token html.Token) string {
	if !slices.Contains(elements, token.Data) {
		return fmt.Sprintf("the page has the element %.60q", token)
	}
	for _, a := range token.Attr {
		if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "href" || a.Key == "style" {
			return fmt.Sprintf("the page has the attribute %s of %.60q", a.Key, token)
		}
	}
	return ""
}
