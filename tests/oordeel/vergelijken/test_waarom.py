"""Why a share changed, as a reader gets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.lezen.onderwerp.ontledingen import Bijdrage
from app.lezen.rijen import Branche, Waarneming
from app.oordeel.reeksen import Verandering
from app.oordeel.vergelijken import waarom

BRANCHES = {code: Branche(code, naam, naam, "") for code, naam in (("VVT", "VVT"), ("GGZ", "Ggz"))}
VAN = Waarneming(
    indicator_id="verzuim", categorie="", uitsplitsing="meting=kzv", regio_code="NL01", niveau="land",
    branche_code="TOTAAL", periode="2021", schatting="", herkomst="levering", peildatum=None, waarde=0.65,
    waarde_tot=None, onder=None, boven=None, teller=130, noemer=200, n=None, status="beschikbaar",
    is_voorlopig=False, levering_id="l", precisie="", populatie="", bron="Bron", vindplaats="p. 1",
    periode_naam="2021", periode_soort="jaar", begin=date(2021, 1, 1), eind=date(2021, 12, 31), is_steekproef=False,
    decimalen=0,
)  # fmt: skip
TOT = replace(VAN, periode="2022", periode_naam="2022", waarde=0.69)
STAP = Verandering(VAN, TOT, Decimal("0.04"))
DELEN = (
    Bijdrage("GGZ", "binnen", 0.0), Bijdrage("GGZ", "samenstelling", -0.0065), Bijdrage("TOTAAL", "overlap", 0.0),
    Bijdrage("VVT", "binnen", 0.0525), Bijdrage("VVT", "samenstelling", -0.006),
)  # fmt: skip


def test_the_parts_add_up_to_the_change_that_is_shown():
    assert waarom.sentence(STAP, DELEN, BRANCHES) == (
        "Van de +4 procentpunt komt +5,3 door verandering binnen de branches (het meest: VVT, "
        "+5,3) en −1,3 doordat de branches een ander deel van het geheel zijn (het meest: Ggz, −0,7)."
    )


def test_persons_in_two_branches_are_named_where_they_matter():
    delen = (*DELEN[:2], Bijdrage("TOTAAL", "overlap", 0.0226), *DELEN[3:])
    zin = waarom.sentence(Verandering(VAN, replace(TOT, waarde=0.71), Decimal("0.06")), delen, BRANCHES)
    assert zin.startswith("Van de +6 procentpunt (op een decimaal: +6,3) komt +5,3 door")
    assert "en +2,3 doordat meer of minder mensen in twee branches tellen." in zin


def test_what_rounding_breaks_is_said():
    delen = (Bijdrage("VVT", "binnen", 0.0004), Bijdrage("VVT", "samenstelling", 0.0004))
    zin = waarom.sentence(replace(STAP, verschil=Decimal("0.0008")), delen, BRANCHES)
    assert zin.endswith(waarom.AFRONDING)


@pytest.mark.parametrize("delen", [(), (Bijdrage("VVT", "binnen", 0.0002),)])
def test_without_parts_or_change_there_is_nothing_to_say(delen):
    assert waarom.sentence(STAP, delen, BRANCHES) == ""
