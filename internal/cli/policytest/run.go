// SPDX-License-Identifier: Apache-2.0

package policytest

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/pmezard/go-difflib/difflib"
	"k8s.io/utils/clock"
	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// Outcome is how one case went.
type Outcome struct {
	Test *Test
	Case *Case
	// Diffs say what was expected and was not concluded, one for each object; none:
	// it passed, unless there is an Err.
	Diffs []Diff
	// Err says why the case could not be run. InvalidPolicy is one.
	Err  error
	Took time.Duration
}

// Passed says whether everything was concluded that was expected.
func (o *Outcome) Passed() bool { return o.Err == nil && len(o.Diffs) == 0 }

// Diff is a unified diff of one object's expected status with the one concluded,
// as far as the case compares it.
type Diff struct {
	Object string // "Household town/subject"
	Text   string
}

// InvalidPolicy says that a policy does not compile, so that nothing can be
// concluded by it.
type InvalidPolicy struct {
	Name     string
	Problems translate.Problems
}

// Error names each problem with its place and how to mend it.
func (e *InvalidPolicy) Error() string {
	lines := []string{fmt.Sprintf("MonitoringPolicy %s does not compile:", e.Name)}
	for _, p := range e.Problems.Errors() {
		lines = append(lines, "  "+p.String())
	}
	return strings.Join(lines, "\n")
}

// Runner runs policy tests.
type Runner struct {
	Clock clock.PassiveClock
	// Only picks the cases to run by their names; nil: all.
	Only *regexp.Regexp
}

// Run runs the cases of a test and reports each in its order.
func (r Runner) Run(ctx context.Context, t *Test, report func(Outcome) error) error {
	worlds := &worlds{shared: t}
	for i := range t.Cases {
		c := &t.Cases[i]
		if r.Only != nil && !r.Only.MatchString(c.Name) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		start := r.Clock.Now()
		o := Outcome{Test: t, Case: c}
		o.Diffs, o.Err = r.run(ctx, t, c, worlds)
		o.Took = r.Clock.Since(start)
		if err := report(o); err != nil {
			return err
		}
	}
	return nil
}

func (r Runner) run(ctx context.Context, t *Test, c *Case, worlds *worlds) ([]Diff, error) {
	if c.fault != nil {
		return nil, c.fault
	}
	s, err := t.prepare(ctx, c)
	if err != nil {
		return nil, err
	}
	world := worlds.of(s, c)
	if err := unexpectedlyInvalid(world, c); err != nil {
		return nil, err
	}
	b := bench{scene: s, world: world, asOf: c.asOf, now: r.Clock.Now()}
	for _, e := range c.expect {
		if e.kind == kindReport {
			b.open(e.name)
		}
	}
	var diffs []Diff
	for _, e := range c.expect {
		status, object, err := b.status(e)
		if err != nil {
			return nil, wording.Fault(wording.InDocument, c.Place, err)
		}
		diff, err := compare(e.status, status)
		if err != nil {
			return nil, wording.Fault(wording.InDocument, c.Place, err)
		}
		if diff != "" {
			diffs = append(diffs, Diff{object, diff})
		}
	}
	return diffs, nil
}

// worlds keeps the world of the shared objects, by the day up to which facts are
// known, for all cases that bring no policies or jurisdictions of their own.
type worlds struct {
	shared *Test
	byDay  map[civil.Day]*translate.World
}

func (w *worlds) of(s *scene, c *Case) *translate.World {
	opts := translate.Options{KnownAt: c.knownAt}
	if s.ownShared {
		return s.collection.World(opts)
	}
	if world := w.byDay[c.knownAt]; world != nil {
		return world
	}
	world := s.collection.World(opts)
	if w.byDay == nil {
		w.byDay = map[civil.Day]*translate.World{}
	}
	w.byDay[c.knownAt] = world
	return world
}

// unexpectedlyInvalid is the error of a policy that does not compile, unless the
// case is about just that.
func unexpectedlyInvalid(world *translate.World, c *Case) error {
	for _, policy := range papers.Invalid(world) {
		expected := false
		for _, e := range c.expect {
			expected = expected || e.kind == kindPolicy && e.name == policy.Policy.Name
		}
		if !expected {
			return &InvalidPolicy{policy.Policy.Name, policy.Problems}
		}
	}
	return nil
}

// plainStatus is a status as scripts see it.
func plainStatus(status any) any {
	text, err := json.Marshal(status)
	if err != nil {
		return nil // a status is plain data
	}
	var value any
	if err := manifest.Plain(text, &value); err != nil {
		return nil
	}
	return value
}

// compare returns a unified diff, "" if what is expected was concluded.
func compare(want map[string]any, got any) (string, error) {
	found, ok := match(want, got)
	if ok {
		return "", nil
	}
	wantText, err := yaml.Marshal(want)
	if err != nil {
		return "", err
	}
	foundText, err := yaml.Marshal(found)
	if err != nil {
		return "", err
	}
	return difflib.GetUnifiedDiffString(difflib.UnifiedDiff{
		A:        difflib.SplitLines(strings.TrimSuffix(string(wantText), "\n")),
		B:        difflib.SplitLines(strings.TrimSuffix(string(foundText), "\n")),
		FromFile: "expected",
		ToFile:   "concluded",
		Context:  3,
	})
}
