// SPDX-License-Identifier: Apache-2.0

package decision

import "fangpin.io/fangpin/internal/civil"

// The outcomes of records.
const (
	outcomePassed   = "Passed"
	outcomeFailed   = "Failed"
	outcomeReturned = "Returned"
)

// finding is what is found about one step of a review.
type finding struct {
	state    StepState
	record   int       // the record that counts, -1: none
	date     civil.Day // of that record
	start    civil.Day // what the limit counts from, once its turn has come
	due      civil.Day // zero: no limit
	returned civil.Day // the day on which the review was sent back to it
	faults   []Fault

	notice   Notice    // of a PublicNotice: as completed from the records before
	objected civil.Day // when objections were stated that nothing has settled
}

func (f *finding) passed() bool { return f.state == StepPassed || f.state == StepPassedLate }

// examination judges one review by its records: of a step's records the last in
// the list counts, and a Returned one asks for all from its step on again.
type examination struct {
	review       *Review
	file         *file
	startCounted bool
	sites        [][]Site

	records  []int
	next     int
	blocked  bool
	rejected bool
}

func (e *examination) walk(records []int) {
	e.records, e.next = records, -1
	for k := range e.file.findings {
		e.file.findings[k] = finding{state: StepPending, record: -1}
	}
	for _, r := range records {
		e.count(r)
	}
	ahead, last := -1, e.review.Opened // the step ahead, and its day
	for k := range e.file.findings {
		d := &e.file.findings[k]
		turn := e.next < 0
		if turn {
			d.start, d.due = last, e.file.proc.Steps[k].Within.On(last, civil.DueContext{StartCounted: e.startCounted})
		}
		if d.record < 0 {
			if turn {
				d.state, e.next = StepWaiting, k
			}
			continue
		}
		e.check(k, ahead, last)
		switch {
		case len(d.faults) > 0:
			d.state, e.blocked = StepInvalid, true
		case e.review.Records[d.record].Outcome == outcomeFailed:
			d.state, e.rejected, e.next = StepFailed, true, -1
			e.forgetFrom(k + 1)
			return
		case !d.due.IsZero() && d.date > d.due:
			d.state = StepPassedLate
		default:
			d.state = StepPassed
		}
		if d.passed() {
			ahead, last = k, d.date
		} else if turn {
			e.next = k
		}
	}
}

// stage is how far the review has come.
func (e *examination) stage() ReviewStage {
	switch {
	case e.rejected:
		return ReviewRejected
	case e.blocked:
		return ReviewBlocked
	case e.next < 0:
		return ReviewCompleted
	}
	return ReviewInProgress
}

// forgetFrom drops what counted for the step and those after it.
func (e *examination) forgetFrom(k int) {
	for ; k < len(e.file.findings); k++ {
		d := &e.file.findings[k]
		*d = finding{state: StepPending, record: -1, returned: d.returned, objected: d.objected}
	}
}

// count lets a record take the place of the one before of the same step.
func (e *examination) count(r int) {
	rec := &e.review.Records[r]
	k := e.file.proc.step(rec.Step)
	if k < 0 {
		return
	}
	if rec.Outcome == outcomeReturned {
		if to := e.returnsTo(rec, k); to >= 0 {
			e.forgetFrom(to)
			for i := to; i < len(e.file.findings); i++ {
				e.file.findings[i].returned = max(e.file.findings[i].returned, rec.Date)
			}
			return
		}
	}
	d := &e.file.findings[k]
	if e.file.proc.Steps[k].Type == PublicNotice {
		d.takeNotice(rec)
	}
	d.record, d.date = r, rec.Date
}

// returnsTo is the step to which a record returns the review, -1 if it names
// none of the steps up to its own.
func (e *examination) returnsTo(rec *Record, k int) int {
	if rec.To == "" {
		return k
	}
	if to := e.file.proc.step(rec.To); to <= k {
		return to
	}
	return -1
}

// check finds all that keeps the counting record from meeting its step.
func (e *examination) check(k, ahead int, last civil.Day) {
	d := &e.file.findings[k]
	rec := &e.review.Records[d.record]
	e.checkOrder(k, ahead, last)
	e.checkSigners(k, rec)
	if rec.Outcome == outcomeReturned {
		e.fault(k, Fault{Code: FaultReturnTo, Subject: rec.To})
	}
	if rec.Outcome != outcomePassed {
		return
	}
	e.checkPapers(k, rec)
	switch e.file.proc.Steps[k].Type {
	case PublicNotice:
		e.checkNotice(k, last)
	case DataComparison:
		e.checkAssets(k, rec)
	}
	d.faults = append(d.faults, e.file.gates[d.record]...)
}

