// SPDX-License-Identifier: Apache-2.0

package controllers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/controllers"
	"fangpin.io/fangpin/internal/controlplane"
	"fangpin.io/fangpin/internal/metrics"
	"fangpin.io/fangpin/internal/shell"
)

func judged() int { return int(testutil.ToFloat64(metrics.Judgments.WithLabelValues("Judged"))) }

// of keeps the writes of one resource.
func of(resource string, writes []string) []string {
	return sorted(slices.DeleteFunc(writes, func(write string) bool { return !strings.HasPrefix(write, resource+"/") }))
}

func TestEachFamilyIsJudgedOnceAndWrittenOnce(t *testing.T) {
	before := judged()
	town := newTown(t, plan, poor, fair)
	red, yellow := town.household("poor").Status, town.household("fair").Status
	if red.Tier != "Red" || yellow.Tier != "Yellow" || red.PolicyRef.Name != "plan" {
		t.Errorf("tiers %s and %s under %v, want Red and Yellow under plan", red.Tier, yellow.Tier, red.PolicyRef)
	}
	if diff := cmp.Diff([]string{"households/fair", "households/poor"}, of("households", town.wire.writes())); diff != "" {
		t.Errorf("writes of families (-want +got):\n%s", diff)
	}
	if n := judged() - before; n != 2 {
		t.Errorf("2 families were judged %d times: the own write was taken for news", n)
	}
}

func TestASecondPassIsSilent(t *testing.T) {
	town := newTown(t, plan, poor, fair, poorPlan)
	town.stop()
	town.start(controlplane.ForTest(t).Config())
	if sent := town.wire.take(); len(sent) > 0 {
		t.Errorf("a new operator sent %v", sent)
	}
	town.clock.SetTime(noonOf(time.May, 2))
	town.settle()
	if sent := town.wire.take(); len(sent) > 0 {
		t.Errorf("a day on which nothing changes sent %v", sent)
	}
}

func TestMidnightWakesWhoeverTurnsOverdue(t *testing.T) {
	town := newTown(t, plan, poor, fair)
	town.clock.SetTime(time.Date(2020, 6, 30, 23, 59, 59, 0, shanghai))
	town.settle()
	if got := town.household("poor").Status; *got.Overdue != 0 || got.Deadlines[0].State != v1alpha1.DeadlinePending {
		t.Errorf("a second before midnight: %d overdue, %+v", *got.Overdue, got.Deadlines)
	}
	town.wire.take()
	town.clock.SetTime(time.Date(2020, 7, 1, 0, 0, 0, 0, shanghai))
	town.settle()
	if got := town.household("poor").Status; *got.Overdue != 1 || got.Deadlines[0].State != v1alpha1.DeadlineOverdue {
		t.Errorf("at midnight: %d overdue, %+v", *got.Overdue, got.Deadlines)
	}
	if diff := cmp.Diff([]string{"households/poor"}, of("households", town.wire.writes())); diff != "" {
		t.Errorf("writes of families (-want +got):\n%s", diff)
	}
	if got := town.jurisdiction("county").Status; *got.Overdue != 1 {
		t.Errorf("the county counts %d overdue deadlines, want 1", *got.Overdue)
	}
	if got := town.policy("plan").Status; *got.Governed != 2 || *got.Evaluated != 2 {
		t.Errorf("the plan counts %d governed, %d evaluated; want 2 and 2", *got.Governed, *got.Evaluated)
	}
}

func TestAWriteThatFailsIsSilentAndMadeAgain(t *testing.T) {
	town := newTown(t, plan, poor)
	town.events() // the first judgment is no news
	town.wire.spoilWith(func(request *http.Request, _ string) *http.Response {
		if strings.HasSuffix(request.URL.Path, "/households/poor/status") {
			return refuse(request)
		}
		return nil
	})
	town.apply(strings.Replace(poor, `income: "4800"`, `income: "8000"`, 1))
	waitFor(t, "the write was tried twice", func() bool { return tries(town.wire) >= 2 })
	if events := town.events(); len(events) > 0 {
		t.Errorf("told before it was saved: %v", events)
	}
	if got := town.household("poor").Status.Tier; got != "Red" {
		t.Errorf("tier %s was saved although the write failed", got)
	}
	town.wire.spoilWith(nil)
	town.settle()
	if got := town.household("poor").Status.Tier; got != "Yellow" {
		t.Errorf("tier %s after the server had recovered, want Yellow", got)
	}
	waitFor(t, "it is told", func() bool { return len(town.events()) > 0 })
}

