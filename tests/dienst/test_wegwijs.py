"""The way for who is new, and the terms that are explained where they stand."""

from __future__ import annotations

import json
import re

from app.dienst.wegwijs import UITGELEGD, explained, welcome
from app.raam.paginas import PADEN
from app.raam.zoeken.index import terms
from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, load_indicatoren


def test_four_readers_have_three_lines_each_that_lead_somewhere() -> None:
    delen = re.findall(r"<section><h3>([^<]*)</h3><ul>(.*?)</ul>", welcome())
    adressen = [re.findall(r'href="([^"]*)"', lijst) for _, lijst in delen]
    assert [len(a) for a in adressen] == [3, 3, 3, 3]
    bekend = load_indicatoren(INDICATORS_YML, load_bronnen())
    for adres in (adres for lijst in adressen for adres in lijst):
        pad, _, vraag = adres.partition("?")
        assert pad in PADEN | {"/data/v1"}
        if pad == "/indicator":
            assert vraag.removeprefix("indicator=") in bekend


def test_every_term_that_is_explained_stands_in_the_one_list() -> None:
    assert set(UITGELEGD) <= set(terms())
    assert json.loads(explained())["RAAT"].startswith("regionaal actieplan tegen tekorten")
