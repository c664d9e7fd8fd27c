"""A point in a figure: before decimals, or between thousands. Where a file does not show which, that is asked."""

from __future__ import annotations

import re
from collections.abc import Collection

from pipelines.afspraken.contract import Kolom, Tabel
from pipelines.afspraken.meldingen import Melding, show_value
from pipelines.levering.bestand.lezen import Gelezen
from pipelines.levering.bestand.woorden import among, coded, replaced
from pipelines.levering.waarden.duiden import Geduid

_GROEPEN = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_MEER_GROEPEN = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}")
_PUNT = re.compile(r"-?[0-9]+\.[0-9]+")
_KOMMA = re.compile(r"-?[0-9]+,[0-9]+")
_BLAD = ".xlsx"


def read_points(tabel: Tabel, gelezen: Gelezen, bestand: str) -> Geduid:
    """Return the rows with thousands in full where the file shows that a point is between them, and what is asked.

    1.250 may be 1250 or 1,25. Another figure of its column may show which: 1.250.000 has thousands, 7.5 has decimals.
    """
    geduid = Geduid(gelezen.frame)
    kolommen = [k for k in tabel.kolommen.values() if k.type == "getal" and k.naam in gelezen.frame]
    woorden = {k.naam: coded(gelezen.frame[k.naam])[1] for k in kolommen}
    if gelezen.decimaalkomma and any(_KOMMA.fullmatch(w) for deel in woorden.values() for w in deel):
        for kolom in kolommen:
            punten = [w for w in woorden[kolom.naam] if _PUNT.fullmatch(w)]
            geduid.fouten += _beside_commas(geduid, kolom, punten, bestand)
        return geduid
    # A cell of a sheet that is a number has no group of three behind its point: see xlsx.py.
    vraagt = gelezen.decimaalkomma or bestand.lower().endswith(_BLAD)
    for kolom in kolommen:
        _judge(geduid, kolom, woorden[kolom.naam], bestand, vraagt=vraagt)
    return geduid


def _beside_commas(geduid: Geduid, kolom: Kolom, punten: Collection[str], bestand: str) -> list[Melding]:
    """Return a message per figure with a point in a file that writes commas: 1.234 may then be 1234."""
    advies = "Schrijf in het hele bestand een komma of een punt, en geen punt voor duizendtallen."
    cellen = geduid.frame.loc[among(geduid.frame[kolom.naam], punten), kolom.naam]
    return [
        Melding(bestand, f"'{show_value(waarde)}' heeft een punt, maar andere getallen hebben een komma.",
                rij=int(rij), kolom=kolom.naam, advies=advies)
        for rij, waarde in cellen.items()
    ]  # fmt: skip


def _judge(geduid: Geduid, kolom: Kolom, woorden: Collection[str], bestand: str, *, vraagt: bool) -> None:
    """Note of one column what its groups of three are, or that it does not show that."""
    groepen = [w for w in woorden if _GROEPEN.fullmatch(w)]
    if not groepen or _must_be_decimals(kolom, groepen):
        return
    met_meer = any(_MEER_GROEPEN.fullmatch(w) for w in groepen)
    # What is a number in a sheet says nothing of what is text there.
    is_blad = bestand.lower().endswith(_BLAD)
    met_decimalen = not is_blad and any(_PUNT.fullmatch(w) and w not in groepen for w in woorden)
    if not vraagt and met_decimalen:
        return
    raak = among(geduid.frame[kolom.naam], groepen)
    rijen = tuple(int(rij) for rij in geduid.frame.index[raak][:200])
    waarde = show_value(str(geduid.frame[kolom.naam][rijen[0]]))
    heel, deel = waarde.replace(".", ""), waarde.replace(".", ",", 1).rstrip("0").rstrip(",")
    plek = {"rij": rijen[0], "kolom": kolom.naam}
    keer = int(raak.sum())
    if met_meer and not met_decimalen:
        nieuw = {w: w.replace(".", "") for w in groepen}
        geduid.frame = geduid.frame.assign(**{kolom.naam: replaced(geduid.frame[kolom.naam], nieuw)})
        tekst = f"'{waarde}' is gelezen als {heel}, met een punt voor duizendtallen; zo zijn er {keer}."
        geduid.opmerkingen.append(Melding(bestand, tekst, **plek))  # type: ignore[arg-type]
    elif not vraagt or (met_decimalen and not met_meer):
        tekst = f"'{waarde}' is gelezen als {deel}, met een punt voor decimalen; zo zijn er {keer}."
        advies = f"Is {heel} bedoeld, schrijf dan geen punt voor duizendtallen."
        geduid.opmerkingen.append(Melding(bestand, tekst, advies=advies, **plek))  # type: ignore[arg-type]
    else:
        tekst = f"'{waarde}' kan {heel} zijn of {deel}; aan dit bestand is dat niet te zien."
        advies = f"Schrijf {heel}, zonder punt voor duizendtallen; of {deel}, met een komma voor decimalen."
        if is_blad:
            advies = "De cel is tekst. Maak er in Excel een getal van (Gegevens, Tekst naar kolommen)."
        melding = Melding(bestand, tekst, advies=advies, aantal=keer, rijen=rijen, **plek)  # type: ignore[arg-type]
        geduid.fouten.append(melding)


def _must_be_decimals(kolom: Kolom, groepen: Collection[str]) -> bool:
    """Return whether these figures would be more than the column may hold if the point were between thousands."""
    return kolom.max is not None and all(abs(float(w.replace(".", ""))) > kolom.max for w in groepen)
