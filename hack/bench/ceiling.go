// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/rest"

	"fangpin.io/fangpin/internal/shell"
)

// ceiling writes statuses by bare client-go as fast as it can: the same patches,
// byte for byte but for the version, that the manager writes, on twins of the
// families and of their papers, as the same user. It decides nothing and watches nothing, so nobody
// who writes each family's status can be faster.
type ceiling struct {
	client      metadata.Interface
	concurrency int
	versions    []string // of the twins, in the order of the courses
}

func newCeiling(config *rest.Config, concurrency int, versions []string) (*ceiling, error) {
	clients, err := metadata.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	return &ceiling{client: clients, concurrency: concurrency, versions: versions}, nil
}

// patch is one write: what it changes in the status of which object.
type patch struct {
	course int
	kind   *kind
	name   string
	status []byte
}

// write makes writes at the ceiling's concurrency.
func (c *ceiling) write(ctx context.Context, patches []patch) error {
	group, writing := errgroup.WithContext(ctx)
	next := make(chan patch)
	group.Go(func() error {
		defer close(next)
		for _, p := range patches {
			select {
			case next <- p:
			case <-writing.Done():
				return writing.Err()
			}
		}
		return nil
	})
	for range c.concurrency {
		group.Go(func() error {
			for p := range next {
				if err := c.writeOne(writing, p); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

func (c *ceiling) writeOne(ctx context.Context, p patch) error {
	var body bytes.Buffer
	fmt.Fprintf(&body, `{"metadata":{"resourceVersion":%q},"status":%s}`, c.versions[p.course], p.status)
	answer, err := c.client.Resource(p.kind.resource).Namespace(twins).Patch(ctx, p.name, types.MergePatchType, body.Bytes(),
		metav1.PatchOptions{FieldManager: shell.FieldOwner, FieldValidation: metav1.FieldValidationStrict}, "status")
	if err != nil {
		return fmt.Errorf("writing the status of the twin %s %s: %w", p.kind.name, p.name, err)
	}
	c.versions[p.course] = answer.ResourceVersion
	return nil
}
