// SPDX-License-Identifier: Apache-2.0

package decision

import "fangpin.io/fangpin/internal/civil"

// file is what the replay knows of one review.
type file struct {
	plan     *Plan      // in force on the day it was opened; nil: none
	proc     *Procedure // nil: that plan has none of the purpose
	conflict []string

	met       bool  // the day of its opening has come
	records   []int // those dated not after today, in the order of the list
	gates     [][]Fault
	ledgers   [][]string // those of the family's tier on a record's date
	findings  []finding
	stage     ReviewStage
	next      int // the step whose turn it is, -1 if none
	waitsFor  int // an earlier open review of the same purpose, -1 if none
	over      bool
	completed civil.Day // date of the last step's record, zero if not completed
	since     civil.Day // the day on which it was over
}

// open reports whether the review is under way; a Blocked one is.
func (f *file) open() bool { return f.met && f.proc != nil && !f.over }

// judgeReviews takes in the records of today and lets what is decided by them
// take effect. Identification goes first and elimination last, so that of papers
// of one day each finds what it needs.
func (j *judge) judgeReviews() {
	if len(j.fam.Reviews) == 0 {
		return
	}
	if j.files == nil {
		j.files = make([]file, len(j.fam.Reviews))
	}
	open := false
	for i := range j.files {
		j.meetFile(i)
		open = open || j.files[i].open()
	}
	if !open {
		return
	}
	for _, purpose := range [...]string{purposeIdentification, purposeWarning, purposeCloseOut, "", purposeElimination} {
		for i := range j.files {
			if phaseOf(j.fam.Reviews[i].Purpose) == purpose && j.files[i].open() {
				j.advance(i)
			}
		}
	}
}

// phaseOf is the purpose itself where it has effects of its own, else "".
func phaseOf(purpose string) string {
	switch purpose {
	case purposeIdentification, purposeWarning, purposeCloseOut, purposeElimination:
		return purpose
	}
	return ""
}

// meetFile finds the procedure that rules the review to its end.
func (j *judge) meetFile(i int) {
	r, f := &j.fam.Reviews[i], &j.files[i]
	if f.met || !j.reached(r.Opened) {
		return
	}
	f.met, f.next, f.waitsFor = true, -1, -1
	at := j.line.On(r.Opened)
	if at == nil {
		return
	}
	f.plan, f.conflict = at.Plan, at.Conflict
	if f.plan == nil {
		return
	}
	if f.proc = f.plan.Procedure(r.Purpose); f.proc == nil {
		return
	}
	f.records = make([]int, 0, len(r.Records))
	f.gates = make([][]Fault, len(r.Records))
	f.ledgers = make([][]string, len(r.Records))
	f.findings = make([]finding, len(f.proc.Steps))
}

// advance takes in the records that have come and judges the review. They come
// one by one in the order of the list: each is judged with what stands before it,
// and with what was known already and stands behind it, before the next one comes.
// The first that completes or ends the review is its end, and what is added behind
// it changes nothing. A review that need not wait for another any more goes on with
// what it had.
func (j *judge) advance(i int) {
	f := &j.files[i]
	waited := f.waitsFor
	f.waitsFor = j.earlierOpen(i)
	if f.stage == "" || f.waitsFor != waited {
		if j.examine(i, f.records); f.over {
			return
		}
	}
	fresh := j.takeRecords(&j.fam.Reviews[i], f)
	for n, at := range fresh {
		known := len(f.records)
		if n+1 < len(fresh) {
			known = fresh[n+1]
		}
		j.examine(i, f.records[:at+1])
		if !f.over && known > at+1 {
			j.examine(i, f.records[:known])
		}
		if f.over {
			return
		}
	}
}

// takeRecords shows the records whose date has come, in the order of the list,
// and returns the places of the new ones.
func (j *judge) takeRecords(r *Review, f *file) []int {
	fresh, at := j.fresh[:0], 0
	for k := range r.Records {
		if at < len(f.records) && f.records[at] == k {
			at++
			continue
		}
		if !j.reached(r.Records[k].Date) {
			continue
		}
		f.records = append(f.records, 0)
		copy(f.records[at+1:], f.records[at:])
		f.records[at] = k
		fresh = append(fresh, at)
		at++
		j.gate(r, f, k)
	}
	j.fresh = fresh
	return fresh
}

// earlierOpen finds the earlier review of the same purpose that is open, -1 if
// there is none: reviews are in the order of their opening, then name.
func (j *judge) earlierOpen(i int) int {
	for k := range i {
		if j.fam.Reviews[k].Purpose == j.fam.Reviews[i].Purpose && j.files[k].open() {
			return k
		}
	}
	return -1
}

// examine judges the review by the records and, if it is over, lets that take
// effect.
func (j *judge) examine(i int, records []int) {
	r, f := &j.fam.Reviews[i], &j.files[i]
	e := examination{review: r, file: f, startCounted: f.plan.StartDayCounted, sites: j.fam.Sites}
	e.walk(records)
	f.stage, f.next = e.stage(), e.next
	if f.stage == ReviewCompleted && f.waitsFor >= 0 {
		f.stage = ReviewBlocked
	}
	switch f.stage {
	case ReviewRejected:
		f.over, f.since = true, j.today
	case ReviewCompleted:
		f.over, f.since = true, j.today
		f.completed = f.findings[len(f.findings)-1].date
		j.takeEffect(r, f)
	default:
		if f.waitsFor >= 0 {
			f.stage = ReviewBlocked
		}
	}
}

