// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"github.com/spf13/cobra"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/cluster"
	"fangpin.io/fangpin/internal/cli/entry"
	"fangpin.io/fangpin/internal/cli/wording"
)

// lead is a signal on its way.
type lead struct {
	writing
	cause, source, department, amount, period, document string
	consent, proxyFlag, will                            string
}

// The sources of leads that the command knows a default by.
const sourceDepartment = "Department"

// signalCommand is `signal hh/NAME CAUSE`.
func (s *session) signalCommand() *cobra.Command {
	l := &lead{writing: writing{oneFamily: oneFamily{session: s}}}
	cmd := &cobra.Command{
		Use:   "signal hh/NAME CAUSE",
		Short: s.lang.Say(wording.SignalShort),
		Long:  s.lang.Say(wording.SignalLong),
		Args:  exactly(wording.WhichCause, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := l.target(args[0], kindHousehold); err != nil {
				return err
			}
			l.cause = args[1]
			return l.write(cmd.Context())
		},
	}
	f, say := cmd.Flags(), s.lang.Say
	f.StringVar(&l.source, "source", "", say(wording.FlagSignalSource))
	f.StringVarP(&l.department, "department", "d", "", say(wording.FlagSignalDepartment))
	f.StringVarP(&l.amount, "amount", "a", "", say(wording.FlagSignalAmount))
	f.StringVar(&l.period, "period", "", say(wording.FlagPeriod))
	f.StringVar(&l.document, "document", "", say(wording.FlagDocument))
	f.StringVar(&l.consent, "consent", "", say(wording.FlagConsent))
	f.StringVar(&l.proxyFlag, "proxy", "", say(wording.FlagProxy))
	f.StringVar(&l.will, "will", "", say(wording.FlagWill))
	l.addFlags(cmd)
	for _, flag := range []string{"source", "consent", "proxy", "will"} {
		signalChoice(flag, flag).complete(cmd)
	}
	l.compose, l.gates, l.rights = l.signal, l.refusedByPlan, l.signalRights
	return cmd
}

func signalChoice(flag, field string) choice { return choiceOf(flag, kindSignal, "spec", field) }

func (l *lead) signal() (*entry.Entry, error) {
	spec := v1alpha1.RiskSignalSpec{
		Department: v1alpha1.Word(l.department), Amount: v1alpha1.Money(l.amount),
		Period: v1alpha1.Period(l.period), Document: l.document,
	}
	source := l.source
	if source == "" && l.department != "" {
		source = sourceDepartment
	}
	if source == "" {
		return nil, usageError{wording.Fault(wording.WhichSource)}
	}
	for _, w := range []struct {
		flag, given string
		set         func(string)
	}{
		{"cause", l.cause, func(t string) { spec.Cause = v1alpha1.Cause(t) }},
		{"source", source, func(t string) { spec.Source = v1alpha1.SignalSource(t) }},
		{"consent", l.consent, func(t string) { spec.Consent = v1alpha1.Consent(t) }},
		{"proxy", l.proxyFlag, func(t string) { spec.Proxy = v1alpha1.Proxy(t) }},
		{"will", l.will, func(t string) { spec.Will = v1alpha1.Will(t) }},
	} {
		word, err := signalChoice(w.flag, w.flag).read(w.given)
		if err != nil {
			return nil, err
		}
		w.set(word)
	}
	return entry.Signal(l.papers, l.stamp, spec)
}

// refusedByPlan is why the plan does not take the lead, which would then stand
// there and do nothing.
func (l *lead) refusedByPlan(f *foresight) []error {
	status := signalStatus(&f.entry.Papers, &f.after, f.entry.Object.GetName())
	if status == nil {
		return nil
	}
	switch status.State {
	case v1alpha1.SignalRefused, v1alpha1.SignalIncomplete, v1alpha1.SignalRepeated:
		return []error{wording.Fault(wording.LeadRefused, l.lang.Term(string(status.State)), reasonOf(status.Conditions))}
	}
	return nil
}

func (l *lead) signalRights(*entry.Entry) []cluster.Right {
	return []cluster.Right{{Verb: "create", Resource: "risksignals"}}
}
