// SPDX-License-Identifier: Apache-2.0

package decision

import "sort"

// remembered is a rule's last answer and the facts it rests on.
type remembered struct {
	answer Answer
	reads  Reads
	asked  bool
}

// forget drops the answers that rest on any of the facts.
func (j *judge) forget(changed Reads) {
	for i := range j.memory {
		if j.memory[i].reads&changed != 0 {
			j.memory[i].asked = false
		}
	}
}

// ask returns the rule's answer to today's facts. A rule is worked out again
// only if a fact that it reads has changed since.
func (j *judge) ask(p *Predicate) Answer {
	if p.Reads&ReadToday != 0 {
		j.reached(j.today.AddDays(1))
	}
	m := &j.memory[p.Index]
	if !m.asked {
		j.facts.Family, j.facts.Today = j.fam, j.today
		*m = remembered{answer: j.workOut(p), reads: p.Reads, asked: true}
	}
	return m.answer
}

// workOut asks the rule. One that reads unmet is asked without and with the
// standards that are unknown: if that makes a difference, it is unknown too.
func (j *judge) workOut(p *Predicate) Answer {
	without := p.Ask(&j.facts)
	if p.Reads&ReadUnmet == 0 || len(j.unknown) == 0 {
		return without
	}
	known := j.facts.Unmet
	j.facts.Unmet = j.withUnknown()
	with := p.Ask(&j.facts)
	j.facts.Unmet = known
	if with.Truth == without.Truth && (with.Truth != Unknown || (with.Fault == without.Fault && equalLists(with.Missing, without.Missing))) {
		return without
	}
	missing := append(append([]string(nil), without.Missing...), with.Missing...)
	if with.Truth != without.Truth {
		missing = append(missing, j.missingOfStandards()...)
	}
	fault := without.Fault
	if fault == "" {
		fault = with.Fault
	}
	return Answer{Truth: Unknown, Missing: sortedSet(missing), Fault: fault}
}

// missingOfStandards are the facts for want of which standards are unknown.
func (j *judge) missingOfStandards() []string {
	var missing []string
	for i := range j.plan.Standards {
		if s := &j.plan.Standards[i]; contains(j.unknown, s.Name) {
			missing = append(missing, j.ask(&s.Met).Missing...)
		}
	}
	return missing
}

// withUnknown is the list of open shortfalls and unknown standards, in the
// plan's order.
func (j *judge) withUnknown() []string {
	list := make([]string, 0, len(j.facts.Unmet)+len(j.unknown))
	for i := range j.plan.Standards {
		name := j.plan.Standards[i].Name
		if contains(j.facts.Unmet, name) || contains(j.unknown, name) {
			list = append(list, name)
		}
	}
	return list
}

// doubt is a rule that could not be worked out. Its name is put together only
// for the day that is asked for.
type doubt struct {
	kind, name, of, whose string
	answer                Answer
}

// lack notes that a rule could not be worked out, and for want of what.
func (j *judge) lack(d doubt) { j.doubts = append(j.doubts, d) }

// gaps names today's doubts.
func (j *judge) gaps() []Gap {
	if len(j.doubts) == 0 {
		return nil
	}
	out := make([]Gap, len(j.doubts))
	for i := range j.doubts {
		d := &j.doubts[i]
		out[i] = Gap{Rule: d.kind + d.name + d.of + d.whose, Facts: d.answer.Missing, Fault: d.answer.Fault}
	}
	return out
}

func contains(list []string, name string) bool {
	for _, n := range list {
		if n == name {
			return true
		}
	}
	return false
}

// sortedSet sorts the list in place and drops what stands twice.
func sortedSet(list []string) []string {
	sort.Strings(list)
	out := list[:0]
	for i, s := range list {
		if i == 0 || s != list[i-1] {
			out = append(out, s)
		}
	}
	return out
}
