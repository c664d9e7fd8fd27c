"""Getting public data: https only, from one host, within a limit of time and size; every failure in Dutch."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import ssl
import time
import urllib.request
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from time import sleep
from typing import Any, NoReturn
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3

from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value

BLOK = 262_144
MEESTE_OMLEIDINGEN = 5
TE_DRUK = 429
# Seconds without a byte before a line is given up, and perhaps tried again.
LANGSTE_STILTE = 60.0
# Packed answers are read unpacked, so that a limit of size is one of what is read.
KOPPEN = {
    "User-Agent": "regiomonitor",
    "Accept": "application/geo+json, application/json, text/csv",
    "Accept-Encoding": "gzip",
}
LATER = "Probeer het later opnieuw."
ANDER_ADRES = "Controleer het adres bij --base-url, of dat van de bron in het project."


# No such address: what was there is gone, or went elsewhere.
_WEG = (404, 410)
# The one code of an answer that is there, whole.
_HEEL = 200


class WegError(AfgekeurdError):
    """What is asked does not exist there (any more), as the server itself says."""


class StoringError(AfgekeurdError):
    """The server failed at it again and again; that says nothing of what is asked."""


class OnbereikbaarError(StoringError):
    """The server itself is not to be had, so that nothing else is to be had from it now."""


@dataclass(frozen=True)
class Antwoord:
    """One answer: its bytes, and the header that names its coordinate system (empty when absent)."""

    inhoud: bytes
    content_crs: str


def reject(plek: str, tekst: str, advies: str) -> NoReturn:
    """Refuse an answer or a file with one message."""
    raise AfgekeurdError([Melding(plek, tekst, advies=advies)])


def host_of(url: str) -> str:
    """Return host and port of an address, for messages: never a password or a query.

    Raises:
        AfgekeurdError: the address is not https (http is fine for this computer itself), or holds a password.
    """
    delen = _split(url)
    plek = show_value(delen.netloc.rpartition("@")[2] or "adres")
    leesbaar = url.isascii() and url.isprintable() and " " not in url
    if not (delen.hostname and leesbaar) or delen.scheme not in ("http", "https"):
        reject(plek, "Dit is geen webadres dat met https:// begint.", ANDER_ADRES)
    if delen.scheme == "http" and not _is_loopback(delen.hostname):
        reject(plek, "Dit adres is niet beveiligd (http); alleen https is toegestaan.", ANDER_ADRES)
    if "@" in delen.netloc:
        reject(plek, "In dit adres staat een naam of wachtwoord; dat mag niet.", ANDER_ADRES)
    return plek


def check_same_host(url: str, begin: str) -> None:
    """Refuse an address that leaves the host (or the scheme or port) where the download began."""
    if _split(url)[:2] != _split(begin)[:2]:
        ander = show_value(_split(url).netloc or url)
        reject(host_of(begin), f"Het antwoord verwijst naar een andere server ({ander}).", ANDER_ADRES)


def download(url: str, *, eind: float, grootste: int, al_gelezen: int = 0, pogingen: int = 1) -> Antwoord:
    """Return the answer of one address, whole and before `eind` (on the clock of `time.monotonic`).

    `grootste` is the limit in bytes of all pages together (as read, so unpacked), `al_gelezen` what earlier pages
    took of it. What may pass (a busy or broken server, a line cut off) is tried `pogingen` times, each time later,
    or as much later as the server asks.

    Raises:
        OnbereikbaarError: there is no line to the server, or it does not answer in time.
        StoringError: it keeps failing.
        WegError: it says that this is not there.
        AfgekeurdError: too large, refused by the server, or sent elsewhere.
    """
    plek = host_of(url)
    for poging in range(1, pogingen + 1):
        try:
            return _try_once(url, plek, eind, grootste, al_gelezen)
        except _VoorbijgaandError as fout:
            wacht = fout.wacht if fout.wacht is not None else 2 ** (poging - 1)
            if poging == pogingen or time.monotonic() + wacht >= eind:
                soort = OnbereikbaarError if fout.onbereikbaar else StoringError
                raise soort([Melding(plek, fout.reden[0], advies=fout.reden[1])]) from None
            sleep(wacht)
    raise AssertionError


class _VoorbijgaandError(Exception):
    """A failure that may be over by itself; `wacht` (seconds) where the server says how long."""

    def __init__(self, tekst: str, advies: str, wacht: float | None = None, *, onbereikbaar: bool = False) -> None:
        super().__init__(tekst)
        self.reden, self.wacht, self.onbereikbaar = (tekst, advies), wacht, onbereikbaar


def _try_once(url: str, plek: str, eind: float, grootste: int, al_gelezen: int) -> Antwoord:
    try:
        with contextlib.closing(_open(url, eind)) as antwoord:
            _check_status(antwoord, plek)
            inhoud = _read(antwoord, plek, eind, grootste, al_gelezen)
            return Antwoord(inhoud, antwoord.headers.get("Content-Crs") or "")
    except urllib3.exceptions.SSLError:
        advies = f"Controleer het certificaat van de server. {LATER}"
        raise OnbereikbaarError([Melding(plek, "De beveiligde verbinding lukt niet.", advies=advies)]) from None
    except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ProxyError):
        advies = f"Controleer de internetverbinding. {LATER}"
        raise _VoorbijgaandError("De server is niet te bereiken.", advies, onbereikbaar=True) from None
    except (TimeoutError, urllib3.exceptions.TimeoutError):
        raise _VoorbijgaandError("De server antwoordt niet op tijd.", LATER, onbereikbaar=True) from None
    except (urllib3.exceptions.HTTPError, OSError, ValueError, zlib.error):
        raise _VoorbijgaandError("De verbinding met de server is afgebroken.", LATER) from None


def _open(url: str, eind: float) -> urllib3.BaseHTTPResponse:
    """Return the answer with its body still to be read; a redirect is followed only within the host."""
    for _ in range(MEESTE_OMLEIDINGEN):
        antwoord = _pool(_proxy_of(url), _split(url).scheme == "https").urlopen(
            "GET", url, headers=KOPPEN, redirect=False, retries=False, preload_content=False,
            timeout=min(_rest(eind), LANGSTE_STILTE),
        )  # fmt: skip
        verder = antwoord.get_redirect_location()
        if not verder:
            return antwoord
        antwoord.close()
        nieuw = urljoin(url, verder)
        check_same_host(nieuw, url)
        url = nieuw
    reject(host_of(url), "De server blijft verwijzen.", ANDER_ADRES)


def _check_status(antwoord: urllib3.BaseHTTPResponse, plek: str) -> None:
    code = antwoord.status
    if code == _HEEL:
        return
    if code < 300:
        raise _VoorbijgaandError(f"De server geeft code {code}: dat is geen heel antwoord.", LATER)
    tekst, advies = f"De server geeft foutcode {code}{_meaning(code)}.", f"{ANDER_ADRES} {LATER}"
    if code == TE_DRUK or code >= 500:
        wacht = urllib3.Retry().get_retry_after(antwoord) if "Retry-After" in antwoord.headers else None
        raise _VoorbijgaandError(tekst, advies, wacht)
    if code in _WEG:
        raise WegError([Melding(plek, tekst, advies=ANDER_ADRES)])
    reject(plek, tekst, advies)


def parse_json(inhoud: bytes, plek: str) -> Any:  # noqa: ANN401 - the shape is the reader's to check
    """Return the document.

    Raises:
        AfgekeurdError: empty, a web page, cut off or otherwise no JSON in UTF-8.
    """
    try:
        tekst = inhoud.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        reject(plek, "Dit is geen UTF-8-tekst.", LATER)
    if not tekst:
        reject(plek, "Dit is leeg.", LATER)
    if tekst.startswith("<"):
        reject(plek, "Dit is een webpagina of XML; JSON is nodig.", f"{ANDER_ADRES} {LATER}")
    try:
        return json.loads(tekst, parse_constant=_refuse_constant)
    except RecursionError:
        reject(plek, "Deze JSON is te diep genest.", LATER)
    except json.JSONDecodeError as fout:
        afgebroken = fout.pos >= len(tekst) - 1 or tekst[-1] not in "}]"
        reject(plek, "Deze JSON is afgebroken." if afgebroken else "Dit is geen geldige JSON.", LATER)
    except ValueError:
        reject(plek, "In deze JSON staat een getal dat niet bestaat (NaN of oneindig).", LATER)


@cache
def _pool(proxy: str | None, veilig: bool) -> urllib3.PoolManager:
    """Return the connections of this process, kept open between pages; certificates are those of this computer."""
    # Reading all certificates takes longer than a page from this computer itself, which needs none.
    if proxy is None and not veilig:
        return urllib3.PoolManager()
    context = ssl.create_default_context()
    if proxy is None:
        return urllib3.PoolManager(ssl_context=context)
    return urllib3.ProxyManager(proxy, ssl_context=context)


def _proxy_of(url: str) -> str | None:
    """Return the proxy of the organisation, where there is one; it cannot reach this computer itself."""
    delen = _split(url)
    if _is_loopback(delen.hostname or "") or urllib.request.proxy_bypass(delen.hostname or ""):
        return None
    return urllib.request.getproxies().get(delen.scheme)


def _read(antwoord: urllib3.BaseHTTPResponse, plek: str, eind: float, grootste: int, gelezen: int) -> bytes:
    """Return the body piece by piece: a server that keeps dripping is held to the same limit of time."""
    stukken: list[bytes] = []
    for stuk in _unpacked(antwoord):
        stukken.append(stuk)
        gelezen += len(stuk)
        if gelezen > grootste:
            reject(plek, f"Het antwoord is groter dan {grootste // 1_000_000} MB.", ANDER_ADRES)
        _rest(eind)
    return b"".join(stukken)


def _unpacked(antwoord: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
    """Yield the body piece by piece, unpacked.

    Raises:
        ValueError: what was packed was cut off, which urllib3 does not tell.
    """
    if antwoord.headers.get("Content-Encoding", "").strip().lower() not in ("gzip", "x-gzip"):
        yield from iter(lambda: antwoord.read1(BLOK, decode_content=True), b"")
        return
    pak = zlib.decompressobj(zlib.MAX_WBITS | 16)
    while stuk := antwoord.read1(BLOK, decode_content=False):
        while stuk:
            if pak.eof:
                pak = zlib.decompressobj(zlib.MAX_WBITS | 16)
            yield pak.decompress(stuk, 4 * BLOK)
            stuk = pak.unused_data or pak.unconsumed_tail
    if not pak.eof:
        raise ValueError("cut off")


def _rest(eind: float) -> float:
    """Return the seconds that are left."""
    rest = eind - time.monotonic()
    if rest <= 0:
        raise TimeoutError
    return rest


def _meaning(code: int) -> str:
    if code in _WEG:
        return " (dit adres bestaat niet)"
    if code == TE_DRUK:
        return " (te veel vragen achter elkaar)"
    return " (storing bij de server)" if code >= 500 else ""


def _refuse_constant(naam: str) -> NoReturn:
    raise ValueError(naam)


def _split(url: str) -> SplitResult:
    try:
        delen = urlsplit(url)
        _ = delen.port
    except ValueError:
        reject("adres", "Dit is geen webadres.", ANDER_ADRES)
    return delen


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
