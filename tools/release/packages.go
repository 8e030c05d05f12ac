package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/goreleaser/nfpm/v2"
	_ "github.com/goreleaser/nfpm/v2/deb"
	"github.com/goreleaser/nfpm/v2/files"
	_ "github.com/goreleaser/nfpm/v2/rpm"
)

// packages packs the program for the package managers of Debian and Red Hat.
func (r *release) packages(t target, program []byte) error {
	for _, format := range []string{"deb", "rpm"} {
		contents, err := r.contents(format, t, program)
		if err != nil {
			return err
		}
		info := nfpm.WithDefaults(&nfpm.Info{
			Name: "calibrate", Version: r.version, Arch: t.arch, Platform: t.os,
			Maintainer:  "calibrate <calibrate@localhost>",
			Description: "Place people on a rubric, keep every decision, compare them.",
			Section:     "utils", Priority: "optional", License: "none", MTime: r.time,
			Overridables: nfpm.Overridables{Contents: contents, RPM: nfpm.RPM{BuildHost: "localhost", Summary: "Performance calibration in a terminal"}},
		})
		packager, err := nfpm.Get(format)
		if err != nil {
			return err
		}
		if err := nfpm.PrepareForPackager(info, format); err != nil {
			return err
		}
		var out bytes.Buffer
		if err := packager.Package(info, &out); err != nil {
			return fmt.Errorf("%s: %w", format, err)
		}
		if err := r.write(packager.ConventionalFileName(info), out.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// contents says where everything belongs, and writes it where the packager finds it.
func (r *release) contents(format string, t target, program []byte) (all files.Contents, err error) {
	documents, err := r.documents()
	if err != nil {
		return nil, err
	}
	zsh := map[string]string{"deb": "/usr/share/zsh/vendor-completions/", "rpm": "/usr/share/zsh/site-functions/"}[format]
	belongs := map[string]string{
		"calibrate": "/usr/bin/calibrate", completions["bash"]: "/usr/share/bash-completion/completions/calibrate",
		completions["zsh"]: zsh + "_calibrate", completions["fish"]: "/usr/share/fish/vendor_completions.d/calibrate.fish",
	}
	from := filepath.Join(r.work, format, t.String())
	parts := append([]file{{name: "calibrate", data: program, mode: 0o755}}, documents...)
	for _, f := range append(parts, r.extras...) {
		to := belongs[f.name]
		switch {
		case strings.HasPrefix(f.name, "man/"):
			to, f.name = "/usr/share/man/man1/"+path.Base(f.name)+".gz", f.name+".gz"
			if f.data, err = gzipped(f.data); err != nil {
				return nil, err
			}
		case strings.HasSuffix(f.name, ".md"):
			to = "/usr/share/doc/calibrate/" + f.name
		case to == "":
			continue // what Linux has no place for
		}
		if err := writeFiles(from, []file{f}); err != nil {
			return nil, err
		}
		source := filepath.Join(from, filepath.FromSlash(f.name))
		if err := os.Chtimes(source, r.time, r.time); err != nil {
			return nil, err
		}
		all = append(all, &files.Content{Source: source, Destination: to, FileInfo: &files.ContentFileInfo{Mode: f.mode, MTime: r.time}})
	}
	return all, nil
}

func gzipped(data []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}
