// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/population"
	"fangpin.io/fangpin/internal/rehearsal/story"
)

func TestParse(t *testing.T) {
	tests := []struct {
		name      string
		args      []string
		env       map[string]string
		want      settings
		wantTotal int
		wantErr   string
	}{
		{
			name: "the whole town by default", want: settings{scale: 1, seed: 2020}, wantTotal: 1752,
		},
		{
			name: "headless, a tenth of it", env: map[string]string{"DEMO_ONCE": "1"},
			want: settings{scale: 0.1, seed: 2020, once: true}, wantTotal: 175,
		},
		{
			name: "headless at a scale of one's own", env: map[string]string{"DEMO_ONCE": "true", "DEMO_SCALE": "0.5", "DEMO_SEED": "7", "LANG": "zh_CN.UTF-8"},
			want: settings{scale: 0.5, seed: 7, once: true, language: wording.Chinese}, wantTotal: 876,
		},
		{
			name: "flags go before the environment", args: []string{"-scale", "0.25", "-once=false", "-lang", "en"},
			env:  map[string]string{"DEMO_ONCE": "1", "DEMO_SCALE": "2", "LC_ALL": "zh_CN.UTF-8"},
			want: settings{scale: 0.25, seed: 2020}, wantTotal: 439,
		},
		{name: "DEMO_ONCE=0 is no", env: map[string]string{"DEMO_ONCE": "0"}, want: settings{scale: 1, seed: 2020}, wantTotal: 1752},
		{name: "a scale that is no number", args: []string{"-scale", "tenth"}, wantErr: `scale "tenth": write a number above 0 and up to 60, such as 0.1 for a tenth of the families`},
		{name: "a scale of nothing", env: map[string]string{"DEMO_SCALE": "0"}, wantErr: `scale "0": write a number above 0 and up to 60, such as 0.1 for a tenth of the families`},
		{name: "a scale beyond all bounds", args: []string{"-scale", "1e9"}, wantErr: `scale "1e9": write a number above 0 and up to 60, such as 0.1 for a tenth of the families`},
		{name: "a scale that is not a number", args: []string{"-scale", "NaN"}, wantErr: `scale "NaN": write a number above 0 and up to 60, such as 0.1 for a tenth of the families`},
		{name: "a seed that is no number", args: []string{"-seed", "x"}, wantErr: `seed "x": write a whole number such as 2020`},
		{name: "an unknown language", args: []string{"-lang", "fr"}, wantErr: "--lang fr: unknown language; write zh or en"},
		{name: "a word that belongs to no flag", args: []string{"now"}, wantErr: `"now": the demo takes flags only; see -help`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var messages bytes.Buffer
			got, err := parse(test.args, func(name string) string { return test.env[name] }, &messages)
			if test.wantErr != "" {
				if err == nil || err.Error() != test.wantErr {
					t.Errorf("got %v, want %s", err, test.wantErr)
				}
				return
			}
			if err != nil || got != test.want || got.groups().Total() != test.wantTotal {
				t.Errorf("got %+v of %d families, %v; want %+v of %d", got, got.groups().Total(), err, test.want, test.wantTotal)
			}
		})
	}
}

func TestCheckDaysAreDaysOfTheRehearsal(t *testing.T) {
	told, err := story.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	days := map[string]bool{}
	for day := population.YearBegins; day <= population.YearEnds; day = day.AddDays(1) {
		days[day.String()] = true
	}
	for day := told.After(population.YearEnds); !day.IsZero(); day = told.After(day) {
		days[day.String()] = true
	}
	for _, list := range []map[string]bool{evenings, midnights} {
		for day := range list {
			if !days[day] {
				t.Errorf("%s never comes", day)
			}
		}
	}
	if last := told.LastDay().String(); !evenings[last] {
		t.Errorf("nothing is checked on the last evening, %s", last)
	}
}

// TestAProgramStandsInAFolder that is searched, or it is not there to be tried.
func TestAProgramStandsInAFolder(t *testing.T) {
	empty, folder := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "kubectl"), nil, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(empty, "kubectl"), 0o700); err != nil {
		t.Fatal(err)
	}
	if !stands("kubectl", []string{empty, folder}) || stands("kubectl", []string{empty}) || stands("kubectl-fangpin", []string{folder}) {
		t.Error("a program is found where there is none, or not where there is one")
	}
}

func TestTheTailKeepsTheLastErrors(t *testing.T) {
	log := &tail{}
	logger := log.logger()
	for i := range 20 {
		logger.Error(errors.New("fault"), "line", "n", i)
		logger.Info("all is well")
	}
	lines := strings.Split(log.String(), "\n")
	if len(lines) != keptLines || !strings.Contains(lines[0], `"n"=12`) || !strings.Contains(lines[keptLines-1], `"n"=19`) {
		t.Errorf("kept %q", lines)
	}
}

// TestTheDemoStopsCleanly builds the demo, interrupts it at several moments and
// looks for what it left behind.
func TestTheDemoStopsCleanly(t *testing.T) {
	program := filepath.Join(t.TempDir(), "demo")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("building: %v\n%s", err, out)
	}
	tests := []struct{ name, after string }{ // what has been printed when it is interrupted
		{"while etcd starts", "Starting etcd."},
		{"while the API server starts", "Starting kube-apiserver."},
		{"while roles are given", "Giving everybody a role"},
		{"while the plan is loaded", "Loading the county"},
		{"while families are entered", "Entering 18 families"},
		{"while the year passes", "2020-04-01  Red"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			temporary := t.TempDir()
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
			defer cancel()
			demo := exec.CommandContext(ctx, program, "-scale", "0.01", "-lang", "en")
			demo.Env = append(os.Environ(), "TMPDIR="+temporary)
			out := &watched{until: test.after, seen: make(chan struct{})}
			demo.Stdout, demo.Stderr = out, out
			if err := demo.Start(); err != nil {
				t.Fatal(err)
			}
			select {
			case <-out.seen:
			case <-ctx.Done():
			}
			if err := demo.Process.Signal(syscall.SIGINT); err != nil {
				t.Fatalf("interrupting: %v\n%s", err, out.String())
			}
			_ = demo.Wait()
			if code := demo.ProcessState.ExitCode(); code != exitStopped {
				t.Errorf("exit status %d, want %d:\n%s", code, exitStopped, out.String())
			}
			if strings.Contains(out.String(), "demo:") {
				t.Errorf("it complains of being stopped:\n%s", out.String())
			}
			left, err := os.ReadDir(temporary)
			if err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}
