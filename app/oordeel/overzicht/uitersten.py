"""Between which regions a figure of the country lies: the lowest and the highest, where that is certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.lezen import data
from app.lezen.geheugen import remember_once
from app.lezen.rijen import Indicator, Kenmerk, Regio, Verschil, Waarneming
from app.oordeel import zinnen
from app.oordeel.echt import has_examples
from app.oordeel.reeksen import main_breakdown
from app.oordeel.vergelijken import volgorde
from app.oordeel.vergelijken.volgorde import Rijgroep
from app.taal.opmaak import NIVEAU_ENKEL, NIVEAU_WOORD, telling, uitsplitsing_tekst
from pipelines.afspraken.codelijsten import LANDDEKKEND, TOTAAL, VERBORGEN

# The lowest of a handful of regions says nothing of the lowest of all.
_MINSTENS = 10

# Said of the figures beside which no region is named.
WAAROM_NIET = (
    "Van de andere cijfers hierboven is het niet te zeggen: er is geen cijfer per regio, een regio wordt niet getoond,"
    " of de cijfers zijn voorlopig, ruw of liggen te dicht bij elkaar."
)


@dataclass(frozen=True)
class Uitersten:
    """The lowest and the highest region in one period; None where no region stands apart on that side."""

    laag: Waarneming | None
    hoog: Waarneming | None
    # How many regions have a figure; what is not shown of another could be lower or higher.
    aantal: int = 0


def of_regions(
    kern: Waarneming, rijen: Iterable[Waarneming], eenheid: str, toetsen: Sequence[Verschil]
) -> Uitersten | None:
    """Return the extremes of the series that a figure of the country is of, in the period that most regions have.

    None where no region stands apart: not told apart by a full count, by funnel limits or by a test.
    """
    eigen = [r for r in rijen if (r.branche_code, r.categorie, r.uitsplitsing) == (TOTAAL, "", kern.uitsplitsing)]
    for niveau in LANDDEKKEND:
        gevuld = [r for r in eigen if r.niveau == niveau and r.waarde is not None]
        if gevuld and not has_examples(gevuld):
            tellingen = Counter((r.eind, r.periode) for r in gevuld)
            _, periode = max(tellingen, key=lambda p: (tellingen[p], p))
            per = {r.regio_code: r for r in gevuld if r.periode == periode}
            if any(r.status in VERBORGEN for r in eigen if (r.niveau, r.periode) == (niveau, periode)):
                continue
            groepen = [g for g in volgorde.of_figures(per, per, eenheid, toetsen) if g.codes]
            uit = Uitersten(_alone(groepen, per, eenheid, -1), _alone(groepen, per, eenheid, 0), len(per))
            return uit if uit.laag or uit.hoog else None
    return None


@remember_once(2)
def named(merk: Kenmerk) -> tuple[tuple[Indicator, Uitersten], ...]:
    """Return every indicator of which real figures say which region is lowest or highest, in the catalogue's order."""
    uit = []
    catalogus, toetsen = data.indicatoren(merk), data.verschillen(merk)
    for naam, niveaus in data.niveaus_per_indicator(merk, False).items():
        rijen = [r for r in data.waarnemingen(merk, naam, False) if r.branche_code == TOTAAL and not r.categorie]
        for niveau in (n for n in LANDDEKKEND if n in niveaus):
            hier = [r for r in rijen if r.niveau == niveau]
            soort = main_breakdown(hier)
            reeks = [r for r in hier if r.uitsplitsing == soort]
            if len({r.regio_code for r in reeks}) >= _MINSTENS:
                grenzen = of_regions(reeks[0], reeks, catalogus[naam].eenheid, toetsen)
                if grenzen and grenzen.aantal >= _MINSTENS:
                    uit.append((catalogus[naam], grenzen))
                break
    return tuple(uit)


def _alone(groepen: Sequence[Rijgroep], per: dict[str, Waarneming], eenheid: str, plek: int) -> Waarneming | None:
    """Return the region at one end of the groups, which run from high to low, where it stands there alone."""
    if len(per) < 2 or not groepen:
        return None
    einde = groepen[plek]
    if not einde.kop:
        toon = [zinnen.figure(per[code], eenheid) for code in einde.codes]
        return per[einde.codes[plek]] if toon.count(toon[plek]) == 1 else None
    buiten = volgorde.HOOG if plek == 0 else volgorde.LAAG
    return per[einde.codes[0]] if einde.kop in buiten and len(einde.codes) == 1 else None


def told_apart(indicator: Indicator, uit: Uitersten, namen: Mapping[str, Regio]) -> str:
    """Return which region has the lowest and which the highest figure, with what is counted and of when."""
    rij = uit.laag or uit.hoog
    if rij is None:
        return ""
    laag, hoog = (
        f"{zinnen.figure(r, indicator.eenheid)} in {namen[r.regio_code].naam}" if r is not None else ""
        for r in (uit.laag, uit.hoog)
    )
    kant = f"het laagst {laag}" if laag else f"het hoogst {hoog}"
    wat = f" ({soort})" if (soort := uitsplitsing_tekst(rij.uitsplitsing)) else ""
    waar = telling(uit.aantal, NIVEAU_ENKEL[rij.niveau], NIVEAU_WOORD[rij.niveau])
    wie = f"van {laag} tot {hoog}" if laag and hoog else kant
    return f"{wat} {zinnen.at_moment(rij)}, {waar} met een cijfer: {wie}."


def sentence(uit: Uitersten, namen: dict[str, Regio], eenheid: str) -> str:
    """Return in a few words which region has the lowest and which the highest figure, and of when that is."""
    delen = [
        f"{woord} {zinnen.figure(rij, eenheid)} ({namen[rij.regio_code].naam})"
        for woord, rij in (("laagst", uit.laag), ("hoogst", uit.hoog))
        if rij is not None
    ]
    rij = uit.laag or uit.hoog
    return f"Regio's, {rij.periode_naam}: {', '.join(delen)}" if rij else ""
