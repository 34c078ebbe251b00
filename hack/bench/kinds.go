// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/translate"
)

// kind is one of the kinds of objects that families have.
type kind struct {
	name      string // in manifests
	one       string // in reports, with its article
	many      string // in reports
	resource  schema.GroupVersionResource
	newObject func() client.Object
	newList   func() client.ObjectList
}

// The kinds of objects that families have, in the order in which the manager
// writes a family's statuses.
var (
	households = &kind{"Household", "a family", "families", v1alpha1.SchemeGroupVersion.WithResource("households"),
		func() client.Object { return &v1alpha1.Household{} },
		func() client.ObjectList { return &v1alpha1.HouseholdList{} }}
	assistancePlans = &kind{"AssistancePlan", "an assistance plan", "assistance plans", v1alpha1.SchemeGroupVersion.WithResource("assistanceplans"),
		func() client.Object { return &v1alpha1.AssistancePlan{} },
		func() client.ObjectList { return &v1alpha1.AssistancePlanList{} }}
	riskSignals = &kind{"RiskSignal", "a lead", "leads", v1alpha1.SchemeGroupVersion.WithResource("risksignals"),
		func() client.Object { return &v1alpha1.RiskSignal{} },
		func() client.ObjectList { return &v1alpha1.RiskSignalList{} }}
	reviews = &kind{"Review", "a review", "reviews", v1alpha1.SchemeGroupVersion.WithResource("reviews"),
		func() client.Object { return &v1alpha1.Review{} },
		func() client.ObjectList { return &v1alpha1.ReviewList{} }}

	kinds = []*kind{households, assistancePlans, riskSignals, reviews}
)

// write is how the gate names a write of such an object's status.
func (k *kind) write() string { return "patch " + k.resource.Resource + "/status" }

// kindOf returns an object's kind and its status.
func kindOf(object client.Object) (k *kind, status any) {
	switch o := object.(type) {
	case *v1alpha1.Household:
		return households, &o.Status
	case *v1alpha1.AssistancePlan:
		return assistancePlans, &o.Status
	case *v1alpha1.RiskSignal:
		return riskSignals, &o.Status
	case *v1alpha1.Review:
		return reviews, &o.Status
	}
	panic(fmt.Sprintf("families have no %T", object))
}

// objectsOf lists a family's objects in the order of the kinds.
func objectsOf(family translate.Papers) []client.Object {
	all := []client.Object{family.Household}
	if family.Plan != nil {
		all = append(all, family.Plan)
	}
	for _, signal := range family.Signals {
		all = append(all, signal)
	}
	for _, review := range family.Reviews {
		all = append(all, review)
	}
	return all
}
