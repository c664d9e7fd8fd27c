"""SDMX-CSV 2.0: the figures in the terms of statistical offices, with OBS_STATUS and CONF_STATUS for why there is none.

All indicators are one dataflow: its dimensions are the key of a figure. The code lists are those of SDMX
(CL_OBS_STATUS, CL_CONF_STATUS); what those cannot say stands beside them in columns of our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.taal.opmaak import csv_programma
from app.uitgave.tabel import Cijfertabel
from app.uitgave.velden import NAMEN
from pipelines.afspraken.codelijsten import OBS_STATUS, Status
from pipelines.afspraken.schrift.perioden import parse_periode

MIME = "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8"
STROOM = "REGIOMONITOR:CIJFERS(1.0)"
# A dimension says by this code that it does not apply to a figure: it may not be empty.
NVT = "_Z"
VOORLOPIG = "P"
_DIMENSIES = {
    "INDICATOR": "indicator_id", "CATEGORIE": "categorie", "UITSPLITSING": "uitsplitsing", "REF_AREA": "regio_code",
    "NIVEAU": "niveau", "BRANCHE": "branche_code",
}  # fmt: skip
_KENMERKEN = {
    "UNIT_MEASURE": "eenheid", "OBS_VALUE_TOT": "waarde_tot", "ONDER": "onder", "BOVEN": "boven", "TELLER": "teller",
    "NOEMER": "noemer", "N": "n", "PERIODE": "periode", "PEILDATUM": "peildatum", "SCHATTING": "schatting",
    "CIJFER": "cijfer", "STATUS": "status", "VOORLOPIG": "voorlopig", "HERKOMST": "herkomst",
    "PRECISIE": "precisie", "BRON": "bron", "VINDPLAATS": "vindplaats", "PUBLICATIE_ID": "publicatie_id",
}  # fmt: skip
KOLOMMEN = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION", *_DIMENSIES, "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "CONF_STATUS",
    *_KENMERKEN,
)  # fmt: skip


def to_sdmx(tabel: Cijfertabel) -> bytes:
    """Return a row per figure in SDMX-CSV 2.0, comma and decimal point."""
    return csv_programma(KOLOMMEN, [_row(dict(zip(NAMEN, rij, strict=True))) for rij in tabel.rijen])


def _row(r: Mapping[str, object]) -> list[object]:
    return [
        "dataflow", STROOM, "R",
        *(r[naam] or NVT for naam in _DIMENSIES.values()),
        time_period(str(r["periode"])), r["waarde"],
        obs_status(str(r["status"]), voorlopig=bool(r["voorlopig"])),
        "C" if r["status"] == Status.ONDERDRUKT else "F",
        *(r[naam] for naam in _KENMERKEN.values()),
    ]  # fmt: skip


def obs_status(status: str, *, voorlopig: bool) -> str:
    """Return the code of CL_OBS_STATUS; a figure that is also uncertain says that before that it is provisional."""
    return VOORLOPIG if voorlopig and status == Status.BESCHIKBAAR else OBS_STATUS[status]


def time_period(periode: str) -> str:
    """Return a period as SDMX writes it: 2021, 2021-Q3, 2021-04, a day, or a year that begins elsewhere."""
    gelezen = parse_periode(periode)
    if gelezen is None or gelezen.soort in ("jaar", "dag"):
        return periode
    begin: date = gelezen.begin
    if gelezen.soort == "kwartaal":
        return f"{begin.year}-Q{(begin.month + 2) // 3}"
    return f"{begin:%Y-%m}" if gelezen.soort == "maand" else f"{begin.isoformat()}/P1Y"
