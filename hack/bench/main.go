// SPDX-License-Identifier: Apache-2.0

// Bench measures Fangpin against what it could be at best, in the same run on
// the same machine: the core against its budget, the command against a program
// that only decodes, the manager against bare writes. It prints ratios, and
// never says that a time is good or bad: machines differ, and are shared. What
// does not depend on the machine, such as how many writes are made, is held by
// tests.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/go-logr/logr"
	"sigs.k8s.io/controller-runtime/pkg/log"

	"fangpin.io/fangpin/controllers"
)

// settings are what the flags say.
type settings struct {
	parts       map[string]bool
	families    int
	stream      int
	ledger      int
	concurrency int
	rounds      int
	seed        uint64
	document    string
	preview     []int
	reported    []int // sizes of the streams that are reported on
}

const usageText = `bench measures the decision core, kubectl-fangpin evaluate and report, and the
controller; and on request preview, and import and export (the part ledger).

    go run ./hack/bench [flags]

The parts are core, evaluate, report and controller, and on request preview and
ledger. BENCH_FAMILIES, BENCH_EVALUATE, BENCH_LEDGER and BENCH_PARTS in the
environment set the flags' defaults.

`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	log.SetLogger(logr.Discard()) // a line of log costs as much as a judgment
	if len(os.Args) == 2 && os.Args[1] == decodeCommand {
		exit(decode(os.Stdin, os.Stdout))
	}
	s, err := parseSettings(os.Args[1:], os.Getenv, os.Stderr)
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err == nil {
		err = run(ctx, s, os.Stdout, os.Stderr)
	}
	exit(err)
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// parseSettings reads flags and environment. Complaints about flags go to
// errOut as well, with the usage.
func parseSettings(args []string, getenv func(string) string, errOut io.Writer) (settings, error) {
	s := settings{}
	families, err := fromEnvironment(getenv, "BENCH_FAMILIES", 2000)
	if err != nil {
		return s, err
	}
	stream, err := fromEnvironment(getenv, "BENCH_EVALUATE", 5000)
	if err != nil {
		return s, err
	}
	ledger, err := fromEnvironment(getenv, "BENCH_LEDGER", 10*smallestLedger)
	if err != nil {
		return s, err
	}
	parts := getenv("BENCH_PARTS")
	if parts == "" {
		parts = "core,evaluate,report,controller"
	}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(errOut)
	flags.Usage = func() {
		fmt.Fprint(errOut, usageText)
		flags.PrintDefaults()
	}
	flags.IntVar(&s.families, "families", families, "how many families the controller judges; the project's targets are meant for 10000")
	flags.IntVar(&s.stream, "evaluate", stream, "how many families the command evaluates; the project's targets are meant for 100000")
	flags.IntVar(&s.ledger, "ledger", ledger, "how many rows the largest ledger has; the project's targets are meant for 100000")
	flags.IntVar(&s.concurrency, "concurrency", controllers.DefaultConcurrency, "writes at a time, by the manager and at the ceiling")
	flags.IntVar(&s.rounds, "rounds", 3, "how often each arm of core and evaluate runs")
	flags.Uint64Var(&s.seed, "seed", 2020, "seed of the families")
	flags.StringVar(&parts, "parts", parts, "parts to run, with commas between them")
	flags.StringVar(&s.document, "write", "", "a document whose figures are replaced, such as docs/performance.md")
	sizes := flags.String("preview", "1000,10000", "how many families are previewed, with commas between sizes; the project's targets are meant for 1000,10000,100000,200000")
	reported := flags.String("report", "1000,10000", "how many families the command reports on, with commas between sizes that ascend")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	if flags.NArg() > 0 {
		return s, fmt.Errorf("there are no arguments, but %q is given", flags.Args())
	}
	if s.parts, err = readParts(parts); err != nil {
		return s, err
	}
	if s.preview, err = sizesOf(*sizes); err != nil {
		return s, err
	}
	if s.reported, err = readSizes(*reported); err != nil {
		return s, err
	}
	// A tenth of the stream is evaluated too, and the controller needs families
	// of each group in each slice.
	if s.families < 100 || s.stream < 100 || s.rounds < 1 || s.concurrency < 1 {
		return s, errors.New("families and evaluate are at least 100, rounds and concurrency at least 1")
	}
	return s, nil
}

func fromEnvironment(getenv func(string) string, name string, otherwise int) (int, error) {
	text := getenv(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("%s is %q, want a whole number such as %d", name, text, otherwise)
	}
	return n, nil
}

func readParts(list string) (map[string]bool, error) {
	parts := map[string]bool{}
	for name := range strings.SplitSeq(list, ",") {
		switch name = strings.TrimSpace(name); name {
		case "core", "evaluate", "report", "controller", "preview", "ledger":
			parts[name] = true
		default:
			return nil, fmt.Errorf("there is no part %q: the parts are core, evaluate, report, controller, preview and ledger", name)
		}
	}
	return parts, nil
}

// run measures the parts, prints each as it comes, and writes the document.
func run(ctx context.Context, s settings, out, progress io.Writer) error {
	var figures bytes.Buffer
	both := io.MultiWriter(out, &figures)
	fmt.Fprintf(both, "Measured on %s; %s. The load average was %s at the beginning.\n\n    %s\n\n",
		time.Now().UTC().Format(time.DateOnly), describeMachine(), describeLoad(), s.command())
	for _, part := range []struct {
		name    string
		measure func() (*table, error)
	}{
		{"core", func() (*table, error) { return benchCore(ctx, s.rounds, progress) }},
		{"evaluate", func() (*table, error) { return benchEvaluate(ctx, s.stream, s.rounds, s.seed, progress) }},
		{"report", func() (*table, error) { return benchReport(ctx, s.reported, s.rounds, s.seed, progress) }},
		{"controller", func() (*table, error) { return benchController(ctx, s.families, s.concurrency, s.seed, progress) }},
		{"preview", func() (*table, error) { return benchPreview(ctx, s.preview, s.seed, progress) }},
		{"ledger", func() (*table, error) { return benchLedger(ctx, s.ledger, s.rounds, progress) }},
	} {
		if !s.parts[part.name] {
			continue
		}
		measured, err := part.measure()
		if err != nil {
			return fmt.Errorf("measuring the part %s: %w", part.name, err)
		}
		if err := measured.write(both); err != nil {
			return err
		}
	}
	if s.document == "" {
		return nil
	}
	return writeFigures(s.document, figures.Bytes())
}

// command is how to measure the same again.
func (s settings) command() string {
	var parts []string
	for _, name := range []string{"core", "evaluate", "report", "controller", "preview", "ledger"} {
		if s.parts[name] {
			parts = append(parts, name)
		}
	}
	return fmt.Sprintf("go run ./hack/bench -parts %s -families %d -evaluate %d -concurrency %d -rounds %d -seed %d -preview %s -report %s -ledger %d",
		strings.Join(parts, ","), s.families, s.stream, s.concurrency, s.rounds, s.seed, list(s.preview), list(s.reported), s.ledger)
}

// list writes sizes as a flag takes them.
func list(sizes []int) string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(sizes), " ", ","), "[]")
}

// decode is the arm that only decodes, in a process of its own.
func decode(in io.Reader, out io.Writer) error {
	objects, err := decodeStream(in)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, objects)
	return err
}
