"""Shapes made by hand become one layer: what is simplified, what goes and what stays."""

from __future__ import annotations

import json

import pytest
from pdok import ROOT, polygons

from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.kaart import geojson, kaartlagen


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
