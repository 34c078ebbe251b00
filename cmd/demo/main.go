// SPDX-License-Identifier: Apache-2.0

// Command demo lets a town's year 2020 pass on a local control plane, and beside
// it the leads and reviews of a second township, and shows it on one screen, or
// headless with -once checks it and exits.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/population"
)

// Exit statuses.
const (
	exitFine     = 0
	exitFailed   = 1 // something went wrong, or a check found a difference
	exitBadUsage = 2
	exitStopped  = 130 // by Ctrl-C before the year was over
)

// settings are what the user asked for.
type settings struct {
	scale    float64
	seed     uint64
	once     bool
	language wording.Language
}

func (s settings) groups() population.Groups { return population.PlanGroups.Scaled(s.scale) }

func main() { os.Exit(start()) }

// start runs the demo until it is over or interrupted, and returns the exit
// status.
func start() int {
	given, err := parse(os.Args[1:], os.Getenv, os.Stderr)
	if errors.Is(err, flag.ErrHelp) {
		return exitFine
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		return exitBadUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	// After the first Ctrl-C the signal has its usual effect again, so that a
	// second one ends what does not end by itself.
	context.AfterFunc(ctx, stop)
	return run(ctx, given, os.Stdout)
}

// Scales beyond this one are slips of the pen: a hundred thousand families.
const maxScale = 60

// onceScale is the scale of the headless run: two to three minutes on two cores.
const onceScale = 0.1

// parse reads flags; what is not given comes from DEMO_ONCE, DEMO_SCALE,
// DEMO_SEED and the locale.
func parse(args []string, env func(string) string, messages io.Writer) (settings, error) {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.SetOutput(messages)
	scale := flags.String("scale", env("DEMO_SCALE"), "share of the town's 1,752 families, such as 0.1 (DEMO_SCALE; default 1, headless 0.1)")
	seed := flags.String("seed", env("DEMO_SEED"), "number from which the town is invented (DEMO_SEED; default 2020)")
	once := flags.Bool("once", isYes(env("DEMO_ONCE")), "headless: let the year pass, check it against the core, exit (DEMO_ONCE=1)")
	lang := flags.String("lang", "", "zh or en (default: the locale's)")
	if err := flags.Parse(args); err != nil {
		return settings{}, err
	}
	s := settings{once: *once, scale: 1, seed: 2020, language: wording.FromEnvironment(env)}
	if s.once {
		s.scale = onceScale
	}
	if flags.NArg() > 0 {
		return s, fmt.Errorf("%q: the demo takes flags only; see -help", flags.Arg(0))
	}
	var err error
	if *lang != "" {
		if s.language, err = wording.Parse(*lang); err != nil {
			return s, err
		}
	}
	if *scale != "" {
		if s.scale, err = strconv.ParseFloat(*scale, 64); err != nil || !(s.scale > 0 && s.scale <= maxScale) {
			return s, fmt.Errorf("scale %q: write a number above 0 and up to %d, such as 0.1 for a tenth of the families", *scale, maxScale)
		}
	}
	if *seed != "" {
		if s.seed, err = strconv.ParseUint(*seed, 10, 64); err != nil {
			return s, fmt.Errorf("seed %q: write a whole number such as 2020", *seed)
		}
	}
	return s, nil
}

// isYes reads a switch from the environment.
func isYes(value string) bool {
	yes, err := strconv.ParseBool(value)
	return yes && err == nil
}
