"""What PDOK sends and what the app keeps of it: made-up squares with the real codes, answers, and a layer read back."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.kaart import kaartlagen
from pipelines.kaart.gebieden import fetch_gebieden

ROOT = Path(__file__).resolve().parents[3]
ITEMS = "/collections/gemeente_gegeneraliseerd/items"
RD_CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
AANTALLEN = {"arbeidsmarktregio": 28, "wgo_2018": 14, "wgo_2021": 13, "wgo_2022": 12, "provincie": 12}
ZIJDE = 8_000


def squares(jaar: int, *, graden: bool) -> list[dict]:
    """Return the gemeenten of a year as squares of 8 km, 20 on a row, regions together."""
    from pyproj import Transformer

    with (ROOT / "pipelines" / "referentie" / "gemeenten.csv").open(encoding="utf-8", newline="") as stroom:
        rijen = [r for r in csv.DictReader(stroom) if int(r["geldig_van"]) <= jaar <= int(r["geldig_tot"] or 9999)]
    naar_graden = Transformer.from_crs("EPSG:28992", "OGC:CRS84", always_xy=True)
    features = []
    for nummer, rij in enumerate(sorted(rijen, key=lambda r: (r["ra_code"], r["gm_code"]))):
        x, y = 20_000 + nummer % 20 * ZIJDE, 320_000 + nummer // 20 * ZIJDE
        hoeken = [(x, y), (x + ZIJDE, y), (x + ZIJDE, y + ZIJDE), (x, y + ZIJDE), (x, y)]
        ring = [list(naar_graden.transform(*hoek)) for hoek in hoeken] if graden else [list(hoek) for hoek in hoeken]
        features.append(
            {
                "type": "Feature",
                "properties": {"statcode": rij["gm_code"], "statnaam": rij["gm_naam"], "jaarcode": jaar},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return features


Antwoord = tuple[int, dict[str, str], bytes | Iterator[bytes]]
Server = Callable[[Callable[[str], Antwoord | None]], str]


def collection(features: list[dict], **anders: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features} | anders).encode()


def ok(inhoud: bytes | Iterator[bytes], soort: str = "application/geo+json", **koppen: str) -> Antwoord:
    return 200, {"Content-Type": soort} | koppen, inhoud


def write(pad: Path, features: list[dict], **anders: object) -> Path:
    pad.write_bytes(collection(features, **anders))
    return pad


def failures(*args: object, **kwargs: object) -> list[str]:
    with pytest.raises(AfgekeurdError) as fout:
        fetch_gebieden(*args, **kwargs)  # type: ignore[arg-type]
    return [str(melding) for melding in fout.value.meldingen]


def read_layer(map_: Path, naam: str) -> dict:
    return json.loads((map_ / f"{naam}.topojson").read_text(encoding="utf-8"))


def polygons(topologie: dict) -> dict[str, object]:
    """Decode a layer on its own grid."""
    from shapely.geometry import MultiPolygon

    vormen = {}
    for gebied in topologie["objects"]["gebieden"]["geometries"]:
        delen = [gebied["arcs"]] if gebied["type"] == "Polygon" else gebied["arcs"]
        ringen = [[kaartlagen.ring_points(topologie, ring) for ring in deel] for deel in delen]
        vormen[gebied["properties"]["regio_code"]] = MultiPolygon([(deel[0], deel[1:]) for deel in ringen])
    return vormen
