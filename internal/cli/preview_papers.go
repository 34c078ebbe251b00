// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"crypto/sha256"
	"errors"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/serializer/cbor/direct"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/cluster"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/cli/pipeline"
	"fangpin.io/fangpin/internal/cli/preview"
	"fangpin.io/fangpin/internal/cli/spool"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// stock keeps families' papers out of memory until all of a family's are there.
// In memory are a note of each, by family, and a digest of each name.
type stock struct {
	families *papers.Families[spool.Note]
	spool    *spool.Spool
	names    map[[16]byte]struct{}
}

func newStock() *stock {
	return &stock{families: papers.NewFamilies[spool.Note](), spool: spool.New(spool.Resident), names: map[[16]byte]struct{}{}}
}

func (s *stock) close() error { return s.spool.Close() }

func (s *stock) size() int { return len(s.names) }

// isNew notes a name; false if it was there before.
func (s *stock) isNew(kind, namespace, name string) bool {
	sum := sha256.Sum256([]byte(kind + " " + namespace + "/" + name))
	key := [16]byte(sum[:16])
	_, twice := s.names[key]
	s.names[key] = struct{}{}
	return !twice
}

// put keeps a paper, packed.
func (s *stock) put(object client.Object, packed []byte) error {
	note, err := s.spool.Put(packed)
	if err == nil {
		s.families.Add(object, note)
	}
	return err
}

// kinds of papers, by the first byte of a packed one.
var packedKinds = []func() client.Object{
	func() client.Object { return &v1alpha1.Household{} },
	func() client.Object { return &v1alpha1.AssistancePlan{} },
	func() client.Object { return &v1alpha1.RiskSignal{} },
	func() client.Object { return &v1alpha1.Review{} },
}

// pack writes a paper in the least room that is quick to read again: CBOR, which
// takes half as long as JSON. An object that is no family's is packed as nothing.
func pack(object client.Object) ([]byte, error) {
	var kind byte
	switch o := object.(type) {
	case *v1alpha1.Household:
		o.Status = v1alpha1.HouseholdStatus{} // no judgment reads it
	case *v1alpha1.AssistancePlan:
		kind = 1
	case *v1alpha1.RiskSignal:
		kind = 2
	case *v1alpha1.Review:
		kind = 3
	default:
		return nil, nil
	}
	text, err := direct.Marshal(object)
	if err != nil {
		return nil, err
	}
	return append(text, kind), nil
}

func unpack(packed []byte) (client.Object, error) {
	end := len(packed) - 1
	if end < 0 || int(packed[end]) >= len(packedKinds) {
		return nil, errors.New("the temporary file holds something else than was put there")
	}
	object := packedKinds[packed[end]]()
	return object, direct.Unmarshal(packed[:end], object)
}

// assemble reads a family's papers again.
func (s *stock) assemble(family *papers.Family[spool.Note]) (translate.Papers, error) {
	var faults []error
	p := papers.Assemble(family, nil, func(n spool.Note) client.Object {
		packed, err := s.spool.Get(n)
		if err == nil {
			var object client.Object
			if object, err = unpack(packed); err == nil {
				return object
			}
		}
		faults = append(faults, err)
		return nil
	})
	return p, errors.Join(faults...)
}

// readFiles reads each path apart, since the first ones hold the change and the
// others what there is.
func (p *forecast) readFiles(ctx context.Context) error {
	for _, path := range p.paths {
		if err := p.readPath(ctx, path); err != nil {
			return err
		}
	}
	return nil
}

func (p *forecast) readPath(ctx context.Context, path string) error {
	before, read := p.stock.size(), 0
	var shared papers.Shared
	var policies []documentedPolicy
	places := map[string]manifest.Place{}
	source := p.source([]string{path})
	source.Prepare = func(_ *manifest.Document, object client.Object) ([]byte, error) { return pack(object) }
	skipped, err := source.Read(ctx, func(d manifest.Document, object client.Object) error {
		read++
		p.progress.Show(func() string { return p.lang.Say(wording.ProgressRead, read) })
		if d.Prepared != nil {
			if !p.stock.isNew(d.Kind, d.Namespace, d.Name) {
				return wording.Fault(wording.PaperGivenTwice, d)
			}
			return p.stock.put(object, d.Prepared)
		}
		id := d.Kind + " " + d.Namespace + "/" + d.Name
		if first, twice := places[id]; twice {
			return wording.Fault(wording.GivenTwice, d, first)
		}
		places[id] = d.Place
		if policy, ok := object.(*v1alpha1.MonitoringPolicy); ok {
			policies = append(policies, documentedPolicy{d, policy})
		}
		shared.Add(object)
		return nil
	})
	p.noteSkipped(skipped)
	if err != nil {
		return err
	}
	if p.stock.size() > before || p.replacedAlready(shared.Policies) {
		return merge(&p.base, &shared)
	}
	if err := merge(&p.change.Given, &shared); err != nil {
		return err
	}
	p.base.Reports = append(p.base.Reports, shared.Reports...)
	return p.refuseInvalid(policies)
}

// replacedAlready reports whether an earlier path replaces one of the policies,
// so that these are the old ones.
func (p *forecast) replacedAlready(policies []*v1alpha1.MonitoringPolicy) bool {
	for _, policy := range policies {
		for _, given := range p.change.Given.Policies {
			if given.Name == policy.Name {
				return true
			}
		}
	}
	return false
}

