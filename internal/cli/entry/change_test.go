// SPDX-License-Identifier: Apache-2.0

package entry

import (
	"encoding/json"
	"testing"

	jsonpatch "github.com/evanphx/json-patch/v5"
	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"fangpin.io/fangpin/api/v1alpha1"
)

func TestAChangeSendsWhatDiffersAlone(t *testing.T) {
	before := &v1alpha1.Household{
		ObjectMeta: metav1.ObjectMeta{Name: "hh-1", ResourceVersion: "7"},
		Spec: v1alpha1.HouseholdSpec{
			Registration: "None", Persons: 3, Graduated: "2016-12-31",
			Surveys: []v1alpha1.Survey{{Date: "2021-04-01", Income: "1"}, {Date: "2021-05-01", Income: "2"}},
		},
	}
	tests := []struct {
		name   string
		change func(*v1alpha1.HouseholdSpec)
		want   []string
	}{
		{"nothing", func(*v1alpha1.HouseholdSpec) {}, nil},
		{"a field", func(s *v1alpha1.HouseholdSpec) { s.Persons = 4 }, []string{"replace /metadata/resourceVersion", "add /spec/persons"}},
		{"a field that goes", func(s *v1alpha1.HouseholdSpec) { s.Graduated = "" }, []string{"replace /metadata/resourceVersion", "remove /spec/graduated"}},
		{"a survey at the end", func(s *v1alpha1.HouseholdSpec) { s.Surveys = append(s.Surveys, v1alpha1.Survey{Date: "2021-06-01"}) }, []string{"replace /metadata/resourceVersion", "add /spec/surveys/-"}},
		{"a survey that is corrected", func(s *v1alpha1.HouseholdSpec) { s.Surveys[0].Income = "9" }, []string{"replace /metadata/resourceVersion", "replace /spec/surveys/0"}},
		{"a survey that goes", func(s *v1alpha1.HouseholdSpec) { s.Surveys = s.Surveys[1:] }, []string{"replace /metadata/resourceVersion", "add /spec/surveys"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			after := before.DeepCopy()
			tt.change(&after.Spec)
			e, err := Change(before, after)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			if e != nil {
				for _, o := range e.Patch {
					got = append(got, o.Op+" "+o.Path)
				}
				applies(t, e, before, after)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	if e, err := Change(nil, before); err != nil || !e.New {
		t.Errorf("a new one: %+v, %v", e, err)
	}
}

// applies says that the patch makes the one object of the other.
func applies(t *testing.T, e *Entry, before, after *v1alpha1.Household) {
	t.Helper()
	from, _ := json.Marshal(before)
	text, _ := json.Marshal(e.Patch)
	patch, err := jsonpatch.DecodePatch(text)
	if err != nil {
		t.Fatal(err)
	}
	patched, err := patch.Apply(from)
	if err != nil {
		t.Fatal(err)
	}
	var got v1alpha1.Household
	if err := json.Unmarshal(patched, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(after, &got); diff != "" {
		t.Error(diff)
	}
}
