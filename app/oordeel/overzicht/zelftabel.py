"""A table of the reader's own making: a row per figure and area, a column per period, each cell as a page writes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.lezen.rijen import Haal, Indicator, Regio, Waarneming
from app.oordeel import benaming, bijschriften, zinnen
from app.oordeel.reeksen import core_series, main_breakdown, select_series
from app.taal.opmaak import categorie_tekst
from pipelines.afspraken.codelijsten import TOTAAL, Status

# What is written where an area has no figure of a period; a hidden or missing one says so itself.
GEEN = Status.ONTBREEKT.naam


@dataclass(frozen=True)
class Tabelregel:
    """The series of one indicator in one area, by period."""

    indicator: Indicator
    regio: Regio
    per: Mapping[str, Waarneming]

    @property
    def naam(self) -> str:
        """What it is a figure of, with its series where that is not the usual one, and the answer that it is of."""
        rij = next(iter(self.per.values()))
        return ": ".join(filter(None, [benaming.label(self.indicator, rij), categorie_tekst(rij.categorie)]))

    def cell(self, periode: str) -> str:
        """Write the figure of a period with what must be known of it, or that there is none."""
        rij = self.per.get(periode)
        if rij is None:
            return GEEN
        merk = bijschriften.series_remark(rij)
        cijfer = zinnen.figure(rij, zinnen.unit_of_part(self.indicator.eenheid, rij.categorie))
        return f"{cijfer} ({merk})" if merk and rij.waarde is not None else cijfer


@dataclass(frozen=True)
class Zelftabel:
    """Rows and the periods of their columns, oldest first; `perioden` gives each its name. All real, or all made up."""

    regels: tuple[Tabelregel, ...]
    perioden: Mapping[str, str]

    @property
    def rijen(self) -> tuple[Waarneming, ...]:
        """Every figure in it, in the order of the table."""
        return tuple(r.per[p] for r in self.regels for p in self.perioden if p in r.per)


def has_series(rijen: Iterable[Waarneming], niveaus: Collection[str]) -> bool:
    """Return whether an indicator with these figures has a series to show at one of these levels."""
    return any(r.niveau in niveaus and r.branche_code == TOTAAL for r in rijen)


def series(
    indicatoren: Iterable[Indicator],
    regios: Sequence[Regio],
    haal: Haal,
    tellingen: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> list[Tabelregel]:
    """Return the series of every indicator in every area that has one, over all branches.

    What has no figure over all answers together has a series per answer. `tellingen` names, per indicator, the ways of
    counting that the reader chose; without, it is the usual one.
    """
    return [
        Tabelregel(indicator, regio, {r.periode: r for r in reeks})
        for indicator in indicatoren
        for regio in regios
        for telling in tellingen.get(indicator.indicator_id, (None,))
        for reeks in _of_area(haal(indicator.indicator_id), regio, telling)
        if reeks
    ]


def countings(rijen: Iterable[Waarneming], regios: Iterable[Regio]) -> list[str]:
    """Return the ways of counting that these areas have figures of, over all branches and answers together."""
    codes = {regio.regio_code for regio in regios}
    return list(
        dict.fromkeys(
            r.uitsplitsing for r in rijen
            if r.regio_code in codes and r.branche_code == TOTAAL and not r.categorie and r.waarde is not None
        )
    )  # fmt: skip


def _of_area(rijen: Sequence[Waarneming], regio: Regio, telling: str | None) -> list[tuple[Waarneming, ...]]:
    if telling is not None:
        return [select_series(rijen, uitsplitsing=telling, regio=regio.regio_code)]
    if any(not r.categorie for r in rijen):
        return [core_series(rijen, regio.niveau, regio.regio_code)]
    hier = [r for r in rijen if r.regio_code == regio.regio_code and r.branche_code == TOTAAL]
    uitsplitsing = main_breakdown(hier) or ""
    hier = [r for r in hier if r.uitsplitsing == uitsplitsing]
    antwoorden = dict.fromkeys(r.categorie for r in hier)
    return [tuple(r for r in hier if r.categorie == antwoord) for antwoord in antwoorden]


def periods(regels: Iterable[Tabelregel]) -> dict[str, str]:
    """Return every period of these series with its name, oldest first."""
    alle = {rij.periode: rij for regel in regels for rij in regel.per.values()}
    return {r.periode: r.periode_naam for r in sorted(alle.values(), key=lambda r: (r.eind, r.begin))}


def newest(regels: Sequence[Tabelregel], aantal: int) -> set[str]:
    """Return the newest periods of every indicator, as many in all as `aantal` where each has its share."""
    per: dict[str, list[Tabelregel]] = {}
    for regel in regels:
        per.setdefault(regel.indicator.indicator_id, []).append(regel)
    ieder = max(1, aantal // len(per)) if per else 0
    return {periode for eigen in per.values() for periode in list(periods(eigen))[-ieder:]}


def without(regels: Iterable[Tabelregel], perioden: Mapping[str, str]) -> dict[str, list[str]]:
    """Return per indicator, by its title, which areas have no figure in any of these periods."""
    per: dict[str, dict[str, None]] = {}
    for r in regels:
        if not r.per.keys() & perioden.keys():
            per.setdefault(r.indicator.titel, {})[r.regio.naam] = None
    return {titel: list(namen) for titel, namen in per.items()}


def split(regels: Sequence[Tabelregel], perioden: Mapping[str, str]) -> tuple[Zelftabel, Zelftabel]:
    """Return what is real and what is made up as two tables: the one is never beside the other."""
    echt, verzonnen = (
        [
            Tabelregel(regel.indicator, regel.regio, per)
            for regel in regels
            if (per := {p: r for p, r in regel.per.items() if p in perioden and r.is_voorbeeld is is_voorbeeld})
        ]
        for is_voorbeeld in (False, True)
    )
    return _table(echt, perioden), _table(verzonnen, perioden)


def _table(regels: Sequence[Tabelregel], perioden: Mapping[str, str]) -> Zelftabel:
    gevuld = {p for regel in regels for p in regel.per}
    return Zelftabel(tuple(regels), {p: naam for p, naam in perioden.items() if p in gevuld})
