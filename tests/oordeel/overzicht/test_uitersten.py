"""The lowest and the highest region: named only where a full count or a test tells them apart."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from zinrijen import BASIS

from app.lezen import data
from app.lezen.rijen import Verschil, Waarneming
from app.oordeel.overzicht import uitersten
from app.oordeel.overzicht.uitersten import Uitersten

CODES = ("RA0101", "RA0102", "RA0205")


def rows(*waarden: float | None, **anders: object) -> list[Waarneming]:
    vast = {"niveau": "arbeidsmarktregio", "status": "beschikbaar", **anders}
    return [replace(BASIS, regio_code=c, waarde=w, **vast) for c, w in zip(CODES, waarden, strict=True)]


def names(uit: Uitersten | None) -> tuple[str, str]:
    assert uit is not None
    return (uit.laag.regio_code if uit.laag else "", uit.hoog.regio_code if uit.hoog else "")


def test_of_a_full_count_both_ends_are_named() -> None:
    assert names(uitersten.of_regions(BASIS, rows(10, 30, 20), "personen", ())) == ("RA0101", "RA0102")


def test_two_that_are_shown_alike_share_an_end_and_neither_is_named() -> None:
    assert names(uitersten.of_regions(BASIS, rows(10, 30, 30), "personen", ())) == ("RA0101", "")


@pytest.mark.parametrize("anders", [{"is_voorlopig": True}, {"precisie": "circa"}, {"uitsplitsing": "maat=anders"}])
def test_what_is_rough_or_of_another_series_names_nobody(anders: dict[str, object]) -> None:
    assert uitersten.of_regions(BASIS, rows(10, 30, 20, **anders), "personen", ()) is None


def test_of_a_sample_only_a_region_that_a_test_sets_apart_is_named() -> None:
    hoger = Verschil("dekkingsgraad", "", "regio_rest", "RA0102", "2019", "", 0.1, "hoger", herkomst="gepubliceerd")
    uit = uitersten.of_regions(BASIS, rows(0.1, 0.3, 0.2, is_steekproef=True), "aandeel", (hoger,))
    assert names(uit) == ("", "RA0102")


def test_where_a_region_is_hidden_nobody_is_called_the_lowest() -> None:
    een, twee, drie = rows(10, 30, 20)
    verborgen = replace(drie, waarde=None, status="onderdrukt")
    assert uitersten.of_regions(BASIS, [een, twee, verborgen], "personen", ()) is None


def test_the_period_is_the_newest_that_most_regions_have() -> None:
    later = replace(rows(1, 2, 3)[2], periode="2021", eind=BASIS.eind.replace(year=2022))
    assert names(uitersten.of_regions(BASIS, [*rows(10, 30, 20), later], "personen", ())) == ("RA0101", "RA0102")


@pytest.mark.parametrize(("met_cijfer", "genoemd"), [(10, ["dekkingsgraad"]), (9, [])])
def test_among_ten_regions_only_those_with_a_figure_count(
    met_cijfer: int, genoemd: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    vast = rows(1, 2, 3)[0]
    met = [replace(vast, regio_code=f"RA{n:04}", waarde=float(n)) for n in range(met_cijfer)]
    zonder = [replace(vast, regio_code=f"RA{n:04}", waarde=None, status="ontbreekt") for n in range(met_cijfer, 12)]
    rijen = met + zonder
    catalogus = {"dekkingsgraad": SimpleNamespace(indicator_id="dekkingsgraad", eenheid="personen")}
    for naam, antwoord in {
        "indicatoren": catalogus, "verschillen": (), "waarnemingen": rijen,
        "niveaus_per_indicator": {"dekkingsgraad": {"arbeidsmarktregio"}},
    }.items():  # fmt: skip
        monkeypatch.setattr(data, naam, lambda *_, uit=antwoord: uit)
    merk = (f"met {met_cijfer}", 0, 0, 0)
    assert [i.indicator_id for i, _ in uitersten.named(merk)] == genoemd
