// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"context"
	"errors"
	"fmt"
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
	"fangpin.io/fangpin/internal/rehearsal/story"
)

// The town, and what is above it, as in the packs: each has a namespace of the
// same name.
const (
	township = "town"
	county   = "county"
	city     = "city"
)

// fieldOwner is the field manager of what people write.
const fieldOwner = "demo"

// officeHours is the time of the day at which everything happens.
const officeHours = 9 * time.Hour

// Options say which town is rehearsed.
type Options struct {
	Seed   uint64
	Groups population.Groups // default: the plan's
	// Root is the repository's, from which plans and roles are read.
	Root string
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
	story    *story.Story
	amiss    map[*story.Event]string // what went wrong with the event itself
	officers officers
	posts    []post
	desk     *desk
	people   *registrar
	live     client.Client // an administrator's
	operator *controllers.Operator
	clock    *clocktesting.FakeClock
	zone     *time.Location
	today    civil.Day
}

// New prepares a town on the API server of a configuration. Nothing is written
// before Install.
func New(ctx context.Context, config *rest.Config, options Options) (*Town, error) {
	zone, err := civil.LoadZone("")
	if err != nil {
		return nil, err
	}
	told, err := story.Load(ctx)
	if err != nil {
		return nil, err
	}
	t := &Town{
		Writes:   &Writes{},
		options:  options,
		invented: population.New(population.Options{Seed: options.Seed, Groups: options.Groups, County: county, Township: township}),
		officers: officers{options.Seed},
		story:    told,
		amiss:    map[*story.Event]string{},
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
	if t.live, err = client.New(config, client.Options{Scheme: scheme, FieldOwner: fieldOwner}); err != nil {
		return nil, fmt.Errorf("making a client: %w", err)
	}
	t.desk = newDesk(config, t.live)
	t.people = newRegistrar(t.desk)
	base := manager.Options{
		Logger:  options.Log,
		Metrics: metricsserver.Options{BindAddress: "0"}, // no port
	}
	manager := actingFor(config, ManagerAccount, "system:serviceaccounts", "system:serviceaccounts:fangpin-system")
	t.operator, err = controllers.New(manager, base, controllers.Options{Clock: t.clock, Concurrency: writers, Debounce: 300 * time.Millisecond})
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

// Story is what happens beside the town's year.
func (t *Town) Story() *story.Story { return t.story }

// ExpectedWrites estimates how many writes the whole rehearsal takes: an entry
// and a judgment for each family, and one more for the plan that follows, two
// for each visit, and what plans, roll-ups and events come to beside them.
func (t *Town) ExpectedWrites() int64 {
	year, writes := t.invented.Year(), 3*t.Families()+4*t.story.Writes()
	for day := population.YearBegins; day <= population.YearEnds; day = day.AddDays(1) {
		visits := len(year.Visits(day))
		writes += 2*visits + visits/8 + min(3*visits, 8)
	}
	return int64(writes)
}
