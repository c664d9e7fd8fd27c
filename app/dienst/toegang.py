"""Who may ask what: every request is judged here, before Streamlit sees it.

Nothing but the app's own pages on its own address reaches Streamlit. A page on another site or another local port, and
a name of somebody else that leads to this computer, are refused at once, and nothing is looked up to decide that.
Open data is for everyone: other sites may read it, and it never reaches Streamlit.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import HTMLResponse

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SCHAKELAAR = "REGIOMONITOR_ADRES"
STROOM = "/_stcore/stream"
# Where a page of the app sends a file that a supplier drops on it.
ONTVANGST = "/_stcore/upload_file/"
# Where Streamlit has what a page offers to take along.
DOWNLOADS = "/media/"
# Where what is asked ends in a secret: no log has it, and no page that is led to from there hears of it.
MET_GEHEIM = "/berichten/"
# Of one file, with what a browser writes around it.
_GROOTSTE_BESTAND = 201 * 1024 * 1024
# Of a form with a few fields, and of what a mail server sends along.
_GROOTSTE_VORM = 4_000
KOPREGELS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
# Open data: whatever stands on this computer or elsewhere may read it, as it is for everyone.
GEGEVENS = "/data"
# A chart or a map of real figures, for another site to put in a frame.
INSLUITEN = "/insluiten/"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
# Listening on all of them is no name that a browser can ask for.
_OVERAL = ("0.0.0.0", "::", "")  # noqa: S104
_ADRES = re.compile(r"(https?)://([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?/?", re.ASCII)
_GEWOON = {"http": ":80", "https": ":443"}
# Of everything that a browser sends before the body; cookies of other apps on this computer come along.
_HOOGSTENS = 32_000
_REDENEN = {
    401: "Meld u eerst aan.",
    403: "Dit verzoek komt van een andere website en is geweigerd.",
    404: "Deze pagina bestaat niet.",
    405: "Hier valt alleen te lezen.",
    413: "Dit verzoek heeft een inhoud; hier wordt niets aangenomen.",
    421: "Dit is niet het adres van Regiomonitor. Gebruik het adres dat bij het starten op het scherm kwam.",
    429: "U vraagt te veel achter elkaar. Wacht even.",
    431: "Dit verzoek is te lang. Gebruik een kortere link, of wis de cookies van dit adres.",
    503: "Het is nu te druk. Probeer het over enkele seconden opnieuw.",
    500: "Dit is misgegaan. Laad de pagina opnieuw; helpt dat niet, meld het dan.",
}


@dataclass(frozen=True)
class Adressen:
    """Under which addresses the app is opened: as a browser sends them in Host, and in Origin."""

    hosts: frozenset[str]
    origins: frozenset[str]


@dataclass(frozen=True)
class Paden:
    """What there is to ask for: pages, single files, and the start of addresses with a name of their own."""

    paginas: frozenset[str]
    bestanden: frozenset[str]
    reeksen: tuple[str, ...]
    # Pages that take a form, and the start of addresses that a mail leads to: who has one of those may send there.
    vormen: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()

    def has(self, pad: str) -> bool:
        """Return whether this address can be asked for."""
        return self.has_page(pad) or pad in self.bestanden or pad.startswith(self.reeksen)

    def has_page(self, pad: str) -> bool:
        """Return whether this is the address of a page; one stroke at the end is forgiven."""
        return pad in self.paginas or pad.removesuffix("/") in self.paginas


def allowed_addresses(poort: int, host: str, openbaar: str = "") -> Adressen:
    """Return the addresses of this computer itself, the one to listen on, and the one that readers use.

    Raises ValueError when the address for readers is none.
    """
    eigen = [] if host in _OVERAL else [f"[{host}]" if ":" in host else host.lower()]
    namen = [*LOOPBACK, *eigen]
    urls = [f"http://{naam}:{poort}" for naam in namen]
    if openbaar:
        if not _ADRES.fullmatch(openbaar):
            raise ValueError(
                f"{SCHAKELAAR} is geen adres. Schrijf het zoals lezers het intypen, in kleine letters en zonder pad: "
                "https://monitor.voorbeeld.nl"
            )
        urls.append(openbaar.removesuffix("/"))
    origins = frozenset(_without_usual_port(url) for url in urls)
    return Adressen(frozenset(origin.partition("://")[2] for origin in origins), origins)


def _without_usual_port(url: str) -> str:
    return url.removesuffix(_GEWOON[url.partition("://")[0]])


def error_page(status: int, reden: str = "", *, wacht: int = 0) -> HTMLResponse:
    """Return the answer that says in one sentence why there is no other; `reden` is ours and is not escaped.

    `wacht` is after how many seconds asking again makes sense.
    """
    reden = reden or _REDENEN.get(status, _REDENEN[500])
    koppen = {
        **KOPREGELS,
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "cache-control": "no-store",
        # What is still on its way in is not read.
        "connection": "close",
        **({"allow": "GET, HEAD"} if status == 405 else {}),
        **({"retry-after": str(wacht)} if wacht else {}),
    }
    return HTMLResponse(
        f'<!doctype html><html lang="nl"><meta charset="utf-8"><title>Regiomonitor</title>'
        f'<h1>Regiomonitor</h1><p>{reden}</p><p><a href="/">Naar het begin</a></p></html>',
        status,
        koppen,
    )


def is_open_data(pad: str) -> bool:
    """Return whether this address is one of open data, be there something or not."""
    return pad == GEGEVENS or pad.startswith(f"{GEGEVENS}/")


def is_for_other_sites(pad: str) -> bool:
    """Return whether a page of another site may ask this: open data, or a picture in a frame."""
    return is_open_data(pad) or pad.startswith(INSLUITEN)


class Toegang:
    """Passes on what may be asked; answers the rest itself."""

    def __init__(self, app: App, adressen: Adressen, paden: Paden, *, neemt_aan: bool = False) -> None:
        self._app = app
        self._adressen = adressen
        self._paden = paden
        self._neemt_aan = neemt_aan

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judge one request and pass it on, without its Origin: that has been judged.

        Streamlit would compare it once more, and for an origin that it does not know it asks an outside address for
        the name of this computer, with every reader waiting.
        """
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        if status := self._refuse(scope):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await error_page(status)(scope, receive, send)
            return
        koppen = [(naam, waarde) for naam, waarde in scope["headers"] if naam != b"origin"]
        await self._app({**scope, "headers": koppen}, receive, send)

    def _refuse(self, scope: Scope) -> int:
        """Return the status to refuse this request with; 0 when it may be passed on."""
        if _length(scope) > _HOOGSTENS:
            return 431
        hosts, origins = _values(scope, b"host"), _values(scope, b"origin")
        if len(hosts) != 1 or hosts[0] not in self._adressen.hosts:
            return 421
        if scope["type"] == "http" and is_for_other_sites(scope["path"]):
            return 413 if _has_body(scope) else 0
        if scope["type"] == "http" and scope["path"].startswith(self._paden.links):
            return _refuse_link(scope)
        if not all(self._is_own(origin, hosts[0]) for origin in origins):
            return 403
        if scope["type"] == "websocket":
            # A browser always says where a websocket comes from.
            return 0 if scope["path"] == STROOM and len(origins) == 1 else 403
        if self._neemt_aan and scope["path"].startswith(ONTVANGST) and scope["method"] in ("PUT", "DELETE"):
            return _refuse_sent(scope, origins, _GROOTSTE_BESTAND)
        if scope["path"] in self._paden.vormen and scope["method"] == "POST":
            return _refuse_sent(scope, origins, _GROOTSTE_VORM)
        if not self._paden.has(scope["path"]):
            return 404
        if scope["method"] not in ("GET", "HEAD"):
            return 405
        if _has_body(scope):
            return 413
        return 403 if self._is_foreign(scope) else 0

    def _is_own(self, origin: str, host: str) -> bool:
        """Return whether a page of the very address that is asked asks it: at our others something else may run."""
        return origin in self._adressen.origins and origin.partition("://")[2] == host

    def _is_foreign(self, scope: Scope) -> bool:
        """Return whether a page of somebody else asks; a link there may open a page here, and nothing more."""
        if not set(_values(scope, b"sec-fetch-site")) - {"same-origin", "none"}:
            return False
        soort = (*_values(scope, b"sec-fetch-mode"), *_values(scope, b"sec-fetch-dest"))
        return soort != ("navigate", "document") or not self._paden.has_page(scope["path"])


