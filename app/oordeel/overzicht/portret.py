"""A region in at most 150 words: what it is, its real figures of today beside Nederland, and how much is unknown."""

from __future__ import annotations

from collections.abc import Iterator

from app.oordeel import benaming, zinnen
from app.oordeel.gesprek.dossier import Dossier, Dossiercijfer
from app.oordeel.gesprek.gespreksgegevens import Regiogegevens
from app.oordeel.reeksen import VERGELIJKBAAR
from app.taal.opmaak import hoofdletter, telling
from pipelines.afspraken.codelijsten import Herkomst

WOORDEN = 150
_NIETS_ECHTS = ("niets", Herkomst.SYNTHETISCH)


def portrait(alles: Dossier, gegevens: Regiogegevens) -> list[str]:
    """Return the sentences, as many of the figures in the order of a talk as there is room for.

    Nothing made up is in it; what is old says so, and of two sides of a balance neither is given a change.
    """
    eerste, laatste = _who(alles), _unknown(alles, gegevens)
    over = WOORDEN - _words(eerste) - _words(laatste)
    zinnen_: list[str] = []
    for zin in _figures(alles, gegevens):
        if _words(zin) > over:
            break
        over -= _words(zin)
        zinnen_.append(zin)
    return [zin for zin in (eerste, *zinnen_, laatste) if zin]


def _words(tekst: str) -> int:
    return len(tekst.split())


def _who(alles: Dossier) -> str:
    """Say to which werkgeversorganisatie a region belongs; of one itself there is nothing to add to its name."""
    return f"{alles.regio.naam} hoort bij werkgeversorganisatie {alles.wgo.naam}." if alles.wgo else ""


def _is_known(cijfer: Dossiercijfer) -> bool:
    """Whether the area itself has a real figure of it to show."""
    return not cijfer.van_wgo and cijfer.rij.waarde is not None and not cijfer.rij.is_voorbeeld


def _figures(alles: Dossier, gegevens: Regiogegevens) -> Iterator[str]:
    for cijfer in alles.cijfers:
        if _is_known(cijfer):
            yield _sentence(cijfer, gegevens)


def _sentence(cijfer: Dossiercijfer, gegevens: Regiogegevens) -> str:
    indicator, rij, land = cijfer.indicator, cijfer.rij, cijfer.land
    zin = f"{hoofdletter(benaming.label(indicator, rij))}: {zinnen.figure_with_unit(rij, indicator.eenheid)}"
    zin += f" {zinnen.at_moment(rij)}"
    reeks = gegevens.series(indicator.indicator_id)
    _, stap = zinnen.latest_change(reeks, gegevens.breuken, gegevens.verschillen)
    erbij = [zinnen.change_line(stap, indicator.eenheid)] if stap and stap.tot == rij and not indicator.balans else []
    erbij += [oud] if (oud := zinnen.old_text(rij)) else []
    zin += f" ({', '.join(erbij)})" if erbij else ""
    vergelijkbaar = indicator.eenheid in VERGELIJKBAAR and land is not None and not land.is_voorbeeld
    if vergelijkbaar and land is not None and land.waarde is not None:
        zin += f"; Nederland {zinnen.figure(land, indicator.eenheid)}"
    return f"{zin}."


def _unknown(alles: Dossier, gegevens: Regiogegevens) -> str:
    """Say how many figures there could be of such an area that nobody delivered; of one that ended none will come."""
    if alles.regio.geldig_tot is not None:
        return ""
    zonder = sum(g.niveau == alles.regio.niveau and g.heeft in _NIETS_ECHTS for g in gegevens.gaten)
    if not zonder:
        return ""
    kern = telling(zonder, "cijfer", "cijfers")
    return f"{kern} over {alles.regio.naam} {'is' if zonder == 1 else 'zijn'} nog niet geleverd."
