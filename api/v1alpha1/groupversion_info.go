// SPDX-License-Identifier: Apache-2.0

// Package v1alpha1 holds the kinds of Fangpin (防贫), which guards families
// against falling back into poverty. What people assert stands in a spec; what
// the controller concludes stands in a status, and is a pure function of the
// specs and the day.
//
// A status has one writer, so it is one atomic value to server-side apply: the
// API server would otherwise store and compare the name of every field of it
// (metadata.managedFields), which is a fifth of a household. References are
// atomic too, as everywhere in Kubernetes.
//
// +kubebuilder:object:generate=true
// +kubebuilder:ac:generate=true
// +groupName=fangpin.io
package v1alpha1

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

var (
	// SchemeGroupVersion is the group and version of the kinds.
	SchemeGroupVersion = schema.GroupVersion{Group: "fangpin.io", Version: "v1alpha1"}

	// SchemeBuilder registers the kinds.
	SchemeBuilder = runtime.NewSchemeBuilder(addKnownTypes)

	// AddToScheme adds the kinds to a scheme.
	AddToScheme = SchemeBuilder.AddToScheme
)

// Resource qualifies a resource name with the group.
func Resource(resource string) schema.GroupResource {
	return SchemeGroupVersion.WithResource(resource).GroupResource()
}

func addKnownTypes(scheme *runtime.Scheme) error {
	scheme.AddKnownTypes(SchemeGroupVersion,
		&MonitoringPolicy{}, &MonitoringPolicyList{},
		&Jurisdiction{}, &JurisdictionList{},
		&Household{}, &HouseholdList{},
		&RiskSignal{}, &RiskSignalList{},
		&Review{}, &ReviewList{},
		&AssistancePlan{}, &AssistancePlanList{},
		&MonthlyReport{}, &MonthlyReportList{},
	)
	metav1.AddToGroupVersion(scheme, SchemeGroupVersion)
	return nil
}
