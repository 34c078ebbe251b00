// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"

	"github.com/spf13/cobra"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/internal/cli/cluster"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/output"
	"fangpin.io/fangpin/internal/cli/wording"
)

// evaluateCommand is `evaluate -f PATH…`.
func (s *session) evaluateCommand() *cobra.Command {
	e := evaluation{session: s}
	var format string
	cmd := &cobra.Command{
		Use:   "evaluate [-f PATH...]",
		Short: s.lang.Say(wording.EvaluateShort),
		Long:  s.lang.Say(wording.EvaluateLong),
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if e.format, err = output.ParseFormat(format); err != nil {
				return usageError{err}
			}
			if err := e.read(s); err != nil {
				return err
			}
			return e.run(cmd.Context())
		},
	}
	cmd.Flags().StringSliceVarP(&e.paths, "filename", "f", nil, s.lang.Say(wording.FlagFilename))
	cmd.Flags().StringVarP(&format, "output", "o", string(output.YAML), s.lang.Say(wording.FlagOutput))
	cmd.Flags().BoolVarP(&e.everywhere, "all-namespaces", "A", false, s.lang.Say(wording.FlagAllNamespaces))
	e.addFlags(cmd, s)
	s.addClusterFlags(cmd)
	s.completeFormat(cmd)
	return cmd
}

// completeFormat completes the values of -o.
func (s *session) completeFormat(cmd *cobra.Command) {
	formats := []string{string(output.YAML), string(output.JSON), string(output.Table), string(output.Wide)}
	if err := cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic("the flag output is missing: " + err.Error()) // a fault of the build, found by every test
	}
}

// run judges what the files hold, or the cluster.
func (e *evaluation) run(ctx context.Context) error {
	e.begin()
	defer func() { _ = e.spool.Close() }() // it only held what is printed by now
	if err := e.load(ctx); err != nil {
		return err
	}
	return e.judgeAll(ctx)
}

// load reads everything, from files or from the cluster.
func (e *evaluation) load(ctx context.Context) error {
	if err := e.each(ctx, e.take); err != nil {
		return err
	}
	e.noteLeftOut()
	return nil
}

// each hands on every object, from files or from the cluster.
func (e *evaluation) each(ctx context.Context, take func(manifest.Document, client.Object) error) error {
	if len(e.paths) == 0 {
		return e.gather(ctx, take)
	}
	if e.everywhere {
		return usageError{wording.Fault(wording.FilesOrCluster, "--all-namespaces")}
	}
	skipped, err := e.source(e.paths).Read(ctx, take)
	e.noteSkipped(skipped)
	return err
}

// gather reads the objects of the cluster.
func (e *evaluation) gather(ctx context.Context, take func(manifest.Document, client.Object) error) error {
	live, err := cluster.Open(e.cluster)
	if err != nil {
		return err
	}
	if !e.everywhere {
		e.namespace = live.Namespace
	}
	yield := func(object cluster.Object) error {
		d, err := live.Document(object)
		if err != nil {
			return err
		}
		return take(d, object)
	}
	if err := live.Shared(ctx, yield); err != nil {
		return err
	}
	if err := live.Papers(ctx, e.namespace, yield); err != nil {
		return err
	}
	e.partial = !e.everywhere
	return nil
}
