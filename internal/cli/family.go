// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/chronicle"
	"fangpin.io/fangpin/internal/cli/cluster"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// The kinds that a command may be asked about by name.
const (
	kindHousehold = "Household"
	kindReview    = "Review"
	kindSignal    = "RiskSignal"
)

// oneFamily is what explain, timeline and every command that writes a fact are
// asked about: a household, or one of its papers.
type oneFamily struct {
	*session
	judging
	paths []string
	kind  string // of what was named; "" is a household
	name  string

	live     *cluster.Cluster // nil: the family stands in files
	world    *translate.World
	policies []*v1alpha1.MonitoringPolicy
	papers   translate.Papers // as far as they were known
	day      civil.Day
	left     []chronicle.Event // out by --known-at
}

// addFlags gives a command the flags that say where the family is.
func (f *oneFamily) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringSliceVarP(&f.paths, "filename", "f", nil, f.lang.Say(wording.FlagFilename))
	f.judging.addFlags(cmd, f.session)
	f.addClusterFlags(cmd)
}

// argument reads hh/NAME, household/NAME, "hh NAME" or NAME.
func (f *oneFamily) argument(_ *cobra.Command, args []string) error {
	kind, name, slashed := "household", "", false
	switch len(args) {
	case 1:
		if kind, name, slashed = strings.Cut(args[0], "/"); !slashed {
			kind, name = "household", args[0]
		}
	case 2:
		kind, name = args[0], args[1]
	default:
		return usageError{wording.Fault(wording.WhichHousehold)}
	}
	found, err := manifest.FindKind(kind)
	switch {
	case err != nil:
		return usageError{err}
	case found.Name != kindHousehold || name == "":
		return usageError{wording.Fault(wording.OnlyHouseholds, strings.Join(args, " "))}
	}
	f.name = name
	return nil
}

// find reads the family and everything that it is judged by.
func (f *oneFamily) find(ctx context.Context) error {
	if err := f.read(f.session); err != nil {
		return err
	}
	f.adviseIn(f.lang)
	collection := papers.NewCollection(nil)
	var family *papers.InMemory
	var err error
	if len(f.paths) > 0 {
		family, err = f.inFiles(ctx, collection)
	} else {
		family, err = f.inCluster(ctx, collection)
	}
	if err != nil {
		return err
	}
	f.policies = collection.Policies
	if f.world, err = f.judging.world(&collection.Shared); err != nil && f.live == nil {
		return err
	}
	stated := collection.Papers(family)
	f.papers = f.world.Known(stated)
	if f.day = f.asOf; f.day.IsZero() {
		place, _ := f.world.NodeOf(f.papers.Household.Namespace, f.papers.Household.Spec.JurisdictionRef)
		f.day = f.world.Today(place, f.now)
	}
	if !f.knownAt.IsZero() {
		everything := collection.World(translate.Options{Language: f.advice})
		f.left = chronicle.LeftOut(everything, f.world, stated, f.day)
	}
	return nil
}

// review is the review of a name, nil if the family has none.
func (f *oneFamily) review(name string) *v1alpha1.Review {
	i := slices.IndexFunc(f.papers.Reviews, func(r *v1alpha1.Review) bool { return r.Name == name })
	if i < 0 {
		return nil
	}
	return f.papers.Reviews[i]
}

// signal is the lead of a name, nil if the family has none.
func (f *oneFamily) signal(name string) *v1alpha1.RiskSignal {
	i := slices.IndexFunc(f.papers.Signals, func(o *v1alpha1.RiskSignal) bool { return o.Name == name })
	if i < 0 {
		return nil
	}
	return f.papers.Signals[i]
}

// inFiles looks a family up in files. Of other families only what tells twins is
// kept, so that the files may be of any length.
func (f *oneFamily) inFiles(ctx context.Context, collection *papers.Collection) (*papers.InMemory, error) {
	skipped, err := f.source(f.paths).Read(ctx, func(_ manifest.Document, object client.Object) error {
		if !collection.Shared.Add(object) {
			collection.Families.Add(object, f.worthKeeping(object))
		}
		return nil
	})
	f.noteSkipped(skipped)
	if err != nil {
		return nil, err
	}
	household, err := f.householdAmong(collection)
	if err != nil {
		return nil, err
	}
	var found []*papers.InMemory
	for _, family := range collection.Families.All() {
		if family.Key.Name != household || len(family.Household) == 0 {
			continue
		}
		if n := f.cluster.Namespace; n == nil || *n == "" || family.Key.Namespace == *n {
			found = append(found, family)
		}
	}
	switch len(found) {
	case 0:
		return nil, wording.Fault(wording.NoSuchHousehold, household)
	case 1:
		if len(found[0].Household) > 1 {
			return nil, wording.Fault(wording.HouseholdTwice, found[0].Key)
		}
		return found[0], nil
	}
	var namespaces []string
	for _, family := range found {
		namespaces = append(namespaces, family.Key.Namespace)
	}
	slices.Sort(namespaces)
	return nil, usageError{wording.Fault(wording.SeveralHouseholds, household, strings.Join(namespaces, ", "))}
}

// householdAmong is the name of the household that was named, or that the named
// paper is about.
func (f *oneFamily) householdAmong(collection *papers.Collection) (string, error) {
	if f.kind == "" || f.kind == kindHousehold {
		return f.name, nil
	}
	for _, family := range collection.Families.All() {
		for _, object := range slices.Concat(family.Reviews, family.Signals) {
			_, isReview := object.(*v1alpha1.Review)
			if object.GetName() == f.name && isReview == (f.kind == kindReview) {
				return family.Key.Name, nil
			}
		}
	}
	return "", wording.Fault(wording.NoSuchObject, f.kind, f.name)
}

// worthKeeping returns the object if it may be the family's, else nothing: its
// name and digest are noted all the same.
func (f *oneFamily) worthKeeping(object client.Object) client.Object {
	household := object.GetName()
	switch o := object.(type) {
	case *v1alpha1.RiskSignal:
		household = string(o.Spec.HouseholdRef.Name)
	case *v1alpha1.Review:
		household = string(o.Spec.HouseholdRef.Name)
	case *v1alpha1.AssistancePlan:
		household = string(o.Spec.HouseholdRef.Name)
	}
	if household == f.name || f.kind == kindReview || f.kind == kindSignal {
		return object // a paper is asked about, and whose it is stands in it
	}
	return nil
}

// inCluster reads a family from the cluster.
func (f *oneFamily) inCluster(ctx context.Context, collection *papers.Collection) (*papers.InMemory, error) {
	if f.live == nil {
		live, err := cluster.Open(f.cluster)
		if err != nil {
			return nil, err
		}
		f.live = live
	}
	household := f.name
	if f.kind == kindReview || f.kind == kindSignal {
		var err error
		if household, err = f.live.HouseholdOf(ctx, f.kind, f.name); err != nil {
			return nil, err
		}
	}
	yield := func(object cluster.Object) error {
		if !collection.Shared.Add(object) {
			collection.Families.Add(object, object)
		}
		return nil
	}
	if err := f.live.Shared(ctx, yield); err != nil {
		return nil, err
	}
	key := types.NamespacedName{Namespace: f.live.Namespace, Name: household}
	if err := f.live.Family(ctx, key, yield); err != nil {
		return nil, err
	}
	return collection.Families.Find(key), nil
}

// dayOf reads a date that the schema has checked; one that it has not is no day.
func dayOf(d v1alpha1.Date) civil.Day {
	day, err := civil.ParseDay(string(d))
	if err != nil {
		return 0
	}
	return day
}
