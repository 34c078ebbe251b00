// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"fangpin.io/fangpin/internal/controlplane"
)

// asOf is the day on which the families are judged.
const asOf = "2020-12-28"

// benchEvaluate judges a stream of so many families with the command, and
// compares it with a program that only decodes the same stream.
func benchEvaluate(ctx context.Context, families, rounds int, seed uint64, log io.Writer) (*table, error) {
	folder, err := os.MkdirTemp("", "fangpin-bench-*")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	command := filepath.Join(folder, "kubectl-fangpin")
	if err := buildCommand(ctx, command); err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	large, err := writeStream(filepath.Join(folder, "large.yaml"), seed, families)
	if err != nil {
		return nil, err
	}
	small, err := writeStream(filepath.Join(folder, "small.yaml"), seed, families/10)
	if err != nil {
		return nil, err
	}
	if err := checkEvaluate(ctx, command, small); err != nil {
		return nil, err
	}
	decode := []string{self, decodeCommand}
	evaluate := []string{command, "evaluate", "-f", "-", "-o", "yaml", "--as-of", asOf}
	var decoded, evaluated, few []ran
	for round := range rounds {
		fmt.Fprintf(log, "evaluate, round %d of %d (load %s).\n", round+1, rounds, describeLoad())
		for _, arm := range []struct {
			command []string
			stream  stream
			runs    *[]ran
		}{{decode, large, &decoded}, {evaluate, large, &evaluated}, {evaluate, small, &few}} {
			run, err := runOnStream(ctx, arm.command, arm.stream.path)
			if err != nil {
				return nil, err
			}
			*arm.runs = append(*arm.runs, run)
		}
	}
	return reportEvaluate(large, decoded, evaluated, few), nil
}

func reportEvaluate(s stream, decoded, evaluated, few []ran) *table {
	t := &table{title: "kubectl-fangpin evaluate"}
	var objects []string
	for _, k := range kinds {
		objects = append(objects, grouped(int64(s.objects[k.name]))+" "+k.many)
	}
	t.note("%s under R01 from one stream of %s MB of YAML, printed as YAML with their statuses.",
		strings.Join(objects, ", "), grouped(s.size>>20))
	t.note("Decoding is the same stream read document by document into Go types by sigs.k8s.io/yaml, on all cores, and nothing more.")
	n := float64(s.objects[households.name])
	rate := func(runs []ran) samples {
		return of(runs, func(r ran) float64 { return n / r.wall.Seconds() })
	}
	perFamily := func(runs []ran) samples {
		return of(runs, func(r ran) float64 { return float64(r.cpu.Microseconds()) / n })
	}
	t.add("evaluate: rate over decoding alone", "", ratios(rate(evaluated), rate(decoded))...)
	t.add("evaluate: CPU over decoding alone", "", ratios(perFamily(evaluated), perFamily(decoded))...)
	t.add("evaluate: families/s", "", rate(evaluated)...)
	t.add("evaluate: CPU µs a family with its papers", "", perFamily(evaluated)...)
	t.add("evaluate: peak resident memory, MB", "bounded", of(evaluated, ran.megabytes)...)
	t.add("evaluate: the same for a tenth of the families, MB", "", of(few, ran.megabytes)...)
	t.add("decoding: families/s", "", rate(decoded)...)
	t.add("decoding: CPU µs a family with its papers", "", perFamily(decoded)...)
	t.add("decoding: peak resident memory, MB", "", of(decoded, ran.megabytes)...)
	return t
}

func of(runs []ran, figure func(ran) float64) samples {
	var out samples
	for _, r := range runs {
		out = append(out, figure(r))
	}
	return out
}

func buildCommand(ctx context.Context, path string) error {
	root, err := controlplane.RepositoryRoot()
	if err != nil {
		return err
	}
	build := exec.CommandContext(ctx, "go", "build", "-o", path, "./cmd/kubectl-fangpin")
	build.Dir = root
	if output, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("building kubectl-fangpin: %w\n%s", err, output)
	}
	return nil
}

// ran is one run of a program.
type ran struct {
	wall, cpu time.Duration
	peak      uint64 // resident memory, bytes
}

func (r ran) megabytes() float64 { return float64(r.peak) / (1 << 20) }

// memoryInterval is how often a running program's peak of memory is read.
const memoryInterval = 20 * time.Millisecond

// runOnStream runs a program with a file as its input, and throws its output
// away.
func runOnStream(ctx context.Context, command []string, stream string) (ran, error) {
	in, err := os.Open(stream)
	if err != nil {
		return ran{}, err
	}
	defer func() { _ = in.Close() }()
	program := exec.CommandContext(ctx, command[0], command[1:]...)
	var complaint strings.Builder
	program.Stdin, program.Stderr = in, &complaint
	began := time.Now()
	if err := program.Start(); err != nil {
		return ran{}, err
	}
	ended := make(chan error, 1)
	go func() { ended <- program.Wait() }()
	ticker := time.NewTicker(memoryInterval)
	defer ticker.Stop()
	var r ran
	for {
		select {
		case <-ticker.C:
			// At its very end a process has no memory to ask for.
			if peak, err := peakMemory(program.Process.Pid); err == nil {
				r.peak = max(r.peak, peak)
			}
		case err := <-ended:
			r.wall = time.Since(began)
			if err != nil {
				return r, fmt.Errorf("%s: %w\n%s", strings.Join(command, " "), err, complaint.String())
			}
			r.cpu = program.ProcessState.UserTime() + program.ProcessState.SystemTime()
			return r, nil
		}
	}
}