func (e *examination) fault(k int, f Fault) {
	e.file.findings[k].faults = append(e.file.findings[k].faults, f)
}

// checkOrder asks that dates follow the order of the steps.
func (e *examination) checkOrder(k, ahead int, last civil.Day) {
	d := &e.file.findings[k]
	switch {
	case e.next >= 0:
		e.fault(k, Fault{Code: FaultOutOfTurn, Subject: e.file.proc.Steps[e.next].Name})
	case d.date < last && ahead >= 0:
		e.fault(k, Fault{Code: FaultBeforeStepAhead, Subject: e.file.proc.Steps[ahead].Name, Day: last})
	case d.date < last:
		e.fault(k, Fault{Code: FaultBeforeOpening, Day: last})
	case d.date < d.returned:
		e.fault(k, Fault{Code: FaultBeforeReturn, Day: d.returned})
	}
}

// checkSigners keeps duties apart (回避): the step's signer may be in no record of
// the steps that it names, nor in one of a step that names it, and nobody signs two
// decisions. Of two records that may not stand together the later one is at fault.
func (e *examination) checkSigners(k int, rec *Record) {
	step := &e.file.proc.Steps[k]
	if len(step.NotBy) > 0 && e.appears(k, rec) {
		for _, name := range step.NotBy {
			if e.signed(name, rec) {
				e.fault(k, Fault{Code: FaultNotBy, Subject: name})
			}
		}
	}
	for i := range k {
		d, before := &e.file.findings[i], &e.file.proc.Steps[i]
		if d.record >= 0 && contains(before.NotBy, step.Name) && rec.names(e.review.Records[d.record].By) {
			e.fault(k, Fault{Code: FaultKeptApart, Subject: before.Name})
		}
	}
	if step.Type != Decision {
		return
	}
	for i := range k {
		d := &e.file.findings[i]
		if e.file.proc.Steps[i].Type == Decision && d.record >= 0 && e.review.Records[d.record].By == rec.By {
			e.fault(k, Fault{Code: FaultSecondDecision, Subject: e.file.proc.Steps[i].Name})
			return
		}
	}
}

// appears reports whether the record's signer is in a record of any other step.
func (e *examination) appears(k int, rec *Record) bool {
	for _, r := range e.records {
		if other := &e.review.Records[r]; other.names(rec.By) && other.Step != e.file.proc.Steps[k].Name {
			return true
		}
	}
	return false
}

// signed reports whether the record's signer is in a record of the step that is
// dated not after it.
func (e *examination) signed(step string, rec *Record) bool {
	for _, r := range e.records {
		if other := &e.review.Records[r]; other.Step == step && other.Date <= rec.Date && other.names(rec.By) {
			return true
		}
	}
	return false
}

// names reports whether the user signed the record, went along or stood by.
func (r *Record) names(user string) bool { return r.By == user || contains(r.With, user) }

// checkPapers asks for what must stand in the record itself.
func (e *examination) checkPapers(k int, rec *Record) {
	step := &e.file.proc.Steps[k]
	for _, rule := range step.Attendance {
		if got := attended(rec.Attendance, rule.Role); got < rule.Count {
			e.fault(k, Fault{Code: FaultAttendance, Subject: rule.Role, Want: rule.Count, Got: got})
		}
	}
	if step.Requires&NeedsDocument != 0 && !rec.Document {
		e.fault(k, Fault{Code: FaultNoDocument})
	}
	if step.Requires&NeedsOfficer != 0 && !rec.Officer {
		e.fault(k, Fault{Code: FaultNoOfficer})
	}
	if step.Requires&NeedsPlannedElimination != 0 && !rec.PlannedElimination {
		e.fault(k, Fault{Code: FaultNoPlannedElimination})
	}
}

func attended(list []Attendance, role string) int {
	for i := range list {
		if list[i].Role == role {
			return list[i].Count
		}
	}
	return 0
}

// checkAssets asks that every asset of the step was compared and no hit stands
// unexplained (比对).
func (e *examination) checkAssets(k int, rec *Record) {
	for _, asset := range e.file.proc.Steps[k].Assets {
		if !compared(rec.Checks, asset) {
			e.fault(k, Fault{Code: FaultNotCompared, Subject: asset})
		}
	}
	for i := range rec.Checks {
		if rec.Checks[i].Result == "Hit" {
			e.fault(k, Fault{Code: FaultUnexplainedHit, Subject: rec.Checks[i].Asset})
		}
	}
}

func compared(checks []AssetCheck, asset string) bool {
	for i := range checks {
		if checks[i].Asset == asset {
			return true
		}
	}
	return false
}
