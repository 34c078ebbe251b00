// SPDX-License-Identifier: Apache-2.0

package shell_test

import (
	"context"
	"errors"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/controller-runtime/pkg/client/interceptor"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/shell"
)

// server answers status patches: it notes them and gives each the next version,
// or an error.
type server struct {
	version int
	patches []string
	fail    error
	// during runs while a request is under way.
	during func()
}

func (s *server) patch(_ context.Context, _ client.Client, subresource string, object client.Object, patch client.Patch, _ ...client.SubResourcePatchOption) error {
	body, err := patch.Data(object)
	if err != nil {
		return err
	}
	s.patches = append(s.patches, subresource+" "+string(patch.Type())+" "+string(body))
	if s.during != nil {
		s.during()
	}
	if s.fail != nil {
		return s.fail
	}
	s.version++
	object.SetResourceVersion(strconv.Itoa(s.version))
	return nil
}

func newWriter(t *testing.T, version int) (*shell.StatusWriter[v1alpha1.HouseholdStatus], *server) {
	t.Helper()
	scheme := runtime.NewScheme()
	if err := v1alpha1.AddToScheme(scheme); err != nil {
		t.Fatal(err)
	}
	s := &server{version: version}
	c := fake.NewClientBuilder().WithScheme(scheme).
		WithInterceptorFuncs(interceptor.Funcs{SubResourcePatch: s.patch}).Build()
	return shell.NewStatusWriter[v1alpha1.HouseholdStatus](c, v1alpha1.SchemeGroupVersion.WithKind("Household")), s
}

var key = types.NamespacedName{Namespace: "zhaotan", Name: "hh-1"}

func household(version string, status v1alpha1.HouseholdStatus) *v1alpha1.Household {
	h := &v1alpha1.Household{Status: status}
	h.Namespace, h.Name, h.ResourceVersion = key.Namespace, key.Name, version
	return h
}

func tier(name string) *v1alpha1.HouseholdStatus {
	return &v1alpha1.HouseholdStatus{Tier: v1alpha1.Word(name), ObservedGeneration: 1}
}

func record(t *testing.T, w *shell.StatusWriter[v1alpha1.HouseholdStatus], h *v1alpha1.Household, desired *v1alpha1.HouseholdStatus) shell.Recorded[v1alpha1.HouseholdStatus] {
	t.Helper()
	outcome, err := w.Record(t.Context(), h, &h.Status, desired)
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

const mergePatch = "status application/merge-patch+json "

func TestRecordNamesOnlyWhatChanged(t *testing.T) {
	w, s := newWriter(t, 10)
	stored := v1alpha1.HouseholdStatus{ObservedGeneration: 1, Tier: "Red", Stage: "Monitored", TierSince: "2020-03-25",
		Elimination: &v1alpha1.Elimination{Earliest: "2020-07-01"}}
	desired := &v1alpha1.HouseholdStatus{ObservedGeneration: 2, Tier: "Yellow", Stage: "Monitored",
		Elimination: &v1alpha1.Elimination{Eligible: true}}
	outcome := record(t, w, household("10", stored), desired)
	if !outcome.Saved || outcome.Before.Tier != "Red" {
		t.Errorf("saved %v, before %+v", outcome.Saved, outcome.Before)
	}
	want := []string{mergePatch + `{"metadata":{"resourceVersion":"10"},"status":{"elimination":{"earliest":null,"eligible":true},"observedGeneration":2,"tier":"Yellow","tierSince":null}}`}
	if diff := cmp.Diff(want, s.patches); diff != "" {
		t.Errorf("patches (-want +got):\n%s", diff)
	}
}

func TestRecordWritesNothingWhenNothingDiffers(t *testing.T) {
	w, s := newWriter(t, 10)
	stored := *tier("Red")
	stored.Causes = []v1alpha1.Cause{}
	if outcome := record(t, w, household("10", stored), tier("Red")); outcome.Saved {
		t.Error("an equal status was written")
	}
	if len(s.patches) != 0 || w.Unseen() != 0 {
		t.Errorf("%d requests, %d unseen writes; want none", len(s.patches), w.Unseen())
	}
}

func TestRecordBeforeTheCacheHasCaughtUp(t *testing.T) {
	w, s := newWriter(t, 10)
	stale := household("10", v1alpha1.HouseholdStatus{})
	record(t, w, stale, tier("Red"))
	if outcome := record(t, w, stale, tier("Red")); outcome.Saved || outcome.Before.Tier != "Red" {
		t.Errorf("the own write was not taken for the stored status: %+v", outcome)
	}
	if outcome := record(t, w, stale, tier("Yellow")); !outcome.Saved || outcome.Before.Tier != "Red" {
		t.Errorf("a further change was not written upon the own write: %+v", outcome)
	}
	want := mergePatch + `{"metadata":{"resourceVersion":"11"},"status":{"tier":"Yellow"}}`
	if len(s.patches) != 2 || s.patches[1] != want {
		t.Errorf("patches %q, want the second to be %s", s.patches, want)
	}
	// Somebody else has written since; the cache brings it, own writes skipped.
	wiped := household("13", v1alpha1.HouseholdStatus{})
	if outcome := record(t, w, wiped, tier("Yellow")); !outcome.Saved {
		t.Error("a status that somebody wiped was not written again")
	}
}

func TestRecordGivesWay(t *testing.T) {
	resource := v1alpha1.Resource("households")
	tests := []struct {
		name      string
		fail      error
		wantStale bool
		wantErr   bool
	}{
		{"to whoever has written first", apierrors.NewConflict(resource, "hh-1", errors.New("the object has been modified")), true, false},
		{"to a deletion", apierrors.NewNotFound(resource, "hh-1"), false, false},
		{"but reports what it cannot mend", apierrors.NewInternalError(errors.New("disk full")), false, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w, s := newWriter(t, 10)
			s.fail = test.fail
			h := household("10", v1alpha1.HouseholdStatus{})
			outcome, err := w.Record(t.Context(), h, &h.Status, tier("Red"))
			if outcome.Saved || outcome.Stale != test.wantStale || (err != nil) != test.wantErr {
				t.Errorf("outcome %+v, error %v; want stale %v, error %v, never saved", outcome, err, test.wantStale, test.wantErr)
			}
			if w.Unseen() != 0 {
				t.Error("a failed write is waited for")
			}
		})
	}
}

