"""The map: gemeenten of a year from PDOK or a file, checked, dissolved and stored as static TopoJSON."""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import duckdb
import yaml

from pipelines.afspraken.codelijsten import Niveau
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.afspraken.regio import load_regio
from pipelines.afspraken.schrift.veilig_yaml import load_yaml
from pipelines.kaart import geojson, kaartlagen
from pipelines.kaart.geojson import Bestand
from pipelines.kaart.kaartlagen import Gemeenten, Laag, show_list
from pipelines.ophalen import ophalen

MAP = "gebieden"
HERKOMST = "herkomst.yml"
LICENTIE = "CBS gebiedsindelingen, © CBS / Kadaster, via PDOK, CC BY 4.0"
ADRESSEN = Path(__file__).with_name("bronadressen.yml")

# Each layer: its level, and the day on which its membership holds (none: the year of the gemeenten).
LAGEN: Mapping[str, tuple[str, date | None]] = {
    "arbeidsmarktregio": (Niveau.ARBEIDSMARKTREGIO, None),
    "wgo_2018": (Niveau.WGO, date(2018, 12, 31)),
    "wgo_2021": (Niveau.WGO, date(2021, 12, 31)),
    "wgo_2022": (Niveau.WGO, date(2022, 7, 1)),
    "provincie": (Niveau.PROVINCIE, None),
}


def fetch_gebieden(
    warehouse: Path, *, jaar: int = 2023, base_url: str | None = None, file: Path | None = None, timeout: float = 30
) -> Path:
    """Fetch the gemeenten of a year, make all map layers of them, and return the folder they are in.

    `file` goes before `base_url`; without either the address in `bronadressen.yml` is used. `timeout`
    (seconds) is for the download as a whole. What was there before stays until every layer is ready.

    Raises:
        AfgekeurdError: unreachable or invalid; every failure found.
    """
    from pipelines.afspraken.warehouse.verbinding import DUCKDB_CONFIG

    with duckdb.connect(":memory:", config=DUCKDB_CONFIG) as con:
        load_regio(con)
        namen = _gemeenten_of(con, jaar)
        bestand = geojson.read_file(file) if file else geojson.download_all(_first_url(base_url, jaar), timeout)
        gemeenten = _check_gemeenten(bestand, jaar, namen)
        lagen = {
            naam: kaartlagen.make_laag(
                gemeenten.vlakken, _regio_of(con, niveau, date(jaar, 1, 1), peildatum), bestand.plek
            )
            for naam, (niveau, peildatum) in LAGEN.items()
        }
    return _store(warehouse, lagen, _describe(bestand, jaar, gemeenten, lagen))


def _gemeenten_of(con: duckdb.DuckDBPyConnection, jaar: int) -> dict[str, str]:
    """Return the names of the gemeenten of a year by code.

    Raises:
        AfgekeurdError: the reference data do not reach that year.
    """
    rijen = con.execute(
        "select regio_code, naam from regio where niveau = 'gemeente' "
        "and year(geldig_van) <= $1 and coalesce(year(geldig_tot), 9999) >= $1 order by regio_code",
        [jaar],
    ).fetchall()
    if not rijen or jaar > 9999:
        advies = "Kies een jaar vanaf 2019."
        raise AfgekeurdError([Melding(MAP, f"De gemeenten van {jaar} zijn hier niet bekend.", advies=advies)])
    return dict(rijen)


def _regio_of(con: duckdb.DuckDBPyConnection, niveau: str, dag: date, peildatum: date | None) -> dict[str, str]:
    """Return the region of each gemeente of a day; with `peildatum`, the parent of its arbeidsmarktregio then.

    Two days, because the gemeenten of one year draw the WGO's of another.
    """
    if peildatum is None:
        return _members(con, niveau, dag)
    ouder = _members(con, niveau, peildatum)
    return {gm_code: ouder[ra_code] for gm_code, ra_code in _members(con, Niveau.ARBEIDSMARKTREGIO, dag).items()}


def _members(con: duckdb.DuckDBPyConnection, niveau: str, dag: date) -> dict[str, str]:
    """Return the parent at a level of everything that belonged to one on a day."""
    rijen = con.execute(
        "select l.kind_code, l.ouder_code from regio_lid l join regio o on o.regio_code = l.ouder_code "
        "where o.niveau = $1 and coalesce(l.geldig_van, $2) <= $2 and coalesce(l.geldig_tot, $2) >= $2",
        [niveau, dag],
    ).fetchall()
    return dict(rijen)


def _first_url(base_url: str | None, jaar: int) -> str:
    """Return the address of the first page; a base that ends at the items is used as it is."""
    adres = load_yaml(ADRESSEN)["gebieden"]
    basis = (base_url or adres["basis"]).rstrip("/")
    pad = "" if basis.endswith("/items") else adres["pad"]
    return f"{basis}{pad}?{urlencode({'f': 'json', 'limit': adres['per_pagina'], 'jaarcode': jaar})}"


