"""The description of open data for programs, in OpenAPI 3.1: made from the addresses and columns that there are."""

from __future__ import annotations

from collections.abc import Sequence

from app.dienst.opendata.adressen import ADRESSEN, DATABASE, VAN_DATABASE, Adres
from app.dienst.opendata.inhoud import BEGIN
from app.dienst.opendata.vraag import MEESTE_PER_PAGINA
from app.uitgave.beschrijving import csvw
from app.uitgave.tabel import OMSCHRIJVING, TITEL, VOORWAARDEN
from app.uitgave.velden import VELDEN, Soort
from app.uitgave.vorm.vormen import VORMEN
from pipelines.afspraken.codelijsten import Herkomst, Niveau

Deel = dict[str, object]
ADRES = f"{BEGIN}/openapi.json"
_SOORTEN: dict[Soort, Deel] = {
    Soort.TEKST: {"type": ["string", "null"]},
    Soort.GETAL: {"type": ["number", "null"]},
    Soort.GEHEEL: {"type": ["integer", "null"]},
    Soort.DATUM: {"type": ["string", "null"], "format": "date"},
    Soort.JANEE: {"type": "boolean"},
}
_MEER = " Meer waarden met een komma ertussen."
_PARAMETERS: dict[str, tuple[str, Deel]] = {
    "regio": ("Code van een gebied." + _MEER, {"type": "string", "examples": ["NL01,RA0101"]}),
    "niveau": (f"Een van {', '.join(Niveau)}.{_MEER}", {"type": "string", "examples": ["land"]}),
    "periode": ("Jaar, kwartaal, maand, schooljaar of dag." + _MEER, {"type": "string", "examples": ["2021"]}),
    "branche": ("Code van een branche." + _MEER, {"type": "string", "examples": ["TOTAAL"]}),
    "herkomst": (f"Een van {', '.join(Herkomst)}.{_MEER}", {"type": "string", "examples": ["gepubliceerd"]}),
    "pagina": ("Welke bladzijde; de kop Link noemt de volgende.", {"type": "integer", "minimum": 1}),
    "per_pagina": ("Hoeveel rijen per bladzijde.", {"type": "integer", "minimum": 1, "maximum": MEESTE_PER_PAGINA}),
    "publicatie": ("Een eerdere publicatie, zonder wat nu verborgen is.", {"type": "string"}),
    "voorbeeld": ("1 is met verzonnen cijfers, per rij gemerkt.", {"type": "string", "enum": ["0", "1"]}),
}
_DELEN: dict[str, Deel] = {
    "soort": {"type": "string", "enum": ["indicatoren", "regios"]},
    "naam": {"type": "string"},
    "vorm": {"type": "string", "enum": list(VORMEN)},
    "csv": {"type": "string", "enum": list(csvw.VORMEN)},
    "van": {"type": "string"},
    "tot": {"type": "string"},
}


def describe(publicatie_id: str) -> Deel:
    """Return the whole description; its version is the publication that it was asked under."""
    paden: Deel = {adres.sjabloon: {"get": _operation(adres)} for adres in ADRESSEN}
    paden[DATABASE] = {"get": _database()}
    return {
        "openapi": "3.1.0",
        "info": {"title": TITEL, "version": publicatie_id, "description": f"{OMSCHRIJVING} {VOORWAARDEN}"},
        "paths": paden,
        "components": {"schemas": {"Fout": _fault(), "Rij": _row()}},
    }


def _database() -> Deel:
    gelukt: Deel = {"description": "DuckDB", "content": {"application/vnd.duckdb": {}}}
    return {
        "summary": "De hele publicatie van nu als database",
        "parameters": [_in_query(naam) for naam in VAN_DATABASE],
        "responses": {
            "200": gelukt,
            "206": gelukt | {"description": "Het gevraagde deel"},
            "304": {"description": "Niets nieuws sinds de ETag die u noemt."},
            **_faults(),
            "416": _fault_of("Dit deel is er niet"),
        },
    }


def _operation(adres: Adres) -> Deel:
    parameters: list[Deel] = [
        {"name": naam, "in": "path", "required": True, "schema": _DELEN[naam]} for naam in adres.patroon.groupindex
    ]
    parameters += [_in_query(naam) for naam in adres.mag]
    soorten = _media(adres)
    return {
        "summary": adres.uitleg,
        "parameters": parameters,
        "responses": {
            "200": {"description": adres.uitleg, "content": {soort: {} for soort in soorten}},
            "304": {"description": "Niets nieuws sinds de ETag die u noemt."},
            **_faults(),
        },
    }


def _in_query(naam: str) -> Deel:
    uitleg, schema = _PARAMETERS[naam]
    return {"name": naam, "in": "query", "description": uitleg, "schema": schema}


def _media(adres: Adres) -> Sequence[str]:
    if "vorm" not in adres.patroon.groupindex:
        return (adres.soort,)
    return sorted({vorm.mime.partition(";")[0] for vorm in VORMEN.values()})


def _faults() -> Deel:
    waarom = {
        "400": "Een parameter klopt niet", "404": "Dit is er niet", "429": "Te veel achter elkaar",
        "503": "Nu niet te maken",
    }  # fmt: skip
    return {status: _fault_of(tekst) for status, tekst in waarom.items()}


def _fault_of(tekst: str) -> Deel:
    fout = {"application/json": {"schema": {"$ref": "#/components/schemas/Fout"}}}
    return {"description": tekst, "content": fout}


def _fault() -> Deel:
    velden = {
        "status": {"type": "integer"},
        "wat": {"type": "string"},
        "toegestaan": {"type": "array", "items": {"type": "string"}},
        "advies": {"type": "string"},
    }
    fout = {"type": "object", "required": ["status", "wat"], "properties": velden, "additionalProperties": False}
    return {"type": "object", "required": ["fout"], "properties": {"fout": fout}}


def _row() -> Deel:
    velden = {veld.naam: {**_SOORTEN[veld.soort], "description": veld.betekenis} for veld in VELDEN}
    return {"type": "object", "required": list(velden), "properties": velden, "additionalProperties": False}
