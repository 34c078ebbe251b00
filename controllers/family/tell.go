// SPDX-License-Identifier: Apache-2.0

package family

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/metrics"
	"fangpin.io/fangpin/internal/translate"
)

// The reasons of events about families, and the action that brought them about.
const (
	reasonTierChanged  = "TierChanged"
	reasonStageChanged = "StageChanged"
	reasonOverdue      = "Overdue"
	reasonNotOverdue   = "NoLongerOverdue"
	actionJudge        = "Judge"
)

// news is one event: codes and counts, and nothing about a person.
type news struct{ kind, reason, note string }

// tell makes known what has changed in a household's status after it was saved.
//
// What a change of plan moves is told by the plan, once, and not by every family
// that it moves: such news would double the writes of a roll-out, and nobody
// could read them.
func (r *Reconciler) tell(world *translate.World, h *v1alpha1.Household, before, now *v1alpha1.HouseholdStatus) {
	if r.planChanged(world, h, before, now) {
		return
	}
	for _, n := range newsOf(before, now) {
		r.Events.Eventf(h, nil, n.kind, n.reason, actionJudge, "%s", n.note)
		metrics.Events.WithLabelValues(n.reason).Inc()
	}
}

// planChanged reports whether the family was judged by another plan before, or
// by another generation of it.
func (r *Reconciler) planChanged(world *translate.World, h *v1alpha1.Household, before, now *v1alpha1.HouseholdStatus) bool {
	if before.PolicyRef == nil || now.PolicyRef == nil || *before.PolicyRef != *now.PolicyRef {
		return true // also the first judgment, which is no change
	}
	last, known := r.Progress.Last(client.ObjectKeyFromObject(h))
	return known && last != versionOf(world, now)
}

// newsOf lists what has changed from one judgment to the next.
func newsOf(before, now *v1alpha1.HouseholdStatus) []news {
	var list []news
	if before.Tier != now.Tier {
		list = append(list, news{corev1.EventTypeNormal, reasonTierChanged,
			fmt.Sprintf("Tier %s, before %s (policy %s).", orNone(now.Tier), orNone(before.Tier), now.PolicyRef.Name)})
	}
	if before.Stage != now.Stage {
		list = append(list, news{corev1.EventTypeNormal, reasonStageChanged,
			fmt.Sprintf("Stage %s, before %s (policy %s).", orNone(now.Stage), orNone(before.Stage), now.PolicyRef.Name)})
	}
	switch was, is := countOf(before.Overdue), countOf(now.Overdue); {
	case is > was:
		list = append(list, news{corev1.EventTypeWarning, reasonOverdue,
			fmt.Sprintf("Overdue deadlines: %d, before %d; see status.deadlines.", is, was)})
	case is == 0 && was > 0:
		list = append(list, news{corev1.EventTypeNormal, reasonNotOverdue, "No deadline is overdue any more."})
	}
	return list
}

func orNone[S ~string](word S) string {
	if word == "" {
		return "none"
	}
	return string(word)
}

func countOf(n *int32) int32 {
	if n == nil {
		return 0
	}
	return *n
}