// tries counts the writes of families so far.
func tries(w *wire) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, request := range w.sent {
		if strings.Contains(request, "/households/") {
			n++
		}
	}
	return n
}

func TestAStaleWriteNeverWins(t *testing.T) {
	town := newTown(t, plan, poor)
	var once bool
	town.wire.spoilWith(func(request *http.Request, _ string) *http.Response {
		if strings.HasSuffix(request.URL.Path, "/households/poor/status") && !once {
			once = true
			// A survey is added while the judgment of the older facts is on its way.
			town.apply(strings.Replace(poor, `income: "4800"`, `income: "9000"`, 1))
		}
		return nil
	})
	before := testutil.ToFloat64(metrics.StatusWrites.WithLabelValues("Household", "conflict"))
	town.change(strings.Replace(poor, `income: "4800"`, `income: "4700"`, 1),
		strings.Replace(fair, "registration: None", "registration: Graduated", 1))
	waitFor(t, "the later facts are judged", func() bool { return town.household("poor").Status.Tier == "Yellow" })
	h := town.household("poor")
	if h.Status.ObservedGeneration != h.Generation {
		t.Errorf("the status is of generation %d, the spec of %d", h.Status.ObservedGeneration, h.Generation)
	}
	if conflicts := testutil.ToFloat64(metrics.StatusWrites.WithLabelValues("Household", "conflict")) - before; conflicts != 1 {
		t.Errorf("%v conflicts, want the stale write refused", conflicts)
	}
}

const poorPlan = `
kind: AssistancePlan
metadata: {name: poor, namespace: east}
spec:
  householdRef: {name: poor}
  measures: [{name: post, kind: PublicPost, for: [Income], department: human-resources, due: "2020-06-10"}]
`

// statuses are all statuses, as bytes, without the counters of progress.
func (town *town) statuses() map[string]string {
	town.t.Helper()
	out := map[string]string{}
	for _, list := range []client.ObjectList{
		&v1alpha1.HouseholdList{}, &v1alpha1.AssistancePlanList{}, &v1alpha1.JurisdictionList{}, &v1alpha1.MonitoringPolicyList{},
	} {
		if err := town.client.List(town.t.Context(), list); err != nil {
			town.t.Fatal(err)
		}
		_ = meta.EachListItem(list, func(object runtime.Object) error {
			text, err := json.Marshal(object)
			var status struct {
				Status json.RawMessage `json:"status"`
			}
			if err == nil {
				err = json.Unmarshal(text, &status)
			}
			if err != nil {
				town.t.Fatal(err)
			}
			o := object.(client.Object)
			out[fmt.Sprintf("%T %s/%s", o, o.GetNamespace(), o.GetName())] = string(status.Status)
			return nil
		})
	}
	return out
}

func TestDeletedStatusesComeBackByteForByte(t *testing.T) {
	town := newTown(t, plan, poor, fair, poorPlan)
	town.clock.SetTime(noonOf(time.July, 3))
	town.settle()
	want := town.statuses()
	if len(want) != 9 {
		t.Fatalf("%d statuses, want 9", len(want))
	}
	wipe := client.RawPatch(types.MergePatchType, []byte(`{"status":null}`))
	var wiped []client.Object
	for _, object := range parse(t, jurisdictions, plan, poor, fair, poorPlan) {
		if err := town.client.Status().Patch(t.Context(), object, wipe); err != nil {
			t.Fatal(err)
		}
		wiped = append(wiped, object)
	}
	waitFor(t, "all statuses are back", func() bool { return len(cmp.Diff(want, town.statuses())) == 0 })

	t.Run("also when no operator watched", func(t *testing.T) {
		town.stop()
		for _, object := range wiped {
			if err := town.client.Status().Patch(t.Context(), object, wipe); err != nil {
				t.Fatal(err)
			}
		}
		town.start(controlplane.ForTest(t).Config())
		if diff := cmp.Diff(want, town.statuses()); diff != "" {
			t.Errorf("statuses (-before +after):\n%s", diff)
		}
	})
}

