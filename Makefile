PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The documentation has an environment of its own, so that start and test do not install it.
DOCS := $(VENV)/documentatie
# So have the tools that look at the packages themselves.
KETEN := $(VENV)/keten
# An environment is done for these locks alone, by their sum: one that was copied here is newer than any of them.
SOM := $(shell cat requirements.lock pyproject.toml | cksum | cut -d ' ' -f 1)
KLAAR := $(VENV)/.klaar-$(SOM)
KLAAR_ONTWIKKELING := $(KLAAR)-$(shell cksum < requirements-ontwikkeling.lock | cut -d ' ' -f 1)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE = uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header

.PHONY: help start test units faults audit load dekking docs hooks ontwikkeling screenshots lock wiel sbom kwetsbaarheden clean

help: ## deze lijst
	@echo "Gebruik: make DOEL"
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  %-12s %s\n", $$1, $$2 }'

start: $(KLAAR) ## maak de omgeving, bouw de publicatie en open de app op http://localhost:8501
	@$(BIN)/regiomonitor start

test: $(KLAAR_ONTWIKKELING) ## alle controles: stijl, typen, tests en reizen in een echte browser
	@tests/run.sh

units: $(KLAAR_ONTWIKKELING) ## alleen de tests die niets bouwen of starten, in een paar minuten
	@REGIOMONITOR_GEBIEDEN=uit $(BIN)/python -m pytest --numprocesses 2 --dist loadfile -m "not groot" tests --ignore tests/browser

faults: $(KLAAR_ONTWIKKELING) ## alles wat stuk kan gaan in zijn geheel, de controles van een commit over elk bestand, en de dekking (uren)
	@tests/faults.sh

audit: $(KLAAR) ## val de publicatie van nu aan, met wat er als open data uit gaat, ook als werkgever die zijn eigen cijfers kent
	@$(BIN)/regiomonitor build --quiet
	@rm -rf build/uitgedeeld
	@$(BIN)/regiomonitor export --format nl.csv -o build/uitgedeeld
	@$(BIN)/regiomonitor audit --insider --map build/uitgedeeld

load: $(KLAAR_ONTWIKKELING) ## een uur lang vijftig lezers, met elke twee minuten een nieuwe publicatie (MINUTEN=10 is korter)
	@$(BIN)/regiomonitor build --quiet
	@$(BIN)/python bench/bench_duur.py --minuten $(or $(MINUTEN),60)

dekking: $(KLAAR_ONTWIKKELING) ## hoeveel van de code de tests raken; minder dan tests/dekking.txt mag niet
	@tests/dekking.sh

docs: $(KLAAR) $(DOCS)/.klaar ## maak de naslag opnieuw, en van docs/ een site in build/docs
	@$(BIN)/python -m pipelines.documentatie
	@$(DOCS)/bin/zensical build --clean --strict
	@echo "Open build/docs/index.html."

hooks: $(KLAAR_ONTWIKKELING) ## controleer voortaan bij elke commit stijl, SQL en YAML
	@$(BIN)/pre-commit install

ontwikkeling: $(KLAAR_ONTWIKKELING) ## installeer ook wat de tests nodig hebben

screenshots: $(KLAAR_ONTWIKKELING) ## elke pagina op 1440 en 390 breed, licht en donker, in schermafdrukken/
	@$(BIN)/regiomonitor build --quiet
	@$(BIN)/python bench/schermen.py

# What building and serving need, and nothing else.
$(KLAAR):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 of nieuwer is nodig; kies er een met: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "Eenmalig: de omgeving maken (een paar minuten)…"
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q app pipelines
	@rm -f $(VENV)/.klaar*
	@touch $@

# What the tests need beside that.
$(KLAAR_ONTWIKKELING): $(KLAAR)
	@echo "Eenmalig: de pakketten voor de tests…"
	@$(INSTALL) --require-hashes -r requirements-ontwikkeling.lock
	@touch $@

$(DOCS)/.klaar: docs/requirements.txt $(KLAAR)
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

wiel: $(KLAAR) ## de code van de laatste commit als één bestand in build/, elke keer hetzelfde; installeren gaat uit de map
	@tests/wiel.sh

sbom: $(KETEN)/.klaar ## de pakketten van een server als CycloneDX, in build/sbom.cdx.json
	@mkdir -p build
	@$(KETEN)/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible --of JSON -o build/sbom.cdx.json
	@echo "De lijst staat in build/sbom.cdx.json."

kwetsbaarheden: $(KETEN)/.klaar $(KLAAR) ## heeft een pakket van een server een bekend lek? zegt het als dat niet is na te gaan
	@KETEN=$(KETEN)/bin tests/kwetsbaarheden.sh

clean: ## verwijder de omgeving en de publicaties, niet wat is geleverd of vastgelegd
	rm -rf $(VENV) build data/warehouse/publicatie.duckdb data/warehouse/werk.duckdb data/warehouse/publicaties data/warehouse/keuringen data/warehouse/cellen
