"""Backup and restore: publications, raw data and the committee's database in one file, whole or not at all.

A restore never destroys what was there: that is kept under `voor_herstel/` first, and what the backup does not
have stays. Everything is checked and laid ready before anything is changed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import uuid
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from app.commissie.keten import KetenError, links
from app.commissie.model import OpslagError, Wijziging
from app.commissie.openen import open_opslag, open_to_restore
from app.commissie.opslag import BESTAND, Opslag, sqlite_url
from app.commissie.terugzetten import KEPT, Journaal, finish_restore, settled, write_journal
from app.commissie.uitwisselen import export_csv, insert_missing, read_csv
from app.commissie.verbinden import address
from app.commissie.vreemd import is_damaged, read_sqlite
from app.opdrachten.kopie_lezen import (
    INHOUD,
    RAUW,
    Inhoud,
    check_backup,
    damaged,
    is_sound,
    may_hold,
    publication_id,
    unpack,
)
from pipelines.afspraken.bewaard import BERICHT, kept, messages
from pipelines.afspraken.gaaf import record_sum
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.afspraken.schrijven import VERTROUWELIJK, scratch, write_whole
from pipelines.afspraken.verbinding import ARCHIEF, PUBLICATIE
from pipelines.levering.leveringen import sha256_of

COMMISSIE_CSV = "commissie.csv"
_BLOK = 1 << 20
# Packed by themselves: packing once more costs time and gains nothing.
_AL_INGEPAKT = (".parquet", ".xlsx")
Meld = Callable[[str], None]


@dataclass(frozen=True)
class Hersteld:
    """What a restore put back, and where what was there before is kept; `wijzigingen` None: the committee's stayed."""

    publicaties: int
    wijzigingen: int | None
    bewaard_in: Path
    leveringen: int = 0


@dataclass(frozen=True)
class _Delen:
    """The parts of a backup in the making: each name with its file, and by name what is left out."""

    paren: list[tuple[str, Path]]
    zonder: list[str]
    keten: str | None


def backup(
    warehouse: Path, pad: Path | None = None, *, raw: Path | None = None, meld: Meld = lambda _tekst: None
) -> Path:
    """Write a backup to a new file and return where it is; only its owner can read it.

    What is damaged is left out and named with `meld`. The file gets its name once it has been read again whole.

    Raises:
        AfgekeurdError: there is nothing to back up, the file exists, or the disk does not give back what was written.
        OpslagError: the committee's database does not answer.
    """
    doel = _target(pad)
    if doel.exists():
        raise AfgekeurdError([Melding(str(doel), "Dit bestand bestaat al.", advies="Kies met -o een andere naam.")])
    if not (warehouse / PUBLICATIE).is_file():
        advies = "Bouw eerst met: .venv/bin/regiomonitor build"
        raise AfgekeurdError([Melding(str(warehouse), "Hier is geen publicatie.", advies=advies)])
    with settled(warehouse), scratch(warehouse, ".kopie-") as map_:
        delen = _collect(warehouse, raw, map_, meld)
        write_whole(
            doel, lambda stroom: _write_zip(stroom, delen), mode=VERTROUWELIJK, overschrijf=False, keur=check_backup
        )
    return doel


def _target(pad: Path | None) -> Path:
    naam = f"regiomonitor-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.zip"
    if pad is None:
        return Path(naam)
    return pad / naam if pad.is_dir() else pad