func TestAStatusThatSomebodyChangedIsMended(t *testing.T) {
	town := newTown(t, plan, poor)
	want := town.household("poor").Status
	for _, forged := range []string{`{"status":{"tier":"Yellow"}}`, `{"status":{"overdue":7,"stage":null}}`, `{"status":{"conditions":[]}}`} {
		object := town.household("poor")
		if err := town.client.Status().Patch(t.Context(), object, client.RawPatch(types.MergePatchType, []byte(forged))); err != nil {
			t.Fatal(err)
		}
		waitFor(t, forged+" is mended", func() bool { return cmp.Equal(want, town.household("poor").Status) })
	}
}

func TestLabelsAreNoReasonToJudge(t *testing.T) {
	town := newTown(t, plan, poor)
	town.wire.take()
	before := judged()
	object := town.household("poor")
	if err := town.client.Patch(t.Context(), object, client.RawPatch(types.MergePatchType, []byte(`{"metadata":{"labels":{"a":"b"}}}`))); err != nil {
		t.Fatal(err)
	}
	town.settle(object)
	if n := judged() - before; n != 0 {
		t.Errorf("a label had the family judged %d times", n)
	}
	if writes := town.wire.writes(); len(writes) > 0 {
		t.Errorf("a label caused %v", writes)
	}
	// The version that is judged is the one with the label.
	town.change(strings.Replace(poor, `income: "4800"`, `income: "8000"`, 1))
	if got := town.household("poor").Status.Tier; got != "Yellow" {
		t.Errorf("tier %s, want Yellow", got)
	}
}

// TestAnEditGoesBeforeARollOut has one worker, which is stopped at its first
// write of a roll-out while a family is edited.
func TestAnEditGoesBeforeARollOut(t *testing.T) {
	const families = 40
	town := emptyTown(t)
	manifests := []string{plan}
	for i := range families {
		manifests = append(manifests, strings.ReplaceAll(fair, "name: fair", fmt.Sprintf("name: hh-%02d", i)))
	}
	town.apply(manifests...)
	town.startWith(controlplane.ForTest(t).Config(), controllers.Options{Clock: town.clock, Concurrency: 1})
	town.settle()
	town.wire.take()

	stopped, goOn := make(chan struct{}), make(chan struct{})
	var once bool
	town.wire.spoilWith(func(request *http.Request, _ string) *http.Response {
		if strings.Contains(request.URL.Path, "/households/") && !once {
			once = true
			close(stopped)
			<-goOn
		}
		return nil
	})
	changed := town.apply(strings.Replace(plan, `value: "5000"`, `value: "9500"`, 1)) // all turn red
	<-stopped
	edited := town.apply(strings.ReplaceAll(strings.Replace(fair, "persons: 3", "persons: 5", 1), "name: fair", "name: hh-39"))
	waitFor(t, "the edit has arrived", func() bool {
		held := &v1alpha1.Household{}
		err := town.operator.GetCache().Get(t.Context(), client.ObjectKeyFromObject(edited[0]), held)
		return err == nil && held.Generation == edited[0].GetGeneration()
	})
	close(goOn)
	town.settle(append(changed, edited...)...)
	order := slices.DeleteFunc(town.wire.writes(), func(write string) bool { return !strings.HasPrefix(write, "households/") })
	if at := slices.Index(order, "households/hh-39"); at < 0 || at > 2 {
		t.Errorf("the edited family was the %d-th to be written of a roll-out that had just begun: %v", at+1, order)
	}
	if len(order) < families || len(order) > families+1 {
		t.Errorf("%d writes for %d families", len(order), families)
	}
	if got := town.policy("plan").Status; *got.Evaluated != families || !meta.IsStatusConditionTrue(got.Conditions, v1alpha1.ConditionRolledOut) {
		t.Errorf("%d of %d evaluated: %+v", *got.Evaluated, *got.Governed, got.Conditions)
	}
}

