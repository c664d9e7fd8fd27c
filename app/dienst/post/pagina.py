"""The page Berichten per mail: who is logged in says where to and about what, sees what there is, and can stop."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.beeld.markup import Html, definition_list, join, tag
from app.commissie.model import OpslagError
from app.commissie.tijd import clock
from app.dienst.aanmelden import to_login
from app.dienst.losse_pagina import plain_page
from app.dienst.opendata.grens import Grens
from app.dienst.post.bank import database
from app.dienst.toegang import error_page
from app.lezen import data
from app.logboek.deur import LogboekError
from app.logboek.regel import Daad
from app.post import abonnement as abonnementen
from app.post.aanleiding import areas
from app.post.abonnement import BEWAAR, RECHT, Abonnement, Antwoord, Postonderwerp, Wens
from app.post.adres import AdresError, read_address
from app.post.inhoud import OVER
from app.post.versturen import now
from app.raam.wie.lezer import who
from app.raam.wie.vastleggen import note
from app.rollen.lezer import Lezer
from app.rollen.mail import PAD

TITEL = "Berichten per mail"
_GESTOPT = "gestopt"
# What is said after a choice, by what stands in the address; nothing else comes from there.
_GEZEGD = {
    Antwoord.BEWAARD: "Uw keuze is bewaard.",
    Antwoord.GEVRAAGD: "Uw keuze is bewaard. Er gaat een mail naar het adres, meestal binnen tien minuten; per adres "
    "hoogstens één per dag. Open de link daarin en druk op de knop; daarna krijgt u berichten. Een link naar een ander "
    "adres die nog onderweg was, werkt niet meer.",
    Antwoord.TE_VAAK: f"U vroeg vandaag al {abonnementen.PER_ACCOUNT} keer een bevestiging. Probeer het morgen weer.",
    _GESTOPT: "U krijgt geen berichten meer.",
}
_MEESTE_VELDEN, _LANGST = 12, 320
# Of one account at once, and how many more each second.
_KEER = (20.0, 1 / 60)
_WERKERS = CapacityLimiter(4)
_ALLE = "alle regio's"


@dataclass(frozen=True)
class _Vorm:
    """What stands in the form, and what is wrong with which field of it."""

    adres: str = ""
    onderwerpen: frozenset[str] = frozenset()
    gebied: str = ""
    fouten: Mapping[str, str] = field(default_factory=dict)


class Berichtpagina:
    """Answers for the page; who asks was let through by login, and is asked for again here."""

    def __init__(self, stijl: str, klok: Callable[[], datetime] = now) -> None:
        self._stijl, self._klok, self._grens = stijl, klok, Grens(*_KEER)

    @property
    def endpoint(self) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers a request."""
        return self._respond

    async def _respond(self, verzoek: Request) -> Response:
        wie = who(verzoek.cookies, time.time())
        if not wie.naam:
            return to_login(verzoek.scope)
        velden = []
        if verzoek.method == "POST":
            tekst = (await verzoek.body()).decode("utf-8", "replace")
            velden = parse_qsl(tekst, keep_blank_values=True)[:_MEESTE_VELDEN]
        doe = partial(self._act, wie, velden) if verzoek.method == "POST" else partial(
            self._show, wie, stand=verzoek.query_params.get("stand", "")
        )  # fmt: skip
        try:
            return await to_thread.run_sync(doe, limiter=_WERKERS)
        except (OpslagError, LogboekError) as fout:
            return plain_page(TITEL, join([tag("h1", TITEL), tag("p", str(fout), role="alert")]), self._stijl, 503)

    def _act(self, wie: Lezer, velden: list[tuple[str, str]]) -> Response:
        """Do what the form asks, and lead back to the page: to load that again asks nothing again."""
        gegeven = dict(velden)
        if gegeven.get("daad") == "stop":
            with database().transaction() as con:
                was_er = abonnementen.stop_all(con, wie)
            if was_er:
                # It stopped, whatever becomes of the line.
                with contextlib.suppress(LogboekError):
                    note(wie, Daad.BERICHTEN_GESTOPT)
            return _back(_GESTOPT)
        if wacht := self._grens.take(abonnementen.key_of(wie)):
            return error_page(429, wacht=wacht)
        vorm = _Vorm(gegeven.get("adres", ""), frozenset(w for n, w in velden if n == "onderwerp"),
                     gegeven.get("gebied", ""))  # fmt: skip
        wens, fouten = self._judge(wie, vorm)
        if wens is None:
            return self._show(wie, vorm=_Vorm(vorm.adres, vorm.onderwerpen, vorm.gebied, fouten), status=422)
        with database().transaction() as con:
            antwoord = abonnementen.subscribe(con, wie, wens, self._klok())
            if antwoord != Antwoord.TE_VAAK:
                # Within, so that nothing is kept of which no line could be written.
                note(wie, Daad.BERICHTEN_GEVRAAGD)
        return _back(antwoord)

    def _judge(self, wie: Lezer, vorm: _Vorm) -> tuple[Wens | None, dict[str, str]]:
        """Return what is asked for, or what is wrong by field."""
        fouten, adres = {}, ""
        try:
            adres = read_address(vorm.adres)
        except AdresError as fout:
            fouten["adres"] = str(fout)
        onderwerpen = tuple(o for o in _may_have(wie) if o in vorm.onderwerpen)
        if not onderwerpen or len(onderwerpen) != len(vorm.onderwerpen):
            fouten["onderwerp"] = "Kies waarover u bericht wilt."
        if vorm.gebied and vorm.gebied not in _areas():
            fouten["gebied"] = "Kies een regio uit de lijst."
        return (None if fouten else Wens(adres, onderwerpen, vorm.gebied)), fouten

    def _show(self, wie: Lezer, *, vorm: _Vorm | None = None, stand: str = "", status: int = 200) -> Response:
        with database().transaction(schrijf=False) as con:
            eigen = sorted(abonnementen.of_person(con, wie), key=lambda a: a.bevestigd_op is None)
        if vorm is None:
            laatste = (
                eigen[-1].wens if eigen else Wens(wie.naam if "@" in wie.naam else "", (Postonderwerp.PUBLICATIE,))
            )
            vorm = _Vorm(laatste.adres, frozenset(laatste.onderwerpen), laatste.gebied)
        delen = [
            tag("h1", TITEL),
            tag("p", _GEZEGD[stand], role="status", klasse="rm-melding") if _is_so(stand, eigen) else Html(""),
            tag("p", f"U bent aangemeld als {wie.naam}. Een adres krijgt pas bericht als de eigenaar ervan dat met een "
                "link bevestigt; onder elke mail staat hoe u stopt."),
            *(_status(a, self._klok()) for a in eigen),
            _form(wie, vorm),
            _stop_form() if eigen else Html(""),
            tag("p", tag("a", "Naar Regiomonitor", href="/")),
        ]  # fmt: skip
        titel = f"Fout: {TITEL}" if vorm.fouten else TITEL
        return plain_page(titel, join(delen), self._stijl, status)


