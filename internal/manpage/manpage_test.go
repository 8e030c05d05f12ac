package manpage_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"calibrate/internal/manpage"
)

func page() manpage.Page {
	return manpage.Page{
		Version: `tool v1 "beta"`, Manual: "tool", Date: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC),
		More: []manpage.Section{{Title: "exit status", Text: "It is\n\n  0  done\n  1  not done"}},
	}
}

// command is one with everything that a page can show.
func command() *cobra.Command {
	root := &cobra.Command{Use: "tool"}
	root.PersistentFlags().String("db", "", "the data `FILE`\n(without: none)")
	cmd := &cobra.Command{
		Use: "make THING [flags]", Short: "Make a thing", Example: "  tool make it-now \\\n    --at 3-mid",
		Long: "Makes it.\n.TH is no request, 'nor is this\n'or this, nor \\fBthis\\fP.\n\n  name   what\n\n  other  what else\nAnd on.\n\ttab",
		Run:  func(*cobra.Command, []string) {},
	}
	cmd.Flags().StringP("at", "a", "3-mid", "the `POSITION`")
	cmd.Flags().Bool("quick", false, "be quick")
	cmd.Flags().Int("secret", 3, "be secret")
	_ = cmd.Flags().MarkHidden("secret")
	root.AddCommand(cmd, &cobra.Command{Use: "hidden", Hidden: true, Run: cmd.Run})
	return root
}

func written(t *testing.T, cmd *cobra.Command) string {
	t.Helper()
	var b strings.Builder
	if err := page().Write(&b, cmd); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPage(t *testing.T) {
	want := strings.TrimPrefix(`
.TH "TOOL-MAKE" "1" "2026-04-01" "tool v1 \(dqbeta\(dq" "tool"
.nh
.SH "NAME"
tool\-make \- Make a thing
.SH "SYNOPSIS"
\fBtool make\fP THING [flags]
.SH "DESCRIPTION"
Makes it.
\&.TH is no request, 'nor is this
\&'or this, nor \efBthis\efP.
.PP
.EX
  name   what

  other  what else
.EE
.PP
And on.
.PP
.EX
  tab
.EE
.SH "EXIT STATUS"
It is
.PP
.EX
  0  done
  1  not done
.EE
.SH "OPTIONS"
.TP
\fB\-a\fP, \fB\-\-at\fP \fIPOSITION\fP
the POSITION
.br
(without: 3\-mid)
.TP
\fB\-\-quick\fP
be quick
.SH "OPTIONS OF EVERY COMMAND"
.TP
\fB\-\-db\fP \fIFILE\fP
the data FILE
.br
(without: none)
.SH "EXAMPLES"
.EX
  tool make it\-now \e
    \-\-at 3\-mid
.EE
.SH "SEE ALSO"
\fBtool\fP(1)
`, "\n")
	if got := written(t, command().Commands()[1]); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestPageLeadsToCommandsThatCanBeCalled(t *testing.T) {
	if got := written(t, command()); !strings.HasSuffix(got, ".SH \"SEE ALSO\"\n\\fBtool\\-make\\fP(1)\n") {
		t.Errorf("the page ends %q", got[max(0, len(got)-200):])
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestPageSaysThatItCouldNotBeWritten(t *testing.T) {
	if err := page().Write(full{}, command()); err == nil || err.Error() != "the disk is full" {
		t.Errorf("the error is %v", err)
	}
}
