// SPDX-License-Identifier: Apache-2.0

package controlplane

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"path/filepath"
	"time"

	"k8s.io/client-go/util/cert"
	"k8s.io/client-go/util/keyutil"
)

// certificateLife is longer than any demo runs.
const certificateLife = 365 * 24 * time.Hour

// authority is the certificate authority of one control plane. The API server
// trusts whoever it signed, and clients trust the server by it.
type authority struct {
	key                            *ecdsa.PrivateKey
	certificate                    *x509.Certificate
	certificateFile                string
	servingCertificate, servingKey string // files of the API server's own pair
}

// newAuthority makes an authority and the API server's own pair in the folder.
func newAuthority(folder string) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	certificate, err := cert.NewSelfSignedCACert(cert.Config{CommonName: "fangpin local control plane"}, key)
	if err != nil {
		return nil, fmt.Errorf("making the certificate authority: %w", err)
	}
	a := &authority{
		key:                key,
		certificate:        certificate,
		certificateFile:    filepath.Join(folder, "ca.crt"),
		servingCertificate: filepath.Join(folder, "apiserver.crt"),
		servingKey:         filepath.Join(folder, "apiserver.key"),
	}
	serving, servingKey, err := a.sign(x509.Certificate{
		Subject:     pkix.Name{CommonName: "kube-apiserver"},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames:    []string{"localhost"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	})
	if err != nil {
		return nil, err
	}
	for path, content := range map[string][]byte{
		a.certificateFile:    a.pem(),
		a.servingCertificate: serving,
		a.servingKey:         servingKey,
	} {
		if err := writeFile(content, path); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// pem returns the authority's certificate for clients to trust.
func (a *authority) pem() []byte {
	return encodeCertificate(a.certificate.Raw)
}

// signUser returns a client certificate and its key for a user in groups.
func (a *authority) signUser(name string, groups []string) (certificate, key []byte, err error) {
	return a.sign(x509.Certificate{
		Subject:     pkix.Name{CommonName: name, Organization: groups},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	})
}

// sign completes the template, signs it and returns certificate and key as PEM.
func (a *authority) sign(template x509.Certificate) (certificate, key []byte, err error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	if template.SerialNumber, err = rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127)); err != nil {
		return nil, nil, err
	}
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.NotBefore = a.certificate.NotBefore
	template.NotAfter = template.NotBefore.Add(certificateLife)
	der, err := x509.CreateCertificate(rand.Reader, &template, a.certificate, private.Public(), a.key)
	if err != nil {
		return nil, nil, fmt.Errorf("signing the certificate of %s: %w", template.Subject, err)
	}
	key, err = keyutil.MarshalPrivateKeyToPEM(private)
	if err != nil {
		return nil, nil, err
	}
	return encodeCertificate(der), key, nil
}
