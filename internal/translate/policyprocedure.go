// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"fmt"
	"slices"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/plan"
)

// channels reads the sources of leads that the plan accepts.
func (c *policyCompiler) channels() {
	seen := map[string]bool{}
	for i := range c.spec.Channels {
		ch := &c.spec.Channels[i]
		path := fmt.Sprintf("spec.channels[%d]", i)
		c.once(seen, path+".name", "channel", string(ch.Name))
		oneOf(c, path+".name", ch.Name, v1alpha1.SourceSelfReport, v1alpha1.SourceStaffScreening, v1alpha1.SourceDepartment,
			v1alpha1.SourcePetition, v1alpha1.SourceMedia, v1alpha1.SourceAudit)
		for k, need := range ch.Requires {
			oneOf(c, fmt.Sprintf("%s.requires[%d]", path, k), need, v1alpha1.SignalNeedsDocument, v1alpha1.SignalNeedsConsent, v1alpha1.SignalNeedsWill)
		}
		// Will needs no field: whoever speaks for a family must have it confirmed,
		// whatever the channel.
		c.plan.Channels = append(c.plan.Channels, decision.Channel{
			Source:   string(ch.Name),
			Document: slices.Contains(ch.Requires, v1alpha1.SignalNeedsDocument),
			Consent:  slices.Contains(ch.Requires, v1alpha1.SignalNeedsConsent),
		})
	}
}

// warningLines reads the lines by which leads are judged, in their order.
func (c *policyCompiler) warningLines() {
	seen := map[string]bool{}
	for i := range c.spec.WarningLines {
		l := &c.spec.WarningLines[i]
		path := fmt.Sprintf("spec.warningLines[%d]", i)
		c.once(seen, path+".name", "warning line", string(l.Name))
		out := decision.WarningLine{Name: string(l.Name), Cause: string(l.Cause), When: c.rules.Compile(path+".when", string(l.When), plan.InWarningLine)}
		if l.VerifyWithin != nil {
			out.VerifyWithin = c.due(path+".verifyWithin", l.VerifyWithin, civil.DueUse{}, true)
		}
		c.plan.WarningLines = append(c.plan.WarningLines, out)
	}
}

// procedures reads the plan's procedures.
func (c *policyCompiler) procedures() {
	purposes := map[string]bool{}
	for i := range c.spec.Procedures {
		p := &c.spec.Procedures[i]
		path := fmt.Sprintf("spec.procedures[%d]", i)
		c.once(purposes, path+".purpose", "procedure", string(p.Purpose))
		oneOf(c, path+".prior", p.Prior, v1alpha1.PriorMarksCount)
		oneOf(c, path+".after", p.After, v1alpha1.AfterRelease, v1alpha1.AfterKeepWatching)
		out := decision.Procedure{
			Purpose: string(p.Purpose), MarksCount: p.Prior == v1alpha1.PriorMarksCount,
			StableSurveys: 1, KeepWatching: p.After == v1alpha1.AfterKeepWatching,
			Blockers: c.blockers(path, p.Blockers), Steps: c.steps(path, p.Steps),
		}
		if p.StableSurveys != nil {
			out.StableSurveys = int(*p.StableSurveys)
		}
		if p.Minimum != nil {
			out.Quarters, out.Counted = int(p.Minimum.Quarters), c.counting(path+".minimum", p.Minimum)
		}
		if p.Purpose != v1alpha1.PurposeElimination && (p.Minimum != nil || p.StableSurveys != nil || p.After != "") {
			c.warn(path, "minimum, stableSurveys and after say something of an Elimination alone", "remove them here")
		}
		c.plan.Procedures = append(c.plan.Procedures, out)
	}
}

func (c *policyCompiler) counting(path string, m *v1alpha1.Minimum) decision.Counting {
	oneOf(c, path+".counted", m.Counted, v1alpha1.CountRolling, v1alpha1.CountCurrentAndNext, v1alpha1.CountWholeQuarters)
	c.stated(path+".counted", string(m.Counted), "Rolling, CurrentAndNext or WholeQuarters")
	if m.Quarters < 1 {
		c.report(path+".quarters", fmt.Sprintf("%d quarters are no minimum", m.Quarters), "write 1 or more, or leave minimum out")
	}
	switch m.Counted {
	case v1alpha1.CountCurrentAndNext:
		return decision.CurrentAndNext
	case v1alpha1.CountWholeQuarters:
		return decision.WholeQuarters
	}
	return decision.Rolling
}

// reservedHolds are the names under which the contract itself blocks.
var reservedHolds = []string{
	decision.HoldMinimumPeriod, decision.HoldNotStable, decision.HoldShortfallsOpen, decision.HoldNotIdentified, decision.HoldFactsMissing,
}

