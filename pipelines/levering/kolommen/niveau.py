"""Whether a name of a region is of the level that its column says: Amersfoort is no arbeidsmarktregio."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.afspraken.contract import Tabel
from pipelines.afspraken.meldingen import Melding, show_value
from pipelines.levering.bestand.lezen import Gelezen
from pipelines.levering.bestand.woorden import among
from pipelines.levering.kolommen.gelijkenis import Codes, named_level
from pipelines.levering.kolommen.vertaling import KOLOMMEN_YML, Vertaling


def at_another_level(tabel: Tabel, vertaling: Vertaling, gelezen: Gelezen, bestand: str) -> Iterator[Melding]:
    """Yield per name of a region that is of another level than its header names, that it is asked which is meant."""
    regios = {hun: tabel.kolommen[onze] for hun, onze in vertaling.kolommen.items()
              if tabel.kolommen[onze].type == "regio" and onze in gelezen.frame and named_level(hun)}  # fmt: skip
    if not regios:
        return
    codes = Codes()
    for hun, kolom in regios.items():
        cellen = gelezen.frame[kolom.naam]
        for naam, code in codes.elsewhere(kolom, hun, cellen.unique()).items():
            raak = among(cellen, [naam])
            tekst = f"'{show_value(naam)}' is een {codes.level(code)} ({code}); de kop zegt {named_level(hun)}."
            advies = f"Zet in {KOLOMMEN_YML} bij waarden welk gebied het is, met zijn code."
            rij, aantal = int(cellen.index[raak][0]), int(raak.sum())
            yield Melding(bestand, tekst, rij=rij, kolom=kolom.naam, advies=advies, aantal=aantal)