func TestAPlanAwaitsItsHousehold(t *testing.T) {
	town := newTown(t, plan, poorPlan)
	read := func() v1alpha1.AssistancePlanStatus {
		p := &v1alpha1.AssistancePlan{}
		town.get(p, "east", "poor")
		return p.Status
	}
	reason := func() string { return meta.FindStatusCondition(read().Conditions, v1alpha1.ConditionReady).Reason }
	if got := reason(); got != v1alpha1.ReasonReferenceNotFound {
		t.Errorf("the plan of a household that does not exist is %s", got)
	}
	town.change(poor)
	if got := read(); got.Tier != "Red" || *got.Planned != 1 {
		t.Errorf("with its household the plan is %+v", got)
	}
	if got := town.household("poor").Status.Shortfalls[0]; got.State != v1alpha1.ShortfallCovered {
		t.Errorf("the shortfall is %+v, want Covered by the plan", got)
	}
	town.delete(town.household("poor"))
	waitFor(t, "the plan says that its household is gone", func() bool { return reason() == v1alpha1.ReasonReferenceNotFound })
}

func TestTwinsAreToldOfEachOther(t *testing.T) {
	town := newTown(t, plan, poor)
	unique := func(name string) string {
		c := meta.FindStatusCondition(town.household(name).Status.Conditions, v1alpha1.ConditionUnique)
		if c == nil {
			return "absent"
		}
		return string(c.Status) + " " + c.Message
	}
	if got := unique("poor"); got != "True " {
		t.Errorf("alone: %s", got)
	}
	twin := strings.Replace(poor, "name: poor", "name: twin", 1)
	town.change(twin)
	if one, other := unique("poor"), unique("twin"); !strings.Contains(one, "False") || !strings.Contains(one, "east/twin") || !strings.Contains(other, "east/poor") {
		t.Errorf("twins: %q and %q", one, other)
	}
	town.change(strings.Replace(twin, "hmac-sha256:1111", "hmac-sha256:2222", 1))
	if one, other := unique("poor"), unique("twin"); one != "True " || other != "True " {
		t.Errorf("with another digest: %q and %q", one, other)
	}
	town.change(twin)
	town.delete(town.household("twin"))
	waitFor(t, "the one that is left is unique", func() bool { return unique("poor") == "True " })
}

// TestManagersOfSeparateTownshipsDoNotFight runs two managers at once, each with
// a township of its own.
func TestManagersOfSeparateTownshipsDoNotFight(t *testing.T) {
	town := emptyTown(t)
	town.apply(plan, poor, strings.Replace(fair, "namespace: east", "namespace: west", 1))
	other := *town
	other.startWith(controlplane.ForTest(t).Config(), controllers.Options{Clock: town.clock, Scope: shell.Scope{Namespaces: []string{"east"}}})
	t.Cleanup(func() { other.stop() })
	town.startWith(controlplane.ForTest(t).Config(), controllers.Options{Clock: town.clock, Scope: shell.Scope{Namespaces: []string{"west"}}})
	town.settle()
	other.settle()
	want := []string{"households/fair", "jurisdictions/west"}
	if got := sorted(town.wire.writes()); !slices.Equal(slices.Compact(got), want) {
		t.Errorf("the manager of the west wrote %v, want %v", got, want)
	}
	if got := town.jurisdiction("west").Status.Households; got.Total != 1 {
		t.Errorf("the west counts %+v", got)
	}
	if got := town.jurisdiction("county").Status.Households; got != nil {
		t.Errorf("the county, of which no manager sees all families, counts %+v", got)
	}
	other.wire.take()
	town.clock.SetTime(noonOf(time.July, 1))
	town.settle()
	other.settle()
	if got := of("households", other.wire.writes()); !slices.Equal(got, []string{"households/poor"}) {
		t.Errorf("the manager of the east wrote %v, want its one family", got)
	}
}
