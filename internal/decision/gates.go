// SPDX-License-Identifier: Apache-2.0

package decision

import "fangpin.io/fangpin/internal/civil"

// gate asks, on the day of a record, for what its step needs of the family's
// other facts, and keeps the answer: a signed record is judged by facts dated
// not after it.
func (j *judge) gate(r *Review, f *file, record int) {
	rec := &r.Records[record]
	k := f.proc.step(rec.Step)
	if k < 0 || rec.Outcome != outcomePassed {
		return
	}
	step, doubts := &f.proc.Steps[k], len(j.doubts)
	j.classifyForNow()
	var faults []Fault
	if step.Requires&NeedsIdentified != 0 && j.identified.IsZero() {
		faults = append(faults, Fault{Code: FaultNotIdentified})
	}
	if step.Requires&NeedsPlan != 0 {
		for i := range j.open {
			if !j.covered(j.open[i].name) {
				faults = append(faults, Fault{Code: FaultNotPlanned, Subject: j.open[i].name})
			}
		}
	}
	tier, _ := j.findTier()
	f.ledgers[record] = ledgersOf(tier, j.category())
	if step.Requires&NeedsRecorded != 0 {
		for _, ledger := range j.unrecorded(f.ledgers[record]) {
			faults = append(faults, Fault{Code: FaultNotRecorded, Subject: ledger})
		}
	}
	j.doubts = j.doubts[:doubts] // told by the day's own judgment, not by this one
	if step.ByDepartment {
		faults = j.gateDepartment(faults, r, rec)
	}
	if k == len(f.proc.Steps)-1 {
		faults = j.gateLastStep(faults, r, f, rec.Date)
	}
	f.gates[record] = faults
}

// gateDepartment asks that a department of the shortfalls applies, not anybody
// (行业部门提出销号申请).
func (j *judge) gateDepartment(faults []Fault, r *Review, rec *Record) []Fault {
	if rec.Department == "" {
		return append(faults, Fault{Code: FaultNoDepartment})
	}
	var named []string
	for i := range j.open {
		if s := &j.open[i]; contains(r.Standards, s.name) && !s.routed.IsZero() {
			named = append(named, j.departments(s)...)
		}
	}
	if !contains(named, rec.Department) {
		faults = append(faults, Fault{Code: FaultOtherDepartment, Subject: rec.Department, Names: sortedSet(named)})
	}
	return faults
}

// gateLastStep asks for what must hold when a procedure completes.
func (j *judge) gateLastStep(faults []Fault, r *Review, f *file, dated civil.Day) []Fault {
	switch r.Purpose {
	case purposeCloseOut:
		for _, name := range r.Standards {
			faults = j.gateStandard(faults, name)
		}
	case purposeElimination:
		for _, h := range j.eliminationHolds(f.plan, f.proc, dated) {
			faults = append(faults, Fault{Code: FaultHeld, Subject: h.Name, Hold: h})
		}
		return faults
	}
	for _, h := range j.blockerHolds(f.plan, f.proc, nil) {
		faults = append(faults, Fault{Code: FaultHeld, Subject: h.Name, Hold: h})
	}
	return faults
}

func (j *judge) gateStandard(faults []Fault, name string) []Fault {
	for i := range j.plan.Standards {
		if j.plan.Standards[i].Name != name {
			continue
		}
		switch j.answers[i] {
		case No:
			faults = append(faults, Fault{Code: FaultStandardUnmet, Subject: name})
		case Unknown:
			faults = append(faults, Fault{Code: FaultStandardUnknown, Subject: name, Names: j.ask(&j.plan.Standards[i].Met).Missing})
		}
		return faults
	}
	return append(faults, Fault{Code: FaultNoSuchStandard, Subject: name})
}

// classifyForNow finds the category as the rules see it before what is decided
// today takes effect.
func (j *judge) classifyForNow() {
	name, undecided := j.frozen, false
	if name == "" && !j.quiet() {
		name, undecided = j.matchCategory()
	}
	j.showCategory(name, undecided)
}
