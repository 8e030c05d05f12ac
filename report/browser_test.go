package report_test

import (
	"context"
	"image"
	_ "image/png"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"calibrate/report"
)

// A real browser shows the page, says nothing on its console, and asks nobody for
// anything, in light and in dark.
func TestPageInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		if os.Getenv("CALIBRATE_CI") != "" {
			t.Fatal("chromium is missing; here it must be there")
		}
		t.Skip("skipped: chromium is not installed")
	}
	for name, s := range map[string]report.Source{"ordinary": source(t, 1), "hostile": hostile(t)} {
		t.Run(name, func(t *testing.T) {
			doc := must[report.Document](t)(report.Session(context.Background(), s, report.ForFacilitator))
			page := written(t, doc.HTML)
			asked := listen(t, page)
			dir := t.TempDir()
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
				"--user-data-dir="+filepath.Join(dir, "profile"), "--enable-logging=stderr", "--window-size=1000,1600",
				"--screenshot="+filepath.Join(dir, "page.png"), "--virtual-time-budget=2000", asked.url)
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if i := strings.Index(string(out), "CONSOLE"); i >= 0 {
				t.Errorf("the console says %s", out[i:])
			}
			if n := asked.others.Load(); n > 0 || asked.page.Load() != 1 {
				t.Errorf("the page was asked for %d times, anything else %d times", asked.page.Load(), n)
			}
			showsSomething(t, filepath.Join(dir, "page.png"))
		})
	}
}

// site serves one page, and counts what it is asked for. The browser looks for an icon
// by itself.
type site struct {
	url          string
	page, others atomic.Int64
}

func listen(t *testing.T, page []byte) *site {
	t.Helper()
	l := must[net.Listener](t)(net.Listen("tcp", "127.0.0.1:0"))
	s := &site{url: "http://" + l.Addr().String() + "/page.html"}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/page.html":
			s.page.Add(1)
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write(page)
		case "/favicon.ico":
			http.NotFound(w, r)
		default:
			s.others.Add(1)
			http.NotFound(w, r)
		}
	}), ReadHeaderTimeout: time.Second}
	go func() { _ = server.Serve(l) }() // it ends with the test
	t.Cleanup(func() { server.Close() })
	return s
}

// showsSomething fails if a picture is of one colour.
func showsSomething(t *testing.T, path string) {
	t.Helper()
	f := must[*os.File](t)(os.Open(path))
	defer f.Close()
	picture, _, err := image.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	colours := map[[3]uint32]bool{}
	for x := picture.Bounds().Min.X; x < picture.Bounds().Max.X; x += 7 {
		for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y += 7 {
			r, g, b, _ := picture.At(x, y).RGBA()
			colours[[3]uint32{r, g, b}] = true
		}
	}
	if len(colours) < 5 {
		t.Errorf("the picture has %d colours", len(colours))
	}
}