def _is_so(stand: str, eigen: list[Abonnement]) -> bool:
    """Whether what stands in the address, which anybody may have written, is what there is."""
    standen: list[str] = [Antwoord.BEWAARD if a.bevestigd_op else Antwoord.GEVRAAGD for a in eigen] or [_GESTOPT]
    return stand in (*standen, Antwoord.TE_VAAK)


def _back(stand: str) -> Response:
    return RedirectResponse(f"{PAD}?stand={stand}", 303, {"cache-control": "no-store"})


def _may_have(wie: Lezer) -> list[Postonderwerp]:
    return [onderwerp for onderwerp, recht in RECHT.items() if wie.may(recht)]


def _areas() -> dict[str, str]:
    """Return the regions to choose from, by code; none where there is no publication yet."""
    try:
        return {code: regio.naam for code, regio in areas(data.kenmerk()).items()}
    except data.GeenPublicatieError:
        return {}


def _status(van: Abonnement, nu: datetime) -> Html:
    """Return what there is for one address, and where it stands."""
    namen = _areas()
    if van.is_gepauzeerd:
        stand = "Gepauzeerd: drie keer kwam een bericht daar niet aan. Bewaar uw keuze opnieuw om het weer te proberen."
    elif van.bevestigd_op is None:
        # Not when its mail went or goes: that would tell whether somebody else asked for this address.
        tot = van.gevraagd_op + BEWAAR
        stand = "Niet op tijd bevestigd." if nu > tot else (
            f"Wacht op bevestiging, uiterlijk tot {clock(tot)}. Kwam er na een dag geen mail? Bewaar uw keuze opnieuw."
        )  # fmt: skip
    else:
        stand = f"Bevestigd om {clock(van.bevestigd_op)}."
    onderwerpen = "; ".join(OVER[o] for o in van.wens.onderwerpen)
    return definition_list([("Adres", van.wens.adres), ("Over", onderwerpen),
                            ("Van", namen.get(van.wens.gebied, _ALLE)), ("Stand", stand)])  # fmt: skip


