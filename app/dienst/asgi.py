"""The web application around the Streamlit script: Dutch page, own stylesheet, strict headers."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit import file_util

from app.beeld import gebieden, stijl
from app.beeld.fragmenten import EEN_CIJFER, VERANTWOORDING
from app.beeld.markup import Html, join, tag
from app.dienst import aanmelden, inlezen, voorvertoning, wegwijs, zoeken
from app.dienst.aanmelden import Aanmelden
from app.dienst.bewaking import toestand
from app.dienst.insluiten import Insluiten
from app.dienst.opendata.deur import OpenData
from app.dienst.toegang import (
    DOWNLOADS,
    INSLUITEN,
    KOPREGELS,
    MET_GEHEIM,
    Adressen,
    App,
    Message,
    Paden,
    Receive,
    Scope,
    Send,
    Toegang,
    error_page,
    is_for_other_sites,
)
from app.dienst.vindbaar import Vindbaar
from app.raam import paginas
from app.rollen import mail

_MAP = Path(__file__).resolve().parents[1]
_LETTER = (_MAP / "statisch" / "letter" / "regiomonitor-sans.woff2").read_bytes()
_LETTERPAD = f"/regiomonitor/{hashlib.sha256(_LETTER).hexdigest()[:12]}.woff2"
_STIJL = "".join(
    (
        stijl.font_face(_LETTERPAD),
        stijl.css_variables(),
        *(
            (_MAP / "statisch" / f"{naam}.css").read_text(encoding="utf-8")
            for naam in ("regiomonitor", "menu", "zoeken", "gesprek")
        ),
    )
)
_SCRIPT = (
    "".join(
        (_MAP / "statisch" / f"{naam}.js").read_text(encoding="utf-8")
        for naam in (
            "verbinding",
            "nederlands",
            "geschiedenis",
            "papier",
            "menu",
            "zoeken",
            "delen",
            "wegwijs",
            "concept",
            "werkblad",
            "dagkiezer",
            "afspelen",
            "bewaren",
        )
    )
    .replace("{KLEUREN}", json.dumps(stijl.on_paper()))
    .replace("{PADEN}", json.dumps(sorted(paginas.PADEN)))
    .replace("{BEGRIPPEN}", wegwijs.explained())
)
_KNOPPEN, *_VAKKEN = (
    (_MAP / "statisch" / f"{naam}.html").read_text(encoding="utf-8").strip()
    for naam in ("balkknoppen", "zoekvak", "deelvak")
)
_ICOON = (_MAP / "statisch" / "icoon.svg").read_text(encoding="utf-8")
# The hatching of the map: a fill can only refer to a pattern in the page itself.
_ARCERING = (_MAP / "statisch" / "arcering.svg").read_text(encoding="utf-8").strip()
_VERSIE = hashlib.sha256((_STIJL + _SCRIPT).encode()).hexdigest()[:12]
_KOP = (
    f'<link rel="preload" as="font" type="font/woff2" crossorigin href="{_LETTERPAD}" />'
    f'<link rel="stylesheet" href="/regiomonitor/{_VERSIE}.css" />'
)
# Ahead of Streamlit's own: on a slow line it would draw in English, and keep its history, before we could see it.
_EERST = f'<script defer src="/regiomonitor/{_VERSIE}.js"></script>'
_GEEN_SCRIPT = (
    "<noscript><p>Deze monitor heeft JavaScript nodig. Zet JavaScript aan en laad de pagina opnieuw.</p></noscript>"
)
# What the page asks of Streamlit itself, beside its files: is the server there, and how does it look there.
_KERN = ("/_stcore/health", "/_stcore/host-config")
_BEWAREN = "public, max-age=31536000, immutable"
_HSTS = {"strict-transport-security": "max-age=31536000"}


def menu_bar() -> str:
    """Return the bar on top of every page: the six entries of the menu, and the way to search."""
    paden = {i: [paginas.address(n) for n, p in paginas.PAGINAS.items() if p.ingang == i] for i in paginas.INGANGEN}
    punten = join(tag("li", tag("a", i, href=paden[i][0], data_paden=" ".join(paden[i]))) for i in paden)
    merk = tag("a", "Regiomonitor", href="/", klasse="rm-merk")
    menu = tag("nav", tag("ul", punten), aria_label="Menu")
    return tag("header", merk, menu, Html(_KNOPPEN), klasse="rm-buiten rm-balkboven")


def rewrite_page(pagina: str) -> str:
    """Return Streamlit's page in Dutch, with our stylesheet and without what is not ours to offer."""
    pagina = pagina.replace('<html lang="en">', '<html lang="nl">', 1)
    pagina = pagina.replace("<title>Streamlit</title>", "<title>Regiomonitor</title>", 1)
    pagina = re.sub(r"<!--.*?-->", "", pagina, flags=re.DOTALL)
    pagina = re.sub(r"<noscript>.*?</noscript>", _GEEN_SCRIPT, pagina, flags=re.DOTALL)
    pagina = re.sub(r'<link rel="service-desc"[^>]*>', "", pagina)
    pagina = pagina.replace('href="./favicon.png"', f'type="image/svg+xml" href="/regiomonitor/{_VERSIE}.svg"', 1)
    pagina = re.sub(r'<link\s+rel="preload"\s+href="[^"]*SourceSans[^>]*>', "", pagina)
    pagina = re.sub(r"<body[^>]*>", lambda begin: f"{begin[0]}{menu_bar()}", pagina, count=1)
    pagina = pagina.replace("</body>", f"{_ARCERING}{''.join(_VAKKEN)}{wegwijs.welcome()}</body>", 1)
    pagina = re.sub(r'(?=<script[^>]*type="module")', _EERST, pagina, count=1)
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


