// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"fmt"
	"sync"

	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// desk is where people come to write. Each writes under the own name: the API
// server asks roles and admission policies about the user whom the request is
// made for, and knows nobody else.
type desk struct {
	config *rest.Config // of an administrator, who may act for others
	shared client.Client

	mu      sync.Mutex
	clients map[string]client.Client
}

func newDesk(config *rest.Config, shared client.Client) *desk {
	return &desk{config: config, shared: shared, clients: map[string]client.Client{}}
}

// of returns the client of a user. It reads the API server, not a cache.
func (d *desk) of(user string) (client.Client, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if c := d.clients[user]; c != nil {
		return c, nil
	}
	c, err := client.New(actingFor(d.config, user), client.Options{
		Scheme: d.shared.Scheme(), Mapper: d.shared.RESTMapper(), FieldOwner: fieldOwner,
	})
	if err != nil {
		return nil, fmt.Errorf("making a client for %s: %w", user, err)
	}
	d.clients[user] = c
	return c, nil
}

// actingFor is a configuration whose requests are made for another user.
func actingFor(config *rest.Config, user string, groups ...string) *rest.Config {
	own := rest.CopyConfig(config)
	own.Impersonate = rest.ImpersonationConfig{UserName: user, Groups: groups}
	return own
}
