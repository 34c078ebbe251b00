// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/go-logr/logr"
	"k8s.io/client-go/rest"
	clocktesting "k8s.io/utils/clock/testing"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"

	"fangpin.io/fangpin/controllers"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/population"
)

// The town of the pack: its namespace has the same name.
const (
	township = "town"
	county   = "county"
)

// officeHours is the time of the day at which everything happens.
const officeHours = 9 * time.Hour

// Options say which town is rehearsed.
type Options struct {
	Seed   uint64
	Groups population.Groups // default: the plan's
	// Pack is the file with the policy and its jurisdictions.
	Pack string
	// Log receives what the manager logs.
	Log logr.Logger
}

// Town is a town on an API server, with a manager that judges it. Its methods
// are to be called by one goroutine, but for Reader and Writes.
type Town struct {
	// Writes counts everything that is written, the manager's statuses too.
	Writes *Writes

	options  Options
	invented *population.Town
	year     *population.Year
	officers officers
	people   *registrar
	live     client.Client
	operator *controllers.Operator
	clock    *clocktesting.FakeClock
	zone     *time.Location
	today    civil.Day
}

// New prepares a town on the API server of a configuration. Nothing is written
// before Load.
func New(config *rest.Config, options Options) (*Town, error) {
	zone, err := civil.LoadZone("")
	if err != nil {
		return nil, err
	}
	t := &Town{
		Writes:   &Writes{},
		options:  options,
		invented: population.New(population.Options{Seed: options.Seed, Groups: options.Groups, County: county, Township: township}),
		officers: officers{options.Seed},
		zone:     zone,
		today:    population.YearBegins,
	}
	t.year = t.invented.Year()
	t.clock = clocktesting.NewFakeClock(t.officeHours(t.today))
	config = rest.CopyConfig(config)
	config.QPS = -1
	config.Wrap(t.Writes.Wrap)
	scheme, err := controllers.NewScheme()
	if err != nil {
		return nil, fmt.Errorf("registering the kinds: %w", err)
	}
	if t.live, err = client.New(config, client.Options{Scheme: scheme, FieldOwner: "demo"}); err != nil {
		return nil, fmt.Errorf("making a client: %w", err)
	}
	t.people = newRegistrar(t.live, township)
	base := manager.Options{
		Logger:  options.Log,
		Metrics: metricsserver.Options{BindAddress: "0"}, // no port
	}
	t.operator, err = controllers.New(config, base, controllers.Options{Clock: t.clock, Concurrency: writers, Debounce: 300 * time.Millisecond})
	return t, err
}

func (t *Town) officeHours(day civil.Day) time.Time { return day.In(t.zone).Add(officeHours) }

// Run runs the manager until the context ends.
func (t *Town) Run(ctx context.Context) error {
	if err := t.operator.Start(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("running the manager: %w", err)
	}
	return nil
}

// Reader reads the town as the manager's watch cache has it. What it returns
// belongs to the cache and must not be changed.
func (t *Town) Reader() client.Reader { return t.operator.GetCache() }

// Today is the day that it is in the town.
func (t *Town) Today() civil.Day { return t.today }

// Families is how many families the town has.
func (t *Town) Families() int { return len(t.invented.Households) }

// ExpectedWrites estimates how many writes the whole rehearsal takes: an entry
// and a judgment for each family, two for each visit, and what plans, roll-ups
// and events come to beside them.
func (t *Town) ExpectedWrites() int64 {
	year, visits := t.invented.Year(), 0
	days := int(population.YearEnds-population.YearBegins) + 1
	for day := population.YearBegins; day <= population.YearEnds; day = day.AddDays(1) {
		visits += len(year.Visits(day))
	}
	return int64(2*t.Families() + 2*visits + visits/8 + days*8)
}

// Pack is the file with the plan of the town, in the repository.
func Pack(root string) string { return filepath.Join(root, "config", "policies", "town-2020.yaml") }
