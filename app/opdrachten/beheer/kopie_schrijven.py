"""Making a backup: publications, raw data, the log and the committee's database in one file that was read again."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.commissie.bank.keten import KetenError, links
from app.commissie.bank.opslag import BESTAND, Opslag, sqlite_url, without_mail
from app.commissie.bank.verbinden import address
from app.commissie.openen import open_opslag
from app.commissie.terugzetten import settled
from app.commissie.uitwisselen import export_csv
from app.commissie.vreemd import is_damaged
from app.logboek import boek, deur
from app.opdrachten.beheer.kopie_lezen import COMMISSIE_CSV, INHOUD, LOGBOEK, RAUW, check_backup, is_sound, may_hold
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.afspraken.warehouse.bewaard import VERZEGELD, kept, messages
from pipelines.afspraken.warehouse.schrijven import VERTROUWELIJK, scratch, write_whole
from pipelines.afspraken.warehouse.verbinding import ARCHIEF, PUBLICATIE

_BLOK = 1 << 20
# Packed by themselves: packing once more costs time and gains nothing.
_AL_INGEPAKT = (".parquet", ".xlsx")
Meld = Callable[[str], None]


@dataclass(frozen=True)
class _Delen:
    """The parts of a backup in the making: each name with its file, and by name what is left out."""

    paren: list[tuple[str, Path]]
    zonder: list[str]
    keten: str | None


def backup(
    warehouse: Path,
    pad: Path | None = None,
    *,
    raw: Path | None = None,
    sleutel: Path | None = None,
    meld: Meld = lambda _tekst: None,
) -> Path:
    """Write a backup to a new file, under a key where one is given, and return where it is; only its owner can read it.

    What is damaged is left out and named with `meld`. The file gets its name once it has been read again whole.

    Raises:
        AfgekeurdError: there is nothing to back up, the file exists, or the disk does not give back what was written.
        OpslagError: the committee's database does not answer.
    """
    if sleutel is not None:
        from app.opdrachten.beheer.sleutel import check_key

        check_key(sleutel)
    doel = _target(pad, is_versleuteld=sleutel is not None)
    if doel.exists():
        raise AfgekeurdError([Melding(str(doel), "Dit bestand bestaat al.", advies="Kies met -o een andere naam.")])
    if not (warehouse / PUBLICATIE).is_file():
        advies = "Bouw eerst met: .venv/bin/regiomonitor build"
        raise AfgekeurdError([Melding(str(warehouse), "Hier is geen publicatie.", advies=advies)])
    with settled(warehouse), scratch(warehouse, ".kopie-") as map_:
        delen = _collect(warehouse, raw, map_, meld)
        # Under a key it is first whole in the warehouse, where all of this is already; the folder goes again.
        kaal = doel if sleutel is None else map_ / "kopie.zip"
        write_whole(
            kaal, lambda stroom: _write_zip(stroom, delen), mode=VERTROUWELIJK, overschrijf=False, keur=check_backup
        )
        if sleutel is not None:
            from app.opdrachten.beheer.sleutel import encrypt

            encrypt(kaal, doel, sleutel)
    return doel


def _target(pad: Path | None, *, is_versleuteld: bool) -> Path:
    naam = f"regiomonitor-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.zip{'.age' if is_versleuteld else ''}"
    if pad is None:
        return Path(naam)
    return pad / naam if pad.is_dir() else pad


def _collect(warehouse: Path, raw: Path | None, map_: Path, meld: Meld) -> _Delen:
    paren, zonder = [], []
    verzegeld = sorted((warehouse / VERZEGELD).glob("*.duckdb"))
    for pad in (warehouse / PUBLICATIE, *kept(warehouse).values(), *verzegeld):
        naam = str(pad.relative_to(warehouse))
        if pad.is_file() and may_hold(naam) and is_sound(pad, naam):
            paren.append((naam, pad))
        else:
            zonder.append(naam)
            meld(f"{naam} is beschadigd en staat niet in de reservekopie.")
    te_lezen = [pad for naam, pad in paren if naam.startswith(f"{ARCHIEF}/")]
    if PUBLICATIE in zonder and te_lezen:
        # The newest that can be read takes its place, so that a restore shows something.
        zonder.remove(PUBLICATIE)
        paren.insert(0, (PUBLICATIE, te_lezen[-1]))
        meld(f"In plaats van {PUBLICATIE} staat de nieuwste goede publicatie erin: {paren[0][1].stem}.")
    # Without them a link to what was taken back would say that it never was.
    paren += [(f"{ARCHIEF}/{pad.name}", pad) for pad in messages(warehouse)]
    paren += _log_parts(warehouse, map_)
    naam, pad, keten = _committee_part(warehouse, map_, meld)
    paren.append((naam, pad))
    zonder += ["commissie"] if naam.startswith("beschadigd/") else []
    return _Delen([*paren, *_raw_parts(raw, meld)], zonder, keten)


def _log_parts(warehouse: Path, map_: Path) -> list[tuple[str, Path]]:
    """Return the log of who saw what, as it is at one moment; who goes on writing meanwhile is not waited for long."""
    bron, doel = deur.folder(warehouse), map_ / LOGBOEK
    if not boek.months(bron):
        return []
    doel.mkdir()
    with boek.locked(bron):
        for pad in (pad for pad in bron.iterdir() if may_hold(f"{LOGBOEK}/{pad.name}")):
            shutil.copyfile(pad, doel / pad.name)
    return [(f"{LOGBOEK}/{pad.name}", pad) for pad in sorted(doel.iterdir())]


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
        without_mail(map_ / naam)
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
