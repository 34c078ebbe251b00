// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// sampled is how many stored objects of a kind are weighed.
const sampled = 2000

// weight is what one object weighs, in bytes of JSON.
type weight struct {
	posted, stored    int
	spec, status      int
	managedFields     int
	posters, managers int // of managedFields: who posted it, and the manager
}

// weigh reads stored objects from etcd, evenly over the town, and takes them
// apart.
func (c *cluster) weigh(ctx context.Context, courses []course) (map[*kind][]weight, error) {
	etcd, err := clientv3.New(clientv3.Config{
		Endpoints: []string{c.EtcdEndpoint()}, DialTimeout: 10 * time.Second, Context: ctx,
	})
	if err != nil {
		return nil, err
	}
	defer func() { _ = etcd.Close() }()
	weights := map[*kind][]weight{}
	for _, k := range kinds {
		all := ofKind(courses, k)
		step := max(1, len(all)/sampled)
		for i := 0; i < len(all); i += step {
			object := all[i].object
			key := fmt.Sprintf("/registry/%s/%s/%s/%s", k.resource.Group, k.resource.Resource, object.GetNamespace(), object.GetName())
			answer, err := etcd.Get(ctx, key)
			if err != nil {
				return nil, fmt.Errorf("reading %s from etcd: %w", key, err)
			}
			if len(answer.Kvs) != 1 {
				return nil, fmt.Errorf("etcd has no %s", key)
			}
			w, err := weighOne(object, answer.Kvs[0].Value)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", key, err)
			}
			weights[k] = append(weights[k], w)
		}
	}
	return weights, nil
}

// weighOne takes one stored object apart.
func weighOne(posted client.Object, stored []byte) (weight, error) {
	body, err := json.Marshal(posted)
	if err != nil {
		return weight{}, err
	}
	var parts struct {
		Metadata struct {
			ManagedFields json.RawMessage `json:"managedFields"`
		} `json:"metadata"`
		Spec   json.RawMessage `json:"spec"`
		Status json.RawMessage `json:"status"`
	}
	if err := json.Unmarshal(stored, &parts); err != nil {
		return weight{}, fmt.Errorf("taking the stored object apart: %w", err)
	}
	w := weight{
		posted: len(body), stored: len(bytes.TrimSpace(stored)),
		spec: len(parts.Spec), status: len(parts.Status), managedFields: len(parts.Metadata.ManagedFields),
	}
	var entries []json.RawMessage
	if len(parts.Metadata.ManagedFields) == 0 {
		return w, nil
	}
	if err := json.Unmarshal(parts.Metadata.ManagedFields, &entries); err != nil {
		return w, fmt.Errorf("reading managedFields: %w", err)
	}
	for _, entry := range entries {
		var of struct {
			Subresource string `json:"subresource"`
		}
		if err := json.Unmarshal(entry, &of); err != nil {
			return w, fmt.Errorf("reading managedFields: %w", err)
		}
		if of.Subresource == "status" {
			w.managers += len(entry)
		} else {
			w.posters += len(entry)
		}
	}
	return w, nil
}

// reportWeights adds what families and their papers weigh to a table.
func reportWeights(t *table, weights map[*kind][]weight) {
	of := func(k *kind, figure func(weight) int) samples {
		var out samples
		for _, w := range weights[k] {
			out = append(out, float64(figure(w)))
		}
		return out
	}
	families := func(figure func(weight) int) samples { return of(households, figure) }
	posted, stored := func(w weight) int { return w.posted }, func(w weight) int { return w.stored }
	t.add("stored bytes over posted bytes, a family", "at most 1.70", ratios(families(stored), families(posted))...)
	t.add(fmt.Sprintf("the same, families that post %s bytes and more", grouped(heavy)), "at most 1.70", heavyRatios(weights[households])...)
	t.add("stored bytes beyond the posted ones", "", families(func(w weight) int { return w.stored - w.posted })...)
	t.add("posted bytes a family", "", families(posted)...)
	t.add("stored bytes a family", "", families(stored)...)
	t.add("stored: spec", "", families(func(w weight) int { return w.spec })...)
	t.add("stored: status", "", families(func(w weight) int { return w.status })...)
	t.add("stored: managedFields", "", families(func(w weight) int { return w.managedFields })...)
	t.add("stored: managedFields of who posted the family", "", families(func(w weight) int { return w.posters })...)
	t.add("stored: managedFields of the manager", "", families(func(w weight) int { return w.managers })...)
	for _, k := range kinds[1:] {
		t.add("posted bytes of "+k.one, "", of(k, posted)...)
		t.add("stored bytes of "+k.one, "", of(k, stored)...)
	}
}

// heavy is what a family of five posts whose twelve surveys state a guarantee or
// two each. The town's families say "unchanged" most of the time, and what is
// stored of every family alike weighs more beside them.
const heavy = 2500

func heavyRatios(weights []weight) samples {
	var out samples
	for _, w := range weights {
		if w.posted >= heavy {
			out = append(out, float64(w.stored)/float64(w.posted))
		}
	}
	return out
}
