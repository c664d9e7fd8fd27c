"""Figures in thousands: a row that says so in column `eenheid` is read as what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import pandas as pd

from pipelines.afspraken.contract import GETALLEN, Tabel
from pipelines.afspraken.meldingen import Melding, show_value
from pipelines.levering.bestand.woorden import among, replaced

EENHEID = "eenheid"
DUIZEND = "1000"
_IN_DUIZEND = re.compile(r"(?<![0-9.,])1[ .\u00a0\u202f]?000(?![0-9])|\bdzd\b|duizend", re.IGNORECASE)
_PROCENT = re.compile("%|procent|percentage", re.IGNORECASE)
_GETAL = r"-?[0-9]{1,12}(?:[.,][0-9]{1,12})?"


def has_unit(tabel: Tabel) -> bool:
    """Return whether rows of this table may say that they count in thousands."""
    return EENHEID in tabel.kolommen and DUIZEND in tabel.kolommen[EENHEID].lijst


def in_thousands(teksten: Iterable[str]) -> str:
    """Return the first header or title that speaks of thousands: x 1.000, (x1000), dzd, in duizenden."""
    return next(filter(_IN_DUIZEND.search, teksten), "")


def unsaid(tabel: Tabel, frame: pd.DataFrame, koppen: Iterable[str], boven: Iterable[str]) -> Iterator[Melding]:
    """Yield the question whether figures are in thousands, where the file speaks of them and no row says it.

    `koppen` are the supplier's names of columns of figures, `boven` is what stands above his header.
    """
    if not any(k.type in GETALLEN and k.tijd and k.naam in frame for k in tabel.kolommen.values()):
        return
    if has_unit(tabel):
        tekst = in_thousands([*koppen, *boven])
        advies = f"Zet {EENHEID} op 1000 als het duizendtallen zijn, en op 1 als het hele aantallen zijn."
        gezegd = EENHEID in frame and not among(frame[EENHEID], [""]).any()
    else:
        tekst, gezegd = in_thousands(koppen), False
        advies = "Lever hele aantallen, en noem de kolom zonder duizend."
    if tekst and not gezegd:
        vraag = f"Er staat '{show_value(tekst)}': niet gezegd is of de cijfers duizendtallen zijn."
        yield Melding("", vraag, advies=advies)


def scale(tabel: Tabel, frame: pd.DataFrame, bestand: str) -> tuple[pd.DataFrame, list[Melding]]:
    """Return the rows with their counts in ones, and what to say of those that were in thousands."""
    if not has_unit(tabel) or EENHEID not in frame:
        return frame, []
    duizend = among(frame[EENHEID], [DUIZEND])
    if not duizend.any():
        return frame, []
    keer = 0
    for naam in (k.naam for k in tabel.kolommen.values() if k.type in GETALLEN and k.tijd and k.naam in frame):
        getallen = {w: _times_thousand(w) for w in frame[naam].unique() if re.fullmatch(_GETAL, w)}
        keer += int((duizend & among(frame[naam], getallen)).sum())
        frame = frame.assign(**{naam: replaced(frame[naam], getallen, duizend)})
    tekst = f"{keer} {'getal is' if keer == 1 else 'getallen zijn'} met 1.000 vermenigvuldigd (eenheid 1000)."
    return frame, [Melding(bestand, tekst, rij=int(frame.index[duizend][0]), kolom=EENHEID)]


def _times_thousand(tekst: str) -> str:
    uitkomst = f"{Decimal(tekst.replace(',', '.')) * 1000:f}"
    return re.sub(r"\.?0+$", "", uitkomst) if "." in uitkomst else uitkomst


def shares_in_percent(
    tabel: Tabel, kolommen: Mapping[str, str], frame: pd.DataFrame
) -> tuple[pd.DataFrame, list[Melding]]:
    """Return the rows with a percent sign in shares that a header calls percents, and the question where all may be 1.

    `kolommen`: the supplier's header, and the column of the table. 0,9 under 'Percentage' may be 90% or 0,9%; beside
    82 it is 0,9%.
    """
    gevraagd = []
    for hun, naam in kolommen.items():
        if not _PROCENT.search(hun) or tabel.kolommen[naam].max != 1 or naam not in frame:
            continue
        getallen = {w: float(w.replace(",", ".")) for w in frame[naam].unique() if re.fullmatch(_GETAL, w)}
        if any(abs(getal) > 1 for getal in getallen.values()):
            frame = frame.assign(**{naam: replaced(frame[naam], {w: f"{w}%" for w in getallen})})
        elif kleine := [w for w, getal in getallen.items() if getal]:
            raak = among(frame[naam], kleine)
            rij, w = int(frame.index[raak][0]), show_value(kleine[0])
            tekst = f"'{w}' staat onder '{show_value(hun)}' en kan {w}% zijn of {_times_hundred(kleine[0])}%."
            advies = "Zet er een procentteken achter (90%), of noem de kolom aandeel als het een deel van 1 is."
            gevraagd.append(Melding("", tekst, rij=rij, kolom=naam, advies=advies, aantal=int(raak.sum())))
    return frame, gevraagd


def _times_hundred(tekst: str) -> str:
    return f"{(Decimal(tekst.replace(',', '.')) * 100).normalize():f}".replace(".", ",")
