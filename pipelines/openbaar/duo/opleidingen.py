"""Which educations of DUO are of zorg en welzijn: by code or name from a list, each for the years it is valid."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

import pandas as pd

from pipelines.afspraken.contract import BRONNEN
from pipelines.openbaar.duo.bestand import find_heading
from pipelines.openbaar.duo.koppelbestand import Opleidingscode
from pipelines.openbaar.koppelen.gemeenten import plain

LIJST = BRONNEN / "openbaar" / "opleidingen.csv"
BEGIN, EIND = 0, 9999


@dataclass(frozen=True)
class Opleidingsregel:
    """One line of the list: a code or a name, the opleiding it is, and the first and last schooljaar of it."""

    lijst: str
    code: str
    naam: str
    opleiding: str
    van: int
    tot: int


@cache
def load_opleidingen() -> tuple[Opleidingsregel, ...]:
    """Return the list in the order of its file."""
    with LIJST.open(encoding="utf-8", newline="") as stroom:
        return tuple(
            Opleidingsregel(rij["lijst"], rij["code"], plain(rij["naam"]), rij["opleiding"],
                            int(rij["schooljaar_van"] or BEGIN), int(rij["schooljaar_tot"] or EIND))
            for rij in csv.DictReader(stroom)
        )  # fmt: skip


def classify(frame: pd.DataFrame, keuze: Opleidingscode) -> pd.DataFrame:
    """Return, per row, the opleiding ('' where it is none of zorg en welzijn) and the years for which that holds.

    A code goes before a name, and both go before the part of the file that a row belongs to.
    """
    regels = [regel for regel in load_opleidingen() if regel.lijst == keuze.lijst]
    uitkomst = pd.DataFrame({"opleiding": "", "van": BEGIN, "tot": EIND}, index=frame.index)
    if (rest := find_heading(frame, keuze.rest_uit)) is not None:
        uitkomst["opleiding"] = frame[rest].map(keuze.rest).fillna("")
    op_naam = {regel.naam: regel for regel in regels if not regel.code}
    op_code = {regel.code: regel for regel in regels if regel.code}
    for kolom, bekend, maak in (
        (find_heading(frame, keuze.naam), op_naam, plain),
        (find_heading(frame, keuze.code), op_code, str),
    ):
        if kolom is None:
            continue
        gevonden = frame[kolom].map({waarde: bekend.get(maak(waarde)) for waarde in frame[kolom].unique()})
        raak = gevonden.notna()
        for veld in ("opleiding", "van", "tot") if raak.any() else ():
            uitkomst.loc[raak, veld] = [getattr(regel, veld) for regel in gevonden[raak]]
    return uitkomst
