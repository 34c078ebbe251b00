// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/chronicle"
	"fangpin.io/fangpin/internal/cli/cluster"
	"fangpin.io/fangpin/internal/cli/entry"
	"fangpin.io/fangpin/internal/cli/wording"
)

// signing is a signed record on its way: of a step of a review, which it may
// open, or of the verification of a lead.
type signing struct {
	writing
	record recordFlags

	step, purpose, outcome string
	standards              []string
	openOnly               bool
}

// signCommand is `sign rev/NAME|hh/NAME|sig/NAME [STEP]`.
func (s *session) signCommand() *cobra.Command {
	g := &signing{writing: writing{oneFamily: oneFamily{session: s}, needsBy: true}}
	cmd := &cobra.Command{
		Use:   "sign hh/NAME|rev/NAME|sig/NAME [STEP]",
		Short: s.lang.Say(wording.SignShort),
		Long:  s.lang.Say(wording.SignLong),
		Args:  between(wording.SignWhat, 1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := g.target(args[0], kindHousehold, kindReview, kindSignal); err != nil {
				return err
			}
			if len(args) > 1 {
				g.step = args[1]
			}
			g.record.flags = cmd.Flags().Changed
			return g.write(cmd.Context())
		},
	}
	f, say := cmd.Flags(), s.lang.Say
	f.StringVarP(&g.purpose, "purpose", "p", "", say(wording.FlagPurpose))
	f.StringVar(&g.outcome, "outcome", "", say(wording.FlagOutcome))
	f.StringSliceVar(&g.standards, "for", nil, say(wording.FlagForShortfalls))
	f.BoolVar(&g.openOnly, "open", false, say(wording.FlagOpenOnly))
	g.record.add(cmd, say)
	g.addFlags(cmd)
	outcomes := slices.Concat(reviewChoice("outcome", "outcome").options, signalOutcomes().options)
	choice{"outcome", outcomes}.complete(cmd)
	g.compose, g.gates, g.rights = g.fact, g.gate, g.signRights
	return cmd
}

func reviewChoice(flag string, path ...string) choice {
	return choiceOf(flag, kindReview, append([]string{"spec", "records"}, path...)...)
}

func signalOutcomes() choice {
	return choiceOf("outcome", kindSignal, "spec", "verification", "outcome")
}

func (g *signing) fact() (*entry.Entry, error) {
	if g.kind == kindSignal {
		return g.verification()
	}
	review, err := g.reviewToSign()
	if err != nil {
		return nil, err
	}
	if review == nil {
		return g.opening()
	}
	if g.openOnly {
		return nil, refusal{wording.Fault(wording.OpenAlready, review.Name, review.Spec.Purpose)}
	}
	step, err := g.stepToSign(review)
	if err != nil {
		return nil, err
	}
	g.step = string(step.Name) // whoever writes meanwhile, no other step is signed
	record, err := g.record.read(step, g.outcome)
	if err != nil {
		return nil, err
	}
	return entry.Record(g.papers, g.stamp, review, record)
}

// verification signs what was found about a lead.
func (g *signing) verification() (*entry.Entry, error) {
	outcome, err := signalOutcomes().read(g.outcome)
	switch {
	case err != nil:
		return nil, err
	case outcome == "" || g.step != "" || g.purpose != "" || g.openOnly:
		return nil, usageError{wording.Fault(wording.VerifyHow, g.name)}
	}
	e, err := entry.Verify(g.papers, g.stamp, g.signal(g.name), v1alpha1.VerificationOutcome(outcome))
	if err != nil {
		return nil, refusal{err}
	}
	return e, nil
}

// reviewToSign finds the review: the one named, or the family's open one, of the
// purpose if one was named. nil: there is none open, and one is to be opened.
func (g *signing) reviewToSign() (*v1alpha1.Review, error) {
	if g.kind == kindReview {
		return g.review(g.name), nil
	}
	var open []*v1alpha1.Review
	for _, r := range g.papers.Reviews {
		if status := reviewStatus(&g.papers, g.judged, r.Name); status == nil || isClosed(status) {
			continue
		}
		if g.purpose == "" || strings.EqualFold(string(r.Spec.Purpose), g.purpose) {
			open = append(open, r)
		}
	}
	switch {
	case len(open) == 1:
		return open[0], nil
	case len(open) > 1:
		names := make([]string, len(open))
		for i, r := range open {
			names[i] = "rev/" + r.Name + " (" + string(r.Spec.Purpose) + ")"
		}
		return nil, usageError{wording.Fault(wording.SeveralReviews, strings.Join(names, ", "))}
	case g.purpose == "":
		return nil, usageError{wording.Fault(wording.NoReviewOpen, g.papers.Household.Name, strings.Join(g.purposes(), ", "))}
	}
	return nil, nil
}

