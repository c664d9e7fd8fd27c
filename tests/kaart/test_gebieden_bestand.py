"""The map from a file: every fault in it is told, and what is small is mended."""

from __future__ import annotations

import copy
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from pdok import AANTALLEN, RD_CRS, ROOT, failures, polygons, read_layer, write

from pipelines.kaart import geojson
from pipelines.kaart.gebieden import fetch_gebieden


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
