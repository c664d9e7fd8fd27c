"""Where the links in a mail lead: to agree, and to stop. Opening one does nothing, for mail servers open them too.

Who has the link may do it, logged in or not, from whatever page or program: what it ends in is the secret. So it stands
before login and is in no log, and what somebody else on the web could make a reader send is worth nothing without it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import datetime
from functools import partial

from anyio import CapacityLimiter, fail_after, to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from app.beeld.markup import Html, join, tag
from app.commissie.model import OpslagError
from app.dienst.losse_pagina import plain_page
from app.dienst.opendata.grens import Grens
from app.dienst.post.bank import database
from app.dienst.toegang import App, Receive, Scope, Send, error_page
from app.lezen import data
from app.logboek import deur
from app.logboek.deur import LogboekError, Wie
from app.logboek.regel import Daad
from app.post import abonnement as abonnementen
from app.post import postbus
from app.post.aanleiding import publication_now
from app.post.abonnement import RECHT, Postlezer, Wens
from app.post.inhoud import asked
from app.post.versturen import now
from app.rollen.lezer import SCHAKELAAR, settings
from app.rollen.mail import LINKS, PAD
from pipelines.afspraken.meldingen import AfgekeurdError

_LINK = re.compile(rf"{PAD}/(bevestig|uit)/([A-Za-z0-9_-]{{43}})", re.ASCII)
# What a mail server sends along is a line; reading it takes no longer than this.
_GROOTST, _GEDULD_S = 2000, 10
# Of one address at once, and how many more each second: behind one there may be a whole mail provider. Looking counts
# apart from a button that is pressed with a link that is none; with one that is, nobody has to wait.
_VRAGEN = (60.0, 1.0)
_WERKERS = CapacityLimiter(4)
_ROL = "link in een mail"
# What the second button sends; what a mail server sends when it is asked to stop is something else.
_NOOIT = b"nooit=1"


class Berichtlinks:
    """Answers what the links in a mail ask, and passes the rest on."""

    def __init__(self, app: App, stijl: str, klok: Callable[[], datetime] = now) -> None:
        self._app, self._stijl, self._klok = app, stijl, klok
        self._kijken, self._raden = Grens(*_VRAGEN), Grens(*_VRAGEN)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not scope["path"].startswith(LINKS):
            await self._app(scope, receive, send)
            return
        antwoord = await self._answer(Request(scope, receive))
        await antwoord(scope, receive, send)

    async def _answer(self, verzoek: Request) -> Response:
        gevonden = _LINK.fullmatch(verzoek.url.path)
        if gevonden is None:
            return error_page(404)
        wat, token = gevonden.groups()
        van, is_druk = verzoek.client.host if verzoek.client else "", verzoek.method == "POST"
        if not is_druk and (wacht := self._kijken.take(van)):
            return error_page(429, wacht=wacht)
        try:
            lijf = await _body(verzoek)
            if lijf is None:
                return error_page(413)
            wie = await to_thread.run_sync(partial(self._find, wat, token), limiter=_WERKERS)
            if is_druk and wie is None and (wacht := self._raden.take(van)):
                return error_page(429, wacht=wacht)
            if not is_druk:
                return self._ask(wat, wie)
            doe = self._confirm if wat == "bevestig" else partial(self._stop, nooit=lijf == _NOOIT)
            return await to_thread.run_sync(partial(doe, token), limiter=_WERKERS)
        except (TimeoutError, ClientDisconnect):
            return error_page(413)
        except (OpslagError, AfgekeurdError):
            tekst = "Dit lukt nu niet. Er is niets veranderd; probeer het over een minuut opnieuw."
            return self._say("Berichten per mail", tekst, 503)

    def _find(self, wat: str, token: str) -> str | None:
        """Return what there is to say of who asked by this link; nothing where the link is none."""
        with database().transaction(schrijf=False) as con:
            if wat == "uit":
                return "" if postbus.find(con, token) else None
            gevonden = abonnementen.asked_by(con, token, self._klok())
        return asked(gevonden[0].naam, gevonden[1].wens.onderwerpen) if gevonden else None

    def _ask(self, wat: str, wie: str | None) -> Response:
        """Return the page with the buttons; nothing is done before one is pressed."""
        if wat == "uit":
            tekst = ("Wilt u op dit adres geen berichten van Regiomonitor meer? Dan stopt alles wat ervoor is "
                     "gevraagd, door wie ook.")  # fmt: skip
            vraag = "U kunt ook kiezen dat wij dit adres 90 dagen niets vragen, wie er ook om vraagt."
            delen = [tag("p", tekst), _button("Stop alle berichten"), tag("p", vraag),
                     _button("Stop, en vraag mij niets meer", name="nooit", value="1")]  # fmt: skip
            return self._page("Berichten stoppen?", join(delen), 200)
        if wie is None:
            return self._no_link()
        tekst = "Wilt u op dit adres berichten van Regiomonitor ontvangen? Kent u dit account niet, druk dan niet."
        delen = [tag("p", wie), tag("p", tekst), _button("Ja, stuur mij berichten")]
        return self._page("Berichten ontvangen?", join(delen), 200)

    def _no_link(self) -> Response:
        tekst = (f"Hij is al gebruikt, is ouder dan 48 uur, of hoort bij een rol of keuze die er niet meer is. Op de "
                 f"pagina Berichten per mail ({PAD}) vraagt u een nieuwe.")  # fmt: skip
        return self._say("Deze link werkt niet meer", tekst, 410)

    def _confirm(self, token: str) -> Response:
        instellingen = settings(os.environ.get(SCHAKELAAR, ""))
        nu, warehouse = self._klok(), data.pad().parent

        def may(persoon: Postlezer, wens: Wens) -> bool:
            wie, _ = persoon.now(instellingen, nu) if instellingen is not None else (None, False)
            return wie is not None and all(wie.may(RECHT[onderwerp]) for onderwerp in wens.onderwerpen)

        sinds = publication_now(warehouse)
        with database().transaction() as con:
            gevonden = abonnementen.confirm(con, token, nu, may, sinds)
        if gevonden is None:
            return self._no_link()
        _note(gevonden[0], Daad.BERICHTEN_BEVESTIGD)
        tekst = "Vanaf nu krijgt u bericht als er iets nieuws is. Onder elke mail staat hoe u stopt."
        return self._say("U krijgt voortaan berichten", tekst, 200)

    def _stop(self, token: str, *, nooit: bool) -> Response:
        with database().transaction() as con:
            personen = abonnementen.stop(con, token, self._klok(), nooit=nooit)
        for persoon in personen:
            _note(persoon, Daad.BERICHTEN_GESTOPT)
        # The same for a link that was used before: what was asked is so.
        tekst = "Op dit adres vragen wij u 90 dagen niets." if nooit else "Het versturen is gestopt."
        return self._say("U krijgt geen berichten meer", f"{tekst} U hoeft verder niets te doen.", 200)

    def _say(self, kop: str, tekst: str, status: int) -> Response:
        weg = tag("p", tag("a", "Naar Regiomonitor", href="/"))
        return self._page(kop, join([tag("p", tekst, role="status"), weg]), status)

    def _page(self, kop: str, inhoud: Html, status: int) -> Response:
        return plain_page(kop, join([tag("h1", kop), inhoud]), self._stijl, status, referrer_policy="no-referrer")


def _button(tekst: str, **kenmerken: str) -> Html:
    return tag("form", tag("button", tekst, type="submit", klasse="rm-aanmeldknop", **kenmerken), method="post")


async def _body(verzoek: Request) -> bytes | None:
    """Read what comes along, also in pieces of which no length is said; nothing where that is too much."""
    lijf = b""
    with fail_after(_GEDULD_S):
        async for deel in verzoek.stream():
            lijf += deel
            if len(lijf) > _GROOTST:
                return None
    return lijf


def _note(persoon: Postlezer, daad: Daad) -> None:
    """Write down whose mail began or ended; that it did does not depend on it."""
    try:
        deur.record(data.pad().parent, Wie(persoon.naam, _ROL), daad)
    except LogboekError:
        return
