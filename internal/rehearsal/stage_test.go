// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"encoding/json"
	"testing"

	jsonpatch "github.com/evanphx/json-patch/v5"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/population"
	"fangpin.io/fangpin/internal/rehearsal/story"
)

const root = "../.."

// stage is the story played without a cluster: what people write is kept in
// memory, and the core judges it.
type stage struct {
	story   *story.Story
	setting []client.Object
	objects map[paper]client.Object
}

func newStage(t *testing.T) *stage {
	t.Helper()
	told, err := story.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{story: told, objects: map[paper]client.Object{}}
	invented := population.New(population.Options{Seed: 2020, Groups: population.OfSize(3)})
	var places []client.Object
	for _, j := range invented.Jurisdictions {
		places = append(places, j)
	}
	if s.setting, err = setting(t.Context(), root, append(places, told.Places...)...); err != nil {
		t.Fatal(err)
	}
	for _, h := range invented.Households {
		s.keep(t, h)
	}
	for _, h := range told.Families {
		s.keep(t, h)
	}
	return s
}

func (s *stage) keep(t *testing.T, object client.Object) {
	t.Helper()
	s.objects[paper{kindOf(t, object), object.GetNamespace(), object.GetName()}] = object
}

func kindOf(t *testing.T, object client.Object) string {
	t.Helper()
	switch object.(type) {
	case *v1alpha1.Household:
		return householdKind
	case *v1alpha1.AssistancePlan:
		return planKind
	case *v1alpha1.RiskSignal:
		return "RiskSignal"
	case *v1alpha1.Review:
		return "Review"
	}
	t.Fatalf("a %T is no paper of a family", object)
	return ""
}

// write lets an event happen. What comes of it must be what the schema takes.
func (s *stage) write(t *testing.T, e *story.Event) {
	t.Helper()
	for _, object := range e.Create {
		s.keep(t, object)
	}
	for _, c := range e.Change {
		p := paper{c.Kind, c.Namespace, c.Name}
		if s.objects[p] == nil {
			t.Fatalf("%s: there is no %s", e.Day, c.Object)
		}
		before := marshal(t, s.objects[p])
		patch, err := jsonpatch.DecodePatch(marshal(t, c.Patch))
		if err != nil {
			t.Fatal(err)
		}
		after, err := patch.Apply(before)
		if err != nil {
			t.Fatalf("%s, %s: %v", e.Day, c.Object, err)
		}
		s.keep(t, read(t, p, after))
	}
}

// read reads an object as strictly as the command does.
func read(t *testing.T, p paper, text []byte) client.Object {
	t.Helper()
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		t.Fatal(err)
	}
	fields["apiVersion"], fields["kind"] = v1alpha1.SchemeGroupVersion.String(), p.kind
	documents, err := manifest.Parse(manifest.Chunk{Text: marshal(t, fields), JSON: true})
	if err != nil {
		t.Fatal(err)
	}
	object, err := manifest.Reading{}.Object(t.Context(), &documents[0])
	if err != nil {
		t.Fatal(err)
	}
	return object
}

func marshal(t *testing.T, value any) []byte {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// judged returns a snapshot whose statuses are the core's of the day.
func (s *stage) judged(day civil.Day) *snapshot {
	var policies []*v1alpha1.MonitoringPolicy
	var jurisdictions []*v1alpha1.Jurisdiction
	for _, object := range s.setting {
		switch o := object.(type) {
		case *v1alpha1.MonitoringPolicy:
			policies = append(policies, o)
		case *v1alpha1.Jurisdiction:
			jurisdictions = append(jurisdictions, o)
		}
	}
	snap := newSnapshot(policies, jurisdictions)
	for _, object := range s.objects {
		snap.keep(object)
	}
	for _, j := range snap.all(day) {
		take(j)
	}
	return snap
}
