"""What a fetched table lost beside its own last delivery: periods, rows, regions and series that had a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from pipelines.afspraken.contract import GETALLEN, Bron, Tabel
from pipelines.afspraken.meldingen import Melding
from pipelines.afspraken.schrift.perioden import parse_periode
from pipelines.openbaar.indienen import parts_of
from pipelines.openbaar.koppelen.doelvelden import period_column, region_column
from pipelines.openbaar.tabellen.tabel import list_some

# Fewer rows than this share of those of before, of the same periods, is not a correction but something gone.
_MINSTE_DEEL = 0.9
# A series with less than this may come to nothing by a correction.
_VEEL_IN_REEKS = 20
# A correction moves figures; that most of them are halved or doubled is another unit or another count.
_MEESTE_KEER, _GENOEG = 2, 20
_DATUM = re.compile(r"20\d\d-\d\d-\d\dT[0-9:]*")
_OPNIEUW = "Is wat er nu staat heel? Haal het anders later opnieuw op."


def last_filed(raw: Path, bronnen: Mapping[str, Bron], bron: str, tabel: str, naam: str) -> pd.DataFrame | None:
    """Return the rows that a mapping brought to its newest delivery, as text; None where it brought none."""
    laatste: pd.DataFrame | None = None
    for map_, delen in parts_of(raw, bronnen, bron):
        if naam in delen:
            meer = f"-{list(delen).index(naam) + 1}" if len(delen) > 1 else ""
            pad = map_ / f"{tabel}{meer}.csv"
            laatste = pd.read_csv(pad, dtype="str", keep_default_na=False) if pad.is_file() else laatste
    return laatste


def find_older(merk: str, vorig: str, plek: str) -> Iterator[Melding]:
    """Yield that a table is of before the last one that was filed, by the dates in their marks."""
    nu, toen = (_DATUM.match(tekst) for tekst in (merk, vorig))
    if nu and toen and nu[0] < toen[0]:
        tekst = f"De tabel is van {nu[0][:10]}, ouder dan die van {toen[0][:10]} die er al is."
        yield Melding(plek, tekst, advies=_OPNIEUW)


def find_losses(tabel: Tabel, nieuw: pd.DataFrame, vorig: pd.DataFrame, plek: str) -> Iterator[Melding]:
    """Yield what the new rows lack that the last ones had, of the periods of both."""
    tijd, regio = period_column(tabel), region_column(tabel)
    begin = {code: periode.begin for code in (*vorig[tijd].unique(), *nieuw[tijd].unique())
             if (periode := parse_periode(str(code)))}  # fmt: skip
    eerste = min(begin[code] for code in nieuw[tijd].unique() if code in begin)
    # A window of years moves on: what lies before it stays in the delivery of before.
    if weg := sorted({code for code, van in begin.items() if van >= eerste} - set(nieuw[tijd])):
        yield Melding(plek, f"Weg sinds de vorige keer: {list_some(weg)}.", advies=_OPNIEUW)
    oud, nu = (frame[frame[tijd].isin(set(nieuw[tijd]) & set(vorig[tijd]))] for frame in (vorig, nieuw))
    if len(nu) < _MINSTE_DEEL * len(oud):
        yield Melding(plek, f"{len(nu)} rijen; de vorige keer waren het er over dezelfde perioden {len(oud)}.",
                      advies=_OPNIEUW)  # fmt: skip
    cijfers = [
        naam for naam, kolom in tabel.kolommen.items() if kolom.type in GETALLEN and naam in nieuw and naam in vorig
    ]
    toen, thans = _most(oud, [tijd, regio], cijfers), _most(nu, [tijd, regio], cijfers)
    gevallen = toen.index[(toen > 0) & (thans.reindex(toen.index).fillna(0) <= 0)]
    for code in sorted({code for _, code in gevallen}):
        perioden = list_some(sorted(periode for periode, deel in gevallen if deel == code), 4)
        yield Melding(plek, f"{code} had cijfers en heeft nu niets of 0: {perioden}.", advies=_OPNIEUW)
    if len(gevallen):
        return
    sleutel = [naam for naam in tabel.sleutel if naam in nieuw and naam in vorig]
    # A column that one mapping fills with one value may have got another one: the figures are the same.
    sleutel = [naam for naam in sleutel if naam in (tijd, regio) or max(nu[naam].nunique(), oud[naam].nunique()) > 1]
    toen, thans = _most(oud, sleutel, cijfers), _most(nu, sleutel, cijfers)
    if len(reeksen := toen.index[(toen >= _VEEL_IN_REEKS) & (thans.reindex(toen.index).fillna(0) <= 0)]):
        voorbeelden = list_some((" ".join(filter(None, map(str, reeks))) for reeks in reeksen), 5)
        yield Melding(plek, f"{len(reeksen)} cijfers van {_VEEL_IN_REEKS} of meer zijn nu weg of 0: {voorbeelden}.",
                      advies=_OPNIEUW)  # fmt: skip
    samen = toen[toen > 0].to_frame("toen").join(thans[thans > 0].rename("nu"), how="inner")
    keer = float((samen["nu"] / samen["toen"]).median()) if len(samen) >= _GENOEG else 1.0
    if not 1 / _MEESTE_KEER <= keer <= _MEESTE_KEER:
        hoeveel = f"{keer:.2g}".replace(".", ",")
        tekst = f"De helft van de cijfers over dezelfde perioden is nu {hoeveel} keer wat het was of nog verder weg."
        yield Melding(plek, tekst, advies=_OPNIEUW)


def _most(frame: pd.DataFrame, sleutel: list[str], cijfers: list[str]) -> pd.Series:
    """Return per key the largest figure; one that is held back is one, and what is empty is none."""
    tekst = frame[cijfers].astype("str")
    getal = tekst.apply(pd.to_numeric, errors="coerce").mask(tekst.isin([".", "<5"]), 1)
    return getal.max(axis=1).fillna(0).groupby([frame[naam] for naam in sleutel]).max()
