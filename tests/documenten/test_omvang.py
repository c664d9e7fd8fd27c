"""A dossier is short: what matters, a map and a course; what cannot be shown is counted and not listed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.documenten import maken
from app.documenten.blokken import Alinea, Document, Grafiek, Kaart, Lijstblok, Tabelblok
from app.lezen import data
from app.lezen.gevraagd import publication_of
from app.lezen.rijen import Kenmerk
from app.oordeel import zinnen

HOOGSTENS = 6


@pytest.fixture(scope="module")
def merk(warehouse: Path) -> Kenmerk:
    return publication_of(warehouse, None)


@pytest.mark.parametrize("voorbeeld", [False, True])
@pytest.mark.parametrize("regio", ["RA0101", "WGO05"])
def test_the_dossier_of_an_area_has_six_pages_at_most_with_a_map_and_a_course(
    merk: Kenmerk, regio: str, voorbeeld: bool
) -> None:
    document = maken.compose(merk, regio, voorbeeld=voorbeeld)
    bladen = PdfReader(BytesIO(maken.write(document, "pdf"))).pages
    assert len(bladen) <= HOOGSTENS
    # A quarter with what is said of it stands on one line of its column.
    perioden = {veld for rij in figures(document).rijen for veld in rij if " kwartaal 20" in veld and "," in veld}
    tekst = "".join(blad.extract_text() for blad in bladen)
    assert all(f"{periode.partition(',')[0]}," in tekst for periode in perioden)
    (kaart,) = [b for b in document.blokken if isinstance(b, Kaart)]
    # A map beside made-up figures is real itself.
    assert "VOORBEELD" not in kaart.alt
    assert b"<svg" in kaart.svg("publicatie van vandaag")[:400]
    # Of a WGO nothing real was delivered that has a course.
    heeft_verloop = any(isinstance(b, Grafiek) for b in document.blokken)
    assert heeft_verloop == (voorbeeld or regio == "RA0101")
    assert "geen cijfer" not in [veld for rij in figures(document).rijen for veld in rij]


def figures(document: Document) -> Tabelblok:
    return next(b for b in document.blokken if isinstance(b, Tabelblok) and b.bijschrift.startswith("Kerncijfers"))


def test_what_is_not_in_the_table_is_counted(merk: Kenmerk) -> None:
    document = maken.compose(merk, "RA0101", voorbeeld=True)
    assert len(figures(document).rijen) == 16
    (rest,) = [b.tekst for b in document.blokken if isinstance(b, Alinea) and b.tekst.startswith("Niet in deze tabel")]
    assert "nog 39 cijfers en 2 cijfers zonder waarde" in rest


def test_the_monitor_of_the_country_has_a_map_and_its_courses_and_counts_what_cannot_be_said(merk: Kenmerk) -> None:
    document = maken.compose(merk, "NL01")
    soorten = [type(b) for b in document.blokken]
    assert soorten.count(Kaart) == 1
    assert soorten.count(Grafiek) == 3
    teksten = [b.tekst for b in document.blokken if isinstance(b, Alinea)]
    assert any("is niet te zeggen of het op koers ligt" in tekst for tekst in teksten)
    assert not [b for b in document.blokken if isinstance(b, Tabelblok) and "Niet te zeggen" in str(b.rijen)]


def test_the_map_says_which_area_is_marked_and_what_its_figure_is(merk: Kenmerk) -> None:
    document = maken.compose(merk, "RA0101")
    (kaart,) = [b for b in document.blokken if isinstance(b, Kaart)]
    eigen = next(r for r in kaart.rijen if r.regio_code == "RA0101")
    indicator = data.indicatoren(merk)[eigen.indicator_id]
    zin = f"{indicator.titel} in {document.titel} "
    svg = kaart.svg("publicatie van vandaag").decode()
    assert zin in kaart.alt
    assert zinnen.figure(eigen, indicator.eenheid) in kaart.alt.partition(zin)[2]
    assert f"gekozen regio: {document.titel}" in svg
    assert "tabel onder de kaart" not in kaart.alt + svg
    van_land = next(b for b in maken.compose(merk, "NL01").blokken if isinstance(b, Kaart))
    assert "gekozen regio" not in van_land.svg("publicatie").decode()


@pytest.mark.parametrize("regio", ["RA0101", "WGO05", "NL01"])
@pytest.mark.parametrize("omvang", [maken.Omvang.HEEL, maken.Omvang.KORT])
def test_every_figure_of_a_document_has_its_source_at_the_back(merk: Kenmerk, regio: str, omvang: maken.Omvang) -> None:
    document = maken.compose(merk, regio, omvang=omvang)
    titels = {i.titel for i in data.indicatoren(merk).values()}
    tabellen = {b.bijschrift: b for b in document.blokken if isinstance(b, Tabelblok)}
    achterin = {rij[0] for rij in tabellen["Wat elk cijfer is en waar het vandaan komt"].rijen}
    getekend = {b.rijen[0].indicator_id for b in document.blokken if isinstance(b, Kaart)}
    getekend |= {b.lijnen[0].rijen[0].indicator_id for b in document.blokken if isinstance(b, Grafiek)}
    genoemd = {data.indicatoren(merk)[naam].titel for naam in getekend}
    genoemd |= {rij[0].partition(" (")[0] for rij in figures(document).rijen} & titels
    genoemd |= {
        zin.partition(":")[0] for b in document.blokken if isinstance(b, Lijstblok) for zin in b.punten
    } & titels
    assert genoemd - achterin == set()


@pytest.mark.parametrize(("regio", "waar"), [("RA0101", "Voortgangsgesprek en Open data"), ("WGO05", "Open data")])
def test_the_reader_is_sent_to_a_page_that_has_the_area(merk: Kenmerk, regio: str, waar: str) -> None:
    document = maken.compose(merk, regio, omvang=maken.Omvang.KORT, voorbeeld=True)
    assert [b for b in document.blokken if isinstance(b, Alinea) and b.tekst.endswith(f"de monitor, bij {waar}.")]


@pytest.mark.parametrize("regio", ["RA0101", "WGO05"])
def test_a_region_with_few_figures_has_no_empty_slides_and_says_what_there_is_not(merk: Kenmerk, regio: str) -> None:
    document = maken.compose(merk, regio)
    staat = document.dias[0]
    (tabel,) = [deel for deel in staat.delen if isinstance(deel, Tabelblok)]
    assert 4 <= len(tabel.rijen) <= 6
    assert all(any(not isinstance(deel, Alinea) for deel in dia.delen) for dia in document.dias)
    lijnen = [deel for dia in document.dias for deel in dia.delen if isinstance(deel, Grafiek)]
    assert bool(lijnen) is not ("Nog geen ontwikkeling in de tijd" in str(staat.delen))
