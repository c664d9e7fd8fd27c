"""Reading a backup of which nobody knows where it has been: every part is judged before it counts."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import json
import os
import re
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import duckdb

from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.warehouse.gaaf import has_only_own, read_every_value
from pipelines.afspraken.warehouse.verbinding import PUBLICATIE, open_alone

INHOUD = "inhoud.json"
RAUW = "raw/"
LOGBOEK = "logboek"
COMMISSIE_CSV = "commissie.csv"
GROOTSTE_DEEL = 20_000_000_000
_GROOTSTE_INHOUD = 20_000_000
# Above this size a part that shrinks more than this was made to fill the disk.
_VERDACHT, _KRIMPT = 50_000_000, 200
_BLOK = 1 << 20
_ONDER_SLEUTEL = b"age-encryption.org/v1\n"
_NAAM = r"[^./\\\x00-\x1f\x7f][^/\\\x00-\x1f\x7f]{0,199}"
_DEEL = re.compile(
    rf"publicatie\.duckdb|publicaties/[0-9A-Za-z-]{{1,80}}(\.[0-9]{{1,4}})?\.(duckdb|ingetrokken\.yml)|commissie\.(sqlite|csv)|"
    rf"beschadigd/commissie\.(sqlite|csv)|raw/{_NAAM}(/{_NAAM}){{0,7}}|"
    r"ingetrokken/[0-9A-Za-z-]{1,80}(\.[0-9]{1,4})?\.duckdb|"
    r"logboek/([0-9]{4}-[0-9]{2}\.jsonl|kop\.json|namen\.json|half-[0-9a-f]{12}\.txt)"
)
_SOM = re.compile(r"[0-9a-f]{64}", re.ASCII)
# What a damaged archive makes of the library that reads it.
_KAPOT = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, LookupError, ValueError, TypeError,
    AttributeError, ArithmeticError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True)
class Inhoud:
    """What a backup says it holds: the sum of each part, and the end of the committee's chain where it has one."""

    sommen: Mapping[str, str]
    keten: str | None
    zonder: tuple[str, ...]

    def names(self, begin: str) -> list[str]:
        """Return the parts whose name begins like this."""
        return [naam for naam in self.sommen if naam.startswith(begin)]

    @property
    def commissie(self) -> str:
        """The part with what the committee wrote; empty where it was left out."""
        return next(iter(self.names("commissie.")), "")


def is_encrypted(pad: Path) -> bool:
    """Whether this file is under a key: such a file of age begins like this."""
    with pad.open("rb") as stroom:
        return stroom.read(len(_ONDER_SLEUTEL)) == _ONDER_SLEUTEL


def may_hold(naam: str) -> bool:
    """Whether a part of this name can be in a backup."""
    try:
        naam.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return _DEEL.fullmatch(naam) is not None


def damaged(pad: Path) -> AfgekeurdError:
    """Return what to say of a file that is no sound backup."""
    advies = "Gebruik een bestand dat met .venv/bin/regiomonitor backup is gemaakt. Alles is gebleven zoals het was."
    return AfgekeurdError([Melding(pad.name, "Dit is geen reservekopie, of zij is beschadigd.", advies=advies)])


@contextmanager
def _judged(pad: Path) -> Iterator[None]:
    """Turn whatever a damaged file leads to into one message; a disk that is full or out of reach stays itself."""
    try:
        yield
    except _KAPOT:
        raise damaged(pad) from None
    except OSError as fout:
        if fout.errno in (None, errno.EINVAL):
            raise damaged(pad) from None
        raise


def check_backup(pad: Path) -> Inhoud:
    """Read a backup from begin to end without unpacking it, and return what it holds.

    Raises:
        AfgekeurdError: it is damaged.
    """
    with _judged(pad), zipfile.ZipFile(pad) as zip_:
        inhoud = _read_contents(zip_)
        for naam, som in inhoud.sommen.items():
            _copy(zip_, naam, som, None)
    return inhoud


