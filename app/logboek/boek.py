"""The log on disk: a file a month, lines added at the end under a lock, each tied to the one before it.

The head beside them knows the newest line, so that an end that was cut off is missed. What a process that was killed
left of a line is put aside and named. Nothing is ever written over; whole months go when their time is over.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from app.logboek.regel import BEGIN, Afloop, Daad, Logregel, as_code, read_line
from pipelines.afspraken.schrijven import VERTROUWELIJK, sync_folder, write_whole

KOP = "kop.json"
_SLOT = ".slot"
_MAAND = re.compile(r"\d{4}-\d{2}\.jsonl")
# Of the last line; none is longer.
_STAART = 4096
Nu = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Kop:
    """The newest line that was written: its number and its sum."""

    nummer: int = 0
    som: str = BEGIN

    def __str__(self) -> str:
        """Return it as a person can keep it apart, on paper or elsewhere."""
        return f"{self.nummer}:{self.som}"


@dataclass(frozen=True, slots=True)
class Gebeurtenis:
    """What is to be written: who by pseudonym, in which role, what, about what, and how it ended."""

    wie: str
    rol: str
    daad: Daad
    waarover: str = ""
    uitkomst: Afloop = Afloop.GELUKT


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def locked(map_: Path) -> Iterator[None]:
    """Hold the log alone, over threads, processes and commands; it is let go however this ends.

    Raises:
        OSError: the folder cannot be made or written.
    """
    map_.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(map_ / _SLOT, os.O_CREAT | os.O_RDWR, VERTROUWELIJK), "rb") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        yield


def append(map_: Path, gebeurtenis: Gebeurtenis, nu: Nu = _now) -> Kop:
    """Write one line at the end, for good; the caller holds the lock. Returns the new end of the chain.

    Raises:
        OSError: it cannot be written; the log is as it was, or its last line is half and will be put aside.
    """
    kop = _end(map_, nu)
    if not kop.nummer and gebeurtenis.daad is not Daad.KOP_WEG:
        kop = _write(map_, kop, Gebeurtenis("", "", Daad.LOGBOEK_BEGONNEN), nu)
    return _write(map_, kop, gebeurtenis, nu)


def head(map_: Path) -> Kop | None:
    """Return the newest line that the head knows; nothing where there is no head, or none that can be read."""
    try:
        kop = Kop(**json.loads((map_ / KOP).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    return kop if type(kop.nummer) is int and isinstance(kop.som, str) else None


def months(map_: Path) -> list[Path]:
    """Return the files of the log, the oldest first."""
    return sorted(pad for pad in map_.glob("*.jsonl") if _MAAND.fullmatch(pad.name))


def set_aside(map_: Path) -> list[Path]:
    """Return the files with what was half a line."""
    return sorted(map_.glob("half-*.txt"))


def forget_before(map_: Path, maand: str, wie: Gebeurtenis, nu: Nu = _now) -> list[Path]:
    """Remove the months before this one, such as 2026-11, and return which; a line says where the chain now begins.

    The caller holds the lock.

    Raises:
        OSError: a file cannot be removed; the line that says it may be is there.
    """
    weg = [pad for pad in months(map_)[:-1] if pad.stem < maand]
    laatste = read_line(_last_line(weg[-1])) if weg else None
    if laatste is None:
        return []
    waarover = f"tot en met {laatste.nummer}:{laatste.som}"
    append(map_, Gebeurtenis(wie.wie, wie.rol, Daad.LOGBOEK_OPGESCHOOND, waarover), nu)
    for pad in weg:
        pad.unlink()
    sync_folder(map_)
    return weg


def _end(map_: Path, nu: Nu) -> Kop:
    """Return where the next line goes on from, after half a line was put aside.

    That is what the head knows, and one line further where a process was killed before it told the head. An end that
    is missing is not made good: the numbers then jump, for whoever checks.
    """
    paden, kop = months(map_), head(map_)
    half = _put_aside_half(map_, paden[-1]) if paden else ""
    laatste = read_line(_last_line(paden[-1])) if paden else None
    if kop is None:
        if not paden:
            # The head is there before the first line, so that a log without one is a log that lost it.
            _remember(map_, kop := Kop())
        else:
            kop = Kop(laatste.nummer, laatste.som) if laatste else Kop()
            kop = _write(map_, kop, Gebeurtenis("", "", Daad.KOP_WEG), nu)
    elif laatste and (laatste.nummer, laatste.vorige) == (kop.nummer + 1, kop.som) and laatste.sum() == laatste.som:
        _remember(map_, kop := Kop(laatste.nummer, laatste.som))
    return _write(map_, kop, Gebeurtenis("", "", Daad.HALVE_REGEL, half), nu) if half else kop


def _write(map_: Path, kop: Kop, wat: Gebeurtenis, nu: Nu) -> Kop:
    moment = nu().astimezone(UTC)
    kaal = Logregel(
        kop.nummer + 1, f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z", as_code(wat.wie),
        as_code(wat.rol), wat.daad, as_code(wat.waarover), wat.uitkomst, kop.som,
    )  # fmt: skip
    regel = replace(kaal, som=kaal.sum())
    # A clock that was put back does not bring an older month back to life.
    maand = max([f"{moment:%Y-%m}", *(pad.stem for pad in months(map_)[-1:])])
    pad = map_ / f"{maand}.jsonl"
    is_nieuw = not pad.exists()
    wijzer = os.open(pad, os.O_CREAT | os.O_WRONLY | os.O_APPEND, VERTROUWELIJK)
    try:
        ruw = regel.as_bytes()
        if os.write(wijzer, ruw) != len(ruw):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(pad))
        os.fsync(wijzer)
    finally:
        os.close(wijzer)
    if is_nieuw:
        sync_folder(map_)
    _remember(map_, nieuw := Kop(regel.nummer, regel.som))
    return nieuw


def _remember(map_: Path, kop: Kop) -> None:
    inhoud = json.dumps({"nummer": kop.nummer, "som": kop.som}).encode("ascii")
    write_whole(map_ / KOP, inhoud, mode=VERTROUWELIJK)


def _put_aside_half(map_: Path, pad: Path) -> str:
    """Put what a killed process left of a line in a file of its own; returns what to say of it, if there was any."""
    with pad.open("r+b") as stroom:
        einde = stroom.seek(0, os.SEEK_END)
        begin = max(0, einde - _STAART)
        stroom.seek(begin)
        staart = stroom.read()
        half = staart[staart.rfind(b"\n") + 1 :]
        if not half:
            return ""
        som = hashlib.sha256(half).hexdigest()
        write_whole(map_ / f"half-{som[:12]}.txt", half, mode=VERTROUWELIJK)
        stroom.truncate(einde - len(half))
        os.fsync(stroom.fileno())
    return f"{len(half)} bytes, {som}"


def _last_line(pad: Path) -> bytes:
    with pad.open("rb") as stroom:
        einde = stroom.seek(0, os.SEEK_END)
        stroom.seek(max(0, einde - _STAART))
        regels = stroom.read().splitlines()
    return regels[-1] if regels else b""
