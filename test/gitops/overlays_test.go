// SPDX-License-Identifier: Apache-2.0

package gitops

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/manifest"
)

// TestEveryOverlayBuildsValidPlans also holds back what does not belong into
// Git, as the tests of policies beside the overlays.
func TestEveryOverlayBuildsValidPlans(t *testing.T) {
	builders := map[string]string{}
	plans := map[string]int{}
	for _, overlay := range overlays(t) {
		text := kustomize(t, overlay)
		for _, object := range decode(t, text) {
			kind, name := object.GetKind(), object.GetName()
			if kind != "Jurisdiction" && kind != "MonitoringPolicy" {
				t.Errorf("%s builds a %s, which does not belong into Git", overlay, kind)
			}
			if other, twice := builders[kind+"/"+name]; twice {
				t.Errorf("%s and %s both build %s %s", other, overlay, kind, name)
			}
			builders[kind+"/"+name] = overlay
		}
		file := write(t, string(text), t.TempDir(), "built.yaml")
		skipped, err := (manifest.Source{Paths: []string{file}}).Read(t.Context(), func(_ manifest.Document, object client.Object) error {
			if _, ok := object.(*v1alpha1.MonitoringPolicy); ok {
				plans[filepath.Base(overlay)]++
			}
			return nil
		})
		if err != nil || len(skipped) > 0 {
			t.Errorf("%s: %v, skipped %v", overlay, err, skipped)
		}
	}
	want := map[string]int{"province": 1, "county-jia": 2, "county-yi": 1}
	if diff := cmp.Diff(want, plans); diff != "" {
		t.Errorf("plans of each overlay (-want +got):\n%s", diff)
	}
}

// TestKubectlBuildsTheSame: offices have kubectl at least, with the kustomize in it.
func TestKubectlBuildsTheSame(t *testing.T) {
	for _, overlay := range overlays(t) {
		want := decode(t, kustomize(t, overlay))
		got := decode(t, []byte(run(t, 0, nil, kubectl(t), "kustomize", overlay)))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-kustomize +kubectl):\n%s", overlay, diff)
		}
	}
}

func TestThePacksAreThoseThatAreShipped(t *testing.T) {
	folders, err := os.ReadDir(filepath.Join(repository, "base", "plans"))
	if err != nil || len(folders) == 0 {
		t.Fatalf("there are no packs: %v", err)
	}
	for _, folder := range folders {
		name := folder.Name()
		pack, err := os.ReadFile(filepath.Join(repository, "base", "plans", name, name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		shipped := filepath.Join(project, "config", "policies", name+".yaml")
		if want, err := os.ReadFile(shipped); err != nil || !bytes.Equal(want, pack) {
			t.Errorf("the pack %s is not the one that is shipped (%v): cp config/policies/%[1]s.yaml config/gitops/base/plans/%[1]s/", name, err)
		}
	}
}

// TestEachOverlayChangesItsPacks says what the overlays are there to show.
func TestEachOverlayChangesItsPacks(t *testing.T) {
	plans := map[string]*v1alpha1.MonitoringPolicy{}
	for _, overlay := range overlays(t) {
		file := write(t, string(kustomize(t, overlay)), t.TempDir(), "built.yaml")
		if _, err := (manifest.Source{Paths: []string{file}}).Read(t.Context(), func(_ manifest.Document, object client.Object) error {
			if p, ok := object.(*v1alpha1.MonitoringPolicy); ok {
				plans[p.Name] = p
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	got := map[string]string{}
	for name, p := range plans {
		got[name] = fmt.Sprintf("%s from %s until %q", p.Spec.JurisdictionRef.Name, p.Spec.EffectiveFrom, p.Spec.EffectiveUntil)
		for _, parameter := range p.Spec.Parameters {
			if parameter.Name == "line" {
				for _, value := range parameter.Values {
					got[name] += fmt.Sprintf(", %s: %s", value.From, value.Value)
				}
			}
		}
	}
	want := map[string]string{
		"province-2021": `province from 2021-01-01 until "", 2021-01-01: 6000, 2022-01-01: 6500`,
		"jia-2020":      `jia from 2020-04-01 until "2020-12-31"`,
		"jia-2021":      `jia from 2021-04-26 until ""`,
		"yi-2020":       `yi from 2020-03-25 until "", 2020-01-01: 5000, 2021-01-01: 6000, 2022-01-01: 6500`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
