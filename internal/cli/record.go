// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/wording"
)

// recordFlags are what a record of a step states, by the type of the step.
type recordFlags struct {
	flags func(string) bool // whether a flag was given

	with, attendance, sites, checks     []string
	to, reason, document, department    string
	from, until, officer, plannedByDate string
	inFavour, objections                int32
}

func (r *recordFlags) add(cmd *cobra.Command, say func(wording.Key, ...any) string) {
	f := cmd.Flags()
	f.StringSliceVar(&r.with, "with", nil, say(wording.FlagWith))
	f.StringVar(&r.to, "to", "", say(wording.FlagReturnTo))
	f.StringVar(&r.reason, "reason", "", say(wording.FlagReason))
	f.StringVar(&r.document, "document", "", say(wording.FlagDocument))
	f.StringSliceVar(&r.attendance, "attendance", nil, say(wording.FlagAttendance))
	f.Int32Var(&r.inFavour, "in-favour", 0, say(wording.FlagInFavour))
	f.StringVar(&r.from, "from", "", say(wording.FlagNoticeFrom))
	f.StringVar(&r.until, "until", "", say(wording.FlagNoticeUntil))
	f.StringSliceVar(&r.sites, "site", nil, say(wording.FlagSites))
	f.Int32Var(&r.objections, "objections", 0, say(wording.FlagObjections))
	f.StringSliceVar(&r.checks, "check", nil, say(wording.FlagChecks))
	f.StringVarP(&r.department, "department", "d", "", say(wording.FlagApplicant))
	f.StringVar(&r.officer, "officer", "", say(wording.FlagOfficer))
	f.StringVar(&r.plannedByDate, "planned-elimination", "", say(wording.FlagPlannedElimination))
}

// read makes the record of a step.
func (r *recordFlags) read(step *v1alpha1.Step, outcome string) (*v1alpha1.StepRecord, error) {
	record := &v1alpha1.StepRecord{
		Step: step.Name, With: users(r.with), To: v1alpha1.Word(r.to), Reason: v1alpha1.Text(r.reason),
		Document: r.document, From: v1alpha1.Date(r.from), Until: v1alpha1.Date(r.until),
		Sites: list[v1alpha1.Word](r.sites), Department: v1alpha1.Word(r.department),
		Officer: v1alpha1.UserName(r.officer), PlannedElimination: v1alpha1.Date(r.plannedByDate),
	}
	if outcome == "" {
		outcome = string(v1alpha1.StepOutcomePassed)
		if r.to != "" {
			outcome = string(v1alpha1.StepOutcomeReturned)
		}
	}
	word, err := reviewChoice("outcome", "outcome").read(outcome)
	if err != nil {
		return nil, err
	}
	record.Outcome = v1alpha1.StepOutcome(word)
	if r.flags("in-favour") {
		record.InFavour = &r.inFavour
	}
	if r.flags("objections") {
		record.Objections = &r.objections
	}
	if err := r.readAttendance(record); err != nil {
		return nil, err
	}
	return record, r.readChecks(record, step)
}

func (r *recordFlags) readAttendance(record *v1alpha1.StepRecord) error {
	list, err := pairs("attendance", r.attendance)
	if err != nil {
		return err
	}
	for _, p := range list {
		count, err := strconv.ParseInt(p.value, 10, 32)
		if err != nil {
			return usageError{wording.Fault(wording.NotACount, "attendance", p.name+"="+p.value)}
		}
		record.Attendance = append(record.Attendance, v1alpha1.Attendance{Role: v1alpha1.Word(p.name), Count: int32(count)})
	}
	return nil
}

// everyAsset stands for all assets that the step compares. A later value of one
// of them replaces it.
const everyAsset = "all"

func (r *recordFlags) readChecks(record *v1alpha1.StepRecord, step *v1alpha1.Step) error {
	list, err := pairs("check", r.checks)
	if err != nil {
		return err
	}
	results := reviewChoice("check", "checks", "result")
	for _, p := range list {
		result, err := results.read(p.value)
		if err != nil {
			return err
		}
		assets := []v1alpha1.Word{v1alpha1.Word(p.name)}
		if strings.EqualFold(p.name, everyAsset) {
			if assets = step.Assets; len(assets) == 0 {
				return wording.Fault(wording.NoAssets, step.Name)
			}
		}
		for _, asset := range assets {
			setCheck(record, asset, v1alpha1.CheckResult(result))
		}
	}
	return nil
}

func setCheck(record *v1alpha1.StepRecord, asset v1alpha1.Word, result v1alpha1.CheckResult) {
	for i := range record.Checks {
		if record.Checks[i].Asset == asset {
			record.Checks[i].Result = result
			return
		}
	}
	record.Checks = append(record.Checks, v1alpha1.AssetCheck{Asset: asset, Result: result})
}
