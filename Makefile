# The whole of Banyan by hand. `make run` is enough to look at it; `make test` is enough to trust a change.
# Needs Python 3.11 (or newer), make and git. Everything else comes from the lock files, as wheels, by hash.

BIN := .venv/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check install -qq --no-input
LOCKED := $(PIP) --require-hashes --only-binary :all: --no-deps
WORKERS ?= 2
ARGS ?=
PO ?=

.PHONY: help setup setup-dev browser tor run check test test-onion soak fuzz messages docs bench lock clean

help:  ## list these targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:[^#]*## +/\t/' | awk -F '\t' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: .venv/.setup-run  ## make .venv with what Banyan needs to run; leaves .venv/bin/banyan

setup-dev: .venv/.setup-dev  ## the same, and what the checks and tests need

$(PY):
	@python=$$(sh .ci/find-python) && echo "Making .venv with $$python ..." && $$python -m venv .venv

.venv/.setup-run: requirements/run.lock pyproject.toml | $(PY)
	@echo "Installing from requirements/run.lock ..."
	@$(LOCKED) -r requirements/run.lock
	@$(PIP) --no-deps --no-build-isolation --no-index --editable .
	@touch $@

.venv/.setup-dev: requirements/dev.lock .venv/.setup-run
	@echo "Installing from requirements/dev.lock ..."
	@$(LOCKED) -r requirements/dev.lock
	@touch $@

browser:  ## install Chromium and Burmese fonts for the browser tests, where this may be done
	@sh .ci/browser

run: setup  ## found a demo programme on first use, start its hub and a desk; Ctrl-C stops everything
	@$(BIN)/banyan demo --run $(ARGS)

tor:  ## install Debian's tor for `make test-onion`, where this may be done
	@sh .ci/tor

check: setup-dev  ## style, types, imports between rooms, house rules, docs against code, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(PY) -m banyan.house.checks.house_rules
	$(PY) -m banyan.house.checks.docs
	$(PY) -m banyan.house.checks.translations

test: check browser  ## `make check`, then every test but the soak and onion ones; ARGS="..." goes to pytest
	@sh .ci/in-memory $(BIN)/pytest -n $(WORKERS) --maxschedchunk=1 -m "not soak and not onion" $(ARGS)

test-onion: setup-dev tor  ## the hub as onion services on a private Tor network on this machine
	$(BIN)/pytest -m onion promises $(ARGS)

soak: setup-dev browser  ## the long runs: all 2,000 schedules, 10,000 messages
	$(BIN)/pytest -m soak $(ARGS)

fuzz: setup-dev  ## a million steps of the machines that look for a way around two findings, two signatures and three for money
	BANYAN_FUZZ_STEPS=1000000 $(BIN)/pytest -n $(WORKERS) promises/test_no_way_around.py promises/test_no_money_alone.py $(ARGS)

messages: setup-dev  ## bring the catalogues up to date; PO="a.po b.po" merges translations in; LANGUAGE=shn begins one
	$(PY) -m banyan.house.checks.translations --write $(if $(filter command,$(firstword $(origin LANGUAGE))),--language $(LANGUAGE)) $(PO)

docs: setup-dev  ## write the generated pages of docs/ anew
	$(PY) -m banyan.house.checks.docs --write

bench: setup  ## measure; ARGS="door --json" picks one
	@$(BIN)/banyan bench $(ARGS)

lock:  ## pin requirements/*.in anew into the lock files; needs the program `uv`
	sh .ci/lock $(ARGS)

clean:  ## remove .venv and what the checks left; keeps every programme's data
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache banyan.egg-info
