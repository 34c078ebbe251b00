// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"fmt"
	"slices"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
)

// duties reads the plan's duties of jurisdictions and departments.
func (c *policyCompiler) duties() {
	seen := map[string]bool{}
	for i := range c.spec.Duties {
		d := &c.spec.Duties[i]
		path := fmt.Sprintf("spec.duties[%d]", i)
		c.once(seen, path+".name", "duty", string(d.Name))
		oneOf(c, path+".level", d.Level, levels()...)
		c.stated(path+".level", string(d.Level), "Province, Prefecture, County, Township or Village")
		oneOf(c, path+".metWhen", d.MetWhen, v1alpha1.DutyReportSubmitted, v1alpha1.DutySurveysDone, v1alpha1.DutySignalsArrived, v1alpha1.DutyRecorded)
		c.stated(path+".metWhen", string(d.MetWhen), "ReportSubmitted, SurveysDone, SignalsArrived or Recorded")
		rule := decision.DutyRule{
			Name: string(d.Name), Level: string(d.Level), Department: string(d.Department),
			From:    c.date(path+".from", d.From),
			Due:     c.due(path+".due", &d.Due, civil.DueUse{HasPeriod: d.Every != "", SinceLast: true}, true),
			MetWhen: dutyMetWhenOf(d.MetWhen), Escalate: escalations(d.Escalate),
		}
		if d.Every != "" {
			rule.Every = c.cycle(path+".every", d.Every)
		}
		if rule.From.IsZero() {
			rule.From = c.plan.From
		}
		for _, month := range d.Months {
			rule.Months = append(rule.Months, int(month))
		}
		c.dutyFits(path, d, &rule)
		c.plan.Duties = append(c.plan.Duties, rule)
	}
}

// dutyFits reports members of a duty that say nothing together.
func (c *policyCompiler) dutyFits(path string, d *v1alpha1.Duty, rule *decision.DutyRule) {
	sinceLast := rule.Due.Kind == civil.DueSinceLast
	if sinceLast && d.Every != "" {
		c.report(path+".every", "a duty that counts from the last time has no periods", "leave every out, or write a due rule that counts from the period's last day")
	}
	if sinceLast && rule.MetWhen != decision.DutyRecorded {
		c.report(path+".metWhen", "only a record says when it was done the last time", "write metWhen: Recorded")
	}
	if d.Every == "" && rule.MetWhen == decision.DutySurveysDone {
		c.report(path+".metWhen", "families are surveyed period by period, and this duty has none", "write every, such as Month")
	}
	if d.Every == "" && len(d.Months) > 0 {
		c.report(path+".months", "months choose among periods, and this duty has none", "write every: Month")
	}
	if rule.MetWhen == decision.DutySignalsArrived && d.Department == "" {
		c.report(path+".department", "a duty met by arrived leads says whose they are", "write the department")
	}
}

func dutyMetWhenOf(m v1alpha1.DutyMetWhen) decision.DutyMetWhen {
	switch m {
	case v1alpha1.DutyReportSubmitted:
		return decision.DutyReportSubmitted
	case v1alpha1.DutySurveysDone:
		return decision.DutySurveysDone
	case v1alpha1.DutySignalsArrived:
		return decision.DutySignalsArrived
	}
	return decision.DutyRecorded
}

// escalations reads who is told, in the order in which they are.
func escalations(in []v1alpha1.Escalation) []decision.Escalation {
	var out []decision.Escalation
	for _, e := range in {
		out = append(out, decision.Escalation{AfterDays: int(e.After.Days), To: string(e.To)})
	}
	slices.SortStableFunc(out, func(a, b decision.Escalation) int { return a.AfterDays - b.AfterDays })
	return out
}
