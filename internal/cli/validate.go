// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/output"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
	"fangpin.io/fangpin/internal/translate/soundness"
)

// validation is one call of `validate`.
type validation struct {
	*session
	paths   []string
	format  output.Format
	samples int
	strict  bool

	policies      []documentedPolicy
	jurisdictions []*v1alpha1.Jurisdiction
	findings      []validationFinding
	counts        map[severity]int
}

// documentedPolicy is a policy with where it stands.
type documentedPolicy struct {
	document manifest.Document
	policy   *v1alpha1.MonitoringPolicy
}

// defaultSamples is how many families are drawn for each plan.
const defaultSamples = 2000

// validateCommand is `validate PATH…`.
func (s *session) validateCommand() *cobra.Command {
	rbac, format := false, ""
	v := &validation{session: s, counts: map[severity]int{}}
	cmd := &cobra.Command{
		Use:   "validate PATH...",
		Short: s.lang.Say(wording.ValidateShort),
		Long:  s.lang.Say(wording.ValidateLong),
		Args:  atLeastOne(wording.ValidateWithoutPath),
		RunE: func(cmd *cobra.Command, args []string) error {
			if rbac {
				return s.printRoles(cmd.Context(), args)
			}
			var err error
			if v.format, err = output.ParseFormat(format); err != nil {
				return usageError{err}
			}
			if v.samples < 0 {
				return usageError{wording.Fault(wording.SamplesNegative, v.samples)}
			}
			v.paths = args
			return v.run(cmd.Context())
		},
	}
	cmd.Flags().BoolVar(&rbac, "rbac", false, s.lang.Say(wording.FlagRBAC))
	cmd.Flags().IntVar(&v.samples, "samples", defaultSamples, s.lang.Say(wording.FlagSamples))
	cmd.Flags().BoolVar(&v.strict, "strict", false, s.lang.Say(wording.FlagStrict))
	cmd.Flags().StringVarP(&format, "output", "o", string(output.Table), s.lang.Say(wording.FlagOutput))
	s.completeFormat(cmd)
	return cmd
}

func (v *validation) run(ctx context.Context) error {
	skipped, err := v.source(v.paths).Read(ctx, func(d manifest.Document, object client.Object) error {
		switch o := object.(type) {
		case *v1alpha1.MonitoringPolicy:
			v.policies = append(v.policies, documentedPolicy{d, o})
		case *v1alpha1.Jurisdiction:
			v.jurisdictions = append(v.jurisdictions, o)
		}
		return nil
	})
	v.noteSkipped(skipped)
	switch {
	case err != nil:
		return v.refuse(err)
	case len(v.policies) == 0:
		return wording.Fault(wording.NoPolicyFound)
	}
	for _, p := range v.policies {
		if err := v.policy(p); err != nil {
			return err
		}
	}
	if v.structured() {
		if err := v.print(); err != nil {
			return err
		}
	}
	if v.counts[isError] > 0 || v.strict && v.counts[isWarning] > 0 {
		return errNo
	}
	return nil
}

// structured says whether the findings are printed for programs, as one list.
func (v *validation) structured() bool { return v.format == output.JSON || v.format == output.YAML }

// refuse prints what the input is refused for in the list that programs read; people
// read it as the error. What the compiler says of a refused policy is said too.
func (v *validation) refuse(err error) error {
	var refusals []*manifest.Refusal
	for _, one := range wording.Each(err) {
		f := validationFinding{Code: codeRefused, Severity: isError, Message: v.lang.Error(one)}
		var refusal *manifest.Refusal
		if errors.As(one, &refusal) {
			refusals = append(refusals, refusal)
			f.Policy, f.File, f.Line, f.Path = refusal.Document.Name, refusal.Place.File, refusal.Place.Line, refusal.Path
			f.Message = strings.TrimPrefix(v.lang.Error(refusal), refusal.Path)
			f.Message = strings.TrimLeft(f.Message, ":： ")
		}
		v.findings = append(v.findings, f)
	}
	for i, refusal := range refusals {
		if i > 0 && refusals[i-1].Document.Place == refusal.Document.Place {
			continue
		}
		if err := v.compileRefused(refusal.Document, refusals); err != nil {
			return err
		}
	}
	if !v.structured() {
		return err
	}
	return errors.Join(v.print(), err)
}

