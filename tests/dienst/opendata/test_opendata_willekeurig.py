"""Whatever is asked of open data, it answers as described: never a fault of its own, and always in the form it says."""

from __future__ import annotations

import random
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from opendata import counter

from app.dienst.opendata.adressen import ADRESSEN, DATABASE
from app.dienst.opendata.grens import Grens
from app.uitgave.vorm.vormen import VORMEN
from pipelines.afspraken.codelijsten import Herkomst, Niveau

ZAAD, VRAGEN = 20261129, 250
# What a reader, a program that errs and someone who means ill would put in an address.
STUKKEN = [
    "", "dekkingsgraad", "RA0101", "NL01", "..", "%2e%2e", "a" * 200, "é", "\u2603", "'", '"', "<b>", "\x00", "\n", "0",
    "-1", "1e9", "99999999999999999999", "null", "../publicatie", "select 1", "2021", "2021KW09", "csv", "*", ",", ",,",
    "NL01,", *VORMEN, *Niveau, *Herkomst,
]  # fmt: skip
NAMEN = [
    "regio",
    "niveau",
    "periode",
    "branche",
    "herkomst",
    "pagina",
    "per_pagina",
    "publicatie",
    "voorbeeld",
    "x",
    "",
]
KOPPEN = {
    "accept_encoding": ["gzip", "gzip;q=0", "*", ",;,", "br"],
    "if_none_match": ["*", '"x"', "W/", ","],
    "range": ["bytes=0-1", "bytes=-1", "bytes=9-1", "bytes=-", "bytes=0-1,3-4", "bytes=99999999-", "x"],
}


def addresses(toeval: random.Random) -> str:
    sjabloon = toeval.choice([*(adres.sjabloon for adres in ADRESSEN), DATABASE, "/data/{naam}", "/data/v1/{naam}"])
    delen = {naam: quote(toeval.choice(STUKKEN), safe="") for naam in ("naam", "vorm", "csv", "van", "tot")}
    if toeval.random() < 0.6:
        delen |= {"naam": "NL01", "vorm": toeval.choice(list(VORMEN)), "csv": "csv"}
    delen["soort"] = toeval.choice(["indicatoren", "regios", "regios", "x"])
    vraag = [(toeval.choice(NAMEN), toeval.choice(STUKKEN)) for _ in range(max(0, toeval.randrange(-2, 4)))]
    return sjabloon.format(**delen) + (f"?{urlencode(vraag)}" if vraag else "")


def test_no_question_makes_it_fail(kleine_publicatie: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(kleine_publicatie))
    # Who asks as much as this would have to wait.
    monkeypatch.setattr(Grens, "take", lambda _self, _adres: 0)
    toeval = random.Random(ZAAD)
    gezien = set()
    with counter() as loket:
        for _ in range(VRAGEN):
            adres = addresses(toeval)
            koppen = {naam: toeval.choice(keuzes) for naam, keuzes in KOPPEN.items() if toeval.random() < 0.3}
            antwoord = loket.ask(adres, toeval.choice(["GET", "GET", "GET", "HEAD", "OPTIONS", "POST"]), **koppen)
            gezien.add(antwoord.status)
            assert antwoord.status in (200, 204, 206, 304, 400, 404, 405, 416), (adres, koppen)
            if antwoord.status in (400, 404, 405, 416):
                fout = antwoord.json["fout"]
                assert fout["wat"], adres
                assert fout.get("toegestaan") or fout.get("advies"), adres
    assert {200, 304, 400, 404, 405} <= gezien
