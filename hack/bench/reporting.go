// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// readSizes reads numbers of families with commas between them, ascending.
func readSizes(list string) ([]int, error) {
	var sizes []int
	for text := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 100 || len(sizes) > 0 && n <= sizes[len(sizes)-1] {
			return nil, fmt.Errorf("-report is %q, want ascending numbers of families from 100 on, such as 1000,10000,100000", list)
		}
		sizes = append(sizes, n)
	}
	return sizes, nil
}

// benchReport has the command report on a year of streams of several sizes, and
// compares what a family costs in each with what it costs in the smallest.
func benchReport(ctx context.Context, sizes []int, rounds int, seed uint64, log io.Writer) (*table, error) {
	folder, err := os.MkdirTemp("", "fangpin-bench-*")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	command := filepath.Join(folder, "kubectl-fangpin")
	if err := buildCommand(ctx, command); err != nil {
		return nil, err
	}
	report := []string{command, "report", "-f", "-", "--period", "2020", "--as-of", asOf, "--tree", "-o", "html"}
	runs := make([][]ran, len(sizes))
	for i, size := range sizes {
		s, err := writeStream(filepath.Join(folder, "stream.yaml"), seed, size)
		if err != nil {
			return nil, err
		}
		for round := range rounds {
			fmt.Fprintf(log, "report, %s families, round %d of %d (load %s).\n", grouped(int64(size)), round+1, rounds, describeLoad())
			run, err := runOnStream(ctx, report, s.path)
			if err != nil {
				return nil, err
			}
			runs[i] = append(runs[i], run)
		}
	}
	return reportReport(sizes, runs), nil
}

func reportReport(sizes []int, runs [][]ran) *table {
	t := &table{title: "kubectl-fangpin report"}
	t.note("The year 2020 of a county with a township and its villages under R01, from a stream of YAML, as HTML: each family with its papers is judged on the last day of each month.")
	t.note("The cost of a family is linear where its ratio stays near 1.")
	perFamily := func(i int) samples {
		return of(runs[i], func(r ran) float64 { return float64(r.cpu.Microseconds()) / float64(sizes[i]) })
	}
	for i, size := range sizes {
		name := "report, " + grouped(int64(size)) + " families: "
		t.add(name+"families/s", "", of(runs[i], func(r ran) float64 { return float64(size) / r.wall.Seconds() })...)
		t.add(name+"CPU µs a family with its papers", "", perFamily(i)...)
		if i > 0 {
			t.add(name+"CPU a family over that of "+grouped(int64(sizes[0])), "", ratios(perFamily(i), perFamily(0))...)
		}
		t.add(name+"peak resident memory, MB", "bounded", of(runs[i], ran.megabytes)...)
	}
	return t
}
