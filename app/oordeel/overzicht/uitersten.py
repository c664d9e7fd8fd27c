"""Between which regions a figure of the country lies: the lowest and the highest, where that is certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.lezen.rijen import Regio, Verschil, Waarneming
from app.oordeel import zinnen
from app.oordeel.echt import has_examples
from app.oordeel.vergelijken import volgorde
from app.oordeel.vergelijken.volgorde import Groep
from pipelines.afspraken.codelijsten import TOTAAL, Niveau

_NIVEAUS = (Niveau.ARBEIDSMARKTREGIO, Niveau.PROVINCIE)


@dataclass(frozen=True)
class Uitersten:
    """The lowest and the highest region in one period; None where no region stands apart on that side."""

    laag: Waarneming | None
    hoog: Waarneming | None


def of_regions(
    kern: Waarneming, rijen: Iterable[Waarneming], eenheid: str, toetsen: Sequence[Verschil]
) -> Uitersten | None:
    """Return the extremes of the series that a figure of the country is of, in the period that most regions have.

    None where no region stands apart: not told apart by a full count, by funnel limits or by a test.
    """
    eigen = [r for r in rijen if (r.branche_code, r.categorie, r.uitsplitsing) == (TOTAAL, "", kern.uitsplitsing)]
    for niveau in _NIVEAUS:
        gevuld = [r for r in eigen if r.niveau == niveau and r.waarde is not None]
        if gevuld and not has_examples(gevuld):
            tellingen = Counter((r.eind, r.periode) for r in gevuld)
            _, periode = max(tellingen, key=lambda p: (tellingen[p], p))
            per = {r.regio_code: r for r in gevuld if r.periode == periode}
            groepen = [g for g in volgorde.of_figures(per, per, eenheid, toetsen) if g.codes]
            uit = Uitersten(_alone(groepen, per, eenheid, -1), _alone(groepen, per, eenheid, 0))
            return uit if uit.laag or uit.hoog else None
    return None


def _alone(groepen: Sequence[Groep], per: dict[str, Waarneming], eenheid: str, plek: int) -> Waarneming | None:
    """Return the region at one end of the groups, which run from high to low, where it stands there alone."""
    if len(per) < 2 or not groepen:
        return None
    einde = groepen[plek]
    if not einde.kop:
        toon = [zinnen.figure(per[code], eenheid) for code in einde.codes]
        return per[einde.codes[plek]] if toon.count(toon[plek]) == 1 else None
    buiten = volgorde.HOOG if plek == 0 else volgorde.LAAG
    return per[einde.codes[0]] if einde.kop in buiten and len(einde.codes) == 1 else None


def sentence(uit: Uitersten, namen: dict[str, Regio], eenheid: str) -> str:
    """Return in a few words which region has the lowest and which the highest figure, and of when that is."""
    delen = [
        f"{woord} {zinnen.figure(rij, eenheid)} ({namen[rij.regio_code].naam})"
        for woord, rij in (("laagst", uit.laag), ("hoogst", uit.hoog))
        if rij is not None
    ]
    rij = uit.laag or uit.hoog
    return f"Regio's, {rij.periode_naam}: {', '.join(delen)}" if rij else ""
