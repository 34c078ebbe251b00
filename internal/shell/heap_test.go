// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"encoding/json"
	"fmt"
	"runtime"
	"testing"

	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// arrival is how an object of each kind comes from the API server: the text in
// the informer's decoder. The number makes it one of many: its own names and
// day, and what is alike in all.
var arrivals = map[string]struct {
	text string
	new  func() client.Object
	// wantHeap is the most bytes that one may hold in the cache: what its Go type
	// takes, its own names and dates, and its part of what is shared.
	wantHeap float64
}{
	"AssistancePlan": {`{"apiVersion":"fangpin.io/v1alpha1","kind":"AssistancePlan",` + metadata + `,
		"spec":{"householdRef":{"name":"hh-%06[1]d"},"measures":[
			{"name":"public-post","kind":"PublicPost","for":["Income"],"department":"human-resources","date":"2020-05-%02[2]d",
				"delivered":{"date":"2020-06-%02[2]d","by":"hu","evidence":"contract 2020-%04[1]d"}},
			{"name":"medical-aid","kind":"MedicalAid","for":["Medical"],"date":"2020-05-%02[2]d"}]},
		"status":{"observedGeneration":1,"tier":"Red","openShortfalls":["Income","Medical"],
			"measures":[{"name":"medical-aid","state":"Planned","due":"2020-06-30"},{"name":"public-post","state":"Delivered","due":"2020-06-30"}],
			"planned":2,"delivered":1,"overdue":0,"nextDeadline":"2020-06-30","conditions":[` +
		condition("Covered", "True", "AllCovered") + `,` + condition("Delivered", "False", "NotDelivered") + `,` +
		condition("Effective", "True", "NoneIneffective") + `,` + condition("Ready", "True", "Judged") + `]}}`,
		func() client.Object { return &v1alpha1.AssistancePlan{} }, 1200},
	"RiskSignal": {`{"apiVersion":"fangpin.io/v1alpha1","kind":"RiskSignal",` + metadata + `,
		"spec":{"householdRef":{"name":"hh-%06[1]d"},"source":"Department","department":"medical-security","cause":"Illness","amount":"62%02[2]d",
			"date":"2021-04-%02[2]d","period":"2021-04","document":"list 2021-%04[1]d",
			"verification":{"date":"2021-05-%02[2]d","by":"zhang","outcome":"Confirmed"}},
		"status":{"observedGeneration":1,"state":"Confirmed","line":"medical","verifyBy":"2021-05-%02[2]d","conditions":[` + condition("Ready", "True", "Judged") + `]}}`,
		func() client.Object { return &v1alpha1.RiskSignal{} }, 850},
	"Review": {`{"apiVersion":"fangpin.io/v1alpha1","kind":"Review",` + metadata + `,
		"spec":{"householdRef":{"name":"hh-%06[1]d"},"purpose":"Identification","opened":"2021-04-01","records":[
			{"step":"home-visit","date":"2021-04-%02[2]d","by":"zhang","with":["liu"],"outcome":"Passed"},
			{"step":"village-appraisal","date":"2021-04-%02[2]d","by":"liu","outcome":"Passed","attendance":[{"role":"VillageRepresentative","count":17},{"role":"FirstSecretary","count":1}],"inFavour":15,"document":"minutes 2021-%04[1]d"},
			{"step":"public-notice","date":"2021-05-%02[2]d","from":"2021-04-29","until":"2021-05-06","sites":["village-office"],"by":"liu","outcome":"Passed","objections":0},
			{"step":"data-comparison","date":"2021-05-%02[2]d","by":"chen","outcome":"Passed","checks":[{"asset":"CommodityHousing","result":"Clear"},{"asset":"Vehicles","result":"Clear"}]},
			{"step":"county-approval","date":"2021-06-%02[2]d","by":"sun","outcome":"Passed","document":"approval 2021-%04[1]d"},
			{"step":"entry","date":"2021-06-%02[2]d","by":"li","outcome":"Passed","officer":"wang","plannedElimination":"2021-12-31"}]},
		"status":{"observedGeneration":6,"policyRef":{"name":"township-2021"},"stage":"Completed","steps":[
			{"name":"home-visit","state":"Passed","date":"2021-04-%02[2]d"},{"name":"village-appraisal","state":"Passed","date":"2021-04-%02[2]d"},
			{"name":"public-notice","state":"Passed","date":"2021-05-%02[2]d"},{"name":"data-comparison","state":"Passed","date":"2021-05-%02[2]d"},
			{"name":"county-approval","state":"Passed","date":"2021-06-%02[2]d"},{"name":"entry","state":"Passed","date":"2021-06-%02[2]d"}],
			"completed":"2021-06-%02[2]d","conditions":[` + condition("Completed", "True", "ReviewCompleted") + `,` + condition("Ready", "True", "Judged") + `]}}`,
		func() client.Object { return &v1alpha1.Review{} }, 3600},
}

