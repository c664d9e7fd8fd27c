"""Reading GeoJSON of gemeenten: one file, or every page of an OGC API, with the coordinate system it states."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

from pipelines.afspraken.meldingen import show_value
from pipelines.kaart.kaartlagen import LENGTE_BREEDTE, RD
from pipelines.ophalen import ophalen

GROOTSTE_BESTAND = 100_000_000
MEESTE_PAGINAS = 100

# The systems a file may state; the names differ per standard, the end is what tells them apart.
_CRS = re.compile(r"(?:urn:ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?(?:OGC|EPSG)\S*[:/](CRS84|4326|28992)")


class Bestand(NamedTuple):
    """What was fetched: the features of all pages together and how to read them."""

    plek: str
    herkomst: str
    features: list[Any]
    crs: str
    sha256: str


def read_file(pad: Path) -> Bestand:
    """Return the features of a GeoJSON file on this computer.

    Raises:
        AfgekeurdError: missing, too large, or no GeoJSON.
    """
    plek = show_value(pad.name)
    if not pad.is_file():
        ophalen.reject(plek, "Dit bestand bestaat niet.", f"Gezocht op {show_value(pad)}.")
    if pad.stat().st_size > GROOTSTE_BESTAND:
        ophalen.reject(plek, f"Dit bestand is groter dan {GROOTSTE_BESTAND // 1_000_000} MB.", ophalen.LATER)
    inhoud = pad.read_bytes()
    document = _check_collection(ophalen.parse_json(inhoud, plek), plek)
    return Bestand(
        plek,
        show_value(pad.name),
        document["features"],
        _crs_of(document, "", plek),
        hashlib.sha256(inhoud).hexdigest(),
    )


def download_all(url: str, timeout: float) -> Bestand:
    """Return the features of every page, following the links to the next page within the same host.

    Raises:
        AfgekeurdError: unreachable, too slow, too large, leading elsewhere or round, or no GeoJSON.
    """
    plek = ophalen.host_of(url)
    eind = time.monotonic() + timeout
    features: list[Any] = []
    stelsels: set[str] = set()
    bezocht: set[str] = set()
    som, gelezen = hashlib.sha256(), 0
    volgende: str | None = url
    while volgende:
        if volgende in bezocht or len(bezocht) == MEESTE_PAGINAS:
            ophalen.reject(plek, "De pagina's van het antwoord houden niet op.", ophalen.ANDER_ADRES)
        bezocht.add(volgende)
        antwoord = ophalen.download(volgende, eind=eind, grootste=GROOTSTE_BESTAND, al_gelezen=gelezen)
        document = _check_collection(ophalen.parse_json(antwoord.inhoud, plek), plek)
        features += document["features"]
        stelsels.add(_crs_of(document, antwoord.content_crs, plek))
        som.update(antwoord.inhoud)
        gelezen += len(antwoord.inhoud)
        volgende = _next_url(document, volgende)
    if len(stelsels) > 1:
        ophalen.reject(plek, "De pagina's hebben verschillende coördinatenstelsels.", ophalen.LATER)
    return Bestand(plek, url, features, stelsels.pop(), som.hexdigest())


def _next_url(document: Mapping[str, Any], huidig: str) -> str | None:
    links = document.get("links")
    for link in links if isinstance(links, list) else []:
        if isinstance(link, dict) and link.get("rel") == "next" and isinstance(link.get("href"), str):
            volgende: str = urljoin(huidig, link["href"])
            ophalen.check_same_host(volgende, huidig)
            return volgende
    return None


def _check_collection(document: object, plek: str) -> Mapping[str, Any]:
    advies = f"Verwacht een GeoJSON FeatureCollection. {ophalen.ANDER_ADRES}"
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        gevonden = ", ".join(map(show_value, list(document)[:5])) if isinstance(document, dict) else "geen object"
        ophalen.reject(plek, f"Dit is JSON, maar geen GeoJSON met gebieden (gevonden: {gevonden or 'niets'}).", advies)
    if not isinstance(document.get("features"), list):
        ophalen.reject(plek, "Deze GeoJSON heeft geen lijst features.", advies)
    return document


def _crs_of(document: Mapping[str, Any], content_crs: str, plek: str) -> str:
    """Return the stated coordinate system; GeoJSON that states none is in degrees."""
    naam = content_crs.strip(" <>")
    if not naam and (crs := document.get("crs")):
        eigenschappen = crs.get("properties") if isinstance(crs, dict) else crs
        naam = str(eigenschappen.get("name") if isinstance(eigenschappen, dict) else eigenschappen)
    if not naam:
        return LENGTE_BREEDTE
    gevonden = _CRS.fullmatch(naam)
    if gevonden is None:
        advies = "Toegestaan zijn CRS84 (lengte en breedte) en EPSG:28992 (Rijksdriehoek)."
        ophalen.reject(plek, f"Onbekend coördinatenstelsel: {show_value(naam)}.", advies)
    return RD if gevonden[1] == "28992" else LENGTE_BREEDTE
