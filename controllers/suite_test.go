// SPDX-License-Identifier: Apache-2.0

package controllers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/util/retry"
	clocktesting "k8s.io/utils/clock/testing"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/controllers"
	"fangpin.io/fangpin/internal/controlplane"
)

// log is everything that operators log during the tests, for the test that
// looks for personal data in it.
var log lockedBuffer

type lockedBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func TestMain(m *testing.M) {
	ctrl.SetLogger(zap.New(zap.WriteTo(&log), zap.UseDevMode(true)))
	os.Exit(controlplane.ForMain(m, controlplane.Options{CRDs: controlplane.ProjectCRDs()}))
}

// town is a cluster with one operator, at 2020-05-01 noon in Shanghai.
type town struct {
	t        *testing.T
	clock    *clocktesting.FakeClock
	client   client.Client
	operator *controllers.Operator
	wire     *wire
	stop     func()
}

var shanghai = time.FixedZone("CST", 8*3600)

func noonOf(month time.Month, day int) time.Time {
	return time.Date(2020, month, day, 12, 0, 0, 0, shanghai)
}

// newTown fills an empty cluster with manifests and starts an operator.
func newTown(t *testing.T, manifests ...string) *town {
	t.Helper()
	town := emptyTown(t)
	town.apply(manifests...)
	town.start(controlplane.ForTest(t).Config())
	return town
}

// emptyTown has a county with the towns east (villages east-hill, east-lake) and
// west, and no operator yet.
func emptyTown(t *testing.T) *town {
	t.Helper()
	scheme, err := controllers.NewScheme()
	if err != nil {
		t.Fatal(err)
	}
	c, err := client.New(controlplane.ForTest(t).Config(), client.Options{Scheme: scheme, FieldOwner: "test"})
	if err != nil {
		t.Fatal(err)
	}
	town := &town{t: t, clock: clocktesting.NewFakeClock(noonOf(time.May, 1)), client: c, stop: func() {}}
	for _, name := range []string{"east", "west", "nowhere"} {
		namespace := &corev1.Namespace{}
		namespace.Name = name
		if err := c.Create(t.Context(), namespace); err != nil && !apierrors.IsAlreadyExists(err) {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		town.stop()
		town.clear()
	})
	town.apply(jurisdictions)
	return town
}

const jurisdictions = `
kind: Jurisdiction
metadata: {name: county}
spec: {level: County}
---
kind: Jurisdiction
metadata: {name: east}
spec: {level: Township, parentRef: {name: county}, namespace: east, registeredPersons: 100}
---
kind: Jurisdiction
metadata: {name: east-hill}
spec: {level: Village, parentRef: {name: east}}
---
kind: Jurisdiction
metadata: {name: east-lake}
spec: {level: Village, parentRef: {name: east}}
---
kind: Jurisdiction
metadata: {name: west}
spec: {level: Township, parentRef: {name: county}, namespace: west}
`

// plan is a small policy of the county: red below 5000 yuan, else yellow; what
// is red must be cleared by 30 June.
const plan = `
kind: MonitoringPolicy
metadata: {name: plan}
spec:
  jurisdictionRef: {name: county}
  effectiveFrom: "2020-03-25"
  parameters:
  - {name: redLine, values: [{from: "2020-01-01", value: "5000"}]}
  standards:
  - {name: Income, met: "survey.income >= params.redLine", departments: [{names: [civil-affairs]}]}
  - {name: Housing, met: "survey.guarantees.Housing == 'Met'", departments: [{names: [housing]}]}
  categories:
  - {name: Marginal, when: "household.registration == 'None'"}
  - {name: Graduated, when: "household.registration == 'Graduated'"}
  tiers:
  - {name: Red, rules: [{name: low-income, when: "survey.income < params.redLine"}]}
  - {name: Yellow, rules: [{name: rest, when: "true"}]}
  deadlines:
  - {name: clear-red, tiers: [Red], starts: TierSince, metWhen: ShortfallsClosed, due: [{date: "2020-06-30"}]}
  scale: {guidancePercent: 5}
`

// poor and fair are families of the county's two tiers.
const poor = `
kind: Household
metadata: {name: poor, namespace: east}
spec:
  jurisdictionRef: {name: east-hill}
  registration: Graduated
  persons: 4
  head: {name: 张某某, identityDigest: "hmac-sha256:1111111111111111111111111111111111111111111111111111111111111111"}
  surveys:
  - {date: "2020-04-12", by: village-worker, method: OnSite, income: "4800", guarantees: [{name: Housing, state: Met, detail: 土坯房}], causes: [Illness]}
`

const fair = `
kind: Household
metadata: {name: fair, namespace: east}
spec:
  registration: None
  persons: 3
  surveys:
  - {date: "2020-04-20", by: village-worker, method: OnSite, income: "9000", guarantees: [{name: Housing, state: Unmet}]}
`

