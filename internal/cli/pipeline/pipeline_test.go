// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"
)

func numbers(n int) func(func(int) error) error {
	return func(yield func(int) error) error {
		for i := range n {
			if err := yield(i); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestOrderedKeepsTheOrderAndStaysBounded(t *testing.T) {
	const n = 10_000
	var under, most atomic.Int64
	next := 0
	err := Ordered(context.Background(), numbers(n),
		func(_ context.Context, i int) int {
			most.Store(max(most.Load(), under.Add(1)))
			if i%7 == 0 {
				runtime.Gosched()
			}
			return i * i
		},
		func(out int) error {
			under.Add(-1)
			if out != next*next {
				t.Fatalf("result %d came at place %d", out, next)
			}
			next++
			return nil
		})
	if err != nil || next != n {
		t.Fatalf("got %d results, %v", next, err)
	}
	if limit := int64(runtime.GOMAXPROCS(0)*(ahead+1) + 2); most.Load() > limit {
		t.Errorf("%d items were under way at once, want at most %d", most.Load(), limit)
	}
}

func TestOrderedEndsWithTheFirstError(t *testing.T) {
	broken := errors.New("broken")
	square := func(_ context.Context, i int) int { return i * i }
	tests := []struct {
		name    string
		produce func(func(int) error) error
		consume func(int) error
	}{
		{"of the consumer", numbers(1 << 30), func(out int) error {
			if out > 100 {
				return broken
			}
			return nil
		}},
		{"of the producer", func(yield func(int) error) error {
			if err := yield(1); err != nil {
				return err
			}
			return broken
		}, func(int) error { return nil }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := Ordered(context.Background(), tt.produce, square, tt.consume); !errors.Is(err, broken) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestOrderedEndsWhenItIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	err := Ordered(ctx, numbers(1<<30), func(_ context.Context, i int) int { return i }, func(out int) error {
		if out == 100 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
