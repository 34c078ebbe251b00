// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// loaders is how many create objects at a time; more than 8 to 16 only wait.
const loaders = 16

// poster is the field manager of what people post, as kubectl names itself: its
// name is stored with every object.
const poster = "kubectl-create"

func newDiscovery(config *rest.Config) (*discovery.DiscoveryClient, error) {
	return discovery.NewDiscoveryClientForConfig(config)
}

// loadPlan creates the namespaces, the jurisdictions and the policy.
func (c *cluster) loadPlan(ctx context.Context, t *town) error {
	objects := []client.Object{namespace(twins)}
	seen := map[string]bool{}
	for _, j := range t.jurisdictions {
		if name := string(j.Spec.Namespace); !seen[name] {
			seen[name] = true
			objects = append(objects, namespace(name))
		}
	}
	for _, j := range t.jurisdictions {
		objects = append(objects, j.DeepCopy())
	}
	return c.create(ctx, append(objects, t.policy.DeepCopy())...)
}

// loadFamilies creates each object twice, once in its township and once among
// the twins, and returns when every reader sees them all. Versions are the
// twins' resource versions, in the order of the courses.
func (c *cluster) loadFamilies(ctx context.Context, courses []course, say func(format string, args ...any)) (versions []string, err error) {
	versions = make([]string, len(courses))
	var done atomic.Int64
	group, loading := errgroup.WithContext(ctx)
	group.SetLimit(loaders)
	for i := range courses {
		group.Go(func() error {
			own, twin := courses[i].copied(), courses[i].copied()
			twin.SetNamespace(twins)
			for _, object := range []client.Object{own, twin} {
				if err := c.admin.Create(loading, object, client.FieldOwner(poster)); err != nil {
					return fmt.Errorf("creating %s %s: %w", courses[i].kind.name, client.ObjectKeyFromObject(object), err)
				}
			}
			versions[i] = twin.GetResourceVersion()
			if n := done.Add(1); n%1000 == 0 {
				say("%d of %d objects are loaded.", n, len(courses))
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for _, k := range kinds {
		if err := c.waitForWatchCache(ctx, k, courses[0].object.GetNamespace(), len(ofKind(courses, k))); err != nil {
			return nil, err
		}
	}
	return versions, nil
}

// waitForWatchCache returns when the API server's cache, from which it answers
// lists and watches, holds as many objects as were loaded: after a bulk load
// it lags, and says so to nobody.
func (c *cluster) waitForWatchCache(ctx context.Context, k *kind, namespace string, objects int) error {
	clients, err := metadata.NewForConfig(c.Config())
	if err != nil {
		return err
	}
	held := 0
	err = wait.PollUntilContextTimeout(ctx, 100*time.Millisecond, 2*time.Minute, true, func(ctx context.Context) (bool, error) {
		// Version 0 asks for what the cache holds, however old that is.
		list, err := clients.Resource(k.resource).Namespace(namespace).List(ctx, metav1.ListOptions{ResourceVersion: "0"})
		if err != nil {
			return false, err
		}
		held = len(list.Items)
		return held == objects, nil
	})
	if err != nil {
		return fmt.Errorf("waiting until the API server's cache holds %d objects of kind %s (it has %d): %w", objects, k.name, held, err)
	}
	return nil
}