func (c *policyCompiler) blockers(path string, in []v1alpha1.Blocker) []decision.Blocker {
	var out []decision.Blocker
	seen := map[string]bool{}
	for k := range in {
		b, at := &in[k], fmt.Sprintf("%s.blockers[%d]", path, k)
		c.once(seen, at+".name", "blocker", string(b.Name))
		if slices.Contains(reservedHolds, string(b.Name)) {
			c.report(at+".name", fmt.Sprintf("%s is the name of what blocks under every plan", b.Name), "choose another name")
		}
		out = append(out, decision.Blocker{Name: string(b.Name), Message: string(b.Message), When: c.rules.Compile(at+".when", string(b.When), plan.InTier)})
	}
	return out
}

// steps reads a procedure's steps and checks that each refers to steps that
// there are, and says only what means something for its type.
func (c *policyCompiler) steps(path string, steps []v1alpha1.Step) []decision.Step {
	names := map[string]bool{}
	for k := range steps {
		c.once(names, fmt.Sprintf("%s.steps[%d].name", path, k), "step", string(steps[k].Name))
	}
	if len(steps) == 0 {
		c.report(path+".steps", "a procedure without steps never completes", "write at least one step")
	}
	var out []decision.Step
	for k := range steps {
		at := fmt.Sprintf("%s.steps[%d]", path, k)
		for n, other := range steps[k].NotBy {
			if !names[string(other)] || other == steps[k].Name {
				c.report(fmt.Sprintf("%s.notBy[%d]", at, n), fmt.Sprintf("%s is no other step of this procedure", other), "name a step that stands in it")
			}
		}
		out = append(out, c.step(at, &steps[k]))
	}
	return out
}

func (c *policyCompiler) step(at string, s *v1alpha1.Step) decision.Step {
	out := decision.Step{
		Name: string(s.Name), Type: c.stepType(at, s.Type), Level: string(s.Level), Requires: c.requirements(at, s.Requires),
		ByDepartment: s.Applicant == v1alpha1.ApplicantDepartment, Assets: texts(s.Assets), NotBy: texts(s.NotBy),
	}
	oneOf(c, at+".applicant", s.Applicant, v1alpha1.ApplicantDepartment)
	for _, rule := range s.Attendance {
		out.Attendance = append(out.Attendance, decision.Attendance{Role: string(rule.Role), Count: int(rule.Min)})
	}
	if s.MinDays != nil {
		out.MinDays = int(*s.MinDays)
	}
	if s.Sites != nil {
		out.SiteKinds = texts(s.Sites.Kinds)
		if s.Sites.ClusterOf != nil {
			out.ClusterOf = int(*s.Sites.ClusterOf)
		}
	}
	if s.Within != nil {
		out.Within = c.due(at+".within", s.Within, civil.DueUse{}, true)
	}
	for _, idle := range []struct {
		field string
		set   bool
		of    v1alpha1.StepType
	}{
		{"applicant", s.Applicant != "", v1alpha1.StepApplication},
		{"minDays", s.MinDays != nil, v1alpha1.StepPublicNotice},
		{"sites", s.Sites != nil, v1alpha1.StepPublicNotice},
		{"assets", len(s.Assets) > 0, v1alpha1.StepDataComparison},
	} {
		if idle.set && s.Type != idle.of {
			c.warn(at+"."+idle.field, fmt.Sprintf("it says something of a %s alone, and this step is a %s", idle.of, s.Type), "remove it, or correct type")
		}
	}
	return out
}

func (c *policyCompiler) stepType(at string, t v1alpha1.StepType) decision.StepType {
	known := []v1alpha1.StepType{
		v1alpha1.StepHomeVisit, v1alpha1.StepAppraisal, v1alpha1.StepPublicNotice, v1alpha1.StepDataComparison,
		v1alpha1.StepDecision, v1alpha1.StepRegistration, v1alpha1.StepApplication,
	}
	oneOf(c, at+".type", t, known...)
	c.stated(at+".type", string(t), "HomeVisit, Appraisal, PublicNotice, DataComparison, Decision, Registration or Application")
	return [...]decision.StepType{
		decision.HomeVisit, decision.Appraisal, decision.PublicNotice, decision.DataComparison,
		decision.Decision, decision.Registration, decision.Application,
	}[max(0, slices.Index(known, t))]
}

func (c *policyCompiler) requirements(at string, in []v1alpha1.StepRequirement) decision.Requirement {
	known := []v1alpha1.StepRequirement{
		v1alpha1.NeedsDocument, v1alpha1.NeedsOfficer, v1alpha1.NeedsPlannedElimination, v1alpha1.NeedsPlan, v1alpha1.NeedsIdentified, v1alpha1.NeedsRecorded,
	}
	var out decision.Requirement
	for i, word := range in {
		oneOf(c, fmt.Sprintf("%s.requires[%d]", at, i), word, known...)
		switch word {
		case v1alpha1.NeedsDocument:
			out |= decision.NeedsDocument
		case v1alpha1.NeedsOfficer:
			out |= decision.NeedsOfficer
		case v1alpha1.NeedsPlannedElimination:
			out |= decision.NeedsPlannedElimination
		case v1alpha1.NeedsPlan:
			out |= decision.NeedsPlan
		case v1alpha1.NeedsIdentified:
			out |= decision.NeedsIdentified
		case v1alpha1.NeedsRecorded:
			out |= decision.NeedsRecorded
		}
	}
	return out
}
