"""The log on disk: a file a month, lines added at the end under a lock, each tied to the one before it.

The head beside them knows the newest line, so that an end that was cut off is missed. Each file but the first begins
with a line that says so and names the month before it: where files meet is in the chain as well. What a process that
was killed left of a line is put aside and named. Nothing is ever written over.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from app.logboek.regel import BEGIN, Afloop, Daad, Logregel, as_code, read_line
from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.warehouse.schrijven import VERTROUWELIJK, sync_folder, take_lock, write_whole

KOP = "kop.json"
_SLOT = ".slot"
_MAAND = re.compile(r"\d{4}-\d{2}\.jsonl")
# Of the last line; none is longer.
_STAART = 4096
# Seconds. A line takes milliseconds; who holds the log for longer is stuck, and must not make all others so.
WACHTTIJD, _KIJKTIJD = 2.5, 0.01
Nu = Callable[[], datetime]


class LogboekError(AfgekeurdError):
    """The log cannot be written, and so what was asked is not done."""

    def __init__(self, advies: str) -> None:
        super().__init__([Melding("logboek", "Het logboek is niet te schrijven; daarom gaat dit niet door.",
                                  advies=advies)])  # fmt: skip


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


def now() -> datetime:
    """Return what the clock says."""
    return datetime.now(UTC)


@contextmanager
def locked(map_: Path) -> Iterator[None]:
    """Hold the log alone, over threads, processes and commands; it is let go however this ends.

    Raises:
        LogboekError: somebody else holds it and does not let go.
        OSError: the folder cannot be made or written.
    """
    map_.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(map_ / _SLOT, os.O_CREAT | os.O_RDWR, VERTROUWELIJK), "rb") as slot:
        tot = time.monotonic() + WACHTTIJD
        while not take_lock(slot.fileno()):
            if time.monotonic() > tot:
                raise LogboekError("Een andere opdracht houdt het bezet. Zoek uit welke, en probeer het opnieuw.")
            time.sleep(_KIJKTIJD)
        yield


def append(map_: Path, gebeurtenis: Gebeurtenis, nu: Nu = now) -> Kop:
    """Write one line at the end, for good; the caller holds the lock. Returns the new end of the chain.

    Raises:
        OSError: it cannot be written; the log is as it was, or its last line is half and will be put aside.
    """
    kop = _end(map_, nu)
    if not kop.nummer:
        kop = _write(map_, kop, Gebeurtenis("", "", Daad.LOGBOEK_BEGONNEN), nu)
    return _write(map_, kop, gebeurtenis, nu)


def head(map_: Path) -> Kop | None:
    """Return the newest line that the head knows; nothing where there is no head, or none that can be read."""
    try:
        kop = Kop(**json.loads((map_ / KOP).read_bytes()))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return kop if type(kop.nummer) is int and isinstance(kop.som, str) else None


def months(map_: Path) -> list[Path]:
    """Return the files of the log, the oldest first."""
    return sorted(pad for pad in map_.glob("*.jsonl") if _MAAND.fullmatch(pad.name))


def set_aside(map_: Path) -> list[Path]:
    """Return the files with what was half a line."""
    return sorted(map_.glob("half-*.txt"))


def last_line(pad: Path) -> Logregel | None:
    """Return the last line of this file that can be read; nothing where its end holds none."""
    with pad.open("rb") as stroom:
        einde = stroom.seek(0, os.SEEK_END)
        stroom.seek(max(0, einde - _STAART))
        regels = stroom.read().splitlines()
    return next((regel for ruw in reversed(regels) if (regel := read_line(ruw))), None)


def _end(map_: Path, nu: Nu) -> Kop:
    """Return where the next line goes on from, after half a line was put aside.

    That is what the head knows, and one line further where a process was killed before it told the head. A head that
    is gone or further behind is not believed, and a line says so for good. An end that is missing is not made good:
    the numbers then jump, for whoever checks.
    """
    paden, kop = months(map_), head(map_)
    half = _put_aside_half(map_, paden[-1]) if paden else ""
    laatste = next((regel for pad in reversed(paden) if (regel := last_line(pad))), None)
    if kop is None and not paden:
        # The head is there before the first line, so that a log without one is a log that lost it.
        _remember(map_, kop := Kop())
    elif kop is None or (laatste is not None and is_behind(kop, laatste, map_)):
        kop = Kop(laatste.nummer, laatste.som) if laatste else Kop()
        kop = _write(map_, kop, Gebeurtenis("", "", Daad.KOP_WEG), nu)
    elif laatste and laatste.follows(kop.nummer, kop.som) and laatste.sum() == laatste.som:
        _remember(map_, kop := Kop(laatste.nummer, laatste.som))
    return _write(map_, kop, Gebeurtenis("", "", Daad.HALVE_REGEL, half), nu) if half else kop


def is_behind(kop: Kop, laatste: Logregel, map_: Path) -> bool:
    """Return whether the head stayed more than one line behind a chain that is whole.

    Where it is not whole after the head, it is a line that was altered, and not the head.
    """
    if laatste.nummer <= kop.nummer + 1:
        return False
    if not kop.nummer:
        return True
    verder: list[Logregel] = []
    for pad in reversed(months(map_)):
        regels = [regel for ruw in pad.read_bytes().splitlines() if (regel := read_line(ruw))]
        verder = [*(regel for regel in regels if regel.nummer > kop.nummer), *verder]
        if regels and regels[0].nummer <= kop.nummer:
            break
    nummer, som = kop.nummer, kop.som
    for regel in verder:
        if not regel.follows(nummer, som) or regel.sum() != regel.som:
            return False
        nummer, som = regel.nummer, regel.som
    return True


def _write(map_: Path, kop: Kop, wat: Gebeurtenis, nu: Nu) -> Kop:
    moment = nu().astimezone(UTC)
    stammen = [pad.stem for pad in months(map_)]
    # A clock that was put back does not bring an older month back to life.
    maand = max([f"{moment:%Y-%m}", *stammen[-1:]])
    pad = map_ / f"{maand}.jsonl"
    is_leeg = not pad.exists() or not pad.stat().st_size
    eerder = [stam for stam in stammen if stam < maand]
    if is_leeg and eerder and wat.daad is not Daad.MAAND_BEGONNEN:
        kop = _write(map_, kop, Gebeurtenis("", "", Daad.MAAND_BEGONNEN, eerder[-1]), lambda: moment)
        is_leeg = False
    kaal = Logregel(
        kop.nummer + 1, f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z", as_code(wat.wie),
        as_code(wat.rol), wat.daad, as_code(wat.waarover), wat.uitkomst, kop.som,
    )  # fmt: skip
    regel = replace(kaal, som=kaal.sum())
    _add(pad, regel.as_bytes())
    if is_leeg:
        sync_folder(map_)
    _remember(map_, nieuw := Kop(regel.nummer, regel.som))
    return nieuw


def _add(pad: Path, ruw: bytes) -> None:
    wijzer = os.open(pad, os.O_CREAT | os.O_WRONLY | os.O_APPEND, VERTROUWELIJK)
    try:
        if os.write(wijzer, ruw) != len(ruw):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(pad))
        os.fsync(wijzer)
    finally:
        os.close(wijzer)


def _remember(map_: Path, kop: Kop) -> None:
    inhoud = json.dumps({"nummer": kop.nummer, "som": kop.som}).encode("ascii")
    write_whole(map_ / KOP, inhoud, mode=VERTROUWELIJK)
    sync_folder(map_)


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
