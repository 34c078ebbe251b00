// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
)

// through is the API server behind a proxy that lets something happen before
// each write of a household or review reaches it.
func (g live) through(t *testing.T, before func(attempt int)) live {
	t.Helper()
	attempts := 0
	return g.behind(t, func(r *http.Request) {
		if r.Method == http.MethodPatch || r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/reviews") {
			attempts++
			before(attempts)
		}
	})
}

// throughPosts is the API server behind a proxy that lets something happen before
// each creation under a path reaches it, one at a time.
func (g live) throughPosts(t *testing.T, suffix string, before func()) live {
	t.Helper()
	var one sync.Mutex
	return g.behind(t, func(r *http.Request) {
		if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, suffix) {
			one.Lock()
			defer one.Unlock()
			before()
		}
	})
}

// behind is the API server behind a proxy that sees each request first.
func (g live) behind(t *testing.T, see func(*http.Request)) live {
	t.Helper()
	target, err := url.Parse(g.Config().Host)
	if err != nil {
		t.Fatal(err)
	}
	transport, err := rest.TransportFor(g.Config())
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{Transport: transport, Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		see(r)
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	config := clientcmdapi.NewConfig()
	config.Clusters["proxy"] = &clientcmdapi.Cluster{Server: server.URL}
	config.AuthInfos["proxy"] = &clientcmdapi.AuthInfo{}
	config.Contexts["proxy"] = &clientcmdapi.Context{Cluster: "proxy", AuthInfo: "proxy"}
	config.CurrentContext = "proxy"
	path := filepath.Join(t.TempDir(), "kubeconfig")
	if err := clientcmd.WriteToFile(*config, path); err != nil {
		t.Fatal(err)
	}
	return live{g.ControlPlane, g.client, path}
}

// touch changes a household in a way that nothing rests on.
func (g live) touch(t *testing.T, name string) {
	t.Helper()
	h := g.household(t, name)
	h.Labels = map[string]string{"touched": fmt.Sprint(time.Now().UnixNano())}
	if err := g.client.Update(context.Background(), h); err != nil {
		t.Error(err)
	}
}

// testConflicts: a fact that is sent at the moment at which somebody else writes
// is sent again where it is the same fact still, and not where it is not.
func testConflicts(t *testing.T, g live) {
	tests := []struct {
		name       string
		before     func(attempt int)
		args       []string
		wantStatus int
		wantErr    string
	}{
		{
			"the object was touched once", func(attempt int) {
				if attempt == 1 {
					g.touch(t, "hh-new")
				}
			}, []string{"visit", "hh/hh-new", "-u", "--date", "2021-04-22"}, exitFine, "",
		},
		{
			"somebody else surveyed, and other facts would hold again", func(attempt int) {
				if attempt == 1 {
					g.must(t, "liu", "visit", "hh/hh-new", "-l", "-i", "5900", "--date", "2021-04-23", "--yes")
				}
			}, []string{"visit", "hh/hh-new", "-u", "--date", "2021-04-24"}, exitNo, "somebody else has written meanwhile",
		},
		{
			"somebody else opened the same review", func(attempt int) {
				if attempt == 1 {
					g.must(t, "liu", "sign", "hh/hh-in", "-p", "Elimination", "--yes")
				}
			}, []string{"sign", "hh/hh-in", "-p", "Elimination"}, exitNo, "somebody else has written meanwhile",
		},
		{
			"the object is touched without an end", func(int) { g.touch(t, "hh-new") },
			[]string{"visit", "hh/hh-new", "-u", "--date", "2021-04-25"}, exitNo, "others kept writing the same object, 8 times in a row",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, out, errOut := g.through(t, tt.before).on("2021-05-01", "zhang", nil, append(tt.args, "--yes")...)
			if status != tt.wantStatus || !strings.Contains(errOut, tt.wantErr) || (tt.wantErr == "" && errOut != "") {
				t.Errorf("exit status %d, want %d\n%s%s", status, tt.wantStatus, out, errOut)
			}
			if n := strings.Count(out, "To be "); n != 1 {
				t.Errorf("it was shown %d times:\n%s", n, out)
			}
		})
	}
	var dates []string
	for _, s := range g.household(t, "hh-new").Spec.Surveys {
		dates = append(dates, string(s.Date))
	}
	if got, want := strings.Join(dates[len(dates)-2:], " "), "2021-04-22 2021-04-23"; got != want {
		t.Errorf("the last surveys are of %s, want %s", got, want)
	}
}

