// SPDX-License-Identifier: Apache-2.0

package v1alpha1

// Date is a civil day such as 2020-06-30 in the policy's time zone (日期).
//
// +kubebuilder:validation:Format=date
// +kubebuilder:validation:MaxLength=10
type Date string

// Money is an amount of yuan with at most two decimals, such as "4999.99"
// (金额,元). It is a string, so that no fen is lost: it must be quoted.
//
// +kubebuilder:validation:XValidation:rule=`self.matches('^[0-9]{1,12}([.][0-9]{1,2})?$')`,message=`an amount is in yuan, in figures, with at most two decimals, not negative, and quoted, such as "4999.99"`
// +kubebuilder:validation:MaxLength=15
type Money string

// Number is a parameter that is no amount: a whole number, or a decimal in quotes
// (数值). It is kept as it was written, since a float would not be exact.
//
// +kubebuilder:validation:XIntOrString
// +kubebuilder:validation:Type=""
// +kubebuilder:validation:MaxLength=20
// +kubebuilder:validation:XValidation:rule=`type(self) == int || self.matches('^-?[0-9]{1,12}([.][0-9]{1,6})?$')`,message=`a number is a whole number such as 15, or a decimal in quotes such as "0.5"`
type Number string

// Period names a period: 2021-04-a (1st to 15th), 2021-04-b, 2021-04, 2021-Q2
// or 2021 (期间).
//
// +kubebuilder:validation:XValidation:rule=`self.matches('^[0-9]{4}(-(0[1-9]|1[0-2])(-[ab])?|-Q[1-4])?$')`,message=`a period is written 2021-04-a (1st to 15th), 2021-04-b, 2021-04, 2021-Q2 or, quoted, "2021"`
// +kubebuilder:validation:MaxLength=9
type Period string

// Month names a month such as 2020-04 (月份).
//
// +kubebuilder:validation:XValidation:rule=`self.matches('^[0-9]{4}-(0[1-9]|1[0-2])$')`,message=`a month is written 2020-04`
// +kubebuilder:validation:MaxLength=7
type Month string

// MonthDay is a day of every year such as 06-30 (每年的某日).
//
// +kubebuilder:validation:XValidation:rule=`self.matches('^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$')`,message=`a day of the year is written 06-30, month first, and exists in some year`
// +kubebuilder:validation:MaxLength=5
type MonthDay string

// Word is a term of a plan: PascalCase or kebab-case, such as Housing or
// civil-affairs (术语).
//
// +kubebuilder:validation:Pattern=`^[A-Za-z][A-Za-z0-9-]*$`
// +kubebuilder:validation:MaxLength=63
type Word string

// ParameterName is the name of a dated value, as rules read it: params.redLine
// (参数名).
//
// +kubebuilder:validation:Pattern=`^[a-z][A-Za-z0-9]*$`
// +kubebuilder:validation:MaxLength=63
type ParameterName string

// ObjectName is the name of a Kubernetes object (对象名称).
//
// +kubebuilder:validation:Pattern=`^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$`
// +kubebuilder:validation:MaxLength=253
type ObjectName string

// NamespaceName is the name of a namespace (命名空间).
//
// +kubebuilder:validation:Pattern=`^[a-z0-9]([-a-z0-9]*[a-z0-9])?$`
// +kubebuilder:validation:MaxLength=63
type NamespaceName string

// UserName is the full Kubernetes user name of a person who signs (签字人账号).
//
// +kubebuilder:validation:MinLength=1
// +kubebuilder:validation:MaxLength=256
// +kubebuilder:validation:XValidation:rule=`!self.matches('(^|[^0-9])[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]([^0-9]|$)')`,message=`a user name holds an identity number; it never enters the cluster: leave it out`
type UserName string

// Title is a short text for people, in any language (名称).
//
// +kubebuilder:validation:MinLength=1
// +kubebuilder:validation:MaxLength=128
type Title string

// Text is a free text for people, in any language (说明).
//
// +kubebuilder:validation:MinLength=1
// +kubebuilder:validation:MaxLength=1024
type Text string

// Expression is a rule in the Common Expression Language (CEL 规则表达式).
//
// +kubebuilder:validation:MinLength=1
// +kubebuilder:validation:MaxLength=2048
type Expression string

// ZoneName is the name of a time zone of the IANA database, such as
// Asia/Shanghai (时区).
//
// +kubebuilder:validation:Pattern=`^[A-Za-z][A-Za-z0-9_+/-]*$`
// +kubebuilder:validation:MaxLength=64
type ZoneName string

// JurisdictionReference names a Jurisdiction (行政区).
//
// +structType=atomic
type JurisdictionReference struct {
	// name of the Jurisdiction (行政区对象名称).
	// +required
	Name ObjectName `json:"name"`
}

// HouseholdReference names a Household of the same namespace (农户).
//
// +structType=atomic
type HouseholdReference struct {
	// name of the Household in this object's namespace (农户对象名称).
	// +required
	Name ObjectName `json:"name"`
}

// PolicyReference names a MonitoringPolicy (监测帮扶方案).
//
// +structType=atomic
type PolicyReference struct {
	// name of the MonitoringPolicy (方案对象名称).
	// +required
	Name ObjectName `json:"name"`
}
