"""Verantwoording: long lists begin with a count, and are looked through a page at a time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scherm import run, text
from streamlit.testing.v1 import AppTest

from app.schermen.verantwoording import aansluiting, lijst
from app.schermen.verantwoording.lijst import Lijstregel


@pytest.fixture(autouse=True)
def omgeving(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))


def rows(scherm: AppTest, bijschrift: str) -> list[str]:
    """Return the rows of the table with this caption, as text."""
    for blok in scherm.get("html"):
        if f"<caption>{bijschrift}</caption>" in blok.proto.body:
            lijf = blok.proto.body.split("<tbody>")[1]
            return [re.sub(r"<[^>]+>", " ", rij) for rij in lijf.split("</tr>")[:-1]]
    return []


def test_a_figure_that_does_not_exist_agrees_with_nothing() -> None:
    gelijk = {"gepubliceerd": 0.66, "berekend": 0.66, "oordeel": "gelijk"}
    anders = {"gepubliceerd": 0.66, "berekend": 0.67, "oordeel": "wijkt_af"}
    nergens = {"gepubliceerd": None, "berekend": None, "oordeel": "gelijk"}
    assert aansluiting.verdict(nergens) == "nvt"
    assert aansluiting.summary([gelijk, anders, nergens]).startswith("1 van de 2 gepubliceerde cijfers komen overeen")
    assert "niet te vergelijken" not in aansluiting.summary([gelijk, anders])


@pytest.mark.parametrize(
    ("onderdeel", "bijschrift"),
    [
        ("controles", "Controles op de leveringen"),
        ("aansluiting", "Gepubliceerd naast berekend"),
        ("gaten", "Cijfers per indicator"),
    ],
)
def test_a_long_list_counts_first_and_shows_a_page(onderdeel: str, bijschrift: str) -> None:
    scherm = run("verantwoording", onderdeel=onderdeel)
    aantallen = rows(scherm, f"{bijschrift}: aantallen")
    assert len(rows(scherm, bijschrift)) == lijst.OP_BLADZIJDE
    # What is counted per group is what there is to page through.
    samen = sum(int(rij.split()[-1].replace(".", "")) for rij in aantallen)
    assert f"Rij 1 tot en met 25 van {samen}." in text(scherm)


def test_filters_and_words_narrow_the_list_and_start_at_its_first_page() -> None:
    scherm = run("verantwoording", onderdeel="aansluiting", bladzijde="3")
    assert "Rij 51 tot en met 75" in text(scherm)
    scherm.selectbox(key="kies_uitkomst").select("nvt").run()
    assert [rij.split()[0] for rij in rows(scherm, "Gepubliceerd naast berekend")] == ["Dekkingsgraad,"]
    scherm.selectbox(key="kies_uitkomst").select("alle").run()
    assert "Rij 1 tot en met 25" in text(scherm)
    scherm.text_input(key="kies_woord").set_value("TABEL 1.1 kinderopvang").run()
    assert len(rows(scherm, "Gepubliceerd naast berekend")) == 2
    scherm.text_input(key="kies_woord").set_value("bestaat vast niet").run()
    assert "Geen enkele rij past bij deze keuzes" in text(scherm)


def test_a_search_in_one_list_does_not_follow_the_reader_to_the_next() -> None:
    scherm = run("verantwoording", onderdeel="aansluiting", woord="kinderopvang")
    assert len(rows(scherm, "Gepubliceerd naast berekend")) < lijst.OP_BLADZIJDE
    scherm.button_group(key="kies_onderdeel").set_value("controles").run()
    assert len(rows(scherm, "Controles op de leveringen")) == lijst.OP_BLADZIJDE


def test_a_delivery_leads_to_its_own_checks() -> None:
    adres = re.search(r'groepering=([^"&]*verzuim[^"&]*)"', text(run("verantwoording", onderdeel="leveringen")))
    assert adres
    scherm = run("verantwoording", onderdeel="controles", groepering="verzuim/voorbeeld, verzuim")
    getoond = rows(scherm, "Controles op de leveringen")
    assert getoond
    assert all(rij.startswith("  Ziekteverzuim: verzuim, ") for rij in getoond)


def test_words_are_found_without_accents_and_not_in_the_markup() -> None:
    regel = Lijstregel(("Enquête", "<code>kolom</code>"), "goed", "a")
    assert lijst._holds(regel, "enquete KOLOM")
    assert not lijst._holds(regel, "code")
