"""The web application around the Streamlit script: Dutch page, own stylesheet, strict headers."""

from __future__ import annotations

import base64
import contextlib
import gc
import hashlib
import json
import re
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import gebieden, stijl

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_MAP = Path(__file__).resolve().parent
_STIJL = stijl.css_variables() + (_MAP / "statisch" / "regiomonitor.css").read_text(encoding="utf-8")
_SCRIPT = (_MAP / "statisch" / "nederlands.js").read_text(encoding="utf-8") + (
    (_MAP / "statisch" / "papier.js").read_text(encoding="utf-8").replace("{KLEUREN}", json.dumps(stijl.on_paper()))
)
_ICOON = (_MAP / "statisch" / "icoon.svg").read_text(encoding="utf-8")
# The hatching of the map: a fill can only refer to a pattern in the page itself.
_ARCERING = (_MAP / "statisch" / "arcering.svg").read_text(encoding="utf-8").strip()
_VERSIE = hashlib.sha256((_STIJL + _SCRIPT).encode()).hexdigest()[:12]
_KOP = (
    '<meta name="description" content="Regiomonitor: de arbeidsmarkt in zorg en welzijn en het programma '
    'Samen Regionaal Sterk, per regio." />'
    f'<link rel="stylesheet" href="/regiomonitor/{_VERSIE}.css" />'
    f'<script defer src="/regiomonitor/{_VERSIE}.js"></script>'
)
_GEEN_SCRIPT = (
    "<noscript><p>Deze monitor heeft JavaScript nodig. Zet JavaScript aan en laad de pagina opnieuw.</p></noscript>"
)
_KOPREGELS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}


def rewrite_page(pagina: str) -> str:
    """Return Streamlit's page in Dutch, with our stylesheet and without what is not ours to offer."""
    pagina = pagina.replace('<html lang="en">', '<html lang="nl">', 1)
    pagina = pagina.replace("<title>Streamlit</title>", "<title>Regiomonitor</title>", 1)
    pagina = re.sub(r"<!--.*?-->", "", pagina, flags=re.DOTALL)
    pagina = re.sub(r"<noscript>.*?</noscript>", _GEEN_SCRIPT, pagina, flags=re.DOTALL)
    pagina = re.sub(r'<link rel="service-desc"[^>]*>', "", pagina)
    pagina = pagina.replace('href="./favicon.png"', f'type="image/svg+xml" href="/regiomonitor/{_VERSIE}.svg"', 1)
    pagina = re.sub(r'<link\s+rel="preload"\s+href="[^"]*SourceSans[^>]*>', "", pagina)
    pagina = pagina.replace("</body>", f"{_ARCERING}</body>", 1)
    return pagina.replace("</head>", f"{_KOP}</head>", 1)


def content_security_policy(pagina: str) -> str:
    """Return the policy for a page: nothing from elsewhere, and only the inline scripts it came with."""
    inline = re.findall(r"<script>(.*?)</script>", pagina, flags=re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(tekst.encode()).digest()).decode() for tekst in inline]
    scripts = " ".join(["'self'", *(f"'sha256-{waarde}'" for waarde in hashes)])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-src 'none'; frame-ancestors 'none'"
    )


