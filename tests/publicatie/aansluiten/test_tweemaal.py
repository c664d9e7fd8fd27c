"""What is counted twice stands side by side, with the cause of the difference; it is never taken together."""

from __future__ import annotations

import duckdb
import pytest

from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import load_indicatoren
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.bouwen import build

KOP = "periode,regio_code,branche_code,meting,percentage\n"


@pytest.fixture
def paren(maak_levering, goedgekeurd, tmp_path):
    """Return the pairs of verzuim after a build of one small delivery."""

    def compare(rijen: str, herkomst: str = "levering") -> list[tuple]:
        maak_levering({"verzuim": KOP + rijen}, bron="verzuim", herkomst=herkomst)
        build(tmp_path / "raw", tmp_path / "warehouse")
        with duckdb.connect(str(tmp_path / "warehouse" / "publicatie.duckdb"), read_only=True) as con:
            return con.execute(
                "select uitsplitsing, branche_code, gepubliceerd, berekend, round(verschil, 6), oordeel, oorzaak "
                "from aansluiting where uitsplitsing like '%|%' order by all"
            ).fetchall()

    return compare


def test_kzv_beside_vernet_says_that_the_definition_differs(paren):
    (een,) = paren("2021KW01,NL01,VVT,kzv,8.1\n2021KW01,NL01,VVT,vernet,7.4\n2021KW01,NL01,GGZ,kzv,6\n")
    assert een[:6] == ("meting=kzv|vernet", "VVT", 0.081, 0.074, -0.007, "wijkt_af")
    assert een[6].startswith("definitie: ")


def test_equal_after_rounding_is_no_difference(paren):
    (een,) = paren("2021KW01,NL01,VVT,kzv,8.1\n2021KW01,NL01,VVT,nea,8.13\n")
    assert een[5:] == ("gelijk_na_afronding", "afronding")


def test_a_whole_percent_among_tenths_is_a_tenth(paren):
    """7,0% of a count that is published in tenths beside 7,2% is not equal to it: 7,0 is not 7,2."""
    rijen = "2021KW01,NL01,VVT,kzv,7\n2021KW02,NL01,VVT,kzv,8.1\n2021KW01,NL01,VVT,nea,7.22\n"
    (een,) = paren(rijen)
    assert een[2:6] == (0.07, 0.0722, 0.0022, "wijkt_af")


def test_another_period_is_no_pair(paren):
    assert paren("2021KW01,NL01,VVT,kzv,8.1\n2021KW02,NL01,VVT,nea,8.13\n") == []


def test_made_up_figures_are_not_compared(paren):
    assert paren("2021KW01,NL01,VVT,kzv,8.1\n2021KW01,NL01,VVT,nea,8.13\n", "synthetisch") == []


def test_shortage_vintages_stand_beside_the_range_of_2018(publicatie):
    """Actieprogramma: 100.000 tot 125.000 for 2022; ABF in January 2022: almost 49.000."""
    vraag = """select gepubliceerd, berekend, verschil, oordeel from aansluiting
               where indicator_id = 'tekort_verwacht' and uitsplitsing = 'prognose=2018-03|2022-01'"""
    assert publicatie.execute(vraag).fetchall() == [(100_000.0, 49_000.0, -51_000.0, "wijkt_af")]


def test_a_pair_without_a_cause_stops_the_build(tmp_path):
    pad = tmp_path / "indicators.yml"
    pad.write_text("proef: {titel: P, vraag: P, eenheid: aandeel, richting: hoger, vergelijk: {meting: anders}}\n")
    with pytest.raises(AfgekeurdError, match="noemt geen oorzaak"):
        load_indicatoren(pad, load_bronnen())
