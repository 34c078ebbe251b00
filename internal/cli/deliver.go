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

// delivery is the end of a measure on its way into a family's plan.
type delivery struct {
	writing
	measure, evidence, amount, reason string
	cancel                            bool
}

// deliverCommand is `deliver hh/NAME [MEASURE]`.
func (s *session) deliverCommand() *cobra.Command {
	d := &delivery{writing: writing{oneFamily: oneFamily{session: s}, needsBy: true}}
	cmd := &cobra.Command{
		Use:   "deliver hh/NAME [MEASURE]",
		Short: s.lang.Say(wording.DeliverShort),
		Long:  s.lang.Say(wording.DeliverLong),
		Args:  between(wording.WhichHousehold, 1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := d.target(args[0], kindHousehold); err != nil {
				return err
			}
			if len(args) > 1 {
				d.measure = args[1]
			}
			if d.cancel != (d.reason != "") {
				return usageError{wording.Fault(wording.CancelWithReason)}
			}
			return d.write(cmd.Context())
		},
	}
	f, say := cmd.Flags(), s.lang.Say
	f.StringVar(&d.evidence, "evidence", "", say(wording.FlagEvidence))
	f.StringVarP(&d.amount, "amount", "a", "", say(wording.FlagDeliveredAmount))
	f.BoolVar(&d.cancel, "cancel", false, say(wording.FlagCancel))
	f.StringVar(&d.reason, "reason", "", say(wording.FlagCancelReason))
	d.addFlags(cmd)
	d.compose, d.gates, d.rights = d.end, noGates, d.deliverRights
	return cmd
}

func (d *delivery) end() (*entry.Entry, error) {
	standing := entry.Undelivered(d.papers)
	switch {
	case d.papers.Plan == nil:
		return nil, refusal{wording.Fault(wording.NoPlanYet, d.papers.Household.Name)}
	case d.measure == "" && len(standing) == 1:
		d.measure = standing[0]
	case d.measure == "" && len(standing) == 0:
		return nil, refusal{wording.Fault(wording.AllDelivered, d.papers.Household.Name)}
	case d.measure == "":
		return nil, usageError{wording.Fault(wording.WhichMeasure, strings.Join(standing, ", "))}
	}
	if d.cancel {
		return entry.Cancel(d.papers, d.stamp, d.measure, v1alpha1.Text(d.reason))
	}
	return entry.Deliver(d.papers, d.stamp, d.measure, &v1alpha1.Delivery{
		Evidence: v1alpha1.Text(d.evidence), Amount: v1alpha1.Money(d.amount),
	})
}

// deliverRights: a delivery is signed by the measure's department. Whoever plans
// may cancel.
func (d *delivery) deliverRights(*entry.Entry) []cluster.Right {
	rights := []cluster.Right{{Verb: "patch", Resource: "assistanceplans"}}
	if d.papers.Plan == nil || d.cancel {
		return rights
	}
	i := slices.IndexFunc(d.papers.Plan.Spec.Measures, func(m v1alpha1.Measure) bool { return m.Name == d.measure })
	if i < 0 {
		return rights
	}
	m := &d.papers.Plan.Spec.Measures[i]
	return append(rights, cluster.Right{Verb: "deliver", Resource: "assistanceplans", Subresource: string(m.Department)})
}
