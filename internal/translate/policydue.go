// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"fmt"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
)

// deadlines reads the plan's deadlines of families. Their windows must cover
// every day of the plan: a start day that no window holds would have no answer.
func (c *policyCompiler) deadlines() {
	seen := map[string]bool{}
	for i := range c.spec.Deadlines {
		d := &c.spec.Deadlines[i]
		path := fmt.Sprintf("spec.deadlines[%d]", i)
		c.once(seen, path+".name", "deadline", string(d.Name))
		c.knownTiers(path+".tiers", d.Tiers)
		out := decision.DeadlineRule{
			Name: string(d.Name), Tiers: texts(d.Tiers),
			Starts: startOf(d.Starts), MetWhen: metWhenOf(d.MetWhen),
		}
		for k := range d.Due {
			w := &d.Due[k]
			at := fmt.Sprintf("%s.due[%d]", path, k)
			out.Windows = append(out.Windows, civil.Window{
				From: c.date(at+".from", w.From), Until: c.date(at+".until", w.Until),
				Due: c.due(at, &w.Due, civil.DueUse{}, false),
			})
		}
		c.windows(path+".due", out.Windows)
		last := int32(-1)
		for k, e := range d.Escalate {
			if e.After.Days <= last {
				c.report(fmt.Sprintf("%s.escalate[%d].after", path, k), "the days do not ascend", "list who is told first, first")
			}
			last = e.After.Days
			out.Escalate = append(out.Escalate, decision.Escalation{AfterDays: int(e.After.Days), To: string(e.To)})
		}
		c.plan.Deadlines = append(c.plan.Deadlines, out)
	}
}

func (c *policyCompiler) windows(path string, windows []civil.Window) {
	for k, w := range windows {
		if w.Interval().IsEmpty() {
			c.report(fmt.Sprintf("%s[%d]", path, k), fmt.Sprintf("until %s is before from %s", w.Until, w.From), "exchange the two")
			return
		}
	}
	for _, gap := range civil.Uncovered(windows, civil.Interval{From: c.plan.From, Until: c.plan.Until}) {
		c.report(path, fmt.Sprintf("no window holds the start days %s", gap),
			"add a window for them; one without a due rule says that nothing is due, on purpose")
	}
	for _, o := range civil.Overlaps(windows) {
		c.report(fmt.Sprintf("%s[%d]", path, o.B), fmt.Sprintf("the days %s lie in due[%d] too", o.Days, o.A), "let each day lie in one window")
	}
}

func startOf(s v1alpha1.DeadlineStart) decision.Start {
	switch s {
	case v1alpha1.StartsIdentified:
		return decision.StartIdentified
	case v1alpha1.StartsFirstShortfall:
		return decision.StartFirstShortfall
	}
	return decision.StartTierSince
}

func metWhenOf(m v1alpha1.DeadlineMetWhen) decision.MetWhen {
	switch m {
	case v1alpha1.MetRiskEliminated:
		return decision.MetRiskEliminated
	case v1alpha1.MetTierLeft:
		return decision.MetTierLeft
	case v1alpha1.MetIdentified:
		return decision.MetIdentified
	case v1alpha1.MetRecorded:
		return decision.MetRecorded
	case v1alpha1.MetDelivered:
		return decision.MetDelivered
	}
	return decision.MetShortfallsClosed
}

// due reads a due rule, of which exactly one member may stand; none only where
// that is allowed to mean that nothing is due.
func (c *policyCompiler) due(path string, d *v1alpha1.Due, use civil.DueUse, required bool) civil.Due {
	out, members := c.dueMember(path, d)
	switch {
	case members > 1:
		c.report(path, "more than one due rule stands", "keep one of date, monthDay, days, months, endOf, dayOfNextMonth, sinceLast")
	case members == 0 && required:
		c.report(path, "no due rule stands", "write one of date, monthDay, days, months, endOf, dayOfNextMonth")
	}
	for _, fault := range out.Faults(use) {
		c.report(path, fault, "")
	}
	return out
}

func (c *policyCompiler) dueMember(path string, d *v1alpha1.Due) (out civil.Due, members int) {
	take := func(stands bool, rule civil.Due) {
		if stands {
			members++
			out = rule
		}
	}
	take(d.Date != "", civil.Due{Kind: civil.DueDate, Date: c.date(path+".date", d.Date)})
	if d.MonthDay != "" {
		md, err := civil.ParseMonthDay(string(d.MonthDay))
		if err != nil {
			c.report(path+".monthDay", err.Error(), "")
		}
		take(true, civil.Due{Kind: civil.DueMonthDay, MonthDay: md})
	}
	if d.Days != nil {
		take(true, civil.Due{Kind: civil.DueDays, N: int(*d.Days)})
	}
	if d.Months != nil {
		take(true, civil.Due{Kind: civil.DueMonths, N: int(*d.Months)})
	}
	take(d.EndOf == "Period", civil.Due{Kind: civil.DueEndOfPeriod})
	if d.EndOf != "" && d.EndOf != "Period" {
		cycle, _ := civil.ParseCycle(string(d.EndOf))
		take(true, civil.Due{Kind: civil.DueEndOf, Of: cycle})
	}
	if d.DayOfNextMonth != nil {
		take(true, civil.Due{Kind: civil.DueDayOfNextMonth, N: int(*d.DayOfNextMonth)})
	}
	if d.SinceLast != nil {
		take(true, civil.Due{Kind: civil.DueSinceLast, N: int(d.SinceLast.Months)})
	}
	return out, members
}
