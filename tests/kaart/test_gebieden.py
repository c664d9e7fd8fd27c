"""The map: a server that speaks the form of PDOK, made-up squares with the real codes, and everything that can fail."""

from __future__ import annotations

import contextlib
import copy
import csv
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.kaart import geojson, kaartlagen
from pipelines.kaart.gebieden import LICENTIE, fetch_gebieden

ROOT = Path(__file__).parents[2]
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


@pytest.fixture(scope="session")
def graden() -> list[dict]:
    return squares(2023, graden=True)


@pytest.fixture
def meters() -> list[dict]:
    return squares(2023, graden=False)


Antwoord = tuple[int, dict[str, str], bytes | Iterator[bytes]]
Server = Callable[[Callable[[str], Antwoord | None]], str]


@pytest.fixture
def serve() -> Iterator[Server]:
    """Start a server on this computer that answers each path as told; nothing is an answer that never comes."""
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Callable[[str], Antwoord | None]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                antwoord = answer(self.path)
                if antwoord is None:
                    time.sleep(1)
                    return
                self.send_response(antwoord[0])
                for naam, waarde in antwoord[1].items():
                    self.send_header(naam, waarde)
                self.end_headers()
                with contextlib.suppress(OSError):  # the reader hung up, as it should
                    for stuk in [antwoord[2]] if isinstance(antwoord[2], bytes) else antwoord[2]:
                        self.wfile.write(stuk)

            def log_message(self, *_: object) -> None:
                """Keep the test output clean."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


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


def test_all_pages_of_the_api_become_five_layers(tmp_path: Path, serve: Server, graden: list[dict]) -> None:
    gevraagd: list[str] = []

    def answer(pad: str) -> Antwoord:
        gevraagd.append(pad)
        begin = int(parse_qs(urlsplit(pad).query).get("cursor", ["0"])[0])
        links = [{"rel": "self", "href": pad}]
        if begin + 100 < len(graden):
            links.append({"rel": "next", "href": f"{ITEMS}?cursor={begin + 100}&f=json"})
        return ok(collection(graden[begin : begin + 100], links=links))

    map_ = fetch_gebieden(tmp_path, base_url=serve(answer))

    assert map_ == tmp_path / "gebieden"
    assert gevraagd[0] == f"{ITEMS}?f=json&limit=1000&jaarcode=2023"
    assert len(gevraagd) == 4
    assert {p.name for p in map_.iterdir()} == {*(f"{naam}.topojson" for naam in AANTALLEN), "herkomst.yml"}
    for naam, aantal in AANTALLEN.items():
        laag = read_layer(map_, naam)
        assert (map_ / f"{naam}.topojson").stat().st_size <= 60_000
        assert len(polygons(laag)) == aantal
        assert all(set(g) <= {"type", "arcs", "properties"} for g in laag["objects"]["gebieden"]["geometries"])
    herkomst = yaml.safe_load((map_ / "herkomst.yml").read_text(encoding="utf-8"))
    assert herkomst["licentie"] == LICENTIE == "CBS gebiedsindelingen, © CBS / Kadaster, via PDOK, CC BY 4.0"
    assert (herkomst["jaar"], herkomst["gemeenten"], herkomst["hersteld"]) == (2023, 342, 0)
    assert "jaarcode=2023" in herkomst["bron"]
    assert len(herkomst["sha256"]) == 64


def test_every_ring_is_wound_as_vega_needs_and_regions_do_not_overlap(tmp_path: Path, meters: list[dict]) -> None:
    import shapely
    from shapely.geometry import LinearRing

    map_ = fetch_gebieden(tmp_path, file=write(tmp_path / "g.geojson", meters, crs=RD_CRS))

    for naam in AANTALLEN:
        vormen = polygons(read_layer(map_, naam))
        assert shapely.coverage_is_valid(list(vormen.values()))
        for vorm in vormen.values():
            for deel in vorm.geoms:  # type: ignore[attr-defined]
                assert not LinearRing(deel.exterior.coords).is_ccw
                assert all(LinearRing(gat.coords).is_ccw for gat in deel.interiors)


def test_wgo_layers_hold_the_organisations_of_their_own_day(tmp_path: Path, meters: list[dict]) -> None:
    map_ = fetch_gebieden(tmp_path, file=write(tmp_path / "g.geojson", meters, crs=RD_CRS))
    wgo = {jaar: polygons(read_layer(map_, f"wgo_{jaar}")) for jaar in (2018, 2021, 2022)}

    # Care2Care went up in ZWconnect in 2019, samen Voor Betere Zorg in Sigra on 1 July 2022.
    assert wgo[2018].keys() - wgo[2021].keys() == {"WGO08"}
    assert wgo[2021].keys() - wgo[2022].keys() == {"WGO07"}
    regio = polygons(read_layer(map_, "arbeidsmarktregio"))
    assert wgo[2022]["WGO06"].area > wgo[2021]["WGO06"].area  # type: ignore[attr-defined]
    assert wgo[2021]["WGO07"].area == pytest.approx(regio["RA0717"].area, rel=0.01)  # type: ignore[attr-defined]


def test_degrees_and_metres_give_the_same_regions(tmp_path: Path, meters: list[dict], graden: list[dict]) -> None:
    een = fetch_gebieden(tmp_path / "a", file=write(tmp_path / "m.geojson", meters, crs=RD_CRS))
    ander = fetch_gebieden(tmp_path / "b", file=write(tmp_path / "g.geojson", graden))

    for naam in AANTALLEN:
        links, rechts = polygons(read_layer(een, naam)), polygons(read_layer(ander, naam))
        assert {c: v.area for c, v in links.items()} == pytest.approx({c: v.area for c, v in rechts.items()}, rel=0.01)  # type: ignore[attr-defined]


def test_order_of_the_features_does_not_change_the_map(tmp_path: Path, meters: list[dict]) -> None:
    een = fetch_gebieden(tmp_path / "a", file=write(tmp_path / "a.geojson", meters, crs=RD_CRS))
    ander = fetch_gebieden(tmp_path / "b", file=write(tmp_path / "b.geojson", meters[::-1], crs=RD_CRS))

    for naam in AANTALLEN:
        assert read_layer(een, naam) == read_layer(ander, naam)


def test_api_that_states_rijksdriehoek_in_a_header_and_ignores_the_year(
    tmp_path: Path, serve: Server, meters: list[dict]
) -> None:
    eerder = squares(2021, graden=False)
    crs = {"Content-Crs": "<http://www.opengis.net/def/crs/EPSG/0/28992>"}

    map_ = fetch_gebieden(tmp_path, base_url=serve(lambda _: ok(collection([*eerder, *meters]), **crs)) + ITEMS)

    assert len(polygons(read_layer(map_, "arbeidsmarktregio"))) == 28


def test_year_with_other_gemeenten(tmp_path: Path) -> None:
    pad = write(tmp_path / "g.geojson", squares(2021, graden=False), crs=RD_CRS)
    map_ = fetch_gebieden(tmp_path, jaar=2021, file=pad)

    assert yaml.safe_load((map_ / "herkomst.yml").read_text(encoding="utf-8"))["gemeenten"] == 352
    assert "geen gemeenten van 2023. Wel gevonden: 2021." in failures(tmp_path, file=pad)[0]
    assert "De gemeenten van 2010 zijn hier niet bekend." in failures(tmp_path, jaar=2010, file=pad)[0]


def _endless(pad: str) -> Antwoord:
    nummer = int(parse_qs(urlsplit(pad).query).get("cursor", ["0"])[0]) + 1
    return ok(collection([], links=[{"rel": "next", "href": f"?cursor={nummer}"}]))


SLECHT: dict[str, tuple[Callable[[str], Antwoord | None], str]] = {
    "html": (lambda _: ok(b"<!DOCTYPE html><h1>Onderhoud</h1>", "text/html"), "Dit is een webpagina of XML"),
    "afgebroken": (lambda _: ok(collection([{"type": "Feature"}])[:-20]), "Deze JSON is afgebroken."),
    "leeg": (lambda _: ok(b""), "Dit is leeg."),
    "te_kort": (lambda _: ok(b"{", **{"Content-Length": "500"}), "afgebroken"),
    "geen_utf8": (lambda _: ok(b'{"a": "\xff"}'), "Dit is geen UTF-8-tekst."),
    "nan": (lambda _: ok(b'{"a": NaN}'), "een getal dat niet bestaat"),
    "diep": (lambda _: ok(b"[" * 200_000), "JSON is te diep genest."),
    "andere_json": (lambda _: ok(b'{"code": "NotFound"}'), "maar geen GeoJSON met gebieden (gevonden: code)."),
    "lijst": (lambda _: ok(b"[]"), "(gevonden: geen object)."),
    "zonder_features": (lambda _: ok(b'{"type": "FeatureCollection"}'), "heeft geen lijst features."),
    "geen_gebieden": (lambda _: ok(collection([])), "Hierin staan geen gemeenten van 2023."),
    "vreemde_features": (lambda _: ok(collection([1, None, {"properties": []}])), "Vlakken zonder statcode: 3."),  # type: ignore[list-item]
    "stelsel": (lambda _: ok(collection([], crs="EPSG:3857")), "Onbekend coördinatenstelsel: EPSG:3857."),
    "404": (lambda _: (404, {}, b"weg"), "De server geeft foutcode 404 (dit adres bestaat niet)."),
    "503": (lambda _: (503, {}, b""), "De server geeft foutcode 503 (storing bij de server)."),
    "geen_http": (lambda _: (200, {"Transfer-Encoding": "chunked"}, b"zz\r\n"), "afgebroken"),
    "andere_server": (
        lambda _: ok(collection([], links=[{"rel": "next", "href": "https://elders.example/items"}])),
        "verwijst naar een andere server (elders.example).",
    ),
    "bestand_als_vervolg": (
        lambda _: ok(collection([], links=[{"rel": "next", "href": "file:///etc/hostname"}])),
        "verwijst naar een andere server",
    ),
    "omleiding": (lambda _: (302, {"Location": "https://elders.example/items"}, b""), "(elders.example)."),
    "lus": (lambda pad: ok(collection([], links=[{"rel": "next", "href": pad}])), "houden niet op."),
    "zonder_eind": (_endless, "houden niet op."),
    "traag": (lambda _: None, "De server antwoordt niet op tijd."),
}


@pytest.mark.parametrize("soort", SLECHT)
def test_wrong_answer_is_one_message_and_the_old_map_stays(tmp_path: Path, serve: Server, soort: str) -> None:
    answer, verwacht = SLECHT[soort]
    oud = tmp_path / "gebieden"
    oud.mkdir()
    (oud / "provincie.topojson").write_text("oud", encoding="utf-8")

    meldingen = failures(tmp_path, base_url=serve(answer), timeout=0.5 if soort == "traag" else 10)

    assert verwacht in meldingen[0]
    assert meldingen[0].startswith("127.0.0.1:")
    assert len(meldingen) == (2 if soort == "vreemde_features" else 1)
    assert [(p.name, p.read_text(encoding="utf-8")) for p in oud.iterdir()] == [("provincie.topojson", "oud")]


def test_server_that_keeps_dripping_is_held_to_the_limit_of_time(tmp_path: Path, serve: Server) -> None:
    def drip() -> Iterator[bytes]:
        for _ in range(100):
            time.sleep(0.05)
            yield b" "

    begin = time.monotonic()
    meldingen = failures(tmp_path, base_url=serve(lambda _: ok(drip())), timeout=0.3)

    assert "De server antwoordt niet op tijd." in meldingen[0]
    assert time.monotonic() - begin < 2


def test_answer_larger_than_the_limit_over_all_pages(
    tmp_path: Path, serve: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geojson, "GROOTSTE_BESTAND", 1_000_000)
    adres = serve(lambda pad: ok(collection([], opvulling="x" * 600_000, links=[{"rel": "next", "href": pad + "&p"}])))

    assert "Het antwoord is groter dan 1 MB." in failures(tmp_path, base_url=adres)[0]


@pytest.mark.parametrize(
    ("adres", "verwacht"),
    [
        ("http://api.example", "niet beveiligd (http)"),
        ("ftp://api.example", "geen webadres dat met https:// begint"),
        ("file:///etc/passwd", "geen webadres dat met https:// begint"),
        ("https://ik:geheim@api.example", "een naam of wachtwoord"),
        ("https://api.example/a b", "geen webadres"),
        ("https://api.example:99999", "geen webadres"),
        ("api.example", "geen webadres"),
        ("http://127.0.0.1:9", "De server is niet te bereiken."),
    ],
)
def test_address_that_may_not_be_used_or_cannot_be_reached(tmp_path: Path, adres: str, verwacht: str) -> None:
    (melding,) = failures(tmp_path, base_url=adres)

    assert verwacht in melding
    assert "geheim" not in melding


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path, meters: list[dict]) -> None:
    fout = copy.deepcopy(meters)
    weg = sorted(f["properties"]["statcode"] for f in (fout.pop(), fout.pop()))
    fout[0]["properties"]["statcode"] = "GM9999"
    fout[1]["properties"]["statcode"] = "363"
    fout.append(copy.deepcopy(fout[2]))
    fout[3]["geometry"] = {"type": "Point", "coordinates": [100_000, 400_000]}
    fout[4]["geometry"] = {"type": "Polygon", "coordinates": [["a", "b"]]}
    fout[5]["geometry"]["coordinates"][0] = [[x + 900_000, y] for x, y in fout[5]["geometry"]["coordinates"][0]]

    meldingen = failures(tmp_path, file=write(tmp_path / "fout.geojson", fout, crs=RD_CRS))

    tekst = "\n".join(meldingen)
    assert len(meldingen) == 7
    assert all(melding.startswith("fout.geojson") for melding in meldingen)
    assert "Codes van een andere vorm (1): 363." in tekst
    assert "Codes die in 2023 niet bestaan (1): GM9999." in tekst
    assert f"Codes die er meer dan eens staan (1): {fout[2]['properties']['statcode']}." in tekst
    assert "Gemeenten van 2023 die ontbreken (4): " in tekst
    assert all(f"{code} (" in tekst for code in weg)
    assert "2023 heeft 342 gemeenten; hier staan er 341." in tekst
    assert f"Geen vlak (1): {fout[3]['properties']['statcode']}." in tekst
    assert f"Onleesbaar vlak (1): {fout[4]['properties']['statcode']}." in tekst
    assert f"Buiten Nederland (1): {fout[5]['properties']['statcode']}." in tekst
    assert not (tmp_path / "gebieden").exists()


def test_long_list_of_missing_gemeenten_is_cut(tmp_path: Path, meters: list[dict]) -> None:
    (melding,) = failures(tmp_path, file=write(tmp_path / "g.geojson", meters[40:], crs=RD_CRS))

    assert "Gemeenten van 2023 die ontbreken (40): " in melding
    assert melding.count("GM") == 10
    assert "en nog 30." in melding


def test_metres_without_a_stated_system_point_at_the_cause(tmp_path: Path, meters: list[dict]) -> None:
    (melding,) = failures(tmp_path, file=write(tmp_path / "g.geojson", meters))

    assert "Buiten Nederland (342): " in melding
    assert "Rijksdriehoek (EPSG:28992) moet in het bestand staan" in melding


def test_invalid_shape_is_repaired_and_counted(tmp_path: Path, meters: list[dict]) -> None:
    # A spike out and back along the same line: no area, and not valid.
    ring = meters[0]["geometry"]["coordinates"][0]
    ring.insert(1, [ring[0][0] - 2_000, ring[0][1]])
    ring.insert(2, list(ring[0]))

    map_ = fetch_gebieden(tmp_path, file=write(tmp_path / "g.geojson", meters, crs=RD_CRS))

    assert yaml.safe_load((map_ / "herkomst.yml").read_text(encoding="utf-8"))["hersteld"] == 1


def test_shape_without_area_is_refused(tmp_path: Path, meters: list[dict]) -> None:
    x, y = meters[0]["geometry"]["coordinates"][0][0]
    meters[0]["geometry"]["coordinates"] = [[[x, y], [x + 500, y], [x, y], [x, y]]]

    meldingen = failures(tmp_path, file=write(tmp_path / "g.geojson", meters, crs=RD_CRS))

    assert f"Zonder oppervlakte (1): {meters[0]['properties']['statcode']}." in meldingen[0]


def _grow(feature: dict, rand: float) -> None:
    (x0, y0), _, (x1, y1), *_ = feature["geometry"]["coordinates"][0]
    x0, y0, x1, y1 = x0 - rand, y0 - rand, x1 + rand, y1 + rand
    feature["geometry"]["coordinates"] = [[[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]]]


@pytest.mark.parametrize(
    ("rand", "verwacht"),
    [
        # 8.4 x 8.4 - 8 x 8 = 6.6 km2 lies in the neighbours as well; 8 x 8 - 7.6 x 7.6 = 6.2 km2 is nobody's.
        (200, "Gemeenten overlappen elkaar over 6,6 km²; hoogstens 1,0 km²"),
        (-200, "Tussen gemeenten zitten naden van samen 6,2 km²; hoogstens 5,0 km²"),
    ],
)
def test_overlap_and_gaps_over_the_stated_area_are_refused(
    tmp_path: Path, meters: list[dict], rand: float, verwacht: str
) -> None:
    _grow(meters[150], rand)

    (melding,) = failures(tmp_path, file=write(tmp_path / "g.geojson", meters, crs=RD_CRS))

    assert verwacht in melding
    assert meters[150]["properties"]["statcode"] in melding


@pytest.mark.parametrize("rand", [5, -5])
def test_slivers_are_closed_before_dissolving(tmp_path: Path, meters: list[dict], rand: float) -> None:
    import shapely

    _grow(meters[150], rand)

    map_ = fetch_gebieden(tmp_path, file=write(tmp_path / "g.geojson", meters, crs=RD_CRS))

    land = shapely.union_all(list(polygons(read_layer(map_, "arbeidsmarktregio")).values()))
    assert shapely.get_num_interior_rings(land) == 0
    herkomst = yaml.safe_load((map_ / "herkomst.yml").read_text(encoding="utf-8"))
    # 4 x 8,000 x 5 m, less the corners counted twice
    assert herkomst["dichtgemaakt_m2"] == (0 if rand > 0 else pytest.approx(159_900, abs=1))


@pytest.fixture
def vlakken() -> kaartlagen.Gemeenten:
    """Three hand-made shapes: an island of 64 ha, a shoal of 1 ha, a lake, and a border with a bend of 50 m."""
    bestand = geojson.read_file(ROOT / "tests" / "fixtures" / "vlakken.geojson")
    geometrie = {f["properties"]["statcode"]: f["geometry"] for f in bestand.features}
    return kaartlagen.make_covering(geometrie, bestand.crs, bestand.plek)


def test_islands_and_lakes_stay_and_specks_go(vlakken: kaartlagen.Gemeenten) -> None:
    laag = kaartlagen.make_laag(vlakken.vlakken, {"GM0001": "A", "GM0002": "B", "GM0003": "B"}, "proef")
    vormen = polygons(json.loads(laag.topojson))

    assert laag.regios == 2
    assert len(vormen["A"].geoms) == 2  # type: ignore[attr-defined]
    assert [len(deel.interiors) for deel in vormen["B"].geoms] == [1]  # type: ignore[attr-defined]


def test_border_is_stored_once_and_simplified_once(vlakken: kaartlagen.Gemeenten) -> None:
    laag = kaartlagen.make_laag(vlakken.vlakken, {"GM0001": "A", "GM0002": "B", "GM0003": "C"}, "proef")
    topologie = json.loads(laag.topojson)
    west, oost, _ = topologie["objects"]["gebieden"]["geometries"]
    bogen_west = {boog if boog >= 0 else ~boog for deel in west["arcs"] for ring in deel for boog in ring}
    bogen_oost = {boog if boog >= 0 else ~boog for ring in oost["arcs"] for boog in ring}

    (gedeeld,) = bogen_west & bogen_oost
    # Without its bend of 50 m the border is a straight line.
    assert len(topologie["arcs"][gedeeld]) == 2


def test_layer_too_large_is_simplified_further_and_then_refused(
    vlakken: kaartlagen.Gemeenten, monkeypatch: pytest.MonkeyPatch
) -> None:
    regio_van = {"GM0001": "A", "GM0002": "B", "GM0003": "C"}
    monkeypatch.setattr(kaartlagen, "TOLERANTIES_M", (1, 300))
    fijn = kaartlagen.make_laag(vlakken.vlakken, regio_van, "proef")
    monkeypatch.setattr(kaartlagen, "GROOTSTE_LAAG", len(fijn.topojson) - 1)
    grof = kaartlagen.make_laag(vlakken.vlakken, regio_van, "proef")
    monkeypatch.setattr(kaartlagen, "GROOTSTE_LAAG", 100)

    assert (fijn.tolerantie_m, grof.tolerantie_m) == (1, 300)
    with pytest.raises(AfgekeurdError, match="niet te vereenvoudigen"):
        kaartlagen.make_laag(vlakken.vlakken, regio_van, "proef")


def test_ring_wound_the_other_way_is_seen() -> None:
    vierkant = [[0, 0], [0, 9], [9, 0], [0, -9], [-9, 0]]
    gebied = {"type": "Polygon", "arcs": [[0]]}
    topologie = {"arcs": [vierkant], "objects": {"gebieden": {"geometries": [gebied]}}}
    assert list(kaartlagen.is_drawable(topologie)) == [True]

    gebied["arcs"] = [[~0]]
    assert list(kaartlagen.is_drawable(topologie)) == [False]


def test_file_that_is_missing_or_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "weg.geojson: Dit bestand bestaat niet." in failures(tmp_path, file=tmp_path / "weg.geojson")[0]
    assert "Dit bestand bestaat niet." in failures(tmp_path, file=tmp_path)[0]
    monkeypatch.setattr(geojson, "GROOTSTE_BESTAND", 10)
    assert "groter dan" in failures(tmp_path, file=write(tmp_path / "g.geojson", []))[0]


def test_failing_move_leaves_the_old_map_in_place(
    tmp_path: Path, meters: list[dict], monkeypatch: pytest.MonkeyPatch
) -> None:
    oud = tmp_path / "wh" / "gebieden"
    oud.mkdir(parents=True)
    (oud / "provincie.topojson").write_text("oud", encoding="utf-8")
    rename = Path.rename

    def fail(self: Path, doel: Path) -> Path:
        if self.name == "nieuw":
            raise OSError("vol")
        return rename(self, doel)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="vol"):
        fetch_gebieden(tmp_path / "wh", file=write(tmp_path / "g.geojson", meters, crs=RD_CRS))

    assert (oud / "provincie.topojson").read_text(encoding="utf-8") == "oud"
    assert [p.name for p in (tmp_path / "wh").glob(".gebieden-*")] == []


def test_second_fetch_replaces_the_first(tmp_path: Path, meters: list[dict]) -> None:
    pad = write(tmp_path / "g.geojson", meters, crs=RD_CRS)
    map_ = fetch_gebieden(tmp_path, file=pad)
    (map_ / "resten.topojson").write_text("oud", encoding="utf-8")
    fetch_gebieden(tmp_path, file=pad)

    assert {p.name for p in map_.iterdir()} == {*(f"{naam}.topojson" for naam in AANTALLEN), "herkomst.yml"}


def test_heavy_libraries_wait_until_they_are_needed() -> None:
    vraag = (
        "import sys, pipelines.kaart.gebieden; sys.exit(bool({'geopandas', 'shapely', 'topojson'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", vraag], cwd=ROOT, check=False).returncode == 0
