# SPDX-License-Identifier: Apache-2.0

# Everything here needs Go, make and git alone: the tools and the local control
# plane are built from modules pinned under hack/.

GO ?= go
SHELL := /bin/sh

# No C compiler is needed, and one setting for all builds shares one build cache.
export CGO_ENABLED ?= 0
export GOWORK := off

TOOLS := bin/tools
CONTROLLER_GEN := $(TOOLS)/controller-gen
STATICCHECK := $(TOOLS)/staticcheck
KUBE_API_LINTER := $(TOOLS)/kube-api-linter

# What `make generate manifests` writes.
GENERATED := api/v1alpha1/zz_generated.deepcopy.go api/v1alpha1/applyconfiguration \
	config/crd/bases config/rbac/role.yaml config/admission/static

# Which Go benchmarks `make bench` runs, how often each, and what it tells
# hack/bench, which then prints ratios (`go run ./hack/bench -h`).
BENCH ?= .
BENCH_PACKAGES ?= ./internal/... ./controllers/...
BENCH_COUNT ?= 1
BENCH_FLAGS ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## List every target.
	@awk 'BEGIN {FS = ":.*## "} \
		/^##@ / {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##@ See it run

.PHONY: demo
demo: control-plane build ## Let the town's year 2020 pass on a local control plane (DEMO_ONCE=1: headless, DEMO_SCALE=0.1: a tenth of the families).
	@bin/demo

##@ Check

.PHONY: test
test: ## All that CI runs: control plane, build, lint, verify, policy tests, the demo headless, and the Go tests.
	@echo "make test: builds the local control plane, the tools and the project; lints; checks the"
	@echo "generated files; tests the policies; runs the demo headless; runs the Go tests."
	@echo "The control plane is built once, in 5 to 10 minutes on two cores that have little else to do."
	@$(MAKE) --no-print-directory control-plane
	@$(MAKE) --no-print-directory tools
	@$(MAKE) --no-print-directory build
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory verify
	@$(MAKE) --no-print-directory test-policies
	@$(MAKE) --no-print-directory demo DEMO_ONCE=1
	@$(MAKE) --no-print-directory unit

.PHONY: unit
unit: control-plane ## The Go tests alone, those against the API server among them.
	@$(GO) -C hack/controlplane test ./...
	@$(GO) -C hack/tools test ./...
	@$(GO) test -timeout 30m ./...

.PHONY: race
race: control-plane ## The Go tests under the race detector (needs a C compiler and patience).
	@CGO_ENABLED=1 $(GO) test -race -timeout 60m ./...

.PHONY: test-policies
test-policies: build ## The policies' own tests, as a policy office runs them.
	@bin/kubectl-fangpin test config/policies

.PHONY: lint
lint: tools ## gofmt, go vet, staticcheck, and kube-api-linter on the API types.
	@echo "Lint: gofmt, go vet, staticcheck, kube-api-linter."
	@unformatted="$$(gofmt -l .)"; \
	if [ -n "$$unformatted" ]; then \
		echo "These files are not formatted; run \`make fmt\`:"; echo "$$unformatted"; exit 1; \
	fi
	@$(GO) vet ./...
	@$(GO) -C hack/controlplane vet ./...
	@$(GO) -C hack/tools vet ./...
	@$(STATICCHECK) ./...
	@cd hack/controlplane && ../../$(STATICCHECK) ./...
	@cd hack/tools && ../../$(STATICCHECK) ./...
	@$(KUBE_API_LINTER) .kal.yaml ./api/v1alpha1

.PHONY: verify
verify: generate manifests ## Generate again; fail if that changes or adds a file.
	@changed="$$(git diff --name-only -- $(GENERATED); \
		git ls-files --others --exclude-standard -- $(GENERATED))"; \
	if [ -n "$$changed" ]; then \
		echo "Generated files, or files beside them, are not as they are committed or staged:"; \
		echo "$$changed"; \
		echo "Run \`make generate manifests\` and add the result to the commit."; \
		git --no-pager diff --stat -- $(GENERATED); \
		exit 1; \
	fi
	@echo "Verify: the generated files are up to date."

