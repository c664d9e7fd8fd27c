"""Map layers of made-up squares, one per region that a publication has, as `fetch gebieden` stores them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb

WGO_LAGEN = {"wgo_2018": date(2018, 12, 31), "wgo_2021": date(2021, 12, 31), "wgo_2022": date(2022, 7, 1)}


def write_layers(warehouse: Path) -> Path:
    """Write the five layers of the regions in this warehouse's publication, and return their folder."""
    map_ = warehouse / "gebieden"
    map_.mkdir()
    (map_ / "herkomst.yml").write_text("licentie: proef\n", encoding="utf-8")
    with duckdb.connect(str(warehouse / "publicatie.duckdb"), read_only=True) as con:
        for naam in ("arbeidsmarktregio", "provincie"):
            _write(
                map_, naam, con.execute("select regio_code from regio where niveau = ? order by 1", [naam]).fetchall()
            )
        for naam, dag in WGO_LAGEN.items():
            vraag = (
                "select distinct ouder_code from regio_lid where kind_code like 'RA%' and ouder_code like 'WGO%' "
                "and coalesce(geldig_van, $1) <= $1 and coalesce(geldig_tot, $1) >= $1 order by 1"
            )
            _write(map_, naam, con.execute(vraag, [dag]).fetchall())
    return map_


def _write(map_: Path, naam: str, codes: list[tuple[str]]) -> None:
    """Write squares of 0.5 by 0.3 degrees, six on a row, wound clockwise as Vega needs."""
    bogen, gebieden = [], []
    for nummer, (code,) in enumerate(codes):
        x, y = nummer % 6 * 500, nummer // 6 * 300
        bogen.append([[x, y], [0, 300], [500, 0], [0, -300], [-500, 0]])
        gebieden.append({"type": "Polygon", "properties": {"regio_code": code}, "arcs": [[nummer]]})
    topologie = {
        "type": "Topology",
        "transform": {"scale": [0.001, 0.001], "translate": [4.0, 51.0]},
        "objects": {"gebieden": {"type": "GeometryCollection", "geometries": gebieden}},
        "arcs": bogen,
    }
    (map_ / f"{naam}.topojson").write_text(json.dumps(topologie), encoding="utf-8")
