"""Percentages per course: nobody saw these tables, so what courses and regions there are is taken from the table."""

from __future__ import annotations

import pytest
from statline import code, sectorrendement

from pipelines.openbaar.koppelen.gemeenten import expected_regions

RA = sorted(expected_regions("arbeidsmarktregio"))
MAAT = ("Aandeel_1", "Werkt in zorg en welzijn", "%")


def test_every_course_comes_in_under_its_own_name_and_all_together_under_none(bed):
    bed = bed(sectorrendement(["NL01", *RA], MAAT))
    assert bed.fetch("mbo_sectorrendement") == 1, bed.fouten
    rijen = bed.rows("rendement_percentage")
    # 29 regions × 3 ways × 3 courses × 2 years: none is lost.
    assert len(rijen) == 29 * 3 * 3 * 2
    van_regio = {
        (r["leerweg"], r["opleiding"]): r["percentage"]
        for r in rijen
        if r["regio_code"] == "RA0101" and r["periode"] == "2023/24"
    }
    assert van_regio[("", "")] == "60"
    assert van_regio[("bbl", "Verpleegkundige")] == "68.5"
    # A sign that means something in the name of a series is another one.
    assert ("bol", "Verzorgende-IG, niveau 3") in van_regio
    assert {(r["maat"], r["plaats"], r["niveau"]) for r in rijen} == {("sectorrendement", "woon", "mbo")}
    assert {r["is_voorlopig"] for r in rijen if r["periode"] == "2023/24"} == {"1"}


def test_levels_that_come_along_are_whole_or_not_there(bed):
    bed = bed(sectorrendement([*RA[1:], "LD01", "LD02"], MAAT))
    assert bed.fetch("mbo_sectorrendement") == 0
    assert f"arbeidsmarktregio: 27 van 28 in de tabel. Weg: {RA[0]}." in bed.fouten
    assert "landsdeel: 2 van 4 in de tabel. Weg: LD03, LD04." in bed.fouten
    assert "provincie" not in bed.fouten


@pytest.mark.parametrize(
    ("maten", "gezegd"),
    [
        ((MAAT, ("Elders_2", "Werkt elders", "%")), "2 maten in '%': Werkt in zorg en welzijn (Aandeel_1), Werkt"),
        ((("Aantal_1", "Gediplomeerden", "aantal"),), "Een maat in '%' is er niet. Wel: Gediplomeerden (aantal)."),
    ],
)
def test_a_measure_without_a_name_is_the_only_one_in_its_unit_or_an_error(bed, maten, gezegd):
    bed = bed(sectorrendement(RA, *maten))
    assert bed.fetch("mbo_sectorrendement") == 0
    assert gezegd in bed.fouten


def test_a_table_without_regions_is_of_the_country(bed):
    tabel = sectorrendement(["NL01"], MAAT)
    tabel.titel = "Wo; studierendement, opleidingsvorm, opleiding"
    vormen = [code("L0", "Totaal"), code("L1", "Voltijd"), code("L2", "Deeltijd"), code("L3", "Duaal")]
    tabel.dimensies = [("Leerweg", "Dimension", "Opleidingsvorm", vormen), tabel.dimensies[1], tabel.dimensies[3]]
    bed = bed(tabel)
    assert bed.fetch("wo_studierendement") == 1, bed.fouten
    rijen = bed.rows("rendement_percentage")
    assert {(r["maat"], r["regio_code"], r["niveau"]) for r in rijen} == {("studierendement", "NL01", "wo")}
    assert {r["leerweg"] for r in rijen} == {"", "voltijd", "deeltijd"}
