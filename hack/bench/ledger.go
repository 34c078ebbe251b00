// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// smallestLedger is how many rows the first ledger has; each next one has ten
// times as many.
const smallestLedger = 1000

// ledgerArms are the ways of a ledger that are measured, in the order in which
// one makes what the next one reads.
var ledgerArms = []string{"import csv", "export xlsx", "import xlsx", "export csv"}

// benchLedger brings ledgers of more and more rows in and gives them out again,
// without a cluster, whose own time would hide the command's.
func benchLedger(ctx context.Context, most, rounds int, log io.Writer) (*table, error) {
	folder, err := os.MkdirTemp("", "fangpin-bench-*")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	command := filepath.Join(folder, "kubectl-fangpin")
	if err := buildCommand(ctx, command); err != nil {
		return nil, err
	}
	t := &table{title: "kubectl-fangpin import and export"}
	t.note("A ledger with a row a family and 20 columns, one survey among them, no cluster: what import would write is checked against the definitions, and printed as YAML; export reads that YAML.")
	t.note("Cost is CPU time a row over that at a tenth of the rows: 1 is linear.")
	before := map[string]samples{}
	for n := smallestLedger; n <= most; n *= 10 {
		fmt.Fprintf(log, "ledger of %d rows (load %s).\n", n, describeLoad())
		runs, err := ledgerRuns(ctx, command, filepath.Join(folder, strconv.Itoa(n)), n, rounds)
		if err != nil {
			return nil, err
		}
		for _, arm := range ledgerArms {
			name := fmt.Sprintf("%s, %s rows", arm, grouped(int64(n)))
			cost := of(runs[arm], func(r ran) float64 { return float64(r.cpu.Microseconds()) / float64(n) })
			t.add(name+": rows/s", "", of(runs[arm], func(r ran) float64 { return float64(n) / r.wall.Seconds() })...)
			t.add(name+": CPU µs a row", "", cost...)
			t.add(name+": peak resident memory, MB", "bounded", of(runs[arm], ran.megabytes)...)
			if earlier := before[arm]; earlier != nil {
				t.add(name+": cost over a tenth of the rows", "1", ratios(cost, earlier)...)
			}
			before[arm] = cost
		}
	}
	return t, nil
}

// ledgerRuns measures each arm at one size.
func ledgerRuns(ctx context.Context, command, folder string, n, rounds int) (map[string][]ran, error) {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return nil, err
	}
	at := func(name string) string { return filepath.Join(folder, name) }
	if err := writeLedger(at("ledger.csv"), n); err != nil {
		return nil, err
	}
	imports := func(name string) []string {
		return []string{command, "import", at(name), "-n", "town", "--dry-run=client", "--as-of", asOf, "--by", "clerk", "-o", "yaml"}
	}
	exports := func(args ...string) []string {
		return append([]string{command, "export", "-n", "town", "-f", at("objects.yaml"), "--force"}, args...)
	}
	arms := map[string][]string{
		"import csv": imports("ledger.csv"), "import xlsx": imports("all.xlsx"),
		"export xlsx": exports("-o", at("all.xlsx")), "export csv": exports("-o", at("households.csv"), "--kind", "households"),
	}
	if err := keepOutput(ctx, arms["import csv"], at("objects.yaml")); err != nil {
		return nil, err
	}
	runs := map[string][]ran{}
	for range rounds {
		for _, arm := range ledgerArms {
			run, err := runOnStream(ctx, arms[arm], os.DevNull)
			if err != nil {
				return nil, err
			}
			runs[arm] = append(runs[arm], run)
		}
	}
	return runs, nil
}

func keepOutput(ctx context.Context, command []string, path string) (err error) {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	program := exec.CommandContext(ctx, command[0], command[1:]...)
	var complaint strings.Builder
	program.Stdout, program.Stderr = out, &complaint
	if err := program.Run(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(command, " "), err, complaint.String())
	}
	return nil
}

// writeLedger writes a ledger of so many families, who are nobody.
func writeLedger(path string, n int) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	out := bufio.NewWriter(file)
	out.WriteString("农户编号,户主姓名,户类型,脱贫日期,家庭人口数,监测日期,监测方式,人均纯收入,上年人均纯收入,工资性收入,医疗自付支出,不愁吃,不愁穿,义务教育,基本医疗,住房安全,饮水安全,致贫返贫原因,劳动力状况,返贫致贫风险\r\n")
	for i := range n {
		fmt.Fprintf(out, "hh-%06d,张某,脱贫户,2016-12-31,%d,2020年4月%d日,入户,%d.50,%d,\"%d,000\",%d,达标,达标,达标,达标,%s,达标,%s,有劳动力,有风险\r\n",
			i, i%6+1, i%28+1, 3000+i%9000, 2000+i%9000, 1+i%30, i%9000, []string{"达标", "有可能不达标：土坯房"}[i%2], []string{"因病", "因病、因残"}[i%2])
	}
	return out.Flush() // returns the first error of all writes
}
