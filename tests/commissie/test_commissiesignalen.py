"""Signals from what the committee wrote down: at the boundary itself, and never of another region, year or version."""

from __future__ import annotations

from datetime import date, datetime

from app.commissie import signalen
from app.commissie.model import Inhoud, Onderwerp, Wijziging, holding

DAG = date(2026, 10, 1)
NIVEAUS = {2025: 2, 2026: 3}


def change(soort: str, jaar: int, sleutel: str, inhoud: Inhoud, versie: int | None = 1) -> Wijziging:
    onderwerp = Onderwerp(soort, "RA0205", jaar, sleutel)
    return Wijziging("k", onderwerp, inhoud, versie, (versie or 1) - 1, "An", "commissie", datetime(2026, 4, 1, 23, 30))


def score(jaar: int, sleutel: str, punten: int, versie: int | None = 1) -> Wijziging:
    return change("score", jaar, sleutel, Inhoud(f"Waarom {punten}", punten), versie)


def agreement(jaar: int, sleutel: str, dag: date, stand: str = "open") -> Wijziging:
    return change("afspraak", jaar, sleutel, Inhoud(f"Plan {sleutel}", stand=stand, datum=dag))


def test_a_score_below_the_level_of_that_year_speaks_and_one_at_the_level_does_not() -> None:
    stand = [
        score(2026, "regiovisie/verstevigen", 2),
        score(2026, "regiovisie/verbreden", 3),
        score(2025, "actieplan/verbreden", 1),
        score(2026, "route/meer", 1),
    ]
    (signaal,) = signalen.below_level(stand, NIVEAUS[2026], 2026)
    assert signaal.zin.startswith(
        "2 onderdelen scoren in 2026 onder ambitieniveau 3: ‘Regiovisie, verstevigen’ en ‘Meer"
    )
    # Half past eleven in the evening in UTC is the next day in the Netherlands.
    assert signaal.bewijs[0].tekst == "Regiovisie, verstevigen: 2 (deels op orde). Waarom 2"
    assert signaal.bewijs[0].bron == "score van An, 2 april 2026"
    assert signaal.vraag == "Wat gaat de regio doen om hier op niveau 3 te komen, en wanneer is dat te zien?"


def test_without_a_level_of_that_year_no_score_is_too_low() -> None:
    assert signalen.find([score(2024, "regiovisie/verstevigen", 1)], NIVEAUS, 2024, DAG) == []


def test_only_the_score_that_holds_counts() -> None:
    geschiedenis = [score(2026, "route/meer", 1), score(2026, "route/meer", 3, 2), score(2026, "route/meer", 1, None)]
    assert signalen.find(holding(geschiedenis).values(), NIVEAUS, 2026, DAG) == []


def test_an_agreement_is_overdue_the_day_after_its_last_day_and_only_while_open() -> None:
    stand = [
        agreement(2026, "vandaag", DAG),
        agreement(2026, "gisteren", date(2026, 9, 30)),
        agreement(2024, "oud", date(2025, 1, 1)),
        agreement(2025, "nagekomen", date(2025, 1, 1), "nagekomen"),
        agreement(2025, "vervallen", date(2025, 1, 1), "vervallen"),
        agreement(2027, "later gesprek", date(2026, 9, 1)),
    ]
    gevonden = signalen.find(stand, NIVEAUS, 2026, DAG)
    assert [s.zin.split("‘")[1] for s in gevonden] == ["Plan oud’", "Plan gisteren’"]
    assert gevonden[0].zin.startswith("Een afspraak uit het gesprek van 2024 had op 1 januari 2025 klaar moeten zijn")
    assert all(s.bewijs and s.bewijs[0].bron and s.vraag.endswith("?") for s in gevonden)


def test_a_long_text_is_quoted_on_one_line() -> None:
    assert signalen.quote("a\n b " + "c" * 300) == "a b " + "c" * 155 + "…"
