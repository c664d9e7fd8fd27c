"""Areas side by side: the same figure of each at two moments, Nederland only in the same series and as real."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from zinrijen import BASIS, LATER

from app.lezen.rijen import Waarneming
from app.oordeel.reeksen import select_series
from app.oordeel.vergelijken.naast_elkaar import compare, per_branche, range_per_branche
from app.oordeel.vergelijken.twee_momenten import changes, table_rows

HIER = [replace(r, regio_code="RA0101", niveau="arbeidsmarktregio") for r in (BASIS, LATER)]
DAAR = [replace(r, regio_code="RA0102", niveau="arbeidsmarktregio") for r in (BASIS, LATER)]
LAND = [replace(r, regio_code="NL01", niveau="land") for r in (BASIS, LATER)]
WAAR = {"met_land": True, "niveau": "arbeidsmarktregio"}


def test_two_regions_and_the_country_at_the_first_and_the_last_moment() -> None:
    samen = compare([*HIER, *DAAR, *LAND], ["RA0102", "RA0101"], **WAAR)
    assert samen is not None
    assert list(samen.paren) == ["RA0102", "RA0101", "NL01"]
    assert [(van.periode, tot.periode) for van, tot in samen.paren.values()] == [(BASIS.periode, LATER.periode)] * 3
    assert samen.land_naam == "Nederland"


def test_one_period_has_no_moment_before_it() -> None:
    samen = compare([HIER[1], DAAR[1]], ["RA0101", "RA0102"], **WAAR)
    assert samen is not None
    assert [van for van, _ in samen.paren.values()] == [None, None]
    assert len(set(samen.momenten)) == 1


def test_a_region_without_the_figure_keeps_its_row() -> None:
    samen = compare([*HIER, DAAR[0]], ["RA0101", "RA0102"], **WAAR)
    assert samen is not None
    assert samen.paren["RA0102"] == (DAAR[0], None)
    assert table_rows(samen.paren, {"RA0101": "Hier", "RA0102": "Daar"}, ())[1][2:] == ("geen cijfer", "", "")


def test_a_made_up_country_does_not_stand_beside_real_regions() -> None:
    verzonnen = [replace(r, herkomst="synthetisch") for r in LAND]
    samen = compare([*HIER, *verzonnen], ["RA0101"], **WAAR)
    assert samen is not None
    assert list(samen.paren) == ["RA0101"]


def test_made_up_regions_have_no_change() -> None:
    verzonnen = [replace(r, herkomst="synthetisch") for r in HIER]
    samen = compare(verzonnen, ["RA0101"], **WAAR)
    assert samen is not None
    assert changes(samen.paren, ()) == {}
    assert changes({"RA0101": (HIER[0], HIER[1])}, ()) != {}


def test_quarters_are_compared_with_the_same_quarter() -> None:
    def kwartaal(jaar: int, nummer: int, waarde: float) -> object:
        maand = 3 * nummer
        return replace(
            HIER[0], periode=f"{jaar}KW0{nummer}", periode_naam=f"{nummer}e kwartaal {jaar}", periode_soort="kwartaal",
            begin=date(jaar, maand - 2, 1), eind=date(jaar, maand, 28), peildatum=None, waarde=waarde,
        )  # fmt: skip

    rijen = [kwartaal(2021, 1, 0.1), kwartaal(2021, 4, 0.2), kwartaal(2022, 4, 0.3)]
    samen = compare(rijen, ["RA0101"], **WAAR)
    assert samen is not None
    assert samen.perioden == ("2021KW04", "2022KW04")
    assert len(select_series(rijen, regio="RA0101")) == 3


def test_no_figures_no_comparison() -> None:
    assert compare([replace(r, waarde=None, status="ontbreekt") for r in HIER], ["RA0101"], **WAAR) is None


def test_per_branche_a_quarter_does_not_stand_beside_a_year_and_what_is_hidden_is_no_moment() -> None:
    def ggz(rij: Waarneming, **anders: object) -> Waarneming:
        return replace(rij, branche_code="GGZ", **anders)

    kwartaal = {"periode_soort": "kwartaal", "periode": "2019KW04", "periode_naam": "4e kwartaal 2019"}
    eerder = {"periode": "2018", "periode_naam": "2018", "begin": date(2018, 1, 1), "eind": date(2018, 12, 31)}
    verborgen = ggz(HIER[0], **eerder, waarde=None, status="onderdrukt")
    hier = [verborgen, ggz(HIER[0]), ggz(HIER[1]), ggz(HIER[0], **kwartaal, begin=date(2019, 10, 1))]
    momenten = per_branche([*hier, *HIER], ["GGZ", "VVT"], "RA0101", met_land=True)
    assert momenten == [{"GGZ": (None, hier[1])}, {"GGZ": (None, hier[2])}]
    assert per_branche(HIER, ["TOTAAL", "GGZ"], "RA0101", met_land=True) == []


def test_per_branche_the_country_stands_beside_the_figure_of_its_own_moment() -> None:
    hier, land = ([replace(r, branche_code="GGZ") for r in reeks] for reeks in (HIER, LAND))
    hier[1] = replace(hier[1], herkomst="synthetisch")
    momenten = per_branche([*hier, *land], ["GGZ"], "RA0101", met_land=True)
    assert momenten == [{"GGZ": (land[0], hier[0])}, {"GGZ": (None, hier[1])}]
    assert per_branche([*hier, *land], ["GGZ"], "RA0101", met_land=False)[0] == {"GGZ": (None, hier[0])}


def test_per_branche_regions_alike_lie_between_two_of_them_and_what_is_made_up_does_not_count() -> None:
    waarden = {"RA0101": 0.5, "RA0102": 0.7, "RA0205": 0.6}
    rijen = [replace(BASIS, regio_code=c, branche_code="GGZ", waarde=w) for c, w in waarden.items()]
    los = replace(BASIS, regio_code="RA0101", branche_code="VVT")
    uit = range_per_branche([*rijen, los], ["GGZ", "VVT"], list(waarden), BASIS.periode)
    assert uit == {"GGZ": (rijen[0], rijen[1]), "VVT": (None, None)}
    verzonnen = [replace(r, herkomst="synthetisch") for r in rijen]
    assert range_per_branche(verzonnen, ["GGZ"], list(waarden), BASIS.periode) == {}
