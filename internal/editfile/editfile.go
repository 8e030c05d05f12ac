// Package editfile lays a text out in a file for the user's own editor.
//
// What is edited are reasons and notes about people. The file is for nobody else to read,
// in a folder of its own that goes with everything that an editor puts beside it (swap
// files, copies), and its name says nothing. What an editor keeps elsewhere is beyond
// reach.
package editfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// Editor is the command that the environment names as the user's editor for a whole
// screen: $VISUAL or else $EDITOR. It may have arguments. The error says that there is
// none.
func Editor(getenv func(string) string) (string, error) {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if command := strings.TrimSpace(getenv(name)); command != "" {
			return command, nil
		}
	}
	return "", errors.New("no editor is named: set VISUAL or EDITOR, as in EDITOR=nano, and start again")
}

// File is a text in a file.
type File struct {
	folder string
	most   int64
}

// New writes a text into a new file in a new folder below parent, which is made if need be.
// At most so many bytes are read back. See [Left] for what becomes of it if the program is
// killed.
func New(parent, text string, most int) (*File, error) {
	err := os.MkdirAll(parent, 0o700)
	var folder string
	if err == nil {
		folder, err = os.MkdirTemp(parent, folderName) // mode 0700
	}
	if err != nil {
		return nil, fmt.Errorf("making a folder for the editor: %w", err)
	}
	f := &File{folder: folder, most: int64(most)}
	err = errors.Join(f.owned(text), os.WriteFile(f.path(), []byte(text+"\n"), 0o600))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("writing the text for the editor: %w", err), f.Remove())
	}
	return f, nil
}

func (f *File) path() string { return filepath.Join(f.folder, "text.md") }

// Command runs an editor on the file, as a shell would; when ctx ends, the editor is asked
// to end too.
func (f *File) Command(ctx context.Context, editor string) *exec.Cmd {
	var cmd *exec.Cmd
	if runtime.GOOS == "windows" {
		words := strings.Fields(editor)
		cmd = exec.CommandContext(ctx, words[0], append(words[1:], f.path())...)
	} else {
		// ctrl+c is the editor's: the shell around it must not end by it.
		cmd = exec.CommandContext(ctx, "sh", "-c", "trap : INT; "+editor+` "$1"`, "sh", f.path())
		cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	}
	cmd.WaitDelay = 2 * time.Second
	return cmd
}

// Read returns what is in the file now, without the line breaks at its end, and whether that
// is all of it.
func (f *File) Read() (text string, all bool, err error) {
	info, err := os.Lstat(f.path())
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is no file any more")
	}
	var data []byte
	if err == nil {
		data, err = readAtMost(f.path(), f.most+1)
	}
	if err != nil {
		return "", false, fmt.Errorf("reading what was edited: %w", err)
	}
	all = int64(len(data)) <= f.most
	return strings.TrimRight(string(data[:min(int64(len(data)), f.most)]), "\r\n"), all, nil
}

func readAtMost(path string, most int64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, most))
}

// Remove takes the file away, and all that lies beside it.
func (f *File) Remove() error {
	if err := os.RemoveAll(f.folder); err != nil {
		return fmt.Errorf("the text that was edited is still in %s; delete it: %w", f.folder, err)
	}
	return nil
}
