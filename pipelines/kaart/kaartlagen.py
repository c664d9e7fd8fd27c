"""Map layers: gemeenten checked as one covering of the country, dissolved and simplified with shared borders."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.afspraken.meldingen import AfgekeurdError, Melding

if TYPE_CHECKING:
    from geopandas import GeoDataFrame, GeoSeries

RD = "EPSG:28992"
LENGTE_BREEDTE = "OGC:CRS84"
OBJECT = "gebieden"

# West, south, east and north of the Netherlands in metres (Rijksdriehoek).
NEDERLAND = (0.0, 289_000.0, 300_000.0, 629_000.0)
MEESTE_OVERLAP_M2 = 1_000_000
MEESTE_NADEN_M2 = 5_000_000
# A closed gap narrower than this is a seam (one pixel of the map is 600 m); a wider one is water.
BREEDSTE_NAAD_M = 250.0
# Smaller islands cannot be seen, and their rings could turn over on the grid of the file.
KLEINSTE_EILAND_M2 = 50_000
# The first that keeps a layer within its size: a finer source asks for more simplification.
TOLERANTIES_M = (200, 300, 450, 700, 1000)
GROOTSTE_LAAG = 60_000
# Steps over the width of the country; 30,000 make a grid of 9 by 10 metres.
RASTER = 30_000


class Gemeenten(NamedTuple):
    """One row per gemeente, in metres, without overlap or seams; and what was repaired for it."""

    vlakken: GeoDataFrame
    hersteld: int
    dichtgemaakt_m2: int


class Laag(NamedTuple):
    """One TopoJSON file: its text, its regions and the simplification it took."""

    topojson: str
    regios: int
    tolerantie_m: int


def make_covering(geometrie: Mapping[str, object], crs: str, plek: str) -> Gemeenten:
    """Return the gemeenten as one covering, from GeoJSON geometries by code.

    Raises:
        AfgekeurdError: geometries that are no polygons, lie outside the Netherlands, overlap or leave gaps.
    """
    import geopandas as gpd
    import shapely  # type: ignore[import-untyped]

    vormen, fouten = _read_shapes(geometrie, plek)
    reeks = gpd.GeoSeries(vormen, crs=crs).to_crs(RD)
    fouten += _check_place(reeks, crs, plek)
    if fouten:
        raise AfgekeurdError(fouten)
    kapot = ~reeks.is_valid
    reeks[kapot] = [_polygons_of(vorm) for vorm in reeks[kapot].make_valid()]
    leeg = sorted(reeks.index[~(reeks.area > 0)])
    if leeg:
        advies = "Haal het bestand opnieuw op."
        raise AfgekeurdError([Melding(plek, f"Zonder oppervlakte ({len(leeg)}): {show_list(leeg)}.", advies=advies)])
    schoon = gpd.GeoSeries(
        shapely.coverage_clean(reeks.to_numpy(), gap_width=BREEDSTE_NAAD_M), index=reeks.index, crs=RD
    )
    dichtgemaakt = _check_covering(reeks, schoon, plek)
    vlakken = gpd.GeoDataFrame({"gm_code": schoon.index}, geometry=schoon.to_numpy(), crs=RD)
    return Gemeenten(vlakken, int(kapot.sum()), dichtgemaakt)


def make_laag(vlakken: GeoDataFrame, regio_van: Mapping[str, str], plek: str) -> Laag:
    """Return one layer: gemeenten dissolved to the region each belongs to, borders simplified once for both sides.

    Raises:
        AfgekeurdError: no simplification gives a file that is small enough and can be drawn.
    """
    regios = vlakken.assign(regio_code=vlakken["gm_code"].map(regio_van)).dissolve("regio_code")[["geometry"]]
    regios["geometry"] = [_without_specks(vorm) for vorm in regios.geometry]
    for tolerantie in TOLERANTIES_M:
        topologie = _encode(regios, tolerantie)
        tekst = json.dumps(topologie, separators=(",", ":")) + "\n"
        if len(tekst) <= GROOTSTE_LAAG and all(is_drawable(topologie)):
            return Laag(tekst, len(regios), tolerantie)
    tekst = f"De grenzen zijn niet te vereenvoudigen tot een kaart van {GROOTSTE_LAAG // 1000} kB."
    raise AfgekeurdError(
        [Melding(plek, tekst, advies="Gebruik een gegeneraliseerde indeling (gemeente_gegeneraliseerd).")]
    )


def is_drawable(topologie: Mapping[str, Any]) -> Iterator[bool]:
    """Yield per ring whether it is wound as Vega needs: clockwise outside, counter-clockwise for a hole.

    Vega reads the other direction as everything but the region, and fills the whole map.
    """
    for gebied in topologie["objects"][OBJECT]["geometries"]:
        delen = [gebied["arcs"]] if gebied["type"] == "Polygon" else gebied["arcs"]
        for deel in delen:
            for nummer, ring in enumerate(deel):
                oppervlakte = _signed_area(ring_points(topologie, ring))
                yield oppervlakte < 0 if nummer == 0 else oppervlakte > 0


def ring_points(topologie: Mapping[str, Any], ring: Sequence[int]) -> list[tuple[int, int]]:
    """Return the points of a ring on the grid of the file; a negative number is an arc walked backwards."""
    punten: list[tuple[int, int]] = []
    for nummer in ring:
        x = y = 0
        boog = []
        for dx, dy in topologie["arcs"][nummer if nummer >= 0 else ~nummer]:
            x, y = x + dx, y + dy
            boog.append((x, y))
        punten += boog if nummer >= 0 else boog[::-1]
    return punten


def show_list(codes: Sequence[str], meeste: int = 10) -> str:
    """Return the first codes, and how many more there are."""
    rest = len(codes) - meeste
    return ", ".join(codes[:meeste]) + (f" en nog {rest}" if rest > 0 else "")


def _read_shapes(geometrie: Mapping[str, object], plek: str) -> tuple[dict[str, Any], list[Melding]]:
    """Return the polygons by code, and one message per kind of failure."""
    import shapely
    from shapely.geometry import shape  # type: ignore[import-untyped]

    vormen: dict[str, Any] = {}
    geen_vlak, onleesbaar = [], []
    for code, geo in sorted(geometrie.items()):
        if not isinstance(geo, dict) or geo.get("type") not in ("Polygon", "MultiPolygon"):
            geen_vlak.append(code)
            continue
        try:
            vorm = shapely.force_2d(shape(geo))
        except Exception:  # damaged coordinates raise anything from TypeError to GEOSException
            onleesbaar.append(code)
            continue
        if vorm.is_empty:
            onleesbaar.append(code)
        else:
            vormen[code] = vorm
    fouten = []
    if geen_vlak:
        advies = "Alleen Polygon en MultiPolygon zijn toegestaan."
        fouten.append(Melding(plek, f"Geen vlak ({len(geen_vlak)}): {show_list(geen_vlak)}.", advies=advies))
    if onleesbaar:
        advies = "Haal het bestand opnieuw op."
        fouten.append(Melding(plek, f"Onleesbaar vlak ({len(onleesbaar)}): {show_list(onleesbaar)}.", advies=advies))
    return vormen, fouten


def _check_place(reeks: GeoSeries, crs: str, plek: str) -> list[Melding]:
    """Return one message when shapes lie outside the Netherlands (or nowhere at all)."""
    west, zuid, oost, noord = NEDERLAND
    grenzen = reeks.bounds
    binnen = (grenzen.minx >= west) & (grenzen.miny >= zuid) & (grenzen.maxx <= oost) & (grenzen.maxy <= noord)
    buiten = sorted(reeks.index[~binnen])
    if not buiten:
        return []
    advies = (
        f"De coördinaten zijn gelezen als {crs}. Rijksdriehoek (EPSG:28992) moet in het bestand staan; "
        "zonder vermelding zijn het lengte- en breedtegraden."
    )
    return [Melding(plek, f"Buiten Nederland ({len(buiten)}): {show_list(buiten)}.", advies=advies)]


def _polygons_of(vorm: Any) -> Any:  # noqa: ANN401 - shapely is not typed
    """Return only the polygons of a repaired shape, which may hold the lines that were left over."""
    import shapely

    delen = shapely.get_parts(shapely.get_parts(vorm))
    return shapely.union_all(delen[shapely.get_type_id(delen) == shapely.GeometryType.POLYGON])


def _check_covering(reeks: GeoSeries, schoon: GeoSeries, plek: str) -> int:
    """Return the area of the gaps that were closed, in m².

    Raises:
        AfgekeurdError: gemeenten overlap, or leave gaps, over more than a stated area.
    """
    land = reeks.union_all().area
    overlap = float(reeks.area.sum() - land)
    naden = max(0.0, float(schoon.area.sum() - land))
    verschil = (schoon.area - reeks.area).abs()
    waar = show_list([str(code) for code in verschil.sort_values(ascending=False).index], 3)
    advies = "Haal het bestand opnieuw op; gemeenten van verschillende jaren of schalen passen niet aan elkaar."
    fouten = [
        Melding(plek, f"{wat} {_km2(m2)} km²; hoogstens {_km2(meeste)} km² (onder meer bij {waar}).", advies=advies)
        for wat, m2, meeste in (
            ("Gemeenten overlappen elkaar over", overlap, MEESTE_OVERLAP_M2),
            ("Tussen gemeenten zitten naden van samen", naden, MEESTE_NADEN_M2),
        )
        if m2 > meeste
    ]
    if fouten:
        raise AfgekeurdError(fouten)
    return round(naden)


def _km2(vierkante_meters: float) -> str:
    tienden = (round(vierkante_meters) + 50_000) // 100_000
    return f"{tienden // 10},{tienden % 10}"


def _without_specks(vorm: Any) -> Any:  # noqa: ANN401 - shapely is not typed
    """Return the shape without islands too small to see; the largest part always stays."""
    import shapely

    delen = shapely.get_parts(vorm)
    oppervlakten = shapely.area(delen)
    houdbaar = (oppervlakten >= KLEINSTE_EILAND_M2) | (oppervlakten == oppervlakten.max())
    return shapely.union_all(delen[houdbaar]) if not houdbaar.all() else vorm


def _encode(regios: GeoDataFrame, tolerantie_m: int) -> dict[str, Any]:
    """Return the TopoJSON of one layer, in degrees, with `regio_code` as its only property.

    Simplified as one covering: simplifying border by border (Douglas-Peucker) makes borders cross.
    """
    import shapely
    from topojson.core.topology import Topology

    vereenvoudigd = regios.set_geometry(
        shapely.coverage_simplify(regios.geometry.to_numpy(), tolerantie_m), crs=regios.crs
    )
    graden = vereenvoudigd.to_crs(LENGTE_BREEDTE).reset_index()
    topologie: dict[str, Any] = Topology(graden, prequantize=RASTER, object_name=OBJECT).to_dict()
    for gebied in topologie["objects"][OBJECT]["geometries"]:
        gebied.pop("id", None)
    return topologie


def _signed_area(punten: Sequence[tuple[int, int]]) -> int:
    """Return twice the area of a ring: positive when it runs counter-clockwise."""
    volgende = [*punten[1:], *punten[:1]]
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(punten, volgende, strict=True))
