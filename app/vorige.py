"""What changed for one region since the publication before this one.

The kept publications are opened read-only, one at a time. What may not be shown now is not shown from before
either: a cell that is hidden today would otherwise be read from yesterday.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import streamlit as st

from app.data import Kenmerk, publicatie
from app.opmaak import datum

SOORTEN = {
    "nieuw": "nieuw",
    "anders": "ander cijfer",
    "status": "andere status",
    "vervallen": "vervallen",
}
_ID = re.compile(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}")
_SLEUTEL = (
    "indicator_id", "categorie", "uitsplitsing", "regio_code", "niveau", "branche_code", "periode", "schatting",
    "herkomst",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wijziging:
    """One figure that is new, gone, or other than before; `oud` is empty where the figure is hidden now."""

    soort: str
    indicator_id: str
    categorie: str
    uitsplitsing: str
    branche_code: str
    periode: str
    herkomst: str
    oud: float | None
    nieuw: float | None
    status_oud: str
    status_nieuw: str


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """The publication before this one, and what is different for one region."""

    vorige_id: str
    wijzigingen: tuple[Wijziging, ...]

    @property
    def naam(self) -> str:
        """The publication before this one in words: its day, and its id."""
        return f"de publicatie van {datum(datetime.strptime(self.vorige_id[:8], '%Y%m%d'))} ({self.vorige_id})"


def previous(map_: Path, publicatie_id: str) -> Path | None:
    """Return the newest kept publication before this one that was made from other input; ids sort by time."""
    invoer = publicatie_id.rpartition("-")[2]
    eerder = [
        pad
        for pad in map_.glob("*.duckdb")
        if _ID.fullmatch(pad.stem)
        and pad.stem < publicatie_id
        and pad.stem.rpartition("-")[2] != invoer
        and pad.is_file()
    ]
    return max(eerder, key=lambda pad: pad.stem, default=None)


@st.cache_resource(max_entries=60, show_spinner=False)
def changes(merk: Kenmerk, regio_code: str) -> Vergelijking | None:
    """Return what changed for a region; nothing when there is no earlier publication that can be read."""
    vorige = previous(Path(merk[0]).parent / "publicaties", publicatie(merk).publicatie_id)
    return since(merk, vorige.stem, regio_code) if vorige else None


@st.cache_resource(max_entries=60, show_spinner=False)
def since(merk: Kenmerk, publicatie_id: str, regio_code: str) -> Vergelijking | None:
    """Return what changed for a region since one kept publication; nothing when that cannot be read."""
    nu = Path(merk[0])
    try:
        rijen = compare(nu, nu.parent / "publicaties" / f"{publicatie_id}.duckdb", regio_code)
    except duckdb.Error:
        return None
    return Vergelijking(publicatie_id, tuple(Wijziging(*rij) for rij in rijen))


def compare(nu: Path, vorige: Path, regio_code: str) -> list[tuple[Any, ...]]:
    """Return one row per figure that differs, of two publication files."""
    velden = ", ".join(f"coalesce({veld}, '') as {veld}" for veld in _SLEUTEL)
    with duckdb.connect(
        ":memory:", config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    ) as con:
        for naam, pad in (("nu", nu), ("toen", vorige)):
            con.execute(f"attach '{str(pad).replace(chr(39), chr(39) * 2)}' as {naam} (read_only)")
        return con.execute(
            f"""
            with n as (select {velden}, waarde, waarde_tot, status from nu.waarneming where regio_code = $1),
                 t as (select {velden}, waarde, waarde_tot, status from toen.waarneming where regio_code = $1)
            select case when t.status is null then 'nieuw' when n.status is null then 'vervallen'
                        when n.status <> t.status then 'status' else 'anders' end as soort,
                   {", ".join(_SLEUTEL[i] for i in (0, 1, 2, 5, 6, 8))},
                   case when n.waarde is not null then t.waarde end, n.waarde,
                   coalesce(t.status, ''), coalesce(n.status, '')
            from n full join t using ({", ".join(_SLEUTEL)})
            where t.status is null or n.status is null or n.status <> t.status
               or n.waarde is distinct from t.waarde or n.waarde_tot is distinct from t.waarde_tot
            order by indicator_id, periode desc, branche_code, uitsplitsing, categorie, schatting, herkomst
            """,
            [regio_code],
        ).fetchall()
