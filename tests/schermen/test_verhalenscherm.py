"""Telling beside counting: stories of the pijler, of one's own region and the whole country, each with its source."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from publicatiebed import Toon
from scherm import run

from app.lezen.onderwerp.verhaalrijen import Verhaal
from app.oordeel.overzicht import verhalen

VERHAAL = Verhaal(
    "v1", "inzicht", "innoveren", "NL01", "", "Titel", "Tekst.", "professional", 30, "Bron (2022)", "p.1", 2022
)


@pytest.fixture
def pub(toon: Toon) -> Path:
    """The shipped publication with three stories of its own."""
    rijen = [
        f"('{naam}', 'inzicht', 'innoveren', '', '{regio}', '', 'Verhaal {naam}', '<b>Proef</b>', 'bestuurder', null, "
        "'Proefbron', 'p.1', 2022)"
        for naam, regio in (("v1", "NL01"), ("v2", "RA0101"), ("v3", "RA0512"))
    ]
    return toon("delete from verhaal", f"insert into verhaal values {', '.join(rijen)}")


def say(naam: str = "pijlers", **keuze: str) -> str:
    """Return what a page says outside its titles."""
    return "\n".join(e.proto.body for e in run(naam, **keuze).get("html"))


def test_stories_stand_beside_the_figures_of_their_pijler_as_text(pub: Path) -> None:
    tekst = say(pijler="innoveren")
    naast = tekst[tekst.index('class="rm-naast"') :]
    assert 'class="rm-schakel"' in naast
    assert "Verhaal v1" in naast
    assert "&lt;b&gt;Proef&lt;/b&gt;" in naast
    assert "Volgens bestuurders. Bron: Proefbron, 2022, bladzijde 1." in unescape(naast)
    assert "Verhaal v1" not in say(pijler="basis")


def test_a_wgo_reads_stories_of_its_own_regions_and_of_the_country(pub: Path) -> None:
    # WGO01 is Groningen (RA0101), Drenthe and Friesland; RA0512 is Utrecht.
    assert set(re.findall(r"Verhaal v\d", say(pijler="innoveren", groep="WGO01"))) == {"Verhaal v1", "Verhaal v2"}


def test_a_region_shows_its_own_stories_and_without_any_says_so(pub: Path) -> None:
    assert set(re.findall(r"Verhaal v\d", say("mijn_regio", regio="WGO01"))) == {"Verhaal v2"}
    zonder = say("mijn_regio", regio="RA0308")
    assert "is nog geen verhaal geleverd. Over heel Nederland is er 1 verhaal." in zonder
    assert "Verhaal v" not in zonder


def test_a_pijler_without_stories_says_so(pub: Path) -> None:
    assert "nog geen verhalen geleverd (bron verhalen)" in say(pijler="basis")


def test_a_few_stories_differ_in_kind_before_they_repeat() -> None:
    soorten = ("inzicht", "inzicht", "inzicht", "goed_voorbeeld", "signaal")
    lijst = [Verhaal(f"v{i}", s, "basis", "", "", "", "", "", None, "", "", None) for i, s in enumerate(soorten)]
    assert [v.verhaal_id for v in verhalen.choose(lijst, 4)] == ["v3", "v0", "v4", "v1"]
    assert verhalen.choose([], 4) == []


def test_who_tells_it_is_said_with_number_and_source() -> None:
    assert verhalen.voice(VERHAAL) == "Volgens 30 professionals. Bron: Bron (2022), bladzijde 1."
