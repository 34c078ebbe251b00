// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// fill states every field of a value, each string by its own path, each list
// with two entries.
func fill(v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(path)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int32, reflect.Int64:
		v.SetInt(7)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), path)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), fmt.Sprint(path, i))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[metav1.Time]() {
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), path+"."+v.Type().Field(i).Name)
		}
	}
}

// decoded fills an object, with every field of its spec and status stated, as an
// informer decodes it.
func decoded[T any, P interface {
	*T
	client.Object
}](t *testing.T) P {
	t.Helper()
	filled, read := P(new(T)), P(new(T))
	for _, field := range []string{"Spec", "Status"} {
		fill(reflect.ValueOf(filled).Elem().FieldByName(field), strings.ToLower(field))
	}
	filled.SetNamespace("zhaotan")
	filled.SetName("hh-000127")
	filled.SetManagedFields([]metav1.ManagedFieldsEntry{{Manager: "kubectl"}})
	filled.SetAnnotations(map[string]string{corev1.LastAppliedConfigAnnotation: "{}", "kept": "yes"})
	text, err := json.Marshal(filled)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, read); err != nil {
		t.Fatal(err)
	}
	return read
}

func trimmed[O client.Object](t *testing.T, strings *interner, in O) O {
	t.Helper()
	out, err := trim(strings)(in)
	if err != nil {
		t.Fatal(err)
	}
	return out.(O)
}

// TestTrimKeepsWhatJudgmentsRead lists what is taken away. Of some texts judgments
// ask whether they are there.
func TestTrimKeepsWhatJudgmentsRead(t *testing.T) {
	household := decoded[v1alpha1.Household](t)
	household.Spec.Head.Name = ""
	for i := range household.Spec.Surveys {
		s := &household.Spec.Surveys[i]
		s.By, s.With = "", nil
		for k := range s.Guarantees {
			s.Guarantees[k].Detail = ""
		}
	}
	plan := decoded[v1alpha1.AssistancePlan](t)
	for i := range plan.Spec.Measures {
		m := &plan.Spec.Measures[i]
		m.Delivered.By, m.Delivered.Evidence = "", ""
		m.Cancelled.By, m.Cancelled.Reason = "", ""
	}
	signal := decoded[v1alpha1.RiskSignal](t)
	signal.Spec.Document, signal.Spec.Verification.By = "stated", ""
	review := decoded[v1alpha1.Review](t)
	for i := range review.Spec.Records {
		r := &review.Spec.Records[i]
		r.Reason, r.Document, r.Officer = "", "stated", "stated"
	}
	in := newInterner()
	for range 2 { // the second time, all is there to be shared
		keeps(t, in, household)
		keeps(t, in, plan)
		keeps(t, in, signal)
		keeps(t, in, review)
	}
}

func keeps[T any, P interface {
	*T
	client.Object
}](t *testing.T, in *interner, want P) {
	t.Helper()
	want.SetManagedFields(nil)
	want.SetAnnotations(map[string]string{"kept": "yes"})
	if diff := cmp.Diff(want, trimmed(t, in, decoded[T, P](t))); diff != "" {
		t.Errorf("trimmed %T (-want +got):\n%s", want, diff)
	}
}

// TestTrimKeepsThatATextIsAbsent: judgments tell a document that is not there
// from one that is.
func TestTrimKeepsThatATextIsAbsent(t *testing.T) {
	signal := trimmed(t, newInterner(), &v1alpha1.RiskSignal{})
	review := trimmed(t, newInterner(), &v1alpha1.Review{Spec: v1alpha1.ReviewSpec{Records: []v1alpha1.StepRecord{{Step: "entry"}}}})
	if signal.Spec.Document != "" || review.Spec.Records[0].Document != "" || review.Spec.Records[0].Officer != "" {
		t.Errorf("the lead has the document %q, the record the document %q and the officer %q, want none",
			signal.Spec.Document, review.Spec.Records[0].Document, review.Spec.Records[0].Officer)
	}
}

func TestTrimLeavesNoRoomAtTheEndOfLists(t *testing.T) {
	h, p, r := decoded[v1alpha1.Household](t), decoded[v1alpha1.AssistancePlan](t), decoded[v1alpha1.Review](t)
	h.Spec.Surveys = append(make([]v1alpha1.Survey, 0, 16), h.Spec.Surveys...)
	p.Spec.Measures = append(make([]v1alpha1.Measure, 0, 16), p.Spec.Measures...)
	r.Spec.Records = append(make([]v1alpha1.StepRecord, 0, 16), r.Spec.Records...)
	r.Status.Steps = append(make([]v1alpha1.StepStatus, 0, 16), r.Status.Steps...)
	in := newInterner()
	trimmed(t, in, h)
	trimmed(t, in, p)
	trimmed(t, in, r)
	for what, room := range map[string][2]int{
		"surveys":  {len(h.Spec.Surveys), cap(h.Spec.Surveys)},
		"measures": {len(p.Spec.Measures), cap(p.Spec.Measures)},
		"records":  {len(r.Spec.Records), cap(r.Spec.Records)},
		"steps":    {len(r.Status.Steps), cap(r.Status.Steps)},
	} {
		if room[0] != room[1] {
			t.Errorf("a list of %d %s keeps room for %d", room[0], what, room[1])
		}
	}
}

func TestCacheOptionsNarrowThePapersAlone(t *testing.T) {
	selector := labels.SelectorFromSet(labels.Set{"shard": "s1"})
	options := CacheOptions(Scope{Namespaces: []string{"zhaotan", "longquan"}, Selector: selector})
	if len(options.ByObject) != 4 {
		t.Errorf("%d kinds are narrowed, want the 4 that families have", len(options.ByObject))
	}
	for object, by := range options.ByObject {
		kind := reflect.TypeOf(object).Elem().Name()
		if by.Label == nil || by.Label.String() != "shard=s1" || len(by.Namespaces) != 2 {
			t.Errorf("%s: selector %v, namespaces %v", kind, by.Label, by.Namespaces)
		}
		if strings.Contains("MonitoringPolicy Jurisdiction", kind) {
			t.Errorf("%s is narrowed: its spec governs every family", kind)
		}
	}
}
