PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: start test screenshots lock clean

start: $(VENV)/.klaar
	@$(BIN)/regiomonitor start

test: $(VENV)/.klaar
	@tests/run.sh

# Every page at 1440 and 390 wide, light and dark, in schermafdrukken/ (outside git).
screenshots: $(VENV)/.klaar
	@$(BIN)/regiomonitor build --quiet
	@$(BIN)/python bench/schermen.py

$(VENV)/.klaar: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 of nieuwer is nodig; kies er een met: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "Eenmalig: de omgeving maken (een paar minuten)…"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra ontwikkeling --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) data/warehouse/publicatie.duckdb data/warehouse/werk.duckdb data/warehouse/publicaties
