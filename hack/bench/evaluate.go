// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/internal/controlplane"
)

// distinctFamilies is how many families of a stream differ in more than their
// name.
const distinctFamilies = 2000

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
	large, small := filepath.Join(folder, "large.yaml"), filepath.Join(folder, "small.yaml")
	size, err := writeStream(large, seed, families)
	if err != nil {
		return nil, err
	}
	if _, err := writeStream(small, seed, families/10); err != nil {
		return nil, err
	}
	if err := checkEvaluate(ctx, command, small, families/10); err != nil {
		return nil, err
	}
	decode := []string{self, decodeCommand}
	evaluate := []string{command, "evaluate", "-f", "-", "-o", "yaml", "--as-of", asOf}
	var decoded, evaluated, few []ran
	for round := range rounds {
		fmt.Fprintf(log, "evaluate, round %d of %d (load %s).\n", round+1, rounds, describeLoad())
		for _, arm := range []struct {
			command []string
			stream  string
			runs    *[]ran
		}{{decode, large, &decoded}, {evaluate, large, &evaluated}, {evaluate, small, &few}} {
			run, err := runOnStream(ctx, arm.command, arm.stream)
			if err != nil {
				return nil, err
			}
			*arm.runs = append(*arm.runs, run)
		}
	}
	return reportEvaluate(families, size, decoded, evaluated, few), nil
}

func reportEvaluate(families int, size int64, decoded, evaluated, few []ran) *table {
	t := &table{title: "kubectl-fangpin evaluate"}
	t.note("%s families under R01 from one stream of %s MB of YAML, printed as YAML with their statuses.",
		grouped(int64(families)), grouped(size>>20))
	t.note("Decoding is the same stream read document by document into Go types by sigs.k8s.io/yaml, on all cores, and nothing more.")
	n := float64(families)
	rate := func(runs []ran) samples {
		return of(runs, func(r ran) float64 { return n / r.wall.Seconds() })
	}
	perFamily := func(runs []ran) samples {
		return of(runs, func(r ran) float64 { return float64(r.cpu.Microseconds()) / n })
	}
	t.add("evaluate: rate over decoding alone", "", ratios(rate(evaluated), rate(decoded))...)
	t.add("evaluate: CPU over decoding alone", "", ratios(perFamily(evaluated), perFamily(decoded))...)
	t.add("evaluate: families/s", "", rate(evaluated)...)
	t.add("evaluate: CPU µs a family", "", perFamily(evaluated)...)
	t.add("evaluate: peak resident memory, MB", "bounded", of(evaluated, ran.megabytes)...)
	t.add("evaluate: the same for a tenth of the families, MB", "", of(few, ran.megabytes)...)
	t.add("decoding: families/s", "", rate(decoded)...)
	t.add("decoding: CPU µs a family", "", perFamily(decoded)...)
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

// writeStream writes a plan, its jurisdictions and so many families as one
// stream of YAML documents, and returns its size.
func writeStream(path string, seed uint64, families int) (size int64, err error) {
	t, err := newTown(seed, min(families, distinctFamilies))
	if err != nil {
		return 0, err
	}
	file, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	out := bufio.NewWriter(file)
	write := func(document []byte) {
		out.WriteString("---\n")
		n, _ := out.Write(document) // Flush returns the first error
		size += int64(n) + 4
	}
	shared := []any{t.policy}
	for _, j := range t.jurisdictions {
		shared = append(shared, j)
	}
	for _, object := range shared {
		document, err := yaml.Marshal(object)
		if err != nil {
			return 0, err
		}
		write(document)
	}
	documents := make([][]byte, len(t.households))
	for i, h := range t.households {
		if documents[i], err = yaml.Marshal(h); err != nil {
			return 0, err
		}
	}
	for i := range families {
		h := t.households[i%len(t.households)]
		name := fmt.Sprintf("hh-%06d", i+1)
		write(bytes.Replace(documents[i%len(documents)], []byte("  name: "+h.Name+"\n"), []byte("  name: "+name+"\n"), 1))
	}
	return size, out.Flush()
}

// checkEvaluate has the command print a stream, and counts what it printed.
func checkEvaluate(ctx context.Context, command, stream string, families int) error {
	in, err := os.Open(stream)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	evaluate := exec.CommandContext(ctx, command, "evaluate", "-f", "-", "-o", "yaml", "--as-of", asOf)
	var complaint strings.Builder
	evaluate.Stdin, evaluate.Stderr = in, &complaint
	output, err := evaluate.Output()
	if err != nil {
		return fmt.Errorf("evaluating %d families: %w\n%s", families, err, complaint.String())
	}
	judged := bytes.Count(output, []byte("\n  stage: "))
	if judged != families {
		return fmt.Errorf("evaluate printed %d families that are judged, want %d", judged, families)
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
