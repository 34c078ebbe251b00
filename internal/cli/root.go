// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"fangpin.io/fangpin/internal/cli/wording"
)

// rootCommand is `kubectl fangpin`.
func (s *session) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:           "kubectl-fangpin",
		Annotations:   map[string]string{cobra.CommandDisplayNameAnnotation: "kubectl fangpin"},
		Short:         s.lang.Say(wording.RootShort),
		Long:          s.lang.Say(wording.RootLong),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{wording.Fault(wording.UnknownCommand, args[0])}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(*cobra.Command, []string) error {
			if s.langFlag == "" {
				return nil
			}
			_, err := wording.Parse(s.langFlag)
			return err
		},
	}
	root.PersistentFlags().StringVar(&s.langFlag, "lang", "", s.lang.Say(wording.FlagLang))
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(
		s.evaluateCommand(),
		s.previewCommand(),
		s.testCommand(),
		s.validateCommand(),
		s.explainCommand(),
		s.timelineCommand(),
		s.visitCommand(),
		s.signalCommand(),
		s.signCommand(),
		s.planCommand(),
		s.deliverCommand(),
		s.submitCommand(),
		s.todoCommand(),
		s.importCommand(),
		s.exportCommand(),
		s.reportCommand(),
		s.checkCommand(),
		s.versionCommand(),
	)
	s.completion(root)
	s.speak(root)
	return root
}

// speak puts the words of the command library into the session's language.
func (s *session) speak(root *cobra.Command) {
	root.SetUsageTemplate(s.lang.Say(wording.UsageTemplate))
	root.InitDefaultHelpCmd()
	for _, command := range root.Commands() {
		if command.Name() == "help" {
			command.Short = s.lang.Say(wording.HelpShort)
		}
		command.InitDefaultHelpFlag()
		command.Flags().Lookup("help").Usage = s.lang.Say(wording.FlagHelp)
	}
	root.InitDefaultHelpFlag()
	root.Flags().Lookup("help").Usage = s.lang.Say(wording.FlagHelp)
}

// shownClusterFlags are those of kubectl's connection flags that the help lists.
// The others are taken all the same.
var shownClusterFlags = map[string]wording.Key{
	"kubeconfig": wording.FlagKubeconfig,
	"context":    wording.FlagContext,
	"namespace":  wording.FlagNamespace,
	"as":         wording.FlagAs,
}

// addClusterFlags gives a command kubectl's flags for reaching a cluster.
func (s *session) addClusterFlags(cmd *cobra.Command) {
	flags := pflag.NewFlagSet("cluster", pflag.ContinueOnError)
	s.cluster.AddFlags(flags)
	flags.VisitAll(func(f *pflag.Flag) {
		if key, shown := shownClusterFlags[f.Name]; shown {
			f.Usage = s.lang.Say(key)
		} else {
			f.Hidden = true
		}
	})
	cmd.Flags().AddFlagSet(flags)
}

// atLeastOne asks for arguments, of the kind that the key names.
func atLeastOne(missing wording.Key) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usageError{wording.Fault(missing)}
		}
		return nil
	}
}

// exactly asks for so many arguments.
func exactly(missing wording.Key, n int) cobra.PositionalArgs { return between(missing, n, n) }

// between asks for so many arguments at least and at most.
func between(missing wording.Key, least, most int) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return usageError{wording.Fault(missing)}
		case len(args) > most:
			return usageError{wording.Fault(wording.NoArguments, args[most])}
		}
		return nil
	}
}

// none refuses arguments.
func none(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{wording.Fault(wording.NoArguments, args[0])}
	}
	return nil
}
