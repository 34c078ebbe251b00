// SPDX-License-Identifier: Apache-2.0

package controlplane

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	authenticationv1 "k8s.io/api/authentication/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	versionutil "k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/apimachinery/pkg/version"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

func TestMain(m *testing.M) {
	if actAsKilledProcess() {
		return
	}
	os.Exit(ForMain(m, Options{CRDs: []string{filepath.Join("testdata", "crds")}}))
}

func TestInstalledDefinitionsAreServedAndEnforced(t *testing.T) {
	cp := ForTest(t)
	client, err := dynamic.NewForConfig(cp.Config())
	if err != nil {
		t.Fatal(err)
	}
	notes := client.Resource(schema.GroupVersionResource{Group: "controlplane.test", Version: "v1", Resource: "notes"}).
		Namespace("default")
	note := func(name, text string) *unstructured.Unstructured {
		return &unstructured.Unstructured{Object: map[string]any{
			"apiVersion": "controlplane.test/v1", "kind": "Note",
			"metadata": map[string]any{"name": name},
			"spec":     map[string]any{"text": text},
		}}
	}
	if _, err := notes.Create(t.Context(), note("short", "fits"), metav1.CreateOptions{}); err != nil {
		t.Errorf("creating an object of an installed definition: %v", err)
	}
	_, err = notes.Create(t.Context(), note("long", strings.Repeat("x", 21)), metav1.CreateOptions{})
	if !apierrors.IsInvalid(err) {
		t.Errorf("creating an object that breaks the schema: got %v, want a refusal as invalid", err)
	}
	kubectl, err := FindKubectl()
	if err != nil {
		t.Fatal(err)
	}
	if output, err := exec.Command(kubectl, "--kubeconfig", cp.Kubeconfig(), "explain", "notes.spec.text").CombinedOutput(); err != nil {
		t.Errorf("explaining a field of an installed definition: %v\n%s", err, output)
	}
}

func TestAnAddedUserHasTheRightsThatRBACGives(t *testing.T) {
	cp := ForTest(t)
	config, err := cp.AddUser("village-worker", "fangpin:villages")
	if err != nil {
		t.Fatal(err)
	}
	user := clientset(t, config)

	if _, err := user.CoreV1().ConfigMaps("default").List(t.Context(), metav1.ListOptions{}); !apierrors.IsForbidden(err) {
		t.Errorf("listing without a role: got %v, want a refusal as forbidden", err)
	}
	grantReading(t, clientset(t, cp.Config()), "fangpin:villages")
	// The authorizer learns of a role through its own watch.
	err = wait.PollUntilContextTimeout(t.Context(), 50*time.Millisecond, 30*time.Second, true, func(ctx context.Context) (bool, error) {
		_, err := user.CoreV1().ConfigMaps("default").List(ctx, metav1.ListOptions{})
		return err == nil, nil
	})
	if err != nil {
		t.Errorf("listing with a role given to the group: %v", err)
	}
}

func grantReading(t *testing.T, admin kubernetes.Interface, group string) {
	t.Helper()
	role := &rbacv1.Role{
		ObjectMeta: metav1.ObjectMeta{Name: "reader"},
		Rules:      []rbacv1.PolicyRule{{APIGroups: []string{""}, Resources: []string{"configmaps"}, Verbs: []string{"list"}}},
	}
	if _, err := admin.RbacV1().Roles("default").Create(t.Context(), role, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	binding := &rbacv1.RoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: "reader"},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "Role", Name: "reader"},
		Subjects:   []rbacv1.Subject{{APIGroup: rbacv1.GroupName, Kind: rbacv1.GroupKind, Name: group}},
	}
	if _, err := admin.RbacV1().RoleBindings("default").Create(t.Context(), binding, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
}

