// SPDX-License-Identifier: Apache-2.0

package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSourceRules(t *testing.T) {
	for _, test := range []struct {
		name, in, give string
		want           []Violation
	}{
		{
			name: "the core may count with time",
			in:   "internal/civil",
			give: `package civil
import "time"
func next(t time.Time) time.Time { return t.AddDate(0, 0, 1) }`,
		},
		{
			name: "the core does not call the clock",
			in:   "internal/decision",
			give: `package decision
import "time"
func age(t time.Time) time.Duration {
	return time.Since(t)
}`,
			want: []Violation{{"internal/decision/file.go:4", "uses time.Since; the clock is injected and read once a reconcile: take the instant as a parameter"}},
		},
		{
			name: "a clock that is passed on is a clock, whatever it is imported as",
			in:   "internal/translate",
			give: `package translate
import clockwork "time"
var now = clockwork.Now`,
			want: []Violation{{"internal/translate/file.go:3", "uses clockwork.Now; the clock is injected and read once a reconcile: take the instant as a parameter"}},
		},
		{
			name: "a dot import hides the clock",
			in:   "internal/plan",
			give: `package plan
import . "time"
var day = Hour * 24`,
			want: []Violation{{"internal/plan/file.go:2", "uses a dot import of time; the clock is injected and read once a reconcile: take the instant as a parameter"}},
		},
		{
			name: "a controller takes its clock and its conditions' times from outside",
			in:   "controllers/family",
			give: `package family
import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/clock"
)
var stamp = metav1.Now()
var ours clock.Clock = clock.RealClock{}`,
			want: []Violation{
				{"controllers/family/file.go:6", "uses metav1.Now; the clock is injected and read once a reconcile: take the instant as a parameter"},
				{"controllers/family/file.go:7", "uses clock.RealClock; the clock is injected and read once a reconcile: take the instant as a parameter"},
			},
		},
		{
			name: "the assembly supplies the real clock and may wait, but not read it",
			in:   "controllers",
			give: `package controllers
import (
	"time"
	"k8s.io/utils/clock"
)
var supplied clock.Clock = clock.RealClock{}
var pace = time.NewTicker(1)
var read = time.Now()`,
			want: []Violation{{"controllers/file.go:8", "uses time.Now; the clock is injected and read once a reconcile: take the instant as a parameter"}},
		},
		{
			name: "a controller does not wait",
			in:   "controllers/jurisdiction",
			give: `package jurisdiction
import "time"
func rest() { time.Sleep(1) }`,
			want: []Violation{{"controllers/jurisdiction/file.go:3", "uses time.Sleep; the clock is injected and read once a reconcile: take the instant as a parameter"}},
		},
		{
			name: "the command may read the clock",
			in:   "cmd/manager",
			give: `package main
import "time"
var began = time.Now()`,
		},
		{
			name: "a method that is called Now is not the clock",
			in:   "controllers/family",
			give: `package family
func instant(c interface{ Now() int }) int { return c.Now() }`,
		},
		{
			name: "the core does not use the machine's zones",
			in:   "internal/civil",
			give: `package civil
import "time"
var zone, _ = time.LoadLocation("Asia/Shanghai")`,
			want: []Violation{{"internal/civil/file.go:3", "uses time.LoadLocation, which differs from machine to machine: use internal/civil's zones"}},
		},
		{
			name: "the core has constant tables",
			in:   "internal/decision",
			give: `package decision
var names = []string{"Income"}
func name(i int) string { return names[i] }
func local() int { names := 1; names++; names = 3; return names }`,
		},
		{
			name: "the core changes no package variable",
			in:   "internal/decision",
			give: `package decision
var counts = map[string]int{}
var total struct{ n int }
func count(s string) {
	counts[s] = 1
	total.n++
}`,
			want: []Violation{
				{"internal/decision/file.go:5", "changes or shares the package variable counts; the core holds no changing state"},
				{"internal/decision/file.go:6", "changes or shares the package variable total; the core holds no changing state"},
			},
		},
		{
			name: "the core hands no package variable out to be changed",
			in:   "internal/rollup",
			give: `package rollup
var shared int
func pointer() *int {
	return &shared
}`,
			want: []Violation{{"internal/rollup/file.go:4", "changes or shares the package variable shared; the core holds no changing state"}},
		},
		{
			name: "a controller does not write",
			in:   "controllers/family",
			give: `package family
import "context"
type reconciler struct{ client any }
func (r *reconciler) save(ctx context.Context) {
	r.client.Status().Update(ctx, nil)
	r.client.Patch(ctx, nil, nil)
	r.client.Create(context.TODO(), nil)
}`,
			want: []Violation{
				{"controllers/family/file.go:5", "calls (…).Update; only internal/shell writes: hand it the object"},
				{"controllers/family/file.go:6", "calls r.Patch; only internal/shell writes: hand it the object"},
				{"controllers/family/file.go:7", "calls r.Create; only internal/shell writes: hand it the object"},
			},
		},
		{
			name: "a controller reads, and keeps books of its own",
			in:   "controllers/policy",
			give: `package policy
import "context"
func read(ctx context.Context, reader, index any) {
	reader.Get(ctx, nil, nil)
	index.Delete("family", 1)
	shell.Patch(ctx, nil)
}`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, "file.go", test.give, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			got := checkFiles(test.in, files, []*ast.File{file})
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("violations (-want +got):\n%s", diff)
			}
		})
	}
}