class PageMiddleware:
    """Rewrites HTML pages and adds headers to every answer."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; hold back an HTML answer until it is whole."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # A page that is rewritten must be sent in full, whatever the browser has of Streamlit's own.
        weg = (b"if-none-match", b"if-modified-since", b"accept-encoding", b"range")
        is_pagina = b"text/html" in dict(scope["headers"]).get(b"accept", b"")
        if is_pagina:
            scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k not in weg]}
        await self._app(scope, receive, _Answer(send).pass_on)


class _Answer:
    """One answer on its way out."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._delen: list[bytes] = []

    async def pass_on(self, bericht: Message) -> None:
        """Send other answers on at once, and an HTML page when it is complete."""
        if bericht["type"] == "http.response.start":
            soort = dict(bericht["headers"]).get(b"content-type", b"")
            if soort.startswith(b"text/html") and bericht["status"] == 200:
                self._start = bericht
                return
            policy = "default-src 'none'; frame-ancestors 'none'"
            extra = {
                **_KOPREGELS,
                **({"content-security-policy": policy} if soort.startswith(b"text/html") else {}),
            }
            await self._send({**bericht, "headers": _with(bericht["headers"], extra)})
        elif self._start is not None and bericht["type"] == "http.response.body":
            self._delen.append(bericht.get("body", b""))
            if not bericht.get("more_body", False):
                await self._send_page(self._start)
        else:
            await self._send(bericht)

    async def _send_page(self, start: Message) -> None:
        pagina = rewrite_page(b"".join(self._delen).decode("utf-8"))
        inhoud = pagina.encode("utf-8")
        vervallen = (b"content-length", b"etag", b"last-modified", b"cache-control")
        koppen = [(k, v) for k, v in start["headers"] if k.lower() not in vervallen]
        extra = {
            **_KOPREGELS,
            "content-security-policy": content_security_policy(pagina),
            "content-length": str(len(inhoud)),
            "cache-control": "no-cache",
        }
        await self._send({**start, "headers": _with(koppen, extra)})
        await self._send({"type": "http.response.body", "body": inhoud})


def _with(koppen: list[tuple[bytes, bytes]], extra: dict[str, str]) -> list[tuple[bytes, bytes]]:
    eigen = {naam.encode() for naam in extra}
    rest = [(k, v) for k, v in koppen if k.lower() not in eigen]
    return rest + [(naam.encode(), waarde.encode()) for naam, waarde in extra.items()]


def _static(inhoud: str, soort: str) -> Callable[[object], Response]:
    def _answer(_: object) -> Response:
        return Response(inhoud, media_type=soort, headers={"cache-control": "public, max-age=31536000, immutable"})

    return _answer


def serve_layer(verzoek: Request) -> Response:
    """Answer with one layer of the map; whatever else is asked for is not there."""
    gevonden = gebieden.content(verzoek.path_params["bestand"])
    if gevonden is None:
        return Response(status_code=404)
    inhoud, is_deze = gevonden
    koppen = {
        "etag": f'W/"{inhoud.hash}"',
        "vary": "accept-encoding",
        # A page from before a newer fetch asks for the old layer and gets the new one, this time only.
        "cache-control": "public, max-age=31536000, immutable" if is_deze else "no-store",
    }
    if inhoud.hash in verzoek.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=koppen)
    if "gzip" in verzoek.headers.get("accept-encoding", ""):
        koppen["content-encoding"] = "gzip"
        return Response(inhoud.ingepakt, media_type="application/json", headers=koppen)
    return Response(inhoud.kaal, media_type="application/json", headers=koppen)


@contextlib.asynccontextmanager
async def _lifespan(_: st.App) -> AsyncIterator[None]:
    threading.Thread(target=warm_up, daemon=True).start()
    yield


def warm_up() -> None:
    """Import the pages and read the publication, beside serving, so that the first reader need not wait for it."""
    from app import data, hoofd  # noqa: F401

    with contextlib.suppress(data.GeenPublicatieError):
        merk = data.kenmerk()
        for alleen_echt in (False, True):
            data.niveaus_per_indicator(merk, alleen_echt)
            for indicator_id in data.indicatoren(merk):
                data.waarnemingen(merk, indicator_id, alleen_echt)
    # All of this stays, so a full collection, for which every reader waits, need not go through it again.
    gc.collect()
    gc.freeze()


app = st.App(
    _MAP / "hoofd.py",
    lifespan=_lifespan,
    middleware=[Middleware(PageMiddleware)],
    routes=[
        Route(f"/regiomonitor/{_VERSIE}.css", _static(_STIJL, "text/css")),
        Route(f"/regiomonitor/{_VERSIE}.js", _static(_SCRIPT, "text/javascript")),
        Route(f"/regiomonitor/{_VERSIE}.svg", _static(_ICOON, "image/svg+xml")),
        Route(f"{gebieden.PAD}/{{bestand:path}}", serve_layer),
    ],
)
