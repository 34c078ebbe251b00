// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"strings"

	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/cluster"
	"fangpin.io/fangpin/internal/cli/intake"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/ledger"
	"fangpin.io/fangpin/internal/translate"
)

// prepare reads the key and the mapping.
func (i *importing) prepare() (ledger.Options, *ledger.Mapping, error) {
	o := ledger.Options{Limits: ledger.DefaultLimits, Loose: i.loose}
	if i.keyFile != "" {
		key, err := readKey(i.keyFile)
		if err != nil {
			return o, nil, i.speakProblems(i.keyFile, err)
		}
		o.Key = key
	}
	if i.mappingFile == "" {
		return o, nil, nil
	}
	text, err := readBounded(i.mappingFile, ledger.MaxMapping)
	if err != nil {
		return o, nil, err
	}
	mapping, err := ledger.ParseMapping(text)
	return o, mapping, i.speakProblems(i.mappingFile, err)
}

// readKey reads the key from a file that nobody else may read.
func readKey(path string) (ledger.Key, error) {
	const others = 0o077
	info, err := os.Stat(path)
	if err != nil {
		return nil, wording.Fault(wording.CannotRead, path, err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&others != 0 {
		return nil, &ledger.Problem{Code: ledger.KeyOpen, Args: []any{info.Mode().Perm()}}
	}
	text, err := readBounded(path, ledger.LongestKey)
	if err != nil {
		return nil, err
	}
	return ledger.ParseKey(text)
}

// readBounded reads a file, and of a longer one a byte more than the bound.
func readBounded(path string, bound int64) ([]byte, error) {
	file, err := os.Open(path) //nolint:gosec // the user names it
	if err != nil {
		return nil, wording.Fault(wording.CannotRead, path, err)
	}
	defer func() { _ = file.Close() }() // only read
	text, err := io.ReadAll(io.LimitReader(file, bound+1))
	if err != nil {
		return nil, wording.Fault(wording.CannotRead, path, err)
	}
	return text, nil
}

// open opens the ledgers, and finds out of which kinds they are.
func (i *importing) open(mapping *ledger.Mapping, o *ledger.Options) error {
	var faults []error
	for _, path := range i.ledgers {
		file, err := ledger.Open(path, o.Limits)
		if err != nil {
			var p *ledger.Problem
			if !errors.As(err, &p) {
				err = wording.Fault(wording.CannotRead, path, err)
			} else {
				err = i.speakProblems(path, err)
			}
			faults = append(faults, err)
			continue
		}
		i.files = append(i.files, &ledgerFile{path: path, file: file})
	}
	if err := errors.Join(faults...); err != nil {
		return err
	}
	return i.findSheets(mapping, *o)
}

// findSheets reads the headers.
func (i *importing) findSheets(mapping *ledger.Mapping, o ledger.Options) error {
	kind, _ := knownKind(i.kind)
	var faults []error
	for _, f := range i.files {
		sheets, err := f.file.Ledgers(f.path, mapping, kind, o)
		f.sheets = sheets
		faults = append(faults, i.speakProblems(f.path, err))
	}
	return errors.Join(faults...)
}

// readLedgers reads all rows.
func (i *importing) readLedgers(mapping *ledger.Mapping, o ledger.Options) error {
	if err := i.findSheets(mapping, o); err != nil { // again: the villages are known now
		return err
	}
	bar := i.progress(wording.ReadingLedger, -1)
	defer bar.finish()
	for _, sheet := range i.sheets() {
		err := sheet.Read(func(r *ledger.Row) error {
			i.rows = append(i.rows, r)
			bar.step()
			return nil
		})
		if err != nil {
			return i.speakProblems(sheet.Path, err)
		}
	}
	return nil
}

func (i *importing) sheets() []*ledger.Sheet {
	var out []*ledger.Sheet
	for _, f := range i.files {
		out = append(out, f.sheets...)
	}
	return out
}

func knownKind(text string) (ledger.Kind, bool) {
	for _, k := range ledger.Kinds() {
		if text == string(k) || text == k.Sheet() {
			return k, true
		}
	}
	return "", text == ""
}

func joinedKinds() string { return strings.Join(kindNames(), ", ") }

// load reads the papers that there are, and finds out who brings the ledgers in
// and which day it is.
func (i *importing) load(ctx context.Context) error {
	load := i.loadCluster
	if i.client {
		load = i.loadFiles
	}
	if err := load(ctx); err != nil {
		return err
	}
	world := i.store.Shared.World(translate.Options{})
	if i.day = i.asOf; i.day.IsZero() {
		place, _ := world.NodeOf(i.store.Namespace, nil)
		i.day = world.Today(place, i.now)
	}
	target := intake.Target(intake.Checked{Store: i.store})
	if i.live != nil {
		target = intake.Live{Cluster: i.live}
	}
	i.intake = &intake.Intake{
		Store: i.store, Target: target, World: world,
		Stamp: ledger.Stamp{By: v1alpha1.UserName(i.by), Today: i.day, Namespace: i.store.Namespace, Correct: i.correct},
		Again: wording.Fault(wording.OthersKeepWriting),
	}
	return nil
}

func (i *importing) loadCluster(ctx context.Context) error {
	live, err := cluster.Open(i.cluster)
	if err != nil {
		return err
	}
	i.live, i.store = live, intake.NewStore(live.Namespace)
	if i.by, err = live.User(ctx); err != nil {
		return err
	}
	if err := live.Shared(ctx, i.store.Add); err != nil {
		return err
	}
	everywhere := ""
	if i.here {
		everywhere = live.Namespace
	}
	err = live.Households(ctx, everywhere, i.store.Add)
	if cluster.Forbidden(err) && !i.here {
		i.note(wording.OwnTownshipOnly)
		err = live.Households(ctx, live.Namespace, i.store.Add)
	}
	if err != nil {
		return err
	}
	kinds := map[ledger.Kind]bool{}
	for _, s := range i.sheets() {
		kinds[s.Kind] = true
	}
	if kinds[ledger.Measures] {
		err = live.Plans(ctx, live.Namespace, i.store.Add)
	}
	if kinds[ledger.Signals] {
		err = errors.Join(err, live.Signals(ctx, live.Namespace, i.store.Add))
	}
	return err
}

func (i *importing) loadFiles(ctx context.Context) error {
	i.by = i.signer
	namespace := ""
	if n := i.cluster.Namespace; n != nil {
		namespace = *n
	}
	if len(i.paths) > 0 && namespace == "" {
		var err error
		if namespace, err = i.onlyTownship(ctx); err != nil {
			return err
		}
	}
	if namespace == "" {
		return usageError{wording.Fault(wording.WhichNamespace)}
	}
	i.store = intake.NewStore(namespace)
	if len(i.paths) == 0 {
		return nil
	}
	skipped, err := i.source(i.paths).Read(ctx, func(_ manifest.Document, object client.Object) error { return i.store.Add(object) })
	i.noteSkipped(skipped)
	return err
}

// onlyTownship is the namespace of the only township in the files. They are read
// twice for it, so the standard input would not do.
func (i *importing) onlyTownship(ctx context.Context) (string, error) {
	for _, path := range i.paths {
		if path == manifest.Stdin {
			return "", usageError{wording.Fault(wording.WhichNamespace)}
		}
	}
	var shared papers.Shared
	_, err := i.source(i.paths).Read(ctx, func(_ manifest.Document, object client.Object) error {
		shared.Add(object)
		return nil
	})
	if err != nil {
		return "", err
	}
	namespace, found := papers.TownshipNamespace(shared.Jurisdictions)
	if !found {
		return "", usageError{wording.Fault(wording.WhichNamespace)}
	}
	return namespace, nil
}