func TestKubeconfigFilesNameTheirUsers(t *testing.T) {
	cp := ForTest(t)
	added, err := cp.AddUserKubeconfig("township-clerk", "fangpin:townships")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, path string
		want       authenticationv1.UserInfo
	}{
		{
			name: "the administrator's", path: cp.Kubeconfig(),
			want: authenticationv1.UserInfo{Username: "admin", Groups: []string{"system:masters", "system:authenticated"}},
		},
		{
			name: "an added user's", path: added,
			want: authenticationv1.UserInfo{Username: "township-clerk", Groups: []string{"fangpin:townships", "system:authenticated"}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			config, err := clientcmd.BuildConfigFromFlags("", test.path)
			if err != nil {
				t.Fatal(err)
			}
			review, err := clientset(t, config).AuthenticationV1().SelfSubjectReviews().
				Create(t.Context(), &authenticationv1.SelfSubjectReview{}, metav1.CreateOptions{})
			if err != nil {
				t.Fatal(err)
			}
			got := review.Status.UserInfo
			got.Extra = nil // the certificate's serial number
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("who the API server takes the file's owner for (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNothingStaysBehind(t *testing.T) {
	for _, test := range []struct {
		name string
		end  func(cp *ControlPlane, cancel func())
	}{
		{"after Stop", func(cp *ControlPlane, _ func()) { cp.Stop() }},
		{"after a second Stop", func(cp *ControlPlane, _ func()) { cp.Stop(); cp.Stop() }},
		{"after the context was cancelled", func(_ *ControlPlane, cancel func()) { cancel() }},
		{"after etcd ended by itself", func(cp *ControlPlane, _ func()) { cp.etcd.kill() }},
	} {
		t.Run(test.name, func(t *testing.T) {
			temporary := t.TempDir()
			t.Setenv("TMPDIR", temporary)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			var log bytes.Buffer
			cp, err := Start(ctx, Options{Log: &log})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(log.String(), cp.endpoint) {
				t.Errorf("the log is %q, want it to name %s", log.String(), cp.endpoint)
			}
			apiServer, etcd := cp.APIServerPID(), cp.EtcdPID()

			test.end(cp, cancel)

			<-cp.Done()
			for name, pid := range map[string]int{"kube-apiserver": apiServer, "etcd": etcd} {
				if isAlive(pid) {
					t.Errorf("%s is still running as process %d", name, pid)
				}
			}
			if left := entries(t, temporary); len(left) > 0 {
				t.Errorf("the temporary folder still has %v", left)
			}
		})
	}
}

func TestAServerThatDoesNotStartSaysWhy(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	_, err := Start(t.Context(), Options{APIServerArgs: []string{"--no-such-flag"}})
	if err == nil || !strings.Contains(err.Error(), "kube-apiserver ended") || !strings.Contains(err.Error(), "no-such-flag") {
		t.Errorf("got the error %v, want it to name the server and the flag from its log", err)
	}
	if left := entries(t, temporary); len(left) > 0 {
		t.Errorf("the temporary folder still has %v", left)
	}
}

func TestATakenPortIsRecognized(t *testing.T) {
	binaries, err := FindBinaries()
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	taken := "127.0.0.1:" + strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)

	etcd, err := startProcess(binaries.Etcd, []string{
		"--data-dir=data", "--listen-client-urls=http://" + taken, "--advertise-client-urls=http://" + taken,
		"--listen-peer-urls=http://127.0.0.1:0",
	}, "http://"+taken, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer etcd.kill()
	err = etcd.waitUntil(t.Context(), func(context.Context) error { return errors.New("not ours") })
	if !errors.Is(err, errPortTaken) {
		t.Errorf("got %v, want errPortTaken", err)
	}
}

func TestMissingBinariesAreExplained(t *testing.T) {
	empty := t.TempDir()
	t.Setenv(assetsVariable, empty)
	_, err := Start(t.Context(), Options{})
	want := MissingBinaryError{Name: "kube-apiserver", Folder: empty}
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Errorf("the error (-want +got):\n%s", diff)
	}
	if !strings.Contains(want.Error(), "make control-plane") {
		t.Errorf("the message %q does not say how to mend it", want.Error())
	}
}

func TestOnlyFoldersThatNobodyHoldsAreLeftovers(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	held, err := newFolder()
	if err != nil {
		t.Fatal(err)
	}
	defer held.remove()
	left, err := newFolder()
	if err != nil {
		t.Fatal(err)
	}
	_ = left.lock.Close() // as when its process was killed

	current, err := newFolder()
	if err != nil {
		t.Fatal(err)
	}
	defer current.remove()
	want := map[string]bool{held.path: true, left.path: false, current.path: true}
	got := map[string]bool{}
	for path := range want {
		got[path] = isFolder(path)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("which folders exist (-want +got):\n%s", diff)
	}
}

func clientset(t *testing.T, config *rest.Config) kubernetes.Interface {
	t.Helper()
	clients, err := kubernetes.NewForConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	return clients
}

func entries(t *testing.T, folder string) []string {
	t.Helper()
	found, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range found {
		names = append(names, entry.Name())
	}
	return names
}

func TestKubectlUnderstandsTheServersVersion(t *testing.T) {
	cp := ForTest(t)
	kubectl, err := FindKubectl()
	if err != nil {
		t.Fatal(err)
	}
	output, err := exec.Command(kubectl, "--kubeconfig", cp.Kubeconfig(), "version", "--output=json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var answer struct{ ServerVersion version.Info }
	if err := json.Unmarshal(output, &answer); err != nil {
		t.Fatal(err)
	}
	root, err := RepositoryRoot()
	if err != nil {
		t.Fatal(err)
	}
	pinned, err := pinnedVersion(filepath.Join(root, "hack", "controlplane", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := versionutil.ParseSemantic(answer.ServerVersion.GitVersion)
	if err != nil {
		t.Fatalf("kubectl cannot compare itself with the server: %v", err)
	}
	// Given binaries may be of any version.
	if os.Getenv(assetsVariable) == "" && got.String() != pinned {
		t.Errorf("the server says that it is %s, want the pinned %s", got, pinned)
	}
}
