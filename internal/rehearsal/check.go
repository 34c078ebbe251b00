// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"context"
	"fmt"
	"slices"

	"k8s.io/apimachinery/pkg/api/equality"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/population"
)

// clearRed is the plan's deadline for red families: what was found by 30 June is
// to be made good by then (R01.D6).
const clearRed = "clear-red"

// marked is the rule by which a family of the 2019 library is red (R01.T1).
const marked = "marked-earlier"

// Figures are what a check has found on a day, all from statuses.
type Figures struct {
	Day      civil.Day
	Families int
	Tiers    map[string]int // households by tier; those without are under ""
	Clear    map[v1alpha1.DeadlineState]int
	Overdue  int // overdue deadlines of all families
	Plans    int
	Papers   int // leads and reviews
	Compared int // statuses of families and their papers that equal the core's
	RollUps  int // jurisdictions whose figures are the sums of their families'
}

// Check compares every status in the cluster with what the core says of the
// specs on this day, every roll-up with the sum of its families, and the tiers
// with those that the plan has.
func (t *Town) Check(ctx context.Context) (Figures, error) {
	s, err := t.snapshot(ctx)
	if err != nil {
		return Figures{}, err
	}
	found := &differences{}
	f := figuresOf(s, t.today)
	f.Compared = s.compareStatuses(t.today, found)
	f.RollUps = s.compareRollUps(found)
	s.checkTiers(found)
	return f, found.err(t.today)
}

// figuresOf counts what the statuses say.
func figuresOf(s *snapshot, day civil.Day) Figures {
	f := Figures{
		Day: day, Families: len(s.households), Plans: len(s.plans),
		Tiers: map[string]int{}, Clear: map[v1alpha1.DeadlineState]int{},
	}
	for _, h := range s.households {
		key := client.ObjectKeyFromObject(h)
		f.Papers += len(s.signals[key]) + len(s.reviews[key])
		f.count(&h.Status)
	}
	return f
}

func (f *Figures) count(status *v1alpha1.HouseholdStatus) {
	f.Tiers[string(status.Tier)]++
	if status.Overdue != nil {
		f.Overdue += int(*status.Overdue)
	}
	for _, d := range status.Deadlines {
		if d.Kind == "Tier" && d.Name == clearRed {
			f.Clear[d.State]++
		}
	}
}

// Foretell counts what the core says that the statuses will be on a day if
// nobody writes anything until then.
func (t *Town) Foretell(ctx context.Context, day civil.Day) (Figures, error) {
	s, err := t.snapshot(ctx)
	if err != nil {
		return Figures{}, err
	}
	f := Figures{Day: day, Families: len(s.households), Tiers: map[string]int{}, Clear: map[v1alpha1.DeadlineState]int{}}
	for _, h := range s.households {
		status := s.judge(h, day)[0].should.(v1alpha1.HouseholdStatus)
		f.count(&status)
	}
	return f, nil
}

// Differs names the first figure of f that is not as it was foretold; "" if all
// are.
func (f Figures) Differs(foretold Figures) string {
	for _, pair := range []struct {
		what      string
		want, got any
	}{
		{"tiers", foretold.Tiers, f.Tiers},
		{"deadlines " + clearRed, foretold.Clear, f.Clear},
		{"overdue deadlines", foretold.Overdue, f.Overdue},
	} {
		if !equality.Semantic.DeepEqual(pair.want, pair.got) {
			return fmt.Sprintf("%s: the core foretold %v, and the statuses say %v", pair.what, pair.want, pair.got)
		}
	}
	return ""
}

// compareStatuses compares each status with the core's, field by field, and
// returns how many are equal.
func (s *snapshot) compareStatuses(day civil.Day, found *differences) int {
	equal := 0
	for _, j := range s.all(day) {
		if difference := apart(j.is, j.should); difference == "" {
			equal++
		} else {
			found.add("%s %s/%s: %s", j.kind, j.namespace, j.name, difference)
		}
	}
	return equal
}

// checkTiers looks for a tier that the plan in force for a family does not have:
// blue cannot occur under R01.
func (s *snapshot) checkTiers(found *differences) {
	known := map[string][]string{}
	for _, p := range s.policies {
		for _, tier := range p.Spec.Tiers {
			known[p.Name] = append(known[p.Name], string(tier.Name))
		}
	}
	for _, h := range s.households {
		policy, tier := "", string(h.Status.Tier)
		if h.Status.PolicyRef != nil {
			policy = string(h.Status.PolicyRef.Name)
		}
		if tier != "" && tier != "Undetermined" && !slices.Contains(known[policy], tier) {
			found.add("household %s is in tier %q, which policy %q does not have", h.Name, tier, policy)
		}
	}
}

// CheckMarked makes sure that each family of the 2019 library is red for that
// reason and monitored (R01.S1, R01.T1), and returns how many there are.
func (t *Town) CheckMarked(ctx context.Context) (int, error) {
	s, err := t.snapshot(ctx)
	if err != nil {
		return 0, err
	}
	found, red := &differences{}, 0
	for _, h := range s.households {
		if !slices.ContainsFunc(h.Status.Reasons, func(r v1alpha1.Reason) bool { return r.Rule == marked }) {
			continue
		}
		red++
		if h.Status.Tier != "Red" || h.Status.Stage != v1alpha1.StageMonitored {
			found.add("%s is of the 2019 library, and is %s and %s", h.Name, h.Status.Tier, h.Status.Stage)
		}
	}
	groups := t.options.Groups
	if groups == (population.Groups{}) {
		groups = population.PlanGroups
	}
	if red != groups.Marked() {
		found.add("%d families are red by the 2019 library, and %d were marked", red, groups.Marked())
	}
	return red, found.err(t.today)
}
