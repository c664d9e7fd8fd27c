"""One chart or one map of an indicator for another site: a page to put in a frame, and the picture in it.

Only real figures of the publication of now or of a named one, each with its title, its source and what publication it
is; no script, no cookie, and nothing that Streamlit sees.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import anyio
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from app.beeld import plaatje
from app.beeld import trend as trendbeeld
from app.beeld.markup import Html, join, tag
from app.beeld.onderwerp import cijferbeeld
from app.dienst.opendata import antwoord
from app.dienst.opendata.antwoord import Bewaard, Inhoud
from app.dienst.opendata.grens import Grens
from app.dienst.opendata.inhoud import EERDER
from app.dienst.toegang import INSLUITEN, error_page
from app.lezen import data
from app.lezen.geheugen import remember
from app.lezen.publicatie import gekozen
from app.lezen.rijen import Kenmerk
from app.oordeel import cijfer
from app.oordeel.cijfer import Cijferkeuze
from app.oordeel.trend import description
from app.taal.opmaak import publicatie_tekst
from pipelines.afspraken.warehouse.bewaard import kept, state_of

VORMEN = ("grafiek", "kaart")
MONITOR = "Regiomonitor"
_GEEN = "Hiervan zijn er in de Regiomonitor nu geen echte cijfers om te laten zien."
_NAAM = re.compile(r"(?P<naam>[a-z0-9_]{1,80})(?P<achter>\.svg|\.png|)", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9.-]{0,60}", re.ASCII)
# How many pictures are made at once, how many may wait for that, and how many bytes of them are kept.
_TEGELIJK, _WACHTEN, _RUIMTE = 2, 32, 16_000_000
# When too many wait, how many seconds to stay away.
_DRUK = 5
_BELEID = "; ".join(
    (
        "default-src 'none'", "img-src 'self'", "style-src 'unsafe-inline'", "frame-ancestors *", "base-uri 'none'",
        "form-action 'none'",
    )
)  # fmt: skip
_STIJL = (
    "body{margin:0;font:16px/1.4 system-ui,sans-serif;color:#1b2733;background:#fff}figure{margin:0}p{padding:1rem}"
    "img{display:block;width:100%;height:auto}figcaption{padding:0 1rem .6rem;font-size:.875rem}a{color:#154273}"
)


@dataclass(frozen=True)
class Beeld:
    """A picture as SVG, and what it says in words."""

    svg: bytes
    titel: str
    alt: str


class Insluiten:
    """Answers for one server; how much one reader may ask anew is limited, as for open data.

    Pictures are made by workers of their own, so that no page waits for them.
    """

    def __init__(self) -> None:
        self._grens, self._bewaard = Grens(), Bewaard(_RUIMTE)
        self._werkers: anyio.CapacityLimiter | None = None
        self._bezig = 0

    async def respond(self, verzoek: Request) -> Response:
        """Answer with the page for a frame, or with the picture as SVG or PNG."""
        gevonden = _NAAM.fullmatch(verzoek.path_params["wat"])
        vragen = {naam: verzoek.query_params.get(naam, "") for naam in ("vorm", "regio", "niveau", "publicatie")}
        if verzoek.method not in ("GET", "HEAD"):
            return error_page(405)
        if gevonden is None or not all(_CODE.fullmatch(waarde) for waarde in vragen.values()):
            return error_page(404)
        try:
            nu = data.kenmerk()
            # Also under which publications there are: what was withdrawn is no longer answered from memory.
            sleutel = (nu, state_of(data.archief(nu).parent), gevonden[0], *vragen.values())
            return await self._answer(verzoek, sleutel, functools.partial(_make, nu, gevonden, vragen))
        except data.GeenPublicatieError:
            return error_page(404)

    async def _answer(self, verzoek: Request, sleutel: Hashable, maak: Callable[[], Inhoud | None]) -> Response:
        gereed = self._bewaard.get(sleutel)
        if gereed is None:
            if wacht := self._grens.take(verzoek.client.host if verzoek.client else ""):
                return error_page(429, wacht=wacht)
            if self._bezig >= _WACHTEN:
                return error_page(503, wacht=_DRUK)
            gereed = await self._in_thread(maak)
        if gereed is None:
            koppen = {"cache-control": "no-cache", "content-security-policy": _BELEID}
            return HTMLResponse(_document(MONITOR, tag("p", _GEEN)), 404, headers=koppen)
        self._bewaard.put(sleutel, gereed)
        return antwoord.respond(verzoek, gereed)

    async def _in_thread(self, maak: Callable[[], Inhoud | None]) -> Inhoud | None:
        if self._werkers is None:
            self._werkers = anyio.CapacityLimiter(_TEGELIJK)
        self._bezig += 1
        try:
            return await anyio.to_thread.run_sync(maak, limiter=self._werkers)
        finally:
            self._bezig -= 1


def _make(nu: Kenmerk, gevonden: re.Match[str], vragen: dict[str, str]) -> Inhoud | None:
    """Return what is asked of the publication of now or of the one that is named; nothing where it is not there."""
    if not vragen["publicatie"]:
        return _content(nu, gevonden, vragen)
    if vragen["publicatie"] not in kept(data.pad().parent):
        return None
    with EERDER:
        # That of now was then read last, so it is not the one that gives way to an older one.
        data.haal_tabel(nu, "select 1")
        gekozen.choose(vragen["publicatie"])
        try:
            return _content(data.kenmerk(), gevonden, vragen)
        finally:
            gekozen.choose("")


def _content(merk: Kenmerk, gevonden: re.Match[str], vragen: dict[str, str]) -> Inhoud | None:
    beeld = picture(merk, gevonden["naam"], vragen["vorm"] or VORMEN[0], vragen["regio"], vragen["niveau"])
    if beeld is None:
        return None
    if gevonden["achter"] == ".svg":
        inhoud, mime = beeld.svg, "image/svg+xml"
    elif gevonden["achter"] == ".png":
        inhoud, mime = plaatje.png(beeld.svg), "image/png"
    else:
        inhoud, mime = str(_page(gevonden["naam"], beeld, vragen)).encode(), "text/html; charset=utf-8"
    # Packed by what stands around the app, like its pages.
    return replace(antwoord.make(inhoud, mime, {"content-security-policy": _BELEID}), ingepakt=b"")


@remember(200)
def picture(merk: Kenmerk, naam: str, vorm: str, regio: str, niveau: str) -> Beeld | None:
    """Return one picture of an indicator, real figures only; nothing where there is none of what is asked."""
    indicator = data.indicatoren(merk).get(naam)
    keuze = cijfer.usual(merk, indicator, "" if vorm == "kaart" else regio) if indicator else None
    if keuze is None or vorm not in VORMEN:
        return None
    pub = data.publicatie(merk)
    wie = publicatie_tekst(pub.publicatie_id, pub.gemaakt_op, pub.nu)
    return _map(merk, keuze, niveau, wie) if vorm == "kaart" else _chart(merk, keuze, wie)


def _chart(merk: Kenmerk, keuze: Cijferkeuze, publicatie: str) -> Beeld | None:
    trend = cijfer.trend(merk, keuze)
    if not any(r.waarde is not None for lijn in trend.lijnen for r in lijn.rijen):
        return None
    return Beeld(trendbeeld.as_svg(trend, publicatie), trend.titel, description(trend))


def _map(merk: Kenmerk, keuze: Cijferkeuze, niveau: str, publicatie: str) -> Beeld | None:
    niveaus = data.niveaus_per_indicator(merk, False).get(keuze.indicator.indicator_id, ())
    niveau = niveau or (niveaus[0] if niveaus else "")
    kaart = cijferbeeld.card(merk, keuze, niveau) if niveau in niveaus else None
    if kaart is None:
        return None
    beeld = kaart.beeld
    inhoud = plaatje.svg(kaart.plaatje, beeld.maak_spec("light"), beeld.tabel, publicatie, beeld.alt)
    return Beeld(inhoud, kaart.plaatje.titel, beeld.alt)


def _page(naam: str, beeld: Beeld, vragen: dict[str, str]) -> Html:
    """Return the page for a frame: the picture, and the way to where the figures are accounted for."""
    mee = urlencode({k: v for k, v in vragen.items() if v})
    terug = urlencode({"indicator": naam} | {k: v for k, v in vragen.items() if v and k != "vorm"})
    beeld_ = tag("img", src=f"{INSLUITEN}{naam}.svg?{mee}".removesuffix("?"), alt=beeld.alt)
    weg = tag("a", "Bekijk in de Regiomonitor: bron, definitie en alle cijfers", href=f"/indicator?{terug}",
              target="_blank", rel="noopener")  # fmt: skip
    figuur = tag("figure", Html(beeld_.removesuffix("</img>")), tag("figcaption", weg))
    return _document(f"{beeld.titel} | {MONITOR}", figuur)


def _document(titel: str, inhoud: Html) -> Html:
    kop = join([Html('<meta charset="utf-8">'), Html('<meta name="viewport" content="width=device-width">'),
                tag("title", titel), tag("style", Html(_STIJL))])  # fmt: skip
    return Html('<!doctype html><html lang="nl"><head>') + kop + Html("</head>") + tag("body", inhoud) + Html("</html>")
