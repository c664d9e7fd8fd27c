"""Getting public data: https only, from one host, within a limit of time and size; every failure in Dutch."""

from __future__ import annotations

import http.client
import ipaddress
import json
import ssl
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from typing import IO, Any, NoReturn
from urllib.parse import SplitResult, urlsplit

from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value

BLOK = 65_536
LATER = "Probeer het later opnieuw, of haal het bestand zelf op en geef het met --file."
ANDER_ADRES = "Controleer het adres bij --base-url of in pipelines/kaart/bronadressen.yml."


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


def download(url: str, *, eind: float, grootste: int, al_gelezen: int = 0) -> Antwoord:
    """Return the answer of one address, whole and before `eind` (on the clock of `time.monotonic`).

    `grootste` is the limit in bytes of all pages together, `al_gelezen` what earlier pages took of it.

    Raises:
        AfgekeurdError: unreachable, too slow, too large, refused by the server, or sent elsewhere.
    """
    plek = host_of(url)
    koppen = {"User-Agent": "regiomonitor", "Accept": "application/geo+json, application/json"}
    try:
        vraag = urllib.request.Request(url, headers=koppen)  # noqa: S310 - host_of allows http and https only
        with _opener(url).open(vraag, timeout=_rest(eind)) as antwoord:
            inhoud = _read(antwoord, plek, eind, grootste, al_gelezen)
            return Antwoord(inhoud, antwoord.headers.get("Content-Crs") or "")
    except urllib.error.HTTPError as fout:
        fout.close()
        reject(plek, f"De server geeft foutcode {fout.code}{_meaning(fout.code)}.", f"{ANDER_ADRES} {LATER}")
    except TimeoutError:
        _reject_slow(plek)
    except urllib.error.URLError as fout:
        if isinstance(fout.reason, TimeoutError):
            _reject_slow(plek)
        if isinstance(fout.reason, ssl.SSLError):
            reject(plek, "De beveiligde verbinding lukt niet.", f"Controleer het certificaat van de server. {LATER}")
        reject(plek, "De server is niet te bereiken.", f"Controleer de internetverbinding. {LATER}")
    except (http.client.HTTPException, OSError, ValueError):
        reject(plek, "De verbinding met de server is afgebroken.", LATER)


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


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only within the host where the request began."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        check_same_host(newurl, req.full_url)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _opener(url: str) -> urllib.request.OpenerDirector:
    # A proxy of the organisation cannot reach this computer itself.
    if _is_loopback(_split(url).hostname or ""):
        return urllib.request.build_opener(_SameHost, urllib.request.ProxyHandler({}))
    return urllib.request.build_opener(_SameHost)


def _read(antwoord: http.client.HTTPResponse, plek: str, eind: float, grootste: int, gelezen: int) -> bytes:
    """Return the body piece by piece: a server that keeps dripping is held to the same limit of time."""
    stukken: list[bytes] = []
    while stuk := antwoord.read1(BLOK):
        stukken.append(stuk)
        gelezen += len(stuk)
        if gelezen > grootste:
            reject(plek, f"Het antwoord is groter dan {grootste // 1_000_000} MB.", ANDER_ADRES)
        _rest(eind)
    return b"".join(stukken)


def _rest(eind: float) -> float:
    """Return the seconds that are left."""
    rest = eind - time.monotonic()
    if rest <= 0:
        raise TimeoutError
    return rest


def _reject_slow(plek: str) -> NoReturn:
    reject(plek, "De server antwoordt niet op tijd.", LATER)


def _meaning(code: int) -> str:
    if code == 404:
        return " (dit adres bestaat niet)"
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