// takeEffect does what a completed review decides.
func (j *judge) takeEffect(r *Review, f *file) {
	switch r.Purpose {
	case purposeIdentification:
		if f.completed > j.eliminated && (j.identified.IsZero() || f.completed < j.identified) {
			j.include(f.completed)
		}
	case purposeWarning:
		j.route(r)
	case purposeCloseOut:
		j.closeOut()
	case purposeElimination:
		j.eliminate(f)
	}
}

// route tells the departments of the shortfalls that a completed warning names.
func (j *judge) route(r *Review) {
	for i := range j.open {
		if s := &j.open[i]; s.routed.IsZero() && r.Opened >= s.since && contains(r.Standards, s.name) {
			s.routed = j.today
			j.startRemedy(s)
		}
	}
}

// closeOut closes the shortfalls that are mended and closed out.
func (j *judge) closeOut() {
	kept := j.open[:0]
	for i := range j.open {
		if s := &j.open[i]; j.answers[s.index] == Yes && !j.awaitsCloseOut(s) {
			j.meetRemedy(s)
			continue
		}
		kept = append(kept, j.open[i])
	}
	if len(kept) != len(j.open) {
		j.open = kept
		j.refreshUnmet()
	}
}

// closedOut reports whether a close-out of the shortfall, opened since it was
// found, has completed.
func (j *judge) closedOut(s *shortfall) bool {
	for i := range j.files {
		r, f := &j.fam.Reviews[i], &j.files[i]
		if r.Purpose == purposeCloseOut && !f.completed.IsZero() && r.Opened >= s.since && contains(r.Standards, s.name) {
			return true
		}
	}
	return false
}

// reviewOpen reports whether a review of the purpose is under way.
func (j *judge) reviewOpen(purpose string) bool {
	for i := range j.files {
		if j.fam.Reviews[i].Purpose == purpose && j.files[i].open() {
			return true
		}
	}
	return false
}

// registered reports whether a registration has passed for the ledger: one of
// the ledgers of the family's tier on that day, and since the last elimination.
func (j *judge) registered(ledger string) bool {
	for i := range j.files {
		f := &j.files[i]
		for k := range f.findings {
			d := &f.findings[k]
			if f.proc.Steps[k].Type == Registration && d.passed() && d.date > j.eliminated && contains(f.ledgers[d.record], ledger) {
				return true
			}
		}
	}
	return false
}

// stepDeadlines lists the steps of the review that have a due day.
func (j *judge) stepDeadlines(i int, list func(Deadline)) {
	f := &j.files[i]
	for k := range f.findings {
		d := &f.findings[k]
		if d.due.IsZero() || (!d.passed() && f.over) {
			continue
		}
		met := civil.Day(0)
		if d.passed() {
			if met = d.date; f.plan != j.plan || j.reached(met.EndOfYear().AddDays(1)) {
				continue
			}
		}
		out := Deadline{Kind: StepDeadline, Name: j.fam.Reviews[i].Name + "/" + f.proc.Steps[k].Name, Start: d.start, Due: d.due}
		j.settle(&out, met)
		list(out)
	}
}

func (j *judge) concludeReviews(v *Verdict) {
	if len(j.files) == 0 {
		return
	}
	v.Reviews = make([]ReviewVerdict, len(j.files))
	for i := range j.files {
		r, f := &j.fam.Reviews[i], &j.files[i]
		out := ReviewVerdict{Name: r.Name, Ahead: !f.met, Plan: f.plan, Conflict: f.conflict, Procedure: f.proc}
		if f.met && f.proc != nil {
			out.Stage, out.Completed, out.Since = f.stage, f.completed, f.since
			if f.waitsFor >= 0 && !f.over {
				out.WaitsFor = j.fam.Reviews[f.waitsFor].Name
			}
			if f.next >= 0 && !f.over {
				out.Next, out.Due = &f.proc.Steps[f.next], f.findings[f.next].due
			}
			out.Steps = j.stepVerdicts(r, f)
		}
		v.Reviews[i] = out
	}
}

// stepVerdicts lists the procedure's steps, then those that it lacks.
func (j *judge) stepVerdicts(r *Review, f *file) []StepVerdict {
	out := make([]StepVerdict, 0, len(f.findings))
	for k := range f.findings {
		d := &f.findings[k]
		out = append(out, StepVerdict{Name: f.proc.Steps[k].Name, State: d.state, Date: d.date, Due: d.due, Returned: d.returned, Faults: d.faults})
	}
	for _, k := range f.records {
		rec := &r.Records[k]
		if f.proc.step(rec.Step) >= 0 {
			continue
		}
		alien := StepVerdict{Name: rec.Step, State: StepInvalid, Date: rec.Date, Faults: []Fault{{Code: FaultNoSuchStep, Subject: f.plan.Name}}}
		if at := stepNamed(out, rec.Step); at >= 0 {
			out[at] = alien
		} else {
			out = append(out, alien)
		}
	}
	return out
}

func stepNamed(list []StepVerdict, name string) int {
	for i := range list {
		if list[i].Name == name {
			return i
		}
	}
	return -1
}