// parse reads manifests; their apiVersion is ours.
func parse(t *testing.T, manifests ...string) []client.Object {
	t.Helper()
	scheme, err := controllers.NewScheme()
	if err != nil {
		t.Fatal(err)
	}
	var objects []client.Object
	for document := range strings.SplitSeq(strings.Join(manifests, "\n---\n"), "\n---") {
		var kind struct {
			Kind string `json:"kind"`
		}
		if err := yaml.Unmarshal([]byte(document), &kind); err != nil || kind.Kind == "" {
			t.Fatalf("no manifest: %v\n%s", err, document)
		}
		object, err := scheme.New(v1alpha1.SchemeGroupVersion.WithKind(kind.Kind))
		if err != nil {
			t.Fatal(err)
		}
		if err := yaml.UnmarshalStrict([]byte(document), object, yaml.DisallowUnknownFields); err != nil {
			t.Fatalf("%v in\n%s", err, document)
		}
		objects = append(objects, object.(client.Object))
	}
	return objects
}

// apply creates or replaces objects and returns them as the server has them.
func (town *town) apply(manifests ...string) []client.Object {
	town.t.Helper()
	objects := parse(town.t, manifests...)
	for _, object := range objects {
		err := town.client.Create(town.t.Context(), object)
		if apierrors.IsAlreadyExists(err) {
			// The operator may write the status at the same time.
			err = retry.RetryOnConflict(retry.DefaultBackoff, func() error {
				held := object.DeepCopyObject().(client.Object)
				town.get(held, object.GetNamespace(), object.GetName())
				object.SetResourceVersion(held.GetResourceVersion())
				return town.client.Update(town.t.Context(), object)
			})
		}
		if err != nil {
			town.t.Fatalf("applying %s %s: %v", object.GetObjectKind().GroupVersionKind().Kind, object.GetName(), err)
		}
	}
	return objects
}

// change applies objects and waits until all is judged.
func (town *town) change(manifests ...string) {
	town.t.Helper()
	town.settle(town.apply(manifests...)...)
}

// settle waits until all is judged.
func (town *town) settle(written ...client.Object) {
	town.t.Helper()
	ctx, cancel := context.WithTimeout(town.t.Context(), time.Minute)
	defer cancel()
	if err := town.operator.Settle(ctx, written...); err != nil {
		town.t.Fatalf("%v\n%s", err, log.String())
	}
}

