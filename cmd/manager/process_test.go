// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/controllers"
	"fangpin.io/fangpin/internal/controlplane"
)

// asManager makes this test binary run as the manager.
const asManager = "FANGPIN_TEST_RUNS_MANAGER"

func TestMain(m *testing.M) {
	if os.Getenv(asManager) != "" {
		main()
		return
	}
	os.Exit(controlplane.ForMain(m, controlplane.Options{CRDs: controlplane.ProjectCRDs()}))
}

// freeAddress is an address on which nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}

func waitFor(t *testing.T, what string, log *bytes.Buffer, condition func() bool) {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	for !condition() {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain until %s\n%s", what, log)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func create[T any, P interface {
	*T
	client.Object
}](t *testing.T, c client.Client, text string) P {
	t.Helper()
	object := P(new(T))
	if err := yaml.UnmarshalStrict([]byte(text), object); err != nil {
		t.Fatal(err)
	}
	if err := c.Create(t.Context(), object); err != nil {
		t.Fatal(err)
	}
	return object
}

// TestTheProcess runs the manager as a process of its own, on a simulated day,
// and ends it as Kubernetes does.
func TestTheProcess(t *testing.T) {
	plane := controlplane.ForTest(t)
	scheme, err := controllers.NewScheme()
	if err != nil {
		t.Fatal(err)
	}
	c, err := client.New(plane.Config(), client.Options{Scheme: scheme})
	if err != nil {
		t.Fatal(err)
	}
	create[corev1.Namespace](t, c, "metadata: {name: east}")
	create[v1alpha1.Jurisdiction](t, c, "{metadata: {name: east}, spec: {level: Township, namespace: east}}")
	create[v1alpha1.MonitoringPolicy](t, c, `{metadata: {name: plan}, spec: {jurisdictionRef: {name: east}, effectiveFrom: "2020-03-25", categories: [{name: Any, when: "true"}]}}`)
	household := create[v1alpha1.Household](t, c, "{metadata: {name: hh-1, namespace: east}, spec: {registration: None, persons: 2, head: {name: 张某某}}}")

	health, metrics := freeAddress(t), freeAddress(t)
	var log bytes.Buffer
	process := exec.Command(os.Args[0], "--leader-elect", "--leader-election-namespace=east", "--simulate-start=2020-05-01",
		"--health-probe-bind-address="+health, "--metrics-bind-address="+metrics, "--zap-log-level=debug")
	process.Env = append(os.Environ(), asManager+"=1", "KUBECONFIG="+plane.Kubeconfig())
	process.Stdout, process.Stderr = &log, &log
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- process.Wait() }()
	t.Cleanup(func() { _ = process.Process.Kill() })

	waitFor(t, "the family is judged", &log, func() bool {
		err := c.Get(t.Context(), client.ObjectKeyFromObject(household), household)
		return err == nil && household.Status.Category == "Any"
	})
	waitFor(t, "the process is ready", &log, func() bool { return get(t, "http://"+health+"/readyz") == "ok" })
	if text := get(t, "http://"+metrics+"/metrics"); !strings.Contains(text, `fangpin_judgments_total{reason="Judged"}`) || strings.Contains(text, "hh-1") {
		t.Errorf("the metrics lack the judgments, or name a family:\n%s", text)
	}
	if err := process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("the process ended with %v\n%s", err, &log)
		}
	case <-time.After(time.Minute):
		t.Fatalf("the process does not end\n%s", &log)
	}
	if strings.Contains(log.String(), "张") {
		t.Errorf("the log has a name:\n%s", &log)
	}
}

// get returns the answer's text, "" while nobody answers.
func get(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get(address) //nolint:gosec // the test's own address
	if err != nil {
		return ""
	}
	defer func() { _ = answer.Body.Close() }()
	var text bytes.Buffer
	if _, err := text.ReadFrom(answer.Body); err != nil {
		return ""
	}
	return text.String()
}