func isClosed(s *v1alpha1.ReviewStatus) bool {
	return s.Stage == v1alpha1.ReviewCompleted || s.Stage == v1alpha1.ReviewRejected
}

// opening opens a review, with the record of its first step unless it is only to
// be opened.
func (g *signing) opening() (*entry.Entry, error) {
	procedure, err := g.procedureInForce()
	if err != nil {
		return nil, err
	}
	o := entry.Opening{Purpose: procedure.Purpose, Standards: list[v1alpha1.Word](g.standards)}
	if len(o.Standards) == 0 {
		o.Standards = g.standardsFor(procedure.Purpose)
	}
	if !g.openOnly {
		step, err := stepOf(procedure, g.step, string(procedure.Steps[0].Name))
		if err != nil {
			return nil, err
		}
		if o.Record, err = g.record.read(step, g.outcome); err != nil {
			return nil, err
		}
		g.step = string(step.Name) // likewise
	}
	return entry.Open(g.papers, g.stamp, o)
}

// stepToSign is the step that was named, else the one that the review waits for.
func (g *signing) stepToSign(review *v1alpha1.Review) (*v1alpha1.Step, error) {
	procedure := g.procedureOf(review)
	if procedure == nil {
		if g.step == "" {
			return nil, wording.Fault(wording.NoProcedure, review.Name)
		}
		return &v1alpha1.Step{Name: v1alpha1.Word(g.step)}, nil
	}
	next := ""
	if status := reviewStatus(&g.papers, g.judged, review.Name); status != nil {
		next = string(status.NextStep)
	}
	if g.step == "" && next == "" {
		return nil, refusal{wording.Fault(wording.NoNextStep, review.Name)}
	}
	return stepOf(procedure, g.step, next)
}

// gate is why the plan does not count what is signed.
func (g *signing) gate(f *foresight) []error {
	if g.kind == kindSignal {
		return g.verificationGate()
	}
	name := f.entry.Object.GetName()
	if was := reviewStatus(&g.papers, g.judged, name); was != nil && isClosed(was) {
		return []error{wording.Fault(wording.ReviewClosed, name, g.lang.Term(string(was.Stage)))}
	}
	status := reviewStatus(&f.entry.Papers, &f.after, name)
	if status == nil {
		return nil
	}
	for i := range status.Steps {
		if s := &status.Steps[i]; s.State == v1alpha1.StepInvalid && string(s.Name) == g.signedStep(f.entry) {
			return []error{wording.Fault(wording.StepWouldBeInvalid, s.Name, s.Message)}
		}
	}
	if text := chronicle.WhyBlocked(status); text != "" {
		return []error{wording.Fault(wording.ReviewWouldBeBlocked, text)}
	}
	return nil
}

// signedStep is the step that the entry's record is about, "" if it has none.
func (g *signing) signedStep(e *entry.Entry) string {
	review, ok := e.Object.(*v1alpha1.Review)
	if !ok || len(review.Spec.Records) == 0 || g.openOnly {
		return ""
	}
	return string(review.Spec.Records[len(review.Spec.Records)-1].Step)
}

// verificationGate: a lead that waits for no verification gets none.
func (g *signing) verificationGate() []error {
	status := signalStatus(&g.papers, g.judged, g.name)
	if status == nil {
		return nil
	}
	switch status.State {
	case v1alpha1.SignalRefused, v1alpha1.SignalIncomplete, v1alpha1.SignalRepeated, v1alpha1.SignalBelowLine:
		return []error{wording.Fault(wording.NotToVerify, g.name, g.lang.Term(string(status.State)), reasonOf(status.Conditions))}
	}
	return nil
}

// signRights: the verb of the step in the family's namespace makes a signature.
func (g *signing) signRights(e *entry.Entry) []cluster.Right {
	if g.kind == kindSignal {
		return []cluster.Right{{Verb: "patch", Resource: "risksignals"}, {Verb: "verify", Resource: "risksignals"}}
	}
	verb := "patch"
	if e.New {
		verb = "create"
	}
	rights := []cluster.Right{{Verb: verb, Resource: "reviews"}}
	if step := g.signedStep(e); step != "" {
		rights = append(rights, cluster.Right{Verb: "approve", Resource: "reviews", Subresource: step})
	}
	return rights
}
