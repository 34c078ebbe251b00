// SPDX-License-Identifier: Apache-2.0

package shell_test

import (
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/types"
	clocktesting "k8s.io/utils/clock/testing"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/shell"
	"fangpin.io/fangpin/internal/translate"
)

func TestProgressCountsEachFamilyUnderItsLastPolicy(t *testing.T) {
	first, second := shell.PolicyVersion{UID: "a", Generation: 1}, shell.PolicyVersion{UID: "a", Generation: 2}
	a, b := types.NamespacedName{Name: "a"}, types.NamespacedName{Name: "b"}
	told := 0
	p := shell.NewProgress()
	p.OnChange(func(shell.PolicyVersion) { told++ })
	steps := []struct {
		name                  string
		do                    func()
		wantFirst, wantSecond int
		wantTold              bool
	}{
		{"two families are judged", func() { p.Judged(a, first); p.Judged(b, first) }, 2, 0, true},
		{"one is judged once more", func() { p.Judged(a, first) }, 2, 0, false},
		{"one is judged by the next generation", func() { p.Judged(a, second) }, 1, 1, true},
		{"one cannot be judged any more", func() { p.Judged(b, shell.PolicyVersion{}) }, 0, 1, true},
		{"one is gone", func() { p.Forget(a) }, 0, 0, true},
		{"it is still gone", func() { p.Forget(a) }, 0, 0, false},
	}
	for _, step := range steps {
		before := told
		step.do()
		if got := [...]int{p.Evaluated(first), p.Evaluated(second)}; got != [...]int{step.wantFirst, step.wantSecond} {
			t.Errorf("%s: evaluated %v, want %d and %d", step.name, got, step.wantFirst, step.wantSecond)
		}
		if (told > before) != step.wantTold {
			t.Errorf("%s: told %v, want %v", step.name, told > before, step.wantTold)
		}
	}
	if _, known := p.Last(a); known {
		t.Error("a family that is gone is remembered")
	}
	if last, known := p.Last(b); !known || last != (shell.PolicyVersion{}) {
		t.Errorf("the family that cannot be judged is remembered as %v, %v", last, known)
	}
}

func TestPatienceEnds(t *testing.T) {
	pace := clocktesting.NewFakeClock(noon)
	busy := true
	p := shell.NewPatience(pace, 30*time.Second, func() bool { return busy })
	for _, step := range []struct {
		name string
		pass time.Duration
		busy bool
		want bool
	}{
		{"at first it waits", 0, true, true},
		{"it waits on", 29 * time.Second, true, true},
		{"but not beyond its limit", time.Second, true, false},
		{"then it waits anew", time.Second, true, true},
		{"until nobody is busy", time.Second, false, false},
		{"and does not wait while nobody is", time.Second, false, false},
		{"what was written does not count towards the next wait", 40 * time.Second, true, true},
	} {
		pace.Step(step.pass)
		busy = step.busy
		if got := p.Wait(request("east")); got != step.want {
			t.Errorf("%s: wait is %v", step.name, got)
		}
	}
}

func TestAScopeCoversWhatItSeesInFull(t *testing.T) {
	node := func(name, level, parent, namespace string) *v1alpha1.Jurisdiction {
		j := &v1alpha1.Jurisdiction{}
		j.Name, j.Spec.Level, j.Spec.Namespace = name, v1alpha1.JurisdictionLevel(level), v1alpha1.NamespaceName(namespace)
		if parent != "" {
			j.Spec.ParentRef = &v1alpha1.JurisdictionReference{Name: v1alpha1.ObjectName(parent)}
		}
		return j
	}
	world := translate.NewWorld(nil, []*v1alpha1.Jurisdiction{
		node("county", "County", "", "county"), node("east", "Township", "county", "east"),
		node("east-hill", "Village", "east", ""), node("west", "Township", "county", "west"),
	}, translate.Options{})
	tests := []struct {
		name  string
		scope shell.Scope
		want  map[string]bool
	}{
		{"everything", shell.Scope{}, map[string]bool{"county": true, "east": true, "east-hill": true, "west": true}},
		{"one township", shell.Scope{Namespaces: []string{"east"}}, map[string]bool{"county": false, "east": true, "east-hill": true, "west": false}},
		{"every township", shell.Scope{Namespaces: []string{"east", "west"}}, map[string]bool{"county": true, "east": true, "east-hill": true, "west": true}},
		{"a shard of every township", shell.Scope{Selector: labels.SelectorFromSet(labels.Set{"shard": "a"})}, map[string]bool{"county": false, "east": false, "east-hill": false, "west": false}},
		{"a selector that selects all", shell.Scope{Selector: labels.Everything()}, map[string]bool{"county": true, "east": true}},
	}
	for _, test := range tests {
		for name, want := range test.want {
			if got := test.scope.Covers(world, name); got != want {
				t.Errorf("%s covers %s: %v, want %v", test.name, name, got, want)
			}
		}
	}
}
