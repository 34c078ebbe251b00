// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"flag"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/go-logr/logr"
	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/controller-runtime/pkg/log"

	"fangpin.io/fangpin/internal/controlplane"
)

func TestMain(m *testing.M) {
	log.SetLogger(logr.Discard())
	os.Exit(controlplane.ForMain(m, controlplane.Options{CRDs: controlplane.ProjectCRDs()}))
}

func TestParseSettings(t *testing.T) {
	everything := map[string]bool{"core": true, "evaluate": true, "report": true, "controller": true}
	sizes := []int{1000, 10000}
	for name, tt := range map[string]struct {
		args        []string
		environment map[string]string
		want        settings
		wantError   string
	}{
		"a quick run by default": {
			want: settings{parts: everything, families: 2000, stream: 5000, ledger: 10000, concurrency: 8, rounds: 3, seed: 2020, preview: sizes, reported: sizes},
		},
		"the environment sets sizes and parts": {
			environment: map[string]string{"BENCH_FAMILIES": "10000", "BENCH_EVALUATE": "100000", "BENCH_PARTS": "core, controller"},
			want:        settings{parts: map[string]bool{"core": true, "controller": true}, families: 10000, stream: 100000, ledger: 10000, concurrency: 8, rounds: 3, seed: 2020, preview: sizes, reported: sizes},
		},
		"a flag wins over the environment": {
			args:        []string{"-families", "300", "-write", "docs/performance.md"},
			environment: map[string]string{"BENCH_FAMILIES": "10000"},
			want:        settings{parts: everything, families: 300, stream: 5000, ledger: 10000, concurrency: 8, rounds: 3, seed: 2020, document: "docs/performance.md", preview: sizes, reported: sizes},
		},
		"a size that is no number": {
			environment: map[string]string{"BENCH_FAMILIES": "many"},
			wantError:   `BENCH_FAMILIES is "many", want a whole number such as 2000`,
		},
		"a part that does not exist": {
			args:      []string{"-parts", "core,all"},
			wantError: `there is no part "all": the parts are core, evaluate, report, controller, preview and ledger`,
		},
		"sizes to report on": {
			args: []string{"-report", "100, 2000"},
			want: settings{parts: everything, families: 2000, stream: 5000, ledger: 10000, concurrency: 8, rounds: 3, seed: 2020, preview: sizes, reported: []int{100, 2000}},
		},
		"sizes that do not ascend": {
			args:      []string{"-report", "2000,100"},
			wantError: `-report is "2000,100", want ascending numbers of families from 100 on, such as 1000,10000,100000`,
		},
		"an argument": {
			args:      []string{"core"},
			wantError: `there are no arguments, but ["core"] is given`,
		},
		"too few families to divide": {
			args:      []string{"-families", "3"},
			wantError: "families and evaluate are at least 100, rounds and concurrency at least 1",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := parseSettings(tt.args, func(name string) string { return tt.environment[name] }, io.Discard)
			if tt.wantError != "" {
				if err == nil || err.Error() != tt.wantError {
					t.Fatalf("got error %v, want %q", err, tt.wantError)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(settings{})); diff != "" {
				t.Errorf("settings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHelpNamesTheEnvironment(t *testing.T) {
	var help strings.Builder
	_, err := parseSettings([]string{"-h"}, func(string) string { return "" }, &help)
	if !errors.Is(err, flag.ErrHelp) || !strings.Contains(help.String(), "BENCH_FAMILIES") {
		t.Errorf("error %v, help:\n%s", err, help.String())
	}
}
