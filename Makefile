# Everything a developer or an operator does with this repository. `make` alone lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# The newest Python here that will do: 3.11 or later, with venv. `make PYTHON=…` names another.
PYTHON ?= $(shell for one in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$one >/dev/null && $$one -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$one && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input install
PYTEST := $(BIN)/python -m pytest
# More than there are cores: tests of several processes wait for one another.
JOBS ?= 4

##@ Use it

demo: .venv/.run ## Everything with made-up people, on a stand-in for Slack
	@$(BIN)/goldseam demo

run: .venv/.run ## Everything in this terminal; LAN=1 lets phones at home open it
	@$(BIN)/goldseam up $(if $(LAN),--lan)

setup: .venv/.run ## Make .venv with the command goldseam

##@ Work on it

# A test that takes five minutes hangs: it is ended, says where it stood, and fails.
test: .venv/.dev ## The quick profile of every suite, on SQLite and on PostgreSQL
	@$(PYTEST) -q -n $(JOBS) --dist loadscope --no-loadscope-reorder -o faulthandler_timeout=300 -o faulthandler_exit_on_timeout=true

check: .venv/.dev lint types imports catalogues migrations test ## All that must hold before a change is done

soak: .venv/.dev ## The long profile: more cases, every kill point; its figures in docs/reliability.md
	@HYPOTHESIS_PROFILE=soak $(PYTEST) -q -n $(JOBS) --dist loadscope -m "soak or not soak" -o junit_family=xunit1 --junitxml=.soak.xml; held=$$?; \
	$(BIN)/python -m tests.reliability .soak.xml && rm -f .soak.xml; exit $$held

figures: .venv/.dev ## The proofs of docs/anonymity.md in full, and their figures; PART="…" runs some and keeps the rest
	@$(if $(PART),,rm -rf .figures;) mkdir -p .figures; \
	HYPOTHESIS_PROFILE=soak $(PYTEST) -q -n $(JOBS) --dist loadscope -m "soak or not soak" -o junit_family=xunit1 --junitxml=.figures/$$(date +%s).xml $(or $(PART),tests/anonymity tests/unit/suggestions/test_statistics.py); held=$$?; \
	$(BIN)/python -m tests.anonymity.figures .figures/*.xml; exit $$held

lint: .venv/.dev ## Style and common faults
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet . && $(BIN)/bandit --quiet --recursive --severity-level high service integrations migrations

types: .venv/.dev ## Types, strictly
	@$(BIN)/mypy

imports: .venv/.dev ## The floors of the house: imports point down
	@$(BIN)/lint-imports --no-logo

catalogues: .venv/.dev ## The gate every text passes before it ships
	@$(BIN)/goldseam words check

migrations: .venv/.dev ## Whether the models and the steps of the database agree
	@$(BIN)/python -m migrations.check

migration: .venv/.dev ## Draft the next step of the database: MESSAGE="…"; AGAIN=1 writes the last one anew
	@$(BIN)/python -m migrations.draft "$(MESSAGE)" $(if $(AGAIN),--again)

walks: .venv/.dev ## The walks through the house, from an edge to the database and back
	@$(PYTEST) -q -m walk

bench: .venv/.dev ## Side by side with what one would otherwise write
	@$(BIN)/goldseam bench

screenshots: .venv/.dev ## Draw the pictures of the documentation, and every page into .pictures, from the demo
	@$(PYTEST) -q -m screenshots

assets: ## Build the pages' own files, with Node
	@npm ci --silent && npm run --silent assets

asks-model: .venv/.dev ## Learn the weights of the ask reader anew from ../shared/unanswered
	@$(BIN)/python -m benchmarks.asks_model.train ../shared/unanswered/train

lock: .venv/.dev ## Resolve the dependencies anew; the files name no registry
	@$(LOCK) --extra embedded --extra push pyproject.toml -o requirements.lock
	@$(LOCK) --all-extras -c requirements.lock pyproject.toml -o requirements-dev.lock
	@$(LOCK) --group pyproject.toml:build -o requirements-build.lock

clean: ## Let go of everything that can be made again; the state folder stays
	@rm -rf .venv node_modules service/web/static/vendor build dist .figures .pictures .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find service integrations migrations benchmarks tests -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 --custom-compile-command "make lock"

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Goldseam needs Python 3.11 or later with venv (on Debian: apt install python3-venv)."; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/.run: requirements.lock requirements-build.lock pyproject.toml | .venv/bin/python
	@echo "Setting up .venv; this takes a minute the first time."
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --require-hashes -r requirements-build.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	@echo "Adding what the tests need."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

.PHONY: demo run setup test check soak figures lint types imports catalogues migrations migration walks bench screenshots assets asks-model lock clean help
