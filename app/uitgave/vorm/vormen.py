"""The forms of a table: each a function from the same table to bytes, the same bytes for the same table."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.beeld.tabel import namen, opendocument, werkblad
from app.beeld.tabel.kantoorbestand import repack
from app.taal.opmaak import csv_bestand, csv_programma, publicatie_tekst
from app.uitgave.tabel import Cijfertabel
from app.uitgave.velden import NAMEN, VELDEN, Rij, Soort
from app.uitgave.vorm import jsonstat, sdmx


@dataclass(frozen=True, slots=True)
class Vorm:
    """One form: its extension, its name, its media type, what it is for in a few words, and how it is made.

    `is_plat`: a row per figure under the names of velden, so that a schema of columns describes it.
    """

    naam: str
    titel: str
    mime: str
    uitleg: str
    write: Callable[[Cijfertabel], bytes]
    is_plat: bool = False


def to_csv(tabel: Cijfertabel) -> bytes:
    """Return a CSV for a program: UTF-8, commas, decimal points, true and false."""
    return csv_programma(NAMEN, tabel.rijen)


def to_dutch_csv(tabel: Cijfertabel) -> bytes:
    """Return a CSV that a Dutch spreadsheet opens with a double click."""
    return csv_bestand(NAMEN, tabel.rijen)


def to_json(tabel: Cijfertabel) -> bytes:
    """Return the table as one object: what it is, its columns, and a row per figure; null where there is nothing."""
    inhoud = describe(tabel) | {"rijen": [as_object(rij) for rij in tabel.rijen]}
    return dumps(inhoud)


def describe(tabel: Cijfertabel) -> dict[str, object]:
    """Return what a table is, for the head of a file: title, citation, conditions, columns and number of rows."""
    return {
        "naam": tabel.naam,
        "titel": tabel.titel,
        "omschrijving": tabel.omschrijving,
        "publicatie_id": tabel.publicatie_id,
        "gemaakt_op": f"{tabel.gemaakt_op.isoformat()}Z",
        "citaat": tabel.citaat,
        "opmerkingen": list(tabel.opmerkingen),
        "kolommen": [{"naam": v.naam, "soort": v.soort.value, "betekenis": v.betekenis} for v in VELDEN],
        "aantal": len(tabel.rijen),
    }


def as_object(rij: Rij) -> dict[str, object]:
    """Return one row by the names of its columns; an empty text is nothing, and a day is written as in ISO 8601."""
    return {naam: _json_value(waarde) for naam, waarde in zip(NAMEN, rij, strict=True)}


def dumps(inhoud: object) -> bytes:
    """Return JSON as it is served and written: UTF-8, no number that JSON does not know."""
    return (json.dumps(inhoud, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode(
        "utf-8", "replace"
    )


def _json_value(waarde: object) -> object:
    if isinstance(waarde, date):
        return waarde.isoformat()
    return None if waarde == "" else waarde


def to_parquet(tabel: Cijfertabel) -> bytes:
    """Return a Parquet file; each column says what it means, and the file what it is and how to cite it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    soorten = {
        Soort.TEKST: pa.string(), Soort.GETAL: pa.float64(), Soort.GEHEEL: pa.int64(),
        Soort.DATUM: pa.date32(), Soort.JANEE: pa.bool_(),
    }  # fmt: skip
    kop = {
        "titel": tabel.titel, "omschrijving": tabel.omschrijving, "publicatie_id": tabel.publicatie_id,
        "citaat": tabel.citaat, "opmerkingen": " ".join(tabel.opmerkingen),
    }  # fmt: skip
    schema = pa.schema(
        [pa.field(v.naam, soorten[v.soort], nullable=True, metadata={"betekenis": v.betekenis}) for v in VELDEN],
        metadata=kop,
    )
    kolommen = [pa.array([_parquet_value(waarde) for waarde in tabel.column(v.naam)], soorten[v.soort]) for v in VELDEN]
    bestand = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(kolommen, schema=schema), bestand, compression="zstd")
    return bestand.getvalue()


def _parquet_value(waarde: object) -> object:
    if isinstance(waarde, str):
        return waarde.encode("utf-8", "replace").decode() or None
    return float(waarde) if isinstance(waarde, float) else waarde


def to_xlsx(tabel: Cijfertabel) -> bytes:
    """Return a workbook by the guidance for accessible spreadsheets, without the columns in which nothing stands."""
    return repack(werkblad.workbook(_cover(tabel), *_filled(tabel)), tabel.gemaakt_op)


def to_ods(tabel: Cijfertabel) -> bytes:
    """Return the same workbook for LibreOffice and whatever else reads OpenDocument."""
    return opendocument.spreadsheet(werkblad.book(_cover(tabel), *_filled(tabel)))


def _cover(tabel: Cijfertabel) -> werkblad.Blad:
    return werkblad.Blad(tabel.titel, f"{publicatie_tekst(tabel.publicatie_id, tabel.gemaakt_op)}.")


def _filled(tabel: Cijfertabel) -> tuple[Sequence[str], list[list[object]]]:
    return namen.filled(NAMEN, tabel.rijen)


def to_jsonstat(tabel: Cijfertabel) -> bytes:
    """Return the table as a cube in JSON-stat 2.0."""
    return dumps(jsonstat.cube(tabel))


VORMEN = {
    vorm.naam: vorm
    for vorm in (
        Vorm("csv", "CSV", "text/csv; charset=utf-8", "voor een programma: komma's, en een punt in getallen",
             to_csv, True),
        Vorm("nl.csv", "CSV voor Excel", "text/csv; charset=utf-8",
             "voor een Nederlandse Excel: puntkomma's en een decimale komma", to_dutch_csv, True),
        Vorm("json", "JSON", "application/json", "voor een programma of website, met uitleg per kolom", to_json),
        Vorm("parquet", "Parquet", "application/vnd.apache.parquet",
             "voor R, Python en DuckDB, met uitleg per kolom", to_parquet, True),
        Vorm("xlsx", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
             "voor Excel en LibreOffice, met voorblad en uitleg", to_xlsx),
        Vorm("ods", "ODS", opendocument.MIME, "voor LibreOffice en andere rekenbladen, met voorblad en uitleg", to_ods),
        Vorm("sdmx.csv", "SDMX-CSV", sdmx.MIME, "voor statistische bureaus: SDMX-CSV 2.0, met OBS_STATUS",
             sdmx.to_sdmx),
        Vorm("jsonstat.json", "JSON-stat", "application/json", "voor wie StatLine of Eurostat leest: JSON-stat 2.0",
             to_jsonstat),
    )
}  # fmt: skip
