// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"

	"fangpin.io/fangpin/internal/controlplane"
)

// measurement is one line of a Go benchmark: what was measured, by unit.
type measurement struct {
	name    string // without Benchmark and the number of cores
	figures map[string]float64
}

// benchCore runs the Go benchmarks of a judgment and reports on them.
func benchCore(ctx context.Context, rounds int, log io.Writer) (*table, error) {
	root, err := controlplane.RepositoryRoot()
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(log, "The core (load %s).\n", describeLoad())
	// On one core: the collector's work then counts as the core's own.
	run := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", "^Benchmark(Decide|Judge|Decode)$",
		"-cpu", "1", "-count", strconv.Itoa(rounds), "./internal/translate")
	run.Dir = root
	output, err := run.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("running the benchmarks of the core: %w\n%s", err, output)
	}
	measured := parseBenchmarks(output)
	if len(measured) == 0 {
		return nil, fmt.Errorf("the benchmarks of the core measured nothing:\n%s", output)
	}
	return reportCore(measured), nil
}

// parseBenchmarks reads the output of go test -bench:
//
//	BenchmarkDecide/Twelve   1000   41000 ns/op   39000 cpu-ns/op   54 allocs/op
func parseBenchmarks(output []byte) []measurement {
	var all []measurement
	for lines := bufio.NewScanner(bytes.NewReader(output)); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		m := measurement{name: strings.TrimPrefix(fields[0], "Benchmark"), figures: map[string]float64{}}
		for i := 2; i+1 < len(fields); i += 2 {
			if figure, err := strconv.ParseFloat(fields[i], 64); err == nil {
				m.figures[fields[i+1]] = figure
			}
		}
		all = append(all, m)
	}
	return all
}

// reportCore puts the benchmarks in a table, each with its runs.
func reportCore(measured []measurement) *table {
	t := &table{title: "The decision core"}
	t.note("One family with twelve surveys under R01, and one that has two reviews and two leads besides, on one core; compiling the policy is not counted.")
	t.note("Decide is the decision alone; Judge reads the objects before it and writes the status after it;")
	t.note("Decode is encoding/json reading the family's objects into their Go types, for comparison.")
	byName := map[string]map[string]samples{}
	var names []string
	for _, m := range measured {
		if byName[m.name] == nil {
			byName[m.name] = map[string]samples{}
			names = append(names, m.name)
		}
		for unit, figure := range m.figures {
			byName[m.name][unit] = append(byName[m.name][unit], figure)
		}
	}
	for _, name := range names {
		figures := byName[name]
		cpuTarget, allocsTarget := coreTargets(name)
		t.add(name+": CPU µs", cpuTarget, thousandths(figures["cpu-ns/op"])...)
		t.add(name+": allocations", allocsTarget, figures["allocs/op"]...)
		if family, ok := strings.CutPrefix(name, "Decide/"); ok {
			t.add(name+": CPU over decoding the family", "", ratios(figures["cpu-ns/op"], byName["Decode/"+family]["cpu-ns/op"])...)
		}
	}
	return t
}

// coreTargets are what is asked of a decision about a family whose facts are
// known: without papers, and with two reviews and two leads.
func coreTargets(name string) (cpu, allocations string) {
	family, decides := strings.CutPrefix(name, "Decide/")
	switch {
	case !decides || strings.Contains(family, "Missing"):
		return "", ""
	case strings.Contains(family, "Reviews"):
		return "at most 60", "at most 60"
	default:
		return "at most 40", "at most 60"
	}
}

func thousandths(s samples) samples {
	var out samples
	for _, f := range s {
		out = append(out, f/1000)
	}
	return out
}
