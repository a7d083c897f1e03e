# `make help` tells what there is.

.DEFAULT_GOAL := help
PYTHON_HERE := .venv/bin/python
PYTEST := $(PYTHON_HERE) -m pytest
WORKERS ?= 2

.PHONY: help demo test lint format test-rules test-sqlite test-postgres test-journeys bench soak lock clean \
        ready-to-run ready-to-test ready-for-rules with-postgresql with-chromium

help: ## what each target does
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-22s %s\n", $$1, $$2 }'

demo: ready-to-run ## set up, load a made-up landlord, serve the site, say where and as whom to sign in
	@.venv/bin/putright demo

test: ## every check and every test: what has to pass before a change lands
	@bin/test-everything

lint: ready-to-test ## style, types, and which way imports run
	@bin/lint

format: ready-to-test ## put style right where a program can
	$(PYTHON_HERE) -m ruff check --fix
	$(PYTHON_HERE) -m ruff format

test-rules: ready-for-rules ## the rules, where nothing but the rules is installed: no Django
	bin/test-rules-alone

test-sqlite: ready-to-test ## everything but the journeys, on SQLite
	env -u DATABASE_URL $(PYTEST) -n $(WORKERS) tests/house tests/rules tests/putright

test-postgres: ready-to-test with-postgresql ## the same on PostgreSQL
	$(PYTHON_HERE) bin/with-postgres $(PYTEST) -n $(WORKERS) tests/putright

test-journeys: ready-to-test with-postgresql with-chromium ## what people do, in a real browser, on PostgreSQL
	$(PYTHON_HERE) bin/with-postgres $(PYTEST) -n $(WORKERS) tests/journeys

bench: ready-to-test with-postgresql ## what we promise about speed, measured
	@bin/bench

soak: ready-to-test with-postgresql ## the tests that make up their own examples, for much longer
	@bin/soak

lock: ready-to-test ## work out the hash-pinned requirements files again
	@bin/lock

clean: ## remove what the tools made; keeps var/, where your data is
	rm -rf .venv .venv-rules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build *.egg-info
	rm -rf complaint_rules/build complaint_rules/*.egg-info
	find complaint_rules putright tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

ready-to-run:
	@bin/set-up run
ready-to-test:
	@bin/set-up dev
ready-for-rules:
	@bin/set-up rules
with-postgresql: ready-to-test
	@bin/system-parts postgresql
with-chromium: ready-to-test
	@bin/system-parts chromium