// compileRefused says what the compiler finds in a policy that is refused, so that
// all can be mended at once; of fields that are refused it is silent.
func (v *validation) compileRefused(d manifest.Document, refusals []*manifest.Refusal) error {
	var policy v1alpha1.MonitoringPolicy
	if d.Kind != "MonitoringPolicy" || d.Into(&policy) != nil {
		return nil
	}
	say := speaker{lang: v.lang, document: d, spec: &policy.Spec}
	var found []validationFinding
	for _, problem := range translate.CompilePolicy(&policy).Problems {
		refused := slices.ContainsFunc(refusals, func(r *manifest.Refusal) bool {
			return r.Document.Place == d.Place && (strings.HasPrefix(problem.Path, r.Path) || strings.HasPrefix(r.Path, problem.Path))
		})
		if !refused {
			found = append(found, say.problem(&problem))
		}
	}
	if len(found) == 0 {
		return nil
	}
	if v.structured() {
		v.findings = append(v.findings, found...)
		return nil
	}
	return v.report(say, false, found)
}

func (v *validation) print() error {
	list := v.findings
	if list == nil {
		list = []validationFinding{}
	}
	return output.Value(v.Out, v.format, list)
}

// policy compiles a policy and looks through it.
func (v *validation) policy(p documentedPolicy) error {
	compiled := translate.CompilePolicy(p.policy)
	say := speaker{lang: v.lang, document: p.document, spec: &p.policy.Spec}
	found := say.problems(compiled)
	findings := soundness.Look(compiled, soundness.Options{Samples: v.samples, Jurisdictions: v.jurisdictions})
	for i := range findings {
		found = append(found, say.finding(&findings[i]))
	}
	slices.SortStableFunc(found, func(a, b validationFinding) int { return cmp.Compare(a.Line, b.Line) })
	for _, f := range found {
		v.counts[f.Severity]++
	}
	if v.structured() {
		v.findings = append(v.findings, found...)
		return nil
	}
	return v.report(say, !compiled.Problems.Fatal(), found)
}

// refused writes what keeps a policy from compiling, and nothing else.
func (v *validation) refused(p documentedPolicy, compiled *translate.CompiledPolicy) error {
	say := speaker{lang: v.lang, document: p.document, spec: &p.policy.Spec}
	return v.report(say, false, say.problems(compiled))
}

// report writes a line for the policy and one for each finding.
func (v *validation) report(say speaker, valid bool, found []validationFinding) error {
	key := wording.PolicyValid
	if !valid {
		key = wording.PolicyInvalid
	}
	if err := v.say(key, say.document.Name, say.document.Place); err != nil {
		return err
	}
	for _, f := range found {
		if err := v.say(wording.FindingLine, v.placeOf(f), v.fieldOf(say, f), v.lang.Say(severityWords[f.Severity]), v.textOf(f), f.Code); err != nil {
			return err
		}
	}
	return nil
}

var severityWords = map[severity]wording.Key{
	isError: wording.SeverityError, isWarning: wording.SeverityWarning, isInformation: wording.SeverityInformation,
}

func (v *validation) placeOf(f validationFinding) string { return fmt.Sprintf("%s:%d", f.File, f.Line) }

func (v *validation) fieldOf(say speaker, f validationFinding) string {
	field := say.named(f.Path)
	if f.RuleColumn > 0 {
		field = v.lang.Say(wording.PlaceInRule, field, f.RuleLine, f.RuleColumn)
	}
	return field
}

func (v *validation) textOf(f validationFinding) string {
	if f.Hint == "" {
		return f.Message
	}
	return v.lang.Say(wording.WithHint, f.Message, f.Hint)
}

// source reads the files that a command names.
func (s *session) source(paths []string) manifest.Source {
	return manifest.Source{Paths: paths, Stdin: s.In, Reading: manifest.Reading{Namespace: s.namespace()}}
}

// namespace is that of objects in files which state none: -n, else default, as
// kubectl has it.
func (s *session) namespace() string {
	if n := s.cluster.Namespace; n != nil && *n != "" {
		return *n
	}
	return "default"
}

// noteSkipped says which documents were passed over.
func (s *session) noteSkipped(skipped []manifest.Skipped) {
	for _, k := range skipped {
		if k.Kind == "" {
			s.note(wording.SkippedNoKind, k.Documents, k.First)
			continue
		}
		s.note(wording.SkippedForeign, k.Documents, k.APIVersion, k.Kind, k.First)
	}
}
