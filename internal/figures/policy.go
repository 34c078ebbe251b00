// SPDX-License-Identifier: Apache-2.0

package figures

import (
	"fmt"
	"strings"
	"time"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/conditions"
	"fangpin.io/fangpin/internal/rollup"
	"fangpin.io/fangpin/internal/translate"
)

// Rollout is how far a policy has come.
type Rollout struct {
	// Governed is how many families are under the policy today.
	Governed int
	// Evaluated is how many of those were judged at its present generation.
	Evaluated int
	// Tiers counts families by tier, over all policies.
	Tiers []rollup.Group
}

// Governed counts the families under each policy at an instant. Own says how
// many families count right at a jurisdiction.
func Governed(w *translate.World, own func(jurisdiction string) int, now time.Time) map[string]int {
	governed := map[string]int{}
	for _, name := range w.Nodes() {
		families := own(name)
		if families == 0 {
			continue
		}
		if policy, fault := w.InForce(name, now); fault == nil {
			governed[policy.Policy.Name] += families
		}
	}
	return governed
}

// PolicyStatus is whether a policy of the world compiles and is in force at an
// instant, and how far it is rolled out.
func PolicyStatus(w *translate.World, policy *translate.CompiledPolicy, r Rollout, now time.Time) *v1alpha1.MonitoringPolicyStatus {
	evaluated := min(r.Evaluated, r.Governed)
	s := &v1alpha1.MonitoringPolicyStatus{
		ObservedGeneration: policy.Policy.Generation,
		Governed:           new(number(r.Governed)),
		Evaluated:          new(number(evaluated)),
	}
	for _, g := range groups(r.Tiers, tierOrder(w)) {
		if string(g.Policy) == policy.Policy.Name {
			s.Tiers = append(s.Tiers, v1alpha1.PolicyTierCount{Name: g.Name, Households: g.Households})
		}
	}
	c := &conditions.List{Generation: policy.Policy.Generation, Zone: policy.Plan.Zone}
	rests := restsSince(policy.Policy.Spec, 0)
	fault := policyFault(w, policy)
	if fault != nil {
		c.Fail(rests, fault.Reason, fault.Message)
	} else {
		c.Set(v1alpha1.ConditionReady, conditions.Answer{Holds: true, Since: rests, Reason: v1alpha1.ReasonCompiled})
	}
	c.Set(v1alpha1.ConditionCompiled, compiled(policy, rests))
	c.Set(v1alpha1.ConditionInForce, inForce(w, policy, fault, rests, now))
	c.Set(v1alpha1.ConditionRolledOut, rolledOut(policy, rests, r.Governed, evaluated))
	s.Conditions = c.Sorted()
	return s
}

// policyFault is what a person has to mend before the policy can rule.
func policyFault(w *translate.World, policy *translate.CompiledPolicy) *translate.Fault {
	place := string(policy.Policy.Spec.JurisdictionRef.Name)
	node, _ := w.Node(place)
	rivals := rivalsOf(w, policy)
	switch {
	case policy.Problems.Fatal():
		return &translate.Fault{Reason: v1alpha1.ReasonPolicyInvalid, Message: problemList(policy)}
	case node == nil:
		return &translate.Fault{Reason: v1alpha1.ReasonReferenceNotFound, Message: fmt.Sprintf(
			"There is no Jurisdiction %s: create it, or correct spec.jurisdictionRef.", place)}
	case len(rivals) > 0:
		return &translate.Fault{Reason: v1alpha1.ReasonPolicyConflict, Message: fmt.Sprintf(
			"At jurisdiction %s this policy begins on %s, and so does %s: change spec.effectiveFrom of all but one, or delete them.",
			place, policy.Plan.From, strings.Join(rivals, ", "))}
	}
	return nil
}

// rivalsOf lists the other policies that begin on the same day at the same
// jurisdiction.
func rivalsOf(w *translate.World, policy *translate.CompiledPolicy) []string {
	var rivals []string
	for _, name := range w.Policies() {
		other := w.Policy(name)
		if other != policy && other.Policy.Spec.JurisdictionRef == policy.Policy.Spec.JurisdictionRef && other.Plan.From == policy.Plan.From {
			rivals = append(rivals, name)
		}
	}
	return rivals
}

func compiled(policy *translate.CompiledPolicy, rests civil.Day) conditions.Answer {
	if policy.Problems.Fatal() {
		return conditions.Answer{Since: rests, Reason: v1alpha1.ReasonPolicyInvalid, Message: problemList(policy)}
	}
	return conditions.Answer{Holds: true, Since: rests, Reason: v1alpha1.ReasonCompiled, Message: problemList(policy)}
}

// problemList lists the problems that keep a policy from compiling, else its
// warnings.
func problemList(policy *translate.CompiledPolicy) string {
	if errors := policy.Problems.Errors(); len(errors) > 0 {
		return errors.String()
	}
	return policy.Problems.Warnings().String()
}

// inForce says whether the policy is in force today somewhere, and since when
// that is so. On a day on which it would be, but for a fault of its own, it says
// that fault.
func inForce(w *translate.World, policy *translate.CompiledPolicy, fault *translate.Fault, rests civil.Day, now time.Time) conditions.Answer {
	var spans []span
	for _, name := range w.Descendants(string(policy.Policy.Spec.JurisdictionRef.Name)) {
		for _, stretch := range w.Timeline(name) {
			if stretch.Plan == policy.Plan {
				spans = append(spans, span{stretch.From, stretch.Until})
			}
		}
	}
	today := civil.At(now, policy.Plan.Zone)
	holds, since := run(spans, today)
	if since.IsZero() {
		since = rests
	}
	if holds {
		return conditions.Answer{Holds: true, Since: since, Reason: v1alpha1.ReasonInForce}
	}
	reason, message := notInForce(policy.Plan.From, policy.Plan.Until, today)
	if reason == v1alpha1.ReasonReplaced && fault != nil {
		reason, message = fault.Reason, fault.Message
	}
	return conditions.Answer{Since: since, Reason: reason, Message: message}
}

func notInForce(from, until, today civil.Day) (reason, message string) {
	switch {
	case today < from:
		return v1alpha1.ReasonNotYetInForce, fmt.Sprintf("The policy begins on %s.", from)
	case !until.IsZero() && today > until:
		return v1alpha1.ReasonEnded, fmt.Sprintf("The policy ended on %s.", until)
	}
	return v1alpha1.ReasonReplaced, "Nearer or newer policies, or a fault in the tree of jurisdictions, leave this one nowhere in force today."
}

func rolledOut(policy *translate.CompiledPolicy, rests civil.Day, governed, evaluated int) conditions.Answer {
	switch {
	case policy.Problems.Fatal():
		return conditions.Answer{Since: rests, Reason: v1alpha1.ReasonPolicyInvalid, Message: "Nothing is concluded until the policy compiles; families keep the status that they have."}
	case evaluated < governed:
		return conditions.Answer{Since: rests, Reason: v1alpha1.ReasonProgressing, Message: fmt.Sprintf("%d of %d households are judged at generation %d.", evaluated, governed, policy.Policy.Generation)}
	}
	return conditions.Answer{Holds: true, Since: rests, Reason: v1alpha1.ReasonRolledOut}
}
