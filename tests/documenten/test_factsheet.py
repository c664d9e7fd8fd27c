"""The factsheet: one sheet of A4 for every area, and a portrait of at most 150 words in which nothing is made up."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from documentdelen import elements
from lang import some_of
from pdfregels import pieces
from pypdf import PdfReader

from app.documenten import maken
from app.documenten.blokken import Grafiek, Kop, Tabelblok
from app.documenten.omvang import Omvang
from app.lezen import data
from app.lezen.gevraagd import publication_of
from app.lezen.rijen import Kenmerk
from app.oordeel.gesprek import dossier, gespreksgegevens
from app.oordeel.overzicht.portret import WOORDEN, portrait


@pytest.fixture
def merk(warehouse: Path) -> Kenmerk:
    return publication_of(warehouse, None)


def _areas(merk: Kenmerk) -> list[str]:
    return [c for c, r in data.regios(merk).items() if r.niveau in ("land", "wgo", "arbeidsmarktregio")]


def _portrait(merk: Kenmerk, code: str, *, voorbeeld: bool) -> list[str]:
    alles = dossier.build_dossier(merk, code, voorbeeld=voorbeeld)
    return portrait(alles, gespreksgegevens.collect(merk, code, voorbeeld))


@pytest.mark.lang
def test_every_area_has_one_sheet(merk: Kenmerk) -> None:
    for code in [*some_of(_areas(merk)[1:], 2), "NL01"]:
        for voorbeeld in (False, True):
            blad = maken.compose(merk, code, omvang=Omvang.BLAD, voorbeeld=voorbeeld)
            assert len(PdfReader(BytesIO(maken.write(blad, "pdf"))).pages) == 1, (code, voorbeeld)


def test_the_sheet_says_what_it_is_and_where_its_figures_are_from(merk: Kenmerk) -> None:
    tekst = PdfReader(BytesIO(maken.write(maken.compose(merk, "RA0101", omvang=Omvang.BLAD), "pdf"))).pages[0]
    regels = " ".join(tekst.extract_text().replace("\xad", "-").split())
    for deel in ("Factsheet: Groningen", "Het nieuwste van Groningen", "Bron: ", "Alleen geleverde en gepubliceerde",
                 data.publicatie(merk).publicatie_id):  # fmt: skip
        assert deel in regels, deel


@pytest.mark.parametrize("code", ["WGO01", "NL01"])
def test_the_line_follows_the_table_at_the_edge_of_the_text_and_its_sources_follow_at_once(
    merk: Kenmerk, code: str
) -> None:
    """In points: the text begins at 51.0 (18 mm), and the picture has a margin of a thirtieth of its width."""
    lezer = PdfReader(BytesIO(maken.write(maken.compose(merk, code, omvang=Omvang.BLAD), "pdf")))
    wortel = lezer.trailer["/Root"]["/StructTreeRoot"]
    (beeld,) = [e for e in elements(wortel) if e.get("/S") == "/Figure"]
    links, onder, rechts, boven = map(float, beeld["/A"][0]["/BBox"])
    hoogten = [stuk.onder for stuk in pieces(lezer.pages[0])]
    assert links + (rechts - links) / 30 == pytest.approx(51.0, abs=1)
    assert min(y for y in hoogten if y > boven) - boven < 30
    assert onder - max(y for y in hoogten if y < onder) < 20


def test_a_werkgeversorganisatie_with_a_short_table_has_her_regions_beside_the_line(merk: Kenmerk) -> None:
    blad = maken.compose(merk, "WGO01", omvang=Omvang.BLAD)
    tabellen = [b for b in blad.blokken if isinstance(b, Tabelblok)]
    assert [len(t.rijen) for t in tabellen] == [4, 2]
    assert tabellen[1].kolommen == ("Cijfer", "Groningen", "Drenthe", "Friesland")


def test_without_a_line_the_sheet_has_the_regions_and_what_was_told(merk: Kenmerk) -> None:
    blad = maken.compose(merk, "WGO06", omvang=Omvang.BLAD)
    assert not any(isinstance(b, Grafiek) for b in blad.blokken)
    assert [b.tekst for b in blad.blokken if isinstance(b, Kop) and b.niveau == 1] == [
        "De regio's", "Verhalen: wat werd gehoord en wat werkte",
    ]  # fmt: skip
    assert any("n.v.t." in rij for b in blad.blokken if isinstance(b, Tabelblok) for rij in b.rijen)


def test_the_portrait_of_a_region(merk: Kenmerk) -> None:
    zinnen = _portrait(merk, "RA0101", voorbeeld=False)
    assert zinnen[0] == "Groningen hoort bij werkgeversorganisatie ZorgpleinNoord."
    # DUO counted 1,297 first-years in 2018/19 and 1,304 in 2019/20.
    assert any("1.304 personen in schooljaar 2019/20 (+7 sinds schooljaar 2018/19" in zin for zin in zinnen)
    assert zinnen[-1].endswith("over Groningen zijn nog niet geleverd.")


def test_the_portrait_is_short_and_the_same_with_examples_or_without(merk: Kenmerk) -> None:
    for code in some_of(_areas(merk), 6):
        zinnen = _portrait(merk, code, voorbeeld=True)
        assert sum(len(zin.split()) for zin in zinnen) <= WOORDEN, code
        assert zinnen == _portrait(merk, code, voorbeeld=False), code


def test_an_area_that_ended_is_not_said_to_wait_for_figures(merk: Kenmerk) -> None:
    # Care2Care, which ended on 1 January 2019.
    zinnen = _portrait(merk, "WGO08", voorbeeld=False)
    assert not any("nog niet geleverd" in zin for zin in zinnen)
    blad = maken.compose(merk, "WGO08", omvang=Omvang.BLAD)
    assert not any("Bron: ." in str(blok) for blok in blad.blokken)
