"""Figures in thousands, and figures that jump: beside the latest earlier real figure of the same series."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from conftest import write_delivery
from werk import deliver, shipped

from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.bouwen import build
from pipelines.levering.aannemen import accept_path, check_path
from pipelines.levering.leveringen import Bevestigd
from pipelines.levering.toets.sprong import find_jumps, judge, note_jumps

BRONNEN, INDICATOREN = shipped("gepubliceerd", "vacatures", "werknemers")
RAW = Path(__file__).parents[3] / "data" / "raw"
KOP = "periode,regio_code,branche_code,afbakening,openstaand,banen\n"
CIJFERKOP = (
    "id,indicator_id,categorie,uitsplitsing,regio_code,branche_code,periode,peildatum,waarde,precisie,bron,vindplaats,"
    "kwaliteit\n"
)
GEPUBLICEERD = (
    CIJFERKOP + "a,openstaande_vacatures,,afbakening=sbi_q,NL01,TOTAAL,2024KW04,,67400,afgerond,CBS,Tabel 1,primair\n"
)


def published(tekst: str = GEPUBLICEERD, naam: str = "feiten", **anders):
    return deliver(BRONNEN["gepubliceerd"], {"cijfers": tekst}, naam, herkomst="gepubliceerd", **anders)


def vacancies(*rijen: str, naam: str = "nieuw", **anders):
    return deliver(BRONNEN["vacatures"], {"vacatures": KOP + "".join(f"{rij}\n" for rij in rijen)}, naam, **anders)


def texts(keuringen, nieuw=None) -> list[str]:
    return [melding.tekst for _, melding, _ in find_jumps(keuringen, BRONNEN, INDICATOREN, nieuw)]


@pytest.mark.parametrize(
    ("een", "ander", "oordeel"),
    [
        (68.4, 67_400, "fout"), (67_400, 68.4, "fout"), (2, 2_000, "fout"), (0.05, 50, ""), (0.09, 100, ""),
        (100, 2_001, "waarschuwing"), (100, 2_000, ""), (99, 2_500, ""), (40, 150_000, "waarschuwing"),
        (0, 5_000, ""), (5_000, 0, "waarschuwing"), (99, 0, ""), (90, 90_000, "fout"), (300, 120_000, "waarschuwing"),
    ],
)  # fmt: skip
def test_a_factor_of_a_thousand_is_a_fault_and_above_twenty_is_a_warning(een, ander, oordeel):
    assert judge(een, ander) == oordeel


def test_a_figure_in_thousands_beside_a_published_one_names_both_and_the_remedy():
    nieuw = vacancies("2025KW01,NL01,TOTAAL,sbi_q,68.4,")
    ((keuring, melding, bevestigd),) = find_jumps([published(), nieuw], BRONNEN, INDICATOREN, nieuw)
    assert (keuring is nieuw, bevestigd, melding.rij, melding.kolom) == (True, False, 0, "openstaand")
    assert melding.tekst == (
        "68,4 (2025KW01; NL01, TOTAAL) is waarschijnlijk × 1.000: deze reeks heeft ook 67.400 (2024KW04, "
        "gepubliceerd/feiten)."
    )
    assert "Zet kolom eenheid op 1000" in melding.advies


@pytest.mark.parametrize(
    "rij",
    [
        "2025KW01,NL01,TOTAAL,azw_breed,68.4,",  # another count
        "2025KW01,NL01,VVT,sbi_q,68.4,",
        "2025KW01,NL01,TOTAAL,sbi_q,.,",
        "2025KW01,NL01,TOTAAL,sbi_q,70000,",
    ],
)
def test_another_series_a_hidden_figure_or_a_likely_one_does_not_jump(rij):
    assert texts([published(), vacancies(rij)]) == []


def test_made_up_figures_are_never_compared():
    synthetisch = vacancies("2025KW01,NL01,TOTAAL,sbi_q,68.4,", herkomst="synthetisch")
    assert texts([published(), synthetisch]) == []


def test_the_jump_is_the_same_whoever_came_first_and_the_last_one_hears_of_it():
    """History that is delivered later is compared with what was there, so that a build finds nothing new."""
    oud = vacancies("2025KW01,NL01,TOTAAL,sbi_q,68000,", naam="eerst", ontvangen=date(2025, 5, 1))
    terug = vacancies("2015KW01,NL01,TOTAAL,sbi_q,30.1,", naam="later", ontvangen=date(2025, 6, 1))
    for keuringen, nieuw in (([oud, terug], terug), ([oud, terug], None)):
        ((keuring, _, _),) = find_jumps(keuringen, BRONNEN, INDICATOREN, nieuw)
        assert keuring is terug


def test_a_version_that_was_replaced_is_not_compared():
    fout = vacancies("2025KW01,NL01,TOTAAL,sbi_q,68.4,", naam="l1", ontvangen=date(2025, 5, 1))
    goed = vacancies("2025KW01,NL01,TOTAAL,sbi_q,68400,", naam="l2", ontvangen=date(2025, 6, 1))
    later = vacancies("2025KW02,NL01,TOTAAL,sbi_q,68000,", naam="l3", ontvangen=date(2025, 7, 1))
    assert texts([fout, goed, later]) == []


def test_a_warning_stops_until_a_person_says_why_and_a_fault_is_never_confirmed():
    rijen = "2024KW04,NL01,TOTAAL,sbi_q,2000,", "2025KW01,NL01,TOTAAL,sbi_q,67000,"
    nieuw = vacancies(*rijen)
    note_jumps([nieuw], BRONNEN, INDICATOREN, nieuw)
    (melding,) = nieuw.meldingen
    assert melding.tekst.endswith("scheelt een factor 34 met 2.000 (2024KW04, vacatures/nieuw).")
    assert 'bevestigd: {sprong: "de reden"}' in melding.advies
    bevestigd = vacancies(*rijen, bevestigd=Bevestigd(sprong="herindeling"))
    note_jumps([bevestigd], BRONNEN, INDICATOREN, bevestigd)
    assert (bevestigd.meldingen, [m.tekst.endswith("Bevestigd: herindeling") for m in bevestigd.opmerkingen]) == (
        [], [True],
    )  # fmt: skip
    duizend = vacancies("2025KW01,NL01,TOTAAL,sbi_q,68.4,", bevestigd=Bevestigd(sprong="het klopt"))
    note_jumps([published(), duizend], BRONNEN, INDICATOREN, duizend)
    assert len(duizend.meldingen) == 1


def test_rows_in_thousands_are_read_in_ones_and_so_they_pass_check_and_accept(tmp_path, maak_levering):
    feiten = {"leverancier": "CBS", "ontvangen": "2026-01-01", "periode": '"2026"', "herkomst": "gepubliceerd"}
    maak_levering({"cijfers": GEPUBLICEERD}, "feiten", bron="gepubliceerd", **feiten)
    raw = tmp_path / "raw"
    kop = "periode,regio_code,branche_code,afbakening,openstaand,eenheid\n"
    goed, fout = tmp_path / "goed", tmp_path / "fout"
    for map_, eenheid in ((goed, "1000"), (fout, "")):
        map_.mkdir()
        tekst = kop + f"2025KW01,NL01,TOTAAL,sbi_q,68.4,{eenheid}\n2025KW02,NL01,TOTAAL,sbi_q,66100,1\n"
        (map_ / "vacatures.csv").write_text(tekst, encoding="utf-8")
    keuring = check_path(goed / "vacatures.csv", "vacatures", raw=raw)
    assert (keuring.meldingen, keuring.frames["vacatures"]["openstaand"].tolist()) == ([], ["68400", "66100"])
    assert [str(m) for m in keuring.opmerkingen] == [
        "vacatures.csv, rij 2, kolom eenheid: 1 getal is met 1.000 vermenigvuldigd (eenheid 1000)."
    ]
    assert len(check_path(fout / "vacatures.csv", "vacatures", raw=raw).meldingen) >= 1
    assert Path(accept_path(goed / "vacatures.csv", "vacatures", "2025", raw).plek).is_dir()


def test_a_build_refuses_the_shipped_figures_in_thousands_beside_their_own_history(tmp_path):
    raw = tmp_path / "raw"
    feiten = RAW / "gepubliceerd" / "2026-feiten"
    shutil.copytree(feiten, raw / "gepubliceerd" / feiten.name)
    cijfers = pd.read_csv(feiten / "cijfers.csv", dtype="str").fillna("")
    reeks = cijfers.query(
        "indicator_id == 'openstaande_vacatures' and uitsplitsing == 'afbakening=sbi_q' and precisie != 'bereik'"
        " and regio_code == 'NL01' and branche_code == 'TOTAAL' and periode.str.contains('KW')"
    ).tail(3)
    rijen = "".join(f"{r.periode},NL01,TOTAAL,sbi_q,{float(r.waarde) / 1000:g},\n" for r in reeks.itertuples())
    beschrijving = {"bron": "vacatures", "leverancier": "CBS", "periode": "'2026'", "ontvangen": "2026-11-29",
                    "herkomst": "gepubliceerd"}  # fmt: skip
    write_delivery(raw, {"vacatures": KOP + rijen}, "duizend", beschrijving)
    with pytest.raises(AfgekeurdError) as fout:
        build(raw, tmp_path / "wh")
    assert {m.bestand for m in fout.value.meldingen} == {"vacatures/duizend/vacatures.csv"}
    assert all("is waarschijnlijk × 1.000" in m.tekst for m in fout.value.meldingen)
    assert fout.value.alles.endswith("vacatures/duizend --json")
    assert not list((tmp_path / "wh").glob("*.duckdb"))


def test_what_the_publication_keeps_of_a_confirmed_jump_holds_no_figure():
    rijen = "2024KW04,NL01,TOTAAL,sbi_q,2000,", "2025KW01,NL01,TOTAAL,sbi_q,67000,"
    nieuw = vacancies(*rijen, bevestigd=Bevestigd(sprong="herindeling"))
    note_jumps([nieuw], BRONNEN, INDICATOREN, nieuw)
    assert nieuw.kwaliteit[-1]["melding"] == "1 keer een sprong. Bevestigd: herindeling"


def test_of_a_large_table_every_jump_is_found_that_a_small_one_has(monkeypatch):
    """Within the file, beside an earlier delivery and beside a published figure; the fourth series does not jump."""
    eerder = vacancies("2020,RA0101,TOTAAL,sbi_q,9000,", "2020,RA0102,TOTAAL,sbi_q,510,", naam="eerder")
    nieuw = vacancies(
        "2021,NL01,TOTAAL,azw_breed,30000,", "2022,NL01,TOTAAL,azw_breed,900000,", "2022,RA0101,TOTAAL,sbi_q,400,",
        "2022,RA0102,TOTAAL,sbi_q,500,", "2025KW01,NL01,TOTAAL,sbi_q,68.4,", ontvangen=date(2026, 1, 1),
    )  # fmt: skip
    klein = texts([published(), eerder, nieuw])
    assert len(klein) == 3
    monkeypatch.setattr("pipelines.levering.toets.sprong.VEEL_RIJEN", 1)
    assert texts([published(), eerder, nieuw]) == klein


@pytest.mark.parametrize(
    ("rijen", "gevraagd"),
    [
        (["2025,NL01,TOTAAL,sbi_q,0,"], "Elk cijfer in deze kolom is 0 (1 keer)."),
        ([f"2025,RA010{nr},TOTAAL,sbi_q,0.0,5" for nr in (1, 2, 3)], "Elk cijfer in deze kolom is 0 (3 keer)."),
        ([f"2025,RA010{nr},TOTAAL,sbi_q,{waarde},5" for nr, waarde in enumerate((0, 0, 0, 1), 1)], ""),
        ([f"2025,RA010{nr},TOTAAL,sbi_q,0,5" for nr in (1, 2)], ""),
        ([f"2025,RA010{nr},TOTAAL,sbi_q,.,5" for nr in (1, 2, 3)], ""),
    ],
)
def test_a_first_delivery_that_is_0_throughout_is_asked_about_and_can_be_confirmed(rijen, gevraagd):
    nieuw = vacancies(*rijen)
    note_jumps([nieuw], BRONNEN, INDICATOREN, nieuw)
    assert [m.tekst for m in nieuw.meldingen] == [gevraagd] * bool(gevraagd)
    assert all((m.rij, m.kolom) == (0, "openstaand") and "laat de cel dan leeg" in m.advies for m in nieuw.meldingen)
    bevestigd = vacancies(*rijen, bevestigd=Bevestigd(sprong="nieuw"))
    note_jumps([bevestigd], BRONNEN, INDICATOREN, bevestigd)
    assert bevestigd.meldingen == []


def test_what_may_be_0_everywhere_is_not_asked_about(tmp_path):
    (tmp_path / "stages.csv").write_text("periode,regio_code,niveau,plaatsen,tekort\n2023,NL01,mbo4,120,0\n")
    assert check_path(tmp_path / "stages.csv", "onderwijs").meldingen == []
    (tmp_path / "stages.csv").write_text("periode,regio_code,niveau,plaatsen,tekort\n2023,NL01,mbo4,0,0\n")
    assert [m.kolom for m in check_path(tmp_path / "stages.csv", "onderwijs").meldingen] == ["plaatsen"]


@pytest.mark.parametrize("veel", [1_000, 1])
def test_a_series_that_falls_to_0_jumps_and_what_follows_is_compared_with_what_was_before(veel, monkeypatch):
    monkeypatch.setattr("pipelines.levering.toets.sprong.VEEL_RIJEN", veel)
    oud = vacancies("2024KW01,RA0101,TOTAAL,sbi_q,900,", "2024KW01,RA0102,TOTAAL,sbi_q,90,", naam="eerder")
    nul = vacancies("2024KW02,RA0101,TOTAAL,sbi_q,0,", "2024KW02,RA0102,TOTAAL,sbi_q,0,", ontvangen=date(2026, 1, 1))
    assert texts([oud, nul]) == [
        "0 (2024KW02; RA0101, TOTAAL) staat naast 900 (2024KW01, vacatures/eerder): één van beide is nul."
    ]
    later = vacancies("2024KW03,RA0101,TOTAAL,sbi_q,0.9,", naam="later", ontvangen=date(2026, 2, 1))
    assert [deel for deel in texts([oud, nul, later]) if "× 1.000" in deel]
