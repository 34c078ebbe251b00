// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const (
	statusURL = "https://127.0.0.1/apis/fangpin.io/v1alpha1/namespaces/town/households/hh-1/status?fieldManager=fp"
	reviewURL = "https://127.0.0.1/apis/fangpin.io/v1alpha1/namespaces/town/reviews/r-1/status?fieldManager=fp"
	eventURL  = "https://127.0.0.1/apis/events.k8s.io/v1/namespaces/town/events"
)

// fakeServer answers what the gate lets through, and counts it.
type fakeServer struct {
	answered atomic.Int64
	status   int
}

func (s *fakeServer) RoundTrip(*http.Request) (*http.Response, error) {
	s.answered.Add(1)
	return &http.Response{StatusCode: s.status, Body: http.NoBody}, nil
}

func send(ctx context.Context, transport http.RoundTripper, method, url string) error {
	request, err := http.NewRequestWithContext(ctx, method, url, nil)
	if err != nil {
		return err
	}
	response, err := transport.RoundTrip(request)
	if err == nil {
		_ = response.Body.Close()
	}
	return err
}

func TestAClosedGateLetsReadsPassAndWritesInSlices(t *testing.T) {
	g, s := newGate(), &fakeServer{status: http.StatusOK}
	transport := g.wrap(s)
	if err := send(t.Context(), transport, http.MethodGet, statusURL); err != nil {
		t.Fatal(err)
	}
	letting := make(chan error, 1)
	go func() { letting <- g.let(t.Context(), 2) }()
	for _, url := range []string{statusURL, reviewURL} {
		if err := send(t.Context(), transport, http.MethodPatch, url); err != nil {
			t.Fatal(err)
		}
	}
	if err := <-letting; err != nil {
		t.Fatal(err)
	}
	third := make(chan error, 1)
	go func() { third <- send(t.Context(), transport, http.MethodPatch, statusURL) }()
	waiting, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := g.waitForWriter(waiting); err != nil {
		t.Fatalf("a third write did not wait at a gate that let two pass: %v", err)
	}
	if got := s.answered.Load(); got != 3 {
		t.Errorf("%d requests were answered, want the read and two writes", got)
	}
	g.letAll()
	if err := <-third; err != nil {
		t.Fatal(err)
	}
	if err := send(t.Context(), transport, http.MethodPost, eventURL); err != nil {
		t.Fatal(err)
	}
	writes, refused := g.tally()
	if diff := cmp.Diff(map[string]int{households.write(): 2, reviews.write(): 1, "create events": 1}, writes); diff != "" {
		t.Errorf("writes (-want +got):\n%s", diff)
	}
	if total(refused) != 0 {
		t.Errorf("refused: %v", refused)
	}
	if writes, _ := g.tally(); len(writes) != 0 {
		t.Errorf("a tally was not forgotten: %v", writes)
	}
}

func TestAGateCountsWhatIsRefused(t *testing.T) {
	g := newGate()
	g.letAll()
	transport := g.wrap(&fakeServer{status: http.StatusConflict})
	for range 3 {
		if err := send(t.Context(), transport, http.MethodPatch, statusURL); err != nil {
			t.Fatal(err)
		}
	}
	writes, refused := g.tally()
	if writes[households.write()] != 3 || refused[http.StatusConflict] != 3 {
		t.Errorf("writes %v, refused %v, want three of each", writes, refused)
	}
}

func TestAWriteThatIsGivenUpLeavesTheGate(t *testing.T) {
	g, s := newGate(), &fakeServer{status: http.StatusOK}
	ctx, cancel := context.WithCancel(t.Context())
	given := make(chan error)
	go func() { given <- send(ctx, g.wrap(s), http.MethodPatch, statusURL) }()
	if err := g.waitForWriter(t.Context()); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-given; !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v", err)
	}
	if s.answered.Load() != 0 {
		t.Error("the write went through")
	}
}

func TestASliceThatIsNotUsedUpSaysWhatWasSeen(t *testing.T) {
	g := newGate()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := g.let(ctx, 2)
	want := "the manager makes fewer than 2 writes (so far map[], refused map[]): context canceled"
	if err == nil || err.Error() != want {
		t.Errorf("got error %v, want %q", err, want)
	}
}

func TestPartsAreAsEqualAsCanBe(t *testing.T) {
	list := make([]int, 23)
	var got []int
	for which := range 5 {
		got = append(got, len(part(list, which, 5)))
	}
	if fmt.Sprint(got) != "[4 5 4 5 5]" {
		t.Errorf("parts of 23 are %v", got)
	}
}
