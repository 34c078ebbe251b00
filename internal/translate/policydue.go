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
		oneOf(c, path+".starts", d.Starts, v1alpha1.StartsTierSince, v1alpha1.StartsIdentified, v1alpha1.StartsFirstShortfall)
		oneOf(c, path+".metWhen", d.MetWhen, v1alpha1.MetShortfallsClosed, v1alpha1.MetRiskEliminated, v1alpha1.MetTierLeft,
			v1alpha1.MetIdentified, v1alpha1.MetRecorded, v1alpha1.MetDelivered)
		c.stated(path+".starts", string(d.Starts), "TierSince, Identified or FirstShortfall")
		c.stated(path+".metWhen", string(d.MetWhen), "ShortfallsClosed, RiskEliminated, TierLeft, Identified, Recorded or Delivered")
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
		out.Escalate = escalations(d.Escalate)
		c.plan.Deadlines = append(c.plan.Deadlines, out)
	}
}

// stated reports a word that must be there.
func (c *policyCompiler) stated(path, word, choices string) {
	if word == "" {
		c.report(path, "it is missing", "write "+choices)
	}
}

// windows checks that each day of the plan lies in one window.
func (c *policyCompiler) windows(path string, windows []civil.Window) {
	within := civil.Interval{From: c.plan.From, Until: c.plan.Until}
	broken := within.From.IsZero() || within.IsEmpty() // reported already
	for k, w := range windows {
		if w.Interval().IsEmpty() {
			c.report(fmt.Sprintf("%s[%d]", path, k), fmt.Sprintf("until %s is before from %s", w.Until, w.From), "exchange the two")
			broken = true
		}
	}
	if broken {
		return
	}
	for _, gap := range civil.Uncovered(windows, within) {
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
	members := c.dueMembers(path, d)
	switch {
	case len(members) > 1:
		c.report(path, "more than one due rule stands", "keep one of date, monthDay, days, months, endOf, dayOfNextMonth, sinceLast")
	case len(members) == 0 && required:
		c.report(path, "no due rule stands", "write one of date, monthDay, days, months, endOf, dayOfNextMonth")
	}
	if len(members) != 1 {
		return civil.Due{}
	}
	for _, fault := range members[0].Faults(use) {
		c.report(path, fault, "")
	}
	return members[0]
}

// dueMembers reads what stands of a due rule. A member that cannot be read is
// reported and counts as nothing due.
func (c *policyCompiler) dueMembers(path string, d *v1alpha1.Due) []civil.Due {
	var out []civil.Due
	if d.Date != "" {
		rule := civil.Due{}
		if day := c.date(path+".date", d.Date); !day.IsZero() {
			rule = civil.Due{Kind: civil.DueDate, Date: day}
		}
		out = append(out, rule)
	}
	if d.MonthDay != "" {
		rule := civil.Due{}
		if md, err := civil.ParseMonthDay(string(d.MonthDay)); err != nil {
			c.report(path+".monthDay", err.Error(), "")
		} else {
			rule = civil.Due{Kind: civil.DueMonthDay, MonthDay: md}
		}
		out = append(out, rule)
	}
	if d.Days != nil {
		out = append(out, civil.Due{Kind: civil.DueDays, N: int(*d.Days)})
	}
	if d.Months != nil {
		out = append(out, civil.Due{Kind: civil.DueMonths, N: int(*d.Months)})
	}
	if d.EndOf != "" {
		out = append(out, c.endOf(path+".endOf", d.EndOf))
	}
	if d.DayOfNextMonth != nil {
		out = append(out, civil.Due{Kind: civil.DueDayOfNextMonth, N: int(*d.DayOfNextMonth)})
	}
	if d.SinceLast != nil {
		out = append(out, civil.Due{Kind: civil.DueSinceLast, N: int(d.SinceLast.Months)})
	}
	return out
}

func (c *policyCompiler) endOf(path string, end v1alpha1.EndOf) civil.Due {
	const period = "Period"
	oneOf(c, path, end, "Month", "Quarter", "Year", period)
	if end == period {
		return civil.Due{Kind: civil.DueEndOfPeriod}
	}
	of, err := civil.ParseCycle(string(end))
	if err != nil || (of != civil.Month && of != civil.Quarter && of != civil.Year) {
		return civil.Due{}
	}
	return civil.Due{Kind: civil.DueEndOf, Of: of}
}
