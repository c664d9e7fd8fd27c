"""A publication of twenty made-up regions, each with its own WGO: healthy but for what a test changes."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path

import duckdb

from pipelines.afspraken import plekken
from pipelines.afspraken.codelijsten import fill_codelijst
from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, Indicator, load_indicatoren
from pipelines.afspraken.warehouse.verbinding import KLEINE_BLOKKEN, insert_rows, quote_path

SCHEMA = Path(__file__).parents[3] / "pipelines" / "publicatie" / "publicatie.sql"
REGIOS = tuple(f"RA90{nummer:02d}" for nummer in range(1, 21))
Rijen = Sequence[tuple[object, ...]]
TABELLEN = ("doelen", "acties", "regeltoetsen", "verschillen", "breuken", "verhalen")


def wgo_of(regio: str) -> str:
    """Return the WGO of a made-up region."""
    return f"WGO9{regio[-2:]}"


def figure(
    indicator: str, regio: str, periode: str, waarde: float | None, *, marge: float | None = None, **anders: object
) -> tuple[object, ...]:
    """Return one row of table waarneming: what differs from a delivered figure by the name of its column."""
    niveau = "land" if regio == "NL01" else "wgo" if regio.startswith("WGO") else "arbeidsmarktregio"
    onder, boven = (None, None) if waarde is None or marge is None else (waarde - marge, waarde + marge)
    velden: dict[str, object] = {
        "indicator_id": indicator, "categorie": "", "uitsplitsing": "", "regio_code": regio, "niveau": niveau,
        "branche_code": "TOTAAL", "periode": periode, "schatting": "", "herkomst": "levering", "peildatum": None,
        "waarde": waarde, "waarde_tot": None, "standaardfout": None, "onder": onder, "boven": boven, "teller": None,
        "noemer": None, "n": None, "status": "beschikbaar", "is_voorlopig": False, "levering_id": f"bron/{periode}",
    }  # fmt: skip
    assert anders.keys() <= velden.keys()
    return tuple((velden | anders).values())


def healthy(regio: str) -> dict[tuple[str, str, str], tuple[object, ...]]:
    """Return the figures of a region where nothing is the matter, by indicator, region and period."""
    wgo = wgo_of(regio)
    rijen = [
        figure("dekkingsgraad", regio, "2020", 0.60),
        figure("dekkingsgraad", regio, "2021", 0.64),
        figure("verzuim", regio, "2020", 0.070),
        figure("verzuim", regio, "2021", 0.065),
        figure("rapportcijfer", wgo, "2021", 7.3, schatting="gewogen", marge=0.4, n=40),
    ]
    return {(str(r[0]), str(r[3]), str(r[6])): r for r in rijen}


NATIONAL = (
    figure("dekkingsgraad", "NL01", "2020", 0.60),
    figure("dekkingsgraad", "NL01", "2021", 0.65),
    figure("verzuim", "NL01", "2020", 0.070),
    figure("verzuim", "NL01", "2021", 0.066),
    figure("rapportcijfer", "NL01", "2021", 7.3, schatting="gewogen", marge=0.1, n=300),
)
INDICATOREN = (
    ("dekkingsgraad", 1, "Dekkingsgraad", "aandeel", "hoger", "personen_en_werkgevers"),
    ("verzuim", 2, "Ziekteverzuim", "aandeel", "lager", ""),
    ("rapportcijfer", 3, "Rapportcijfer", "cijfer", "hoger", ""),
    ("sectorplanplus", 4, "SectorplanPlus", "personen", "hoger", ""),
)


def target(regio: str) -> tuple[object, ...]:
    """Return an ambition: dekkingsgraad from 60 % in 2020 to 68 % in 2024, so 62 % in 2021."""
    return ("dekkingsgraad", regio, 2020, 0.60, 2024, 0.68, "RAAT 2020")


def action(regio: str, **anders: object) -> tuple[object, ...]:
    """Return an action that runs until the end of 2023 and works on verzuim."""
    velden: dict[str, object] = {
        "actie_id": f"A-{regio}", "regio_code": regio, "actielijn": "werken", "soort": "anders",
        "titel": f"Samen roosteren {regio}", "indicator_id": "verzuim", "beoogd_effect": -0.005,
        "trekker": "ziekenhuis", "start": date(2021, 1, 15), "eind": date(2023, 12, 31), "status": "loopt",
    }  # fmt: skip
    return tuple((velden | anders).values())


def write(
    pad: Path,
    figuren: Rijen,
    *,
    publicatie_id: str = "20230601T120000Z-00000000",
    gemaakt: datetime = datetime(2023, 6, 1, 12),
    **tabellen: Rijen,
) -> None:
    """Write a publication file with these rows, in the tables of the real one; the same rows are written once.

    `tabellen` are the rows of the other tables, by what they are of: see `TABELLEN`.
    """
    assert tabellen.keys() <= set(TABELLEN)
    rijen = {naam: tabellen.get(naam, ()) for naam in TABELLEN}
    inhoud = repr((figuren, rijen, publicatie_id, gemaakt))
    bekend = _folder() / f"{hashlib.sha256(inhoud.encode()).hexdigest()}.duckdb"
    if not bekend.exists():
        _write(bekend, figuren, rijen, publicatie_id, gemaakt)
    shutil.copyfile(bekend, pad)


@cache
def _folder() -> Path:
    """Return where publications of these tests are kept, until this process ends."""
    map_ = Path(tempfile.mkdtemp(prefix="rm-gesprek-"))
    atexit.register(shutil.rmtree, map_, ignore_errors=True)
    return map_


def _write(pad: Path, figuren: Rijen, rijen: Mapping[str, Rijen], publicatie_id: str, gemaakt: datetime) -> None:
    with duckdb.connect(config={"threads": 1}) as con:
        con.execute(f"attach {quote_path(pad)} as pub ({KLEINE_BLOKKEN})")
        con.execute("use pub")
        con.execute(SCHEMA.read_text(encoding="utf-8"))
        fill_codelijst(con, "codelijst")
        con.execute(
            "insert into publicatie values (?, ?, '0.1.0', ?, ?, 0, 4, 1)",
            [publicatie_id, gemaakt, publicatie_id[-8:] * 8, len(figuren)],
        )
        _insert(con, "waarneming", figuren)
        _insert(con, "periode", [(j, "jaar", j, date(int(j), 1, 1), date(int(j), 12, 31)) for j in ("2020", "2021")])
        _insert(con, "branche", [("TOTAAL", 0, "Zorg en welzijn", "Totaal", None, "")])
        _insert(con, "regio", [("NL01", "land", "Nederland", None, None, None, "hoog", None, None)])
        namen = {code: f"Regio {int(code[-2:])}" for code in REGIOS}
        regios = [(c, "arbeidsmarktregio", naam, None, None, None, "hoog", None, None) for c, naam in namen.items()]
        regios += [(wgo_of(c), "wgo", f"WGO {naam}", None, None, None, "hoog", None, None) for c, naam in namen.items()]
        _insert(con, "regio", regios)
        _insert(con, "regio_lid", [(code, wgo_of(code), date(2018, 1, 1), None, "hoog") for code in REGIOS])
        _insert(
            con,
            "indicator",
            [(i, v, t, f"{t}?", "", "", e, r, "doel", "", "", "", True, g, False) for i, v, t, e, r, g in INDICATOREN],
        )
        # As the catalogue has it: the order of a talk, and which figures are those of a national programme.
        plekken.fill_kaartplek(con, "kaartplek", _catalogus())
        _insert(con, "levering", [(f"bron/{j}", "proef", "cel", "cel.csv", "", 1, 1, "levering", "De bron", j,
                                   date(2023, 1, 1), "tabel 1", "", "") for j in ("2020", "2021")])  # fmt: skip
        tabellen = {"doelen": "doel", "acties": "actie", "regeltoetsen": "regeltoets", "breuken": "trendbreuk",
                    "verhalen": "verhaal"}  # fmt: skip
        for naam, tabel in tabellen.items():
            _insert(con, tabel, rijen[naam])
        kolommen = "indicator_id, categorie, soort, regio_code, periode, periode_vorig, verschil, oordeel, herkomst"
        insert_rows(con, f"verschil ({kolommen})", rijen["verschillen"])


@cache
def _catalogus() -> Mapping[str, Indicator]:
    return load_indicatoren(INDICATORS_YML, load_bronnen())


def _insert(con: duckdb.DuckDBPyConnection, tabel: str, rijen: Rijen) -> None:
    breedte = len(con.execute(f"describe {tabel}").fetchall())
    # Columns at the end that a row does not name stay empty.
    insert_rows(con, tabel, [(*rij, *[None] * (breedte - len(rij))) for rij in rijen])


def write_test_bed(pad: Path, anders: Mapping[str, Mapping[str, Rijen]], *, herkomst: str = "levering") -> None:
    """Write the twenty regions; `anders` replaces, per region, figures or a whole table of that region."""
    figuren: list[tuple[object, ...]] = [*NATIONAL]
    tabellen: dict[str, list[tuple[object, ...]]] = {
        naam: [] for naam in ("doelen", "acties", "regeltoetsen", "verschillen", "breuken", "verhalen")
    }
    for regio in REGIOS:
        eigen, wijzig = healthy(regio), anders.get(regio, {})
        eigen |= {(str(r[0]), str(r[3]), f"{r[6]}{r[1]}"): r for r in wijzig.get("figuren", ())}
        for sleutel in wijzig.get("zonder", ()):
            del eigen[sleutel]  # type: ignore[arg-type]
        figuren += [(*r[:8], herkomst, *r[9:]) for r in eigen.values()]
        gewoon: dict[str, Rijen] = {
            "doelen": [target(regio)],
            "acties": [action(regio)],
            "regeltoetsen": [("minimum_20", 2021, wgo_of(regio), 0.2, 0.25, "voldoet", "")],
            "verschillen": [("rapportcijfer", "", "regio_rest", wgo_of(regio), "2021", None, 0.0, "geen_verschil",
                             herkomst)],
        }  # fmt: skip
        for naam, rijen in tabellen.items():
            rijen += wijzig.get(naam, gewoon.get(naam, ()))
    write(pad, figuren, **tabellen)
