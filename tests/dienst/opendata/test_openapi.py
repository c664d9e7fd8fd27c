"""The description of open data is true: what it says can be asked, and nothing else comes back than it says."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from opendata import Loket, counter

DELEN = {"soort": "regios", "naam": "RA0101", "csv": "csv"}
# Of each parameter: what is right, and what is not.
WAARDEN = {
    "regio": ("NL01,RA0101", "NL99"), "niveau": ("land", "dorp"), "periode": ("2021", "ooit"),
    "branche": ("TOTAAL", "XX"), "herkomst": ("levering", "verzonnen"), "pagina": ("1", "-1"),
    "per_pagina": ("10", "0"), "publicatie": (None, "\u2603"), "voorbeeld": ("0", "2"),
}  # fmt: skip


@pytest.fixture
def loket(kleine_publicatie: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loket]:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(kleine_publicatie))
    with counter() as loket:
        yield loket


def check(loket: Loket, beschrijving: Any, pad: str, adres: str) -> int:
    antwoord = loket.ask(adres)
    gezegd = beschrijving["paths"][pad]["get"]["responses"]
    assert str(antwoord.status) in gezegd, (adres, antwoord.status)
    soorten = gezegd[str(antwoord.status)]["content"]
    assert antwoord.koppen["content-type"].partition(";")[0] in soorten, adres
    if antwoord.status != 200:
        jsonschema.validate(antwoord.json, beschrijving["components"]["schemas"]["Fout"])
    return antwoord.status


def test_every_path_with_every_parameter_answers_as_described(loket: Loket) -> None:
    beschrijving = loket.ask("/data/v1/openapi.json").json
    gezien: set[tuple[str, str, int]] = set()
    delen = DELEN | dict.fromkeys(("van", "tot"), beschrijving["info"]["version"])
    for pad, werk in beschrijving["paths"].items():
        parameters = werk["get"].get("parameters", [])
        vormen = next((p["schema"]["enum"] for p in parameters if p["name"] == "vorm"), ["json"])
        adres = pad.format(**delen, vorm=vormen[0])
        gezien.add((pad, "", check(loket, beschrijving, pad, adres)))
        check(loket, beschrijving, pad, f"{adres}?onbekend=1")
        for parameter in (p["name"] for p in parameters if p["in"] == "query"):
            goed, fout = WAARDEN[parameter]
            if goed is not None:
                assert check(loket, beschrijving, pad, f"{adres}?{parameter}={goed}") == 200
            assert check(loket, beschrijving, pad, f"{adres}?{parameter}={fout}".replace("\u2603", "%E2%98%83")) in (
                400, 404,
            )  # fmt: skip
        for vorm in vormen:
            check(loket, beschrijving, pad, pad.format(**delen, vorm=vorm))
    assert {status for _, _, status in gezien} == {200}


def test_a_row_is_as_described(loket: Loket) -> None:
    schema = loket.ask("/data/v1/openapi.json").json["components"]["schemas"]["Rij"]
    rijen = loket.ask("/data/v1/indicatoren/dekkingsgraad.json").json["rijen"]
    for rij in rijen:
        jsonschema.validate(rij, schema)
    assert rijen


def test_parameters_together_never_give_another_status_than_described(loket: Loket) -> None:
    beschrijving = loket.ask("/data/v1/openapi.json").json
    pad = "/data/v1/{soort}/{naam}.{vorm}"
    for een, twee in itertools.combinations(["regio", "niveau", "periode", "branche", "herkomst", "pagina"], 2):
        for a, b in ((0, 0), (0, 1)):
            vraag = f"{een}={WAARDEN[een][a]}&{twee}={WAARDEN[twee][b]}"
            check(loket, beschrijving, pad, f"/data/v1/regios/NL01.csv?{vraag}")
