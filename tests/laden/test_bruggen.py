"""Figures for another division: apportioned by inhabitants, marked, and with what does not fit stated."""

from __future__ import annotations

import duckdb
import pytest
from koppen import KOPPEN
from werk import shipped_figures

from pipelines.afspraken.regio import load_regio
from pipelines.levering.aannemen import check_path

approx = pytest.approx
KOP = KOPPEN["vacatures.vacatures"]


def vacatures(rijen: list[str]) -> dict[tuple[str, str], tuple]:
    """Return (waarde, status) of openstaande_vacatures per (regio, uitsplitsing)."""
    vraag = (
        "select regio_code, uitsplitsing, waarde, status from getoonde_cel where indicator_id = 'openstaande_vacatures'"
    )
    return {rij[:2]: rij[2:] for rij in shipped_figures({"vacatures.vacatures": rijen}, vraag)}


def test_a_cut_source_region_is_shared_by_inhabitants():
    """Flevoland (RA0410) is AM11 whole and 23.899 of the 579.834 people of AM06: 1.000 + 23.899 vacancies."""
    rijen = ["2024KW03,AM11,TOTAAL,azw_breed,1000,,", "2024KW03,AM06,TOTAAL,azw_breed,579834,,"]
    uit = vacatures(rijen)
    assert uit["RA0410", "afbakening=azw_breed;brug=uwv"] == (approx(24_899), "beschikbaar")


def test_a_region_without_all_its_source_regions_is_missing_not_smaller():
    """RA0206 needs AM06 and AM36; with AM06 alone it is missing, and so is the country."""
    uit = vacatures(["2024KW03,AM06,TOTAAL,azw_breed,579834,,", "2024KW03,AM02,TOTAAL,azw_breed,50,,"])
    assert uit["RA0206", "afbakening=azw_breed;brug=uwv"] == (None, "ontbreekt")
    assert uit["RA0103", "afbakening=azw_breed;brug=uwv"] == (approx(50), "beschikbaar")
    assert uit["NL01", "afbakening=azw_breed;brug=uwv"] == (None, "ontbreekt")


def test_a_hidden_source_region_hides_what_it_is_part_of():
    uit = vacatures(["2024KW03,AM11,TOTAAL,azw_breed,1000,,", "2024KW03,AM06,TOTAAL,azw_breed,.,,"])
    assert uit["RA0410", "afbakening=azw_breed;brug=uwv"] == (None, "onderdrukt")


def test_an_estimate_stays_apart_from_what_was_counted():
    uit = vacatures(["2024KW03,AM02,TOTAAL,azw_breed,50,,", "2024KW03,RA0103,TOTAAL,azw_breed,48,,"])
    assert uit["RA0103", "afbakening=azw_breed"] == (48, "beschikbaar")
    assert uit["RA0103", "afbakening=azw_breed;brug=uwv"] == (approx(50), "beschikbaar")


def test_all_source_regions_together_lose_nobody():
    rijen = [f"2024KW03,AM{nr:02d},TOTAAL,azw_breed,1000,," for nr in range(1, 39) if f"AM{nr:02d}" in codes()]
    assert len(rijen) == 35
    assert vacatures(rijen)["NL01", "afbakening=azw_breed;brug=uwv"] == (approx(35_000), "beschikbaar")


def codes() -> set[str]:
    con = duckdb.connect()
    load_regio(con)
    return {rij[0] for rij in con.execute("select distinct bron_code from brug where indeling = 'uwv'").fetchall()}


def test_the_share_that_does_not_fit_is_stated_per_region(publicatie):
    """Of the 450.826 people of RA0410, 23.899 live in AM06, which is cut: 5,3 %. Friesland fits whole."""
    vraag = "select past_niet, bronregios from brug where indeling = 'uwv' and regio_code = ?"
    assert publicatie.execute(vraag, ["RA0410"]).fetchone() == (
        approx(23_899 / 450_826),
        "Flevoland, Veluwe Stedendriehoek (deels)",
    )
    assert publicatie.execute(vraag, ["RA0103"]).fetchone() == (0, "Friesland")
    assert publicatie.execute("select count(distinct regio_code), count(*) from brug").fetchone() == (28, 56)


@pytest.mark.parametrize(
    ("tabel", "rij", "melding"),
    [
        ("verzuim.verzuim", "2021KW04,AM02,TOTAAL,kzv,1,2,", "'AM02' bestaat, maar hoort niet in deze tabel."),
        ("vacatures.vacatures", "2024KW03,ZK08,TOTAAL,sbi_q,1,,", "'ZK08' bestaat, maar hoort niet in deze tabel."),
        ("vacatures.vacatures", "2024KW03,AM99,TOTAAL,sbi_q,1,,", "'AM99' bestaat niet."),
    ],
)
def test_another_division_is_refused_where_the_contract_does_not_name_it(maak_levering, tabel, rij, melding):
    bron, naam = tabel.split(".")
    map_ = maak_levering({naam: f"{KOPPEN[tabel]}\n{rij}\n"}, bron=bron)
    assert [m.tekst.split(" Bedoelde")[0] for m in check_path(map_, None).meldingen] == [melding]