def _collect(warehouse: Path, raw: Path | None, map_: Path, meld: Meld) -> _Delen:
    paren, zonder = [], []
    for pad in (warehouse / PUBLICATIE, *kept(warehouse).values()):
        naam = str(pad.relative_to(warehouse))
        if pad.is_file() and may_hold(naam) and is_sound(pad, naam):
            paren.append((naam, pad))
        else:
            zonder.append(naam)
            meld(f"{naam} is beschadigd en staat niet in de reservekopie.")
    if PUBLICATIE in zonder and paren:
        # The newest that can be read takes its place, so that a restore shows something.
        zonder.remove(PUBLICATIE)
        paren.insert(0, (PUBLICATIE, paren[-1][1]))
        meld(f"In plaats van {PUBLICATIE} staat de nieuwste goede publicatie erin: {paren[0][1].stem}.")
    # Without them a link to what was taken back would say that it never was.
    paren += [(f"{ARCHIEF}/{pad.name}", pad) for pad in messages(warehouse)]
    naam, pad, keten = _committee_part(warehouse, map_, meld)
    paren.append((naam, pad))
    zonder += ["commissie"] if naam.startswith("beschadigd/") else []
    return _Delen([*paren, *_raw_parts(raw, meld)], zonder, keten)


def _committee_part(warehouse: Path, map_: Path, meld: Meld) -> tuple[str, Path, str | None]:
    """Return the committee's database as one consistent file: a copy of SQLite, or of PostgreSQL an export.

    One that was tampered with or damaged goes along as it is, for whoever looks into it; a restore leaves it out.
    """
    url = address(warehouse)
    is_sqlite = url.get_backend_name() == "sqlite"
    naam = BESTAND if is_sqlite else COMMISSIE_CSV
    advies = f"Zij staat als beschadigd/{naam} in de reservekopie; een herstel laat haar weg."
    if is_sqlite and is_damaged(warehouse / BESTAND):
        shutil.copyfile(warehouse / BESTAND, map_ / naam)
        meld(f"De database van de commissie ({BESTAND}) is beschadigd. {advies}")
        return f"beschadigd/{naam}", map_ / naam, None
    opslag, past = open_opslag_or_broken(warehouse, meld, advies)
    wijzigingen = opslag.history()
    if is_sqlite:
        opslag.copy_to(map_ / naam)
        wijzigingen = Opslag(sqlite_url(map_ / naam), keur=False).history() if past else wijzigingen
    else:
        (map_ / naam).write_bytes(export_csv(wijzigingen))
    if not past:
        return f"beschadigd/{naam}", map_ / naam, None
    return naam, map_ / naam, (links(wijzigingen) or [""])[-1]


def open_opslag_or_broken(warehouse: Path, meld: Meld, advies: str) -> tuple[Opslag, bool]:
    """Open the database, and say whether its chain is whole."""
    try:
        return open_opslag(warehouse), True
    except KetenError as fout:
        meld(f"{fout} {advies}")
        return Opslag(address(warehouse), keur=False), False


def _raw_parts(raw: Path | None, meld: Meld) -> Iterator[tuple[str, Path]]:
    """Yield every file of the raw data; what is hidden is half a delivery, and a link leads elsewhere."""
    if raw is None or not raw.is_dir():
        return
    for map_, mappen, bestanden in os.walk(raw):
        for naam in sorted(n for n in mappen if os.path.islink(os.path.join(map_, n))):
            meld(
                f"{show_value(os.path.join(map_, naam))} is een verwijzing (symlink) en staat niet in de reservekopie."
            )
        mappen[:] = sorted(n for n in mappen if not n.startswith("."))
        for pad in (Path(map_, naam) for naam in sorted(bestanden) if not naam.startswith(".")):
            deel = f"{RAUW}{pad.relative_to(raw).as_posix()}"
            if pad.is_symlink() or not pad.is_file() or not may_hold(deel):
                meld(f"{show_value(pad)} is geen gewoon bestand en staat niet in de reservekopie.")
            else:
                yield deel, pad