def _form(wie: Lezer, vorm: _Vorm) -> Html:
    fout = {naam: tag("p", tekst, id=f"fout-{naam}", klasse="rm-fout") for naam, tekst in vorm.fouten.items()}
    mag, mis, eerst = _may_have(wie), _invalid("onderwerp", vorm), next(iter(vorm.fouten), "")
    keuzes = join(
        tag("label", _input("checkbox", "onderwerp", o, **_checked(o in vorm.onderwerpen), **mis,
                            **_focus(eerst == "onderwerp" and o == mag[0])), " ", OVER[o])
        for o in mag
    )  # fmt: skip
    opties = join(
        tag("option", naam, value=code, **({"selected": ""} if code == vorm.gebied else {}))
        for code, naam in {"": _ALLE, **_areas()}.items()
    )
    return tag(
        "form",
        tag("h2", "Wat wilt u ontvangen?"),
        tag("p", "Verbeter wat hieronder is aangegeven.", role="alert", klasse="rm-melding") if fout else Html(""),
        tag("label", "Mailadres", for_="adres"),
        fout.get("adres", Html("")),
        _input("text", "adres", vorm.adres[:_LANGST], id="adres", autocomplete="email", inputmode="email",
               **_invalid("adres", vorm), **_focus(eerst == "adres")),
        tag("fieldset", tag("legend", "Stuur mij bericht over"), fout.get("onderwerp", Html("")), keuzes),
        tag("label", "Signalen en afspraken van" if Postonderwerp.AFSPRAAK in mag else "Signalen van", for_="gebied"),
        fout.get("gebied", Html("")),
        tag("select", opties, id="gebied", name="gebied", **_invalid("gebied", vorm), **_focus(eerst == "gebied")),
        tag("button", "Bewaren", type="submit", klasse="rm-aanmeldknop"),
        method="post", action=PAD, novalidate="", klasse="rm-berichten",
    )  # fmt: skip


def _stop_form() -> Html:
    knop = tag("button", "Stop alle berichten", type="submit", name="daad", value="stop", klasse="rm-aanmeldknop")
    return tag("form", tag("h2", "Geen berichten meer?"), knop, method="post", action=PAD, klasse="rm-berichten")


def _invalid(naam: str, vorm: _Vorm) -> dict[str, str]:
    """Return what tells a screen reader that this field is wrong, and where it says why."""
    return {"aria_describedby": f"fout-{naam}", "aria_invalid": "true"} if naam in vorm.fouten else {}


def _focus(is_zo: bool) -> dict[str, str]:
    return {"autofocus": ""} if is_zo else {}


def _checked(is_zo: bool) -> dict[str, str]:
    return {"checked": ""} if is_zo else {}


def _input(soort: str, naam: str, waarde: str, **kenmerken: str) -> Html:
    return Html(tag("input", type=soort, name=naam, value=waarde, **kenmerken).removesuffix("</input>"))