// merge takes shared objects up; of two of one name neither would be the right one.
func merge(into, from *papers.Shared) error {
	for _, policy := range from.Policies {
		for _, o := range into.Policies {
			if o.Name == policy.Name {
				return wording.Fault(wording.PaperGivenTwice, "MonitoringPolicy "+policy.Name)
			}
		}
		into.Policies = append(into.Policies, policy)
	}
	known := map[string]bool{}
	for _, o := range into.Jurisdictions {
		known[o.Name] = true
	}
	for _, j := range from.Jurisdictions {
		if known[j.Name] {
			return wording.Fault(wording.PaperGivenTwice, "Jurisdiction "+j.Name)
		}
		into.Jurisdictions = append(into.Jurisdictions, j)
	}
	into.Reports = append(into.Reports, from.Reports...)
	return nil
}

// batch is how many families go through the pipeline at once, so that handing
// them on costs little.
const batch = 32

// outcome is what came of a batch.
type outcome struct {
	compared [][]preview.Comparison
	reached  []bool
	moved    []preview.MovedFamily
	orphans  int
	err      error
}

// judgeStock judges the families that the stock holds, in bounded memory.
func (p *forecast) judgeStock(ctx context.Context) error {
	all := p.stock.families.All()
	return pipeline.Ordered(ctx,
		func(yield func([]*papers.Family[spool.Note]) error) error {
			for from := 0; from < len(all); from += batch {
				if err := yield(all[from:min(from+batch, len(all))]); err != nil {
					return err
				}
			}
			return nil
		},
		p.judgeBatch,
		func(o outcome) error {
			for i := range o.compared {
				p.tally.Add(o.compared[i], o.reached[i])
			}
			p.report.Moved = append(p.report.Moved, o.moved...)
			p.report.Orphans += o.orphans
			p.progress.Show(func() string { return p.lang.Say(wording.ProgressJudged, p.tally.Families) })
			return o.err
		})
}

func (p *forecast) judgeBatch(_ context.Context, families []*papers.Family[spool.Note]) (out outcome) {
	for _, family := range families {
		objects, err := p.stock.assemble(family)
		if err != nil {
			out.err = err
			return out
		}
		if objects.Household == nil {
			out.orphans += len(family.Plan) + len(family.Signals) + len(family.Reviews)
			continue
		}
		compared, reached := p.worlds.Compare(objects, p.days)
		out.compared, out.reached = append(out.compared, compared), append(out.reached, reached)
		for i := range compared {
			if p.list && compared[i].Moves().Any() {
				out.moved = append(out.moved, preview.Name(objects, p.days[i], &compared[i]))
			}
		}
	}
	return out
}

// judgeCluster judges the families of the cluster, township by township: of those
// in which something may differ. It only reads.
func (p *forecast) judgeCluster(ctx context.Context) error {
	live, err := cluster.Open(p.session.cluster)
	if err != nil {
		return err
	}
	if err := live.Shared(ctx, func(object cluster.Object) error {
		p.base.Add(object)
		return nil
	}); err != nil {
		return err
	}
	if err := p.prepare(); err != nil {
		return err
	}
	namespaces := p.withinReach()
	if n := p.session.cluster.Namespace; n != nil && *n != "" {
		namespaces = []string{*n}
		p.report.OutOfReach = 0
	}
	var forbidden error
	for _, namespace := range namespaces {
		switch err := p.readNamespace(ctx, live, namespace); {
		case apierrors.IsForbidden(err):
			p.report.Unseen, forbidden = append(p.report.Unseen, namespace), err
			continue
		case err != nil:
			return err
		}
		if err := p.judgeStock(ctx); err != nil {
			return err
		}
	}
	if forbidden != nil && len(p.report.Unseen) == len(namespaces) {
		return wording.Fault(wording.PreviewAllUnseen, forbidden)
	}
	return nil
}

// readNamespace takes the papers of one township into the stock, in place of
// those of the one before.
func (p *forecast) readNamespace(ctx context.Context, live *cluster.Cluster, namespace string) error {
	if err := p.stock.close(); err != nil {
		return err
	}
	*p.stock = *newStock()
	return live.Papers(ctx, namespace, func(object cluster.Object) error {
		if report, ok := object.(*v1alpha1.MonthlyReport); ok {
			p.base.Reports = append(p.base.Reports, report)
			return nil
		}
		object.SetManagedFields(nil) // what no judgment reads
		packed, err := pack(object)
		if err != nil {
			return err
		}
		p.progress.Show(func() string { return p.lang.Say(wording.ProgressJudged, p.tally.Families) })
		return p.stock.put(object, packed)
	})
}

// withinReach lists the namespaces of townships in which a plan differs, and
// counts the others.
func (p *forecast) withinReach() []string {
	var namespaces []string
	seen := map[string]bool{}
	for _, w := range []*translate.World{p.worlds.New, p.worlds.Old} {
		for _, name := range w.Nodes() {
			node, _ := w.Node(name)
			namespace := w.Namespace(name)
			if node.Spec.Level != v1alpha1.LevelTownship || namespace == "" || seen[namespace] {
				continue
			}
			seen[namespace] = true
			if p.reaches(w, name) {
				namespaces = append(namespaces, namespace)
			} else {
				p.report.OutOfReach++
			}
		}
	}
	return namespaces
}

// reaches reports whether a plan differs at a node or below it.
func (p *forecast) reaches(w *translate.World, name string) bool {
	for _, below := range w.Descendants(name) {
		if !p.worlds.Old.Alike(p.worlds.New, below) {
			return true
		}
	}
	return false
}
