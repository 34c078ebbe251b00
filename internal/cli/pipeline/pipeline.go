// SPDX-License-Identifier: Apache-2.0

// Package pipeline does work in parallel and keeps its order, in bounded memory.
package pipeline

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// ahead is how many items a worker may be ahead of what was consumed. It evens
// out items of unequal size, and bounds the memory.
const ahead = 8

// Ordered calls work for every item that produce yields, on all processors, and
// hands the results to consume one at a time in the items' order. The first
// error of produce or consume ends it.
func Ordered[In, Out any](
	ctx context.Context,
	produce func(yield func(In) error) error,
	work func(context.Context, In) Out,
	consume func(Out) error,
) error {
	type slot struct {
		in  In
		out chan Out
	}
	workers := runtime.GOMAXPROCS(0)
	jobs, queue := make(chan slot), make(chan slot, workers*ahead)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(queue)
		defer close(jobs)
		return produce(func(in In) error {
			s := slot{in, make(chan Out, 1)}
			for _, to := range []chan slot{queue, jobs} {
				select {
				case to <- s:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	})
	for range workers {
		group.Go(func() error {
			for s := range jobs {
				s.out <- work(ctx, s.in)
			}
			return nil
		})
	}
	group.Go(func() error {
		for s := range queue {
			select {
			case out := <-s.out:
				if err := consume(out); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	return group.Wait()
}
