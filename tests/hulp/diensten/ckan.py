"""A service of DUO of a test: packages with files, by their own address, the dump of the datastore and its API.

The shapes are those of CKAN as onderwijsdata.duo.nl has it; the headings of a file are what the test gives.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from draadserver import Antwoord


@dataclass
class Onderwijsbestand:
    """One file: its id and name, its bytes, and the rows that the datastore has of it (none: it has not got it)."""

    id: str
    naam: str
    inhoud: bytes
    bijgewerkt: str = "2026-03-01T09:00:00"
    datastore: bool = True
    # Where DUO says it is, when that is a host of its own.
    url: str = ""


@dataclass
class Onderwijsdata:
    """Answers questions about its packages; `ander` may answer a path in another way, as a failure does."""

    pakketten: dict[str, list[Onderwijsbestand]]
    basis: str = ""
    ander: Any = None
    licentie: str = "CC-0 (1.0)"
    bestanden: dict[str, Onderwijsbestand] = field(init=False)

    def __post_init__(self) -> None:
        self.bestanden = {bestand.id: bestand for delen in self.pakketten.values() for bestand in delen}

    def __call__(self, pad: str) -> Antwoord:
        if self.ander is not None and (antwoord := self.ander(pad)) is not None:
            return antwoord
        delen = urlsplit(pad)
        vraag = {naam: waarden[0] for naam, waarden in parse_qs(delen.query).items()}
        if delen.path == "/api/3/action/package_show" and vraag["id"] in self.pakketten:
            return _answer(self._package(vraag["id"]))
        if delen.path == "/api/3/action/package_search":
            namen = [naam for naam in self.pakketten if vraag["q"] in naam]
            return _answer({"count": len(namen), "results": [self._package(naam) for naam in namen]})
        bestand = self.bestanden.get(vraag.get("resource_id", "") or delen.path.rpartition("/")[2].partition(".")[0])
        if bestand is None:
            return Antwoord(b'{"success": false, "error": {"__type": "Not Found Error"}}', 404)
        if delen.path.startswith("/dataset/"):
            return Antwoord(bestand.inhoud)
        if not bestand.datastore:
            return Antwoord(b'{"success": false, "error": {"__type": "Not Found Error"}}', 404)
        if delen.path.startswith("/datastore/dump/"):
            return Antwoord(dump(bestand))
        return _answer(self._rows(bestand, vraag))

    def _package(self, naam: str) -> dict[str, Any]:
        return {"name": naam, "title": f"Pakket {naam}", "metadata_modified": "2026-03-02T10:00:00",
                "license_title": self.licentie, "resources": [
                    {"id": b.id, "name": b.naam, "last_modified": b.bijgewerkt, "format": "CSV",
                     "url": b.url or f"{self.basis}/dataset/d/resource/{b.id}/download/{b.id}.csv"}
                    for b in self.pakketten[naam]]}  # fmt: skip

    def _rows(self, bestand: Onderwijsbestand, vraag: dict[str, str]) -> dict[str, Any]:
        rijen = records(bestand)
        begin, aantal = int(vraag.get("offset", 0)), int(vraag.get("limit", 100))
        velden = [{"id": "_id", "type": "int"}, *({"id": kop, "type": "text"} for kop in rijen[0])]
        stuk = [{"_id": begin + n + 1, **rij} for n, rij in enumerate(rijen[begin : begin + aantal])]
        return {"records": stuk, "fields": velden, "total": len(rijen)}


def records(bestand: Onderwijsbestand) -> list[dict[str, str]]:
    tekst = bestand.inhoud.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(tekst), delimiter=";" if ";" in tekst.partition("\n")[0] else ","))


def dump(bestand: Onderwijsbestand) -> bytes:
    """Return a file as the datastore dumps it: commas, and a column _id."""
    rijen = records(bestand)
    uit = io.StringIO()
    schrijver = csv.DictWriter(uit, ["_id", *rijen[0]], lineterminator="\n")
    schrijver.writeheader()
    schrijver.writerows({"_id": n, **rij} for n, rij in enumerate(rijen, 1))
    return uit.getvalue().encode()


def _answer(uitslag: dict[str, Any]) -> Antwoord:
    return Antwoord(json.dumps({"success": True, "result": uitslag}).encode())
