// SPDX-License-Identifier: Apache-2.0

// Package metrics holds every metric of the manager. None has a label that
// identifies a family: the finest grain is a township.
package metrics

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

const namespace = "fangpin"

var (
	// Judgments counts judgments of families, by the reason of their condition
	// Ready (Judged, NoPolicy, PolicyInvalid and so on).
	Judgments = prometheus.NewCounterVec(prometheus.CounterOpts{
		Namespace: namespace, Name: "judgments_total",
		Help: "Judgments of families, by the reason of their condition Ready.",
	}, []string{"reason"})

	// JudgmentSeconds is the time to judge one family, reading and writing excluded.
	JudgmentSeconds = prometheus.NewHistogram(prometheus.HistogramOpts{
		Namespace: namespace, Name: "judgment_seconds",
		Help:    "Time to judge one family, without reading and writing.",
		Buckets: []float64{1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 5e-3, 2e-2, 1e-1},
	})

	// StatusWrites counts writes of statuses by kind and result: saved, conflict
	// (somebody else wrote first; judged again), gone (deleted), error.
	StatusWrites = prometheus.NewCounterVec(prometheus.CounterOpts{
		Namespace: namespace, Name: "status_writes_total",
		Help: "Writes of statuses, by kind and result (saved, conflict, gone, error).",
	}, []string{"kind", "result"})

	// Events counts events that were told, by reason.
	Events = prometheus.NewCounterVec(prometheus.CounterOpts{
		Namespace: namespace, Name: "events_total",
		Help: "Events told about families and policies, by reason.",
	}, []string{"reason"})

	// Sleeping is how many objects wait on a wall-clock wheel.
	Sleeping = prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Namespace: namespace, Name: "wheel_sleeping",
		Help: "Objects that wait on the wall-clock wheel, by controller.",
	}, []string{"controller"})

	// WorldBuilds counts compilations of all policies and jurisdictions.
	WorldBuilds = prometheus.NewCounter(prometheus.CounterOpts{
		Namespace: namespace, Name: "world_builds_total",
		Help: "How often the policies and the tree of jurisdictions were put together anew.",
	})

	// WorldBuildSeconds is the time that one of them took.
	WorldBuildSeconds = prometheus.NewHistogram(prometheus.HistogramOpts{
		Namespace: namespace, Name: "world_build_seconds",
		Help:    "Time to put the policies and the tree of jurisdictions together.",
		Buckets: []float64{.001, .005, .02, .05, .1, .2, .5, 1, 2, 5, 10},
	})

	// PolicyProblems is how many problems keep a policy from compiling.
	PolicyProblems = prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Namespace: namespace, Name: "policy_problems",
		Help: "Problems that keep a policy from compiling; 0 is fine.",
	}, []string{"policy"})

	// PolicyHouseholds is how many families a policy governs, and how many of
	// them were judged at its present generation.
	PolicyHouseholds = prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Namespace: namespace, Name: "policy_households",
		Help: "Families under a policy today (state governed), and those of them judged at its present generation (evaluated).",
	}, []string{"policy", "state"})

	// Households is how many families a jurisdiction has in each tier of each
	// policy, for townships and above.
	Households = prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Namespace: namespace, Name: "households",
		Help: "Families by jurisdiction (townships and above), policy and tier.",
	}, []string{"jurisdiction", "level", "policy", "tier"})

	// Unjudged is how many families of a jurisdiction could not be judged.
	Unjudged = prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Namespace: namespace, Name: "households_unjudged",
		Help: "Families that could not be judged, by jurisdiction (townships and above).",
	}, []string{"jurisdiction", "level"})

	// OpenShortfalls is how many shortfalls are open in a jurisdiction.
	OpenShortfalls = prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Namespace: namespace, Name: "open_shortfalls",
		Help: "Open shortfalls by jurisdiction (townships and above) and standard.",
	}, []string{"jurisdiction", "level", "standard"})

	// OverdueDuties is how many periods of a duty are overdue at a township or above,
	// with those of its villages.
	OverdueDuties = prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Namespace: namespace, Name: "overdue_duties",
		Help: "Overdue periods of duties by jurisdiction (townships and above, villages counted at their township), level that has the duty, and duty.",
	}, []string{"jurisdiction", "level", "duty"})

	// ReportsUnopened counts attempts to open the form of a monthly report where the
	// jurisdiction's namespace does not exist.
	ReportsUnopened = prometheus.NewCounter(prometheus.CounterOpts{
		Namespace: namespace, Name: "reports_unopened_total",
		Help: "Attempts to open the form of a monthly report that found no namespace for it; tried again every ten minutes.",
	})

	// OverdueDeadlines is how many deadlines are overdue in a jurisdiction.
	OverdueDeadlines = prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Namespace: namespace, Name: "overdue_deadlines",
		Help: "Overdue deadlines of families, and own overdue duties, by jurisdiction (townships and above).",
	}, []string{"jurisdiction", "level"})
)

// all lists the metrics, for Register.
func all() []prometheus.Collector {
	return []prometheus.Collector{
		Judgments, JudgmentSeconds, StatusWrites, Events, Sleeping,
		WorldBuilds, WorldBuildSeconds, PolicyProblems, PolicyHouseholds,
		Households, Unjudged, OpenShortfalls, OverdueDeadlines, OverdueDuties, ReportsUnopened,
	}
}

// Register makes the metrics known to a registry. Registering twice is fine:
// several managers of one process share them.
func Register(registry prometheus.Registerer) error {
	for _, collector := range all() {
		if err := registry.Register(collector); err != nil && !errors.As(err, &prometheus.AlreadyRegisteredError{}) {
			return err
		}
	}
	return nil
}

// ForgetJurisdiction drops the series of a jurisdiction, before they are set
// anew or because it is gone.
func ForgetJurisdiction(name string) {
	labels := prometheus.Labels{"jurisdiction": name}
	for _, vector := range []*prometheus.GaugeVec{Households, Unjudged, OpenShortfalls, OverdueDeadlines} {
		vector.DeletePartialMatch(labels)
	}
}

// ForgetPolicy drops the series of a policy that is gone.
func ForgetPolicy(name string) {
	labels := prometheus.Labels{"policy": name}
	PolicyProblems.DeletePartialMatch(labels)
	PolicyHouseholds.DeletePartialMatch(labels)
}
