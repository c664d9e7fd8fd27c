"""Login: nobody without a right reaches a page, a download, the data or Streamlit; what is asked is kept until after.

The login itself is Streamlit's own, with the provider's discovery address. What it writes in the signed cookie is read
here for every request, against the settings of that moment.
"""

from __future__ import annotations

import contextlib
import logging
import os
import time
from collections.abc import Callable
from functools import partial
from urllib.parse import quote, unquote

from anyio import CapacityLimiter, move_on_after, to_thread
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from streamlit.auth_util import encode_provider_token

from app.beeld.markup import Html, join, tag
from app.commissie.model import OpslagError
from app.dienst.losse_pagina import plain_page
from app.dienst.opendata.grens import Grens
from app.dienst.toegang import (
    DOWNLOADS,
    ONTVANGST,
    App,
    Message,
    Paden,
    Receive,
    Scope,
    Send,
    error_page,
)
from app.lezen import data
from app.logboek.boek import WACHTTIJD
from app.logboek.deur import LogboekError
from app.logboek.regel import Daad
from app.logboek.waarover import ONBEKEND, Bekend
from app.raam.wie import koekje
from app.raam.wie.lezer import log_out, who
from app.raam.wie.terugkeer import without_prose
from app.raam.wie.vastleggen import note
from app.rollen import mail
from app.rollen.instellingen import Instellingen
from app.rollen.lezer import ONLEESBAAR, SCHAKELAAR, Lezer, settings
from app.rollen.rechten import Recht
from pipelines.afspraken.meldingen import AfgekeurdError

PAD = "/aanmelden"
AFMELDEN = "/auth/logout"
# Streamlit's own, that the provider and our page of login lead to.
_BEGIN = "/auth/login"
TERUG = "/oauth2callback"
_VAN_STREAMLIT = (_BEGIN, AFMELDEN, TERUG)
_LOG = logging.getLogger("regiomonitor")
_NAAR, _POGING = "rm_naar", "rm_poging"
_LANGSTE_ADRES = 1500
_BEWAREN = 600
# Tries from one address at once that were not finished, and how many more each second.
_PROBEREN = (20.0, 0.2)
# Files that one person sends at once, and how many more each second: a delivery has one per table.
_INNEMEN = (30.0, 0.2)
# Lines of the log that are written at once; where it is stuck, the threads of all other work are not.
_SCHRIJVERS = CapacityLimiter(4)


def paths() -> frozenset[str]:
    """Return the addresses of login; none where nobody logs in."""
    instellingen = settings(os.environ.get(SCHAKELAAR, ""))
    if instellingen is None:
        return frozenset()
    return frozenset({PAD, *_VAN_STREAMLIT, *(f"{PAD}/{naam}" for naam in instellingen.aanbieders)})


