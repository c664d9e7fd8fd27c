"""The page Tekort en knoppen: the country without more, regions where employees are known, settings in the link."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb
import pytest
from publicatiebed import Toon
from scherm import plain
from scherm import run as open_page

from app.lezen import data
from app.lezen.rijen import Kenmerk, Waarneming
from app.oordeel.knoppen import knopuitkomst, knopzinnen
from app.oordeel.knoppen.knoppen import KNOPPEN
from app.raam.keuze import knopstand

VERBODEN = re.compile(r"significant|p-waarde|\bn/a\b|\bNone\b|\bnull\b|\bnan\b|Traceback|betrouwbaarheidsinterval")


run = partial(open_page, "knoppen")


_ONLY_EMPLOYEES = """
    delete from waarneming where niveau = 'arbeidsmarktregio' and indicator_id in ('aantal_werknemers',
        'zij_instroom', 'herintreders', 'instroom_opleidingen', 'uitstroom', 'verzuim');
    insert or replace into periode values ('2021', 'jaar', '2021', date '2021-01-01', date '2021-12-31');
    insert into waarneming
    select 'aantal_werknemers', '', 'telling=cbs_breed', regio_code, niveau, 'TOTAAL', '2021', '', 'levering', null,
           10000, null, null, null, null, 10000, null, null, 'beschikbaar', false, 'werknemers/proef'
    from regio where niveau = 'arbeidsmarktregio'
