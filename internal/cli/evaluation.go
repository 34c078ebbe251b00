// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/output"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/cli/pipeline"
	"fangpin.io/fangpin/internal/cli/spool"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
)

// evaluation reads everything once, keeping families' papers out of memory, and
// then judges family by family.
type evaluation struct {
	*session
	judging
	paths      []string
	format     output.Format
	everywhere bool   // all namespaces of the cluster
	namespace  string // whose papers were read; "": of all
	partial    bool   // not all families are there, so that no roll-up is true

	shared   papers.Shared
	families *papers.Families[spool.Note]
	spool    *spool.Spool
	values   map[string]map[string]any // of shared objects, by identity
	places   map[string]manifest.Place // of every object, to tell when one comes twice
	kinds    map[string]bool
	left     factTallies // out by --known-at
}

func (e *evaluation) begin() {
	e.families = papers.NewFamilies[spool.Note]()
	e.spool = spool.New(spool.Resident)
	e.values = map[string]map[string]any{}
	e.places = map[string]manifest.Place{}
	e.kinds = map[string]bool{}
}

// take files an object. Of two of the same name neither would be the right one.
func (e *evaluation) take(d manifest.Document, object client.Object) error {
	id := d.Kind + " " + d.Namespace + "/" + d.Name
	if before, twice := e.places[id]; twice {
		return wording.Fault(wording.GivenTwice, d, before)
	}
	e.places[id] = d.Place
	e.kinds[d.Kind] = true
	e.left.leaveOut(object, &e.judging)
	if e.shared.Add(object) {
		e.values[id] = d.Value
		return nil
	}
	text, err := json.Marshal(d.Value)
	if err != nil {
		return fmt.Errorf("%s: %w", d, err)
	}
	note, err := e.spool.Put(text)
	if err != nil {
		return err
	}
	e.families.Add(object, note)
	return nil
}

// judgeAll prints every object with its status: families first, as they come,
// with their papers; then what was summed from them.
func (e *evaluation) judgeAll(ctx context.Context) (err error) {
	e.places = nil // no longer needed, and large
	world, err := e.world(&e.shared)
	if err != nil {
		return err
	}
	renderer, err := output.NewRenderer(output.Options{
		Format: e.format, Tiers: tierColours(e.shared.Policies), Prefix: len(e.kinds) > 1, Now: e.now,
	})
	if err != nil {
		return err
	}
	writer := output.NewWriter(e.Out, renderer, terminal.NewPainter(e.Out, e.Getenv))
	defer func() { err = errors.Join(err, writer.Close()) }()
	j := judge{evaluation: e, world: world, renderer: renderer, summary: papers.NewSummary(world, e.shared.Reports, e.instant())}
	err = pipeline.Ordered(ctx,
		func(yield func(*papers.Family[spool.Note]) error) error {
			for _, family := range e.families.All() {
				if err := yield(family); err != nil {
					return err
				}
			}
			return nil
		},
		j.family,
		func(f judged) error {
			if f.err != nil {
				return f.err
			}
			if f.household != nil {
				j.summary.Add(f.household, &f.judgment)
				j.summary.AddMonths(f.household, f.months)
			}
			for _, r := range f.printed {
				if err := writer.Write(r); err != nil {
					return wording.Fault(wording.CannotWrite, "stdout", err)
				}
			}
			return nil
		})
	if err != nil {
		return err
	}
	return j.sharedObjects(writer)
}

// tierColours are the colours that policies give to tiers. Where two give the
// same name different ones, the last policy's stands.
func tierColours(policies []*v1alpha1.MonitoringPolicy) map[string]terminal.Colour {
	colours := map[string]terminal.Colour{}
	for _, p := range policies {
		for i := range p.Spec.Tiers {
			colours[string(p.Spec.Tiers[i].Name)] = terminal.Colour(p.Spec.Tiers[i].Colour)
		}
	}
	return colours
}

// render renders an object with a status; without one where the controller
// concludes nothing.
func (j *judge) render(value map[string]any, status any) (output.Rendered, error) {
	delete(value, "status")
	if status != nil {
		plain, err := runtime.DefaultUnstructuredConverter.ToUnstructured(status)
		if err != nil {
			return output.Rendered{}, err
		}
		value["status"] = plain
	}
	return j.renderer.Render(value)
}

// sharedObjects prints the reports, the jurisdictions and the policies.
func (j *judge) sharedObjects(writer *output.Writer) error {
	var faults []error
	write := func(kind, namespace, name string, status any) {
		rendered, err := j.render(j.values[kind+" "+namespace+"/"+name], status)
		if err == nil {
			err = writer.Write(rendered)
		}
		faults = append(faults, err)
	}
	for _, r := range j.shared.Reports {
		var status any // none where not all families of its jurisdiction may be there
		if !j.partial {
			status = j.summary.Report(r)
		}
		write("MonthlyReport", r.Namespace, r.Name, status)
	}
	if j.partial {
		j.note(wording.NotSummed)
		return errors.Join(faults...)
	}
	for _, o := range j.shared.Jurisdictions {
		write("Jurisdiction", "", o.Name, j.summary.Jurisdiction(o))
	}
	for _, p := range j.shared.Policies {
		var status any // none for a policy that was not known yet
		if known := j.summary.Policy(p); known != nil {
			status = known
		}
		write("MonitoringPolicy", "", p.Name, status)
	}
	return errors.Join(faults...)
}
