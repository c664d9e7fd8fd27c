"""One series of an indicator in one area: which one is meant where nothing else is said, and what its chart says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.lezen import data
from app.lezen.rijen import Indicator, Kenmerk, Regio, Waarneming
from app.oordeel import benaming, zinnen
from app.oordeel.echt import is_mixed
from app.oordeel.reeksen import VERGELIJKBAAR, core_series, main_breakdown, select_series
from app.oordeel.trend import Lijn, Trend
from app.oordeel.vergelijken import regelgrens
from app.taal.opmaak import categorie_tekst
from pipelines.afspraken.codelijsten import LAND, TOTAAL, Niveau
from pipelines.afspraken.schrift.uitsplitsing import parts

_NIVEAUS = [str(niveau) for niveau in Niveau]


@dataclass(frozen=True)
class Cijferkeuze:
    """One series of an indicator in one area, with every figure that the indicator has to show."""

    indicator: Indicator
    regio: Regio
    uitsplitsing: str
    categorie: str
    branche: str
    alle: tuple[Waarneming, ...]

    @property
    def eenheid(self) -> str:
        """The unit of the series: that of an answer to a question for a mean is a share."""
        return self.deel.eenheid

    @property
    def deel(self) -> Indicator:
        """The indicator in the unit of the series."""
        return zinnen.of_part(self.indicator, self.categorie)

    def rows(self, regio_code: str) -> tuple[Waarneming, ...]:
        """Return the figures of this series in one area, of one kind of period, in order of time."""
        reeks = select_series(
            self.alle,
            uitsplitsing=self.uitsplitsing,
            categorie=self.categorie,
            regio=regio_code,
            branche=self.branche,
        )
        gevuld = [r for r in reeks if r.waarde is not None] or reeks
        toon = next((r for r in gevuld if r.is_kern), gevuld[-1] if gevuld else None)
        return tuple(r for r in reeks if toon is not None and r.periode_soort == toon.periode_soort)

    def newest(self, niveau: str) -> tuple[Mapping[str, Waarneming], Sequence[Waarneming]]:
        """Return the newest figures of a level that can be compared, by area, and those of all periods."""
        rijen = [
            r for r in self.alle
            if r.niveau == niveau and r.categorie == self.categorie and r.branche_code == self.branche
        ]  # fmt: skip
        zelfde = {r.regio_code for r in rijen if r.uitsplitsing == self.uitsplitsing and r.waarde is not None}
        uitsplitsing = self.uitsplitsing if len(zelfde) > 1 else main_breakdown(rijen)
        alle = [r for r in rijen if r.uitsplitsing == uitsplitsing]
        gevuld = [r for r in alle if r.waarde is not None]
        per_periode = Counter(r.periode for r in gevuld)
        # A period in which one area has a figure compares nothing.
        laatste = max(gevuld, key=lambda r: (per_periode[r.periode] > 1, r.eind), default=None)
        if laatste is None:
            return {}, alle
        return {r.regio_code: r for r in alle if r.periode == laatste.periode}, alle

    def beside(self, naam: str) -> list[Waarneming]:
        """Return the newest figures of the chosen area that differ from this series in one part of it only.

        Such as every opleiding; none where there are fewer than two with a value.
        """
        rest = _without(parts(self.uitsplitsing), naam)
        plek = (self.regio.regio_code, self.categorie, self.branche)
        rijen = [
            r for r in self.alle
            if (r.regio_code, r.categorie, r.branche_code) == plek and _without(r.delen, naam) == rest
        ]  # fmt: skip
        gevuld = [r for r in rijen if r.waarde is not None and naam in r.delen]
        laatste = max(gevuld, key=lambda r: r.eind, default=None)
        if laatste is None or sum(r.periode == laatste.periode for r in gevuld) < 2:
            return []
        return [r for r in rijen if r.periode == laatste.periode]


def _without(delen: Mapping[str, str], naam: str) -> Mapping[str, str]:
    return {deel: waarde for deel, waarde in delen.items() if deel != naam}


def figures(merk: Kenmerk, indicator: Indicator, voorbeeld: bool) -> tuple[Waarneming, ...]:
    """Return every figure to show of an indicator, of the areas that have a name."""
    regios = data.regios(merk)
    return tuple(r for r in data.waarnemingen(merk, indicator.indicator_id, voorbeeld) if r.regio_code in regios)


def areas(merk: Kenmerk, alle: Sequence[Waarneming]) -> list[str]:
    """Return the areas with a figure, wide ones first; those without a value only where there are no others."""
    regios = data.regios(merk)
    heeft = {r.regio_code for r in alle if r.waarde is not None} or {r.regio_code for r in alle}
    return sorted(heeft, key=lambda code: (_NIVEAUS.index(regios[code].niveau), code))


def codes(waarden: Sequence[str], eerst: str | None = "") -> list[str]:
    """Return the codes that occur: the usual one first, then the commonest."""
    return sorted(set(waarden), key=lambda code: (code != eerst, -waarden.count(code), code))


def filled(rijen: Sequence[Waarneming]) -> Sequence[Waarneming]:
    """Return the figures with a value; all where none has one."""
    return [r for r in rijen if r.waarde is not None] or rijen


def usual_breakdown(alle: Sequence[Waarneming], regio: Regio) -> str:
    """Return the uitsplitsing that is meant in an area where none is named."""
    kern = core_series(alle, regio.niveau, regio.regio_code)
    return kern[0].uitsplitsing if kern else ""


def usual(merk: Kenmerk, indicator: Indicator, regio_code: str = "", voorbeeld: bool = False) -> Cijferkeuze | None:
    """Return the series that is meant where only an indicator, and perhaps an area, is named; nothing where none is."""
    alle = figures(merk, indicator, voorbeeld)
    gebieden = areas(merk, alle)
    code = regio_code or (gebieden[0] if gebieden else "")
    if code not in gebieden:
        return None
    regio = data.regios(merk)[code]
    rijen = filled([r for r in alle if r.regio_code == code])
    uitsplitsing = codes([r.uitsplitsing for r in rijen], usual_breakdown(alle, regio))[0]
    rijen = [r for r in rijen if r.uitsplitsing == uitsplitsing]
    categorie = codes([r.categorie for r in rijen])[0]
    branche = codes([r.branche_code for r in rijen if r.categorie == categorie], TOTAAL)[0]
    return Cijferkeuze(indicator, regio, uitsplitsing, categorie, branche, alle)


def trend(merk: Kenmerk, keuze: Cijferkeuze) -> Trend:
    """Return the chart of the series with its title, beside Nederland where that can be compared."""
    indicator, breuken = keuze.indicator, data.trendbreuken(merk)
    eigen = keuze.rows(keuze.regio.regio_code)
    lijnen = [Lijn(keuze.regio.naam, eigen), *country(keuze, eigen)]
    wat = ", ".join(filter(None, [benaming.label(indicator, eigen[-1]), categorie_tekst(keuze.categorie)]))
    if keuze.branche != TOTAAL:
        wat = f"{wat} in {data.branches(merk)[keuze.branche].naam_kort.lower()}"
    zin = zinnen.trend_clause(eigen, keuze.eenheid, breuken, data.verschillen(merk), is_kant=bool(indicator.balans))
    titel = zinnen.trend_title(f"{wat} in {keuze.regio.naam}", zin)
    onder = zinnen.scope_text(keuze.deel, [lijn.rijen for lijn in lijnen], breuken, vergelijkt=True)
    sleutel = f"cijfer_{keuze.regio.regio_code}_{indicator.indicator_id}"
    grens = regelgrens.area(eigen, keuze.eenheid, breuken)
    return Trend(sleutel, zinnen.marked(titel, eigen), onder, keuze.eenheid, lijnen, breuken, grens=grens)


def country(keuze: Cijferkeuze, eigen: Sequence[Waarneming]) -> list[Lijn]:
    """Return the line of Nederland beside that of an area; none where the two cannot be compared."""
    if keuze.regio.regio_code == LAND or keuze.indicator.eenheid not in VERGELIJKBAAR:
        return []
    perioden = {r.periode for r in eigen}
    land = tuple(r for r in keuze.rows(LAND) if r.periode in perioden)
    return [Lijn(benaming.country_name(land[0], keuze.alle), land)] if land and not is_mixed([*eigen, *land]) else []
