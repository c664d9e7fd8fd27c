"""What is answered: bytes with their ETag, plain and compressed, kept for whoever asks the same."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from app.dienst.opendata.vraag import VraagError

# What is kept for all readers together, in bytes and in answers.
_RUIMTE, _HOOGSTENS = 64_000_000, 2_000
_KLEIN = 500
KOPREGELS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Link, Content-Disposition, Retry-After",
}
_MAG = "GET, HEAD, OPTIONS"


@dataclass(frozen=True, slots=True)
class Inhoud:
    """One answer: its bytes, the same compressed where that is worth it, and what tells it from another."""

    kaal: bytes
    ingepakt: bytes
    mime: str
    etag: str
    koppen: dict[str, str] = field(default_factory=dict)

    @property
    def omvang(self) -> int:
        """How many bytes it takes to keep."""
        return len(self.kaal) + len(self.ingepakt)


def make(kaal: bytes, mime: str, koppen: dict[str, str]) -> Inhoud:
    """Return bytes as an answer."""
    is_tekst = mime.startswith(
        ("text/", "application/json", "application/ld", "application/csvm", "application/atom", "application/vnd.sdmx")
    )
    ingepakt = gzip.compress(kaal, 6, mtime=0) if is_tekst and len(kaal) > _KLEIN else b""
    return Inhoud(kaal, ingepakt, mime, f'W/"{hashlib.sha256(kaal).hexdigest()[:32]}"', koppen)


class Bewaard:
    """The last answers, up to a number of bytes; the least asked for go first."""

    def __init__(self, ruimte: int = _RUIMTE, hoogstens: int = _HOOGSTENS) -> None:
        self._ruimte, self._hoogstens = ruimte, hoogstens
        self._gebruikt = 0
        self._slot = threading.Lock()
        self._antwoorden: OrderedDict[Hashable, Inhoud] = OrderedDict()

    def get(self, vraag: Hashable) -> Inhoud | None:
        """Return what was answered before."""
        with self._slot:
            antwoord = self._antwoorden.get(vraag)
            if antwoord is not None:
                self._antwoorden.move_to_end(vraag)
            return antwoord

    def put(self, vraag: Hashable, antwoord: Inhoud) -> None:
        """Keep an answer; one that takes a large part of all the room is not kept."""
        with self._slot:
            if antwoord.omvang > self._ruimte // 8 or vraag in self._antwoorden:
                return
            self._antwoorden[vraag] = antwoord
            self._gebruikt += antwoord.omvang
            while self._gebruikt > self._ruimte or len(self._antwoorden) > self._hoogstens:
                _, oud = self._antwoorden.popitem(last=False)
                self._gebruikt -= oud.omvang


def respond(verzoek: Request, inhoud: Inhoud) -> Response:
    """Return the answer as this reader takes it: nothing when they have it already, compressed when they can."""
    koppen = {
        **KOPREGELS, **inhoud.koppen, "etag": inhoud.etag, "vary": "accept-encoding", "cache-control": "no-cache",
    }  # fmt: skip
    if has_it(verzoek, inhoud.etag):
        return Response(status_code=304, headers=koppen)
    if inhoud.ingepakt and _takes_gzip(verzoek.headers.get("accept-encoding", "")):
        return Response(inhoud.ingepakt, headers={**koppen, "content-encoding": "gzip"}, media_type=inhoud.mime)
    return Response(inhoud.kaal, headers=koppen, media_type=inhoud.mime)


def has_it(verzoek: Request, etag: str) -> bool:
    """Whether this reader says to have what goes by this ETag."""
    namen = {naam.strip().removeprefix("W/") for naam in verzoek.headers.get("if-none-match", "").split(",")}
    return etag.removeprefix("W/") in namen or "*" in namen


def _takes_gzip(tekst: str) -> bool:
    for deel in tekst.lower().split(","):
        naam, _, gewicht = deel.partition(";")
        if naam.strip() in ("gzip", "*") and gewicht.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            return True
    return False


def refuse(fout: VraagError, *, wacht: int = 0) -> Response:
    """Return the answer that says what is wrong, what is allowed and what to do."""
    inhoud = {
        "fout": {
            "status": fout.status,
            "wat": fout.wat,
            **({"toegestaan": list(fout.toegestaan)} if fout.toegestaan else {}),
            **({"advies": fout.advies} if fout.advies else {}),
        }
    }
    koppen = {**KOPREGELS, "cache-control": "no-store", **({"retry-after": str(wacht)} if wacht else {})}
    if fout.status == 405:
        koppen["allow"] = _MAG
    tekst = json.dumps(inhoud, ensure_ascii=False).encode("utf-8", "replace")
    return Response(tekst, fout.status, koppen, media_type="application/json")


def preflight() -> Response:
    """Return what a browser asks before a page of another site reads here."""
    return Response(
        status_code=204,
        headers={
            **KOPREGELS, "access-control-allow-methods": _MAG, "access-control-allow-headers": "If-None-Match, Range",
            "access-control-max-age": "86400", "allow": _MAG,
        },
    )  # fmt: skip
