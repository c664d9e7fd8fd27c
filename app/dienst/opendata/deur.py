"""What stands before the app for open data: whatever is asked under /data is answered here, and never by a page."""

from __future__ import annotations

import asyncio
import functools
import logging
import re
from collections.abc import Callable, Hashable

import anyio
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from app.dienst.opendata import adressen, antwoord, inhoud, openapi
from app.dienst.opendata.antwoord import KOPREGELS, Bewaard, Inhoud
from app.dienst.opendata.grens import Grens
from app.dienst.opendata.vraag import VraagError, parse
from app.dienst.toegang import GEGEVENS, App, Receive, Scope, Send, is_open_data
from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.uitgave.database import public_copy
from app.uitgave.vorm.vormen import dumps
from pipelines.afspraken.meldingen import show_value
from pipelines.afspraken.warehouse.bewaard import state_of

# How many answers are made at once beside what pages ask, and how many may wait for that.
_TEGELIJK, _WACHTEN = 2, 64
_DEEL = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})", re.ASCII)
_LOG = logging.getLogger("regiomonitor")
_GEEN = VraagError(503, "Er is nog geen publicatie.", advies="Probeer het later opnieuw.")
_DRUK = VraagError(503, "Het is nu te druk om dit te maken.", advies="Probeer het over enkele seconden opnieuw.")
_VEEL = VraagError(429, "U vraagt te veel achter elkaar.", advies="Wacht even, en bewaar wat u al hebt: ETag helpt.")
_FOUT = VraagError(500, "Dit is misgegaan.", advies="Probeer het opnieuw; helpt dat niet, meld het de beheerder.")
_LEZEN = VraagError(405, "Hier valt alleen te lezen.", toegestaan=("GET", "HEAD", "OPTIONS"))


class OpenData:
    """Answers every request under /data; passes on all others."""

    def __init__(self, app: App, begin: Callable[[Request], str] = lambda _: "") -> None:
        self._app, self._begin = app, begin
        self._bewaard, self._grens = Bewaard(), Grens()
        self._bezig: dict[Hashable, asyncio.Future[Inhoud]] = {}
        self._werkers: anyio.CapacityLimiter | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] != "http" or not is_open_data(scope["path"]):
            await self._app(scope, receive, send)
            return
        await (await self._answer(Request(scope)))(scope, receive, send)

    async def _answer(self, verzoek: Request) -> Response:
        try:
            if verzoek.method == "OPTIONS":
                return antwoord.preflight()
            if verzoek.method not in ("GET", "HEAD"):
                raise _LEZEN
            return await self._read(verzoek)
        except VraagError as fout:
            return antwoord.refuse(fout, wacht=_wait(fout))
        except data.GeenPublicatieError:
            return antwoord.refuse(_GEEN, wacht=60)
        except Exception as fout:
            _LOG.error("Open data: %s liep vast (%s).", show_value(verzoek.scope["path"]), type(fout).__name__)
            return antwoord.refuse(_FOUT)

    async def _read(self, verzoek: Request) -> Response:
        pad = str(verzoek.scope["path"]).rstrip("/")
        nu = data.kenmerk()
        if pad == adressen.DATABASE:
            return await self._database(nu, verzoek)
        if pad == openapi.ADRES:
            return _description(nu, verzoek)
        adres, delen = adressen.find(inhoud.BEGIN if pad == GEGEVENS else pad)
        paren = tuple(verzoek.query_params.multi_items())
        # Also under which publications there are: what was withdrawn is no longer answered from memory.
        begin = self._begin(verzoek)
        sleutel = (nu, state_of(data.archief(nu).parent), pad, paren, begin)
        gereed = self._bewaard.get(sleutel)
        if gereed is None:
            maak = functools.partial(adressen.make, nu, adres, delen, paren, begin)
            gereed = await self._make(sleutel, maak, verzoek.client.host if verzoek.client else "")
        return antwoord.respond(verzoek, gereed)

    async def _database(self, nu: Kenmerk, verzoek: Request) -> Response:
        vraag = parse(verzoek.query_params.multi_items(), adressen.VAN_DATABASE, {})
        return await anyio.to_thread.run_sync(_database, nu, vraag.voorbeeld, verzoek, limiter=self._limiter())

    async def _make(self, sleutel: Hashable, maak: functools.partial[inhoud.Gemaakt], wie: str) -> Inhoud:
        """Make an answer once for all who ask for it now."""
        if sleutel in self._bezig:
            return await asyncio.shield(self._bezig[sleutel])
        if self._grens.take(wie):
            raise _VEEL
        if len(self._bezig) >= _WACHTEN:
            raise _DRUK
        taak = asyncio.ensure_future(self._in_thread(sleutel, maak))
        self._bezig[sleutel] = taak
        taak.add_done_callback(lambda klaar: self._done(sleutel, klaar))
        return await asyncio.shield(taak)

    def _done(self, sleutel: Hashable, klaar: asyncio.Future[Inhoud]) -> None:
        del self._bezig[sleutel]
        # Whoever asked may be gone; then nobody else looks at what went wrong.
        if not klaar.cancelled():
            klaar.exception()

    async def _in_thread(self, sleutel: Hashable, maak: functools.partial[inhoud.Gemaakt]) -> Inhoud:
        def _work() -> Inhoud:
            gemaakt = maak()
            return antwoord.make(gemaakt.inhoud, gemaakt.mime, gemaakt.koppen)

        gereed = await anyio.to_thread.run_sync(_work, limiter=self._limiter())
        self._bewaard.put(sleutel, gereed)
        return gereed

    def _limiter(self) -> anyio.CapacityLimiter:
        if self._werkers is None:
            self._werkers = anyio.CapacityLimiter(_TEGELIJK)
        return self._werkers


def _wait(fout: VraagError) -> int:
    return 5 if fout.status in (429, 503) else 0


def _description(nu: Kenmerk, verzoek: Request) -> Response:
    if verzoek.query_params:
        raise VraagError(400, "Dit adres heeft geen parameters.", advies="Laat ze weg.")
    inhoud_ = dumps(openapi.describe(data.publicatie(nu).publicatie_id))
    return antwoord.respond(verzoek, antwoord.make(inhoud_, inhoud.JSON, {}))


def _database(nu: Kenmerk, voorbeeld: bool, verzoek: Request) -> Response:
    kopie = public_copy(nu, voorbeeld)
    koppen = {**KOPREGELS, "cache-control": "no-cache", "etag": f'"{kopie.sha256}"'}
    if antwoord.has_it(verzoek, koppen["etag"]):
        return Response(status_code=304, headers=koppen)
    check_range(verzoek.headers.get("range"), kopie.pad.stat().st_size)
    bestand = FileResponse(kopie.pad, headers=koppen, media_type="application/vnd.duckdb", filename=kopie.naam)
    # The file is there while someone holds it.
    bestand.background = BackgroundTask(lambda _: None, kopie)
    return bestand


def check_range(deel: str | None, omvang: int) -> None:
    """Judge which part of a file is asked for: one part that is there, or no part at all.

    Raises:
        VraagError: it is written otherwise, or lies outside the file.
    """
    if deel is None:
        return
    m = _DEEL.fullmatch(deel.strip())
    van, tot = (int(grens) if grens else None for grens in m.groups()) if m else (None, None)
    is_goed = (van < omvang and (tot is None or van <= tot)) if van is not None else bool(tot)
    if not is_goed:
        wat, mag = f"'{show_value(deel)}' is geen deel van dit bestand.", (f"bytes=0-{omvang - 1}",)
        raise VraagError(416, wat, toegestaan=mag, advies="Vraag één deel, of laat Range weg.")
