// SPDX-License-Identifier: Apache-2.0

package controllers_test

import (
	"strings"
	"testing"
	"time"

	eventsv1 "k8s.io/api/events/v1"

	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/internal/controlplane"
)

// events lists the events in the cluster and takes them away.
func (town *town) events() []eventsv1.Event {
	town.t.Helper()
	var list eventsv1.EventList
	if err := town.client.List(town.t.Context(), &list); err != nil {
		town.t.Fatal(err)
	}
	var ours []eventsv1.Event
	for i := range list.Items {
		if list.Items[i].ReportingController != "fangpin" {
			continue
		}
		ours = append(ours, list.Items[i])
		if err := client.IgnoreNotFound(town.client.Delete(town.t.Context(), &list.Items[i])); err != nil {
			town.t.Fatal(err)
		}
	}
	return ours
}

func TestNewsIsToldOnceAndWithoutPersonalData(t *testing.T) {
	town := emptyTown(t)
	town.events() // of other tests
	town.apply(plan, poor, fair)
	town.start(controlplane.ForTest(t).Config())
	var told []eventsv1.Event
	await := func(reason, name string) {
		t.Helper()
		waitFor(t, reason+" of "+name+" is told", func() bool {
			told = append(told, town.events()...)
			for _, e := range told {
				if e.Reason == reason && e.Regarding.Name == name {
					return true
				}
			}
			return false
		})
	}
	await("RolledOut", "plan")
	town.clock.SetTime(noonOf(time.July, 1))
	town.settle()
	await("Overdue", "poor")
	town.change(strings.Replace(poor, `income: "4800"`, `income: "8000"`, 1))
	await("TierChanged", "poor")
	town.change(strings.Replace(poor, "registration: Graduated", "registration: Poor", 1))
	await("StageChanged", "poor")

	// What a plan's change moves is told by the plan alone.
	town.change(strings.Replace(plan, `value: "5000"`, `value: "9500"`, 1))
	town.change(strings.Replace(plan, "survey.income < params.redLine", "survey.income < 1", 1))
	await("PolicyInvalid", "plan")
	families := map[string]int{}
	for _, e := range told {
		if e.Regarding.Kind == "Household" {
			families[e.Regarding.Name]++
		}
		if len(e.Note) > 1024 || e.Action == "" {
			t.Errorf("%s has a note of %d bytes and the action %q", e.Reason, len(e.Note), e.Action)
		}
		for _, secret := range []string{"张", "1111", "土坯", "4800", "8000"} {
			if strings.Contains(e.Note, secret) {
				t.Errorf("%s tells %q: %s", e.Reason, secret, e.Note)
			}
		}
	}
	if families["fair"] != 0 {
		t.Errorf("%d events of a family that only the plan has moved", families["fair"])
	}
	for _, secret := range []string{"张某某", "11111111", "土坯房"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log has %q", secret)
		}
	}
}
