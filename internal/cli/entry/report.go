// SPDX-License-Identifier: Apache-2.0

package entry

import (
	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/figures"
)

// Submit adds to a report that its unit asserts the figures.
func Submit(report *v1alpha1.MonthlyReport, s Stamp, asserted *v1alpha1.Figures) (*Entry, error) {
	if before := report.Spec.Submitted; before != nil {
		return nil, wording.Fault(wording.SubmittedAlready, report.Name, before.Date, before.By)
	}
	submission := &v1alpha1.Submission{
		Date: s.date(), By: s.By, Entered: s.entered(), Figures: asserted.DeepCopy(), Digest: figures.Digest(asserted),
	}
	submitted := report.DeepCopy()
	submitted.Spec.Submitted = submission
	return &Entry{
		Object: submitted, Path: "spec.submitted", Fact: submission,
		Patch: []Operation{guard(report), {Op: "add", Path: "/spec/submitted", Value: submission}},
	}, nil
}

// RecordDuty adds to a report that a duty was done; to a form that does not exist
// yet, where it is to be created with the record.
func RecordDuty(report *v1alpha1.MonthlyReport, isNew bool, s Stamp, record v1alpha1.DutyRecord) *Entry {
	record.Date, record.By, record.Entered = s.date(), s.By, s.entered()
	recorded := report.DeepCopy()
	n := len(recorded.Spec.DutyRecords)
	recorded.Spec.DutyRecords = append(recorded.Spec.DutyRecords, record)
	if isNew {
		return &Entry{Object: recorded, New: true, Fact: recorded}
	}
	return &Entry{
		Object: recorded, Path: "spec.dutyRecords", Fact: record,
		Patch: appended(report, "/spec/dutyRecords", n, record),
	}
}
