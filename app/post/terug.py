"""Mail that came back: the report of a mail server (RFC 3464), read as if anybody could have written it.

It counts only with the headers of our mail in it, which have the link to stop of that mailbox: who has that link could
end all mail there anyway. Nothing of a report is kept or said.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import BinaryIO

from app.rollen.mail import UIT
from pipelines.afspraken.meldingen import AfgekeurdError, Melding

# A report with all of our mail in it is a tenth of this.
GROOTSTE = 512_000
# Of one run; what is left comes another time.
_MEESTE = 1_000
_MEESTE_DELEN = 20
_KOP = re.compile(rb"(?P<naam>[!-9;-~]{1,60}):[ \t]*(?P<waarde>.*)", re.DOTALL)
_GRENS = re.compile(rb'boundary\s{0,9}=\s{0,9}(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))', re.IGNORECASE)
_LINK = re.compile(re.escape(UIT).encode() + rb"([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])")
# For good, and about the address: 5.7 is about who sends.
_VOORGOED = re.compile(rb"5\.(?!7\.)[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])")
_Koppen = dict[bytes, bytes]


def read_report(ruw: bytes) -> str:
    """Return what the link to stop ends in of the mail that could not be delivered for good; empty where it is none."""
    if len(ruw) > GROOTSTE:
        return ""
    koppen, lijf = _split(ruw.replace(b"\r\n", b"\n").split(b"\n"))
    soort = koppen.get(b"content-type", b"")
    grens = _GRENS.search(soort)
    if not soort.lower().startswith(b"multipart/report") or grens is None:
        return ""
    is_voorgoed, link = False, ""
    for deel in _parts(lijf, grens[1] or grens[2]):
        van_deel, inhoud = _split(deel)
        soort = van_deel.get(b"content-type", b"").lower()
        if soort.startswith((b"message/delivery-status", b"message/global-delivery-status")):
            is_voorgoed = is_voorgoed or _is_for_good(inhoud)
        elif soort.startswith((b"text/rfc822-headers", b"message/rfc822", b"message/global")):
            gevonden = _LINK.search(_split(inhoud)[0].get(b"list-unsubscribe", b""))
            link = link or (gevonden[1].decode("ascii") if gevonden else "")
    return link if is_voorgoed else ""


def _split(regels: Sequence[bytes]) -> tuple[_Koppen, Sequence[bytes]]:
    """Return the headers at the begin, and the lines after the empty line."""
    eind = next((nummer for nummer, regel in enumerate(regels) if not regel.strip()), len(regels))
    return _headers(regels[:eind]), regels[eind + 1 :]


def _headers(regels: Iterable[bytes]) -> _Koppen:
    """Return headers, the first of each name; one that goes on at the next line is one."""
    heel: list[list[bytes]] = []
    for regel in regels:
        if regel[:1] in (b" ", b"\t") and heel:
            heel[-1].append(regel.strip())
        else:
            heel.append([regel])
    koppen: _Koppen = {}
    for stukken in heel:
        if gevonden := _KOP.fullmatch(b" ".join(stukken)):
            koppen.setdefault(gevonden["naam"].lower(), gevonden["waarde"])
    return koppen


def _parts(regels: Sequence[bytes], grens: bytes) -> Iterator[Sequence[bytes]]:
    """Yield the lines of each part; what stands in a part within a part is of that part."""
    begin, is_uit = b"--" + grens, b"--" + grens + b"--"
    plekken = [nummer for nummer, regel in enumerate(regels) if regel.rstrip() in (begin, is_uit)][: _MEESTE_DELEN + 1]
    for van, tot in pairwise([*plekken, len(regels)]):
        if regels[van].rstrip() == is_uit:
            return
        yield regels[van + 1 : tot]


def _is_for_good(regels: Sequence[bytes]) -> bool:
    """Return whether what is said of a recipient, after what is said of the report, is that it failed for good."""
    for is_leeg, groep in groupby(regels, lambda regel: not regel.strip()):
        velden = {} if is_leeg else _headers(groep)
        if velden.get(b"action", b"").strip().lower() == b"failed" and _VOORGOED.match(velden.get(b"status", b"")):
            return True
    return False


def incoming(pad: Path, invoer: BinaryIO) -> Iterator[bytes]:
    """Yield what came in, at most a little more than is read: of `-` the input, of a file itself, of a Maildir what
    is new; there each is put among what was seen before it is given, and so counts once.

    Raises:
        AfgekeurdError: there is no such file or Maildir, or it cannot be read.
    """
    if str(pad) == "-":
        yield invoer.read(GROOTSTE + 1)
        return
    try:
        if not pad.is_dir():
            yield _read(pad)
            return
        namen = sorted(os.listdir(pad / "new"))[:_MEESTE]
        for naam in namen:
            gezien = pad / "cur" / f"{naam.partition(':')[0]}:2,S"
            os.replace(pad / "new" / naam, gezien)
            # What is no plain file is no mail.
            with contextlib.suppress(OSError):
                yield _read(gezien)
    except OSError:
        advies = "Noem een bestand, een Maildir (een map met new en cur), of - voor de standaardinvoer."
        raise AfgekeurdError([Melding("mail --terug", "Dit is niet te lezen.", advies=advies)]) from None


def _read(pad: Path) -> bytes:
    """Read a plain file; a link or a pipe in the folder of somebody else leads nowhere."""
    with open(os.open(pad, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as stroom:
        if not stat.S_ISREG(os.fstat(stroom.fileno()).st_mode):
            raise OSError
        return stroom.read(GROOTSTE + 1)
