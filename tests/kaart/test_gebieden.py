"""The map: a server that speaks the form of PDOK, and everything that can fail on the way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from pdok import (
    AANTALLEN,
    ITEMS,
    RD_CRS,
    Antwoord,
    Server,
    collection,
    failures,
    ok,
    polygons,
    read_layer,
    squares,
    write,
)

from pipelines.kaart import geojson
from pipelines.kaart.gebieden import LICENTIE, fetch_gebieden


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
