"""Verantwoording: long lists begin with a count, and are looked through a page at a time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from scherm import plain, run, text
from streamlit.testing.v1 import AppTest
from zinrijen import BASIS

from app.schermen.verantwoording import aansluiting, catalogus, lijst
from app.schermen.verantwoording.lijst import Lijstregel
from pipelines.afspraken.codelijsten import TOTAAL
from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.warehouse.verbinding import PUBLICATIE
from pipelines.openbaar.openen import load_all


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
    assert aansluiting.summary([gelijk, anders, nergens]).startswith("1 van de 2 gepubliceerde cijfers komt overeen")
    assert "niet te vergelijken" not in aansluiting.summary([gelijk, anders])


def test_the_newest_figure_of_a_branche_is_named_where_it_is_newer_than_the_whole() -> None:
    heel = replace(BASIS, branche_code=TOTAAL, periode_naam="2022", eind=date(2022, 12, 31))
    deel = replace(heel, branche_code="ZKH", periode_naam="2e kwartaal 2024", eind=date(2024, 6, 30))
    assert catalogus.newest_part([heel, deel]) == "; per branche 2e kwartaal 2024"
    assert catalogus.newest_part([heel, replace(deel, waarde=None)]) == catalogus.newest_part([deel]) == ""


def test_what_differs_is_counted_with_its_cause_and_what_is_made_up_is_not_counted() -> None:
    echt = {"gepubliceerd": 0.66, "berekend": 0.66, "oordeel": "gelijk", "herkomst_berekend": "levering"}
    herzien = echt | {"oordeel": "wijkt_af", "oorzaak": "herzien"}
    vreemd = echt | {"oordeel": "wijkt_af", "oorzaak": None}
    verzonnen = echt | {"herkomst_berekend": "synthetisch"}
    assert aansluiting.real([echt, verzonnen]) == [echt]
    assert aansluiting.summary([echt, herzien, herzien, vreemd]) == (
        "1 van de 4 gepubliceerde cijfers komt overeen met wat de monitor zelf berekent. "
        "3 wijken af: herzien (2); oorzaak niet bekend (1)."
    )
    assert aansluiting.summary([herzien]).startswith("Het enige gepubliceerde cijfer komt niet overeen")
    assert aansluiting.summary([]).startswith("Er is nog geen gepubliceerd cijfer")


@pytest.mark.parametrize(
    ("onderdeel", "bijschrift"),
    [
        ("controles", "Controles op de leveringen"),
        ("gaten", "Cijfers per indicator"),
    ],
)
def test_a_long_list_shows_a_page_and_counts_what_there_is(onderdeel: str, bijschrift: str) -> None:
    scherm = run("verantwoording", onderdeel=onderdeel)
    aantallen = rows(scherm, f"{bijschrift}: aantallen")
    assert len(rows(scherm, bijschrift)) == lijst.OP_BLADZIJDE
    # What is counted per group is what there is to page through.
    samen = sum(int(rij.split()[-1].replace(".", "")) for rij in aantallen)
    assert f"Rij 1 tot en met 25 van {samen}." in text(scherm)


def test_the_results_come_before_counts_and_filters_that_are_folded_away() -> None:
    scherm = run("verantwoording", uitkomst="echt")
    gezegd = text(scherm)
    assert gezegd.index("<caption>Alle cijfers<") < gezegd.index("<caption>Alle cijfers: aantallen<")
    # What is set is said; its widgets come when they are asked for.
    assert "met echte cijfers" in gezegd
    assert [veld.key for veld in scherm.selectbox] == ["kies_bladzijde"]


def test_filters_and_words_narrow_the_list_and_start_at_its_first_page() -> None:
    scherm = run("verantwoording", [lijst.FILTEREN], onderdeel="gaten", bladzijde="3")
    assert "Rij 51 tot en met 75" in text(scherm)
    scherm.selectbox(key="kies_uitkomst").select("volledig").run()
    assert 0 < len(rows(scherm, "Cijfers per indicator")) < lijst.OP_BLADZIJDE
    scherm.selectbox(key="kies_uitkomst").select("alle").run()
    assert "Rij 1 tot en met 25" in text(scherm)
    scherm.text_input(key="kies_woord").set_value("DEKKINGSGRAAD").run()
    assert len(rows(scherm, "Cijfers per indicator")) < lijst.OP_BLADZIJDE
    scherm.text_input(key="kies_woord").set_value("bestaat vast niet").run()
    assert "Geen enkele rij past bij deze keuzes" in text(scherm)


def test_a_mapping_that_nobody_confirmed_is_named_as_such_where_its_figures_are_missed(warehouse: Path) -> None:
    """The list has every one of them; the table above it those of which the figures are not there in another way."""
    rijen = rows(run("verantwoording", onderdeel="gaten"), "Openbare tabellen die ontbrekende cijfers kunnen vullen")
    koppelingen = load_all(load_bronnen())
    onbevestigd = {naam for naam, koppeling in koppelingen.items() if not koppeling.sleutels_gezien}
    with duckdb.connect(str(warehouse / PUBLICATIE), read_only=True) as con:
        (in_lijst,) = con.execute("select string_agg(openbaar_onbevestigd, ', ') from beschikbaarheid").fetchone()
    assert {opdracht.split()[-1] for opdracht in filter(None, in_lijst.split(", "))} == onbevestigd
    genoemd = {naam for naam in koppelingen for rij in rijen if "nog niet bevestigd" in rij and f" {naam} " in rij}
    assert genoemd
    assert genoemd <= onbevestigd


def test_a_search_in_one_list_does_not_follow_the_reader_to_the_next() -> None:
    scherm = run("verantwoording", onderdeel="gaten", woord="dekkingsgraad")
    assert len(rows(scherm, "Cijfers per indicator")) < lijst.OP_BLADZIJDE
    scherm.button_group(key="kies_onderdeel").set_value("indicatoren").run()
    assert len(rows(scherm, "Alle cijfers")) == lijst.OP_BLADZIJDE


def test_open_data_is_a_page_to_read_with_the_addresses_for_programs() -> None:
    gezegd = text(run("verantwoording", onderdeel="opendata", voorbeeld="0"))
    for pad in ("indicatoren/dekkingsgraad.csv", "catalogus.ttl", "openapi.json", "publicatie.duckdb"):
        assert f'href="/data/v1/{pad}"' in gezegd


@pytest.mark.parametrize("voorbeeld", ["0", "1"])
def test_examples_do_not_count_as_agreement_in_either_mode(voorbeeld: str) -> None:
    scherm = run("verantwoording", onderdeel="aansluiting", voorbeeld=voorbeeld)
    assert "nog geen gepubliceerd cijfer dat de monitor ook uit een echte levering berekent" in text(scherm)
    assert "komen overeen" not in text(scherm)
    assert not rows(scherm, "Gepubliceerd naast berekend")
    assert rows(scherm, "Tweemaal geteld")


def test_of_two_figures_side_by_side_each_names_its_source_and_a_range_keeps_both_ends() -> None:
    rijen = rows(run("verantwoording", onderdeel="aansluiting"), "Tweemaal geteld")
    (tekort,) = [rij for rij in rijen if "prognose van maart 2018 naast december 2020" in rij]
    assert "100.000 tot 125.000" in tekort
    assert "Actieprogramma Werken in de Zorg (VWS, 2018), rond bladzijde 4" in tekort
    assert "ABF Research" in tekort
    (herzien,) = [rij for rij in rijen if "38.700" in rij]
    assert herzien.index("StatLine-tabel 83599NED") < herzien.index("38.000") < herzien.index("geciteerd door Skipr")


def test_a_delivery_leads_to_its_own_checks() -> None:
    adres = re.search(r'groepering=([^"&]*verzuim[^"&]*)["&]', text(run("verantwoording", onderdeel="leveringen")))
    assert adres
    scherm = run("verantwoording", onderdeel="controles", groepering="verzuim/voorbeeld, verzuim")
    getoond = rows(scherm, "Controles op de leveringen")
    assert getoond
    assert all(rij.startswith("  Ziekteverzuim: verzuim, ") for rij in getoond)


def test_of_a_long_list_what_matters_stands_open_and_nothing_is_left_out() -> None:
    leveringen = text(run("verantwoording", onderdeel="leveringen"))
    open_, vouw = leveringen.split("<summary>14 bestanden met voorbeelddata</summary>")
    assert "voorbeelddata</span>" not in open_
    assert vouw.count('<tr><th scope="row">') == 14
    redenen = text(run("verantwoording", onderdeel="niet_opgenomen"))
    assert (
        f"{sum(int(n) for n in re.findall(r'</th><td[^>]*>([0-9]+)</td>', redenen))} cijfers uit de bronnen" in redenen
    )
    anders, gelijk = text(run("verantwoording", onderdeel="aansluiting")).split(
        " die gelijk zijn, al dan niet na afronding"
    )
    assert "gelijk na afronding" not in anders
    assert ">wijkt af<" not in gelijk


def test_words_are_found_without_accents_and_not_in_the_markup() -> None:
    regel = Lijstregel(("Enquête", "<code>kolom</code>"), "goed", "a")
    assert lijst._holds(regel, "enquete KOLOM")
    assert not lijst._holds(regel, "code")


def test_the_calendar_says_per_source_what_comes_when_and_how_old_the_newest_figure_is() -> None:
    scherm = run("verantwoording", onderdeel="kalender")
    regels = [" ".join(rij.split()) for rij in rows(scherm, "Wat er wanneer komt, per bron")]
    verzuim = next(rij for rij in regels if rij.startswith("Ziekteverzuim"))
    assert "elk kwartaal" in verzuim
    assert "verouderd: " in verzuim
    assert any("nog niet geleverd" in rij for rij in regels)


def test_outside_voorbeeldmodus_only_real_figures_count() -> None:
    lijst_zonder = plain(run("verantwoording", onderdeel="gaten", voorbeeld="0"))
    lijst_met = plain(run("verantwoording", onderdeel="gaten"))
    zin = r"hebben er (\d+) echte cijfers; voor \d+ is er alleen voorbeelddata\."
    assert re.findall(zin, lijst_zonder) == re.findall(zin, lijst_met) != []
    assert "voor een deel alleen voorbeelddata" not in lijst_zonder
    regio = plain(run("mijn_regio", voorbeeld="0"))
    assert "Geen cijfer" in regio
    assert "staan er voorbeelden" not in regio
    catalogus = {v: plain(run("indicator", indicator="dekkingsgraad", voorbeeld=v)) for v in ("0", "1")}
    assert ["Waarvan voorbeelddata" in catalogus[v] for v in ("0", "1")] == [False, True]
    assert re.search(r"Voorbeelddata [\d.]+ cijfers", plain(run("verantwoording", onderdeel="publicatie")))


def test_a_programme_that_ended_is_not_expected_again() -> None:
    scherm = run("verantwoording", onderdeel="kalender")
    regels = [" ".join(rij.split()) for rij in rows(scherm, "Wat er wanneer komt, per bron")]
    for naam in ("Mogelijk effect per knop", "SectorplanPlus en Sterk in je Werk"):
        assert ["komt niet meer" in rij and "elk jaar" not in rij for rij in regels if rij.startswith(naam)] == [True]


def test_a_table_of_ones_own_is_in_the_address_and_keeps_made_up_figures_apart() -> None:
    scherm = run("verantwoording", onderdeel="tabel", cijfers="verzuim,dekkingsgraad", gebieden="NL01,wgo")
    assert scherm.multiselect(key="kies_cijfers").value == ["verzuim", "dekkingsgraad"]
    assert any("Nederland" in rij and "%" in rij for rij in rows(scherm, "echte cijfers"))
    verzonnen = rows(scherm, "voorbeelddata, verzonnen")
    assert verzonnen
    assert all("Nederland" not in rij for rij in verzonnen)
    scherm.multiselect(key="kies_gebieden").set_value(["NL01"]).run()
    assert scherm.query_params["gebieden"] == "NL01"
    assert rows(scherm, "uw tabel")
    tellingen = "verzuim:meting=vernet,verzuim:meting=kzv"
    rijen = rows(run("verantwoording", onderdeel="tabel", voorbeeld="0", cijfers="verzuim", tellingen=tellingen),
                 "uw tabel")  # fmt: skip
    assert ["Vernet" in rij for rij in rijen] == [True, False]
    assert "Kies eerst een of meer cijfers" in plain(run("verantwoording", onderdeel="tabel"))
    assert "Niet alles wat u koos" in plain(run("verantwoording", onderdeel="tabel", cijfers="weg,verzuim"))


def test_a_figure_that_only_the_country_has_can_be_put_in_a_table(publicatie: duckdb.DuckDBPyConnection) -> None:
    alleen_land = publicatie.execute(
        "select indicator_id from waarneming where herkomst <> 'synthetisch' and schatting <> 'model'"
        " and branche_code = 'TOTAAL' and categorie = '' group by all having list(distinct niveau) = ['land']"
    ).fetchall()
    assert alleen_land
    scherm = run("verantwoording", onderdeel="tabel", voorbeeld="0", cijfers=alleen_land[0][0])
    assert len(scherm.multiselect(key="kies_cijfers").options) >= len(alleen_land)
    assert any("Nederland" in rij for rij in rows(scherm, "uw tabel"))
