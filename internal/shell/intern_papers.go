// SPDX-License-Identifier: Apache-2.0

package shell

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// stated stands for a text of which judgments ask no more than whether it is
// there: the number of a document, the officer who is assigned.
const stated = "stated"

func keepPresence[S ~string](texts ...*S) {
	for _, text := range texts {
		if *text != "" {
			*text = stated
		}
	}
}

// signal shares what a lead has in common with others, and drops what no
// judgment reads: who verified it, and which document stands behind it.
func (in *interner) signal(s *v1alpha1.RiskSignal) {
	share(in, &s.Namespace)
	spec := &s.Spec
	share(in, &spec.Source)
	share(in, &spec.Department)
	share(in, &spec.Cause)
	share(in, &spec.Amount)
	share(in, &spec.Date, &spec.Entered)
	share(in, &spec.Period)
	keepPresence(&spec.Document)
	share(in, &spec.Consent)
	share(in, &spec.Proxy)
	share(in, &spec.Will)
	if v := spec.Verification; v != nil {
		v.By = ""
		share(in, &v.Date, &v.Entered)
		share(in, &v.Outcome)
		spec.Verification = in.verifications.share(v)
	}
	share(in, &s.Status.State)
	share(in, &s.Status.Line)
	share(in, &s.Status.VerifyBy)
	s.Status.Conditions = in.shareConditions(s.Status.Conditions)
}

// review shares what a review has in common with others, and drops what no
// judgment reads: reasons, which document, and which officer. Who signed a step
// is read, since nobody may sign for two.
func (in *interner) review(r *v1alpha1.Review) {
	share(in, &r.Namespace)
	spec := &r.Spec
	share(in, &spec.Purpose)
	share(in, &spec.Opened, &spec.Entered)
	spec.Standards = shareList(in, spec.Standards)
	for i := range spec.Records {
		in.record(&spec.Records[i])
	}
	spec.Records = exact(spec.Records)

	status := &r.Status
	status.PolicyRef = in.sharePolicy(status.PolicyRef)
	share(in, &status.Stage)
	share(in, &status.NextStep)
	share(in, &status.Due, &status.Completed)
	for i := range status.Steps {
		step := &status.Steps[i]
		share(in, &step.Name)
		share(in, &step.State)
		share(in, &step.Date)
		share(in, &step.Message)
	}
	status.Steps = exact(status.Steps)
	status.Conditions = in.shareConditions(status.Conditions)
}

func (in *interner) record(r *v1alpha1.StepRecord) {
	share(in, &r.Step, &r.To, &r.Department)
	share(in, &r.Date, &r.Entered, &r.From, &r.Until, &r.PlannedElimination)
	share(in, &r.By)
	r.With = shareList(in, r.With)
	share(in, &r.Outcome)
	r.Reason = ""
	keepPresence(&r.Document)
	keepPresence(&r.Officer)
	for i := range r.Attendance {
		share(in, &r.Attendance[i].Role)
	}
	for i := range r.Checks {
		share(in, &r.Checks[i].Asset)
		share(in, &r.Checks[i].Result)
	}
	r.Attendance, r.Checks = in.attendance.share(r.Attendance), in.checks.share(r.Checks)
	r.InFavour, r.Objections = in.counts.share(r.InFavour), in.counts.share(r.Objections)
	r.Sites = shareList(in, r.Sites)
}

// plan shares what an assistance plan has in common with others, and drops what
// no judgment reads: who delivered or cancelled a measure, with what evidence and
// for what reason.
func (in *interner) plan(p *v1alpha1.AssistancePlan) {
	share(in, &p.Namespace)
	if ref := &p.Spec.HouseholdRef; string(ref.Name) == p.Name {
		ref.Name = v1alpha1.ObjectName(p.Name)
	}
	for i := range p.Spec.Measures {
		in.measure(&p.Spec.Measures[i])
	}
	p.Spec.Measures = exact(p.Spec.Measures)

	status := &p.Status
	share(in, &status.Tier)
	share(in, &status.NextDeadline)
	status.OpenShortfalls, status.Uncovered = shareList(in, status.OpenShortfalls), shareList(in, status.Uncovered)
	for i := range status.Measures {
		m := &status.Measures[i]
		share(in, &m.Name)
		share(in, &m.State)
		share(in, &m.Due)
	}
	status.Measures = in.measures.share(status.Measures)
	status.Planned, status.Delivered, status.Overdue = in.counts.share(status.Planned), in.counts.share(status.Delivered), in.counts.share(status.Overdue)
	status.Conditions = in.shareConditions(status.Conditions)
}

func (in *interner) measure(m *v1alpha1.Measure) {
	share(in, &m.Name)
	share(in, &m.Kind)
	m.For = shareList(in, m.For)
	share(in, &m.Department)
	share(in, &m.Amount)
	share(in, &m.Date, &m.Due)
	if d := m.Delivered; d != nil {
		d.By, d.Evidence = "", ""
		share(in, &d.Date, &d.Entered)
		share(in, &d.Amount)
		m.Delivered = in.deliveries.share(d)
	}
	if c := m.Cancelled; c != nil {
		c.By, c.Reason = "", ""
		share(in, &c.Date, &c.Entered)
		m.Cancelled = in.cancellations.share(c)
	}
}

func (in *interner) shareConditions(list []metav1.Condition) []metav1.Condition {
	for i := range list {
		c := &list[i]
		share(in, &c.Type, &c.Reason, &c.Message)
		share(in, &c.Status)
	}
	return in.conditions.share(list)
}

func (in *interner) sharePolicy(ref *v1alpha1.PolicyReference) *v1alpha1.PolicyReference {
	if ref == nil {
		return nil
	}
	share(in, &ref.Name)
	return in.policies.share(ref)
}
