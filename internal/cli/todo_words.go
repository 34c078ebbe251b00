// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"strings"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/agenda"
	"fangpin.io/fangpin/internal/cli/wording"
)

// The form of what is due for programs.
type (
	todoView struct {
		Items []itemView `json:"items"`
		// Later is how many more fall due after the last day listed.
		Later int `json:"later"`
	}
	itemView struct {
		Due       string `json:"due,omitempty"`
		Overdue   bool   `json:"overdue"`
		State     string `json:"state"`
		Kind      string `json:"kind"`
		Name      string `json:"name"`
		About     string `json:"about,omitempty"`
		Namespace string `json:"namespace"`
		// Household that it is about; else Jurisdiction that has the duty.
		Household    string   `json:"household,omitempty"`
		Jurisdiction string   `json:"jurisdiction,omitempty"`
		From         []string `json:"from"`
		Message      string   `json:"message,omitempty"`
	}
)

func viewOf(i *agenda.Item) itemView {
	v := itemView{
		Due: i.Due.String(), Overdue: i.Overdue, State: i.State, Kind: string(i.Kind), Name: i.Name, About: i.About,
		Namespace: i.Household.Namespace, Household: i.Household.Name, Jurisdiction: i.Jurisdiction, From: make([]string, len(i.From)), Message: i.Text,
	}
	for k, party := range i.From {
		v.From[k] = string(party.Level)
		if party.Department != "" {
			v.From[k] = "department=" + string(party.Department)
		}
	}
	return v
}

// state says how things stand: that they are overdue goes before all else.
func (g *glossary) state(i *agenda.Item) string {
	if i.Overdue {
		return g.lang.Term(string(v1alpha1.DeadlineOverdue))
	}
	return g.lang.Term(i.State)
}

// task says what is to be done.
func (g *glossary) task(i *agenda.Item) string {
	say := g.lang.Say
	switch i.Kind {
	case v1alpha1.DeadlineStep:
		review, step, _ := strings.Cut(i.Name, "/")
		text := say(wording.TaskStep, g.lang.Term(i.About), step, review)
		if i.Text != "" {
			text += say(wording.TaskBecause, i.Text)
		}
		return text
	case v1alpha1.DeadlineMeasure:
		return say(wording.TaskMeasure, i.Name, g.lang.Term(i.About))
	case agenda.Duty:
		duty := g.duty(i.Name)
		if i.About != "" {
			return say(wording.TaskDutyOf, duty, i.About)
		}
		return say(wording.TaskDuty, duty)
	case v1alpha1.DeadlineTier:
		return say(wording.TaskTier, i.Name)
	case v1alpha1.DeadlineSurvey:
		return say(wording.TaskSurvey)
	case v1alpha1.DeadlinePlan:
		return say(wording.TaskPlan)
	case v1alpha1.DeadlineVerification:
		return say(wording.TaskVerify, i.Name)
	case v1alpha1.DeadlineShortfall:
		return say(wording.TaskShortfall, g.word(standardWord, i.Name))
	}
	return g.deadline(string(i.Kind) + "/" + i.Name)
}

// parties says from whom it is due.
func (g *glossary) parties(list []agenda.Party) string {
	said := make([]string, len(list))
	for i, party := range list {
		said[i] = string(party.Department)
		if party.Department == "" {
			said[i] = g.lang.Term(string(party.Level))
		}
	}
	return strings.Join(said, g.lang.Say(wording.ListSeparator))
}
