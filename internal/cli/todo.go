// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/agenda"
	"fangpin.io/fangpin/internal/cli/output"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/cli/pipeline"
	"fangpin.io/fangpin/internal/cli/spool"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// todo lists what is due.
type todo struct {
	evaluation
	forFlag, untilFlag string

	party       agenda.Party // zero: everybody
	inside      string       // a jurisdiction; "": all
	until       civil.Day    // zero: horizon days from today
	laterThanIt int
}

// horizon is how many days ahead things are listed.
const horizon = 31

// todoCommand is `todo`.
func (s *session) todoCommand() *cobra.Command {
	t := &todo{evaluation: evaluation{session: s}}
	var format string
	cmd := &cobra.Command{
		Use:   "todo",
		Short: s.lang.Say(wording.TodoShort),
		Long:  s.lang.Say(wording.TodoLong),
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if t.format, err = output.ParseFormat(format); err != nil {
				return usageError{err}
			}
			if err := t.readFlags(); err != nil {
				return err
			}
			return t.list(cmd.Context())
		},
	}
	f := cmd.Flags()
	f.StringSliceVarP(&t.paths, "filename", "f", nil, s.lang.Say(wording.FlagFilename))
	f.StringVar(&t.forFlag, "for", "", s.lang.Say(wording.FlagForWhom))
	f.StringVar(&t.untilFlag, "until", "", s.lang.Say(wording.FlagDueUntil))
	f.BoolVarP(&t.everywhere, "all-namespaces", "A", false, s.lang.Say(wording.FlagAllNamespaces))
	f.StringVarP(&format, "output", "o", string(output.Table), s.lang.Say(wording.FlagOutput))
	t.addFlags(cmd, s)
	s.addClusterFlags(cmd)
	s.completeFormat(cmd)
	whom := cobra.FixedCompletions([]string{"village", "township", "county", "prefecture", "province", "department="}, cobra.ShellCompDirectiveNoFileComp|cobra.ShellCompDirectiveNoSpace)
	if err := cmd.RegisterFlagCompletionFunc("for", whom); err != nil {
		panic("the flag for is missing: " + err.Error()) // a fault of the build, found by every test
	}
	return cmd
}

// readFlags reads --for LEVEL, LEVEL=JURISDICTION or department=NAME, and days.
func (t *todo) readFlags() error {
	if err := t.read(t.session); err != nil {
		return err
	}
	who, name, named := strings.Cut(t.forFlag, "=")
	levels := choiceOf("for", "Jurisdiction", "spec", "level")
	switch {
	case t.forFlag == "":
	case strings.EqualFold(who, "department") && name != "":
		t.party.Department = v1alpha1.Word(name)
	default:
		level, err := levels.read(who)
		if err != nil || named && name == "" {
			return usageError{wording.Fault(wording.ForWhom, t.forFlag)}
		}
		t.party.Level, t.inside = v1alpha1.JurisdictionLevel(level), name
	}
	if t.untilFlag == "" {
		return nil
	}
	until, err := civil.ParseDay(t.untilFlag)
	if err != nil {
		return usageError{wording.Fault(wording.BadUntil, err)}
	}
	t.until = until
	return nil
}

