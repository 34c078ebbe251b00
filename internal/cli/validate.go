// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// validateCommand is `validate PATH…`.
func (s *session) validateCommand() *cobra.Command {
	rbac := false
	cmd := &cobra.Command{
		Use:   "validate PATH...",
		Short: s.lang.Say(wording.ValidateShort),
		Long:  s.lang.Say(wording.ValidateLong),
		Args:  atLeastOne(wording.ValidateWithoutPath),
		RunE: func(cmd *cobra.Command, args []string) error {
			if rbac {
				return s.printRoles(cmd.Context(), args)
			}
			return s.validate(cmd.Context(), args)
		},
	}
	cmd.Flags().BoolVar(&rbac, "rbac", false, s.lang.Say(wording.FlagRBAC))
	return cmd
}

func (s *session) validate(ctx context.Context, paths []string) error {
	policies, invalid := 0, 0
	skipped, err := s.source(paths).Read(ctx, func(d manifest.Document, object client.Object) error {
		policy, ok := object.(*v1alpha1.MonitoringPolicy)
		if !ok {
			return nil
		}
		policies++
		compiled := translate.CompilePolicy(policy)
		if compiled.Problems.Fatal() {
			invalid++
		}
		return s.reportPolicy(d, compiled)
	})
	s.noteSkipped(skipped)
	switch {
	case err != nil:
		return err
	case policies == 0:
		return wording.Fault(wording.NoPolicyFound)
	case invalid > 0:
		return errNo
	}
	return nil
}

// reportPolicy writes a line for the policy and one for each problem.
func (s *session) reportPolicy(d manifest.Document, compiled *translate.CompiledPolicy) error {
	key := wording.PolicyValid
	if compiled.Problems.Fatal() {
		key = wording.PolicyInvalid
	}
	if err := s.say(key, d.Name, d.Place); err != nil {
		return err
	}
	for _, problem := range compiled.Problems {
		if _, err := fmt.Fprintln(s.Out, "  "+terminal.Line(problem.String())); err != nil {
			return err
		}
	}
	return nil
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
