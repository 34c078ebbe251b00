// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/cluster"
	"fangpin.io/fangpin/internal/cli/entry"
	"fangpin.io/fangpin/internal/cli/wording"
)

// planning is measures on their way into a family's plan.
type planning struct {
	writing
	kinds, standards        []string
	department, amount, due string
}

const kindPlan = "AssistancePlan"

// planCommand is `plan hh/NAME [KIND…]`.
func (s *session) planCommand() *cobra.Command {
	p := &planning{writing: writing{oneFamily: oneFamily{session: s}}}
	cmd := &cobra.Command{
		Use:   "plan hh/NAME [KIND...]",
		Short: s.lang.Say(wording.PlanShort),
		Long:  s.lang.Say(wording.PlanLong),
		Args:  atLeastOne(wording.WhichHousehold),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := p.target(args[0], kindHousehold); err != nil {
				return err
			}
			p.kinds = args[1:]
			return p.write(cmd.Context())
		},
	}
	f, say := cmd.Flags(), s.lang.Say
	f.StringSliceVar(&p.standards, "for", nil, say(wording.FlagForStandards))
	f.StringVarP(&p.department, "department", "d", "", say(wording.FlagMeasureDepartment))
	f.StringVarP(&p.amount, "amount", "a", "", say(wording.FlagMeasureAmount))
	f.StringVar(&p.due, "due", "", say(wording.FlagMeasureDue))
	p.addFlags(cmd)
	p.compose, p.gates, p.rights = p.measures, noGates, p.planRights
	return cmd
}

// noGates is for facts that no rule of a plan turns away.
func noGates(*foresight) []error { return nil }

// measures composes what is to be planned: the proposal, or the kinds named.
func (p *planning) measures() (*entry.Entry, error) {
	proposed := entry.Propose(p.papers, p.judged)
	measures := proposed
	if len(p.kinds) > 0 {
		kinds, err := choiceOf("KIND", kindPlan, "spec", "measures", "kind").readAll(p.kinds)
		if err != nil {
			return nil, err
		}
		if measures, err = p.named(kinds, proposed); err != nil {
			return nil, err
		}
	}
	if len(measures) == 0 {
		return nil, refusal{wording.Fault(wording.NothingToPlan, p.papers.Household.Name)}
	}
	if len(measures) > 1 && (p.department != "" || p.amount != "" || p.due != "") {
		return nil, usageError{wording.Fault(wording.OneMeasureOnly, kindsOf(measures))}
	}
	for i := range measures {
		m := &measures[i]
		if p.department != "" {
			m.Department = v1alpha1.Word(p.department)
		}
		m.Amount, m.Due = v1alpha1.Money(p.amount), v1alpha1.Date(p.due)
	}
	return entry.Plan(p.papers, p.stamp, measures)
}

// named takes of the proposal the kinds that were named. A kind that is not
// proposed is the officer's own.
func (p *planning) named(kinds []string, proposed []v1alpha1.Measure) ([]v1alpha1.Measure, error) {
	var out []v1alpha1.Measure
	for _, kind := range kinds {
		found := slices.IndexFunc(proposed, func(m v1alpha1.Measure) bool { return string(m.Kind) == kind })
		m := v1alpha1.Measure{Kind: v1alpha1.MeasureKind(kind)}
		if found >= 0 && len(p.standards) == 0 {
			m = proposed[found]
		} else {
			m.For = list[v1alpha1.Word](p.standards)
			m.Department = p.departmentOf(m.For)
		}
		out = append(out, m)
	}
	for _, standard := range p.standards {
		if p.shortfall(v1alpha1.Word(standard)) == nil {
			return nil, wording.Fault(wording.NoSuchShortfall, standard)
		}
	}
	return out, nil
}

// shortfall is the open shortfall of a standard, nil if it is not open.
func (w *writing) shortfall(standard v1alpha1.Word) *v1alpha1.Shortfall {
	for i := range w.judged.Household.Shortfalls {
		if s := &w.judged.Household.Shortfalls[i]; s.Standard == standard {
			return s
		}
	}
	return nil
}

// departmentOf is the department that makes good the first of the standards.
func (w *writing) departmentOf(standards []v1alpha1.Word) v1alpha1.Word {
	if len(standards) == 0 {
		return ""
	}
	if s := w.shortfall(standards[0]); s != nil && len(s.Departments) > 0 {
		return s.Departments[0]
	}
	return ""
}

func kindsOf(measures []v1alpha1.Measure) string {
	kinds := make([]string, len(measures))
	for i := range measures {
		kinds[i] = string(measures[i].Kind)
	}
	return strings.Join(kinds, ", ")
}

func (p *planning) planRights(e *entry.Entry) []cluster.Right {
	verb := "patch"
	if e.New {
		verb = "create"
	}
	return []cluster.Right{{Verb: verb, Resource: "assistanceplans"}}
}
