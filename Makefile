# The three commands of this project are `make run`, `make demo` and `make test`; all set up everything they need.
.DEFAULT_GOAL := help
SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
OUT ?= demo-out
JOBS ?= auto
export PYTHONUTF8 := 1

.PHONY: help setup run demo test lint format bench bench-setup lock fonts icons samples pictures screenshots coverage

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(VENV)/.ready ## .venv with everything, system packages included
	@bash installers/linux/setup.sh --packages

$(VENV)/.ready: pyproject.toml installers/locks/dev.txt
	@bash installers/linux/setup.sh $(VENV)
	@touch $@

run: setup ## the window; on a virtual display where there is none (ARGS: what the program takes)
	@bash installers/linux/run.sh $(VENV)/bin/safetydesk $(ARGS)

demo: setup ## the main job on the sample data, into demo-out/
	@rm -rf "$(OUT)"
	@$(VENV)/bin/safetydesk demo --out "$(OUT)"

test: setup ## all tests, on SQLite and on PostgreSQL
	@$(PY) -m pytest -n $(JOBS) -q

coverage: setup ## all tests with their coverage
	@$(PY) -m pytest -n $(JOBS) -q --cov --cov-report=term-missing:skip-covered

lint: setup ## style, types, import directions
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-logo

format: setup ## let ruff put the code in order
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

bench-setup: setup ## the programs that the benchmarks are measured beside
	@$(PY) -m pip install -q --require-hashes -r installers/locks/bench.txt

bench: bench-setup ## every benchmark, as in docs/benchmarks.md
	@for name in paper save cli start window; do echo "== bench/$$name.py"; $(PY) bench/$$name.py || exit 1; done

fonts: setup ## resources/fonts from the faces they are made of
	@bash installers/fonts/build.sh

icons: ## resources/icons from the set they are from
	@bash installers/icons/build.sh

samples: setup ## resources/samples from their generator
	@$(PY) installers/samples/build.py

pictures: setup ## docs/pictures from the program itself
	@$(PY) installers/docs/pictures.py

screenshots: setup ## docs/images: every screen, in every size and appearance
	@$(PY) installers/docs/screenshots.py

lock: ## the lock files, after pyproject.toml changed (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    pyproject.toml -o installers/locks/runtime.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    pyproject.toml --extra dev -o installers/locks/dev.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    pyproject.toml --extra dev --extra bench --extra fonts -o installers/locks/bench.txt
