// SPDX-License-Identifier: Apache-2.0

package entry

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// mostMeasures is how many measures a plan holds.
const mostMeasures = 64

// Propose returns the measures that the judgment proposes and that the family's
// plan lacks, the shortfalls' first. A measure that is cancelled, or that was
// delivered and did not help, is as good as none.
func Propose(p translate.Papers, j *translate.Judgment) []v1alpha1.Measure {
	var out []v1alpha1.Measure
	for i := range j.Household.Shortfalls {
		s := &j.Household.Shortfalls[i]
		var department v1alpha1.Word
		if len(s.Departments) > 0 {
			department = s.Departments[0]
		}
		for _, kind := range s.Proposed {
			if Standing(p, j, kind, s.Standard) {
				continue
			}
			same := slices.IndexFunc(out, func(m v1alpha1.Measure) bool { return m.Kind == kind && m.Department == department })
			if same >= 0 {
				out[same].For = append(out[same].For, s.Standard)
				continue
			}
			out = append(out, v1alpha1.Measure{Kind: kind, For: []v1alpha1.Word{s.Standard}, Department: department})
		}
	}
	for _, kind := range j.Household.Proposed {
		if !Standing(p, j, kind, "") && !slices.ContainsFunc(out, func(m v1alpha1.Measure) bool { return m.Kind == kind }) {
			out = append(out, v1alpha1.Measure{Kind: kind})
		}
	}
	return out
}

// Standing says whether the plan has a measure of a kind for a standard ("": for
// whatever) that may still help.
func Standing(p translate.Papers, j *translate.Judgment, kind v1alpha1.MeasureKind, standard v1alpha1.Word) bool {
	if p.Plan == nil {
		return false
	}
	return slices.ContainsFunc(p.Plan.Spec.Measures, func(m v1alpha1.Measure) bool {
		useless := m.Cancelled != nil || stateOf(j, m.Name) == v1alpha1.MeasureIneffective
		return m.Kind == kind && !useless && (standard == "" || slices.Contains(m.For, standard))
	})
}

func stateOf(j *translate.Judgment, measure string) v1alpha1.MeasureState {
	if j.Plan == nil {
		return ""
	}
	for _, m := range j.Plan.Measures {
		if string(m.Name) == measure {
			return m.State
		}
	}
	return ""
}

// Plan adds measures to the family's plan, or opens one with them. Names are
// made from the kinds.
func Plan(p translate.Papers, s Stamp, measures []v1alpha1.Measure) (*Entry, error) {
	plan := p.Plan
	if plan == nil {
		plan = &v1alpha1.AssistancePlan{
			TypeMeta:   typeOf("AssistancePlan"),
			ObjectMeta: metav1.ObjectMeta{Namespace: p.Household.Namespace, Name: p.Household.Name},
			Spec:       v1alpha1.AssistancePlanSpec{HouseholdRef: reference(p.Household)},
		}
	}
	grown := plan.DeepCopy()
	added := make([]any, len(measures))
	for i := range measures {
		m := &measures[i]
		m.Name, m.Date = freeMeasure(grown.Spec.Measures, m.Kind), s.date()
		grown.Spec.Measures = append(grown.Spec.Measures, *m)
		added[i] = m
	}
	if len(grown.Spec.Measures) > mostMeasures {
		return nil, wording.Fault(wording.PlanFull, plan.Name, mostMeasures)
	}
	e := &Entry{Object: grown, New: p.Plan == nil, Fact: added, Path: "spec.measures", Papers: p}
	e.Papers.Plan = grown
	if e.New {
		e.Fact, e.Path = grown, ""
		return e, nil
	}
	e.Patch = []Operation{guard(plan)}
	if len(plan.Spec.Measures) == 0 {
		e.Patch = append(e.Patch, Operation{Op: "add", Path: "/spec/measures", Value: added})
		return e, nil
	}
	for _, m := range added {
		e.Patch = append(e.Patch, Operation{Op: "add", Path: "/spec/measures/-", Value: m})
	}
	return e, nil
}

func freeMeasure(measures []v1alpha1.Measure, kind v1alpha1.MeasureKind) string {
	name := kebab(string(kind))
	for n := 2; slices.ContainsFunc(measures, func(m v1alpha1.Measure) bool { return m.Name == name }); n++ {
		name = fmt.Sprintf("%s-%d", kebab(string(kind)), n)
	}
	return name
}

// Deliver states the delivery of a measure.
func Deliver(p translate.Papers, s Stamp, measure string, d *v1alpha1.Delivery) (*Entry, error) {
	d.Date, d.By, d.Entered = s.date(), s.By, s.entered()
	return end(p, measure, "delivered", d, func(m *v1alpha1.Measure) { m.Delivered = d })
}

// Cancel gives a measure up, with the reason.
func Cancel(p translate.Papers, s Stamp, measure string, reason v1alpha1.Text) (*Entry, error) {
	c := &v1alpha1.Cancellation{Date: s.date(), By: s.By, Entered: s.entered(), Reason: reason}
	return end(p, measure, "cancelled", c, func(m *v1alpha1.Measure) { m.Cancelled = c })
}

// end ends a measure that still stands; both endings are final.
func end(p translate.Papers, measure, field string, fact any, set func(*v1alpha1.Measure)) (*Entry, error) {
	plan := p.Plan.DeepCopy()
	i := slices.IndexFunc(plan.Spec.Measures, func(m v1alpha1.Measure) bool { return m.Name == measure })
	if i < 0 {
		return nil, wording.Fault(wording.NoSuchMeasure, measure, strings.Join(names(plan.Spec.Measures), ", "))
	}
	m := &plan.Spec.Measures[i]
	switch {
	case m.Delivered != nil:
		return nil, wording.Fault(wording.DeliveredAlready, measure, m.Delivered.Date, m.Delivered.By)
	case m.Cancelled != nil:
		return nil, wording.Fault(wording.CancelledAlready, measure, m.Cancelled.Date, m.Cancelled.By)
	}
	set(m)
	e := &Entry{
		Object: plan, Fact: fact, Papers: p,
		Path: fmt.Sprintf("spec.measures[%s].%s", measure, field),
		Patch: []Operation{
			guard(p.Plan),
			{Op: "add", Path: "/spec/measures/" + strconv.Itoa(i) + "/" + field, Value: fact},
		},
	}
	e.Papers.Plan = plan
	return e, nil
}

func names(measures []v1alpha1.Measure) []string {
	out := make([]string, len(measures))
	for i := range measures {
		out[i] = measures[i].Name
	}
	return out
}

// Undelivered returns the names of the measures that still stand.
func Undelivered(p translate.Papers) []string {
	var out []string
	if p.Plan == nil {
		return nil
	}
	for i := range p.Plan.Spec.Measures {
		if m := &p.Plan.Spec.Measures[i]; m.Delivered == nil && m.Cancelled == nil {
			out = append(out, m.Name)
		}
	}
	return out
}
