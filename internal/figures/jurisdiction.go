// SPDX-License-Identifier: Apache-2.0

package figures

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/conditions"
	"fangpin.io/fangpin/internal/rollup"
	"fangpin.io/fangpin/internal/translate"
)

// Basis is what a jurisdiction's status rests on, beside the policies.
type Basis struct {
	rollup.Figures                     // of the families at it and below
	Duties         translate.DutyFacts // what was done at it
}

// JurisdictionStatus is the roll-up of a jurisdiction at an instant: the figures
// of the families at it and below, its duties, and the policy in force. Next is
// the first instant at which its duties could change; zero: never.
func JurisdictionStatus(w *translate.World, j *v1alpha1.Jurisdiction, f Basis, now time.Time) (status *v1alpha1.JurisdictionStatus, next time.Time) {
	policy, fault := w.InForce(j.Name, now)
	s := &v1alpha1.JurisdictionStatus{
		ObservedGeneration: j.Generation,
		Households: &v1alpha1.HouseholdCounts{
			Total: number(f.Households), InScope: number(f.InScope), Monitored: number(f.Monitored),
			Eliminated: number(f.Eliminated), Unjudged: number(f.Unjudged),
		},
		Persons:        &v1alpha1.PersonCounts{Total: number(f.Persons), Monitored: number(f.MonitoredPersons)},
		Tiers:          groups(f.Tiers, tierOrder(w)),
		Categories:     groups(f.Categories, categoryOrder(w)),
		OpenShortfalls: new(number(f.OpenShortfalls)),
		Overdue:        new(number(f.Overdue)),
		NextDeadline:   v1alpha1.Date(f.NextDeadline.String()),
	}
	duties := w.DutiesOn(j.Name, f.Duties, w.Today(j.Name, now))
	s.Duties = duties.States
	if duties.Kept {
		s.Duties = j.Status.Duties
	}
	for i := range s.Duties {
		if s.Duties[i].State == v1alpha1.DutyOverdue {
			*s.Overdue++
		}
	}
	for _, cause := range f.Causes {
		s.Causes = append(s.Causes, v1alpha1.CauseCount{
			Name: v1alpha1.Cause(cause.Name), Households: number(cause.Households), Persons: number(cause.Persons),
		})
	}
	s.Shortfalls = shortfallCounts(f.Shortfalls)
	if policy != nil {
		s.PolicyRef = &v1alpha1.PolicyReference{Name: v1alpha1.ObjectName(policy.Policy.Name)}
	}
	s.Conditions = jurisdictionConditions(w, j, policy, fault, f.Figures, now).Sorted()
	if !duties.Next.IsZero() {
		next = w.Instant(j.Name, duties.Next, now)
	}
	return s, next
}

func jurisdictionConditions(w *translate.World, j *v1alpha1.Jurisdiction, policy *translate.CompiledPolicy, fault *translate.Fault, f rollup.Figures, now time.Time) *conditions.List {
	c := &conditions.List{Generation: j.Generation, Zone: zoneOf(policy)}
	rests := restsSince(j.Spec, firstDay(policy))
	if _, broken := w.Node(j.Name); broken != nil {
		c.Fail(rests, broken.Reason, broken.Message)
	} else {
		c.Set(v1alpha1.ConditionReady, conditions.Answer{Holds: true, Since: rests, Reason: v1alpha1.ReasonAggregated})
	}
	var resolved []span
	for _, stretch := range w.Timeline(j.Name) {
		if stretch.Plan != nil {
			resolved = append(resolved, span{stretch.From, stretch.Until})
		}
	}
	since := rests
	if _, start := run(resolved, w.Today(j.Name, now)); !start.IsZero() {
		since = start
	}
	if fault != nil {
		c.Set(v1alpha1.ConditionPolicyResolved, conditions.Answer{Since: since, Reason: fault.Reason, Message: fault.Message})
		return c
	}
	c.Set(v1alpha1.ConditionPolicyResolved, conditions.Answer{Holds: true, Since: since, Reason: v1alpha1.ReasonPolicyFound})
	if within, asked := withinScale(j, policy, f); asked {
		within.Since = rests
		c.Set(v1alpha1.ConditionWithinScale, within)
	}
	return c
}

