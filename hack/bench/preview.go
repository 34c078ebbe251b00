// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// benchPreview measures the command's preview of a change of the red line at
// several sizes, and PostgreSQL's update of as many rows in the same run.
func benchPreview(ctx context.Context, sizes []int, seed uint64, log io.Writer) (_ *table, err error) {
	folder, err := os.MkdirTemp("", "fangpin-bench-*")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	command := filepath.Join(folder, "kubectl-fangpin")
	if err := buildCommand(ctx, command); err != nil {
		return nil, err
	}
	changed := filepath.Join(folder, "changed.json")
	if err := writeChanged(changed); err != nil {
		return nil, err
	}
	database, err := startPostgres(ctx)
	switch {
	case errors.Is(err, errNoPostgres):
		fmt.Fprintf(log, "preview: %v; that side is skipped.\n", err)
	case err != nil:
		return nil, err
	default:
		defer database.stop()
	}
	t := &table{title: "kubectl-fangpin preview"}
	t.note("The red line of R01 from 5000 to 6000 over invented families with their papers, read as JSON from the standard input, judged twice and added up by township.")
	t.note("PostgreSQL: one flat row a family, the last survey's facts alone; UPDATE writes a CASE expression to every row, the rows being loaded before.")
	path := filepath.Join(folder, "families.json")
	for _, n := range sizes {
		fmt.Fprintf(log, "preview of %s families (load %s).\n", grouped(int64(n)), describeLoad())
		size, err := writeJSONStream(path, seed, n)
		if err != nil {
			return nil, err
		}
		run, err := runOnStream(ctx, []string{command, "preview", "-f", changed, "-f", "-", "-o", "json", "--as-of", asOf}, path)
		if err != nil {
			return nil, err
		}
		arm, err := database.measure(ctx, n)
		if err != nil {
			return nil, err
		}
		reportPreview(t, n, size, run, arm)
	}
	if database == nil {
		t.note("PostgreSQL was not there: its side was skipped.")
	}
	return t, nil
}

func reportPreview(t *table, n int, size int64, run ran, arm *previewArm) {
	name := grouped(int64(n)) + " families: "
	t.add(name+"MB of JSON", "", float64(size)/(1<<20))
	t.add(name+"seconds", "", run.wall.Seconds())
	t.add(name+"families/s", "", float64(n)/run.wall.Seconds())
	t.add(name+"CPU µs a family", "", float64(run.cpu.Microseconds())/float64(n))
	t.add(name+"peak resident memory, MB", "", run.megabytes())
	if arm == nil {
		return
	}
	t.add(name+"PostgreSQL CASE preview, seconds", "", arm.preview.Seconds())
	t.add(name+"PostgreSQL UPDATE, seconds", "", arm.update.Seconds())
	t.add(name+"preview over PostgreSQL UPDATE", "", run.wall.Seconds()/arm.update.Seconds())
}

// writeChanged writes the plan with the red line at 6000.
func writeChanged(path string) error {
	policy, err := townPlan()
	if err != nil {
		return err
	}
	for i := range policy.Spec.Parameters {
		if policy.Spec.Parameters[i].Name == "redLine" {
			policy.Spec.Parameters[i].Values = []v1alpha1.ParameterValue{{From: "2020-01-01", Value: "6000"}}
		}
	}
	text, err := json.Marshal(policy)
	if err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}

// writeJSONStream writes so many families as JSON, one object after the other,
// and returns its size in bytes.
func writeJSONStream(path string, seed uint64, families int) (size int64, err error) {
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
	write := func(text []byte) {
		n, _ := out.Write(append(text, '\n')) // Flush returns the first error
		size += int64(n)
	}
	shared := []any{t.policy}
	for _, j := range t.jurisdictions {
		shared = append(shared, j)
	}
	for _, object := range shared {
		text, err := json.Marshal(object)
		if err != nil {
			return size, err
		}
		write(text)
	}
	for i := range families {
		family := t.families[i%len(t.families)]
		// The names of a family's papers begin with the household's.
		old, name := []byte(family.Household.Name), fmt.Appendf(nil, "hh-%06d", i+1)
		for _, object := range objectsOf(family) {
			text, err := json.Marshal(object)
			if err != nil {
				return size, err
			}
			write(bytes.ReplaceAll(text, old, name))
		}
	}
	return size, out.Flush()
}