class Aanmelden:
    """Passes on what this reader may ask; sends who is not known to login, and who may not to who can help."""

    def __init__(
        self, app: App, paden: Paden, vrij: frozenset[str], stijl: str, klok: Callable[[], float] = time.time
    ) -> None:
        self._app, self._paden, self._vrij, self._stijl, self._klok = app, paden, vrij, stijl, klok
        self._grens, self._inname, self._geweigerd = Grens(*_PROBEREN), Grens(*_INNEMEN), Grens(*_PROBEREN)
        # Answers of a provider that led to nobody: apart, so that who is under way can finish.
        self._mislukt = Grens(*_PROBEREN)
        self._is_onleesbaar = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judge one request by who asks it."""
        try:
            instellingen = settings(os.environ.get(SCHAKELAAR, ""))
        except AfgekeurdError:
            # Settings that broke while serving: nobody in, and the manager finds why with /readyz.
            await self._answer_unread(scope, receive, send)
            return
        self._is_onleesbaar = False
        if scope["type"] not in ("http", "websocket") or instellingen is None:
            await self._app(scope, receive, send)
            return
        verzoek = HTTPConnection(scope)
        send = _Afsluiten(send, instellingen, scope["path"], is_vrij=self._may_be_kept(scope, instellingen))
        lezer = who(verzoek.cookies, self._klok())
        if scope["path"] == AFMELDEN:
            # First the door, then the book: a log that is stuck keeps nobody logged in.
            log_out(verzoek.cookies, self._klok())
            if lezer.naam:
                await _note(lezer, Daad.AFGEMELD)
        if scope["path"] == TERUG:
            send = self._noting_login(send, _address(verzoek), instellingen)
            scope = {**scope, "query_string": without_prose(scope["query_string"])}
        if scope["type"] == "http" and (antwoord := self._answer(verzoek, lezer, instellingen)):
            await antwoord(scope, receive, send)
        elif self._is_free(scope) or lezer.may(_right(scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket" or not self._paden.has_page(scope["path"]):
            await self._note_refusal(lezer, scope["path"])
            await _refuse(scope, receive, send, 403 if lezer.naam else 401, "Dit hoort niet bij uw rol.")
        elif lezer.naam:
            await self._note_refusal(lezer, scope["path"])
            await self._show_no_role(lezer)(scope, receive, send)
        else:
            await to_login(scope)(scope, receive, send)

    async def _answer_unread(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer while the settings cannot be read: how the service is and how a page looks, and nothing to read.

        The log hears it once, without what is in the file: a name in it is of a person.
        """
        if not self._is_onleesbaar:
            self._is_onleesbaar = True
            _LOG.error("%s Herstel het bestand; `serve` noemt bij het starten wat eraan schort.", ONLEESBAAR)
        is_http, pad = scope["type"] == "http", scope["path"]
        if is_http and pad in self._vrij and not pad.startswith("/_stcore/"):
            await self._app(scope, receive, send)
        elif is_http and self._paden.has_page(pad):
            tekst = f"{ONLEESBAAR} Wie deze monitor voor u beheert, kan dat herstellen."
            inhoud = join([tag("h1", "Regiomonitor is nu dicht"), tag("p", tekst)])
            await plain_page("Nu dicht", inhoud, self._stijl, 503)(scope, receive, send)
        else:
            await _refuse(scope, receive, send, 503, ONLEESBAAR)

    def _noting_login(self, send: Send, adres: str, instellingen: Instellingen) -> Send:
        """Return what sends the answer on, after who came in is written down; who did not is known to the provider.

        A login that was finished takes nothing from its address: behind one there may be a whole office.
        """

        async def _send(bericht: Message) -> None:
            if bericht["type"] == "http.response.start":
                bericht = {**bericht, "headers": koekje.slim(bericht["headers"], instellingen)}
                lezer = who(koekje.laid_down(bericht["headers"]), self._klok())
                if lezer.naam:
                    self._grens.give_back(adres)
                    await _note(lezer, Daad.AANGEMELD)
                    await _remember(lezer)
                else:
                    self._mislukt.take(adres)
            await send(bericht)

        return _send

    async def _note_refusal(self, lezer: Lezer, pad: str) -> None:
        """Write down that somebody who is known asked for what is not his; of who keeps asking, a few times."""
        if lezer.naam and not self._geweigerd.take(lezer.naam):
            await _note(lezer, Daad.GEWEIGERD, Bekend(pad) if self._paden.has_page(pad) else ONBEKEND)

    def _answer(self, verzoek: HTTPConnection, lezer: Lezer, instellingen: Instellingen) -> Response | None:
        """Return the answer of the pages of login, and of the one page that follows it; nothing for the others."""
        pad = verzoek.url.path
        if wacht := self._wait(pad, _address(verzoek), lezer):
            return error_page(429, wacht=wacht)
        if pad.startswith(ONTVANGST) and lezer.naam and (wacht := self._inname.take(lezer.naam)):
            return error_page(429, wacht=wacht)
        if pad.startswith(f"{PAD}/"):
            naam = pad.removeprefix(f"{PAD}/")
            if naam not in instellingen.aanbieders:
                return error_page(404)
            antwoord = RedirectResponse(f"{_BEGIN}?provider={quote(encode_provider_token(naam))}", 302)
            _keep(antwoord, _POGING, "1")
            return antwoord
        if pad == PAD:
            return RedirectResponse("/", 302) if lezer.naam else self._show(verzoek, instellingen)
        if pad == "/" and lezer.naam and (naar := self._where_to(verzoek)):
            antwoord = RedirectResponse(naar, 302)
            for naam in (_NAAR, _POGING):
                antwoord.delete_cookie(naam, httponly=True, samesite="lax")
            return antwoord
        return None

    def _wait(self, pad: str, adres: str, lezer: Lezer) -> int:
        """Return how many seconds somebody at this address waits before trying this; 0 for none."""
        if pad == TERUG:
            return self._mislukt.wait(adres)
        is_poging = pad == _BEGIN or (pad == AFMELDEN and not lezer.naam)
        return self._grens.take(adres) if is_poging else 0

    def _where_to(self, verzoek: HTTPConnection) -> str:
        """Return the page that was asked for before login; only one of our own."""
        naar = unquote(verzoek.cookies.get(_NAAR, ""))
        is_eigen = naar.startswith("/") and self._paden.has_page(naar.partition("?")[0]) and naar.isprintable()
        return naar if is_eigen and naar != "/" else ""

    def _is_free(self, scope: Scope) -> bool:
        """Return whether this may be had by anybody: what every page looks like, and the way to login."""
        return scope["type"] == "http" and (scope["path"] in self._vrij or scope["path"] in _VAN_STREAMLIT)

    def _may_be_kept(self, scope: Scope, instellingen: Instellingen) -> bool:
        """Return whether others between us and the reader may keep the answer."""
        is_van_een = scope["path"].startswith(DOWNLOADS) or scope["path"] in _VAN_STREAMLIT
        is_openbaar = instellingen.is_openbaar and not is_van_een
        return scope.get("path") in self._vrij or is_openbaar

    def _show(self, verzoek: HTTPConnection, instellingen: Instellingen) -> Response:
        """Return the page that asks with which provider one wants to log in."""
        knoppen = [
            tag("li", tag("a", f"Aanmelden met {a.titel}", href=f"{PAD}/{a.naam}", klasse="rm-aanmeldknop"))
            for a in instellingen.aanbieders.values()
        ]
        mislukt = tag("p", "Het aanmelden is niet gelukt of afgebroken. Probeer het opnieuw; helpt dat niet, vraag dan "
                      "wie deze monitor voor u beheert.", klasse="rm-melding", role="alert")  # fmt: skip
        delen = [
            tag("h1", "Aanmelden bij Regiomonitor"),
            mislukt if _POGING in verzoek.cookies else Html(""),
            tag("p", "Deze monitor is voor wie er een rol in heeft. Na het aanmelden komt u op de pagina die u vroeg."),
            tag("ul", join(knoppen), klasse="rm-aanmelden"),
        ]
        antwoord = self._page(join(delen), 200)
        antwoord.delete_cookie(_POGING, httponly=True, samesite="lax")
        return antwoord

    def _show_no_role(self, lezer: Lezer) -> Response:
        return self._page(
            join([
                tag("h1", "U hebt hier nog geen rol"),
                tag("p", f"U bent aangemeld als {lezer.naam}. Vraag wie deze monitor beheert om een rol."),
                tag("p", tag("a", "Afmelden", href=AFMELDEN)),
            ]),
            403,
        )  # fmt: skip

    def _page(self, inhoud: Html, status: int) -> Response:
        return plain_page("Aanmelden", inhoud, self._stijl, status)


