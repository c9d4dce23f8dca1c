# Everything an engineer types. `make help` lists it; continuous integration calls these same targets.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install run test test-fast lint lint-python lint-pages lint-scripts format bench lock \
	migrate messages clean

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi
FRONTEND := app/web/frontend
BUNDLE := app/web/static/dist/manifest.json
LETTERS := latin-400 latin-600 vietnamese-400 vietnamese-600
FONTS := $(LETTERS:%=$(FRONTEND)/fonts/be-vietnam-pro-%-normal.woff2)
CATALOGUES := $(wildcard app/translations/*/LC_MESSAGES/messages.po)
# Arguments for pytest, for example: make test-fast ARGS="-k inbox -x"
ARGS ?=
# How many processes `make test` uses; whichever is done first takes over from the other, so that
# none waits for a long file at the end.
WORKERS ?= auto

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | \
		while IFS='|' read -r name text; do printf '  make %-11s %s\n' "$$name" "$$text"; done

install: $(VENV)/.installed $(BUNDLE) $(CATALOGUES:.po=.mo) ## Make .venv, build the front end, compile the translations

run: install ## Serve web and scheduler on http://127.0.0.1:8000 with the demo province
	@mkdir -p "$${MOTCUA_VAR:-var}"
	@$(FLASK) db upgrade
	@$(FLASK) demo load
	@echo "Serving on http://$${HOST:-127.0.0.1}:$${PORT:-8000}  (Ctrl-C stops everything)"
	@CLAMD="$${CLAMD:-none}" POSTAL_RETURN="$${POSTAL_RETURN:-1}" exec $(BIN)/gunicorn

test: install $(VENV)/.installed-dev ## Run every test, those in a browser and on PostgreSQL too
	@tools/need chromium chromium
	@tools/need initdb postgresql
	@tools/need /usr/sbin/clamd clamav-daemon
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --maxprocesses 4 --dist worksteal $(ARGS)

test-fast: install $(VENV)/.installed-dev ## Run the tests that need neither browser nor PostgreSQL nor server
	$(BIN)/python -m pytest -m "not browser and not postgres and not process" $(ARGS)

lint: lint-python lint-pages lint-scripts ## Check style, types, floors and walls

lint-python: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lint-pages: $(VENV)/.installed-dev
	$(BIN)/djlint app/web/templates --check --lint

lint-scripts: $(FRONTEND)/node_modules/.installed
	npm --prefix $(FRONTEND) run --silent lint

format: $(VENV)/.installed-dev $(FRONTEND)/node_modules/.installed ## Bring everything into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint app/web/templates --reformat --quiet || true
	npm --prefix $(FRONTEND) run --silent format

bench: install $(VENV)/.installed-dev ## Measure the real server on PostgreSQL; prints JSON
	@tools/need initdb postgresql >&2
	@$(BIN)/python -m tools.bench $(ARGS)

lock: $(VENV)/.installed ## Pin what requirements*.in ask for
	$(BIN)/pip install --quiet pip-tools==7.6.2
	$(BIN)/pip-compile --quiet --strip-extras --no-header --no-emit-index-url --no-emit-find-links requirements.in
	$(BIN)/pip-compile --quiet --strip-extras --no-header --no-emit-index-url --no-emit-find-links requirements-dev.in

migrate: $(VENV)/.installed ## Bring the database to the newest revision
	$(FLASK) db upgrade

messages: $(VENV)/.installed ## Collect texts into the catalogues, and compile them
	@mkdir -p build
	$(BIN)/pybabel extract --mapping babel.cfg --keyword lazy_gettext --no-wrap --sort-by-file \
		--add-location file --project "Mot Cua" --copyright-holder "Mot Cua" --output build/messages.pot .
	$(BIN)/pybabel update --input-file build/messages.pot --output-dir app/translations \
		--no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@$(MAKE) --no-print-directory $(CATALOGUES:.po=.mo)

clean: ## Remove what can be built again; data in var/ stays
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	rm -rf $(FRONTEND)/node_modules $(FRONTEND)/fonts app/web/static/dist app/translations/*/LC_MESSAGES/messages.mo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: a second start finds them newer than what they were made from, and does nothing.

$(BIN)/python:
	@tools/make-venv "$(PYTHON)" $(VENV)

$(VENV)/.installed: requirements.txt | $(BIN)/python
	$(BIN)/pip install --quiet --requirement requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(BIN)/pip install --quiet --requirement requirements-dev.txt
	@touch $@

$(FRONTEND)/node_modules/.installed: $(FRONTEND)/package-lock.json
	npm --prefix $(FRONTEND) ci --no-audit --no-fund --loglevel=error
	@touch $@

# Without the hints for screens of old, which are half of a font and which no browser of today needs.
$(FRONTEND)/fonts/%.woff2: $(FRONTEND)/node_modules/.installed $(VENV)/.installed
	@mkdir -p $(@D)
	$(BIN)/pyftsubset $(FRONTEND)/node_modules/@fontsource/be-vietnam-pro/files/$*.woff2 --unicodes='*' \
		--no-hinting --flavor=woff2 --output-file=$@

$(BUNDLE): $(FRONTEND)/node_modules/.installed $(FONTS) $(FRONTEND)/vite.config.js $(shell find $(FRONTEND)/src -type f)
	npm --prefix $(FRONTEND) run --silent build -- --logLevel warn
	@touch $@

%.mo: %.po | $(VENV)/.installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
