// SPDX-License-Identifier: Apache-2.0

package gitops

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"pgregory.net/rapid"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/translate"
)

// generation of every object that these tests make.
const generation = 3

var shanghai = time.FixedZone("CST", 8*3600)

func noon(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 12, 0, 0, 0, shanghai)
}

// objectsOf reads manifests of ours as the command does.
func objectsOf(t *testing.T, texts ...string) []client.Object {
	t.Helper()
	file := write(t, strings.Join(texts, "\n---\n"), t.TempDir(), "objects.yaml")
	var objects []client.Object
	if _, err := (manifest.Source{Paths: []string{file}}).Read(t.Context(), func(_ manifest.Document, object client.Object) error {
		object.SetGeneration(generation)
		objects = append(objects, object)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return objects
}

// situation is plans, a tree and a family on a day.
type situation struct {
	*papers.Collection
	world *translate.World
	now   time.Time
}

func situationOf(t *testing.T, now time.Time, texts ...string) situation {
	t.Helper()
	c := papers.NewCollection(objectsOf(t, texts...))
	return situation{c, c.World(translate.Options{}), now}
}

// policy is a plan with the status that the controller writes.
func (s situation) policy(t *testing.T, name string, r figures.Rollout) *unstructured.Unstructured {
	t.Helper()
	for _, p := range s.Policies {
		if p.Name == name {
			p = p.DeepCopy()
			p.Status = *figures.PolicyStatus(s.world, s.world.Policy(name), r, s.now)
			return asStored(t, p, "MonitoringPolicy")
		}
	}
	t.Fatalf("there is no plan %s", name)
	return nil
}

func (s situation) jurisdiction(t *testing.T, name string) *unstructured.Unstructured {
	t.Helper()
	for _, j := range s.Jurisdictions {
		if j.Name == name {
			j = j.DeepCopy()
			status, _ := figures.JurisdictionStatus(s.world, j, figures.Basis{}, s.now)
			j.Status = *status
			return asStored(t, j, "Jurisdiction")
		}
	}
	t.Fatalf("there is no jurisdiction %s", name)
	return nil
}

// household is the only family, judged.
func (s situation) household(t *testing.T) *unstructured.Unstructured {
	t.Helper()
	p := s.Papers(s.Families.All()[0])
	judgment := s.world.Judge(p, s.now)
	h := p.Household.DeepCopy()
	h.Status = *judgment.Household
	return asStored(t, h, "Household")
}

func asStored(t *testing.T, object client.Object, kind string) *unstructured.Unstructured {
	t.Helper()
	content, err := runtime.DefaultUnstructuredConverter.ToUnstructured(object)
	if err != nil {
		t.Fatal(err)
	}
	u := &unstructured.Unstructured{Object: content}
	u.SetGroupVersionKind(schema.GroupVersionKind{Group: v1alpha1.SchemeGroupVersion.Group, Version: v1alpha1.SchemeGroupVersion.Version, Kind: kind})
	return u
}

const family = `
apiVersion: fangpin.io/v1alpha1
kind: Household
metadata: {name: hh-1, namespace: jia-town}
spec:
  registration: Graduated
  persons: 3
  surveys: [{date: "2021-05-20", method: OnSite, income: "4800", incomeTrend: Plunged, spendingTrend: Normal}]
`

// TestHealthIsToldAsItIs asks Argo CD's checks, kstatus and Flux's expressions of
// statuses that the project's own code writes.
func TestHealthIsToldAsItIs(t *testing.T) {
	province, jia := string(kustomize(t, overlays(t)[0])), string(kustomize(t, overlays(t)[1]))
	summer := noon(2021, time.June, 1)
	right := situationOf(t, summer, province, jia, family)
	invalid := situationOf(t, summer, province,
		replaced(t, jia, "survey.incomeTrend != 'Plunged'", "survey.income >= 5000"), family)
	rival := situationOf(t, summer, province, jia, "{apiVersion: fangpin.io/v1alpha1, kind: MonitoringPolicy, metadata: {name: rival}, spec: {jurisdictionRef: {name: jia}, effectiveFrom: \"2021-04-26\", categories: [{name: Any, when: \"true\"}]}}", family)
	orphaned := situationOf(t, summer, jia, family)
	unchanged := func(u *unstructured.Unstructured) *unstructured.Unstructured { return u }
	tests := []struct {
		name        string
		object      *unstructured.Unstructured
		change      func(*unstructured.Unstructured) *unstructured.Unstructured
		wantArgo    string
		wantMessage string
		wantKstatus status.Status
		wantFlux    status.Status // "": Flux has no expression for the kind
	}{
		{"a plan in force, with every family judged", right.policy(t, "jia-2021", figures.Rollout{Governed: 12, Evaluated: 12}), unchanged,
			healthy, "Compiled", status.CurrentStatus, status.CurrentStatus},
		{"a plan that has ended", right.policy(t, "jia-2020", figures.Rollout{}), unchanged,
			healthy, "Compiled", status.CurrentStatus, status.CurrentStatus},
		{"a plan that has not begun", situationOf(t, noon(2021, time.March, 1), province, jia).policy(t, "jia-2021", figures.Rollout{}), unchanged,
			healthy, "Compiled", status.CurrentStatus, status.CurrentStatus},
		// kstatus alone does not know RolledOut; so Flux has an expression.
		{"a plan under which families are still to be judged", right.policy(t, "jia-2021", figures.Rollout{Governed: 12, Evaluated: 5}), unchanged,
			progressing, "Progressing: 5 of 12 households", status.CurrentStatus, status.InProgressStatus},
		{"a plan that does not compile", invalid.policy(t, "jia-2021", figures.Rollout{Governed: 12}), unchanged,
			degraded, "PolicyInvalid: spec.standards[0].met", status.FailedStatus, status.FailedStatus},
		{"two plans that begin on one day", rival.policy(t, "jia-2021", figures.Rollout{}), unchanged,
			degraded, "PolicyConflict: At jurisdiction jia", status.FailedStatus, status.FailedStatus},
		{"a plan for a jurisdiction that is not there", orphaned.policy(t, "jia-2021", figures.Rollout{}), unchanged,
			degraded, "ReferenceNotFound: There is no Jurisdiction jia", status.FailedStatus, status.FailedStatus},
		{"a plan that was changed just now", right.policy(t, "jia-2021", figures.Rollout{}), func(u *unstructured.Unstructured) *unstructured.Unstructured {
			u.SetGeneration(generation + 1)
			return u
		}, progressing, "Waiting for the controller.", status.InProgressStatus, status.InProgressStatus},
		// kstatus takes for done what has no status; Flux cannot ask, and waits.
		{"a plan that was created just now", right.policy(t, "jia-2021", figures.Rollout{}), func(u *unstructured.Unstructured) *unstructured.Unstructured {
			unstructured.RemoveNestedField(u.Object, "status")
			return u
		}, progressing, "Waiting for the controller.", status.CurrentStatus, status.UnknownStatus},
		{"a jurisdiction in the tree", right.jurisdiction(t, "jia-town"), unchanged,
			healthy, "Aggregated", status.CurrentStatus, status.CurrentStatus},
		{"a jurisdiction under no plan today", situationOf(t, noon(2020, time.January, 1), province, jia).jurisdiction(t, "jia-town"), unchanged,
			healthy, "Aggregated", status.CurrentStatus, status.CurrentStatus},
		{"a jurisdiction without its parent", orphaned.jurisdiction(t, "jia-town"), unchanged,
			degraded, "TreeInvalid: ", status.FailedStatus, status.FailedStatus},
		{"a family at risk", right.household(t), unchanged,
			healthy, "Judged", status.CurrentStatus, ""},
		{"a family under a plan that does not compile", invalid.household(t), unchanged,
			degraded, "PolicyInvalid: ", status.FailedStatus, ""},
		{"a family under two plans", rival.household(t), unchanged,
			degraded, "PolicyConflict: ", status.FailedStatus, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			object := test.change(test.object)
			health, message := argo(t, object)
			if health != test.wantArgo || !strings.HasPrefix(message, test.wantMessage) {
				t.Errorf("Argo CD: %s, %q; want %s, %q", health, message, test.wantArgo, test.wantMessage)
			}
			if got := kstatusOf(t, object); got != test.wantKstatus {
				t.Errorf("kstatus: %s, want %s", got, test.wantKstatus)
			}
			if test.wantFlux == "" {
				return
			}
			if got := flux(t, object); got != test.wantFlux {
				t.Errorf("Flux: %s, want %s", got, test.wantFlux)
			}
		})
	}
}

// TestEveryKindHasAHealthCheck judges the samples with the command. What it writes
// no status into is waiting for the controller.
func TestEveryKindHasAHealthCheck(t *testing.T) {
	samples, err := filepath.Glob(filepath.Join(project, "config", "samples", "*.yaml"))
	if err != nil || len(samples) == 0 {
		t.Fatalf("there are no samples: %v", err)
	}
	folder := t.TempDir()
	for _, sample := range samples {
		var text strings.Builder
		for _, object := range decode(t, []byte(read(t, sample))) {
			object.SetGeneration(generation) // as a cluster gives it
			document, err := yaml.Marshal(object.Object)
			if err != nil {
				t.Fatal(err)
			}
			text.WriteString("---\n" + string(document))
		}
		write(t, text.String(), folder, filepath.Base(sample))
	}
	var kinds []string
	for _, object := range decode(t, []byte(run(t, 0, nil, fangpin(t), "evaluate", "-f", folder, "--as-of", "2021-06-30"))) {
		kinds = append(kinds, object.GetKind())
		want := progressing
		if conditions, _, _ := unstructured.NestedSlice(object.Object, "status", "conditions"); len(conditions) > 0 {
			want = healthy
			if got := kstatusOf(t, object); got != status.CurrentStatus {
				t.Errorf("kstatus of %s %s: %s", object.GetKind(), object.GetName(), got)
			}
		}
		if got, message := argo(t, object); got != want {
			t.Errorf("Argo CD of %s %s: %s, %s", object.GetKind(), object.GetName(), got, message)
		}
	}
	checks, err := healthChecks()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range manifest.KindNames() {
		if !slices.Contains(kinds, kind) {
			t.Errorf("no %s was judged", kind)
		}
		if checks[kind] == "" {
			t.Errorf("there is no health check of %s in argocd-cm", kind)
		}
	}
	if len(checks) != len(manifest.KindNames()) {
		t.Errorf("there are %d health checks for %d kinds", len(checks), len(manifest.KindNames()))
	}
}

// TestArgoFluxAndKstatusAgree draws conditions as no controller writes them: all
// three say the same of every object that has a Ready, but for a plan that is not
// rolled out, which kstatus does not know.
func TestArgoFluxAndKstatusAgree(t *testing.T) {
	same := map[string]status.Status{healthy: status.CurrentStatus, progressing: status.InProgressStatus, degraded: status.FailedStatus}
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]string{"MonitoringPolicy", "Jurisdiction"}).Draw(t, "kind")
		answers := rapid.SampledFrom([]metav1.ConditionStatus{metav1.ConditionTrue, metav1.ConditionFalse, metav1.ConditionUnknown})
		answer := func(name string) any {
			return map[string]any{"type": name, "status": string(answers.Draw(t, name)), "reason": "Because", "message": ""}
		}
		conditions := []any{answer("Ready")}
		for _, name := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"Compiled", "InForce", "Reconciling", "RolledOut", "Stalled"}), rapid.ID).Draw(t, "others") {
			conditions = append(conditions, answer(name))
		}
		// The controllers sort; kstatus takes the first of Reconciling and Stalled.
		slices.SortFunc(conditions, func(a, b any) int {
			return strings.Compare(a.(map[string]any)["type"].(string), b.(map[string]any)["type"].(string))
		})
		object := &unstructured.Unstructured{Object: map[string]any{
			"apiVersion": "fangpin.io/v1alpha1", "kind": kind,
			"metadata": map[string]any{"name": "x", "generation": int64(generation)},
			"status":   map[string]any{"observedGeneration": rapid.Int64Range(generation-1, generation).Draw(t, "observed"), "conditions": conditions},
		}}
		health, _ := argo(t, object)
		if got := flux(t, object); got != same[health] {
			t.Fatalf("Argo CD says %s, Flux %s of %v", health, got, object.Object)
		}
		want := kstatusOf(t, object)
		if kind == "MonitoringPolicy" && want == status.CurrentStatus && isFalse(conditions, "RolledOut") {
			want = status.InProgressStatus
		}
		if want != same[health] {
			t.Fatalf("Argo CD says %s, kstatus %s of %v", health, want, object.Object)
		}
	})
}

func isFalse(conditions []any, kind string) bool {
	return slices.ContainsFunc(conditions, func(c any) bool {
		fields := c.(map[string]any)
		return fields["type"] == kind && fields["status"] == string(metav1.ConditionFalse)
	})
}
