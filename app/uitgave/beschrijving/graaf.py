"""A graph of RDF as Turtle and as JSON-LD: things with an address and what is said of them, in a fixed order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

NAMEN = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Iri:
    """What is pointed at."""

    iri: str


@dataclass(frozen=True, slots=True)
class Tekst:
    """A literal: in a language, or of a type (the short name of it)."""

    tekst: str
    taal: str = ""
    soort: str = ""


Waarde = Iri | Tekst


@dataclass(frozen=True, slots=True)
class Ding:
    """One thing: its address, its class, and each property with its values, by the short names of NAMEN."""

    iri: str
    klasse: str
    eigenschappen: Sequence[tuple[str, Waarde]]


def words(tekst: str) -> Tekst:
    """Return a text in Dutch."""
    return Tekst(tekst, taal="nl")


def moment(dag: date) -> Tekst:
    """Return a day or a moment (which is in UTC)."""
    if isinstance(dag, datetime):
        return Tekst(f"{dag.isoformat(timespec='seconds')}Z", soort="xsd:dateTime")
    return Tekst(dag.isoformat(), soort="xsd:date")


def to_turtle(dingen: Iterable[Ding]) -> bytes:
    """Return the graph as Turtle."""
    kop = "".join(f"@prefix {kort}: <{lang}> .\n" for kort, lang in NAMEN.items())
    blokken = (
        f"<{ding.iri}> a {ding.klasse}"
        + "".join(f" ;\n  {naam} {_turtle(waarde)}" for naam, waarde in ding.eigenschappen)
        + " .\n"
        for ding in dingen
    )
    return "\n".join((kop, *blokken)).encode("utf-8", "replace")


def _turtle(waarde: Waarde) -> str:
    if isinstance(waarde, Iri):
        return f"<{waarde.iri}>"
    # A text in JSON is one in Turtle, but for what lies outside the first plane; that is written as it is.
    tekst = json.dumps(waarde.tekst, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"{tekst}@{waarde.taal}" if waarde.taal else f"{tekst}^^{waarde.soort}" if waarde.soort else tekst


def to_jsonld(dingen: Iterable[Ding]) -> dict[str, object]:
    """Return the graph as JSON-LD."""
    return {"@context": NAMEN, "@graph": [_node(ding) for ding in dingen]}


def _node(ding: Ding) -> dict[str, object]:
    uit: dict[str, object] = {"@id": ding.iri, "@type": ding.klasse}
    for naam, waarde in ding.eigenschappen:
        eerder = uit.setdefault(naam, [])
        assert isinstance(eerder, list)
        eerder.append(_jsonld(waarde))
    return uit


def _jsonld(waarde: Waarde) -> dict[str, str]:
    if isinstance(waarde, Iri):
        return {"@id": waarde.iri}
    if waarde.taal:
        return {"@value": waarde.tekst, "@language": waarde.taal}
    return {"@value": waarde.tekst, **({"@type": waarde.soort} if waarde.soort else {})}
