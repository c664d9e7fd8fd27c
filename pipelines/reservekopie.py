"""Backup and restore: every publication and the committee's database in one file, whole or not at all.

A restore never destroys what was there: that is kept under `voor_herstel/` first, and what the backup does not
have stays. Everything is checked before anything is changed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from app.commissie.model import OpslagError, Wijziging
from app.commissie.opslag import BESTAND, Opslag, open_opslag, sqlite_url
from app.commissie.uitwisselen import export_csv, insert_missing, read_csv
from pipelines.bouwen import PUBLICATIE, lock_warehouse
from pipelines.leveringen import sha256_of
from pipelines.meldingen import AfgekeurdError, Melding
from pipelines.schrijven import VERTROUWELIJK, scratch, write_whole
from pipelines.verbinding import DUCKDB_CONFIG

INHOUD = "inhoud.json"
COMMISSIE_CSV = "commissie.csv"
KEPT = "voor_herstel"
GROOTSTE_DEEL = 20_000_000_000
_DEEL = re.compile(r"publicatie\.duckdb|publicaties/[0-9A-Za-z-]{1,80}\.duckdb|commissie\.(sqlite|csv)", re.ASCII)
_BLOK = 1 << 20


@dataclass(frozen=True)
class Hersteld:
    """What a restore put back, and where what was there before is kept."""

    publicaties: int
    wijzigingen: int
    bewaard_in: Path


def backup(warehouse: Path, pad: Path | None = None) -> Path:
    """Write a backup to a new file and return where it is; only its owner can read it.

    Raises:
        AfgekeurdError: there is nothing to back up, or the file exists.
        OpslagError: the committee's database does not answer.
    """
    doel = _target(pad)
    if doel.exists():
        raise AfgekeurdError([Melding(str(doel), "Dit bestand bestaat al.", advies="Kies met -o een andere naam.")])
    if not (warehouse / PUBLICATIE).is_file():
        advies = "Bouw eerst met: regiomonitor build"
        raise AfgekeurdError([Melding(str(warehouse), "Hier is geen publicatie.", advies=advies)])
    with lock_warehouse(warehouse), scratch(warehouse, ".kopie-") as map_:
        delen = [warehouse / PUBLICATIE, *sorted((warehouse / "publicaties").glob("*.duckdb"))]
        paren = [(str(p.relative_to(warehouse)), p) for p in delen] + [_committee_part(warehouse, map_)]
        write_whole(doel, lambda stroom: _write_zip(stroom, paren), mode=VERTROUWELIJK, overschrijf=False)
    return doel


def _target(pad: Path | None) -> Path:
    naam = f"regiomonitor-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.zip"
    if pad is None:
        return Path(naam)
    return pad / naam if pad.is_dir() else pad


def _committee_part(warehouse: Path, map_: Path) -> tuple[str, Path]:
    """Return the committee's database as one consistent file: a copy of SQLite, or of PostgreSQL an export."""
    opslag = open_opslag(warehouse)
    if opslag.soort == "sqlite":
        opslag.copy_to(map_ / BESTAND)
        return BESTAND, map_ / BESTAND
    (map_ / COMMISSIE_CSV).write_bytes(export_csv(opslag.history()))
    return COMMISSIE_CSV, map_ / COMMISSIE_CSV


def _write_zip(stroom: object, paren: list[tuple[str, Path]]) -> None:
    sommen = {naam: sha256_of(pad) for naam, pad in paren}
    inhoud = {"gemaakt_op": datetime.now(UTC).isoformat(timespec="seconds"), "delen": sommen}
    with zipfile.ZipFile(stroom, "w", zipfile.ZIP_DEFLATED) as zip_:  # type: ignore[call-overload]
        zip_.writestr(INHOUD, json.dumps(inhoud, indent=2))
        for naam, pad in paren:
            zip_.write(pad, naam)


def restore(warehouse: Path, pad: Path) -> Hersteld:
    """Put a backup back and return what came of it; nothing changes unless all of the backup is sound.

    Raises:
        AfgekeurdError: the file is no backup or is damaged; everything is as it was.
        OpslagError: the committee's database does not answer; everything is as it was.
    """
    warehouse.mkdir(parents=True, exist_ok=True)
    with lock_warehouse(warehouse), scratch(warehouse, ".herstel-") as map_:
        namen = _unpack(pad, map_)
        _check_publications(map_, namen, pad)
        wijzigingen = _read_committee(map_, namen, pad)
        opslag = open_opslag(warehouse)
        nu = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        bewaard = warehouse / KEPT / nu
        _keep(warehouse, bewaard, opslag)
        aantal = _put_publications(warehouse, map_, namen)
        os.replace(map_ / PUBLICATIE, warehouse / PUBLICATIE)
        try:
            _put_committee(opslag, wijzigingen, pad.name, nu)
        except BaseException:
            _put_back(warehouse, bewaard)
            raise
    return Hersteld(aantal, len(wijzigingen), bewaard)


