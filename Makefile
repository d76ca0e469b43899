# Every target works on a bare machine with Python 3.11 or newer: it makes .venv when it is missing.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
DEMO := DJANGO_SETTINGS_MODULE=lms.settings.demo

.PHONY: demo demo-reset run test check races browser audit bench screenshots messages migrations help

help:
	@sed -n 's/^## //p' Makefile

## make demo          the whole platform with fictional people, at http://127.0.0.1:8000 (PORT=, HOST=)
demo: .venv/runtime
	@$(DEMO) $(PY) manage.py demo --host $(HOST) --port $(PORT)

## make demo-reset    throw the demo's data away and load it anew
demo-reset: .venv/runtime
	@$(DEMO) $(PY) manage.py demo --reset --host $(HOST) --port $(PORT)

## make run           development server with automatic reload
run: .venv/runtime
	$(PY) manage.py migrate --verbosity 0
	$(PY) manage.py createcachetable
	$(PY) manage.py runserver $(HOST):$(PORT)

## make test          the fast suite: SQLite, no browser
test: .venv/development
	$(PY) -m pytest -n 2 -q $(ARGS)

## make check         lint, format, templates, migrations, architecture, translations
check: .venv/development
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	git ls-files -z 'templates/*.html' | xargs -0 .venv/bin/djade --target-version 5.2 --check
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py check --fail-level WARNING
	$(PY) -m pytest -q tests/test_architecture.py tests/test_documentation.py tests/test_translations.py

## make races         fifty threads for one seat, two signers at once … on a real database (TEST_DATABASE_URL=)
races: .venv/development
	TEST_DATABASE_URL=$${TEST_DATABASE_URL:-sqlite:////tmp/liangxing-races.sqlite3} $(PY) -m pytest -q -m races

## make browser       the two journeys and every page once, with axe, in Chromium (SEED=, SITE_VAR=, PICTURES=)
browser: .venv/development
	$(PY) -m pytest -q tests/browser $(ARGS)

## make audit         both journeys and every page in every language, theme and width
audit: .venv/development
	AUDIT=all $(PY) -m pytest -q tests/browser $(ARGS)

## make bench         what a page costs, as ratios to a bare Django view in the same run
bench: .venv/runtime
	$(PY) tests/bench/run.py $(ARGS)

## make screenshots   pages at 390 and 1280, both languages and themes, into var/screenshots
screenshots: .venv/development
	$(PY) tests/browser/screenshots.py $(ARGS)

## make messages      collect the texts to translate (needs gettext) and compile the translations
messages: .venv/development
	$(PY) manage.py makemessages -l zh_Hans --no-obsolete --add-location file -i '.venv' -i 'var' -i 'tests' -i 'lms/plugin_template'
	$(PY) manage.py compilemessages -l zh_Hans -v 0 -i .venv

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/runtime: requirements.txt | .venv/bin/python
	@echo "Installing the runtime requirements …"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/development: requirements.txt requirements-dev.txt | .venv/bin/python
	@echo "Installing the development requirements …"
	@$(PIP) -r requirements-dev.txt
	@touch $@ .venv/runtime
