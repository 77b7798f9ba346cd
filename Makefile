# Nithet: every recipe sets up what it needs. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := .setup-stamp
ARGS ?=
export NITHET_DATA ?= $(CURDIR)/data

.PHONY: help setup demo test soak lint fix types floors messages bench clean

help: ## List the recipes
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /: /'

setup: $(STAMP) ## Virtual environment, locked dependencies, front end, message catalogues

$(STAMP): requirements.lock pyproject.toml package-lock.json package.json tools/setup.py $(shell find frontend -type f 2>/dev/null) $(shell find src -name '*.po' 2>/dev/null) $(shell find src -path '*/templates/*' -name '*.html' 2>/dev/null)
	$(PYTHON) tools/setup.py --venv $(VENV)
	@touch $(STAMP)

demo: setup ## Read the real return, rebuild the demo office, write its papers, serve (ARGS="--no-serve --out DIR")
	$(BIN)/nithet demo $(ARGS)

test: setup ## Floors, lint, types and the whole suite on SQLite and on PostgreSQL
	$(BIN)/python tools/test.py $(ARGS)

soak: setup ## Fifty kills of each kind on both databases; prints the counts
	$(BIN)/python tools/soak.py

lint: setup ## Style and import floors
	$(BIN)/ruff check src tests tools bench
	$(BIN)/lint-imports

fix: setup ## Mend what can be mended by itself
	$(BIN)/ruff check --fix src tests tools bench
	$(BIN)/ruff format src tests tools bench

types: setup ## Types
	$(BIN)/mypy

floors: setup ## Import floors alone
	$(BIN)/lint-imports

messages: setup ## Collect new messages, compile the Thai catalogues and check that they are complete
	$(BIN)/python tools/messages.py extract
	$(BIN)/python tools/messages.py compile
	$(BIN)/python tools/messages.py check

bench: setup ## Every benchmark, one after the other, with its ratios
	$(BIN)/python bench/run.py

clean: ## Remove what the recipes made (never the data folder)
	rm -rf $(VENV) node_modules src/nithet/static/dist $(STAMP)
