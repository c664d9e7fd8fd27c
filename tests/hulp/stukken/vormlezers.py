"""Every form of open data read back by what reads such a form: the same figures come out of each."""

from __future__ import annotations

import csv
import io
import itertools
import json
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pyarrow.parquet as pq
from lxml import etree

from app.taal import kolommen
from app.uitgave.velden import NAMEN

Cijfer = tuple[str, str, str, str, float | None, str]
_ODF = {
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}


def machine(inhoud: bytes) -> list[dict[str, Any]]:
    """Return the rows of a CSV for programs."""
    return list(csv.DictReader(io.StringIO(inhoud.decode())))


def dutch(inhoud: bytes) -> list[dict[str, Any]]:
    """Return the rows of a Dutch CSV, numbers with a point."""
    return [
        {naam: veld.replace(",", ".") if naam == "waarde" else veld for naam, veld in rij.items()}
        for rij in csv.DictReader(io.StringIO(inhoud.decode("utf-8-sig")), delimiter=";")
    ]


def sheet(inhoud: bytes) -> list[dict[str, Any]]:
    """Return the rows of the table in a workbook."""
    blad = openpyxl.load_workbook(io.BytesIO(inhoud))["Gegevens"]
    koppen, *rijen = list(blad.iter_rows(min_row=3, values_only=True))
    return [dict(zip(map(_column, koppen), rij, strict=True)) for rij in rijen]


def _column(kop: Any) -> str:
    """Return the name that programs have for a heading in words."""
    return next((naam for naam in NAMEN if kolommen.heading(naam) == kop), str(kop))


def opendocument(inhoud: bytes) -> list[dict[str, Any]]:
    """Return the rows of the table in an OpenDocument spreadsheet."""
    boom = etree.fromstring(zipfile.ZipFile(io.BytesIO(inhoud)).read("content.xml"))
    rijen = boom.xpath("//table:table[@table:name='Gegevens']//table:table-row", namespaces=_ODF)[2:]
    koppen, *regels = [[_odf_value(cel) for cel in rij] for rij in rijen]
    return [dict(zip(map(_column, koppen), regel, strict=True)) for regel in regels]


def _odf_value(cel: Any) -> Any:
    naam = f"{{{_ODF['office']}}}"
    soort = cel.get(f"{naam}value-type")
    if soort in ("float", "percentage"):
        return float(cel.get(f"{naam}value"))
    return cel.get(f"{naam}date-value") if soort == "date" else "".join(cel.itertext())


def sdmx(inhoud: bytes) -> list[dict[str, Any]]:
    """Return the rows of an SDMX-CSV under our own names."""
    namen = {"INDICATOR": "indicator_id", "REF_AREA": "regio_code", "BRANCHE": "branche_code", "OBS_VALUE": "waarde"}
    rijen = [{namen.get(k, k.lower()): v for k, v in rij.items()} for rij in machine(inhoud)]
    return [{k: "" if v == "_Z" else v for k, v in rij.items()} for rij in rijen]


def jsonstat(inhoud: bytes) -> list[dict[str, Any]]:
    """Return a row per place of the cube with a figure or a status, walked as the standard has it."""
    kubus = json.loads(inhoud)
    assen = [kubus["dimension"][naam]["category"]["index"] for naam in kubus["id"]]
    assert [len(as_) for as_ in assen] == kubus["size"]
    rijen: dict[tuple[str, ...], dict[str, Any]] = {}
    for plek, codes in enumerate(itertools.product(*assen)):
        waarde, status = kubus["value"].get(str(plek)), kubus["status"].get(str(plek))
        if waarde is None and status is None:
            continue
        reeks, regio, branche, periode, maat = codes
        indicator, categorie, uitsplitsing = ("" if deel == "-" else deel for deel in reeks.split("|"))
        rij = rijen.setdefault(codes[:-1], {
            "indicator_id": indicator, "categorie": categorie, "uitsplitsing": uitsplitsing, "regio_code": regio,
            "branche_code": branche, "periode": periode, "waarde": None, "status": "beschikbaar",
        })  # fmt: skip
        rij[maat] = waarde
        if status and status != "voorlopig":
            rij["status"] = status
    return list(rijen.values())


LEZERS: dict[str, Callable[[bytes], list[dict[str, Any]]]] = {
    "csv": machine,
    "nl.csv": dutch,
    "json": lambda inhoud: json.loads(inhoud)["rijen"],
    "parquet": lambda inhoud: pq.read_table(io.BytesIO(inhoud)).to_pylist(),
    "xlsx": sheet,
    "ods": opendocument,
    "sdmx.csv": sdmx,
    "jsonstat.json": jsonstat,
}


def figures(vorm: str, inhoud: bytes) -> list[Cijfer]:
    """Return (indicator, region, branch, period, value, status) of each figure in a form."""
    return [
        (r["indicator_id"], r["regio_code"], r["branche_code"], str(r["periode"]), number(r["waarde"]), r["status"])
        for r in LEZERS[vorm](inhoud)
    ]


def number(veld: object) -> float | None:
    """Return a value as a number to the fifteen digits that a spreadsheet keeps; nothing where there is none."""
    if veld in (None, ""):
        return None
    return float(f"{float(str(veld)):.14g}")
