package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"time"
)

// archive packs everything into one file with one folder in it: a zip for Windows, a
// tar.gz for the others.
func (r *release) archive(t target, program []byte) error {
	documents, err := r.documents()
	if err != nil {
		return err
	}
	folder := "calibrate_" + r.version + "_" + t.String()
	files := append([]file{{name: t.program(), data: program, mode: 0o755}}, documents...)
	files = append(files, r.extras...)
	shape, ending := tarGz, ".tar.gz"
	if t.os == "windows" {
		shape, ending = zipped, ".zip"
	}
	data, err := shape(folder, files, r.time)
	if err != nil {
		return err
	}
	return r.write(folder+ending, data)
}

func tarGz(folder string, files []file, at time.Time) ([]byte, error) {
	var out bytes.Buffer
	compressed, err := gzip.NewWriterLevel(&out, gzip.BestCompression) // says no time and no name
	if err != nil {
		return nil, err
	}
	w := tar.NewWriter(compressed)
	for _, f := range files {
		header := &tar.Header{Name: folder + "/" + f.name, Size: int64(len(f.data)), Mode: int64(f.mode), ModTime: at, Format: tar.FormatPAX}
		if err := w.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := w.Write(f.data); err != nil {
			return nil, err
		}
	}
	err = errors.Join(w.Close(), compressed.Close()) // before the bytes are taken
	return out.Bytes(), err
}

func zipped(folder string, files []file, at time.Time) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		header := &zip.FileHeader{Name: folder + "/" + f.name, Method: zip.Deflate, Modified: at}
		header.SetMode(f.mode)
		to, err := w.CreateHeader(header)
		if err != nil {
			return nil, err
		}
		if _, err := to.Write(f.data); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}
