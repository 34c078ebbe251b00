// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"
	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"fangpin.io/fangpin/config/admission"
	"fangpin.io/fangpin/internal/cli/cluster"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/output"
	"fangpin.io/fangpin/internal/cli/preflight"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
)

// checkCommand is `check`.
func (s *session) checkCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "check",
		Short: s.lang.Say(wording.CheckShort),
		Long:  s.lang.Say(wording.CheckLong),
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			parsed, err := output.ParseFormat(format)
			if err != nil {
				return usageError{err}
			}
			return s.check(cmd.Context(), parsed)
		},
	}
	cmd.Flags().StringVarP(&format, "output", "o", string(output.Table), s.lang.Say(wording.FlagOutput))
	s.addClusterFlags(cmd)
	s.completeFormat(cmd)
	return cmd
}

func (s *session) check(ctx context.Context, format output.Format) error {
	version, served, err := cluster.Served(s.cluster)
	if err != nil {
		return err
	}
	findings := []preflight.Finding{preflight.Kubernetes(version), preflight.Kinds(manifest.KindNames(), served)}
	live, err := cluster.Open(s.cluster)
	if err != nil {
		return err
	}
	for _, look := range []func(context.Context, *cluster.Cluster) ([]preflight.Finding, error){lookAtAdmission, lookAtRoles} {
		found, err := look(ctx, live)
		if err != nil {
			// What could not be looked at is not known to be in order.
			found = []preflight.Finding{{Level: preflight.Fail, About: "access", Key: wording.CheckUnseen, Args: []any{err}}}
		}
		findings = append(findings, found...)
	}
	if err := s.printFindings(findings, format); err != nil {
		return err
	}
	for _, f := range findings {
		if f.Level == preflight.Fail {
			return errNo
		}
	}
	return nil
}

func lookAtAdmission(ctx context.Context, live *cluster.Cluster) ([]preflight.Finding, error) {
	shipped, err := shippedPolicies()
	if err != nil {
		return nil, err
	}
	policies, bindings, err := live.AdmissionPolicies(ctx)
	if err != nil {
		return nil, err
	}
	return preflight.Admission(shipped, policies, bindings), nil
}

// shippedPolicies are the admission policies of this version of the command.
func shippedPolicies() ([]admissionregistrationv1.ValidatingAdmissionPolicy, error) {
	objects, err := admission.Manifests()
	if err != nil {
		return nil, err
	}
	var shipped []admissionregistrationv1.ValidatingAdmissionPolicy
	for _, object := range objects {
		if object.GetKind() != "ValidatingAdmissionPolicy" {
			continue
		}
		var policy admissionregistrationv1.ValidatingAdmissionPolicy
		if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, &policy); err != nil {
			return nil, err
		}
		shipped = append(shipped, policy)
	}
	return shipped, nil
}

func lookAtRoles(ctx context.Context, live *cluster.Cluster) ([]preflight.Finding, error) {
	grants, err := live.Grants(ctx)
	if err != nil {
		return nil, err
	}
	return preflight.RoleFindings(grants), nil
}

// findingView is the form of a finding for programs.
type findingView struct {
	Level   string `json:"level"`
	About   string `json:"about"`
	Message string `json:"message"`
}

var levelColours = map[preflight.Level]terminal.Colour{
	preflight.OK: terminal.Green, preflight.Warn: terminal.Yellow, preflight.Fail: terminal.Red,
}

var levelWords = map[preflight.Level]wording.Key{
	preflight.OK: wording.CasePassed, preflight.Warn: wording.CheckWarns, preflight.Fail: wording.CaseFailed,
}

func (s *session) printFindings(findings []preflight.Finding, format output.Format) error {
	views := make([]findingView, len(findings))
	for i, f := range findings {
		views[i] = findingView{string(f.Level), f.About, s.lang.Say(f.Key, f.Args...)}
	}
	if format == output.YAML || format == output.JSON {
		return output.Value(s.Out, format, map[string]any{"findings": views})
	}
	table := terminal.NewTable(s.Out, terminal.NewPainter(s.Out, s.Getenv))
	var faults []error
	for i, f := range findings {
		faults = append(faults, table.Add(
			terminal.Cell{Text: s.lang.Say(levelWords[f.Level]), Colour: levelColours[f.Level]},
			terminal.Cell{Text: views[i].About}, terminal.Cell{Text: views[i].Message},
		))
	}
	return errors.Join(append(faults, table.Flush())...)
}
