// SPDX-License-Identifier: Apache-2.0

package metrics_test

import (
	"slices"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"fangpin.io/fangpin/internal/metrics"
)

// touch makes every metric have a series, so that Gather shows its labels.
func touch() {
	metrics.Judgments.WithLabelValues("Judged")
	metrics.StatusWrites.WithLabelValues("Household", "saved")
	metrics.Events.WithLabelValues("TierChanged")
	metrics.Sleeping.WithLabelValues("family")
	metrics.PolicyProblems.WithLabelValues("town-2020")
	metrics.PolicyHouseholds.WithLabelValues("town-2020", "governed")
	metrics.Households.WithLabelValues("zhaotan", "Township", "town-2020", "Red")
	metrics.Unjudged.WithLabelValues("zhaotan", "Township")
	metrics.OpenShortfalls.WithLabelValues("zhaotan", "Township", "Housing")
	metrics.OverdueDeadlines.WithLabelValues("zhaotan", "Township")
	metrics.OverdueDuties.WithLabelValues("zhaotan", "Village", "monthly-report")
}

func series(t *testing.T, registry *prometheus.Registry) map[string]int {
	t.Helper()
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, family := range families {
		counts[family.GetName()] = len(family.GetMetric())
		for _, metric := range family.GetMetric() {
			for _, label := range metric.GetLabel() {
				allowed := []string{"reason", "kind", "result", "controller", "policy", "state", "jurisdiction", "level", "tier", "standard", "duty"}
				if !slices.Contains(allowed, label.GetName()) {
					t.Errorf("%s has the label %s: a label must not identify a family", family.GetName(), label.GetName())
				}
			}
		}
	}
	return counts
}

func TestSeriesComeAndGoWithTheirObjects(t *testing.T) {
	registry := prometheus.NewRegistry()
	for range 2 {
		if err := metrics.Register(registry); err != nil {
			t.Fatalf("registering, also for a second time: %v", err)
		}
	}
	touch()
	if got := len(series(t, registry)); got != 15 {
		t.Errorf("%d metrics, want 15: add a new one to touch", got)
	}
	metrics.ForgetJurisdiction("zhaotan")
	metrics.ForgetPolicy("town-2020")
	left := series(t, registry)
	for _, gone := range []string{"fangpin_households", "fangpin_households_unjudged", "fangpin_open_shortfalls", "fangpin_overdue_deadlines", "fangpin_policy_problems", "fangpin_policy_households"} {
		if left[gone] != 0 {
			t.Errorf("%s still has %d series", gone, left[gone])
		}
	}
}
