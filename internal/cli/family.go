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
	"fangpin.io/fangpin/internal/cli/cluster"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// oneFamily is what explain and timeline are asked about.
type oneFamily struct {
	*session
	judging
	paths []string
	name  string

	world    *translate.World
	policies []*v1alpha1.MonitoringPolicy
	papers   translate.Papers
	day      civil.Day
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
	case found.Name != "Household" || name == "":
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
	if f.world, err = f.judging.world(&collection.Shared); err != nil {
		return err
	}
	f.papers = collection.Papers(family)
	if f.day = f.asOf; f.day.IsZero() {
		place, _ := f.world.NodeOf(f.papers.Household.Namespace, f.papers.Household.Spec.JurisdictionRef)
		f.day = f.world.Today(place, f.now)
	}
	return nil
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
	var found []*papers.InMemory
	for _, family := range collection.Families.All() {
		if family.Key.Name != f.name || len(family.Household) == 0 {
			continue
		}
		if n := f.cluster.Namespace; n == nil || *n == "" || family.Key.Namespace == *n {
			found = append(found, family)
		}
	}
	switch len(found) {
	case 0:
		return nil, wording.Fault(wording.NoSuchHousehold, f.name)
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
	return nil, usageError{wording.Fault(wording.SeveralHouseholds, f.name, strings.Join(namespaces, ", "))}
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
	if household == f.name {
		return object
	}
	return nil
}

// inCluster reads a family from the cluster.
func (f *oneFamily) inCluster(ctx context.Context, collection *papers.Collection) (*papers.InMemory, error) {
	live, err := cluster.Open(f.cluster)
	if err != nil {
		return nil, err
	}
	yield := func(object cluster.Object) error {
		if !collection.Shared.Add(object) {
			collection.Families.Add(object, object)
		}
		return nil
	}
	if err := live.Shared(ctx, yield); err != nil {
		return nil, err
	}
	key := types.NamespacedName{Namespace: live.Namespace, Name: f.name}
	if err := live.Family(ctx, key, yield); err != nil {
		return nil, err
	}
	return collection.Families.Find(key), nil
}
