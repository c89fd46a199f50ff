# Wardcast. `make help` lists what there is.
.DEFAULT_GOAL := help
.PHONY: help setup run demo test test-fast check fix bench drills media-fuzz e2e screenshots clean lock rivals
SHELL := /bin/bash
PY := .venv/bin/python
export DJANGO_SETTINGS_MODULE := wardcast.project.settings
# Compiled once, beside the packages: a house is several processes, and a test may start many.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/pycache

help: ## List the commands
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## Install everything that running and testing need (done by the others by themselves)
	@bash scripts/setup

run: setup ## Run the whole product at http://localhost:8000 (PORT= and WARDCAST_DATA= move it)
	@exec $(PY) -m wardcast.project.cli run

demo: setup ## Fill the data folder with fictional people and clips (the first run does so by itself)
	@$(PY) -m wardcast.project.cli prepare && $(PY) -m wardcast.project.cli demo

test: setup ## Every test, in a real browser too (DATABASE_URL=postgres://… runs there those that ask a database)
	@bash scripts/test

test-fast: setup ## The quick part: no browser, no process tree
	@$(PY) -m pytest -n 2 -m "not browser and not tree and not slow"
	@cd web && npm run --silent test

check: setup ## Lint, types, contracts, generated files, deployment settings
	@bash scripts/check

fix: setup ## Mend what a machine can: format, generated files
	@$(PY) -m ruff check --fix -q src tests bench && $(PY) -m ruff format -q src tests bench
	@$(PY) -m wardcast.project.cli openapi && $(PY) -m wardcast.project.cli permissions
	@cd web && npm run --silent types && npm run --silent format

bench: setup ## Measure every promise about speed and size, and draw the table
	@$(PY) bench/all.py

rivals: setup ## Install Presidio and scrubadub beside the house, as baselines for bench/identifiers.py
	@.venv/bin/uv venv -q -p .venv/bin/python --allow-existing .venv-bench
	@.venv/bin/uv pip install -q -p .venv-bench/bin/python --require-hashes -r requirements/bench.txt

drills: setup ## Long proofs: kills at random moments, full size
	@WARDCAST_DRILLS=full $(PY) -m pytest tests/drills -m "tree or slow" -p no:randomly

media-fuzz: setup ## Feed N damaged clips and every hand-made bomb to the gate (N=1000)
	@WARDCAST_FUZZ_N=$(or $(N),1000) $(PY) -m pytest tests/drills/test_media_fuzz.py -p no:randomly -s

e2e: setup ## The real browser alone
	@$(PY) -m pytest tests/e2e -m browser

screenshots: setup ## Draw docs/images anew from the running product
	@$(PY) scripts/screenshots.py

lock: ## Resolve the dependencies anew (writes requirements/)
	@bash scripts/lock

clean: ## Remove what was installed and built (never the data folder)
	@rm -rf .venv .venv-bench web/node_modules web/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
