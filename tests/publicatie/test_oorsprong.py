"""Who made a published figure, who quoted it, and where it stands."""

from __future__ import annotations

import csv
from collections import Counter
from operator import itemgetter
from pathlib import Path

import pytest

from app.lezen import data
from app.lezen.onderwerp import bewijs
from app.oordeel import bijschriften

REFERENTIE = Path(__file__).parents[2] / "pipelines" / "referentie" / "oorsprong.csv"
RAW = Path(__file__).parents[2] / "data" / "raw" / "gepubliceerd"


def figure(publicatie, cijfer_id: str) -> tuple:
    vraag = "select oorsprong, geciteerd_door, adres, plek from gepubliceerd_cijfer where cijfer_id = ?"
    return publicatie.execute(vraag, [cijfer_id]).fetchone()


def rows(bron: str, bestand: str) -> list[dict[str, str]]:
    """Return every row of one table in the shipped deliveries of a source."""
    paden = sorted((RAW.parent / bron).glob(f"*/{bestand}.csv"))
    return [r for pad in paden for r in csv.DictReader(pad.read_text("utf-8-sig").splitlines())]


def reference(naam: str) -> list[dict[str, str]]:
    return [*csv.DictReader((REFERENTIE.parent / f"{naam}.csv").read_text("utf-8").splitlines())]


def test_every_figure_that_shares_its_key_says_whether_it_stands_in_a_table():
    kenmerken = {r["id"]: r for r in reference("cijferkenmerken")}
    cijfers = rows("gepubliceerd", "cijfers")
    sleutel = itemgetter("indicator_id", "categorie", "uitsplitsing", "regio_code", "branche_code", "periode")
    vaker = {s for s, aantal in Counter(map(sleutel, cijfers)).items() if aantal > 1}
    gedeeld = {r["id"] for r in cijfers if sleutel(r) in vaker}
    assert len(gedeeld) == 168
    assert {i for i in gedeeld if kenmerken.get(i, {}).get("is_tabel") not in ("0", "1")} == set()
    assert set(kenmerken) <= {r["id"] for r in cijfers}
    assert all(r["grond"] for r in kenmerken.values())


def test_every_forecast_that_is_called_smal_has_that_as_its_afbakening():
    smal = {
        r["id"] for r in rows("gepubliceerd", "cijfers")
        if r["indicator_id"] == "tekort_verwacht" and r["id"] != "H-097"  # the difference between breed and smal
        and "smal" in r["populatie"] + r["opmerking"]
    }  # fmt: skip
    assert {r["id"] for r in reference("cijferkenmerken") if r["afbakening"] == "azw_smal"} == smal


def test_every_study_of_the_panel_says_what_its_questions_ask():
    assert {r["studie"] for r in rows("panel", "uitkomsten")} == {r["studie"] for r in reference("panelvragen")}


def test_every_row_of_the_reference_is_a_source_of_a_delivered_figure_and_says_on_what_ground():
    bronnen = set()
    for pad in RAW.glob("*/cijfers.csv"):
        with pad.open(encoding="utf-8-sig", newline="") as stroom:
            bronnen |= {rij["bron"] for rij in csv.DictReader(stroom)}
    with REFERENTIE.open(encoding="utf-8", newline="") as stroom:
        rijen = list(csv.DictReader(stroom))
    assert {rij["bron"] for rij in rijen} <= bronnen
    assert all(rij["oorsprong"] and rij["grond"] and rij["met_link"] in ("ja", "nee") for rij in rijen)


@pytest.mark.parametrize(
    ("cijfer", "verwacht"),
    [
        # Quoted: a table of CBS on a news site, and a message of CBS that another printed.
        ("O-055", ("CBS", "zoekbaan.com", "https://www.zoekbaan.com/gezondheids-en-welzijnszorg/"
                   "toename-vacatures-gezondheids-en-welzijnszorg/06/", "tabel vacatures per provincie")),
        ("H-193", ("CBS", "Blik op nieuws", "https://www.blikopnieuws.nl/gezondheid/298550/"
                   "in-2022-opnieuw-meer-werknemers-in-zorg-en-welzijn.html", "")),
        # First hand: an address and a place that stood in one cell.
        ("H-287", ("CBS", None, "https://www.cbs.nl/nl-nl/nieuws/2024/21/minder-nieuwe-studenten-verpleegkunde-en-"
                   "verzorgende", "tabel Nieuwe studenten verpleegkunde en verzorgende ig")),
        ("S1-084", ("Nulmeting SRS 2021 (SEOR, 2022)", None, None, "p.8~; Tabel 1.1")),
    ],
)  # fmt: skip
def test_the_maker_is_the_source_and_who_quoted_it_stands_behind_it(publicatie, cijfer, verwacht):
    assert figure(publicatie, cijfer) == verwacht


