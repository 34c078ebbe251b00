// SPDX-License-Identifier: Apache-2.0

package agenda

import (
	"slices"
	"strings"

	"fangpin.io/fangpin/api/v1alpha1"
)

// reviews are those that wait for a step.
func (l *list) reviews() {
	for i, r := range l.judgment.Reviews {
		if r == nil || r.NextStep == "" || r.Stage != v1alpha1.ReviewInProgress && r.Stage != v1alpha1.ReviewBlocked {
			continue
		}
		item := Item{
			Kind: v1alpha1.DeadlineStep, Name: l.papers.Reviews[i].Name + "/" + string(r.NextStep),
			Due: dayOf(r.Due), State: string(r.Stage),
		}
		item.From, item.About, item.Text = l.step(item.Name)
		l.add(item)
	}
}

// step says from whom a step is due, of which purpose its review is, and what is
// wrong with the record that it has.
func (l *list) step(name string) (from []Party, purpose, text string) {
	reviewName, stepName, _ := strings.Cut(name, "/")
	for i, r := range l.papers.Reviews {
		if r.Name != reviewName {
			continue
		}
		purpose = string(r.Spec.Purpose)
		if i < len(l.judgment.Reviews) && l.judgment.Reviews[i] != nil {
			for _, s := range l.judgment.Reviews[i].Steps {
				if string(s.Name) == stepName && s.State == v1alpha1.StepInvalid {
					text = string(s.Message)
				}
			}
		}
		if step := l.stepOf(r, stepName); step != nil {
			from = l.signers(r, step)
		}
	}
	return from, purpose, text
}

// stepOf is a step of the procedure by which a review goes.
func (l *list) stepOf(r *v1alpha1.Review, name string) *v1alpha1.Step {
	stretch := l.world.Timeline(l.place).On(dayOf(r.Spec.Opened))
	if stretch == nil || stretch.Plan == nil {
		return nil
	}
	procedures := l.world.Policy(stretch.Plan.Name).Policy.Spec.Procedures
	for i := range procedures {
		if procedures[i].Purpose != r.Spec.Purpose {
			continue
		}
		for k := range procedures[i].Steps {
			if string(procedures[i].Steps[k].Name) == name {
				return &procedures[i].Steps[k]
			}
		}
	}
	return nil
}

// signers are who takes a step: the departments of its shortfalls, or a level.
func (l *list) signers(r *v1alpha1.Review, step *v1alpha1.Step) []Party {
	level := LevelOf(step)
	if level != "" {
		return []Party{{Level: level}}
	}
	var names []v1alpha1.Word
	for _, standard := range r.Spec.Standards {
		if s := l.shortfall(standard); s != nil {
			names = append(names, s.Departments...)
		}
	}
	slices.Sort(names)
	return departments(slices.Compact(names))
}

// LevelOf is the level that takes a step: the one that the plan states, else the
// one that takes steps of its type. "" is a department.
func LevelOf(step *v1alpha1.Step) v1alpha1.JurisdictionLevel {
	switch {
	case step.Applicant == v1alpha1.ApplicantDepartment:
		return ""
	case step.Level != "":
		return step.Level
	case step.Type == v1alpha1.StepDecision || step.Type == v1alpha1.StepRegistration:
		return v1alpha1.LevelTownship
	case step.Type == v1alpha1.StepDataComparison:
		return v1alpha1.LevelCounty
	}
	return v1alpha1.LevelVillage
}