def _unpack(pad: Path, map_: Path) -> list[str]:
    """Unpack the parts that the list of contents names, each checked against its sum."""
    try:
        with zipfile.ZipFile(pad) as zip_:
            sommen = json.loads(zip_.read(INHOUD))["delen"]
            vreemd = [naam for naam in sommen if not _DEEL.fullmatch(naam)]
            commissie = [naam for naam in sommen if naam.startswith("commissie.")]
            if vreemd or PUBLICATIE not in sommen or len(commissie) != 1:
                raise _damaged(pad)
            for naam, som in sommen.items():
                _extract(zip_, naam, map_ / naam)
                if sha256_of(map_ / naam) != som:
                    raise _damaged(pad)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, EOFError, NotImplementedError):
        raise _damaged(pad) from None
    return list(sommen)


def _extract(zip_: zipfile.ZipFile, naam: str, doel: Path) -> None:
    if zip_.getinfo(naam).file_size > GROOTSTE_DEEL:
        raise ValueError
    doel.parent.mkdir(exist_ok=True)
    with zip_.open(naam) as bron, doel.open("wb") as stroom:
        shutil.copyfileobj(bron, stroom, _BLOK)
        os.fsync(stroom.fileno())


def _damaged(pad: Path) -> AfgekeurdError:
    advies = "Gebruik een bestand dat regiomonitor backup heeft gemaakt. Alles is gebleven zoals het was."
    return AfgekeurdError([Melding(pad.name, "Dit is geen reservekopie, of zij is beschadigd.", advies=advies)])


def _check_publications(map_: Path, namen: list[str], pad: Path) -> None:
    for naam in (n for n in namen if n.endswith(".duckdb")):
        try:
            with duckdb.connect(str(map_ / naam), read_only=True, config=DUCKDB_CONFIG) as con:
                rij = con.execute("select publicatie_id from publicatie").fetchone()
        except duckdb.Error:
            rij = None
        if rij is None or (naam != PUBLICATIE and Path(naam).stem != rij[0]):
            raise _damaged(pad)


def _read_committee(map_: Path, namen: list[str], pad: Path) -> list[Wijziging]:
    """Return the changes in the backup; only rows are taken over, whatever else a file may hold."""
    if COMMISSIE_CSV in namen:
        return read_csv((map_ / COMMISSIE_CSV).read_bytes(), COMMISSIE_CSV)
    try:
        return Opslag(sqlite_url(map_ / BESTAND)).history()
    except OpslagError:
        raise _damaged(pad) from None


def _keep(warehouse: Path, bewaard: Path, opslag: Opslag) -> None:
    """Keep what the app shows now and what the committee has now."""
    bewaard.mkdir(parents=True, mode=0o700)
    if (warehouse / PUBLICATIE).is_file():
        shutil.copyfile(warehouse / PUBLICATIE, bewaard / PUBLICATIE)
    (bewaard / COMMISSIE_CSV).touch(mode=0o600)
    (bewaard / COMMISSIE_CSV).write_bytes(export_csv(opslag.history()))


def _put_back(warehouse: Path, bewaard: Path) -> None:
    if (bewaard / PUBLICATIE).is_file():
        shutil.copyfile(bewaard / PUBLICATIE, warehouse / f".{PUBLICATIE}.terug")
        os.replace(warehouse / f".{PUBLICATIE}.terug", warehouse / PUBLICATIE)
    else:
        (warehouse / PUBLICATIE).unlink()


def _put_publications(warehouse: Path, map_: Path, namen: list[str]) -> int:
    """Add the kept publications that are not there; one that is there is the same, for its id says so."""
    archief = warehouse / "publicaties"
    archief.mkdir(exist_ok=True)
    nieuw = [n for n in namen if n.startswith("publicaties/") and not (warehouse / n).exists()]
    for naam in nieuw:
        os.replace(map_ / naam, warehouse / naam)
    return len(nieuw)


def _put_committee(opslag: Opslag, wijzigingen: list[Wijziging], bestand: str, nu: str) -> None:
    """Put the committee's history back in one transaction; the table that was there stays under another name."""
    with opslag.transaction() as con:
        opslag.set_aside(con, f"wijziging_tot_{nu.lower()}")
        insert_missing(con, wijzigingen, bestand)
