"""Taking back a kept publication: withdrawn, or written anew without what may not be shown now.

Each is one step that holds or does not: a message (withdrawn), or the name of the new file (written anew). What is
left to do after it, moving the old file away, is done again by whatever comes by.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.schrift.tekens import check_reden
from pipelines.afspraken.verborgen import hide_marked, mark_hidden
from pipelines.afspraken.warehouse.bewaard import Ingetrokken, announce, find_kept, next_version, seal
from pipelines.afspraken.warehouse.gaaf import is_whole, newest_whole, record_sum
from pipelines.afspraken.warehouse.opslagstand import refuse_following
from pipelines.afspraken.warehouse.schrijven import lock_warehouse, scratch, sync_folder
from pipelines.afspraken.warehouse.verbinding import (
    ARCHIEF,
    DUCKDB_CONFIG,
    KLEINE_BLOKKEN,
    attach_alone,
    quote_path,
    read_id,
)

REDEN = "herschreven zonder cijfers die nu niet getoond mogen worden"


@dataclass(frozen=True)
class Herschreven:
    """A publication written anew: the id of the new version, and how many figures it hides more than the old one."""

    publicatie_id: str
    verborgen: int


def withdraw(warehouse: Path, publicatie_id: str, reden: str, op: date, *, is_gezien: bool = True) -> Ingetrokken:
    """Withdraw a kept publication, and seal its file; nobody reads it any more.

    Of one that nobody saw (`is_gezien`), nobody knows what it said: a next build leaves it out of account.

    Raises:
        AfgekeurdError: there is none of this id, it is the one of now or was withdrawn before, the reason is no text
            of one line, or something else is at work in the warehouse.
    """
    bericht = Ingetrokken(publicatie_id, op, _reason(reden), is_gezien=is_gezien)
    with lock_warehouse(warehouse):
        _find_earlier(warehouse, publicatie_id)
        announce(warehouse, bericht)
        seal(warehouse)
    return bericht


def rewrite(warehouse: Path, publicatie_id: str, op: date, reden: str = REDEN) -> Herschreven:
    """Write a kept publication anew, as a next version, without the cells that the publication of now hides.

    The new file is made from nothing: a file that was changed may still hold what was in it. The old one is sealed.

    Raises:
        AfgekeurdError: as `withdraw`; or there is nothing in it that has to be hidden.
    """
    reden = _reason(reden)
    with lock_warehouse(warehouse):
        oud, nu = _find_earlier(warehouse, publicatie_id)
        seal(warehouse)
        nieuw_id = next_version(warehouse, publicatie_id)
        # Named like the folder of a build, so that it is cleared away like one.
        with scratch(warehouse, ".bouw-") as map_:
            nieuw = map_ / "nieuw.duckdb"
            aantal = _write_masked(oud, nu, nieuw, nieuw_id)
            if not aantal:
                tekst = "Alle cijfers in deze publicatie mogen nu ook getoond worden; er is niets te herschrijven."
                raise AfgekeurdError([Melding(publicatie_id, tekst)])
            with nieuw.open("rb") as stroom:
                os.fsync(stroom.fileno())
            archief = warehouse / ARCHIEF
            record_sum(archief, nieuw_id, nieuw)
            announce(warehouse, Ingetrokken(publicatie_id, op, reden, nieuw_id))
            # With this the message holds.
            os.replace(nieuw, archief / f"{nieuw_id}.duckdb")
            sync_folder(archief)
        seal(warehouse)
    return Herschreven(nieuw_id, aantal)


def _reason(reden: str) -> str:
    try:
        return check_reden(reden)
    except ValueError as fout:
        raise AfgekeurdError([Melding("--reden", str(fout), advies="Schrijf in één zin waarom.")]) from None


def _find_earlier(warehouse: Path, publicatie_id: str) -> tuple[Path, Path]:
    """Return the file of this publication and that of now.

    Raises:
        AfgekeurdError: it is not there, is that of now, or cannot be read.
    """
    refuse_following(warehouse)
    pad, nu = find_kept(warehouse, publicatie_id, "publications"), newest_whole(warehouse)
    if nu is None:
        advies = "Maak er eerst een met: .venv/bin/regiomonitor build"
        raise AfgekeurdError([Melding("publications", "Er is geen publicatie van nu.", advies=advies)])
    if read_id(nu) == publicatie_id:
        advies = "Bouw eerst een nieuwe: .venv/bin/regiomonitor build --force"
        raise AfgekeurdError([Melding(publicatie_id, "Dit is de publicatie van nu.", advies=advies)])
    return pad, nu


def _write_masked(oud: Path, nu: Path, nieuw: Path, nieuw_id: str) -> int:
    """Write the old publication to a new file under its new id, and return how many of its figures are hidden now."""
    if not is_whole(oud):
        advies = "Trek haar in met: .venv/bin/regiomonitor publications --intrekken ID --reden …"
        raise AfgekeurdError([Melding(oud.stem, "Deze publicatie is beschadigd.", advies=advies)])
    with duckdb.connect(config=DUCKDB_CONFIG) as con:
        con.execute(f"attach {quote_path(nieuw)} as nieuw ({KLEINE_BLOKKEN})")
        attach_alone(con, oud=oud, nu=nu)
        con.execute("copy from database oud to memory")
        mark_hidden(con, ["nu"], nu="nu")
        aantal = hide_marked(con)
        con.execute("update publicatie set publicatie_id = ?", [nieuw_id])
        con.execute("copy from database memory to nieuw")
        con.execute("detach nieuw")
    return aantal
