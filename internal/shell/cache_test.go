// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unsafe"

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

// texts visits every string of a value.
func texts(v reflect.Value, path string, visit func(path, text string)) {
	switch v.Kind() {
	case reflect.String:
		visit(path, v.String())
	case reflect.Pointer:
		if !v.IsNil() {
			texts(v.Elem(), path, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			texts(v.Index(i), fmt.Sprint(path, i), visit)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[metav1.Time]() {
			return
		}
		for i := range v.NumField() {
			texts(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	}
}

// decoded is a household with every field stated, as an informer decodes it.
func decoded(t *testing.T) *v1alpha1.Household {
	t.Helper()
	var h v1alpha1.Household
	fill(reflect.ValueOf(&h.Spec).Elem(), "spec")
	fill(reflect.ValueOf(&h.Status).Elem(), "status")
	h.Namespace, h.Name = "zhaotan", "hh-000127"
	h.ManagedFields = []metav1.ManagedFieldsEntry{{Manager: "kubectl"}}
	h.Annotations = map[string]string{corev1.LastAppliedConfigAnnotation: "{}", "kept": "yes"}
	text, err := json.Marshal(&h)
	if err != nil {
		t.Fatal(err)
	}
	var read v1alpha1.Household
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	return &read
}

func trimmed(t *testing.T, strings *interner, in client.Object) client.Object {
	t.Helper()
	out, err := trim(strings)(in)
	if err != nil {
		t.Fatal(err)
	}
	return out.(client.Object)
}

func TestTrimKeepsWhatJudgmentsRead(t *testing.T) {
	want := decoded(t)
	want.ManagedFields = nil
	want.Annotations = map[string]string{"kept": "yes"}
	want.Spec.Head.Name = ""
	for i := range want.Spec.Surveys {
		s := &want.Spec.Surveys[i]
		s.By, s.With = "", nil
		for k := range s.Guarantees {
			s.Guarantees[k].Detail = ""
		}
	}
	strings := newInterner()
	for range 2 {
		if diff := cmp.Diff(want, trimmed(t, strings, decoded(t))); diff != "" {
			t.Errorf("trimmed household (-want +got):\n%s", diff)
		}
	}
}

// TestTrimSharesEveryWord finds a field that was added to the API and is not
// shared yet.
func TestTrimSharesEveryWord(t *testing.T) {
	strings := newInterner()
	first, second := trimmed(t, strings, decoded(t)).(*v1alpha1.Household), trimmed(t, strings, decoded(t)).(*v1alpha1.Household)
	data := func(h *v1alpha1.Household) map[string]*byte {
		all := map[string]*byte{}
		visit := func(path, text string) { all[path] = unsafe.StringData(text) }
		texts(reflect.ValueOf(h.Spec), "spec", visit)
		texts(reflect.ValueOf(h.Status), "status", visit)
		return all
	}
	a, b := data(first), data(second)
	if len(a) < 100 {
		t.Errorf("only %d words were looked at", len(a))
	}
	own := []string{"spec.Head.IdentityDigest"} // every family's own
	for path := range a {
		if a[path] != b[path] && !slices.Contains(own, path) {
			t.Errorf("%s is not shared between two households", path)
		}
	}
	if &first.Spec.Surveys[0].Guarantees[0] != &second.Spec.Surveys[0].Guarantees[0] ||
		&first.Status.Conditions[0] != &second.Status.Conditions[0] || &first.Status.Deadlines[0] != &second.Status.Deadlines[0] {
		t.Error("equal lists are not shared")
	}
}

func TestTrimLeavesNoRoomAtTheEndOfLists(t *testing.T) {
	h := decoded(t)
	h.Spec.Surveys = append(make([]v1alpha1.Survey, 0, 16), h.Spec.Surveys...)
	trimmed(t, newInterner(), h)
	if cap(h.Spec.Surveys) != len(h.Spec.Surveys) {
		t.Errorf("a list of %d surveys keeps room for %d", len(h.Spec.Surveys), cap(h.Spec.Surveys))
	}
}

func TestTablesOfSharedWordsAreBounded(t *testing.T) {
	in := newInterner()
	for i := range maxSharedWords + 100 {
		word := fmt.Sprint("word-", i)
		share(in, &word)
		if word != fmt.Sprint("word-", i) {
			t.Fatalf("word %d turned into %q", i, word)
		}
		list := in.history.share([]v1alpha1.TierChange{{Tier: v1alpha1.Word(word)}})
		if string(list[0].Tier) != word {
			t.Fatalf("list %d turned into %v", i, list)
		}
	}
	if len(in.words) > maxSharedWords || len(in.history.known) > maxSharedLists {
		t.Errorf("%d words and %d lists are kept", len(in.words), len(in.history.known))
	}
	one, other := "word-late", strings.Clone("word-late")
	share(in, &one)
	share(in, &other)
	if unsafe.StringData(one) != unsafe.StringData(other) {
		t.Error("when the table was full, sharing has ended")
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