def _check_gemeenten(bestand: Bestand, jaar: int, namen: Mapping[str, str]) -> Gemeenten:
    """Return the covering by exactly the gemeenten that existed in the year.

    Raises:
        AfgekeurdError: what is wrong with the codes and what is wrong with the shapes, together.
    """
    codes, vormen = _select_year(bestand, jaar)
    fouten = _check_codes(codes, jaar, namen, bestand.plek)
    geometrie = {code: vorm for code, vorm in zip(codes, vormen, strict=True) if code in namen}
    gemeenten: Gemeenten | None = None
    if geometrie:
        try:
            gemeenten = kaartlagen.make_covering(geometrie, bestand.crs, bestand.plek)
        except AfgekeurdError as fout:
            fouten += fout.meldingen
    if fouten or gemeenten is None:
        raise AfgekeurdError(fouten)
    return gemeenten


def _select_year(bestand: Bestand, jaar: int) -> tuple[list[str], list[object]]:
    """Return codes and geometries of the year; features that state no year count as being of it.

    Raises:
        AfgekeurdError: nothing of that year.
    """
    codes: list[str] = []
    vormen: list[object] = []
    andere: set[str] = set()
    for feature in bestand.features:
        feature = feature if isinstance(feature, dict) else {}
        eigenschappen = feature.get("properties")
        eigenschappen = eigenschappen if isinstance(eigenschappen, dict) else {}
        jaarcode = str(eigenschappen.get("jaarcode", jaar))[:4]
        if jaarcode != str(jaar):
            andere.add(show_value(jaarcode))
            continue
        codes.append(str(eigenschappen.get("statcode", "")).strip())
        vormen.append(feature.get("geometry"))
    if not codes:
        wel = f" Wel gevonden: {show_list(sorted(andere))}." if andere else ""
        ophalen.reject(bestand.plek, f"Hierin staan geen gemeenten van {jaar}.{wel}", ophalen.ANDER_ADRES)
    return codes, vormen


def _check_codes(codes: list[str], jaar: int, namen: Mapping[str, str], plek: str) -> list[Melding]:
    """Return one message per way in which the codes differ from the gemeenten of the year."""
    aantal = Counter(codes)
    zonder = aantal.pop("", 0)
    fout = sorted(show_value(code) for code in aantal if not re.fullmatch(r"GM\d{4}", code, re.ASCII))
    onbekend = sorted(code for code in aantal if re.fullmatch(r"GM\d{4}", code, re.ASCII) and code not in namen)
    dubbel = sorted(code for code in aantal if aantal[code] > 1)
    ontbreekt = [f"{code} ({naam})" for code, naam in namen.items() if code not in aantal]
    telling = f"{jaar} heeft {len(namen)} gemeenten; hier staan er {len(codes)}."
    gevonden = [
        (zonder, f"Vlakken zonder statcode: {zonder}.", "Elk vlak heeft een gemeentecode nodig."),
        (fout, f"Codes van een andere vorm ({len(fout)}): {show_list(fout)}.", "Een code is GM met vier cijfers."),
        (onbekend, f"Codes die in {jaar} niet bestaan ({len(onbekend)}): {show_list(onbekend)}.", telling),
        (dubbel, f"Codes die er meer dan eens staan ({len(dubbel)}): {show_list(dubbel)}.", telling),
        (ontbreekt, f"Gemeenten van {jaar} die ontbreken ({len(ontbreekt)}): {show_list(ontbreekt)}.", telling),
    ]
    return [Melding(plek, tekst, kolom="statcode", advies=advies) for mis, tekst, advies in gevonden if mis]


def _describe(bestand: Bestand, jaar: int, gemeenten: Gemeenten, lagen: Mapping[str, Laag]) -> dict[str, object]:
    """Return where the map comes from, for the attribution on the screen and for who wants to check it."""
    return {
        "licentie": LICENTIE,
        "bron": bestand.herkomst,
        "jaar": jaar,
        "opgehaald": date.today(),
        "sha256": bestand.sha256,
        "gemeenten": len(gemeenten.vlakken),
        "hersteld": gemeenten.hersteld,
        "dichtgemaakt_m2": gemeenten.dichtgemaakt_m2,
        "lagen": {
            f"{naam}.topojson": {
                "gebieden": laag.regios,
                "tolerantie_m": laag.tolerantie_m,
                "sha256": hashlib.sha256(laag.topojson.encode()).hexdigest(),
            }
            for naam, laag in lagen.items()
        },
    }


def _store(warehouse: Path, lagen: Mapping[str, Laag], herkomst: Mapping[str, object]) -> Path:
    """Put the layers in place together, by renaming a whole folder; one process at a time does this."""
    warehouse.mkdir(parents=True, exist_ok=True)
    doel = warehouse / MAP
    with (warehouse / ".gebieden.lock").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        for oud in warehouse.glob(".gebieden-*"):
            shutil.rmtree(oud, ignore_errors=True)
        werk = Path(tempfile.mkdtemp(prefix=".gebieden-", dir=warehouse))
        nieuw, vorig = werk / "nieuw", werk / "vorig"
        try:
            nieuw.mkdir()
            for naam, laag in lagen.items():
                (nieuw / f"{naam}.topojson").write_text(laag.topojson, encoding="utf-8")
            beschrijving = yaml.safe_dump(dict(herkomst), allow_unicode=True, sort_keys=False, width=120)
            (nieuw / HERKOMST).write_text(beschrijving, encoding="utf-8")
            if doel.exists():
                doel.rename(vorig)
            nieuw.rename(doel)
        finally:
            if not doel.exists() and vorig.exists():
                vorig.rename(doel)
            shutil.rmtree(werk, ignore_errors=True)
    return doel
