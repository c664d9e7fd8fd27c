"""The catalogue: every indicator in a list that can be searched, each with the way to its own page."""

from __future__ import annotations

from collections.abc import Sequence

from app.lezen import data
from app.lezen.rijen import Indicator, Kenmerk, Resultaat, Waarneming
from app.oordeel.programma.koers import ACTIELIJNEN
from app.raam.keuze import selectie
from app.raam.vakken import onderdelen
from app.schermen.verantwoording import lijst
from app.schermen.verantwoording.lijst import Lijst, Lijstregel
from app.taal.opmaak import NIVEAU_WOORD, PIJLER_WOORD, hoofdletter, opsomming
from pipelines.afspraken.codelijsten import TOTAAL, Niveau

_ECHT, _VERZONNEN, _NIETS = "echt", "verzonnen", "niets"
_OVERIG = "overig"
_KOPPEN = ("Cijfer", "Vraag", "Nieuwste echte cijfer", "Gebieden")


def show(merk: Kenmerk) -> None:
    """Show the list, by line of action or pijler, with what there is of each."""
    alle = data.indicatoren(merk)
    if not alle:
        onderdelen.notice("Er zijn nog geen indicatoren.")
        return
    groepen = {**ACTIELIJNEN, **PIJLER_WOORD, _OVERIG: "Programma en deelname"}
    uitkomsten = {_ECHT: "met echte cijfers", _VERZONNEN: "alleen voorbeelddata", _NIETS: "nog geen cijfers"}
    lijst.show(
        Lijst("indicatoren", "Alle cijfers", _KOPPEN, "Onderwerp", groepen, uitkomsten, telt_open=False),
        [_line(merk, indicator) for indicator in alle.values()],
    )
    kolommen = ("indicator_id", "indicator", "vraag", "eenheid", "periode", "niveau", "pijler")
    rijen = [
        (i.indicator_id, i.titel, i.vraag, i.eenheid, *_newest(merk, i), PIJLER_WOORD.get(i.pijler, ""))
        for i in alle.values()
    ]
    onderdelen.download("indicatoren", "Alle cijfers", Resultaat(kolommen, tuple(rijen)))


def _line(merk: Kenmerk, indicator: Indicator) -> Lijstregel:
    nieuwst, niveaus = _newest(merk, indicator)
    deels = newest_part(data.waarnemingen(merk, indicator.indicator_id, False))
    heeft = _ECHT if nieuwst else _NIETS
    if not nieuwst and data.waarnemingen(merk, indicator.indicator_id, True):
        heeft = _VERZONNEN
    titel = selectie.wijzer().evidence(indicator.titel, indicator)
    onderwerp = indicator.actielijn or indicator.pijler or _OVERIG
    return Lijstregel(
        (titel, indicator.vraag, f"{nieuwst}{deels}" or "nog niet", hoofdletter(niveaus)), heeft, onderwerp
    )


def _newest(merk: Kenmerk, indicator: Indicator) -> tuple[str, str]:
    """Return the period of the newest real figure and the levels that have one; empty where there is none."""
    echt = [r for r in data.waarnemingen(merk, indicator.indicator_id, False) if r.waarde is not None]
    if not echt:
        return "", ""
    niveaus = {r.niveau for r in echt}
    return max(_whole(echt), key=lambda r: r.eind).periode_naam, opsomming(
        [NIVEAU_WOORD[n] for n in Niveau if n in niveaus]
    )


def _whole(echt: Sequence[Waarneming]) -> Sequence[Waarneming]:
    """Return the figures of the whole: when it is of, is said of those."""
    return [r for r in echt if r.branche_code == TOTAAL and not r.categorie] or echt


def newest_part(rijen: Sequence[Waarneming]) -> str:
    """Say of when the newest figure of a branche or an answer is, where that is newer than the whole."""
    echt = [r for r in rijen if r.waarde is not None]
    nieuwst = max(echt, key=lambda r: r.eind, default=None)
    if nieuwst is None or nieuwst.eind <= max(r.eind for r in _whole(echt)):
        return ""
    return f"; {'per branche' if nieuwst.branche_code != TOTAAL else 'per antwoord'} {nieuwst.periode_naam}"
