"""A file of DUO as rows of text under tidy headings, whichever of its forms it has: CSV, JSON, or the API's."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipelines.afspraken.meldingen import show_value
from pipelines.ophalen import ophalen

# The column that the datastore adds: a number per row.
NUMMER = "_id"
# Under this name a frame holds how many rows there were, with those in which nothing stands.
ALLE_RIJEN = "alle_rijen"
_JAARTAL = re.compile(r"20\d\d")
_SCHEIDINGEN = ";,\t"
# Encodings of DUO, in this order: what is no UTF-8 is the older one.
_OUD = "cp1252"


@dataclass(frozen=True)
class Bestand:
    """One file: its rows, what it is called and when it was changed, how it came, and the sum of its bytes."""

    frame: pd.DataFrame
    naam: str
    bijgewerkt: str
    weg: str
    sha256: str


def heading(tekst: object) -> str:
    """Return a heading without the differences that mean nothing: JAAR_2021 is JAAR 2021."""
    return " ".join(str(tekst).replace("_", " ").upper().split())


def read_bytes(inhoud: bytes, plek: str) -> pd.DataFrame:
    """Return the rows of a CSV or JSON file; rows in which nothing stands are left out.

    Raises:
        AfgekeurdError: it is empty, a web page, cut off, or neither CSV nor a list in JSON.
    """
    begin = inhoud[:200].lstrip(b"\xef\xbb\xbf \r\n\t")
    if not begin:
        ophalen.reject(plek, "Dit is leeg.", ophalen.LATER)
    if begin.startswith(b"<"):
        ophalen.reject(plek, "Dit is een webpagina of XML; een CSV-bestand is nodig.", ophalen.LATER)
    if begin.startswith((b"[", b"{")):
        return from_records(ophalen.parse_json(inhoud, plek), plek)
    return _read_csv(_decode(inhoud), plek)


def from_records(records: Any, plek: str) -> pd.DataFrame:  # noqa: ANN401 - what JSON holds
    """Return rows of text from a list of objects.

    Raises:
        AfgekeurdError: it is something else.
    """
    if not isinstance(records, list) or not records or not all(isinstance(rij, dict) for rij in records):
        ophalen.reject(plek, "Deze JSON is geen lijst van rijen.", ophalen.LATER)
    # As they are: a count beside an empty one would become a number with decimals.
    frame = pd.DataFrame(records, dtype=object)
    return _tidied(frame.where(frame.notna(), "").map(str), plek)


def _decode(inhoud: bytes) -> str:
    try:
        return inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        return inhoud.decode(_OUD, errors="replace")


def _read_csv(tekst: str, plek: str) -> pd.DataFrame:
    kop = tekst.partition("\n")[0]
    teken = max(_SCHEIDINGEN, key=kop.count)
    try:
        koppen, *alle = csv.reader(io.StringIO(tekst), delimiter=teken)
    except (csv.Error, ValueError):
        koppen, alle = [], []
    if len(koppen) < 2:
        ophalen.reject(plek, f"Dit is geen CSV-bestand; het begint met '{show_value(kop[:60])}'.", ophalen.LATER)
    if any("\n" in cel for rij in alle for cel in rij):
        # Rows between two loose quotation marks would be one cell, and be gone without a word.
        ophalen.reject(plek, "Een cel loopt door over meer regels: er staat een los aanhalingsteken.", ophalen.LATER)
    # Below its rows a file of DUO can have some in which nothing stands, of any width.
    vol = {nummer: rij for nummer, rij in enumerate(alle, 2) if any(map(str.strip, rij))}
    for nummer, rij in vol.items():
        if len(rij) != len(koppen):
            tekst = f"Rij {nummer} heeft {len(rij)} kolommen en de kop {len(koppen)}: dit bestand is stuk."
            ophalen.reject(plek, tekst, ophalen.LATER)
    rijen = list(vol.values())
    leeg = sum(len(rij) > 1 for rij in alle) - len(rijen)
    return _tidied(pd.DataFrame(rijen, columns=koppen, dtype=object), plek, leeg)


def _check_headings(ruw: Iterable[object], plek: str) -> list[str]:
    """Return the tidy headings, each there once: pandas would give the second another name."""
    koppen = [heading(kop) for kop in ruw]
    if dubbel := sorted({kop for kop in koppen if koppen.count(kop) > 1}):
        ophalen.reject(plek, f"Kolom '{show_value(dubbel[0])}' staat er twee keer.", ophalen.LATER)
    return koppen


def _tidied(frame: pd.DataFrame, plek: str, leeg: int = 0) -> pd.DataFrame:
    koppen = _check_headings(frame.columns, plek)
    if NUMMER in frame and frame[NUMMER].duplicated().any():
        ophalen.reject(plek, "Een rij komt twee keer: de server gaf een pagina dubbel.", ophalen.LATER)
    frame.columns = pd.Index(koppen)
    frame = frame.drop(columns=heading(NUMMER), errors="ignore")
    for kolom in frame.columns:
        frame[kolom] = frame[kolom].str.strip()
    alle_rijen = len(frame) + leeg
    frame = frame[(frame != "").any(axis=1)].reset_index(drop=True)
    frame.attrs[ALLE_RIJEN] = alle_rijen
    if aantal := int((dubbel := frame.duplicated()).sum()):
        # Of every row of DUO something says of what it is; twice the same is counted twice.
        eerste = show_value(", ".join(frame.loc[dubbel.idxmax()])[:120])
        tekst = f"{aantal} van de {len(frame)} rijen staan er vaker, zoals: {eerste}."
        advies = "Zo zou dubbel worden geteld. Haal het bestand opnieuw op; blijft het zo, meld het dan DUO."
        ophalen.reject(plek, tekst, advies)
    return frame


def sum_of(inhoud: bytes) -> str:
    """Return the SHA-256 of what was read."""
    return hashlib.sha256(inhoud).hexdigest()


def find_heading(frame: pd.DataFrame, namen: tuple[str, ...]) -> str | None:
    """Return the first of these headings that the file has."""
    return next((heading(naam) for naam in namen if heading(naam) in frame.columns), None)


def odd_years(frame: pd.DataFrame, vormen: tuple[str, ...], jaarplek: str) -> list[str]:
    """Return the headings that seem to be of a year and of a form of this file, but are not: 2020* is no 2020."""
    gelezen = {kolom for kolommen in year_headings(frame, vormen, jaarplek).values() for kolom in kolommen}
    soorten = {re.sub(r"20\d\d", "", plain_heading(kolom)) for kolom in gelezen}
    return [
        kolom for kolom in frame.columns
        if kolom not in gelezen and _JAARTAL.search(kolom)
        and re.sub(r"20\d\d", "", plain_heading(kolom)) in soorten
    ]  # fmt: skip


def plain_heading(kolom: str) -> str:
    """Return the letters and figures of a heading: INDICATIE AVG is INDICATIEAVG."""
    return re.sub(r"[^0-9A-Z]", "", kolom.upper())


def year_headings(frame: pd.DataFrame, vormen: tuple[str, ...], jaarplek: str) -> dict[int, list[str]]:
    """Return per year the headings that hold its figure, by the first form that the file has.

    A form of two parts (DIPMAN{jaar}+DIPVROUW{jaar}) counts only for years of which both are there.
    """
    for vorm in vormen:
        per_jaar: dict[int, list[str]] = {}
        delen = [
            re.escape(heading(deel)).replace(re.escape(heading(jaarplek)), r"(20\d\d)") for deel in vorm.split("+")
        ]
        for deel in delen:
            for kolom in frame.columns:
                if gevonden := re.fullmatch(deel, kolom):
                    per_jaar.setdefault(int(gevonden[1]), []).append(kolom)
        per_jaar = {jaar: kolommen for jaar, kolommen in sorted(per_jaar.items()) if len(kolommen) == len(delen)}
        if per_jaar:
            return per_jaar
    return {}