.PHONY: bench
bench: control-plane ## Go benchmarks (BENCH=regexp), then ratios of core, evaluate and controller (BENCH_FAMILIES=10000, BENCH_EVALUATE=100000, BENCH_FLAGS=...).
	@$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem -count $(BENCH_COUNT) -timeout 120m $(BENCH_PACKAGES)
	@$(GO) run ./hack/bench $(BENCH_FLAGS)

##@ Build

.PHONY: build
build: ## Build bin/manager, bin/kubectl-fangpin and bin/demo.
	@$(GO) build -ldflags '-s -w' -o bin/ ./cmd/...

.PHONY: control-plane
control-plane: ## Build kube-apiserver and etcd, and kubectl where PATH has none, into bin/k8s; once. KUBEBUILDER_ASSETS overrides.
	@$(GO) -C hack/controlplane run .

.PHONY: tools
tools: $(CONTROLLER_GEN) $(STATICCHECK) $(KUBE_API_LINTER) ## Build the pinned tools into bin/tools; once.

##@ Change

.PHONY: generate
generate: $(CONTROLLER_GEN) ## Generate the deep copies and apply configurations of the API types.
	@$(CONTROLLER_GEN) \
		object:headerFile=hack/boilerplate.go.txt \
		applyconfiguration:headerFile=hack/boilerplate.go.txt,omitToolVersion=true \
		paths=./api/v1alpha1

.PHONY: manifests
manifests: $(CONTROLLER_GEN) ## Generate the CRDs (config/crd/bases), the manager's role (config/rbac) and the static admission manifests.
	@rm -rf bin/crd && mkdir -p bin/crd config/crd/bases
	@$(CONTROLLER_GEN) crd:omitToolVersion=true paths=./api/v1alpha1 \
		output:crd:artifacts:config=bin/crd
	@for old in config/crd/bases/fangpin.io_*.yaml; do \
		test -e "bin/crd/$${old##*/}" || rm -f "$$old"; \
	done
	@mv bin/crd/*.yaml config/crd/bases/ && rmdir bin/crd
	@$(CONTROLLER_GEN) rbac:roleName=fangpin-manager paths=./controllers/... \
		output:rbac:artifacts:config=config/rbac
	@mkdir -p bin && $(GO) run ./hack/staticadmission > bin/static-admission.yaml
	@mv bin/static-admission.yaml config/admission/static/fangpin.yaml

.PHONY: fmt
fmt: ## Format the Go files.
	@gofmt -w .

.PHONY: clean
clean: ## Remove what was built, but not the control plane, which takes minutes.
	@rm -rf bin/tools && rm -f bin/manager bin/kubectl-fangpin bin/demo

.PHONY: clean-all
clean-all: ## Remove all of bin/, the control plane too.
	@rm -rf bin

# The tools. Each is built under another name and renamed, so that an interrupted
# build leaves nothing that looks finished.

$(CONTROLLER_GEN): TOOL_PACKAGE := sigs.k8s.io/controller-tools/cmd/controller-gen
$(STATICCHECK): TOOL_PACKAGE := honnef.co/go/tools/cmd/staticcheck
$(KUBE_API_LINTER): TOOL_PACKAGE := ./kube-api-linter
$(KUBE_API_LINTER): $(wildcard hack/tools/kube-api-linter/*.go)

$(CONTROLLER_GEN) $(STATICCHECK) $(KUBE_API_LINTER): hack/tools/go.mod hack/tools/go.sum
	@echo "Tools: building $(@F) (the first time about half a minute)."
	@mkdir -p $(TOOLS)
	@$(GO) -C hack/tools build -o ../../$@.unfinished $(TOOL_PACKAGE)
	@mv $@.unfinished $@ && touch $@
