// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"

	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/manifest"
)

// The plans that are in force in the course of the rehearsal: the town's own in
// 2020, the county's where there is no nearer one, the second township's own from
// 2021 on, and the city's for everybody else by then.
const (
	townPlan     = "town-2020"
	countyPlan   = "county-2020"
	townshipPlan = "township-2021"
	cityPlan     = "city-tiers-2021"
)

// setting returns the tree of jurisdictions, parents first, and the plans. The
// plans are as shipped, but that the township's is in force in the second
// township and not in the town, for which its file is written.
func setting(ctx context.Context, root string, places ...client.Object) ([]client.Object, error) {
	var tree, plans []client.Object
	for _, name := range []string{cityPlan, townPlan, countyPlan, townshipPlan} {
		objects, err := readPack(ctx, filepath.Join(root, "config", "policies", name+".yaml"))
		if err != nil {
			return nil, err
		}
		for _, object := range objects {
			switch o := object.(type) {
			case *v1alpha1.MonitoringPolicy:
				plans = append(plans, o)
			case *v1alpha1.Jurisdiction:
				// The town is as its own plan's file has it; what is above it only the
				// city's file knows whole.
				if name == townPlan || name == cityPlan && above(o.Spec.Level) {
					tree = append(tree, o)
				}
			}
		}
	}
	all := unique(append(append(tree, places...), plans...))
	return all, rehome(plans, places)
}

// above reports whether a level is above the townships.
func above(level v1alpha1.JurisdictionLevel) bool {
	return level != v1alpha1.LevelTownship && level != v1alpha1.LevelVillage
}

// rehome puts the township's plan into force at the last township of the places.
func rehome(plans, places []client.Object) error {
	township := ""
	for _, place := range places {
		if j, ok := place.(*v1alpha1.Jurisdiction); ok && j.Spec.Level == v1alpha1.LevelTownship {
			township = j.Name
		}
	}
	for _, plan := range plans {
		if p, ok := plan.(*v1alpha1.MonitoringPolicy); ok && p.Name == townshipPlan {
			p.Spec.JurisdictionRef.Name = v1alpha1.ObjectName(township)
			return nil
		}
	}
	return fmt.Errorf("there is no plan %s in its file", townshipPlan)
}

// unique keeps the first of several objects of one kind and name.
func unique(objects []client.Object) []client.Object {
	type key struct {
		kind reflect.Type
		name string
	}
	seen := map[key]bool{}
	kept := objects[:0]
	for _, o := range objects {
		k := key{reflect.TypeOf(o), o.GetName()}
		if !seen[k] {
			kept = append(kept, o)
		}
		seen[k] = true
	}
	return kept
}

// readPack reads the file with a plan and its jurisdictions as strictly as the
// command does.
func readPack(ctx context.Context, path string) ([]client.Object, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading a plan: %w", err)
	}
	defer file.Close()
	var objects []client.Object
	err = manifest.Split(path, file, func(chunk manifest.Chunk) error {
		documents, err := manifest.Parse(chunk)
		if err != nil {
			return err
		}
		for i := range documents {
			object, err := manifest.Reading{}.Object(ctx, &documents[i])
			if err != nil {
				return err
			}
			objects = append(objects, object)
		}
		return nil
	})
	return objects, err
}
