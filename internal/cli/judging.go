// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/cli/policytest"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// judging says on which day families are judged, and by what was known when.
type judging struct {
	asOfFlag, knownAtFlag string

	asOf, knownAt civil.Day // zero: today; everything
	now           time.Time
	// advice is the language in which conclusions are worded: that of the
	// controller, unless a command says them to its user.
	advice translate.Language
}

// adviseIn lets conclusions be worded in the command's language.
func (j *judging) adviseIn(l wording.Language) {
	if l == wording.Chinese {
		j.advice = translate.Chinese
	}
}

// addFlags gives a command --as-of and --known-at.
func (j *judging) addFlags(cmd *cobra.Command, s *session) {
	cmd.Flags().StringVar(&j.asOfFlag, "as-of", "", s.lang.Say(wording.FlagAsOf))
	cmd.Flags().StringVar(&j.knownAtFlag, "known-at", "", s.lang.Say(wording.FlagKnownAt))
}

// read reads the flags, and the clock once.
func (j *judging) read(s *session) error {
	j.now = s.Clock.Now()
	var faults []error
	for _, flag := range []struct {
		name, text string
		day        *civil.Day
	}{{"--as-of", j.asOfFlag, &j.asOf}, {"--known-at", j.knownAtFlag, &j.knownAt}} {
		if flag.text == "" {
			continue
		}
		day, err := civil.ParseDay(flag.text)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", flag.name, err))
		}
		*flag.day = day
	}
	if err := errors.Join(faults...); err != nil {
		return usageError{err}
	}
	return nil
}

// world compiles the policies. One that does not compile is an error offline:
// nothing could be concluded by it. On a cluster it concerns the families under
// it alone, who are told so, and the world is good for all others.
func (j *judging) world(shared *papers.Shared) (*translate.World, error) {
	world := shared.World(translate.Options{KnownAt: j.knownAt, Language: j.advice})
	var faults []error
	for _, policy := range papers.Invalid(world) {
		faults = append(faults, &policytest.InvalidPolicy{Name: policy.Policy.Name, Problems: policy.Problems})
	}
	if len(faults) > 0 {
		return world, refusal{errors.Join(faults...)}
	}
	return world, nil
}

// judge judges one family.
func (j *judging) judge(world *translate.World, p translate.Papers) translate.Judgment {
	if j.asOf.IsZero() {
		return world.Judge(p, j.now)
	}
	return world.JudgeOn(p, j.asOf)
}

// day is the civil day that is judged, in the default zone where it is today.
func (j *judging) day() civil.Day { return papers.DayOf(j.instant()) }

// instant is the moment that is judged, for what asks for one: noon of the day,
// which is that day in every zone of the country.
func (j *judging) instant() time.Time {
	if j.asOf.IsZero() {
		return j.now
	}
	return papers.Noon(j.asOf)
}
