// SPDX-License-Identifier: Apache-2.0

package controlplane

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

// etcdQuota is far above what the benchmarks store: etcd's own 2 GiB are used
// up by one rewrite of a large county between two compactions.
const etcdQuota = 8 << 30

// startEtcd starts etcd, waits until it is healthy and returns its address.
func (cp *ControlPlane) startEtcd(ctx context.Context, path string, options Options) (string, error) {
	port, err := freePort()
	if err != nil {
		return "", err
	}
	address := fmt.Sprintf("http://127.0.0.1:%d", port)
	args := []string{
		"--name=local",
		"--data-dir=" + filepath.Join(cp.folder.path, "etcd"),
		"--listen-client-urls=" + address,
		"--advertise-client-urls=" + address,
		"--listen-peer-urls=http://127.0.0.1:0",
		fmt.Sprintf("--quota-backend-bytes=%d", int64(etcdQuota)),
		"--log-level=warn",
	}
	if !options.SyncToDisk {
		args = append(args, "--unsafe-no-fsync")
	}
	if cp.etcd, err = startProcess(path, append(args, options.EtcdArgs...), address, cp.folder.path); err != nil {
		return "", err
	}
	return address, cp.etcd.waitUntil(ctx, func(ctx context.Context) error {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/health", nil)
		if err != nil {
			return err
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return err
		}
		defer func() { _ = response.Body.Close() }()
		if response.StatusCode != http.StatusOK {
			return fmt.Errorf("its health is %s", response.Status)
		}
		return nil
	})
}

// startAPIServer starts kube-apiserver and waits until it is ready.
func (cp *ControlPlane) startAPIServer(ctx context.Context, path, storage string, options Options) error {
	port, err := freePort()
	if err != nil {
		return err
	}
	cp.endpoint = fmt.Sprintf("https://127.0.0.1:%d", port)
	if cp.admin, err = cp.AddUser("admin", "system:masters"); err != nil {
		return err
	}
	if err := writeKubeconfig(cp.Kubeconfig(), "admin", cp.admin); err != nil {
		return err
	}
	keys := cp.authority
	args := []string{
		"--etcd-servers=" + storage,
		"--bind-address=127.0.0.1",
		"--advertise-address=127.0.0.1",
		// Nobody reaches this server through a Service, and loopback
		// addresses are not allowed in the endpoints of one.
		"--endpoint-reconciler-type=none",
		fmt.Sprintf("--secure-port=%d", port),
		"--cert-dir=" + cp.folder.path,
		"--tls-cert-file=" + keys.servingCertificate,
		"--tls-private-key-file=" + keys.servingKey,
		"--client-ca-file=" + keys.certificateFile,
		"--authorization-mode=RBAC",
		"--service-account-issuer=" + cp.endpoint,
		"--service-account-key-file=" + keys.servingKey,
		"--service-account-signing-key-file=" + keys.servingKey,
		"--service-cluster-ip-range=10.0.0.0/24",
	}
	if cp.apiServer, err = startProcess(path, append(args, options.APIServerArgs...), cp.endpoint, cp.folder.path); err != nil {
		return err
	}
	clients, err := kubernetes.NewForConfig(cp.admin)
	if err != nil {
		return err
	}
	return cp.apiServer.waitUntil(ctx, func(ctx context.Context) error {
		if err := clients.Discovery().RESTClient().Get().AbsPath("/readyz").Do(ctx).Error(); err != nil {
			return err
		}
		// The server is ready before it has created the namespace that
		// everybody uses first.
		_, err := clients.CoreV1().Namespaces().Get(ctx, metav1.NamespaceDefault, metav1.GetOptions{})
		return err
	})
}
