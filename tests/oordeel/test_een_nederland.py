"""One Nederland: wherever a figure of the country stands without the name of its series, it is of the core series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from zinrijen import BASIS, LATER

from app.documenten import land, regio
from app.documenten.blokken import Grafiek
from app.lezen import data
from app.lezen.catalogus import in_order
from app.lezen.rijen import Kenmerk, Waarneming
from app.oordeel import balans, benaming
from app.oordeel.gesprek import dossier
from app.oordeel.overzicht import kerncijfers, regiokern, regiostaat
from app.oordeel.programma import koers
from app.oordeel.reeksen import core_series
from pipelines.afspraken.codelijsten import LAND, TOTAAL, Plek

REGIOS = ("RA0512", "RA1222", "RA0101", "WGO05", "WGO13")
# What a figure of the country belongs to: its indicator, and the name under which it stands.
Plekken = dict[tuple[str, str], set[tuple[str, str]]]


@pytest.fixture
def merk(warehouse: Path) -> Kenmerk:
    return data.kenmerk(warehouse / data.BESTAND)


def collect(merk: Kenmerk) -> Iterator[tuple[str, Waarneming]]:
    """Yield every figure of Nederland on cards, in verdicts, charts and dossiers, with the name it stands under."""

    def haal(naam: str) -> tuple[Waarneming, ...]:
        return data.waarnemingen(merk, naam, False)

    catalogus = data.indicatoren(merk)
    yield from (("Nederland", k.rij) for k in kerncijfers.collect(merk))
    lijnen = koers.action_lines(catalogus, haal, data.trendbreuken(merk), data.doelen(merk))
    yield from (("Nederland", rij) for lijn in lijnen for deel in lijn.delen for rij in deel.rijen[-1:])
    regios = data.regios(merk)
    for code in REGIOS:
        kernen = regiokern.collect(catalogus, haal, regios[code], (), regios.values())
        yield from ((k.land_naam, k.land) for k in kernen if k.land is not None)
    yield from (("Nederland", c.rij) for c in dossier.build_dossier(merk, LAND).cijfers)
    for document in (land.national_document(merk), *(regio.region_document(merk, code) for code in REGIOS)):
        for blok in document.blokken:
            if isinstance(blok, Grafiek):
                yield from ((lijn.naam, lijn.rijen[-1]) for lijn in blok.lijnen if lijn.rijen[-1].regio_code == LAND)


def test_the_programme_monitor_shows_the_real_figures_that_there_are_per_region(merk: Kenmerk) -> None:
    inhoud = str(land.national_document(merk).blokken)
    assert "geen cijfers per regio" not in inhoud
    eerste = regiostaat.first_choice(merk, regiostaat.with_regions(merk, False), False)
    assert f"{data.indicatoren(merk)[eerste].titel} per regio" in inhoud
    assert "geen cijfer van hetzelfde kwartaal in een eerder jaar" in inhoud


def test_no_card_or_row_of_the_country_shows_the_change_of_one_side_of_a_balance_alone(merk: Kenmerk) -> None:
    kaarten = {k.indicator.indicator_id: k for k in kerncijfers.collect(merk)}
    assert kaarten["uitstroom"].stap is None
    rijen = {c.indicator.indicator_id: c.verandering for c in dossier.build_dossier(merk, LAND).cijfers}
    assert rijen["uitstroom"] == kaarten["uitstroom"].reden == balans.EEN_KANT


def test_nederland_without_a_name_is_one_series_on_every_page_and_document(merk: Kenmerk) -> None:
    gevonden: Plekken = defaultdict(set)
    for naam, rij in collect(merk):
        gevonden[rij.indicator_id, naam].add((rij.uitsplitsing, rij.periode_soort))
    assert {plek: reeksen for plek, reeksen in gevonden.items() if len(reeksen) > 1} == {}
    for (indicator_id, naam), reeksen in gevonden.items():
        kern = core_series(data.waarnemingen(merk, indicator_id, False))[-1]
        is_kern = reeksen == {(kern.uitsplitsing, kern.periode_soort)}
        assert is_kern or naam != "Nederland", (indicator_id, reeksen)
    assert len({indicator_id for indicator_id, _ in gevonden}) > 20


def test_the_newest_figure_of_that_series_is_one_figure_everywhere(merk: Kenmerk) -> None:
    nieuwste: dict[tuple[str, str], set[float | None]] = defaultdict(set)
    for naam, rij in collect(merk):
        if naam == "Nederland":
            nieuwste[rij.indicator_id, rij.periode].add(rij.waarde)
    assert {plek: waarden for plek, waarden in nieuwste.items() if len(waarden) > 1} == {}


def test_what_has_several_national_series_names_its_core_in_the_catalogue(merk: Kenmerk) -> None:
    """A forecast has a series per vintage, and the survey its groups: there the newest, and the whole, is meant."""
    catalogus = data.indicatoren(merk)
    zonder = []
    for naam in in_order(catalogus, Plek.LANDELIJK) + in_order(catalogus, Plek.REGIO):
        rijen = [
            r for r in data.waarnemingen(merk, naam, False)
            if (r.niveau, r.branche_code, r.categorie) == ("land", TOTAAL, "") and r.waarde is not None
        ]  # fmt: skip
        reeksen = {(r.uitsplitsing, r.periode_soort) for r in rijen if not r.is_prognose and not r.schatting}
        if len(reeksen) > 1 and not any(r.is_kern for r in rijen):
            zonder.append(naam)
    assert zonder == []


def series(uitsplitsing: str, *, is_kern: bool = False, soort: str = "jaar") -> Sequence[Waarneming]:
    anders = {"uitsplitsing": uitsplitsing, "is_kern": is_kern, "periode_soort": soort, "niveau": "land"}
    return [replace(rij, **anders) for rij in (BASIS, LATER)]  # type: ignore[arg-type]


def test_the_series_of_the_catalogue_goes_before_a_newer_and_a_longer_one() -> None:
    kern, ander = series("meting=kzv", is_kern=True), series("meting=vernet")
    later = replace(ander[-1], periode="2025", eind=ander[-1].eind.replace(year=2025))
    assert core_series([*ander, later, *kern]) == tuple(kern)
    # Without it the newest series is meant, of one kind of period.
    kwartaal = replace(later, periode_soort="kwartaal", periode="2024KW04", eind=later.eind.replace(year=2024))
    assert core_series([*ander, kwartaal, later]) == (*ander, later)


def test_nederland_of_another_series_carries_its_name() -> None:
    kern, ander, kaal = series("meting=kzv", is_kern=True), series("meting=vernet"), series("")
    alle = [*kern, *ander, *kaal]
    assert benaming.country_name(kern[-1], alle) == "Nederland"
    assert benaming.country_name(ander[-1], alle) == "Nederland (verzuimcijfers van Vernet)"
    assert benaming.country_name(kaal[-1], alle) == "Nederland (afbakening niet vermeld)"
