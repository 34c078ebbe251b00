// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"fangpin.io/fangpin/internal/cli/intake"
	"fangpin.io/fangpin/internal/cli/pipeline"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/ledger"
)

// importReport is what became of all rows.
type importReport struct {
	bySheet                         map[*ledger.Sheet]*tally
	created, changed, left, refused int
	changes                         []intake.Row
	refusals                        []refusedRow
	reasons                         map[*ledger.Sheet]map[int]string
}

type tally struct{ rows, created, changed, left, refused int }

// refusedRow is a refused row; what is said of it does not hold on to the row.
type refusedRow struct {
	sheet  *ledger.Sheet
	row    int
	reason string
}

func (r *importReport) verdict() error {
	if r.refused > 0 {
		return errNo
	}
	return nil
}

// pass goes through all families once, for trial or in earnest.
func (i *importing) pass(ctx context.Context, groups []*ledger.Group, description wording.Key) (*importReport, error) {
	report := &importReport{bySheet: map[*ledger.Sheet]*tally{}, reasons: map[*ledger.Sheet]map[int]string{}}
	for _, s := range i.sheets() {
		report.bySheet[s], report.reasons[s] = &tally{}, map[int]string{}
	}
	seen := map[*ledger.Row]bool{}
	for _, g := range groups {
		for _, r := range append(slices.Clone(g.Papers), g.Household, g.Refused) {
			seen[r] = true
		}
	}
	for _, r := range i.rows {
		if !seen[r] && len(r.Problems) > 0 {
			i.file(report, intake.Row{Result: ledger.Result{Row: r, Outcome: ledger.Refused}})
		}
	}
	bar := i.progress(description, len(groups))
	defer bar.finish()
	err := pipeline.Ordered(ctx,
		func(yield func(*ledger.Group) error) error {
			for _, g := range groups {
				if err := yield(g); err != nil {
					return err
				}
			}
			return nil
		},
		i.intake.Family,
		func(o intake.Outcome) error {
			bar.step()
			for _, row := range o.Results {
				i.file(report, row)
			}
			if i.format != "" && !(i.intake.Trial && i.asks()) {
				if err := i.printObjects(o.Objects); err != nil {
					return err
				}
			}
			return o.Err
		})
	return report, err
}

// file counts a row.
func (i *importing) file(report *importReport, row intake.Row) {
	t := report.bySheet[row.Row.Sheet]
	t.rows++
	switch row.Outcome {
	case ledger.Created:
		t.created++
		report.created++
	case ledger.Changed:
		t.changed++
		report.changed++
		report.changes = append(report.changes, row)
	case ledger.Left:
		t.left++
		report.left++
	case ledger.Refused:
		t.refused++
		report.refused++
		reason := i.reasonsOf(row.Row.Problems, row.Refusal)
		report.refusals = append(report.refusals, refusedRow{row.Row.Sheet, row.Row.Number, reason})
		report.reasons[row.Row.Sheet][row.Row.Number] = reason
	}
}

// mostLines is how many changes and refusals are shown unless all are asked for.
const mostLines = 20

// present shows what became of the rows, and writes the files of refused ones.
func (i *importing) present(report *importReport) error {
	p := page{out: i.importScreen(), lang: i.lang, painter: terminal.NewPainter(i.Out, i.Getenv)}
	err := errors.Join(i.showTally(&p, report), i.showChanges(&p, report), i.showRefusals(&p, report), p.err)
	if err != nil {
		return wording.Fault(wording.CannotWrite, "stdout", err)
	}
	return i.writeRefused(report)
}

// importScreen is where people read what becomes of the rows: where the objects
// are printed, beside them.
func (i *importing) importScreen() io.Writer {
	if i.format != "" {
		return i.ErrOut
	}
	return i.Out
}

func (i *importing) table(p *page, keys ...wording.Key) *terminal.Table {
	headings := make([]string, len(keys))
	for n, key := range keys {
		headings[n] = i.lang.Say(key)
	}
	return terminal.NewTable(p.out, p.painter, headings...)
}

func (i *importing) showTally(p *page, report *importReport) error {
	t := i.table(p, wording.ColumnLedger, wording.ColumnRows, wording.ColumnCreated, wording.ColumnChanged, wording.ColumnLeft, wording.ColumnRefused)
	for _, s := range i.sheets() {
		n := report.bySheet[s]
		cells := []string{i.nameOf(s)}
		for _, count := range []int{n.rows, n.created, n.changed, n.left, n.refused} {
			cells = append(cells, strconv.Itoa(count))
		}
		if err := t.Add(terminal.Text(cells...)...); err != nil {
			return err
		}
	}
	p.begun = true
	return t.Flush()
}

// nameOf names a ledger: its file, and its sheet if it has one.
func (i *importing) nameOf(s *ledger.Sheet) string {
	name := filepath.Base(s.Path)
	if s.Name != "" {
		name += " " + s.Name
	}
	return name
}

