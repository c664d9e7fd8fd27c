"""The map of a difference: between figures as shown, and nothing where either side is hidden or cannot be compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from zinrijen import BASIS, LATER

from app.lezen.rijen import Trendbreuk, Waarneming
from app.oordeel.vergelijken import kaartverschil, volgorde

BREUK = Trendbreuk("dekkingsgraad", "RA0101", "", date(2020, 6, 1), "andere telling", "")


def over_time(van: Waarneming | None, tot: Waarneming | None, *breuken: Trendbreuk) -> kaartverschil.Regioverschil:
    """Return the difference of one region, RA0101, between 2019 and 2021."""
    zet = [{"RA0101": replace(r, regio_code="RA0101")} if r else {} for r in (van, tot)]
    return kaartverschil.over_time(*zet, "aandeel", breuken, ()).get("RA0101", kaartverschil.Regioverschil(
        None, None, None, 0, "", ""))  # fmt: skip


def test_a_change_is_that_of_the_figures_as_shown():
    """66,4% is shown as 66% and 67,6% as 68%: 2 procentpunt, though 1,2 was computed."""
    van, tot = replace(BASIS, waarde=0.664, decimalen=0), replace(LATER, waarde=0.676, decimalen=0)
    verschil = over_time(van, tot)
    assert (verschil.waarde, verschil.text("aandeel"), verschil.soort) == (Decimal("0.02"), "+2", "beschikbaar")
    assert over_time(tot, replace(van, begin=LATER.begin, eind=LATER.eind)).text("aandeel") == "−2"


@pytest.mark.parametrize(("eerst", "dan"), [("onderdrukt", "beschikbaar"), ("beschikbaar", "te_weinig")])
def test_what_is_hidden_on_either_side_is_hidden(eerst: str, dan: str):
    zet = [replace(r, status=s, waarde=r.waarde if s == "beschikbaar" else None)
           for r, s in ((BASIS, eerst), (LATER, dan))]  # fmt: skip
    verschil = over_time(*zet)
    assert verschil.waarde is None
    assert verschil.soort == next(s for s in (eerst, dan) if s != "beschikbaar")
    assert verschil.reden == "niet getoond"


@pytest.mark.parametrize(
    ("van", "tot", "breuken", "reden"),
    [
        (BASIS, None, (), "geen cijfer"),
        (BASIS, LATER, (BREUK,), "trendbreuk, daarom geen vergelijking"),
        (BASIS, replace(LATER, is_voorlopig=True), (), "voorlopig cijfer, daarom geen vergelijking"),
        (BASIS, replace(LATER, is_steekproef=True), (), "uit een steekproef, en zonder toets geen vergelijking"),
        (replace(BASIS, herkomst="synthetisch"), LATER, (), "voorbeelddata, daarover wordt niets gezegd"),
    ],
)
def test_no_change_where_two_figures_may_not_be_compared(van, tot, breuken, reden):
    verschil = over_time(van, tot, *breuken)
    assert (verschil.waarde, verschil.text("aandeel"), verschil.reden) == (None, "", reden)


def test_two_indicators_in_one_period_branche_and_unit():
    een, ander = ({"RA0101": replace(BASIS, waarde=w, eenheid="aandeel", decimalen=0)} for w in (0.68, 0.6))
    assert kaartverschil.between(een, ander, "aandeel")["RA0101"].waarde == Decimal("0.08")
    for anders, reden in (
        ({"periode": "2020"}, "niet over dezelfde periode en branche"),
        ({"branche_code": "VVT"}, "niet over dezelfde periode en branche"),
        ({"eenheid": "procent"}, "niet in dezelfde eenheid"),
        ({"is_steekproef": True}, "uit een steekproef, en zonder toets geen vergelijking"),
        ({"precisie": "circa"}, "schatting in de bron, daarom geen vergelijking"),
        ({"is_voorlopig": True}, "voorlopig cijfer, daarom geen vergelijking"),
        ({"herkomst": "synthetisch"}, "voorbeelddata, daarover wordt niets gezegd"),
    ):
        dan = {"RA0101": replace(een["RA0101"], **anders)}
        assert kaartverschil.between(dan, ander, "aandeel")["RA0101"].reden == reden
    circa = {"RA0101": replace(ander["RA0101"], precisie="circa")}
    reden = "het andere cijfer is een schatting in de bron, daarom geen vergelijking"
    assert kaartverschil.between(een, circa, "aandeel")["RA0101"].reden == reden


def test_differences_stand_from_high_to_low_and_those_of_samples_only_above_or_below_nought():
    def _at(code: str, waarde: str, is_steekproef: bool = False) -> kaartverschil.Regioverschil:
        rij = replace(BASIS, regio_code=code, is_steekproef=is_steekproef)
        return kaartverschil.Regioverschil(rij, rij, Decimal(waarde), 0, "beschikbaar")

    codes = ("RA0101", "RA0102", "RA0205")
    gelijk = {c: _at(c, w, True) for c, w in zip(codes, ("0", "3", "0.0"), strict=True)}
    assert [(g.kop, g.codes) for g in volgorde.of_differences(codes, gelijk)] == [
        ("Hoger", ("RA0102",)), ("Gelijk zoals getoond", ("RA0101", "RA0205")), ("Lager", ())
    ]  # fmt: skip
    telling = {c: _at(c, w) for c, w in zip(codes, ("-1", "3", "2"), strict=True)}
    assert [g.codes for g in volgorde.of_differences(codes, telling)] == [("RA0102", "RA0205", "RA0101")]
    steekproef = {c: _at(c, w, True) for c, w in zip(codes, ("-1", "3", "2"), strict=True)}
    groepen = volgorde.of_differences(codes, steekproef)
    assert [(g.kop, g.codes) for g in groepen if g.codes] == [("Hoger", ("RA0102", "RA0205")), ("Lager", ("RA0101",))]