def _address(verzoek: HTTPConnection) -> str:
    return verzoek.client.host if verzoek.client else ""


async def _note(lezer: Lezer, daad: Daad, waarover: str | Bekend = "") -> None:
    """Write down who came, went or was refused, beside the requests of others.

    Where that cannot be done nothing confidential is shown either; who comes in sees why on the page itself.
    """
    with move_on_after(WACHTTIJD), contextlib.suppress(LogboekError):
        await to_thread.run_sync(partial(note, lezer, daad, waarover), limiter=_SCHRIJVERS)


async def _remember(lezer: Lezer) -> None:
    """Keep the groups of who gets mail, for when nobody asks; one login does not depend on it."""
    if mail.is_on():
        with move_on_after(WACHTTIJD), contextlib.suppress(OpslagError):
            await to_thread.run_sync(partial(_write_groups, lezer), limiter=_SCHRIJVERS, abandon_on_cancel=True)


def _write_groups(lezer: Lezer) -> None:
    from app.post.onthouden import remember_login

    remember_login(data.pad().parent, lezer)


class _Afsluiten:
    """Sends an answer on with what login asks of it: in no cache of others, and cookies over TLS alone."""

    def __init__(self, send: Send, instellingen: Instellingen, pad: str, *, is_vrij: bool) -> None:
        self._send, self._is_leeg = send, False
        self._is_begin, self._is_einde = pad == _BEGIN, pad == AFMELDEN
        self._blijft = not is_vrij
        self._is_versleuteld = instellingen.adres.startswith("https://")

    async def __call__(self, bericht: Message) -> None:
        """Send one message on; only the start of an answer is changed."""
        if bericht["type"] == "http.response.start":
            koppen = list(bericht["headers"])
            if self._is_begin and bericht["status"] >= 400 and bericht["status"] != 429:
                # The provider does not answer; what Streamlit says of it is English. Our page says that it failed.
                koppen = [(b"location", PAD.encode()), (b"content-length", b"0")]
                bericht = {**bericht, "status": 302}
            if self._blijft:
                koppen = [(n, w) for n, w in koppen if n.lower() != b"cache-control"]
                koppen.append((b"cache-control", b"private, no-store"))
            if self._is_einde:
                # What was typed and not saved is in the tabs of this browser, where somebody else may sit next.
                koppen.append((b"clear-site-data", b'"storage"'))
            if self._is_versleuteld:
                koppen = [(n, w + b"; Secure" if n.lower() == b"set-cookie" else w) for n, w in koppen]
            self._is_leeg = (b"content-length", b"0") in koppen
            bericht = {**bericht, "headers": koppen}
        elif bericht["type"] == "http.response.body" and self._is_leeg:
            bericht = {**bericht, "body": b""}
        await self._send(bericht)


def _right(scope: Scope) -> Recht:
    """Return what one needs for a request that is no page: filing takes more than reading."""
    return Recht.AANLEVEREN if scope["path"].startswith(ONTVANGST) else Recht.LEZEN


def to_login(scope: Scope) -> Response:
    """Return what leads to login, and from there back to the page that was asked for."""
    vraag = scope["query_string"].decode("latin-1")
    naar = f"{scope['path']}?{vraag}" if vraag else scope["path"]
    antwoord = RedirectResponse(PAD, 302, {"cache-control": "no-store"})
    if len(naar) <= _LANGSTE_ADRES:
        _keep(antwoord, _NAAR, quote(naar, safe="/"))
    return antwoord


def _keep(antwoord: Response, naam: str, waarde: str) -> None:
    antwoord.set_cookie(naam, waarde, max_age=_BEWAREN, httponly=True, samesite="lax")


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, waarom: str = "") -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await error_page(status, waarom if status != 401 else "")(scope, receive, send)
