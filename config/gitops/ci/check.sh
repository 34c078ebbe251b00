#!/bin/sh
# SPDX-License-Identifier: Apache-2.0

# Checks a change of policy before it is merged: builds every overlay, validates and tests
# the plans, and previews over families what the change does, from the merge base on.
#
#   ci/check.sh [build | check]    build alone, into built/; check is the default
#
# It needs a POSIX shell, git, tar, kustomize (or kubectl) and the command kubectl-fangpin.
#
#   FANGPIN    the command (kubectl-fangpin)
#   KUSTOMIZE  what builds an overlay (kustomize build, else kubectl kustomize)
#   BASE       the branch into which the change is to be merged (origin/main)
#   FAMILIES   a folder or file with exported families; or
#              `cluster`: the cluster of KUBECONFIG, of which it reads and no more;
#              empty: there is no preview, and the report says so
#   BUDGET     the share of families that may change before a person must look (5%)
#   REPORT     the folder of the reports (report/ beside base/)
#
# Exit status: 0 all is well; 1 the answer is no; 2 it could not be asked.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
fangpin=${FANGPIN:-kubectl-fangpin}
base=${BASE:-origin/main}
families=${FAMILIES:-}
budget=${BUDGET:-5%}
report=${REPORT:-$root/report}

say() { printf '%s\n' "$*"; }
refuse() { say "$*" >&2; exit 1; }
fault() { say "$*" >&2; exit 2; }

if [ -n "${KUSTOMIZE:-}" ]; then kustomize=$KUSTOMIZE
elif command -v kustomize >/dev/null 2>&1; then kustomize='kustomize build'
else kustomize='kubectl kustomize'
fi

# build TREE TO builds every overlay of a tree into TO/OVERLAY.yaml.
build() {
  rm -rf "$2"
  mkdir -p "$2"
  for overlay in "$1"/overlays/*/; do
    [ -f "$overlay/kustomization.yaml" ] || continue
    name=$(basename "$overlay")
    # $kustomize is a command with its arguments.
    $kustomize "$overlay" >"$2/$name.yaml" || fault "kustomize does not build overlays/$name"
  done
}

# objects FOLDER lists kind and name of what was built there, sorted. kustomize writes
# kind and metadata.name at these places and no others.
objects() {
  find "$1" -name '*.yaml' -exec awk '
    /^kind: / { kind = $2 }
    /^[a-z]/ { metadata = ($1 == "metadata:") }
    metadata && /^  name: / { print kind, $2 }' {} + | sort
}

# no_personal_data refuses families and their papers: what is in Git once stays there.
# Tests of policies speak of invented families.
no_personal_data() {
  papers='(^|[ {,-])"?kind"?: *"?(Household|RiskSignal|Review|AssistancePlan|MonthlyReport)("|,|}| |$)'
  found=$(find "$root" \( -name .git -o -path "$root/built" -o -path "$report" \) -prune -o -type f \( \
    -name '*.xlsx' -o -name '*.xls' -o -name '*.csv' -o -name '*.ndjson' -o \( \
    \( -name '*.yaml' -o -name '*.yml' -o -name '*.json' \) ! -name '*.test.yaml' -exec grep -qE "$papers" {} \; \
    \) \) -print)
  [ -z "$found" ] || refuse "Families and their papers do not belong into Git: take these out, and out of its history too: $found"
}

# only_shared refuses other objects than plans and jurisdictions, and one built twice.
only_shared() {
  foreign=$(objects "$root/built" | grep -vE '^(Jurisdiction|MonitoringPolicy) ' || :)
  [ -z "$foreign" ] || refuse "The overlays build other things than Jurisdictions and MonitoringPolicies: $foreign"
  twice=$(objects "$root/built" | uniq -d)
  [ -z "$twice" ] || refuse "Two overlays build one object, and each would undo the other's: $twice"
}

# build_base builds the merge base: what was there before the change.
build_base() {
  mergebase=$(git -C "$root" merge-base "$base" HEAD) ||
    fault "There is no merge base with $base: fetch it with its history, or name another branch in BASE."
  prefix=$(git -C "$root" rev-parse --show-prefix)
  mkdir -p "$work/tree"
  if [ -n "$(git -C "$root" ls-tree --full-tree "$mergebase" "${prefix}overlays")" ]; then
    git -C "$root" archive -o "$work/tree.tar" "$mergebase" .
    tar -xf "$work/tree.tar" -C "$work/tree"
  fi
  build "$work/tree" "$work/before"
}

# nothing_vanishes refuses the removal of a plan: the days on which it was in force are
# judged by it still.
nothing_vanishes() {
  objects "$work/before" >"$work/objects.before"
  objects "$root/built" >"$work/objects.now"
  gone=$(comm -23 "$work/objects.before" "$work/objects.now" | grep '^MonitoringPolicy ' || :)
  [ -z "$gone" ] || refuse "A plan is taken away, and with it the reason of what it decided. Leave it and give it spec.effectiveUntil: $gone"
}

# preview says what the plans that changed would do to families.
preview() {
  changed=0
  set --
  for built in "$root"/built/*.yaml; do
    name=$(basename "$built")
    if ! cmp -s "$built" "$work/before/$name"; then
      changed=$((changed + 1))
      set -- "$@" -f "$built"
    fi
  done
  if [ "$changed" -eq 0 ]; then
    say 'No plan and no jurisdiction changes.' >"$report/preview.md"
  elif [ -z "$families" ]; then
    say 'Not previewed: there are no families to preview over. Name an export or a cluster in FAMILIES.' >"$report/preview.md"
  else
    if [ "$families" != cluster ]; then
      set -- "$@" -f "$work/before" -f "$families"
    fi
    status=0
    "$fangpin" preview "$@" --budget "$budget" -o markdown >"$report/preview.md" || status=$?
    if [ "$status" -ne 0 ]; then
      cat "$report/preview.md"
      [ "$status" -ne 1 ] || refuse "The change moves more than $budget of the families, see $report/preview.md. If that is meant, run again with a larger BUDGET."
      fault 'The preview could not be made.'
    fi
  fi
  cat "$report/preview.md"
}

case ${1:-check} in
build)
  build "$root" "$root/built"
  exit
  ;;
check) ;;
*) fault "$1 is neither build nor check" ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir -p "$report"

say '== build'
build "$root" "$root/built"
no_personal_data
only_shared
build_base
nothing_vanishes

say '== validate'
"$fangpin" validate "$root/built"

say '== test'
"$fangpin" test "$root/overlays" --junit "$report/tests.xml"

say '== preview'
preview
