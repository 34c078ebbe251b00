// SPDX-License-Identifier: Apache-2.0

package controlplane

import (
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
	"k8s.io/client-go/util/cert"
)

// AddUser returns a client configuration for a user of the given name in the
// given groups, known to the API server by its certificate. Without
// system:masters among the groups the user may do what RBAC allows, at first
// next to nothing, and is subject to priority and fairness as any user. A name
// such as system:serviceaccount:NAMESPACE:NAME acts as that service account.
func (cp *ControlPlane) AddUser(name string, groups ...string) (*rest.Config, error) {
	if name == "" {
		return nil, errors.New("a user needs a name")
	}
	certificate, key, err := cp.authority.signUser(name, groups)
	if err != nil {
		return nil, err
	}
	return &rest.Config{
		Host: cp.endpoint,
		TLSClientConfig: rest.TLSClientConfig{
			CAData:   cp.authority.pem(),
			CertData: certificate,
			KeyData:  key,
		},
		QPS: -1, // the server protects itself, and a hidden limit would falsify every figure
	}, nil
}

// AddUserKubeconfig is AddUser for programs such as kubectl: it writes a
// kubeconfig file beside the administrator's and returns its path.
func (cp *ControlPlane) AddUserKubeconfig(name string, groups ...string) (string, error) {
	config, err := cp.AddUser(name, groups...)
	if err != nil {
		return "", err
	}
	file, err := os.CreateTemp(cp.folder.path, "user-*.kubeconfig")
	if err != nil {
		return "", err
	}
	if err := file.Close(); err != nil {
		return "", err
	}
	return file.Name(), writeKubeconfig(file.Name(), name, config)
}

// writeKubeconfig writes a file with one cluster, one user and the context
// "fangpin" of the two.
func writeKubeconfig(path, user string, config *rest.Config) error {
	const name = "fangpin"
	content := clientcmdapi.NewConfig()
	content.Clusters[name] = &clientcmdapi.Cluster{
		Server:                   config.Host,
		CertificateAuthorityData: config.CAData,
	}
	content.AuthInfos[user] = &clientcmdapi.AuthInfo{
		ClientCertificateData: config.CertData,
		ClientKeyData:         config.KeyData,
	}
	content.Contexts[name] = &clientcmdapi.Context{Cluster: name, AuthInfo: user}
	content.CurrentContext = name
	encoded, err := clientcmd.Write(*content)
	if err != nil {
		return fmt.Errorf("writing %s: %w", filepath.Base(path), err)
	}
	return writeFile(encoded, path)
}

func encodeCertificate(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: cert.CertificateBlockType, Bytes: der})
}