const metadata = `"metadata":{"name":"paper-%06[1]d","namespace":"zhaotan","uid":"5e8a1f0c-0000-4000-8000-%012[1]d","resourceVersion":"%[1]d","generation":1,
	"creationTimestamp":"2021-06-01T08:00:00Z","managedFields":[{"manager":"kubectl-create","operation":"Update","apiVersion":"fangpin.io/v1alpha1",
	"time":"2021-06-01T08:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{".":{},"f:householdRef":{}}}}]}`

func condition(kind, status, reason string) string {
	return fmt.Sprintf(`{"type":%q,"status":%q,"observedGeneration":1,"lastTransitionTime":"2021-06-%%02[2]dT00:00:00Z","reason":%q,"message":""}`, kind, status, reason)
}

// heapOf decodes so many objects of a kind, has each looked at, and returns the
// bytes of heap that one holds.
func heapOf(tb testing.TB, kind string, objects int, look func(client.Object)) float64 {
	tb.Helper()
	arrival := arrivals[kind]
	held := make([]client.Object, objects)
	before := liveHeap()
	for i := range held {
		held[i] = arrival.new()
		if err := json.Unmarshal(fmt.Appendf(nil, arrival.text, i+1, i%28+1), held[i]); err != nil {
			tb.Fatal(err)
		}
		look(held[i])
	}
	after := liveHeap()
	runtime.KeepAlive(held)
	return (float64(after) - float64(before)) / float64(objects)
}

func liveHeap() uint64 {
	runtime.GC()
	runtime.GC() // frees what the first one's finalizers let go of
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

func trimWith(tb testing.TB, in *interner) func(client.Object) {
	return func(object client.Object) {
		if _, err := trim(in)(object); err != nil {
			tb.Fatal(err)
		}
	}
}

// TestPapersHoldLittleMemory holds what a lead, a review and a plan may take in
// the cache: a county has hundreds of thousands of them.
func TestPapersHoldLittleMemory(t *testing.T) {
	for kind, arrival := range arrivals {
		if got := heapOf(t, kind, 2000, trimWith(t, newInterner())); got > arrival.wantHeap {
			t.Errorf("%s: one holds %.0f bytes of heap, want at most %.0f", kind, got, arrival.wantHeap)
		}
	}
}

// BenchmarkHeap measures the bytes of heap that one cached object holds: as it is
// decoded, without managedFields, and with what it shares and does not keep.
func BenchmarkHeap(b *testing.B) {
	for kind := range arrivals {
		for _, arm := range []struct {
			name string
			look func(client.Object)
		}{
			{"Decoded", func(client.Object) {}},
			{"WithoutManagedFields", trimWith(b, nil)},
			{"Shared", trimWith(b, newInterner())},
		} {
			b.Run(kind+"/"+arm.name, func(b *testing.B) {
				var held float64
				for b.Loop() {
					held = heapOf(b, kind, 2000, arm.look)
				}
				b.ReportMetric(held, "heap-B/object")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}