func (i *importing) showChanges(p *page, report *importReport) error {
	if len(report.changes) == 0 {
		return nil
	}
	p.heading(wording.ChangedRows)
	t := i.table(p, wording.ColumnLedger, wording.ColumnRow, wording.ColumnObject, wording.ColumnField, wording.ColumnOld, wording.ColumnNew)
	lines, more := 0, 0
	for _, row := range report.changes {
		for _, c := range row.Changes {
			if lines++; lines > mostLines && !i.all {
				more++
				continue
			}
			was, is := shownValue(c.Old), shownValue(c.New)
			if c.Personal {
				was, is = i.lang.Say(wording.NotShown), i.lang.Say(wording.NotShown)
			}
			if err := t.Add(terminal.Text(i.nameOf(row.Row.Sheet), strconv.Itoa(row.Row.Number), row.Object, c.Path, was, is)...); err != nil {
				return err
			}
		}
	}
	return errors.Join(t.Flush(), i.andMore(p, more))
}

func shownValue(v string) string {
	if v == "" {
		return "-"
	}
	return strings.ReplaceAll(v, "\n", "; ")
}

func (i *importing) andMore(p *page, more int) error {
	if more > 0 {
		p.print(i.lang.Say(wording.MoreLines, more) + "\n")
	}
	return p.err
}

func (i *importing) showRefusals(p *page, report *importReport) error {
	if len(report.refusals) == 0 {
		return nil
	}
	order := map[*ledger.Sheet]int{}
	for n, s := range i.sheets() {
		order[s] = n
	}
	slices.SortFunc(report.refusals, func(a, b refusedRow) int {
		return cmp.Or(cmp.Compare(order[a.sheet], order[b.sheet]), cmp.Compare(a.row, b.row))
	})
	p.heading(wording.RefusedRows)
	t := i.table(p, wording.ColumnLedger, wording.ColumnRow, wording.ColumnReason)
	shown := report.refusals
	if !i.all {
		shown = shown[:min(len(shown), mostLines)]
	}
	for _, r := range shown {
		if err := t.Add(terminal.Text(i.nameOf(r.sheet), strconv.Itoa(r.row), r.reason)...); err != nil {
			return err
		}
	}
	return errors.Join(t.Flush(), i.andMore(p, len(report.refusals)-len(shown)))
}

// writeRefused writes the refused rows of each file into one of the same layout.
func (i *importing) writeRefused(report *importReport) error {
	for n, f := range i.files {
		refused := 0
		for _, s := range f.sheets {
			refused += report.bySheet[s].refused
		}
		if refused == 0 {
			continue
		}
		path := i.errorPath(f.path, n)
		err := writeFile(path, func(out io.Writer) error {
			return ledger.WriteRefused(out, f.sheets, func(s *ledger.Sheet, row int) string { return report.reasons[s][row] })
		})
		if err != nil {
			return wording.Fault(wording.ErrorFileFault, err)
		}
		i.note(wording.RefusedWritten, path)
	}
	return nil
}

// errorPath is where the refused rows of a file go. A file of refused rows that
// is brought in again is replaced by what is refused of it.
func (i *importing) errorPath(path string, n int) string {
	ext := filepath.Ext(path)
	base := strings.TrimSuffix(strings.TrimSuffix(path, ext), ".refused")
	switch {
	case i.errorFile == "":
		return base + ".refused" + strings.ToLower(ext)
	case n == 0:
		return i.errorFile
	}
	ext = filepath.Ext(i.errorFile)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(i.errorFile, ext), n+1, ext)
}

// writeFile writes a file that only the user can read, whole or not at all: a
// file of the name is replaced at the end.
func writeFile(path string, write func(io.Writer) error) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), ".fangpin-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	if err := errors.Join(write(file), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// concluded says what was written.
func (i *importing) concluded(report *importReport) error {
	return errors.Join(i.concludedSoFar(report), report.verdict())
}

func (i *importing) concludedSoFar(report *importReport) error {
	_, err := fmt.Fprintln(i.importScreen(), i.lang.Say(wording.AllWritten, report.created, report.changed, report.left))
	return err
}

// progress is a bar on the screen of who waits; on no other.
type progress struct{ bar *progressbar.ProgressBar }

func (i *importing) progress(description wording.Key, of int) progress {
	screen, isFile := i.ErrOut.(*os.File)
	if i.quiet || !isFile || !term.IsTerminal(int(screen.Fd())) { //nolint:gosec // a file's number is small
		return progress{}
	}
	const refresh = 100 * time.Millisecond
	return progress{progressbar.NewOptions(of,
		progressbar.OptionSetWriter(screen), progressbar.OptionSetDescription(i.lang.Say(description)),
		progressbar.OptionShowCount(), progressbar.OptionThrottle(refresh), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetWidth(30), progressbar.OptionSetPredictTime(of > 0))}
}

func (p progress) step() {
	if p.bar != nil {
		_ = p.bar.Add(1) // a screen that is gone shows nothing
	}
}

func (p progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish() // likewise
	}
}