func (town *town) delete(object client.Object) {
	town.t.Helper()
	town.get(object, object.GetNamespace(), object.GetName())
	if err := town.client.Delete(town.t.Context(), object); err != nil {
		town.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(town.t.Context(), time.Minute)
	defer cancel()
	if err := town.operator.SettleWithout(ctx, object); err != nil {
		town.t.Fatal(err)
	}
}

func (town *town) get(object client.Object, namespace, name string) {
	town.t.Helper()
	if err := town.client.Get(town.t.Context(), client.ObjectKey{Namespace: namespace, Name: name}, object); err != nil {
		town.t.Fatal(err)
	}
}

func (town *town) household(name string) *v1alpha1.Household {
	town.t.Helper()
	h := &v1alpha1.Household{}
	town.get(h, "east", name)
	return h
}

func (town *town) jurisdiction(name string) *v1alpha1.Jurisdiction {
	town.t.Helper()
	j := &v1alpha1.Jurisdiction{}
	town.get(j, "", name)
	return j
}

func (town *town) policy(name string) *v1alpha1.MonitoringPolicy {
	town.t.Helper()
	p := &v1alpha1.MonitoringPolicy{}
	town.get(p, "", name)
	return p
}

// start runs an operator and waits until all is judged.
func (town *town) start(config *rest.Config) {
	town.t.Helper()
	town.startWith(config, controllers.Options{Clock: town.clock})
	town.settle()
}

// startWith runs an operator, as the user of a configuration.
func (town *town) startWith(config *rest.Config, options controllers.Options) {
	town.t.Helper()
	town.startManager(config, manager.Options{}, options)
}

// elect runs an operator that must become leader first.
func (town *town) elect(config *rest.Config, options controllers.Options) {
	town.t.Helper()
	town.startManager(config, manager.Options{
		LeaderElection: true, LeaderElectionID: "fangpin", LeaderElectionNamespace: "fangpin-system",
		LeaderElectionReleaseOnCancel: true,
	}, options)
}

func (town *town) startManager(config *rest.Config, base manager.Options, options controllers.Options) {
	town.t.Helper()
	town.wire = &wire{}
	config.Wrap(town.wire.wrap)
	base.Metrics = metricsserver.Options{BindAddress: "0"}
	base.HealthProbeBindAddress = "0"
	operator, err := controllers.New(config, base, options)
	if err != nil {
		town.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- operator.Start(ctx) }()
	town.operator = operator
	town.stop = func() {
		town.compareCache()
		cancel()
		if err := <-ended; err != nil {
			town.t.Errorf("the operator ended with %v", err)
		}
		town.stop = func() {}
	}
}

// compareCache finds objects in the operator's cache whose spec is not the one
// that the API server holds: what is read from the cache is not copied, so that
// whoever changes it changes it for everybody.
func (town *town) compareCache() {
	town.t.Helper()
	for _, list := range []client.ObjectList{&v1alpha1.HouseholdList{}, &v1alpha1.AssistancePlanList{}, &v1alpha1.MonitoringPolicyList{}, &v1alpha1.JurisdictionList{}} {
		if err := town.operator.GetCache().List(context.Background(), list); err != nil {
			continue // not started, or stopped
		}
		_ = meta.EachListItem(list, func(item runtime.Object) error {
			held := item.(client.Object)
			stored := held.DeepCopyObject().(client.Object)
			if err := town.client.Get(context.Background(), client.ObjectKeyFromObject(held), stored); err != nil || stored.GetResourceVersion() != held.GetResourceVersion() {
				return nil // changed meanwhile
			}
			stored.SetManagedFields(nil)
			if h, ok := stored.(*v1alpha1.Household); ok {
				withoutNames(h)
			}
			if diff := cmp.Diff(stored, held); diff != "" {
				town.t.Errorf("somebody changed %s in the cache (-stored +held):\n%s", held.GetName(), diff)
			}
			return nil
		})
	}
}

// withoutNames drops what the cache does not keep.
func withoutNames(h *v1alpha1.Household) {
	if h.Spec.Head != nil {
		h.Spec.Head.Name = ""
	}
	for i := range h.Spec.Surveys {
		h.Spec.Surveys[i].By, h.Spec.Surveys[i].With = "", nil
		for k := range h.Spec.Surveys[i].Guarantees {
			h.Spec.Surveys[i].Guarantees[k].Detail = ""
		}
	}
}

// clear leaves the cluster empty.
func (town *town) clear() {
	ctx := context.Background()
	for _, list := range []client.ObjectList{
		&v1alpha1.HouseholdList{}, &v1alpha1.AssistancePlanList{}, &v1alpha1.RiskSignalList{}, &v1alpha1.ReviewList{},
		&v1alpha1.MonthlyReportList{}, &v1alpha1.MonitoringPolicyList{}, &v1alpha1.JurisdictionList{},
	} {
		if err := town.client.List(ctx, list); err != nil {
			town.t.Error(err)
			continue
		}
		if err := meta.EachListItem(list, func(object runtime.Object) error {
			return client.IgnoreNotFound(town.client.Delete(ctx, object.(client.Object)))
		}); err != nil {
			town.t.Error(err)
		}
	}
}

// wire counts the requests of an operator that may change something, and can
// spoil some.
type wire struct {
	mu    sync.Mutex
	sent  []string
	spoil func(request *http.Request, body string) *http.Response
}

func (w *wire) wrap(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(request *http.Request) (*http.Response, error) {
		if request.Method == http.MethodGet {
			return next.RoundTrip(request)
		}
		var body []byte
		if request.Body != nil {
			var err error
			if body, err = io.ReadAll(request.Body); err != nil {
				return nil, err
			}
			request = request.Clone(request.Context())
			request.Body = io.NopCloser(bytes.NewReader(body))
		}
		w.mu.Lock()
		w.sent = append(w.sent, request.Method+" "+request.URL.Path+" "+string(body))
		spoil := w.spoil
		w.mu.Unlock()
		if spoil != nil {
			if answer := spoil(request, string(body)); answer != nil {
				return answer, nil
			}
		}
		return next.RoundTrip(request)
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(request *http.Request) (*http.Response, error) { return f(request) }

// writes lists the writes of statuses since the last call, as KIND/NAME, in the
// order in which they were sent. Other requests (events) are left out.
func (w *wire) writes() []string {
	var list []string
	for _, request := range w.take() {
		method, rest, _ := strings.Cut(request, " ")
		address, _, _ := strings.Cut(rest, " ")
		if method == http.MethodPatch && strings.HasSuffix(address, "/status") {
			object := path.Dir(address)
			list = append(list, path.Base(path.Dir(object))+"/"+path.Base(object))
		} else if !strings.Contains(address, "/events") {
			list = append(list, "unexpected "+request)
		}
	}
	return list
}

func (w *wire) take() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	sent := w.sent
	w.sent = nil
	return sent
}

func (w *wire) spoilWith(spoil func(*http.Request, string) *http.Response) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.spoil = spoil
}

// refuse is the API server's answer to a write that it cannot make.
func refuse(request *http.Request) *http.Response {
	status := apierrors.NewInternalError(fmt.Errorf("spoilt by the test")).Status()
	body, _ := json.Marshal(status)
	return &http.Response{
		StatusCode: http.StatusInternalServerError, Request: request,
		Header: http.Header{"Content-Type": []string{"application/json"}},
		Body:   io.NopCloser(bytes.NewReader(body)),
	}
}

// waitFor polls a condition that somebody else brings about.
func waitFor(t *testing.T, what string, condition func() bool) {
	t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for !condition() {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain until %s\n%s", what, log.String())
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func leaseOf(namespace, name string) *coordinationv1.Lease {
	lease := &coordinationv1.Lease{}
	lease.Namespace, lease.Name, lease.ResourceVersion = namespace, name, "1"
	return lease
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}
