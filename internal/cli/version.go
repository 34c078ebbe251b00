// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/wording"
)

// versionCommand is `version`: what was built, from what.
func (s *session) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: s.lang.Say(wording.VersionShort),
		Args:  none,
		RunE: func(*cobra.Command, []string) error {
			version, commit := buildOf(debug.ReadBuildInfo())
			return s.say(wording.Version, version, commit, v1alpha1.SchemeGroupVersion.String(),
				runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH)
		},
	}
}

// buildOf returns the module's version and the commit, as the build noted them.
func buildOf(info *debug.BuildInfo, ok bool) (version, commit string) {
	version, commit = "(devel)", "-"
	if !ok {
		return version, commit
	}
	if info.Main.Version != "" {
		version = info.Main.Version
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			commit = setting.Value
		}
	}
	return version, commit
}
