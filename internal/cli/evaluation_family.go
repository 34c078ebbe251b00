// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"errors"

	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/output"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/cli/spool"
	"fangpin.io/fangpin/internal/rollup"
	"fangpin.io/fangpin/internal/translate"
)

// judge judges and renders families, each apart from all others.
type judge struct {
	*evaluation
	world    *translate.World
	renderer *output.Renderer
	summary  *papers.Summary
}

// judged is a family ready to be printed and summed up.
type judged struct {
	household *v1alpha1.Household // nil if only papers were given
	judgment  translate.Judgment
	months    []rollup.Month // of the reports
	printed   []output.Rendered
	err       error
}

// paper is an object read again from the spool, with the form it was given in.
type paper struct {
	object client.Object
	value  map[string]any
}

func (j *judge) family(_ context.Context, family *papers.Family[spool.Note]) (out judged) {
	objects, all, err := j.assemble(family)
	if err != nil {
		return judged{err: err}
	}
	if out.household = objects.Household; out.household != nil {
		out.judgment, out.months = j.judge(j.world, objects), j.summary.Months(objects)
	} else {
		out.judgment = translate.JudgeOrphans(objects)
	}
	for _, p := range all {
		rendered, err := j.render(p.value, out.judgment.Of(objects, p.object))
		if err != nil {
			out.err = err
			return out
		}
		out.printed = append(out.printed, rendered)
	}
	return out
}

// assemble reads a family's papers again from the spool, with the form that each
// was given in.
func (e *evaluation) assemble(family *papers.Family[spool.Note]) (translate.Papers, []paper, error) {
	var all []paper
	var faults []error
	objects := papers.Assemble(family, e.families.Twins(family), func(n spool.Note) client.Object {
		text, err := e.spool.Get(n)
		if err == nil {
			var p paper
			if p, err = readPaper(text); err == nil {
				all = append(all, p)
				return p.object
			}
		}
		faults = append(faults, err)
		return nil
	})
	return objects, all, errors.Join(faults...)
}

func readPaper(text []byte) (paper, error) {
	var p paper
	if err := manifest.Plain(text, &p.value); err != nil {
		return p, err
	}
	kind, _ := p.value["kind"].(string)
	object, err := manifest.NewObject(kind)
	if err != nil {
		return p, err
	}
	p.object = object
	return p, runtime.DefaultUnstructuredConverter.FromUnstructured(p.value, object)
}