func TestEcho(t *testing.T) {
	red, yellow := tier("Red"), tier("Yellow")
	tests := []struct {
		name       string
		version    string
		status     *v1alpha1.HouseholdStatus
		want       bool
		wantUnseen int
	}{
		{"the own write comes back", "11", red, true, 0},
		{"what was there before the own write comes late", "9", yellow, true, 1},
		{"somebody else's write comes instead", "12", yellow, false, 0},
		{"somebody else's write of the same comes instead", "12", red, false, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w, _ := newWriter(t, 10)
			record(t, w, household("10", v1alpha1.HouseholdStatus{}), tier("Red"))
			if got := w.Echo(key, test.version, test.status); got != test.want || w.Unseen() != test.wantUnseen {
				t.Errorf("echo %v with %d unseen, want %v with %d", got, w.Unseen(), test.want, test.wantUnseen)
			}
			if w.Unseen() == 0 && w.Echo(key, "20", yellow) {
				t.Error("a later write by somebody else is taken for an echo")
			}
		})
	}
}

func TestEchoBeforeTheAnswer(t *testing.T) {
	w, s := newWriter(t, 10)
	s.during = func() {
		if w.Echo(key, "11", tier("Blue")) {
			t.Error("somebody else's status is taken for an echo")
		}
		if !w.Echo(key, "11", tier("Red")) {
			t.Error("the own write is not recognised before its answer")
		}
	}
	record(t, w, household("10", v1alpha1.HouseholdStatus{}), tier("Red"))
	if w.Unseen() != 0 {
		t.Error("a write that came back is waited for")
	}
}

func TestWritesThatNeverComeBack(t *testing.T) {
	t.Run("because they changed nothing", func(t *testing.T) {
		w, _ := newWriter(t, 9) // the answer carries the version that was there
		record(t, w, household("10", v1alpha1.HouseholdStatus{}), tier("Red"))
		if w.Unseen() != 0 {
			t.Error("a write that changed nothing is waited for")
		}
	})
	t.Run("because the object is gone", func(t *testing.T) {
		w, _ := newWriter(t, 10)
		record(t, w, household("10", v1alpha1.HouseholdStatus{}), tier("Red"))
		w.Gone(key)
		if w.Unseen() != 0 {
			t.Error("a write to an object that is gone is waited for")
		}
	})
}
