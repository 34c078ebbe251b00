// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/output"
	"fangpin.io/fangpin/internal/cli/wording"
)

// addFlags gives a command the flags that all facts have.
func (w *writing) addFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringSliceVarP(&w.paths, "filename", "f", nil, w.lang.Say(wording.FlagFilename))
	f.StringVar(&w.date, "date", "", w.lang.Say(wording.FlagDate))
	f.StringVar(&w.by, "by", "", w.lang.Say(wording.FlagBy))
	f.StringVar(&w.asOfFlag, "as-of", "", w.lang.Say(wording.FlagTakeAsToday))
	f.BoolVarP(&w.yes, "yes", "y", false, w.lang.Say(wording.FlagYes))
	f.BoolVar(&w.dryRun, "dry-run", false, w.lang.Say(wording.FlagDryRun))
	f.BoolVar(&w.anyway, "anyway", false, w.lang.Say(wording.FlagAnyway))
	f.StringVarP(&w.format, "output", "o", "", w.lang.Say(wording.FlagWrittenOutput))
	w.addClusterFlags(cmd)
	formats := []string{string(output.YAML), string(output.JSON)}
	if err := cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic("the flag output is missing: " + err.Error()) // a fault of the build, found by every test
	}
}

// target reads KIND/NAME, or a household's NAME alone.
func (w *writing) target(text string, kinds ...string) error {
	kind, name, slashed := strings.Cut(text, "/")
	if !slashed {
		kind, name = kindHousehold, text
	}
	found, err := manifest.FindKind(kind)
	if err != nil {
		return usageError{err}
	}
	for _, k := range kinds {
		if found.Name == k && name != "" {
			w.kind, w.name = k, name
			return nil
		}
	}
	return usageError{wording.Fault(wording.WrongTarget, text, strings.Join(kinds, ", "))}
}

// begin refuses flags that do not go together.
func (w *writing) begin() error {
	inFiles := len(w.paths) > 0
	switch {
	case w.format != "" && w.format != string(output.YAML) && w.format != string(output.JSON):
		return usageError{wording.Fault(wording.YAMLOrJSON, w.format)}
	case !inFiles && w.asOfFlag != "":
		return usageError{wording.Fault(wording.AsOfInFilesOnly)}
	case !inFiles && w.by != "":
		return usageError{wording.Fault(wording.BySigner)}
	case inFiles && w.by == "" && w.needsBy:
		return usageError{wording.Fault(wording.ByWhom)}
	case !inFiles && !w.yes && !w.dryRun && !w.Interactive:
		return usageError{wording.Fault(wording.SayYes)}
	}
	return nil
}
