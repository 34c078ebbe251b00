// SPDX-License-Identifier: Apache-2.0

package jurisdiction

import (
	"sync"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/metrics"
	"fangpin.io/fangpin/internal/translate"
)

// arrears keeps which duties are overdue where, to count those of villages at
// their township: a series for each village would be many.
type arrears struct {
	mu    sync.Mutex
	nodes map[string]owed
}

// owed are the overdue periods of a node by duty, and where they are counted.
type owed struct {
	township string
	level    string
	periods  map[string]int
}

func newArrears() *arrears { return &arrears{nodes: map[string]owed{}} }

// publish counts a node's overdue duties anew.
func (a *arrears) publish(world *translate.World, j *v1alpha1.Jurisdiction, duties []v1alpha1.DutyState) {
	now := owed{township: j.Name, level: string(j.Spec.Level), periods: map[string]int{}}
	if j.Spec.Level == v1alpha1.LevelVillage {
		now.township = world.Parent(j.Name)
	}
	for i := range duties {
		overdue := 0 // also shown
		if duties[i].State == v1alpha1.DutyOverdue {
			overdue = 1
		}
		now.periods[string(duties[i].Name)] += overdue
	}
	a.replace(j.Name, now)
}

func (a *arrears) forget(node string) { a.replace(node, owed{}) }

// replace takes the difference between what a node owed and owes into the
// counts.
func (a *arrears) replace(node string, now owed) {
	a.mu.Lock()
	defer a.mu.Unlock()
	before := a.nodes[node]
	a.nodes[node] = now
	if now.township == "" {
		delete(a.nodes, node)
	}
	for _, at := range [...]owed{before, now} {
		for duty := range at.periods {
			a.count(at.township, at.level, duty)
		}
	}
}

func (a *arrears) count(township, level, duty string) {
	sum, asked := 0, false
	for _, one := range a.nodes {
		if one.township == township && one.level == level {
			n, has := one.periods[duty]
			sum, asked = sum+n, asked || has
		}
	}
	if asked {
		metrics.OverdueDuties.WithLabelValues(township, level, duty).Set(float64(sum))
	} else {
		metrics.OverdueDuties.DeleteLabelValues(township, level, duty)
	}
}
