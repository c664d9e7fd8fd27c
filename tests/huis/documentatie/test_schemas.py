"""The JSON Schemas in docs/: what an editor calls right is what the readers take."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import ClassVar

import jsonschema
import pytest
import yaml

from pipelines.documentatie.maken import DOCS
from pipelines.documentatie.schemas import SCHEMAS

WORTEL = DOCS.parent
SOORTEN = {
    "bron": "pipelines/bronnen/*.yml",
    "indicatoren": "indicators.yml",
    "regels": "pipelines/regels/*.yml",
    "levering": "data/raw/*/*/levering.yml",
    "koppeling": "pipelines/bronnen/openbaar/statline/*.yml",
    "duokoppeling": "pipelines/bronnen/openbaar/duo/*.yml",
    "kolommen": "docs/handleiding/kolommen.yml",
}
BESTANDEN = [(soort, pad) for soort, vorm in SOORTEN.items() for pad in sorted(WORTEL.glob(vorm))]


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2, as an editor reads it: `nee` and a day are texts, 0.20 is a number."""

    yaml_implicit_resolvers: ClassVar = {
        begin: [(tag, vorm) for tag, vorm in paren if tag.endswith((":int", ":float", ":null"))]
        for begin, paren in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def faults(soort: str, tekst: str) -> list[str]:
    schema = json.loads((DOCS / "schemas" / f"{soort}.schema.json").read_text(encoding="utf-8"))
    inhoud = yaml.load(tekst, Loader=EditorLoader)
    return [fout.message for fout in jsonschema.Draft202012Validator(schema).iter_errors(inhoud)]


@pytest.mark.parametrize("soort", SOORTEN)
def test_every_shipped_file_is_right_by_its_schema(soort):
    paden = [pad for deel, pad in BESTANDEN if deel == soort]
    assert paden
    assert {pad.name: faults(soort, pad.read_text(encoding="utf-8")) for pad in paden} == {p.name: [] for p in paden}


@pytest.mark.parametrize(
    ("soort", "goed", "fout"),
    [
        ("bron", "type: periode", "type: priode"),
        ("bron", "sleutel:", "sluetel:"),
        ("bron", "leeg: ja", "leeg: waar"),
        ("indicatoren", "eenheid: aandeel", "eenheid: aandelen"),
        ("indicatoren", "  vraag:", "  vrag:"),
        ("regels", "pijler: [basis]", "pijler: [bassis]"),
        ("regels", "norm: 2/3", "norm: tweederde"),
        ("kolommen", "koprij: 4", "koprij: vier"),
        ("kolommen", "weglaten:", "weggelaten:"),
        ("levering", "herkomst: ", "herkomst: leverng # "),
        ("koppeling", "rest: weglaten", "rest: weg"),
        ("koppeling", "niveaus:", "niveau:"),
        ("duokoppeling", "soort: gemeentenaam", "soort: gemeente"),
    ],
)
def test_a_slip_is_seen_in_the_editor(soort, goed, fout):
    teksten = [pad.read_text(encoding="utf-8") for deel, pad in BESTANDEN if deel == soort]
    tekst = next(tekst for tekst in teksten if goed in tekst)
    assert faults(soort, tekst.replace(goed, fout, 1))


def test_a_file_of_the_project_names_its_schema_on_the_first_line():
    for soort, pad in BESTANDEN:
        if soort != "levering":
            regel = pad.read_text(encoding="utf-8").partition("\n")[0]
            (schema,) = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", regel).groups()
            assert Path(pad.parent, schema).resolve() == DOCS / "schemas" / f"{soort}.schema.json"


def test_there_is_a_schema_of_every_kind_of_file():
    assert set(SCHEMAS) == set(SOORTEN)