def test_a_place_that_says_only_that_it_is_text_or_a_page_is_left_empty(publicatie):
    assert publicatie.execute(
        "select count(*) from gepubliceerd_cijfer where plek in ('tekst', 'webpagina')"
    ).fetchone() == (0,)


def test_a_figure_without_a_known_maker_does_not_have_the_one_who_quoted_it_for_one(warehouse, monkeypatch):
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))
    bronnen = {rij.bron for rij in data.waarnemingen(data.kenmerk(), "zij_instroom", False)}
    assert "maker niet vermeld (uit de tweede hand, geciteerd door rtvdrenthe.nl)" in bronnen


def test_every_maker_is_named_once_with_all_who_quoted_it():
    cbs = "CBS (uit de tweede hand, geciteerd door {})"
    assert bijschriften._makers(["CBS", cbs.format("Skipr"), cbs.format("nrc.nl"), "DUO"]) == [
        "CBS (deels uit de tweede hand, geciteerd door Skipr en nrc.nl)",
        "DUO",
    ]
    assert bijschriften._makers([cbs.format("Skipr"), "AZW (uit de tweede hand)"]) == [
        cbs.format("Skipr"),
        "AZW (uit de tweede hand)",
    ]


def test_a_page_that_is_about_something_else_is_no_link(publicatie):
    """Among them an opinion page that names a figure in passing."""
    adressen = publicatie.execute("select bron, adres from gepubliceerd_cijfer where bron like '%watuzegt%'").fetchall()
    assert [adres for _, adres in adressen] == [None]


def test_an_opinion_page_carries_no_figure_and_the_list_says_why(publicatie):
    """Verzuim of 2020KW04 stood on nothing better: 6,9% is kept, and shown nowhere."""
    sleutel = (
        "indicator_id = 'verzuim' and uitsplitsing = 'meting=kzv' and periode = '2020KW04' and regio_code = 'NL01'"
    )
    totaal = f"{sleutel} and branche_code = 'TOTAAL'"
    vraag = f"select cijfer_id, waarde, gekozen, opmerking from gepubliceerd_cijfer where {totaal}"
    reden = "AZW; bedrijfstak Q volgens andere bron 6,8; niet getoond: deze bladzijde is een opiniestuk"
    assert publicatie.execute(vraag).fetchall() == [("O-006", 0.069, False, reden)]
    assert publicatie.execute(f"select count(*) from beste_waarneming where {totaal}").fetchone() == (0,)
    # A news page about the figure does carry it.
    anders = f"select waarde from beste_waarneming where {sleutel} and branche_code = 'VVT'"
    assert publicatie.execute(anders).fetchone() == (0.085,)


def test_a_place_is_one_place(publicatie):
    vraag = (
        "select count(*) from gepubliceerd_cijfer where plek like '%://%' or (plek like '%; %' and plek not like 'p.%')"
    )
    assert publicatie.execute(vraag).fetchone() == (0,)


def test_no_page_has_a_quote_where_the_figure_itself_is_known(publicatie):
    vraag = """
        select count(*) from gepubliceerd_cijfer g join gepubliceerd_cijfer a
            using (indicator_id, categorie, uitsplitsing, regio_code, branche_code, periode)
        where g.gekozen and g.kwaliteit = 'secundair' and a.kwaliteit = 'primair'
    """
    assert publicatie.execute(vraag).fetchone() == (0,)


def test_on_screen_a_quote_says_that_it_is_second_hand(warehouse, monkeypatch):
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))
    merk = data.kenmerk()
    bronnen = {rij.bron for rij in data.waarnemingen(merk, "verzuim", True) if rij.herkomst == "gepubliceerd"}
    assert "CBS" in bronnen
    assert "CBS (uit de tweede hand, geciteerd door nrc.nl)" in bronnen
    assert not [bron for bron in bronnen if "://" in bron]
    tabel = bewijs.gepubliceerde_cijfers(merk, "verzuim")
    assert "oorsprong" in tabel.kolommen


def test_figures_that_gave_way_stand_beside_the_one_that_is_shown_with_the_cause(publicatie):
    vraag = """
        select gepubliceerd, berekend, oordeel, oorzaak from aansluiting
        where bron like '% naast %' and uitsplitsing = ? and periode = ? and regio_code = 'NL01'
    """
    leerlingen = publicatie.execute(vraag, ["opleiding=verpleegkundige_mbo", "2016/17"]).fetchall()
    assert leerlingen == [(8400, 8500, "gelijk_na_afronding", "afronding")]
    vacatures = publicatie.execute(vraag, ["afbakening=sbi_q", "2019KW02"]).fetchall()
    assert vacatures == [(38_700, 38_000, "wijkt_af", "herzien")]
