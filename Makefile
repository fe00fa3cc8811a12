# Every verb of the house. A newcomer needs Python 3.11 or newer, make, and `make run`.
#
#   make run      everything, then the demo forum on http://localhost:8000 (PORT=8001 for another)
#   make test     all tests that need no service; lists what was left out and how to get it
#   make setup    own Python, locked packages, assets, translations (the others call it)
#   make check    format, types, layers, translations, fast tests
#   make bench    the measurements (ONLY=name for one); figures in build/bench/
#   make audit    asks the net whether a locked package has a known hole (needs the net)
#   make build    a wheel with assets and translations inside, in dist/

PORT ?= 8000
ONLY ?=
BIN := .venv/bin
PY := $(BIN)/python
# The first Python that is new enough; on macOS python3 may be an old one.
PYTHON ?= $(shell for one in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$one -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$one && break; done)
CHROMIUM = $(shell $(PY) -m tests.chromium)

PACKAGE := src/kompetanseforum
STATIC := $(PACKAGE)/core/static/kompetanseforum
ASSET_SOURCES := $(shell find frontend/src frontend/styles -type f) \
	frontend/build.mjs frontend/designsystemet.config.json frontend/package.json
PO_FILES := $(wildcard $(PACKAGE)/*/locale/*/LC_MESSAGES/django.po)

export PYTHONPATH := src
# A machine that keeps no compiled files would compile every one of them at every start.
unexport PYTHONDONTWRITEBYTECODE
# What pytest leaves beside the forum's own data. Tables are made as the models say, not step by step,
# as a new forum's are; one test holds the two ways beside each other.
TEST := KF_DATA_DIR=build/test-data $(PY) -m pytest --no-migrations

.DEFAULT_GOAL := help
.PHONY: help run setup test check lint types behaviours fast bench audit build clean

help:
	@sed -n 's/^#   //p' Makefile

run: setup
	@$(PY) -m kompetanseforum serve --demo --port $(PORT)

setup: .venv/locked build/assets build/texts
	@:

# pip is asked for one package, uv, by its hash; uv brings the rest, by theirs.
.venv/locked: requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and was not found."; exit 1; }
	@test -x $(PY) || { echo "Making .venv with $(PYTHON)"; $(PYTHON) -m venv .venv; }
	@echo "Installing the locked packages"
	@awk '/^uv==/ {on = 1} on {print} on && !/\\$$/ {exit}' requirements.lock > .venv/uv.txt
	@test "$$($(BIN)/uv --version 2>/dev/null | cut -d' ' -f2)" = "$$(sed -n 's/^uv==\([0-9.]*\).*/\1/p' .venv/uv.txt)" \
		|| $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt
	@$(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes --python $(PY) requirements.lock
	@touch $@

# Node comes with the locked packages. No package's own script runs.
frontend/node_modules/.installed: frontend/package-lock.json | .venv/locked
	@echo "Installing the locked packages of the front end"
	@cd frontend && ../$(BIN)/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error > /dev/null
	@touch $@

build/assets: $(ASSET_SOURCES) frontend/node_modules/.installed
	@echo "Building the assets"
	@cd frontend && ../$(BIN)/node build.mjs
	@mkdir -p build && touch $@
ifeq ($(wildcard $(STATIC)/site.css),)
.PHONY: build/assets
endif

build/texts: $(PO_FILES) | .venv/locked
	@$(PY) -c 'from kompetanseforum.core.texts import compile_texts; compile_texts()'
	@mkdir -p build && touch $@

# The browser has a process of its own: Playwright's event loop and the other tests cannot share one.
# What was left out is told by the last of them.
test: behaviours
	@if [ -d tests/browser ] && [ -n "$(CHROMIUM)" ]; then \
		$(TEST) -n auto --dist loadgroup --no-loadscope-reorder tests/browser; browser=$$?; \
	else browser=0; fi; \
	$(TEST) -n auto --dist loadgroup --ignore=tests/browser --tell-left-out; rest=$$?; \
	if [ $$browser -ne 0 ]; then echo "The browser tests failed; they stand above."; exit $$browser; fi; exit $$rest

check: setup
	@$(MAKE) --no-print-directory -j 3 --output-sync=target lint types fast

lint: setup
	@$(BIN)/ruff format --check --quiet . || { echo "Not formatted: $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-logo > build/layers.txt || { cat build/layers.txt; exit 1; }
	@KF_DATA_DIR=build/test-data $(PY) -m kompetanseforum texts --check

types: setup
	@$(BIN)/mypy
	@cd frontend && PATH="$$PWD/../$(BIN):$$PATH" npm run --silent check

behaviours: setup
	@cd frontend && PATH="$$PWD/../$(BIN):$$PATH" npm test --silent > ../build/behaviours.txt || { cat ../build/behaviours.txt; exit 1; }

fast: behaviours
	@$(TEST) -n auto --dist loadgroup --ignore=tests/browser -m "not slow and not real_data" --hypothesis-profile=fast

bench: setup
	@$(PY) -m tests.bench $(ONLY)

# What cannot be asked about fails too: silence is not the same as safe.
audit: setup
	@$(BIN)/uv tool run --from pip-audit==2.10.0 pip-audit --strict --disable-pip --require-hashes -r requirements.lock
	@cd frontend && PATH="$$PWD/../$(BIN):$$PATH" npm audit --audit-level=low

build: setup
	@rm -rf dist
	@$(PY) -m hatchling build --target wheel

clean:
	rm -rf .venv build dist frontend/node_modules frontend/theme $(STATIC)
