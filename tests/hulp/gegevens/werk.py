"""From rows of a table to a figure in milliseconds, without files, checks or a publication.

`load`, `compile_` and `protect` are the steps of a build, each callable alone; `figures` reads what comes out.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd
from koppen import KOPPEN

from pipelines.afspraken.contract import Bron, load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, Indicator, load_indicatoren
from pipelines.laden.laden import load_werk
from pipelines.levering.leveringen import Levering
from pipelines.levering.toets.valideren import Keuring
from pipelines.onthulling import onthulling
from pipelines.publicatie.publiceren import show_cells
from pipelines.rekenen.compileren import compile_indicatoren

LEVERING = {"leverancier": "Proef", "periode": "2021", "ontvangen": date(2025, 6, 30), "herkomst": "levering"}


@cache
def _shipped() -> tuple[Mapping[str, Bron], Mapping[str, Indicator]]:
    bronnen = load_bronnen()
    return bronnen, load_indicatoren(INDICATORS_YML, bronnen)


def shipped(*namen: str) -> tuple[dict[str, Bron], dict[str, Indicator]]:
    """Return these of the shipped sources, and the indicators that are made of them."""
    bronnen, indicatoren = _shipped()
    eigen = {i.indicator_id: i for i in indicatoren.values() if str(i.bron).split(".")[0] in namen}
    return {naam: bronnen[naam] for naam in namen}, eigen


def deliver(bron: Bron, tabellen: Mapping[str, str], naam: str = "l1", **anders: object) -> Keuring:
    """Return a delivery of CSV text per table, as one that passed its checks; a column that is not there is empty."""
    bestanden = {tabel: (Path(f"{tabel}.csv"),) for tabel in tabellen}
    levering = Levering(**{"map": Path(naam), "bron": bron.naam, "bestanden": bestanden, **LEVERING, **anders})
    frames = {}
    for tabel, tekst in tabellen.items():
        frame = pd.read_csv(io.StringIO(tekst), dtype="str", keep_default_na=False, na_values=[""])
        kolommen = list(bron.tabellen[tabel].kolommen)
        assert set(frame.columns) <= set(kolommen)
        frames[tabel] = frame.reindex(columns=kolommen).astype("str")
    return Keuring(levering, frames)


def load(
    keuringen: Iterable[Keuring], bronnen: Mapping[str, Bron], indicatoren: Mapping[str, Indicator]
) -> duckdb.DuckDBPyConnection:
    """Return a work database in memory with these deliveries."""
    con = duckdb.connect()
    load_werk(con, list(keuringen), bronnen, indicatoren)
    return con


def compile_(con: duckdb.DuckDBPyConnection, indicatoren: Mapping[str, Indicator], bronnen: Mapping[str, Bron]) -> None:
    """Fill table cel with the figures of these indicators, unprotected."""
    con.execute(onthulling.MACRO)
    compile_indicatoren(con, indicatoren, bronnen)


def protect(con: duckdb.DuckDBPyConnection, indicatoren: Mapping[str, Indicator]) -> None:
    """Hide in table cel what may not be shown, and make getoonde_cel of what may."""
    onthulling.suppress(con, indicatoren)
    show_cells(con)


def figures(
    keuringen: Iterable[Keuring], bronnen: Mapping[str, Bron], indicatoren: Mapping[str, Indicator], vraag: str
) -> list[tuple]:
    """Return what a query on getoonde_cel finds: rows in, figures out."""
    with load(keuringen, bronnen, indicatoren) as con:
        compile_(con, indicatoren, bronnen)
        protect(con, indicatoren)
        return con.execute(vraag).fetchall()


def shipped_figures(tabellen: Mapping[str, list[str]], vraag: str) -> list[tuple]:
    """Return what a query finds after rows per `bron.tabel` or `bron.tabel@herkomst` of the shipped sources."""
    bronnen, indicatoren = shipped(*{naam.split(".")[0]: None for naam in tabellen})
    keuringen = []
    for nummer, (naam, rijen) in enumerate(tabellen.items()):
        plek, _, herkomst = naam.partition("@")
        bron, tabel = plek.split(".")
        tekst = "\n".join([KOPPEN[plek], *rijen]) + "\n"
        keuringen.append(deliver(bronnen[bron], {tabel: tekst}, f"l{nummer}", herkomst=herkomst or "levering"))
    return figures(keuringen, bronnen, indicatoren, vraag)
