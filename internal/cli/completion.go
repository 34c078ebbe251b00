// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"io"

	"github.com/spf13/cobra"

	"fangpin.io/fangpin/internal/cli/wording"
)

// kubectlCompletion lets kubectl ask the plugin what comes next. kubectl looks
// for a program of this name on PATH.
const kubectlCompletion = `#!/usr/bin/env sh
# Save as kubectl_complete-fangpin, executable, in a folder on PATH.
exec kubectl-fangpin __complete "$@"
`

// completion adds `completion`, with scripts for shells and one for kubectl.
func (s *session) completion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, command := range root.Commands() {
		if command.Name() != "completion" {
			continue
		}
		command.Short = s.lang.Say(wording.CompletionShort)
		command.Long = s.lang.Say(wording.CompletionLong)
		command.AddCommand(&cobra.Command{
			Use:   "kubectl",
			Short: s.lang.Say(wording.CompletionKubectlShort),
			Args:  none,
			RunE: func(cmd *cobra.Command, _ []string) error {
				_, err := io.WriteString(cmd.OutOrStdout(), kubectlCompletion)
				return err
			},
		})
		for _, shell := range command.Commands() {
			if shell.Name() != "kubectl" {
				shell.Short = s.lang.Say(wording.CompletionShell, shell.Name())
			}
		}
	}
}