// withinScale compares the persons monitored with the policy's advice, where it
// gives one and the registered persons are stated.
func withinScale(j *v1alpha1.Jurisdiction, policy *translate.CompiledPolicy, f rollup.Figures) (a conditions.Answer, asked bool) {
	scale, registered := policy.Policy.Spec.Scale, j.Spec.RegisteredPersons
	if scale == nil || registered == nil {
		return conditions.Answer{}, false
	}
	if int64(f.MonitoredPersons)*100 <= int64(scale.GuidancePercent)*int64(*registered) {
		return conditions.Answer{Holds: true, Reason: v1alpha1.ReasonWithinGuidance}, true
	}
	return conditions.Answer{
		Reason: v1alpha1.ReasonAboveGuidance,
		Message: fmt.Sprintf("%d persons are monitored, more than %d percent of the %d registered: see that identification is as strict as elsewhere; the figure is advice, and nobody in need is to be left out for it.",
			f.MonitoredPersons, scale.GuidancePercent, *registered),
	}, true
}

// groups lists the counts by policy and then in the order that the policy gives
// its own names.
func groups(in []rollup.Group, order func(policy, name string) int) []v1alpha1.NamedCount {
	sorted := slices.SortedFunc(slices.Values(in), func(a, b rollup.Group) int {
		return cmp.Or(cmp.Compare(a.Policy, b.Policy),
			cmp.Compare(order(a.Policy, a.Name), order(b.Policy, b.Name)), cmp.Compare(a.Name, b.Name))
	})
	var out []v1alpha1.NamedCount
	for _, g := range sorted {
		out = append(out, v1alpha1.NamedCount{
			Policy: v1alpha1.ObjectName(g.Policy), Name: v1alpha1.Word(g.Name), Households: number(g.Households), Persons: number(g.Persons),
		})
	}
	return out
}

func shortfallCounts(in []rollup.StandardCount) []v1alpha1.ShortfallCount {
	var out []v1alpha1.ShortfallCount
	for _, s := range in {
		out = append(out, v1alpha1.ShortfallCount{Standard: v1alpha1.Word(s.Standard), Open: number(s.Open), Overdue: number(s.Overdue)})
	}
	return out
}

// tierOrder ranks the tiers of a policy, most severe first; Undetermined and
// what the policy does not know come last.
func tierOrder(w *translate.World) func(policy, name string) int {
	return func(policy, name string) int {
		c := w.Policy(policy)
		if c == nil {
			return 0
		}
		return place(len(c.Plan.Tiers), func(i int) bool { return c.Plan.Tiers[i].Name == name })
	}
}

func categoryOrder(w *translate.World) func(policy, name string) int {
	return func(policy, name string) int {
		c := w.Policy(policy)
		if c == nil {
			return 0
		}
		return place(len(c.Plan.Categories), func(i int) bool { return c.Plan.Categories[i].Name == name })
	}
}

func place(n int, is func(int) bool) int {
	for i := range n {
		if is(i) {
			return i
		}
	}
	return n
}

func zoneOf(policy *translate.CompiledPolicy) *time.Location {
	if policy == nil {
		return defaultZone
	}
	return policy.Plan.Zone
}

func firstDay(policy *translate.CompiledPolicy) civil.Day {
	if policy == nil {
		return 0
	}
	return policy.Plan.From
}

// defaultZone is the zone of whatever no policy rules.
var defaultZone = func() *time.Location {
	zone, err := civil.LoadZone("")
	if err != nil {
		return time.UTC
	}
	return zone
}()

func number(n int) int32 { return int32(min(n, 1<<31-1)) }
