// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestWritesCountsWhatWasWritten(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/conflict" {
			w.WriteHeader(http.StatusConflict)
		}
	}))
	defer server.Close()
	writes := &Writes{}
	web := &http.Client{Transport: writes.Wrap(http.DefaultTransport)}
	for _, request := range []struct{ method, path string }{
		{http.MethodGet, "/"}, {http.MethodPost, "/"}, {http.MethodPatch, "/"}, {http.MethodPatch, "/conflict"}, {http.MethodPut, "/"},
	} {
		r, err := http.NewRequestWithContext(t.Context(), request.method, server.URL+request.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := web.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
	}
	if got := writes.Done(); got != 3 {
		t.Errorf("%d writes, want the 3 that succeeded", got)
	}
}