"""


@pytest.fixture
def zonder_werknemers(toon: Toon) -> Path:
    """A publication as it is before anyone delivers employees per region."""
    return toon("delete from waarneming where indicator_id = 'aantal_werknemers'")


@pytest.fixture
def met_werknemers(toon: Toon) -> Path:
    """A publication with delivered employees: 10.000 in each of 28 regions, nothing else per region."""
    return toon(_ONLY_EMPLOYEES)


def test_the_country_shows_its_range_and_what_it_is_not(zonder_werknemers: Path) -> None:
    scherm = run()
    # 0,5 × 153.500 = 76.750, to 500; overlapping at a shortage of 100.000: 55.500.
    assert scherm.header[0].value == (
        "Nederland: deze stand van de knoppen scheelt 55.500 tot 77.000 mensen op een verwacht tekort van 100.000 tot "
        "125.000 in 2022, prognose van maart 2018"
    )
    tekst = plain(scherm)
    assert "Dit is geen voorspelling." in tekst
    assert "prognose van maart 2018" in tekst
    assert "Alle gepubliceerde prognoses van het tekort" in tekst
    assert "153.500" not in tekst
    assert not VERBODEN.search(tekst)
    assert not re.search(r"\d,\d", tekst)


def test_without_employees_the_reader_learns_who_can_deliver_them(zonder_werknemers: Path) -> None:
    assert "CBS kan het leveren (tabel werknemers)" in plain(run())


def test_everything_at_100_stops_at_the_shortage(zonder_werknemers: Path) -> None:
    scherm = run(knoppen=knopstand.as_text(knopstand.everything_at(100)))
    assert "scheelt 82.500 tot 125.000 mensen" in scherm.header[0].value
    assert "100.000 (het hele tekort)" in plain(scherm)


def test_a_region_with_a_shortage_of_its_own_shows_that_one(met_werknemers: Path) -> None:
    scherm = run(regio="RA0512", knoppen=knopstand.as_text(knopstand.everything_at(100)))
    assert "tekort van 3.250 in 2022, prognose van september 2019" in scherm.header[0].value
    assert "Voor Utrecht en omgeving is een eigen tekort gepubliceerd" in plain(scherm)


def test_a_region_is_its_share_and_says_what_that_rests_on(met_werknemers: Path) -> None:
    scherm = run(regio="RA0101", knoppen=knopstand.as_text(knopstand.everything_at(100)))
    # A twenty-eighth: 100.000 / 28 = 3.571 and 125.000 / 28 = 4.464, to 50.
    assert "tekort van 3.550 tot 4.450 in 2022, prognose van maart 2018" in scherm.header[0].value
    tekst = plain(scherm)
    assert "haar aandeel in het aantal werknemers (2021)" in tekst
    assert "oorbeelddata" not in tekst


def test_a_wgo_is_the_sum_of_its_regions(met_werknemers: Path) -> None:
    # WGO10 holds two regions of the same size today; its own shortage is of another year, and goes first.
    scherm = run(regio="WGO10")
    assert scherm.header[0].value == (
        "ZWconnect: verwacht tekort ongeveer 14.600 personen in 2031, prognose van januari 2022"
    )
    assert "tekort van 7.150 tot 8.950 in 2022, prognose van maart 2018. Die som is van een ander jaar" in plain(scherm)


def test_a_slider_is_kept_in_the_link(zonder_werknemers: Path) -> None:
    scherm = run()
    scherm.slider(key="knoppen_verzuim").set_value(0).run()
    assert scherm.query_params["knoppen"] == "50-50-50-50-50-0-50-50"
    anders = run(knoppen="50-50-50-50-50-0-50-50")
    assert anders.slider(key="knoppen_verzuim").value == 0
    assert anders.header[0].value == scherm.header[0].value


def test_two_settings_stand_beside_each_other_and_both_are_in_the_link(zonder_werknemers: Path) -> None:
    scherm = run()
    scherm.toggle(key="kies_vergelijk_knoppen").set_value(True).run()
    assert scherm.header[0].value == (
        "Nederland: stand A scheelt 55.500 tot 77.000 mensen en stand B scheelt 82.500 tot 125.000 mensen op "
        "een verwacht tekort van 100.000 tot 125.000 in 2022, prognose van maart 2018"
    )
    assert scherm.query_params["knoppen_b"] == "100-100-100-100-100-100-100-100"
    scherm.button(key="knoppen_b_25").click().run()
    assert scherm.query_params["knoppen_b"] == "25-25-25-25-25-25-25-25"
    scherm.toggle(key="kies_vergelijk_knoppen").set_value(False).run()
    assert "knoppen_b" not in scherm.query_params


@pytest.mark.parametrize("stand", [25, knopstand.STANDAARD])
def test_a_second_setting_is_still_there_after_another_page(zonder_werknemers: Path, stand: int) -> None:
    tekst = knopstand.as_text(knopstand.everything_at(stand))
    scherm = run(knoppen_b=tekst)
    kop = scherm.header[0].value
    del scherm.query_params["knoppen_b"]
    scherm.run()
    assert scherm.header[0].value == kop
    assert scherm.query_params["knoppen_b"] == tekst


@pytest.mark.parametrize("kwaad", ["<script>", "50", "51-50-50-50-50-50-50-50", "105-50-50-50-50-50-50-50", "٥٠-" * 8])
def test_a_link_with_another_setting_falls_back(zonder_werknemers: Path, kwaad: str) -> None:
    scherm = run(knoppen=kwaad)
    assert scherm.slider(key="knoppen_verzuim").value == 50
    assert "De link noemt voor de stand van de knoppen iets dat hier niet bestaat" in plain(scherm)


def _haal(merk: Kenmerk) -> Callable[[str], tuple[Waarneming, ...]]:
    return lambda naam: data.waarnemingen(merk, naam, False)


def test_all_regions_add_up_to_the_country_within_one_person(warehouse: Path, monkeypatch: pytest.MonkeyPatch,
                                                             met_werknemers: Path) -> None:  # fmt: skip
    merk = data.kenmerk()
    regios = [code for code, r in data.regios(merk).items() if r.niveau == "arbeidsmarktregio"]
    punt = knopuitkomst.starting_point(_haal(merk), regios, data.indicatoren(merk))
    assert punt is not None
    standen = dict(zip(KNOPPEN, (5, 20, 35, 50, 65, 80, 95, 100), strict=True))
    per_knop = dict.fromkeys(KNOPPEN, 0.0)
    for code in regios:
        uitkomst = knopuitkomst.outcome(punt, knopuitkomst.area(punt, code, code, [code]), standen, "", "a")
        for knop, effect in uitkomst.effecten.items():
            per_knop[knop] += effect
    landelijk = knopuitkomst.outcome(punt, knopuitkomst.country("Nederland"), standen, "", "a")
    for knop in KNOPPEN:
        assert per_knop[knop] == pytest.approx(landelijk.effecten[knop], abs=1)


def test_the_table_of_regions_stops_at_each_shortage_and_adds_up_before_that(met_werknemers: Path) -> None:
    merk = data.kenmerk()
    regios = [code for code, r in data.regios(merk).items() if r.niveau == "arbeidsmarktregio"]
    punt = knopuitkomst.starting_point(_haal(merk), regios, data.indicatoren(merk))
    assert punt is not None
    gebieden = [knopuitkomst.area(punt, code, code, [code]) for code in regios]
    eigen = [knopuitkomst.outcome(punt, knopuitkomst.country("Nederland"), knopstand.everything_at(100), "", "a")]
    rijen = knopzinnen.region_rows(punt, gebieden, eigen)
    # A twenty-eighth of 153.500 is 5.482, of the shortage of 125.000 it is 4.464; overlapping it brings 2.939.
    assert rijen[0][1:] == ("2.950", "4.450", "5.500")
    assert rijen[-1] == ("Alle regio's samen", "", "", "153.500")
    assert len(knopzinnen.region_columns(eigen)) == len(rijen[0])


def test_a_division_that_was_made_up_takes_no_part_in_either_mode(met_werknemers: Path) -> None:
    with duckdb.connect(str(met_werknemers)) as con:
        con.execute("update waarneming set herkomst = 'synthetisch' where levering_id = 'werknemers/proef'")
    for stand in ("0", "1"):
        scherm = run(regio="RA0512", voorbeeld=stand)
        assert scherm.header[0].value.startswith("Nederland")
        assert "CBS kan het leveren (tabel werknemers)" in plain(scherm)
        assert "oorbeelddata" not in plain(scherm)


def test_every_published_shortage_stands_in_a_table_those_of_regions_too(zonder_werknemers: Path) -> None:
    scherm = run()
    scherm.session_state["tabel_tekorten"] = True
    scherm.run()
    tekst = plain(scherm)
    assert "Nederland 2022 ongeveer 49.000 prognose van januari 2022" in tekst
    assert "Zuid-Limburg 2034 ongeveer 9.900 prognose van 2024" in tekst
