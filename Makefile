PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE = uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header

.PHONY: start test screenshots lock clean

start: $(VENV)/.klaar
	@$(BIN)/regiomonitor start

test: $(VENV)/.klaar-ontwikkeling
	@tests/run.sh

# Every page at 1440 and 390 wide, light and dark, in schermafdrukken/ (outside git).
screenshots: $(VENV)/.klaar-ontwikkeling
	@$(BIN)/regiomonitor build --quiet
	@$(BIN)/python bench/schermen.py

# What building and serving need, and nothing else.
$(VENV)/.klaar: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 of nieuwer is nodig; kies er een met: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "Eenmalig: de omgeving maken (een paar minuten)…"
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# What the tests need beside that.
$(VENV)/.klaar-ontwikkeling: $(VENV)/.klaar requirements-ontwikkeling.lock
	@echo "Eenmalig: de pakketten voor de tests…"
	@$(INSTALL) --require-hashes -r requirements-ontwikkeling.lock
	@touch $@

# Versions that are there stay, unless something asks for another.
lock:
	$(COMPILE) --group installatie --output-file requirements.lock pyproject.toml
	$(COMPILE) --group ontwikkeling --constraint requirements.lock --output-file requirements-ontwikkeling.lock

clean:
	rm -rf $(VENV) data/warehouse/publicatie.duckdb data/warehouse/werk.duckdb data/warehouse/publicaties
