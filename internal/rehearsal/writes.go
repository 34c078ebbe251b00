// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"net/http"
	"sync/atomic"
)

// Writes counts the requests by which objects were written, whoever wrote them.
type Writes struct{ done atomic.Int64 }

// Done returns how many writes succeeded so far.
func (w *Writes) Done() int64 { return w.done.Load() }

// Wrap has requests that pass through a transport counted; rest.Config.Wrap
// takes it.
func (w *Writes) Wrap(transport http.RoundTripper) http.RoundTripper {
	return counting{transport, w}
}

type counting struct {
	http.RoundTripper
	writes *Writes
}

// RoundTrip counts what was written.
func (c counting) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := c.RoundTripper.RoundTrip(request)
	if err == nil && request.Method != http.MethodGet && response.StatusCode < http.StatusMultipleChoices {
		c.writes.done.Add(1)
	}
	return response, err
}

// WrappedRoundTripper lets client-go find the transport beneath.
func (c counting) WrappedRoundTripper() http.RoundTripper { return c.RoundTripper }
