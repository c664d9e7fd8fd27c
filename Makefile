PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The documentation has an environment of its own, so that start and test do not install it.
DOCS := $(VENV)/documentatie
# So have the tools that look at the packages themselves.
KETEN := $(VENV)/keten
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE = uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header

.PHONY: help start test faults dekking docs hooks ontwikkeling screenshots lock wiel sbom kwetsbaarheden clean

help: ## deze lijst
	@echo "Gebruik: make DOEL"
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  %-12s %s\n", $$1, $$2 }'

start: $(VENV)/.klaar ## maak de omgeving, bouw de publicatie en open de app op http://localhost:8501
	@$(BIN)/regiomonitor start

test: $(VENV)/.klaar-ontwikkeling ## alle controles: stijl, typen, tests en reizen in een echte browser
	@tests/run.sh

faults: $(VENV)/.klaar-ontwikkeling ## alles wat stuk kan gaan in zijn geheel: afbreken, beschadigen en volhouden (tientallen minuten)
	@tests/faults.sh

dekking: $(VENV)/.klaar-ontwikkeling ## hoeveel van de code de tests raken; minder dan tests/dekking.txt mag niet
	@tests/dekking.sh

docs: $(VENV)/.klaar $(DOCS)/.klaar ## maak de naslag opnieuw, en van docs/ een site in build/docs
	@$(BIN)/python -m pipelines.documentatie
	@$(DOCS)/bin/zensical build --clean --strict
	@echo "Open build/docs/index.html."

hooks: $(VENV)/.klaar-ontwikkeling ## controleer voortaan bij elke commit stijl, SQL en YAML
	@$(BIN)/pre-commit install

ontwikkeling: $(VENV)/.klaar-ontwikkeling ## installeer ook wat de tests nodig hebben

screenshots: $(VENV)/.klaar-ontwikkeling ## elke pagina op 1440 en 390 breed, licht en donker, in schermafdrukken/
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

$(DOCS)/.klaar: docs/requirements.txt $(VENV)/.klaar
	@echo "Eenmalig: de omgeving voor de documentatie maken…"
	@$(BIN)/python -m venv $(DOCS)
	@$(DOCS)/bin/python -m pip install --quiet --disable-pip-version-check -r docs/requirements.txt
	@touch $@

$(KETEN)/.klaar: tests/keten.txt
	@echo "Eenmalig: de omgeving maken die naar de pakketten kijkt…"
	@$(PYTHON) -m venv $(KETEN)
	@$(KETEN)/bin/python -m pip install --quiet --disable-pip-version-check -r tests/keten.txt
	@touch $@

# Versions that are there stay, unless something asks for another.
lock: ## leg de versies van alle pakketten vast, met hun hashes
	$(COMPILE) --group installatie --output-file requirements.lock pyproject.toml
	$(COMPILE) --group ontwikkeling --constraint requirements.lock --output-file requirements-ontwikkeling.lock

wiel: $(VENV)/.klaar ## het pakket van de laatste commit in build/; elke keer hetzelfde bestand
	@tests/wiel.sh

sbom: $(KETEN)/.klaar ## de pakketten van een server als CycloneDX, in build/sbom.cdx.json
	@mkdir -p build
	@$(KETEN)/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible --of JSON -o build/sbom.cdx.json
	@echo "De lijst staat in build/sbom.cdx.json."

kwetsbaarheden: $(KETEN)/.klaar $(VENV)/.klaar ## heeft een pakket van een server een bekend lek? zegt het als dat niet is na te gaan
	@KETEN=$(KETEN)/bin tests/kwetsbaarheden.sh

clean: ## verwijder de omgeving en de publicaties, niet wat is geleverd of vastgelegd
	rm -rf $(VENV) build data/warehouse/publicatie.duckdb data/warehouse/werk.duckdb data/warehouse/publicaties data/warehouse/keuringen