def unpack(pad: Path, plek: Callable[[str], Path]) -> Inhoud:
    """Unpack every part to where `plek` says, each checked against its sum and on the disk for good.

    Raises:
        AfgekeurdError: it is no backup, is damaged, or does not fit on the disk.
    """
    with _judged(pad), zipfile.ZipFile(pad) as zip_:
        inhoud = _read_contents(zip_)
        nodig = sum(zip_.getinfo(naam).file_size for naam in inhoud.sommen)
        if nodig > shutil.disk_usage(plek(INHOUD).parent).free:
            raise AfgekeurdError([Melding(pad.name, "De schijf heeft hier geen ruimte voor.", advies="Maak ruimte.")])
        for naam, som in inhoud.sommen.items():
            _copy(zip_, naam, som, plek(naam))
    return inhoud


def _read_contents(zip_: zipfile.ZipFile) -> Inhoud:
    """Return the list of contents; the archive has exactly these parts, each plain and of a size to be trusted."""
    leden = zip_.infolist()
    namen = [lid.filename for lid in leden]
    if len(set(namen)) != len(namen) or not all(map(_is_plain, leden)):
        raise ValueError
    if zip_.getinfo(INHOUD).file_size > _GROOTSTE_INHOUD:
        raise ValueError
    ruw: dict[str, Any] = json.loads(zip_.read(INHOUD))
    sommen, keten, zonder = ruw["delen"], ruw.get("keten"), ruw.get("weggelaten", [])
    if set(sommen) != {*namen} - {INHOUD} or not all(may_hold(n) and _SOM.fullmatch(s) for n, s in sommen.items()):
        raise ValueError
    if not (keten is None or isinstance(keten, str)) or not all(isinstance(naam, str) for naam in zonder):
        raise ValueError
    inhoud = Inhoud(sommen, keten, tuple(zonder))
    if PUBLICATIE not in sommen and PUBLICATIE not in zonder:
        raise ValueError
    if len(inhoud.names("commissie.")) != (0 if "commissie" in zonder else 1):
        raise ValueError
    return inhoud


def _is_plain(lid: zipfile.ZipInfo) -> bool:
    is_link = stat.S_ISLNK(lid.external_attr >> 16)
    is_bom = lid.file_size > _VERDACHT and lid.file_size > _KRIMPT * max(lid.compress_size, 1)
    soort = lid.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return soort and not (is_link or is_bom or lid.is_dir() or lid.flag_bits & 0x1) and lid.file_size <= GROOTSTE_DEEL


def _copy(zip_: zipfile.ZipFile, naam: str, som: str, doel: Path | None) -> None:
    """Read a part whole, to a new file where one is asked for, and hold it against its sum."""
    gelezen = hashlib.sha256()
    with zip_.open(naam) as bron, _new_file(naam, doel) if doel is not None else io.BytesIO() as stroom:
        while blok := bron.read(_BLOK):
            gelezen.update(blok)
            if doel is not None:
                stroom.write(blok)
        if doel is not None:
            stroom.flush()
            os.fsync(stroom.fileno())
    if gelezen.hexdigest() != som:
        raise ValueError


def _new_file(naam: str, doel: Path) -> BinaryIO:
    """Return a new file to write a part in: but for a publication it is for nobody else, whatever it was before."""
    for map_ in reversed(doel.parents):
        with contextlib.suppress(FileExistsError):
            map_.mkdir(mode=0o700)
    is_voor_lezers = naam.endswith(".duckdb") and not naam.startswith(RAUW)
    wijzer = os.open(doel, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666 if is_voor_lezers else 0o600)
    return os.fdopen(wijzer, "wb")


def publication_id(pad: Path) -> str | None:
    """Return the id of a publication that can be read to its last row; nothing where it cannot."""
    try:
        with open_alone(pad) as con:
            tabellen = [str(t) for (t,) in con.execute("select table_name from duckdb_tables()").fetchall()]
            if not has_only_own(con) or "publicatie" not in tabellen:
                return None
            read_every_value(con, tabellen)
            rij = con.execute("select publicatie_id from publicatie").fetchone()
    except (duckdb.Error, RuntimeError, UnicodeDecodeError):
        return None
    return str(rij[0]) if rij else None


def is_sound(pad: Path, naam: str) -> bool:
    """Whether a publication can be read whole, and is the one that its name says."""
    gelezen = publication_id(pad)
    return gelezen is not None and ("/" not in naam or Path(naam).stem == gelezen)
