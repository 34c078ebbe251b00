// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"context"
	"path/filepath"
	"regexp"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/controlplane"
)

// live is an API server that the tests of this package share, with the objects
// of some folders of testdata.
type live struct {
	*controlplane.ControlPlane
	client     client.Client
	kubeconfig string
}

// withObjects brings the namespace and the objects of a folder of testdata into
// the API server.
func withObjects(t *testing.T, namespace, folder string) live {
	t.Helper()
	l := connected(t, namespace)
	ctx := context.Background()
	source := manifest.Source{Paths: []string{filepath.Join("testdata", folder)}}
	if _, err := source.Read(ctx, func(_ manifest.Document, object client.Object) error { return l.client.Create(ctx, object) }); err != nil {
		t.Fatal(err)
	}
	return l
}

// connected is the API server with a namespace that holds nothing yet.
func connected(t *testing.T, namespace string) live {
	t.Helper()
	cp := controlplane.ForTest(t)
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{clientgoscheme.AddToScheme, v1alpha1.AddToScheme} {
		if err := add(scheme); err != nil {
			t.Fatal(err)
		}
	}
	c, err := client.New(cp.Config(), client.Options{Scheme: scheme})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if err := c.Create(ctx, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace}}); err != nil {
		t.Fatal(err)
	}
	return live{cp, c, cp.Kubeconfig()}
}

func TestTheClusterIsReadAsFilesAre(t *testing.T) {
	cp := withObjects(t, "town", "plan")
	stranger := "--as=stranger"
	tests := []struct {
		name       string
		args       []string
		wantStatus int
		wantOut    []string
		wantErrOut []string
		wantNotOut string
	}{
		{
			name:    "evaluate everything",
			args:    []string{"evaluate", "-A", "-o", "table", "--as-of", "2020-06-15"},
			wantOut: []string{`(?m)^town +household/hh-red +Watched +UnstableGraduated +Red `, `(?m)^jurisdiction/town +Township +plan +3 `, `(?m)^monitoringpolicy/plan `, `(?m)^town +assistanceplan/hh-red `},
		},
		{
			name:       "evaluate a namespace: sums would not be those of all families",
			args:       []string{"evaluate", "-n", "town", "-o", "table", "--as-of", "2020-06-15"},
			wantOut:    []string{`(?m)^town +household/hh-yellow +Watched +Graduated +Yellow `},
			wantErrOut: []string{"--all-namespaces"},
			wantNotOut: "jurisdiction/",
		},
		{
			name:    "evaluate prints what the API server stores, without who wrote it",
			args:    []string{"evaluate", "-n", "town", "--as-of", "2020-06-15"},
			wantOut: []string{`(?m)^apiVersion: fangpin.io/v1alpha1$`, `(?m)^  generation: 1$`, `(?m)^  observedGeneration: 1$`}, wantNotOut: "managedFields",
			wantErrOut: []string{"--all-namespaces"},
		},
		{
			name:    "explain a family",
			args:    []string{"explain", "hh/hh-red", "-n", "town", "--as-of", "2020-05-01"},
			wantOut: []string{`tier: Red since 2020-04-12`, `clear-red +2020-04-12 +2020-06-30 +Pending`, `Yellow at income 5000.00 or more`},
		},
		{
			name:    "tell its history",
			args:    []string{"timeline", "hh/hh-red", "-n", "town", "--as-of", "2020-05-25"},
			wantOut: []string{`2020-04-15 +measure public-post planned`},
		},
		{
			name:    "report on a township: its namespace is read",
			args:    []string{"report", "town", "--period", "2020-05", "--as-of", "2020-06-15"},
			wantOut: []string{`(?m)^town, May 2020$`, `(?m)^All families +3$`, `(?m)^Red +1$`, `(?m)^PublicPost +1 +1 `},
		},
		{
			name:       "report on behalf of somebody who may not",
			args:       []string{"report", "town", "--period", "2020-05", "--as-of", "2020-06-15", stranger},
			wantStatus: exitUsage,
			wantErrOut: []string{`reading JurisdictionList from the cluster: .*forbidden: User "stranger"`},
		},
		{
			name:       "a family that is not there",
			args:       []string{"explain", "hh/hh-nobody", "-n", "town"},
			wantStatus: exitUsage,
			wantErrOut: []string{"there is no household town/hh-nobody"},
		},
		{
			name:       "on behalf of somebody who may not",
			args:       []string{"evaluate", "-A", stranger},
			wantStatus: exitUsage,
			wantErrOut: []string{`reading JurisdictionList from the cluster: .*forbidden: User "stranger"`, `ask for a ClusterRoleBinding to the role fangpin-viewer`},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out, errOut bytes.Buffer
			args := append([]string{"--lang=en"}, tt.args...)
			status := Main(context.Background(), append(args, "--kubeconfig", cp.Kubeconfig()), environment(nil, &out, &errOut))
			if status != tt.wantStatus {
				t.Errorf("exit status %d, want %d", status, tt.wantStatus)
			}
			expect(t, "output", out.String(), tt.wantOut)
			expect(t, "error output", errOut.String(), tt.wantErrOut)
			if tt.wantNotOut != "" && bytes.Contains(out.Bytes(), []byte(tt.wantNotOut)) {
				t.Errorf("output holds %q:\n%s", tt.wantNotOut, out.String())
			}
			if len(tt.wantErrOut) == 0 && errOut.Len() > 0 {
				t.Errorf("error output: %s", errOut.String())
			}
		})
	}
}

func expect(t *testing.T, what, text string, patterns []string) {
	t.Helper()
	for _, pattern := range patterns {
		if !regexp.MustCompile(pattern).MatchString(text) {
			t.Errorf("%s does not match %s:\n%s", what, pattern, text)
		}
	}
}
