// SPDX-License-Identifier: Apache-2.0

package papers

import (
	"cmp"
	"slices"
	"time"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/rollup"
	"fangpin.io/fangpin/internal/translate"
)

// Summary adds judged families up, for the statuses of jurisdictions and
// policies.
type Summary struct {
	world    *translate.World
	register *rollup.Register
	now      time.Time
	governed map[string]int
	reports  []*v1alpha1.MonthlyReport
	months   []civil.Period // of the reports
	count    *rollup.MonthCount
}

// NewSummary returns a summary at an instant, of no families yet. The reports
// tell which duties were done, and which months are added up.
func NewSummary(world *translate.World, reports []*v1alpha1.MonthlyReport, now time.Time) *Summary {
	s := &Summary{world: world, reports: reports, register: rollup.NewRegister(), now: now}
	tree := figures.TreeOf(world)
	s.register.SetTree(tree)
	var nodes []string
	for _, r := range reports {
		if month, ok := figures.ReportMonth(r); ok {
			s.months = append(s.months, month)
			nodes = append(nodes, string(r.Spec.JurisdictionRef.Name))
		}
	}
	slices.SortFunc(s.months, func(a, b civil.Period) int { return cmp.Compare(a.Start, b.Start) })
	s.months = slices.Compact(s.months)
	s.count = rollup.NewMonthCount(tree, len(s.months), nodes)
	return s
}

// Months is what a family adds to the months of the reports; it may be asked for
// many families at once.
func (s *Summary) Months(p translate.Papers) []rollup.Month {
	if len(s.months) == 0 {
		return nil
	}
	return s.world.Months(p, s.months, s.now)
}

// AddMonths counts what a family adds to the months.
func (s *Summary) AddMonths(h *v1alpha1.Household, months []rollup.Month) {
	s.count.Add(h.Namespace, figures.Named(h), months)
}

// Report is the status of one of the reports, once all families were added with
// their months.
func (s *Summary) Report(r *v1alpha1.MonthlyReport) *v1alpha1.MonthlyReportStatus {
	month, _ := figures.ReportMonth(r)
	sums := s.count.Sum(string(r.Spec.JurisdictionRef.Name), slices.Index(s.months, month)).Figures()
	return figures.ReportStatus(s.world, r, &sums, s.now)
}

// Add counts a family by what was concluded about it.
func (s *Summary) Add(h *v1alpha1.Household, judgment *translate.Judgment) {
	judged := *h
	judged.Status = *judgment.Household
	key := rollup.Key{Namespace: h.Namespace, Name: h.Name}
	s.register.Put(key, figures.Named(h), figures.Of(&judged))
	if !judgment.Evidence.IsZero() {
		s.register.Attest(key, &judgment.Evidence)
	}
}

// Jurisdiction is the status of a node, nil if the world does not have it.
func (s *Summary) Jurisdiction(j *v1alpha1.Jurisdiction) *v1alpha1.JurisdictionStatus {
	sums, known := s.register.Figures(j.Name)
	if !known {
		return nil
	}
	said, _ := s.register.Evidence(j.Name)
	status, _ := figures.JurisdictionStatus(s.world, j, figures.Basis{
		Figures: sums, Duties: s.world.DutyFacts(j.Name, s.reports, said),
	}, s.now)
	return status
}

// Policy is the status of a policy, nil if the world does not have it: it was
// entered after the day up to which things are known. All families are judged
// by it as it stands.
func (s *Summary) Policy(p *v1alpha1.MonitoringPolicy) *v1alpha1.MonitoringPolicyStatus {
	compiled := s.world.Policy(p.Name)
	if compiled == nil {
		return nil
	}
	if s.governed == nil {
		s.governed = figures.Governed(s.world, s.register.OwnHouseholds, s.now)
	}
	governed := s.governed[p.Name]
	return figures.PolicyStatus(s.world, compiled, figures.Rollout{
		Governed: governed, Evaluated: governed, Tiers: s.register.All().Tiers,
	}, s.now)
}

// DayOf is the civil day of an instant in China.
func DayOf(instant time.Time) civil.Day { return civil.At(instant, china()) }

// Noon is the middle of a day in China, so that it lies on that day in every
// zone that a plan may name there.
func Noon(day civil.Day) time.Time {
	const half = 12 * time.Hour
	return day.In(china()).Add(half)
}

func china() *time.Location {
	zone, err := civil.LoadZone(civil.DefaultZone)
	if err != nil {
		return time.UTC
	}
	return zone
}