func (t *todo) list(ctx context.Context) error {
	t.adviseIn(t.lang)
	t.begin()
	defer func() { _ = t.spool.Close() }() // it only held what is judged by now
	if err := t.load(ctx); err != nil {
		return err
	}
	world, err := t.world(&t.shared)
	if err != nil && len(t.paths) > 0 {
		return err
	}
	for _, policy := range papers.Invalid(world) {
		t.note(wording.NotCompiled, policy.Policy.Name)
	}
	inside, err := t.jurisdictions(world)
	if err != nil {
		return err
	}
	if n := t.cluster.Namespace; n != nil && *n != "" {
		t.namespace = *n
	}
	all := t.asksFamilies(world) // what they say of duties is asked of all that were read
	summary := papers.NewSummary(world, t.shared.Reports, t.instant())
	var items []agenda.Item
	err = pipeline.Ordered(ctx,
		func(yield func(*papers.Family[spool.Note]) error) error {
			for _, family := range t.families.All() {
				if !all && t.namespace != "" && family.Key.Namespace != t.namespace {
					continue
				}
				if err := yield(family); err != nil {
					return err
				}
			}
			return nil
		},
		func(_ context.Context, family *papers.Family[spool.Note]) due { return t.dueOf(world, family) },
		func(d due) error {
			if d.household == nil || d.err != nil {
				return d.err
			}
			summary.Add(d.household, &d.judgment)
			until := t.until
			if until.IsZero() {
				until = d.judgment.Day.AddDays(horizon)
			}
			for _, item := range d.items {
				if t.wanted(&item, until, inside) {
					items = append(items, item)
				}
			}
			return nil
		})
	if err != nil {
		return err
	}
	items = append(items, t.duties(world, summary, inside)...)
	slices.SortStableFunc(items, func(a, b agenda.Item) int { return agenda.Compare(&a, &b) })
	return t.print(items)
}

// jurisdictions are those at which families have to stand, nil for anywhere.
func (t *todo) jurisdictions(world *translate.World) ([]string, error) {
	if t.inside == "" {
		return nil, nil
	}
	node, _ := world.Node(t.inside)
	if node == nil || node.Spec.Level != t.party.Level {
		return nil, usageError{wording.Fault(wording.NoSuchPlace, t.party.Level, t.inside)}
	}
	return world.Descendants(t.inside), nil
}

// due is what is due for one family.
type due struct {
	household *v1alpha1.Household
	judgment  translate.Judgment
	items     []agenda.Item
	err       error
}

func (t *todo) dueOf(world *translate.World, family *papers.Family[spool.Note]) due {
	objects, _, err := t.assemble(family)
	if err != nil || objects.Household == nil {
		return due{err: err}
	}
	d := due{household: objects.Household, judgment: t.judge(world, objects)}
	if t.namespace == "" || family.Key.Namespace == t.namespace {
		d.items = agenda.Of(world, &objects, &d.judgment)
	}
	return d
}

func (t *todo) print(items []agenda.Item) error {
	if t.format == output.YAML || t.format == output.JSON {
		views := make([]itemView, len(items))
		for i := range items {
			views[i] = viewOf(&items[i])
		}
		return output.Value(t.Out, t.format, todoView{Items: views, Later: t.laterThanIt})
	}
	if err := t.printTable(items); err != nil {
		return err
	}
	if t.laterThanIt > 0 {
		t.note(wording.LaterOnes, t.laterThanIt)
	}
	return nil
}

// printTable writes a line an item; where several namespaces are listed, with
// the namespace.
func (t *todo) printTable(items []agenda.Item) error {
	if len(items) == 0 {
		return t.say(wording.NothingDue)
	}
	words := newGlossary(t.lang, t.shared.Policies)
	say := t.lang.Say
	namespaces := map[string]bool{}
	for i := range items {
		namespaces[items[i].Household.Namespace] = true
	}
	table := terminal.NewTable(t.Out, terminal.NewPainter(t.Out, t.Getenv),
		say(wording.ColumnDue), say(wording.ColumnState), say(wording.ColumnHousehold), say(wording.ColumnWhat), say(wording.ColumnFrom))
	var faults []error
	for i := range items {
		item := &items[i]
		household := item.Household.Name
		switch {
		case item.Jurisdiction != "":
			household = "jur/" + item.Jurisdiction
		case len(namespaces) > 1:
			household = item.Household.String()
		}
		colour := terminal.NoColour
		if item.Overdue {
			colour = terminal.Red
		}
		faults = append(faults, table.Add(
			terminal.Cell{Text: orDash(item.Due.String()), Colour: colour}, terminal.Cell{Text: words.state(item), Colour: colour},
			terminal.Cell{Text: household}, terminal.Cell{Text: words.task(item)}, terminal.Cell{Text: words.parties(item.From)},
		))
	}
	return errors.Join(append(faults, table.Flush())...)
}