// must gives a command that has to work.
func (g live) must(t *testing.T, user string, args ...string) {
	t.Helper()
	if status, _, errOut := g.on("2021-05-01", user, nil, args...); status != exitFine {
		t.Errorf("%v: exit status %d: %s", args, status, errOut)
	}
}

// testWritersAtOnce: of many surveys sent at the same time none is lost.
func testWritersAtOnce(t *testing.T, g live) {
	dates := []string{"2021-01-10", "2021-01-11", "2021-01-12", "2021-01-13"}
	var writers sync.WaitGroup
	failures := make([]string, len(dates))
	for i, date := range dates {
		writers.Go(func() {
			if status, _, errOut := g.on("2021-04-20", "zhang", nil, "visit", "hh/hh-in", "-u", "--date", date, "--yes"); status != exitFine {
				failures[i] = errOut
			}
		})
	}
	writers.Wait()
	for i, failure := range failures {
		if failure != "" {
			t.Errorf("%s: %s", dates[i], failure)
		}
	}
	var got []string
	for _, s := range g.household(t, "hh-in").Spec.Surveys {
		got = append(got, string(s.Date))
	}
	if want := []string{"2021-01-05", "2021-01-10", "2021-01-11", "2021-01-12", "2021-01-13", "2021-03-05"}; !slices.Equal(got, want) {
		t.Errorf("surveys %v, want %v", got, want)
	}
}

// meanwhile is a person who takes the time to answer: before each answer
// something else happens.
type meanwhile struct {
	happens []func()
	answers []string
}

func (m *meanwhile) Read(p []byte) (int, error) {
	if len(m.answers) == 0 {
		return 0, io.EOF
	}
	m.happens[0]()
	n := copy(p, m.answers[0])
	m.happens, m.answers = m.happens[1:], m.answers[1:]
	return n, nil
}

// testWriteBeforeTheAnswer: what was agreed to is what is written. If it would
// be something else by now, it is asked again; if nothing that was shown has
// changed, it is not.
func testWriteBeforeTheAnswer(t *testing.T, g live) {
	touch := func() { g.touch(t, "hh-way") }
	status, out, errOut := g.on("2021-04-20", "zhang", &meanwhile{[]func(){touch}, []string{"y\n"}}, "visit", "hh/hh-way", "-l", "-i", "6500")
	if status != exitFine || strings.Count(out, "To be added") != 1 || strings.Count(errOut, "Write this?") != 1 {
		t.Errorf("touched only: exit status %d\n%s%s", status, out, errOut)
	}
	lower := func() {
		if status, _, errOut := g.on("2021-04-22", "liu", nil, "visit", "hh/hh-way", "-l", "-i", "3000", "-g", "Housing=Met", "--yes"); status != exitFine {
			t.Error(errOut)
		}
	}
	status, out, errOut = g.on("2021-04-23", "zhang", &meanwhile{[]func(){lower, func() {}}, []string{"y\n", "n\n"}}, "visit", "hh/hh-way", "-u")
	if status != exitNo || strings.Count(errOut, "Write this?") != 2 || !strings.Contains(errOut, "somebody else has written meanwhile") {
		t.Errorf("surveyed meanwhile: exit status %d\n%s%s", status, out, errOut)
	}
	surveys := g.household(t, "hh-way").Spec.Surveys
	if last := surveys[len(surveys)-1]; last.Date != "2021-04-22" {
		t.Errorf("the survey of %s was written, and was not agreed to", last.Date)
	}
}

// testStepStays: whoever signs a step meanwhile, the user is not asked to sign
// the next one instead.
func testStepStays(t *testing.T, g live) {
	apply := []string{"sign", "hh/hh-in", "-p", "CloseOut", "-d", "human-resources"}
	first := func() { g.must(t, "ren", append(apply, "--yes")...) }
	status, out, errOut := g.on("2021-05-01", "hu", &meanwhile{[]func(){first, func() {}}, []string{"y\n", "n\n"}}, apply...)
	if status != exitNo || strings.Count(out, "step: application") != 2 || strings.Contains(out, "step: approval") {
		t.Errorf("exit status %d\n%s%s", status, out, errOut)
	}
}