def _write_zip(stroom: object, delen: _Delen) -> None:
    sommen = {}
    with zipfile.ZipFile(stroom, "w", zipfile.ZIP_DEFLATED) as zip_:  # type: ignore[call-overload]
        for naam, pad in delen.paren:
            lid = zipfile.ZipInfo(naam)
            lid.external_attr = 0o600 << 16
            lid.compress_type = zipfile.ZIP_STORED if naam.endswith(_AL_INGEPAKT) else zipfile.ZIP_DEFLATED
            som = hashlib.sha256()
            with pad.open("rb") as bron, zip_.open(lid, "w", force_zip64=True) as uit:
                while blok := bron.read(_BLOK):
                    som.update(blok)
                    uit.write(blok)
            sommen[naam] = som.hexdigest()
        inhoud = {
            "gemaakt_op": datetime.now(UTC).isoformat(timespec="seconds"),
            "delen": sommen,
            "keten": delen.keten,
            "weggelaten": delen.zonder,
        }
        zip_.writestr(INHOUD, json.dumps(inhoud, indent=2))


def restore(warehouse: Path, pad: Path, raw: Path | None = None) -> Hersteld:
    """Put a backup back and return what came of it; nothing changes unless all of the backup is sound.

    Cut off at any moment, the next command finishes it or undoes it. Without `raw` the raw data stay as they are.

    Raises:
        AfgekeurdError: the file is no backup, is damaged, or contradicts what is there; everything is as it was.
        OpslagError: the committee's database does not answer; everything is as it was.
    """
    warehouse.mkdir(parents=True, exist_ok=True)
    with settled(warehouse):
        merk = str(uuid.uuid4())
        nu = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        journaal = Journaal(merk, beslist=False, bewaard=nu, raw=str(raw.resolve()) if raw is not None else "")
        write_journal(warehouse, journaal)
        try:
            return _restore(warehouse, pad, journaal)
        finally:
            # Without the mark of its transaction in the database this takes away what was laid ready.
            finish_restore(warehouse)


def _restore(warehouse: Path, pad: Path, journaal: Journaal) -> Hersteld:
    klaar, rauw = journaal.staging(warehouse), journaal.raw_staging()
    klaar.mkdir(mode=0o700)

    def _place(naam: str) -> Path:
        if rauw is None or not naam.startswith(RAUW):
            return klaar / naam
        rauw.mkdir(mode=0o700, parents=True, exist_ok=True)
        return rauw / naam[len(RAUW) :]

    inhoud = unpack(pad, _place)
    if not all(is_sound(klaar / naam, naam) for naam in inhoud.sommen if naam.endswith(".duckdb") and RAUW not in naam):
        raise damaged(pad)
    wijzigingen = _read_committee(klaar, inhoud, pad)
    opslag = open_to_restore(warehouse, journaal.bewaard, vervang=wijzigingen is not None)
    _refuse_rewritten(opslag, wijzigingen, pad)
    aantal = _drop_present(warehouse, klaar, inhoud)
    _record_sums(warehouse / ARCHIEF, klaar, inhoud)
    leveringen = _new_deliveries(Path(journaal.raw), inhoud, pad) if rauw is not None else ()
    _keep(warehouse, klaar / KEPT, opslag)
    write_journal(warehouse, replace(journaal, beslist=True, leveringen=leveringen))
    with opslag.transaction() as con:
        if wijzigingen is not None:
            opslag.set_aside(con, f"wijziging_tot_{journaal.bewaard.lower()}")
            insert_missing(con, wijzigingen, pad.name)
        opslag.begin_anew(con, journaal.merk)
    telling = None if wijzigingen is None else len(wijzigingen)
    return Hersteld(aantal, telling, warehouse / KEPT / journaal.bewaard, len(leveringen))


def _read_committee(klaar: Path, inhoud: Inhoud, pad: Path) -> list[Wijziging] | None:
    """Return the changes in the backup; only rows are taken over, whatever else a file may hold."""
    naam = inhoud.commissie
    if not naam:
        return None
    wijzigingen = (
        read_csv((klaar / naam).read_bytes(), naam) if naam == COMMISSIE_CSV else read_sqlite(klaar / naam, naam)
    )
    if inhoud.keten is not None and inhoud.keten != (links(wijzigingen) or [""])[-1]:
        tekst = "De geschiedenis van de commissie in deze reservekopie is niet die waarvan zij is gemaakt."
        advies = "Er zijn wijzigingen weggehaald of veranderd. Gebruik een andere reservekopie."
        raise AfgekeurdError([Melding(pad.name, tekst, advies=advies)])
    return wijzigingen


