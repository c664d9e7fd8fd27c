"""Whether a region is where people study or where they live: said, where a supplier counts students in his own way."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.afspraken.codelijsten import LAND
from pipelines.afspraken.contract import Tabel
from pipelines.afspraken.meldingen import Melding
from pipelines.levering.bestand.lezen import Gelezen
from pipelines.levering.bestand.woorden import among
from pipelines.levering.kolommen.gelijkenis import bare
from pipelines.levering.kolommen.vertaling import Vertaling

_PLAATS, _MAAT, _REGIO = "plaats", "maat", "regio_code"
_WOON = "woon"


def unsaid_place(tabel: Tabel, vertaling: Vertaling, gelezen: Gelezen, bestand: str) -> Iterator[Melding]:
    """Yield the question of which place these regions are, where a count is named, or the header says that men live.

    Without an answer these figures would join a series of the other place.
    """
    frame = gelezen.frame
    if _PLAATS not in tabel.kolommen or _REGIO not in frame:
        return
    woont = any(onze == _REGIO and _WOON in bare(hun) for hun, onze in vertaling.kolommen.items())
    if not woont and _MAAT in tabel.kolommen and _MAAT not in frame:
        return
    leeg = ~among(frame[_REGIO], [LAND])
    if _PLAATS in frame:
        leeg &= among(frame[_PLAATS], [""])
    if leeg.any():
        tekst = "Er staat niet bij of een regio is waar men studeert of waar men woont."
        advies = "Kies bij plaats: studie of woon. Weet u het niet, vraag het dan wie het telde."
        yield Melding(bestand, tekst, rij=int(frame.index[leeg][0]), advies=advies, aantal=int(leeg.sum()))