class HeaderMiddleware:
    """Adds the strict headers to every answer that does not have its own."""

    def __init__(self, app: App, adressen: Adressen) -> None:
        self._app = app
        # Under which names readers come over TLS, and so should never come without.
        self._versleuteld = {o.removeprefix("https://") for o in adressen.origins if o.startswith("https://")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer with our headers."""

        is_open = scope["type"] == "http" and is_for_other_sites(scope["path"])
        koppen = {**KOPREGELS, "cross-origin-resource-policy": "cross-origin"} if is_open else KOPREGELS
        if is_open and scope["path"].startswith(INSLUITEN):
            koppen = {naam: waarde for naam, waarde in koppen.items() if naam != "x-frame-options"}
        if scope["type"] == "http" and scope["path"].startswith(MET_GEHEIM):
            koppen = koppen | {"referrer-policy": "no-referrer"}
        hosts = (waarde.decode("latin-1") for naam, waarde in scope.get("headers", ()) if naam == b"host")
        if not self._versleuteld.isdisjoint(hosts):
            koppen = koppen | _HSTS

        async def _send(bericht: Message) -> None:
            if bericht["type"] == "http.response.start":
                bericht = {**bericht, "headers": _with(bericht["headers"], koppen)}
            await send(bericht)

        await self._app(scope, receive, _send)


def _with(koppen: list[tuple[bytes, bytes]], extra: dict[str, str]) -> list[tuple[bytes, bytes]]:
    eigen = {naam.encode() for naam in extra}
    rest = [(k, v) for k, v in koppen if k.lower() not in eigen]
    return rest + [(naam.encode(), waarde.encode()) for naam, waarde in extra.items()]


def _moved(verzoek: Request) -> str:
    """Return where the card of an indicator is now, for an address from when the account had it; empty for others."""
    vragen = dict(verzoek.query_params)
    if verzoek.url.path != paginas.address(VERANTWOORDING) or "indicator" not in vragen:
        return ""
    if vragen.pop("onderdeel", "indicatoren") != "indicatoren":
        return ""
    return f"{paginas.address(EEN_CIJFER)}?{urlencode(vragen)}"


def _page(vindbaar: Vindbaar) -> Callable[[Request], Response]:
    """Return what answers with the one page there is; which of the pages it shows, the browser asks afterwards."""
    pagina = rewrite_page((Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8"))
    beleid = {"content-security-policy": content_security_policy(pagina), "cache-control": "no-cache"}

    def _answer(verzoek: Request) -> Response:
        if moved := _moved(verzoek):
            return RedirectResponse(moved, 308)
        titel, regels = voorvertoning.of_page(verzoek, vindbaar.begin(verzoek))
        heel = pagina.replace("<title>Regiomonitor</title>", f"{tag('title', titel)}{regels}", 1)
        # Who opens the first page does not wait for what only a search engine reads.
        kop = "" if inlezen.BEZIG.is_set() else vindbaar.head(verzoek)
        heel = heel.replace("</head>", f"{kop}</head>", 1)
        koppen = beleid | {"etag": f'"{hashlib.sha256(heel.encode()).hexdigest()[:16]}"'}
        # A proxy may have made it a weak one.
        if verzoek.headers.get("if-none-match", "").removeprefix("W/") == koppen["etag"]:
            return Response(status_code=304, headers=koppen)
        return HTMLResponse(heel, headers=koppen)

    return _answer


def _static(inhoud: str | bytes, soort: str, bewaren: str = _BEWAREN) -> Callable[[object], Response]:
    def _answer(_: object) -> Response:
        return Response(inhoud, media_type=soort, headers={"cache-control": bewaren})

    return _answer


def serve_layer(verzoek: Request) -> Response:
    """Answer with one layer of the map; whatever else is asked for is not there."""
    gevonden = gebieden.content(verzoek.path_params["bestand"])
    if gevonden is None:
        return error_page(404)
    inhoud, is_deze = gevonden
    koppen = {
        "etag": f'W/"{inhoud.hash}"',
        "vary": "accept-encoding",
        # A page from before a newer fetch asks for the old layer and gets the new one, this time only.
        "cache-control": _BEWAREN if is_deze else "no-store",
    }
    if inhoud.hash in verzoek.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=koppen)
    if "gzip" in verzoek.headers.get("accept-encoding", ""):
        koppen["content-encoding"] = "gzip"
        return Response(inhoud.ingepakt, media_type="application/json", headers=koppen)
    return Response(inhoud.kaal, media_type="application/json", headers=koppen)


def _fault(_: Request, fout: Exception) -> Response:
    return error_page(fout.status_code if isinstance(fout, HTTPException) else 500)


def _allowed_paths(bestanden: frozenset[str]) -> tuple[Paden, Paden]:
    """Return what there is to ask for by who has a right to it, and that with the way to login and links in a mail."""
    vormen = frozenset({mail.PAD}) if mail.is_on() else frozenset()
    paden = Paden(paginas.PADEN | vormen, bestanden, (DOWNLOADS, f"{gebieden.PAD}/"))
    return paden, replace(
        paden,
        paginas=paden.paginas | aanmelden.paths() - {aanmelden.AFMELDEN},
        bestanden=paden.bestanden | aanmelden.paths(),
        vormen=vormen,
        links=mail.LINKS if mail.is_on() else (),
    )


def _mail(stijl: str) -> tuple[list[Middleware], list[Route]]:
    """Return what answers the links in a mail, and what answers the page; nothing where there is no mail."""
    if not mail.is_on():
        return [], []
    # The library of the database takes long to read, and most servers do without.
    from app.dienst.post.links import Berichtlinks
    from app.dienst.post.pagina import Berichtpagina

    pagina = Route(mail.PAD, Berichtpagina(stijl).endpoint, methods=["GET", "POST"])
    return [Middleware(Berichtlinks, stijl=stijl)], [pagina]


def build(adressen: Adressen, *, neemt_aan: bool = False) -> st.App:
    """Return the app as it is served on these addresses; with `neemt_aan` its page takes deliveries.

    There is no app to find in this module: Streamlit's own command would serve it with whatever address comes along.
    """
    stijl = f"/regiomonitor/{_VERSIE}.css"
    eigen: dict[str, Callable[[Request], Response]] = {
        _LETTERPAD: _static(_LETTER, "font/woff2"),
        stijl: _static(_STIJL, "text/css"),
        f"/regiomonitor/{_VERSIE}.js": _static(_SCRIPT, "text/javascript"),
        f"/regiomonitor/{_VERSIE}.svg": _static(_ICOON, "image/svg+xml"),
        # Streamlit's script asks for its own picture here, in place of the one in the page.
        "/favicon.png": _static(_ICOON, "image/svg+xml", "no-cache"),
    }
    vindbaar = Vindbaar(adressen)
    eigen |= {toestand.LEEFT: toestand.alive, toestand.KLAAR: toestand.ready, toestand.METINGEN: toestand.metrics}
    eigen |= {"/robots.txt": vindbaar.robots, "/sitemap.xml": vindbaar.sitemap, zoeken.ADRES: zoeken.respond}
    statisch = Path(file_util.get_static_dir())
    bestanden = (
        f"/{pad.relative_to(statisch).as_posix()}" for pad in (statisch / "static").rglob("*") if pad.is_file()
    )
    # These two say what is in the publication.
    van_inhoud = frozenset({zoeken.ADRES, "/sitemap.xml"})
    uiterlijk = frozenset({*bestanden, *_KERN, *eigen}) - van_inhoud
    post_links, post_routes = _mail(stijl)
    paden, met_aanmelden = _allowed_paths(uiterlijk | van_inhoud)
    pagina = _page(vindbaar)
    return st.App(
        _MAP / "hoofd.py",
        lifespan=inlezen.lifespan,
        # The first stands outermost; all of them stand before Streamlit's own.
        middleware=[
            Middleware(toestand.Verslag),
            Middleware(HeaderMiddleware, adressen=adressen),
            Middleware(Toegang, adressen=adressen, paden=met_aanmelden, neemt_aan=neemt_aan),
            *post_links,
            Middleware(Aanmelden, paden=paden, vrij=uiterlijk, stijl=stijl),
            Middleware(OpenData, begin=vindbaar.begin),
        ],
        exception_handlers={HTTPException: _fault, Exception: _fault},
        routes=[
            *(Route(pad, pagina) for pad in sorted(paginas.PADEN)),
            *(Route(pad, antwoord) for pad, antwoord in eigen.items()),
            Route(f"{gebieden.PAD}/{{bestand:path}}", serve_layer),
            Route(f"{INSLUITEN}{{wat:path}}", Insluiten().respond),
            *post_routes,
        ],
    )
