// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/config/admission"
	"fangpin.io/fangpin/controllers"
	"fangpin.io/fangpin/internal/controlplane"
)

// managerUser is who the manager and the ceiling act as: an ordinary user with
// the manager's role, whom the API server authorizes and queues as any other.
// An administrator is spared both.
const managerUser = "system:serviceaccount:fangpin-system:fangpin-manager"

// twins is the namespace of the objects that the ceiling writes. No manager
// looks at it.
const twins = "twins"

// cluster is a control plane that is ready to be measured on.
type cluster struct {
	*controlplane.ControlPlane
	admin   client.WithWatch
	manager *rest.Config
	version string
}

// startCluster starts a control plane with the project's kinds and admission
// policies and the manager's role.
func startCluster(ctx context.Context, log io.Writer) (*cluster, error) {
	cp, err := controlplane.Start(ctx, controlplane.Options{CRDs: controlplane.ProjectCRDs(), Log: log})
	if err != nil {
		return nil, err
	}
	c, err := prepareCluster(ctx, cp)
	if err != nil {
		cp.Stop()
		return nil, err
	}
	return c, nil
}

func prepareCluster(ctx context.Context, cp *controlplane.ControlPlane) (*cluster, error) {
	c := &cluster{ControlPlane: cp}
	scheme, err := controllers.NewScheme()
	if err != nil {
		return nil, err
	}
	if c.admin, err = client.NewWithWatch(cp.Config(), client.Options{Scheme: scheme}); err != nil {
		return nil, err
	}
	if c.manager, err = cp.AddUser(managerUser); err != nil {
		return nil, err
	}
	if c.version, err = serverVersion(cp.Config()); err != nil {
		return nil, err
	}
	if err := c.bindManager(ctx); err != nil {
		return nil, fmt.Errorf("giving the manager its role: %w", err)
	}
	if err := c.admit(ctx); err != nil {
		return nil, fmt.Errorf("creating the admission policies: %w", err)
	}
	return c, nil
}

// admit creates the project's admission policies, which look at every write of a
// status, and returns when the API server asks them.
func (c *cluster) admit(ctx context.Context) error {
	policies, err := admission.Manifests()
	if err != nil {
		return err
	}
	for _, policy := range policies {
		if err := c.create(ctx, policy); err != nil {
			return err
		}
	}
	// Nobody but the manager writes a status, so this is refused from then on.
	probe := &v1alpha1.Jurisdiction{}
	probe.Name, probe.Spec.Level, probe.Spec.DisplayName = "probe", v1alpha1.LevelCounty, "probe"
	if err := c.create(ctx, probe); err != nil {
		return err
	}
	err = wait.PollUntilContextTimeout(ctx, 50*time.Millisecond, time.Minute, true, func(ctx context.Context) (bool, error) {
		err := c.admin.Status().Patch(ctx, probe, client.RawPatch(types.MergePatchType, []byte(`{"status":{"overdue":1}}`)), client.DryRunAll)
		if apierrors.IsForbidden(err) {
			return true, nil
		}
		return false, err
	})
	return errors.Join(err, c.admin.Delete(ctx, probe))
}

func serverVersion(config *rest.Config) (string, error) {
	clients, err := newDiscovery(config)
	if err != nil {
		return "", err
	}
	version, err := clients.ServerVersion()
	if err != nil {
		return "", fmt.Errorf("asking for the API server's version: %w", err)
	}
	return version.GitVersion, nil
}

// bindManager creates the manager's generated role and binds the user to it.
func (c *cluster) bindManager(ctx context.Context) error {
	root, err := controlplane.RepositoryRoot()
	if err != nil {
		return err
	}
	path := filepath.Join(root, "config", "rbac", "role.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	role := &rbacv1.ClusterRole{}
	if err := yaml.UnmarshalStrict(text, role); err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	binding := &rbacv1.ClusterRoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: role.Name},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: role.Name},
		Subjects:   []rbacv1.Subject{{APIGroup: rbacv1.GroupName, Kind: rbacv1.UserKind, Name: managerUser}},
	}
	return c.create(ctx, role, binding)
}

// create creates objects as the administrator. What exists already, as where
// tests share a control plane, is left as it is.
func (c *cluster) create(ctx context.Context, objects ...client.Object) error {
	for _, object := range objects {
		if err := c.admin.Create(ctx, object); err != nil && !apierrors.IsAlreadyExists(err) {
			return err
		}
	}
	return nil
}

func namespace(name string) *corev1.Namespace {
	return &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}}
}

// usage is the CPU time that each of the processes concerned has used.
type usage struct {
	at                   time.Time
	apiServer, etcd, own time.Duration
}

// use reads the processes' CPU time.
func (c *cluster) use() (usage, error) {
	u := usage{at: time.Now()}
	var err error
	if u.apiServer, err = cpuOf(c.APIServerPID()); err != nil {
		return u, err
	}
	if u.etcd, err = cpuOf(c.EtcdPID()); err != nil {
		return u, err
	}
	u.own, err = ownCPU()
	return u, err
}

// slice is a stretch of writes by one arm.
type slice struct {
	writes               int
	wall                 time.Duration
	apiServer, etcd, own time.Duration // CPU time
}

// slice measures a stretch of work that makes so many writes.
func (c *cluster) slice(writes int, work func() error) (slice, error) {
	before, err := c.use()
	if err != nil {
		return slice{}, err
	}
	if err := work(); err != nil {
		return slice{}, err
	}
	after, err := c.use()
	return slice{
		writes: writes, wall: after.at.Sub(before.at),
		apiServer: after.apiServer - before.apiServer, etcd: after.etcd - before.etcd, own: after.own - before.own,
	}, err
}

// rate is writes a second.
func (s slice) rate() float64 { return float64(s.writes) / s.wall.Seconds() }

// micros is a CPU time in microseconds per write.
func (s slice) micros(cpu time.Duration) float64 {
	return float64(cpu.Microseconds()) / float64(s.writes)
}

// cpu is the CPU time of all processes.
func (s slice) cpu() time.Duration { return s.apiServer + s.etcd + s.own }

// plus adds two slices up.
func (s slice) plus(o slice) slice {
	return slice{
		writes: s.writes + o.writes, wall: s.wall + o.wall,
		apiServer: s.apiServer + o.apiServer, etcd: s.etcd + o.etcd, own: s.own + o.own,
	}
}
