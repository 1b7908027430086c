# Two commands matter: `make demo` shows Countersign, `make test` proves it.
.DEFAULT_GOAL := help
.PHONY: help demo demo-check test check lint crash bench bench-guidelines lock clean

PYTHON ?= python3
PORT ?= 8450
RUNS ?= 20
SEED ?= 1
BIN := .venv/bin

# whatever the shell says: without its caches Python compiles all of the bot at each of its starts
unexport PYTHONDONTWRITEBYTECODE

help:  ## What can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

demo: .venv/demo  ## Try Countersign in a browser, against a local Slack and a local X
	@exec $(BIN)/countersign demo --port $(PORT)

demo-check: .venv/demo  ## The same without a person: one line a step, exit 1 at a difference
	@exec $(BIN)/countersign demo --check

test: .venv/dev  ## Run the tests (COUNTERSIGN_THOROUGH=1: every combination, not a sample)
	@$(BIN)/pytest -q -n 2

check: lint test  ## Everything that must hold before a change lands

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

crash: .venv/dev  ## Kill the bot at every step of a tweet: RUNS=n SEED=s
	@$(BIN)/python -m tests.crash --runs $(RUNS) --seed $(SEED)

bench: .venv/dev  ## Measure; prints a table and writes build/bench.json
	@$(BIN)/python -m tests.bench

bench-guidelines: .venv/dev  ## Measure the checks on labelled texts, in the folder COUNTERSIGN_REFERENCE names
	@$(BIN)/python -m tests.bench.guidelines

lock: .venv/dev  ## Renew both locks from pyproject.toml
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 \
	    --upgrade --extra build -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 \
	    --extra build --extra dev --extra ner -c requirements.lock -o requirements-dev.lock pyproject.toml

clean:  ## Remove what was made here
	rm -rf .venv build *.egg-info

.venv/bin/python:
	@command -v $(PYTHON) >/dev/null || { \
	    echo "Countersign needs Python 3.11 or newer, and there is no '$(PYTHON)' here. Install it, or say PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Countersign needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Say PYTHON=/path/to/python3.11." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "This Python cannot make virtual environments. On Debian or Ubuntu: apt install python3-venv." >&2; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/demo: .venv/bin/python requirements.lock pyproject.toml
	@echo "Installing what Countersign needs (once) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/bin/python requirements-dev.lock pyproject.toml
	@echo "Installing what the tests need (once) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ .venv/demo
