package store

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"
)

// A test that needs another process starts this binary once more, for itself alone.
// There childFile names the file that the test's other half works on; elsewhere it is
// empty.
func childFile() string { return os.Getenv(childVariable) }

const childVariable = "CALIBRATE_STORE_TEST_CHILD"

// child is a running test's other half.
type child struct {
	cmd    *exec.Cmd
	stdin  io.Closer
	stdout *bufio.Scanner
	stderr bytes.Buffer
	alarm  *time.Timer // kills it when it has said nothing for long
}

// childSilence is far longer than any child is silent, even on a busy machine.
const childSilence = 30 * time.Second

// startChild starts the other half of the test on a file. It ends with the test at
// the latest.
func startChild(t *testing.T, file string) *child {
	t.Helper()
	c := &child{cmd: exec.Command(must[string](t)(os.Executable()), "-test.run=^"+t.Name()+"$")}
	c.cmd.Env = append(os.Environ(), childVariable+"="+file)
	c.cmd.Stderr = &c.stderr
	c.stdin = must[io.WriteCloser](t)(c.cmd.StdinPipe())
	c.stdout = bufio.NewScanner(must[io.ReadCloser](t)(c.cmd.StdoutPipe()))
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c.alarm = time.AfterFunc(childSilence, c.kill)
	t.Cleanup(func() {
		c.kill()
		c.cmd.Wait()
		c.alarm.Stop()
	})
	return c
}

// line waits for the next line that the child says, and reports whether there is one.
func (c *child) line() (string, bool) {
	more := c.stdout.Scan()
	c.alarm.Reset(childSilence)
	return c.stdout.Text(), more
}

func (c *child) kill() { c.cmd.Process.Kill() }

// finish asks the child to end, reads what it still says, and reports how it ended.
func (c *child) finish() (lines []string, err error) {
	c.stdin.Close()
	for {
		line, more := c.line()
		if !more {
			return lines, c.cmd.Wait()
		}
		lines = append(lines, line)
	}
}

// untilFinish waits in the child until the other side asks it to end.
func untilFinish() { io.Copy(io.Discard, os.Stdin) }
