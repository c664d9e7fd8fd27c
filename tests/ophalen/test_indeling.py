"""The gemeenten of the monitor are laid beside those of CBS, whichever column the regions stand in that year."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from draadserver import serve
from statline import Statline, Tabel, code, topic

from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.openbaar import verkennen
from pipelines.openbaar.indeling import check_division, compare_division
from pipelines.openbaar.koppelen.gemeenten import members
from pipelines.openbaar.openen import Opdracht

T = TypeVar("T")


def gebieden(**anders: str) -> Tabel:
    """Return 'Gebieden in Nederland 2024' in small: the province in Code_1, RegioPlus in Code_34."""
    leden = {gm: ra for ra, gms in members("arbeidsmarktregio", 2024).items() for gm in gms} | anders
    rijen = [
        {"ID": n, "RegioS": gm.ljust(10), "Code_1": "PV20  ", "Naam_2": "x", "Code_34": f"{leden[gm]}  "}
        for n, gm in enumerate(sorted(leden))
    ]
    maten = [topic(naam, "Code", "code") for naam in ("Code_1", "Naam_2", "Code_34")]
    regios = [code(gm, gm, 10) for gm in sorted(leden)]
    return Tabel(
        "85755NED", "Gebieden in Nederland 2024", [("RegioS", "GeoDimension", "Regio's", regios)], maten, rijen
    )


def at(tmp_path: Path, tabel: Tabel, ask: Callable[[Opdracht], T]) -> T:
    statline = Statline([tabel])
    with serve(statline) as (basis, _):
        statline.basis = basis
        return ask(Opdracht(load_bronnen(), tmp_path, tmp_path, basis))


def compare(tmp_path: Path, tabel: Tabel, jaar: str = "2024") -> list[str]:
    return at(tmp_path, tabel, lambda opdracht: compare_division(jaar, opdracht))


def test_the_same_division_is_said_in_one_line(tmp_path):
    # On 1 January 2024 there were 342 gemeenten.
    (regel,) = compare(tmp_path, gebieden())
    assert regel.endswith("342 gemeenten in 28 arbeidsmarktregio's, ingedeeld zoals in de monitor.")


def test_a_gemeente_that_lies_elsewhere_is_named_with_both_regions(tmp_path):
    kop, regel = compare(tmp_path, gebieden(GM0014="RA0102"))
    assert kop.endswith("1 gemeente is hier anders ingedeeld.")
    assert regel == "  GM0014: RA0102 bij CBS, RA0101 in de monitor"


def test_a_year_or_a_column_that_is_not_there_is_said(tmp_path):
    with pytest.raises(AfgekeurdError, match="Van 1999 is er geen tabel"):
        compare(tmp_path, gebieden(), "1999")
    with pytest.raises(AfgekeurdError, match="verwacht: één"):
        compare(tmp_path, gebieden(GM0014="ZK09"))


def test_the_table_of_each_year_is_found_moved_or_gone_without_reading_rows(tmp_path):
    tabel = gebieden()

    def check(jaar: str) -> tuple[str, str]:
        uitkomst, meldingen = at(tmp_path, tabel, lambda opdracht: check_division(jaar, opdracht))
        return uitkomst, " ".join(map(str, meldingen))

    assert check("2024") == (verkennen.GEVONDEN, "")
    assert check("2025")[0] == verkennen.WEG
    assert "pipelines/bronnen/openbaar/gebieden.yml" in check("2025")[1]
    tabel.titel = "Gebieden in Nederland 2023"
    assert check("2024")[0] == verkennen.VERHUISD
    assert "heet 'Gebieden in Nederland 2023'; verwacht: die van 2024." in check("2024")[1]
