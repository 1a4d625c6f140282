# `make quickstart` and `make test` work from a fresh clone: each sets up .venv first, and only once.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
# The first Python from 3.10 to 3.12 that can make virtual environments; say PYTHON=... to choose.
SUITABLE := import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] < (3, 13))
PYTHON ?= $(shell for p in python3.12 python3.11 python3.10 python3; do \
	"$$p" -c "$(SUITABLE)" >/dev/null 2>&1 && { echo "$$p"; break; }; done)
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.PHONY: help setup quickstart test test-slow test-readers test-gpu lint types docs ci constraints clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

setup: $(VENV)/.installed ## Make .venv and install langret with everything in it

$(VENV)/.installed: pyproject.toml constraints.txt
	@"$(PYTHON)" -c "$(SUITABLE)" >/dev/null 2>&1 || { \
		echo "langret needs Python 3.10, 3.11 or 3.12 with the venv module; found: $(or $(PYTHON),none)."; \
		echo "Install one (Debian and Ubuntu: apt install python3-venv) or name it: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)"; \
		exit 1; }
	test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[languages,llm,faiss,schedulefree,lora,quantize,mteb,onnx,docs,dev]'
	@touch $@

quickstart: setup ## Make and measure two Japanese retrievers from generated data
	$(BIN)/langret run recipes/quickstart/ja.yaml

test: setup ## The quick tests
	$(PYTEST) -n auto --dist loadfile -m "not slow and not pretrained and not readers and not gpu"

test-slow: setup ## The tests that take minutes or need pretrained weights
	$(PYTEST) -m "slow or pretrained"

test-readers: setup ## The tests that load our models elsewhere; they make virtual environments in .readers
	$(PYTEST) -m readers

test-gpu: setup ## The tests that need a GPU
	LANGRET_TEST_GPU=1 $(PYTEST) -m gpu

lint: setup ## ruff: rules and format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: setup ## mypy
	$(BIN)/mypy

docs: setup ## Build the documentation site into site/
	$(BIN)/mkdocs build --strict

ci: lint types test docs ## Everything that must pass

constraints: ## Resolve constraints.txt anew for every supported Python that is installed
	"$(PYTHON)" .ci/constraints.py python3.10 python3.11 python3.12

clean: ## Remove caches and builds; runs/ and .venv stay
	rm -rf build dist site .pytest_cache .ruff_cache .mypy_cache .hypothesis *.egg-info
	find langret languages tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
