"""Hidden figures in files that were written of a publication: open data, documents, a list of changes.

A file is rows of cells, or lines of text. A row is about a hidden cell when it names its indicator (or the file does),
region, branche and period; then nothing may stand where figures stand. A line may not name all four and hold another
number, nor hold a hidden count beside the name of its branche or region in a file about that region. Of a document
that cannot be read here nothing is said but that.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.aanval.aanval import Plek
from pipelines.aanval.bevinding import Bevinding
from pipelines.aanval.gezien import TIEN
from pipelines.afspraken.codelijsten import TOTAAL, Herkomst

# Columns with a figure, in the data of the project and in SDMX.
CIJFERS = frozenset({
    "waarde", "waarde_tot", "cijfer", "teller", "noemer", "n", "onder", "boven", "standaardfout", "obs_value",
    "obs_value_tot", "verschil", "berekend", "bijdrage", "nulwaarde",
})  # fmt: skip
# Counts that occur by chance are smaller; those in tens more easily so.
KLEINSTE, KLEINSTE_IN_TIENTALLEN = 100, 1000
_GETAL = re.compile(r"(?<![\w.,-])\d{1,3}(?:\.\d{3})+(?![\w-]|\.\d)|(?<![\w.,-])\d+(?![\w-]|[.,]\d)")
_KANTOOR = (".docx", ".pptx", ".xlsx", ".ods")
_TEKST = (".md", ".txt", ".html", ".svg", ".xml", ".atom", ".yml", ".typ", ".ttl", ".jsonld")
Rij = Mapping[str, str]


class Geheim(NamedTuple):
    """One hidden cell: how it is told, the names it goes by, and its true counts where those are known."""

    reeks: tuple[str, str, str, str]
    plek: Plek
    titel: str
    namen: tuple[str, str]
    aantallen: tuple[float, ...]


def read_secrets(pub: duckdb.DuckDBPyConnection, werk: duckdb.DuckDBPyConnection | None) -> list[Geheim]:
    """Return the cells that a publication hides, with their true counts."""
    waar: dict[tuple[str, ...], tuple[float, ...]] = {}
    for *sleutel, teller, noemer in werk.execute(_WAAR).fetchall() if werk is not None else ():
        waar[tuple(sleutel)] = tuple(x for x in (teller, noemer, noemer and teller and noemer - teller) if x)
    return [
        Geheim((i, u, h, p), (r, b), titel, (regio, branche), waar.get((i, u, h, p, r, b), ()))
        for i, u, h, p, r, b, titel, regio, branche in pub.execute(_VERBORGEN).fetchall()
    ]


def find_in_files(map_: Path, geheim: Collection[Geheim]) -> tuple[list[Bevinding], list[Path]]:
    """Return what the files of this folder say of hidden cells, in a fixed order, and which could not be read."""
    gevonden: dict[tuple[object, ...], Bevinding] = {}
    ongelezen = []
    per_sleutel: dict[tuple[str, ...], list[Geheim]] = defaultdict(list)
    for cel in geheim:
        per_sleutel[(cel.reeks[0], cel.reeks[3], *cel.plek)].append(cel)
    for pad in sorted(p for p in map_.rglob("*") if p.is_file()):
        try:
            rijen, regels = _read(pad)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile, ET.ParseError, pa.ArrowException, UnicodeError):
            ongelezen.append(pad)
            continue
        for cel, waar in (*_in_rows(pad, rijen, per_sleutel), *_in_lines(regels, geheim)):
            tekst = f"staat in {pad.relative_to(map_).as_posix()}, {waar}"
            gevonden.setdefault(
                (cel.reeks, cel.plek, pad), Bevinding(cel.reeks, cel.plek, "waarde", tekst, is_elders=True)
            )
    return [gevonden[sleutel] for sleutel in sorted(gevonden, key=repr)], ongelezen


def _in_rows(
    pad: Path, rijen: Sequence[Rij], geheim: Mapping[tuple[str, ...], Sequence[Geheim]]
) -> Iterator[tuple[Geheim, str]]:
    """Yield the hidden cells with a figure in a row about them, and in which one."""
    van_bestand = pad.name.split(".")[0]
    for nummer, rij in enumerate(rijen, start=1):
        regio = rij.get("regio_code") or rij.get("ref_area") or rij.get("wgo_code", "")
        indicator = rij.get("indicator_id") or rij.get("indicator") or van_bestand
        branche = rij.get("branche_code") or rij.get("branche") or TOTAAL
        perioden = [rij.get("periode") or rij.get("time_period", ""), rij.get("periode_vorig", "")]
        gevuld = [k for k in rij.keys() & CIJFERS if re.search(r"\d", rij[k])]
        for periode in perioden if gevuld else ():
            for cel in geheim.get((indicator, periode, regio, branche), ()):
                herkomst = rij.get("herkomst", "").lower()
                if rij.get("uitsplitsing", "").strip("_Z") == cel.reeks[1] and _same_origin(herkomst, cel.reeks[2]):
                    yield cel, f"rij {nummer}, kolom {min(gevuld)}"


def _same_origin(gelezen: str, herkomst: str) -> bool:
    """Return whether a row says to be of this origin: made-up figures are told apart, what others publish is known."""
    if not gelezen:
        return True
    return gelezen == herkomst or (herkomst == Herkomst.SYNTHETISCH and gelezen.startswith("voorbeeld"))


def _in_lines(regels: Sequence[str], geheim: Collection[Geheim]) -> Iterator[tuple[Geheim, str]]:
    """Yield the hidden cells that a line of text gives away, and in which one."""
    alles = "\n".join(regels)
    per_regio: dict[tuple[str, str], list[int]] = {}
    per_getal: dict[str, list[int]] = defaultdict(list)
    for nummer, regel in enumerate(regels):
        for getal in set(_GETAL.findall(regel)):
            per_getal[getal.replace(".", "")].append(nummer)
    for cel in geheim:
        if not any(naam in alles for naam in (cel.plek[0], cel.namen[0])):
            continue
        woorden = (*(cel.plek if cel.plek[1] != TOTAAL else cel.plek[:1]), *cel.namen)
        for aantal in _as_written(cel.aantallen):
            for nummer in per_getal.get(aantal, ()):
                if any(woord in regels[nummer] for woord in woorden):
                    yield cel, f"regel {nummer + 1}"
        regio = (cel.plek[0], cel.namen[0])
        if regio not in per_regio:
            per_regio[regio] = [n for n, regel in enumerate(regels) if any(naam in regel for naam in regio)]
        yield from ((cel, f"regel {n + 1}") for n in per_regio[regio] if _tells(regels[n], cel))


def _tells(regel: str, cel: Geheim) -> bool:
    """Return whether a line names this cell of a branche in full, and holds a number besides."""
    namen = (cel.plek[:1] + cel.namen[:1], cel.plek[1:] + cel.namen[1:], (cel.reeks[0], cel.titel), (cel.reeks[3],))
    if cel.plek[1] == TOTAAL or not all(any(naam in regel for naam in paar) for paar in namen):
        return False
    for naam in sorted((naam for paar in namen for naam in paar), key=len, reverse=True):
        regel = regel.replace(naam, " ")
    return re.search(r"\d", regel) is not None


def _as_written(aantallen: Sequence[float]) -> set[str]:
    """Return how these counts could stand in a sentence: on the person, and in tens."""
    uit = {f"{x:.0f}" for x in aantallen if x >= KLEINSTE}
    return uit | {f"{(x + TIEN / 2) // TIEN * TIEN:.0f}" for x in aantallen if x >= KLEINSTE_IN_TIENTALLEN}


def _read(pad: Path) -> tuple[list[Rij], list[str]]:
    """Return the rows of cells, and the lines of text, of one file.

    Raises:
        ValueError: this kind of file is not read here.
    """
    naam = pad.name.lower()
    if naam.endswith(".parquet"):
        tabel = pq.ParquetFile(pad).read()
        kop = [kolom.lower() for kolom in tabel.column_names]
        return [_row(kop, rij) for rij in zip(*(k.to_pylist() for k in tabel.columns), strict=True)], []
    if naam.endswith(_KANTOOR):
        regels = _office_lines(pad)
        kop = [cel.lower() for cel in next((r for r in regels if "regio_code" in r), [])]
        return [_row(kop, rij) for rij in regels] if kop else [], [] if kop else [" ".join(rij) for rij in regels]
    if naam.endswith(".pdf"):
        return [], _pdf_lines(pad)
    if naam.endswith((".csv", *_TEKST, ".json")):
        tekst = pad.read_text(encoding="utf-8-sig")
        if naam.endswith(".csv"):
            scheiding = ";" if tekst[: tekst.find("\n")].count(";") else ","
            kop, *rijen = csv.reader(io.StringIO(tekst), delimiter=scheiding)
            gelezen = [_row([k.lower() for k in kop], rij) for rij in rijen]
            return gelezen, [] if {"regio_code", "ref_area"} & {k.lower() for k in kop} else tekst.splitlines()
        if naam.endswith(".json"):
            inhoud = json.loads(tekst)
            return list(_records(inhoud)), list(_strings(inhoud))
        return [], re.sub(r"<[^>]*>", " ", tekst).splitlines()
    raise ValueError(pad.suffix)


def _row(kop: Sequence[str], rij: Sequence[Any]) -> Rij:
    return {k: "" if v is None else str(v) for k, v in zip(kop, rij, strict=False)}


def _records(inhoud: Any) -> Iterator[Rij]:  # noqa: ANN401
    """Yield every object about a region, however deep."""
    if isinstance(inhoud, dict):
        if inhoud.get("class") == "dataset":
            yield from _cube(inhoud)
            return
        if "regio_code" in inhoud:
            yield _row([str(k).lower() for k in inhoud], list(inhoud.values()))
        inhoud = list(inhoud.values())
    if isinstance(inhoud, list):
        for deel in inhoud:
            yield from _records(deel)


def _cube(inhoud: Mapping[str, Any]) -> Iterator[Rij]:
    """Yield every value of a JSON-stat dataset with its place in each dimension."""
    namen = [_ALS_KOLOM.get(naam, naam) for naam in inhoud["id"]]
    assen = []
    for naam in inhoud["id"]:
        volgorde = inhoud["dimension"][naam]["category"]["index"]
        assen.append(sorted(volgorde, key=lambda code: volgorde[code]) if isinstance(volgorde, dict) else volgorde)
    waarden = inhoud["value"]
    for plaats, codes in enumerate(product(*assen)):
        waarde = waarden.get(str(plaats)) if isinstance(waarden, dict) else waarden[plaats]
        rij = {**_row([*namen, "waarde"], [*codes, waarde])}
        indicator, _, uitsplitsing = (rij.pop("reeks", "") + "||").split("|")[:3]
        yield rij | {"indicator_id": indicator, "uitsplitsing": uitsplitsing.strip("-")}


_ALS_KOLOM = {"regio": "regio_code", "branche": "branche_code"}


def _strings(inhoud: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield every text in a JSON file."""
    if isinstance(inhoud, str) and " " in inhoud:
        yield inhoud
    for deel in inhoud.values() if isinstance(inhoud, dict) else inhoud if isinstance(inhoud, list) else ():
        yield from _strings(deel)


