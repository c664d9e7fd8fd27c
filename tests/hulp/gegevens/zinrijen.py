"""Figures written by hand for sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.lezen.rijen import Waarneming
from pipelines.afspraken.schrift.perioden import parse_periode

BASIS = Waarneming(
    indicator_id="dekkingsgraad", categorie="", uitsplitsing="", regio_code="NL01", niveau="land",
    branche_code="TOTAAL", periode="2019", schatting="", herkomst="gepubliceerd", peildatum=None, waarde=0.66,
    waarde_tot=None, onder=None, boven=None, teller=None, noemer=None, n=None, status="beschikbaar",
    is_voorlopig=False, levering_id="l", precisie="afgerond", populatie="", bron="Bron", vindplaats="p. 1",
    periode_naam="2019", periode_soort="jaar", begin=date(2019, 1, 1), eind=date(2019, 12, 31),
)  # fmt: skip


LATER = replace(
    BASIS, periode="2021", periode_naam="2021", waarde=0.68, begin=date(2021, 1, 1), eind=date(2021, 12, 31)
)


def quarters(*procenten: float, vanaf: int = 2019) -> tuple[Waarneming, ...]:
    """Return a share per quarter in a row, in percents."""
    uit = []
    for nummer, procent in enumerate(procenten):
        periode = parse_periode(f"{vanaf + nummer // 4}KW0{nummer % 4 + 1}")
        uit.append(
            replace(
                BASIS, indicator_id="verzuim", periode=periode.code, periode_naam=periode.naam, decimalen=1,
                periode_soort=periode.soort, begin=periode.begin, eind=periode.eind, waarde=round(procent / 100, 4),
            )
        )  # fmt: skip
    return tuple(uit)
