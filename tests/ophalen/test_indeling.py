"""The gemeenten of the monitor are laid beside those of CBS, whichever column the regions stand in that year."""

from __future__ import annotations

from pathlib import Path

import pytest
from draadserver import serve
from statline import Statline, Tabel, code, topic

from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.openbaar.indeling import compare_division
from pipelines.openbaar.koppelen.gemeenten import members
from pipelines.openbaar.openen import Opdracht


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


def compare(tmp_path: Path, tabel: Tabel, jaar: str = "2024") -> list[str]:
    statline = Statline([tabel])
    with serve(statline) as (basis, _):
        statline.basis = basis
        return compare_division(jaar, Opdracht(load_bronnen(), tmp_path, tmp_path, basis))


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