def _office_lines(pad: Path) -> list[list[str]]:
    """Return the paragraphs, rows of tables and rows of sheets of an office document, each as cells of text."""
    if pad.suffix.lower() == ".xlsx":
        from openpyxl import load_workbook

        boek = load_workbook(pad, read_only=True, data_only=True)
        try:
            rijen = [rij for blad in boek for rij in blad.iter_rows(values_only=True)]
        finally:
            boek.close()
        return [["" if v is None else str(v) for v in rij] for rij in rijen]
    uit: list[list[str]] = []
    with zipfile.ZipFile(pad) as pakket:
        for deel in sorted(n for n in pakket.namelist() if n.endswith(".xml")):
            # Made by ourselves: no entities of others.
            wortel = ET.fromstring(pakket.read(deel))  # noqa: S314
            cellen = {c for rij in wortel.iter() if _tag(rij) in _RIJ for c in rij.iter()}
            uit += [[_text(c) for c in rij if _tag(c) in _CEL] for rij in wortel.iter() if _tag(rij) in _RIJ]
            uit += [[_text(p)] for p in wortel.iter() if _tag(p) in ("p", "v") and p not in cellen]
    return [rij for rij in uit if any(rij)]


_RIJ, _CEL = ("tr", "table-row"), ("tc", "table-cell")


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: ET.Element) -> str:
    return "".join(element.itertext()).strip()


def _pdf_lines(pad: Path) -> list[str]:
    """Return the lines of a PDF."""
    from pypdf import PdfReader

    return [regel for pagina in PdfReader(pad).pages for regel in pagina.extract_text().splitlines()]


_VERBORGEN = """
select distinct w.indicator_id, w.uitsplitsing, w.herkomst, w.periode, w.regio_code, w.branche_code, i.titel, r.naam,
       b.naam
from waarneming w join indicator i using (indicator_id)
left join (select regio_code, min(naam) as naam from regio group by 1) r using (regio_code)
left join (select branche_code, min(naam) as naam from branche group by 1) b using (branche_code)
where w.status = 'onderdrukt' order by all
"""
_WAAR = """
select indicator_id, uitsplitsing, herkomst, periode, regio_code, branche_code, teller, noemer from cel_exact
"""