def _refuse_link(scope: Scope) -> int:
    """Return the status to refuse this with; 0 for what a reader or a mail server does with a link in a mail.

    Whatever page or program it comes from: without what the link ends in it does nothing.
    """
    if scope["method"] not in ("GET", "HEAD", "POST"):
        return 405
    lengten = _values(scope, b"content-length") or ["0"]
    return 0 if len(lengten) == 1 and lengten[0].isdecimal() and int(lengten[0][:12]) <= _GROOTSTE_VORM else 413


def _refuse_sent(scope: Scope, origins: list[str], hoogstens: int) -> int:
    """Return the status to refuse a file or form with; 0 when a page of the app sends it and says how long it is."""
    if len(origins) != 1 or set(_values(scope, b"sec-fetch-site")) - {"same-origin"}:
        return 403
    lengten = _values(scope, b"content-length") or ["0"]
    if _values(scope, b"transfer-encoding") or len(lengten) != 1 or not lengten[0].isdecimal():
        return 413
    return 413 if int(lengten[0][:12]) > hoogstens else 0


def _has_body(scope: Scope) -> bool:
    return bool(_values(scope, b"transfer-encoding") or set(_values(scope, b"content-length")) - {"0"})


def _values(scope: Scope, naam: bytes) -> list[str]:
    return [waarde.decode("latin-1") for kop, waarde in scope["headers"] if kop.lower() == naam]


def _length(scope: Scope) -> int:
    koppen = sum(len(naam) + len(waarde) for naam, waarde in scope["headers"])
    return koppen + len(scope.get("raw_path") or b"") + len(scope["query_string"])
