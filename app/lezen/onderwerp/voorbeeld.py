"""Voorbeeldmodus: which rows of a publication may be read in it, and when the app begins in it."""

from __future__ import annotations

import os

from app.lezen.data import haal_tabel
from app.lezen.geheugen import remember
from app.lezen.rijen import Kenmerk
from pipelines.afspraken.codelijsten import Herkomst
from pipelines.afspraken.warehouse.meegeleverd import SCHAKELAAR, shipped


@remember(4)
def is_there(merk: Kenmerk) -> bool:
    """Return whether the publication has anything made up to show."""
    tabel = haal_tabel(merk, f"select exists(from waarneming where herkomst = '{Herkomst.SYNTHETISCH}')")
    return bool(tabel.rijen[0][0])


@remember(120)
def of_area(merk: Kenmerk, niveau: str, regio_code: str, indicatoren: tuple[str, ...]) -> bool | None:
    """Return whether there is anything made up to see of these indicators, or of any, at a level or of one area of it.

    None: there is, but as little as may not be shown.
    """
    sql = f"""
        select count(*), count(waarde) from waarneming
        where herkomst = '{Herkomst.SYNTHETISCH}' and niveau = $1 and $2 in ('', regio_code)
          and (len($3) = 0 or list_contains($3, indicator_id))
    """
    rijen, getoond = haal_tabel(merk, sql, [niveau, regio_code, list(indicatoren)]).rijen[0]
    return bool(getoond) if getoond or not rijen else None


def is_usual(merk: Kenmerk) -> bool:
    """Return whether a reader begins in voorbeeldmodus: after `start`, while only the shipped deliveries are in it."""
    return os.environ.get(SCHAKELAAR) == "1" and is_there(merk) and _is_as_shipped(merk)


@remember(4)
def _is_as_shipped(merk: Kenmerk) -> bool:
    sommen = haal_tabel(merk, "select distinct unnest(string_split(sha256, ', ')) from levering").rijen
    return all(som in shipped() for (som,) in sommen)
