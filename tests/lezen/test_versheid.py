"""A figure is fresh up to the very day that its rhythm allows; after that it says how old it is."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from app.lezen.onderwerp.kalender import Aanlevering
from app.lezen.versheid import VEROUDERD
from app.oordeel.overzicht.aanleverkalender import expected, state
from app.taal.opmaak import verouderd_tekst
from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, load_indicatoren


def age(ritme: str | None, eind: str, vandaag: str, *, uitsplitsing: str = "", peildatum: str | None = None) -> int:
    """Return what the query says of one yearly figure, published on a day."""
    with duckdb.connect() as con:
        con.execute("create table publicatie as select cast(? as timestamp) as gemaakt_op", [vandaag])
        con.execute(
            "create table w as select ? as uitsplitsing, cast(? as date) as peildatum", [uitsplitsing, peildatum]
        )
        con.execute("create table p as select 'jaar' as soort, cast(? as date) as eind", [eind])
        con.execute("create table i as select cast(? as varchar) as ritme", [ritme])
        rij = con.execute(f"select {VEROUDERD} from w, p, i").fetchone()
    assert rij is not None
    return int(rij[0])


@pytest.mark.parametrize(
    ("ritme", "eind", "laatste_dag", "te_laat", "maanden"),
    [
        ("kwartaal", "2026-02-28", "2026-11-30", "2026-12-01", 9),
        ("kwartaal", "2026-03-31", "2026-12-31", "2027-01-01", 9),
        ("jaar", "2024-12-31", "2026-12-31", "2027-01-01", 24),
        ("schooljaar", "2024-09-30", "2026-09-30", "2026-10-01", 24),
        ("enquete", "2024-12-31", "2026-12-31", "2027-01-01", 24),
        (None, "2024-12-31", "2026-12-31", "2027-01-01", 24),
    ],
)
def test_fresh_on_the_last_day_and_not_on_the_next(
    ritme: str | None, eind: str, laatste_dag: str, te_laat: str, maanden: int
) -> None:
    assert age(ritme, eind, laatste_dag) == 0
    assert age(ritme, eind, te_laat) == maanden


def test_a_day_of_measurement_goes_before_the_end_of_the_period() -> None:
    assert age("jaar", "2021-12-31", "2024-06-30", peildatum="2022-06-30") == 0
    assert age("jaar", "2021-12-31", "2024-07-01", peildatum="2022-06-30") == 24


@pytest.mark.parametrize(("jaargang", "maanden"), [("2018-03", 104), ("2024-12", 0), ("2024", 0)])
def test_a_forecast_is_as_old_as_its_vintage_however_far_it_looks(jaargang: str, maanden: int) -> None:
    assert age("jaar", "2035-12-31", "2026-11-30", uitsplitsing=f"afbakening=azw_breed;prognose={jaargang}") == maanden


@pytest.mark.parametrize(
    ("maanden", "tekst"),
    [
        (0, ""),
        (9, "verouderd: 9 maanden"),
        (20, "verouderd: 20 maanden"),
        (24, "verouderd: 2 jaar"),
        (32, "verouderd: ruim 2 jaar"),
        (35, "verouderd: bijna 3 jaar"),
    ],
)
def test_what_is_old_is_never_said_to_be_younger(maanden: int, tekst: str) -> None:
    assert verouderd_tekst(maanden) == tekst


def test_every_figure_of_the_catalogue_has_a_rhythm() -> None:
    bronnen = load_bronnen()
    indicatoren = load_indicatoren(INDICATORS_YML, bronnen)
    assert [i.indicator_id for i in indicatoren.values() if i.ritme is None] == []
    # What is published by others has the rhythm of the figure; stories have none.
    assert {b.naam for b in bronnen.values() if b.ritme is None} == {"gepubliceerd", "verhalen"}
    assert (indicatoren["werkdruk"].ritme, indicatoren["moeilijk_vervulbaar"].ritme) == ("enquete", "jaar")


def test_the_calendar_names_the_period_that_ends_next() -> None:
    def source(ritme: str, periode: str = "2021", verouderd: int = 0, ontvangen: date | None = None) -> Aanlevering:
        return Aanlevering("Bron", "CBS", ritme, periode, None, verouderd, ontvangen)

    dag = date(2026, 11, 29)
    assert expected(source("kwartaal"), dag) == "het 4e kwartaal 2026"
    assert expected(source("schooljaar"), dag) == "schooljaar 2026/27"
    assert expected(source("schooljaar"), date(2026, 9, 30)) == "schooljaar 2025/26"
    assert (state(source("jaar", verouderd=52)), state(source("jaar"))) == ("verouderd: ruim 4 jaar", "vers")
    assert state(source("jaar", "")) == "nog niet geleverd"
    assert state(source("jaar", "", ontvangen=dag)) == "ontvangen"


def test_what_has_ended_has_no_next() -> None:
    deel = Aanlevering("Bron", "CBS", "jaar", "2018", None, 95, None, beeindigd=True)
    assert (expected(deel, date(2026, 11, 29)), state(deel)) == ("komt niet meer", "afgelopen")
