"""CSV on the Web: what is in a CSV, for programs: each column, how its values are written, and the citation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.uitgave.tabel import TITEL, VOORWAARDEN, Cijfertabel
from app.uitgave.velden import SLEUTEL, VELDEN, Soort

MIME = "application/csvm+json"
# What is behind the name of a CSV to find its description, as the standard has it.
ACHTER = "-metadata.json"
CONTEXT = ("http://www.w3.org/ns/csvw", {"@language": "nl"})
Deel = dict[str, Any]
_DATUM: Deel = {"base": "date", "format": "yyyy-MM-dd"}
_SOORTEN: dict[str, dict[Soort, object]] = {
    "csv": {
        Soort.TEKST: "string", Soort.GETAL: {"base": "decimal", "format": {"decimalChar": "."}},
        Soort.GEHEEL: "integer", Soort.DATUM: _DATUM, Soort.JANEE: {"base": "boolean", "format": "true|false"},
    },
    "nl.csv": {
        Soort.TEKST: "string", Soort.GETAL: {"base": "decimal", "format": {"decimalChar": ","}},
        Soort.GEHEEL: "integer", Soort.DATUM: _DATUM, Soort.JANEE: {"base": "boolean", "format": "ja|nee"},
    },
}  # fmt: skip
VORMEN = tuple(_SOORTEN)
_DIALECT: dict[str, Deel] = {
    "csv": {"encoding": "utf-8", "delimiter": ",", "lineTerminators": ["\n"], "header": True},
    "nl.csv": {"encoding": "utf-8", "delimiter": ";", "lineTerminators": ["\r\n"], "header": True},
}


def describe(tabel: Cijfertabel, vorm: str, adres: str) -> Deel:
    """Return the description of one CSV at this address, relative to where the description is."""
    return {"@context": list(CONTEXT), **_table(tabel, vorm, adres)}


def describe_all(tabellen: Sequence[tuple[Cijfertabel, str]], vorm: str) -> Deel:
    """Return the description of all CSV files of a package, each with its place in it."""
    return {
        "@context": list(CONTEXT),
        "dc:title": TITEL,
        "dialect": _DIALECT[vorm],
        "tableSchema": _columns(vorm),
        "tables": [_table(tabel, vorm, adres, in_groep=True) for tabel, adres in tabellen],
    }


def _table(tabel: Cijfertabel, vorm: str, adres: str, *, in_groep: bool = False) -> Deel:
    eigen: Deel = {
        "url": adres,
        "dc:title": tabel.titel,
        "dc:description": tabel.omschrijving,
        "dc:publisher": TITEL,
        "dc:bibliographicCitation": tabel.citaat,
        "dc:rights": VOORWAARDEN,
        "dc:modified": {"@value": tabel.gemaakt_op.date().isoformat(), "@type": "xsd:date"},
        "notes": list(tabel.opmerkingen),
    }
    return eigen if in_groep else eigen | {"dialect": _DIALECT[vorm], "tableSchema": _columns(vorm)}


def _columns(vorm: str) -> Deel:
    return {
        "columns": [
            {
                "name": veld.naam,
                "titles": veld.naam,
                "dc:description": veld.betekenis or veld.naam,
                "datatype": _SOORTEN[vorm][veld.soort],
                **({"required": True} if veld.verplicht else {}),
            }
            for veld in VELDEN
        ],
        "primaryKey": list(SLEUTEL),
    }
