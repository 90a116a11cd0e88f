# Schakelbord. `make help` lists what you can do.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
PYTEST := $(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help
.PHONY: help install install-test run demo-reset test checks pytest quick fmt bench bench-live bench-matching bench-meeting bench-minutes bench-pulse bench-search bench-seating bench-stage bench-thread gallery messages lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: $(VENV)/.installed ## make .venv with the command schakelbord in it

$(BIN)/python:
	@PYTHON="$(PYTHON)" VENV="$(VENV)" sh scripts/make-venv.sh

$(VENV)/.installed: requirements/build.txt requirements/base.txt pyproject.toml | $(BIN)/python
	@echo "Schakelbord: packages are being installed (once)..."
	@$(PIP) install --require-hashes -r requirements/build.txt -r requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/schakelbord warm
	@touch $@

install-test: $(VENV)/.installed-test ## install what the tests need, a browser included
	@sh scripts/ensure-browser.sh $(BIN)
	@sh scripts/ensure-postgresql.sh

$(VENV)/.installed-test: $(VENV)/.installed requirements/test.txt package.json package-lock.json
	@echo "Schakelbord: test tools are being installed (once)..."
	@$(PIP) install --require-hashes -r requirements/test.txt
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent --no-audit --no-fund
	@touch $@

run: install ## install, make the demo, serve it at http://localhost:8000
	@$(BIN)/schakelbord serve --port $(PORT)

demo-reset: install ## throw the demo's data away and make it anew
	@$(BIN)/schakelbord demo-reset

test: install-test ## all checks and all tests, browser included
	@$(MAKE) --no-print-directory -j 2 checks pytest

checks: install-test
	@echo "== ruff";            $(BIN)/ruff check .
	@echo "== ruff format";     $(BIN)/ruff format --check -q .
	@echo "== mypy";            $(BIN)/mypy
	@echo "== import-linter";   $(BIN)/lint-imports --no-cache
	@echo "== templates";       $(BIN)/djlint src --lint --quiet
	@echo "== modules";         PATH="$(CURDIR)/$(BIN):$$PATH" node_modules/.bin/tsc --noEmit -p tsconfig.json

pytest: install-test
	@echo "== pytest";          $(PYTEST)

quick: install-test ## the checks and the tests that need no browser, under a minute
	@$(BIN)/ruff check . && $(BIN)/ruff format --check -q . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache
	@HYPOTHESIS_PROFILE=quick $(PYTEST) -m "not browser and not slow"

fmt: install-test ## format the code
	@$(BIN)/ruff check --fix-only -q . ; $(BIN)/ruff format -q .

bench: $(VENV)/.installed-bench ## measure engine, stories, editor, live layer, seating, pulse, matching, minutes, thread and search, write docs/benchmarks.md
	@$(BIN)/python tests/bench/bench_engine.py
	@$(BIN)/python tests/bench/bench_stories.py
	@$(BIN)/python tests/bench/bench_editor.py
	@$(BIN)/python tests/bench/bench_live.py
	@$(BIN)/python tests/bench/bench_seating.py
	@$(BIN)/python tests/bench/bench_pulse.py
	@$(BIN)/python tests/bench/bench_matching.py
	@$(BIN)/python tests/bench/bench_minutes.py
	@$(BIN)/python tests/bench/bench_thread.py
	@$(BIN)/python tests/bench/bench_search.py

bench-meeting: $(VENV)/.installed-bench ## measure a meeting of 300 phones, write its part of docs/benchmarks.md
	@$(BIN)/python tests/bench/bench_meeting.py

bench-live: $(VENV)/.installed-bench ## measure the live layer, write its part of docs/benchmarks.md
	@$(BIN)/python tests/bench/bench_live.py

bench-stage: install-test ## measure the stage in a browser, write its part of docs/benchmarks.md
	@$(BIN)/python tests/bench/bench_stage.py

bench-seating: $(VENV)/.installed-bench ## measure the seating, write its part of docs/benchmarks.md
	@$(BIN)/python tests/bench/bench_seating.py

bench-pulse: $(VENV)/.installed-bench ## measure the pulse, write its part of docs/benchmarks.md
	@$(BIN)/python tests/bench/bench_pulse.py

bench-matching: $(VENV)/.installed-bench ## measure matching, write its part of docs/benchmarks.md
	@$(BIN)/python tests/bench/bench_matching.py

bench-minutes: install ## measure the minutes of a meeting, write their part of docs/benchmarks.md
	@$(BIN)/python tests/bench/bench_minutes.py

$(VENV)/.installed-bench: $(VENV)/.installed requirements/bench.txt
	@$(PIP) install --require-hashes -r requirements/bench.txt
	@touch $@

bench-thread: install ## measure the thread of a code, write its part of docs/benchmarks.md
	@$(BIN)/python tests/bench/bench_thread.py

bench-search: install ## measure search, write its part of docs/benchmarks.md
	@$(BIN)/python tests/bench/bench_search.py

gallery: install-test ## photograph the screens, write docs/gallery
	@$(BIN)/python scripts/gallery.py

messages: install-test ## gather texts to translate, compile the translations
	@$(BIN)/schakelbord messages

lock: install-test ## bring the pinned requirements up to date
	@$(BIN)/python scripts/lock.py

clean: ## remove the environment and caches; your data in var/ stays
	@rm -rf $(VENV) node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis
