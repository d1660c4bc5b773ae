# Two commands do everything on a fresh machine with Python 3.11 or newer, pip and make:
#   make demo    the demonstration year, served on http://127.0.0.1:8000
#   make test    everything that CI runs
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# three workers keep two cores busy: many tests wait for a browser, a disk or a child process
WORKERS ?= 3

.PHONY: help demo serve test check tests browser translations lock clean
.DEFAULT_GOAL := help

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV); }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 \
	  && $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock \
	  || $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip --version >/dev/null 2>&1 \
	  && $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . \
	  || $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP) ## make the demonstration year and serve it
	$(BIN)/taole demo

serve: $(STAMP) ## serve the instance (web and timetable in one process)
	$(BIN)/taole serve

test: $(STAMP) browser ## everything that CI runs
	@$(MAKE) --no-print-directory -j2 check tests

check: $(STAMP) ## style, types, the ladder
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

tests: $(STAMP) ## the tests alone
	$(BIN)/pytest -n $(WORKERS) --dist worksteal --cov --cov-report=term

browser: ## a Chromium and Chinese fonts for the journeys, where they are missing
	@command -v chromium >/dev/null && fc-list 2>/dev/null | grep -qi 'noto.*cjk' \
	  || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; }

translations: $(STAMP) ## collect the message ids and compile the English catalogue
	@mkdir -p build
	$(BIN)/pybabel -q extract -F babel.cfg -k N_ -k lazy_gettext --no-location --sort-output -o build/messages.pot .
	$(BIN)/pybabel -q update -i build/messages.pot -d taole/translations -l en --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
	$(BIN)/pybabel -q compile -d taole/translations -l en

lock: $(STAMP) ## renew the locked dependencies (needs uv)
	uv pip compile pyproject.toml --group dev --extra ocr --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate -o requirements.lock

clean: ## remove what was made, the instance excepted
	rm -rf $(VENV) .mypy_cache .ruff_cache build dist
