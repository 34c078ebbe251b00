// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// check compares every stored status with the core's judgment, and with its
// twin's: a rate at which something else is written would be worth nothing.
func (r *controllerRun) check(ctx context.Context, changed bool) error {
	for _, k := range kinds {
		own, err := r.cluster.statuses(ctx, k, r.town.namespace())
		if err != nil {
			return err
		}
		others, err := r.cluster.statuses(ctx, k, twins)
		if err != nil {
			return err
		}
		loaded := ofKind(r.courses, k)
		if len(own) != len(loaded) || len(others) != len(loaded) {
			return fmt.Errorf("the API server has %d objects of kind %s and %d twins, loaded were %d", len(own), k.name, len(others), len(loaded))
		}
		for _, c := range loaded {
			if err := c.hold(own[c.object.GetName()], others[c.object.GetName()], changed); err != nil {
				return err
			}
		}
	}
	return nil
}

// hold holds the stored statuses of an object and of its twin against what the
// core concludes.
func (c *course) hold(own, twin []byte, changed bool) error {
	want := c.first
	if changed {
		want = c.second
	}
	for _, stored := range []struct {
		of     string
		status []byte
	}{{"", own}, {"'s twin", twin}} {
		if !bytes.Equal(stored.status, want) {
			return fmt.Errorf("%s %s%s was written otherwise than the core judges:\n%s\nand not\n%s", c.kind.name, c.object.GetName(), stored.of, stored.status, want)
		}
	}
	return nil
}

// statuses reads the statuses of a kind's objects, by name.
func (c *cluster) statuses(ctx context.Context, k *kind, namespace string) (map[string][]byte, error) {
	list := k.newList()
	if err := c.admin.List(ctx, list, client.InNamespace(namespace)); err != nil {
		return nil, err
	}
	byName := map[string][]byte{}
	err := meta.EachListItem(list, func(item runtime.Object) error {
		object := item.(client.Object)
		_, status := kindOf(object)
		text, err := json.Marshal(status)
		byName[object.GetName()] = text
		return err
	})
	return byName, err
}
