"""A proposal for a supplier's file: what a name can be in more than one way, and what a header says of its figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.afspraken.contract import load_bronnen
from pipelines.levering.kolommen.voorstel import Labelvoorstel, Voorstel, as_yaml, propose

BRON = load_bronnen()["vacatures"]


def read(map_: Path, kop: str, *rijen: str) -> Voorstel:
    pad = map_ / "lijst.csv"
    pad.write_text("\n".join(["Opgave van ons netwerk;;;", kop, *rijen]) + "\n", encoding="utf-8")
    return propose(pad, BRON)


@pytest.mark.parametrize(
    ("kop", "regio", "groningen"),
    [
        # The header says what they are; else the others do, and then a person looks.
        ("Arbeidsmarktregio", "Twente", ("RA0101", True)),
        ("Provincie", "Fryslân", ("PV20", True)),
        ("Regio", "Twente", ("RA0101", False)),
        ("Regio", "Noord-Brabant", ("PV20", False)),
    ],
)
def test_a_name_of_more_than_one_region_is_the_one_of_the_level_of_its_column(tmp_path, kop, regio, groningen):
    voorstel = read(
        tmp_path, f"Kwartaal;{kop};Sector;Openstaand", f"2026KW01;{regio};VVT;9", "2026KW01;Groningen;VVT;3"
    )
    assert Labelvoorstel("Groningen", *groningen) in voorstel.waarden["regio_code"]


@pytest.mark.parametrize("kop", ["Openstaande vacatures (x 1.000)", "Openstaand, duizend", "Vacatures x 1000"])
def test_figures_in_thousands_ask_for_their_unit(tmp_path, kop):
    voorstel = read(tmp_path, f"Kwartaal;Regio;Sector;{kop}", "2026KW01;Nederland;VVT;1,8")
    assert "eenheid" in voorstel.ontbreekt
    assert "#   eenheid: ?   # een van: 1, 1000" in as_yaml(voorstel)


def test_figures_in_ones_do_not(tmp_path):
    voorstel = read(tmp_path, "Kwartaal;Regio;Sector;Openstaand", "2026KW01;Nederland;VVT;1800")
    assert "eenheid" not in voorstel.ontbreekt


def test_years_side_by_side_are_said_to_be_so(tmp_path):
    naast = read(tmp_path, "Regio;Sector;2023;2024", "Nederland;VVT;1700;1800")
    assert "# De perioden (2023, 2024) staan naast elkaar; de monitor leest één rij per periode." in as_yaml(naast)
    assert read(tmp_path, "Kwartaal;Regio;Sector;Openstaand", "2026KW01;Nederland;VVT;9").raad == ""
