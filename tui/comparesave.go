package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
	"calibrate/report"
)

// compareSave asks for the name of the file.
type compareSave struct {
	env   *env
	what  report.Written
	field *editor
}

const maxPath = 4096

func newCompareSave(c *compare) *compareSave {
	s := &compareSave{env: c.env, field: newEditor(maxPath)}
	s.what = report.Written{View: strings.ToLower(c.views[c.tab].name()), Filter: c.filter, From: string(calibration.Draft), To: string(calibration.Final), Group: calibration.ByTeam}
	for _, v := range c.views {
		switch v := v.(type) {
		case *shiftView:
			s.what.From, s.what.To = v.request(c)
		case *distributionView:
			s.what.Group = v.grouping()
		}
	}
	if _, ok := c.views[c.tab].(cellsView); ok {
		s.what.View = "cells"
	}
	s.field.set(fmt.Sprintf("calibrate-%s-%s.html", s.what.View, c.env.now().Format(time.DateOnly)))
	return s
}

var compareSaveKeys = struct{ write key.Binding }{bind("enter", "enter", "write the file")}

func (s *compareSave) Init() tea.Cmd { return nil }
func (s *compareSave) Title() string { return "Write to a file" }
func (s *compareSave) Typing() bool  { return true }
func (s *compareSave) Keys() []key.Binding {
	return []key.Binding{compareSaveKeys.write, bind("esc", "esc", "back; without writing")}
}

// wrote is what writing came to.
type wrote struct {
	path string
	err  error
}

// told says it.
func (w wrote) told() status {
	switch {
	case errors.Is(w.err, context.Canceled):
		return info("given up; nothing was written")
	case w.err != nil:
		return failure(fmt.Errorf("not written: %w", w.err))
	}
	return info(line(w.path) + " is written")
}

func (s *compareSave) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case wrote:
		return reply{pop: msg.err == nil, status: msg.told().about(s)}
	case tea.KeyMsg:
		switch {
		case key.Matches(msg, keyBack):
			return reply{pop: true}
		case key.Matches(msg, compareSaveKeys.write):
			return s.write()
		}
		s.field.update(msg)
	}
	return reply{}
}

func (s *compareSave) write() reply {
	what, save := s.what, s.env.save
	what.Path = strings.TrimSpace(s.field.text)
	if what.Path == "" {
		return reply{status: info("give the file a name, or esc")}
	}
	l := s.env.long()
	what.Progress = func(what string, done, of int) { _ = l.step(what, done, of) }
	return reply{wait: true, long: l, cmd: func() tea.Msg {
		err := save(l.ctx, what)
		if err != nil && l.ctx.Err() != nil {
			err = context.Canceled
		}
		return wrote{what.Path, err}
	}}
}

func (s *compareSave) View(w, h int) string {
	t := s.env.theme
	rows := []string{
		t.rule(t.title.paint("Write "+s.what.View+" to a file"), "", w), "",
		" " + t.accent.paint(markCursor) + " " + s.field.row(t, w-5, true), "",
	}
	for _, l := range s.env.wrapper.wrap("The ending says how: .html, .md, .csv, .json or .txt. A file that exists is not replaced. It is written into the folder that calibrate was started in, unless the name says where.", w-4) {
		rows = append(rows, "   "+t.faint.paint(l))
	}
	return joinRows(page(rows, w, h))
}
