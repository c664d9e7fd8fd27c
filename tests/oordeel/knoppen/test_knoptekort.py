"""Which shortage the knoppen are summed beside: that of their own source, or what a region published of that year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from zinrijen import BASIS

from app.lezen.rijen import Waarneming
from app.oordeel.knoppen import knopuitkomst, knopzinnen
from app.oordeel.knoppen.knoppen import KNOPPEN
from app.oordeel.knoppen.knopuitkomst import Uitgangspunt
from app.oordeel.knoppen.verdeelsleutels import Sleutel


def shortage(prognose: str, jaar: str, waarde: float, regio: str = "NL01", **anders: object) -> Waarneming:
    uitsplitsing = anders.pop("uitsplitsing", f"prognose={prognose}")
    return replace(
        BASIS, indicator_id="tekort_verwacht", periode=jaar, periode_naam=jaar, waarde=waarde, regio_code=regio,
        uitsplitsing=str(uitsplitsing), bron="VWS", precisie="circa", **anders,
    )  # fmt: skip


VAN_2018 = shortage("2018-03", "2022", 100_000, waarde_tot=125_000, niveau="land")
NIEUWSTE = [
    shortage("2025-12", "2035", 301_000, uitsplitsing="prognose=2025-12;scenario=referentie"),
    shortage("2025-12", "2035", 227_000),
    shortage("2025-12", "2035", 262_000, uitsplitsing="afbakening=azw_breed;prognose=2025-12"),
    shortage("2024", "2034", 266_000),
]


def start(tekorten: Sequence[Waarneming]) -> Uitgangspunt:
    """Return the starting point with these shortages, and effects of the Actieprogramma."""
    effecten = [
        replace(BASIS, indicator_id="knop_effect", categorie=knop, periode="2022", waarde=1_000, bron="VWS")
        for knop in KNOPPEN
    ]
    rijen = {"knop_effect": tuple(effecten), "tekort_verwacht": tuple(tekorten)}
    punt = knopuitkomst.starting_point(lambda naam: rijen.get(naam, ()), (), MappingProxyType({}))
    assert punt is not None
    return replace(punt, basis=Sleutel("werknemers", "2021", {"RA0512": 0.1, "RA0513": 0.1}, ()))


def context(tekorten: Sequence[Waarneming]) -> str:
    haal = {"tekort_verwacht": tuple(tekorten)}
    return knopzinnen.context(knopuitkomst.newest_forecast(lambda naam: haal.get(naam, ()), start(tekorten)))


def title(punt: Uitgangspunt, code: str, stand: int = 100) -> str:
    gebied = knopuitkomst.area(punt, code, "Regio", [code]) if code != "NL01" else knopuitkomst.country("Nederland")
    uitkomst = knopuitkomst.outcome(punt, gebied, dict.fromkeys(KNOPPEN, stand), "", "a")
    return knopzinnen.title(punt, gebied, [uitkomst])


def test_the_sum_begins_at_the_shortage_of_its_own_source_whatever_is_newer() -> None:
    punt = start([*NIEUWSTE, VAN_2018])
    assert punt.tekort == VAN_2018
    assert title(punt, "NL01") == (
        "Nederland: deze stand van de knoppen scheelt 7.500 tot 8.000 mensen op een verwacht tekort van 100.000 tot "
        "125.000 in 2022, prognose van maart 2018"
    )


def test_the_newest_forecast_stands_beside_it_with_and_without_what_was_agreed() -> None:
    assert context([VAN_2018, *NIEUWSTE]).startswith(
        "De nieuwste prognose van december 2025 verwacht in 2035 een tekort van ongeveer 301.000 personen zonder nieuw "
        "beleid, of ongeveer 227.000 personen met de afspraken van dat moment. Daar rekenen wij niet mee"
    )
    assert "tekort van ongeveer 266.000 personen. Daar" in context([VAN_2018, NIEUWSTE[3]])


def test_without_a_newer_forecast_nothing_is_said() -> None:
    assert context([VAN_2018]) == ""
    assert context([VAN_2018, shortage("2017", "2030", 1)]) == ""


def test_a_published_shortage_of_a_region_goes_before_a_share_of_the_national_one() -> None:
    punt = start([VAN_2018, shortage("2019-09", "2022", 3_269, "RA0512", niveau="arbeidsmarktregio")])
    assert title(punt, "RA0512").endswith("op een verwacht tekort van 3.250 in 2022, prognose van september 2019")
    # A tenth of 100.000 and of 125.000: nothing was published of this one.
    assert title(punt, "RA0513").endswith("tekort van 10.000 tot 12.500 in 2022, prognose van maart 2018")


def test_a_published_shortage_of_another_year_is_said_first_and_takes_no_part_in_the_sum() -> None:
    eigen = [
        shortage("2024", jaar, n, "RA0512", niveau="arbeidsmarktregio")
        for jaar, n in (("2024", 2_200), ("2034", 9_900))
    ]
    eigen[1] = replace(eigen[1], eind=date(2034, 12, 31))
    punt = start([VAN_2018, *eigen])
    gebied = knopuitkomst.area(punt, "RA0512", "Regio", ["RA0512"])
    assert knopzinnen.own_shortage(gebied) == (
        "Regio: verwacht tekort ongeveer 9.900 personen in 2034, prognose van 2024"
    )
    assert title(punt, "RA0512").endswith("tekort van 10.000 tot 12.500 in 2022, prognose van maart 2018")


def test_of_the_year_of_the_effects_nothing_else_is_said_first() -> None:
    eigen = [shortage("2019-09", "2022", 3_269, "RA0512"), shortage("2024", "2034", 9_900, "RA0512")]
    gebied = knopuitkomst.area(start([VAN_2018, *eigen]), "RA0512", "Regio", ["RA0512"])
    assert knopzinnen.own_shortage(gebied) == ""


def test_an_example_does_not_take_that_place() -> None:
    punt = start([VAN_2018, shortage("2024", "2022", 9_900, "RA0512", herkomst="synthetisch")])
    assert title(punt, "RA0512").endswith("tekort van 10.000 tot 12.500 in 2022, prognose van maart 2018")
    assert knopzinnen.own_shortage(knopuitkomst.area(punt, "RA0512", "Regio", ["RA0512"])) == ""


def test_a_setting_of_nothing_brings_nothing() -> None:
    assert "deze stand van de knoppen scheelt niets op" in title(start([VAN_2018]), "NL01", 0)