def _refuse_rewritten(opslag: Opslag, wijzigingen: list[Wijziging] | None, pad: Path) -> None:
    """Refuse a backup that says of a change that is here that somebody else wrote it, or something else.

    Where the chain here is broken, it is here that something was changed, and the backup mends it.
    """
    try:
        opslag.verify()
        hier = {w.kenmerk: w for w in opslag.history()}
    except KetenError:
        return
    fouten = [
        Melding(pad.name, f"Wijziging {w.kenmerk} is hier door een ander of met een andere inhoud vastgelegd.",
                advies="Een herstel herschrijft geen wijziging. Gebruik een andere reservekopie.")
        for w in wijzigingen or () if hier.get(w.kenmerk, w) != w
    ]  # fmt: skip
    if fouten:
        raise AfgekeurdError(fouten)


def _drop_present(warehouse: Path, klaar: Path, inhoud: Inhoud) -> int:
    """Leave of the kept publications, and of the messages on those that were withdrawn, what is not there or damaged.

    Returns how many publications that are.
    """
    namen = inhoud.names(f"{ARCHIEF}/")
    for naam in namen:
        hier = warehouse / naam
        # A message that is here says what was decided here.
        if hier.is_file() and (
            naam.endswith(BERICHT) or sha256_of(hier) == inhoud.sommen[naam] or is_sound(hier, naam)
        ):
            (klaar / naam).unlink()
    return sum((klaar / naam).exists() for naam in namen if not naam.endswith(BERICHT))


def _record_sums(archief: Path, klaar: Path, inhoud: Inhoud) -> None:
    """Note the sums of what comes back, so that damage is noticed there as well as in what was built here."""
    archief.mkdir(exist_ok=True)
    for pad in (klaar / naam for naam in inhoud.sommen if naam.endswith(".duckdb") and not naam.startswith(RAUW)):
        if pad.exists() and (publicatie_id := publication_id(pad)):
            record_sum(archief, publicatie_id, pad)


def _new_deliveries(raw: Path, inhoud: Inhoud, pad: Path) -> tuple[str, ...]:
    """Return which deliveries are not there yet; one that is there is never touched.

    Raises:
        AfgekeurdError: one that is there says something else.
    """
    per_levering: dict[str, list[str]] = {}
    for naam in inhoud.names(RAUW):
        per_levering.setdefault("/".join(naam.split("/")[1:3]), []).append(naam)
    nieuw, fouten = [], []
    for levering, namen in per_levering.items():
        if not os.path.lexists(raw / levering):
            nieuw.append(levering)
        elif not all(_is_same(raw / naam[len(RAUW) :], inhoud.sommen[naam]) for naam in namen):
            tekst = f"Levering {show_value(levering)} staat hier al, met een andere inhoud."
            advies = "Een herstel verandert geen levering. Verplaats de map die er staat, en herstel opnieuw."
            fouten.append(Melding(pad.name, tekst, advies=advies))
    if fouten:
        raise AfgekeurdError(fouten)
    return tuple(nieuw)


def _is_same(pad: Path, som: str) -> bool:
    return pad.is_file() and not pad.is_symlink() and sha256_of(pad) == som


def _keep(warehouse: Path, bewaard: Path, opslag: Opslag) -> None:
    """Lay ready what the app shows now and what the committee has now, to be kept."""
    bewaard.mkdir(mode=0o700)
    if (warehouse / PUBLICATIE).is_file():
        shutil.copyfile(warehouse / PUBLICATIE, bewaard / PUBLICATIE)
    with (
        contextlib.suppress(OpslagError),
        open(os.open(bewaard / COMMISSIE_CSV, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as uit,
    ):
        uit.write(export_csv(opslag.history()))
    for pad in bewaard.iterdir():
        with pad.open("rb") as stroom:
            os.fsync(stroom.fileno())
