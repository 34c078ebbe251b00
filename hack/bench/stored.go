// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// sampledFamilies is how many stored objects are weighed.
const sampledFamilies = 2000

// weight is what one family weighs, in bytes of JSON.
type weight struct {
	posted, stored    int
	spec, status      int
	managedFields     int
	posters, managers int // of managedFields: who posted it, and the manager
}

// weigh reads stored families from etcd, evenly over the town, and takes them
// apart.
func (c *cluster) weigh(ctx context.Context, t *town) ([]weight, error) {
	etcd, err := clientv3.New(clientv3.Config{
		Endpoints: []string{c.EtcdEndpoint()}, DialTimeout: 10 * time.Second, Context: ctx,
	})
	if err != nil {
		return nil, err
	}
	defer func() { _ = etcd.Close() }()
	step := max(1, len(t.households)/sampledFamilies)
	var weights []weight
	for i := 0; i < len(t.households); i += step {
		h := t.households[i]
		key := fmt.Sprintf("/registry/%s/households/%s/%s", v1alpha1.SchemeGroupVersion.Group, h.Namespace, h.Name)
		answer, err := etcd.Get(ctx, key)
		if err != nil {
			return nil, fmt.Errorf("reading %s from etcd: %w", key, err)
		}
		if len(answer.Kvs) != 1 {
			return nil, fmt.Errorf("etcd has no %s", key)
		}
		w, err := weighOne(h, answer.Kvs[0].Value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		weights = append(weights, w)
	}
	return weights, nil
}

// weighOne takes one stored object apart.
func weighOne(posted *v1alpha1.Household, stored []byte) (weight, error) {
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

// reportWeights adds what families weigh to a table.
func reportWeights(t *table, weights []weight) {
	of := func(figure func(weight) int) samples {
		var out samples
		for _, w := range weights {
			out = append(out, float64(figure(w)))
		}
		return out
	}
	posted, stored := of(func(w weight) int { return w.posted }), of(func(w weight) int { return w.stored })
	t.add("stored bytes over posted bytes, a family", "at most 1.70", ratios(stored, posted)...)
	t.add(fmt.Sprintf("the same, families that post %s bytes and more", grouped(heavy)), "at most 1.70", heavyRatios(weights)...)
	t.add("stored bytes beyond the posted ones", "", of(func(w weight) int { return w.stored - w.posted })...)
	t.add("posted bytes a family", "", posted...)
	t.add("stored bytes a family", "", stored...)
	t.add("stored: spec", "", of(func(w weight) int { return w.spec })...)
	t.add("stored: status", "", of(func(w weight) int { return w.status })...)
	t.add("stored: managedFields", "", of(func(w weight) int { return w.managedFields })...)
	t.add("stored: managedFields of who posted the family", "", of(func(w weight) int { return w.posters })...)
	t.add("stored: managedFields of the manager", "", of(func(w weight) int { return w.managers })...)
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
