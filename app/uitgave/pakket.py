"""A whole publication as a data package: a file per indicator, what is in them, how to cite them, and their sums.

By the Data Package standard (datapackage.json) and the Citation File Format (CITATION.cff).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import yaml

from app.lezen import data
from app.lezen.rijen import Kenmerk, Publicatie
from app.taal.opmaak import csv_programma, datum, publicatie_tekst
from app.uitgave import lijsten
from app.uitgave.beschrijving import catalogus, csvw
from app.uitgave.beschrijving.catalogus import Dataset, Plaats, Verkrijgbaar
from app.uitgave.beschrijving.graaf import to_jsonld, to_turtle
from app.uitgave.tabel import OMSCHRIJVING, TITEL, VOORBEELD, VOORWAARDEN, Cijfertabel, of_indicator
from app.uitgave.velden import SLEUTEL, VELDEN, Soort
from app.uitgave.vorm.vormen import VORMEN, dumps

BESCHRIJVING, LEESMIJ, CITAAT, CSVW = "datapackage.json", "LEESMIJ.md", "CITATION.cff", "csv-metadata.json"
# The package of CSV files with a catalogue.
CATALOGUS = "dcat"
_TYPEN = {
    Soort.TEKST: "string", Soort.GETAL: "number", Soort.GEHEEL: "integer", Soort.DATUM: "date", Soort.JANEE: "boolean",
}  # fmt: skip
# How a Dutch spreadsheet writes them.
_NEDERLANDS: dict[Soort, dict[str, object]] = {
    Soort.GETAL: {"decimalChar": ","}, Soort.JANEE: {"trueValues": ["ja"], "falseValues": ["nee"]},
}  # fmt: skip
# What is said of each indicator and of each region, as a table of their own.
_LIJSTEN = {"indicatoren": lijsten.indicators, "regios": lijsten.regions}


@dataclass(frozen=True, slots=True)
class Bestand:
    """One file of a package: its path in it and its bytes."""

    pad: str
    inhoud: bytes


def files(merk: Kenmerk, formaat: str, *, voorbeeld: bool = False, adres: str = "") -> Iterator[Bestand]:
    """Yield every file of the package, in one of VORMEN or as CATALOGUS: figures first, last what describes them.

    An indicator without a figure to show has no file. `adres`: where the folder will stand, for the catalogue.
    """
    vorm = "csv" if formaat == CATALOGUS else formaat
    publicatie = data.publicatie(merk)
    bronnen: list[dict[str, object]] = []
    tabellen: list[tuple[Cijfertabel, str]] = []
    for naam in data.indicatoren(merk):
        tabel = of_indicator(merk, naam, voorbeeld=voorbeeld)
        if tabel.rijen:
            bestand = Bestand(f"cijfers/{naam}.{vorm}", VORMEN[vorm].write(tabel))
            bronnen.append(_figures_resource(bestand, tabel, vorm))
            # What describes them asks for their first and last day, not for all that is in them.
            tabellen.append((tabel, bestand.pad))
            yield bestand
    for naam, maak in _LIJSTEN.items():
        regels = maak(merk, voorbeeld)
        bestand = Bestand(f"{naam}.csv", csv_programma(list(regels[0]), [list(r.values()) for r in regels]))
        bronnen.append(_list_resource(bestand, naam, regels))
        yield bestand
    if vorm in csvw.VORMEN:
        yield Bestand(CSVW, dumps(csvw.describe_all(tabellen, vorm)))
    if formaat == CATALOGUS:
        yield from _catalogue(merk, tabellen, bronnen, adres)
    yield Bestand(BESCHRIJVING, dumps(_description(publicatie, bronnen, voorbeeld=voorbeeld)))
    yield Bestand(CITAAT, citation(publicatie))
    yield Bestand(LEESMIJ, _readme(publicatie, vorm, len(tabellen), voorbeeld=voorbeeld))


def _catalogue(
    merk: Kenmerk, tabellen: Sequence[tuple[Cijfertabel, str]], bronnen: Sequence[Mapping[str, object]], adres: str
) -> Iterator[Bestand]:
    """Yield the catalogue of these files; without an address of the folder, relative to where it is read."""
    begin = f"{adres.rstrip('/')}/" if adres else ""
    per_pad = {str(bron["path"]): bron for bron in bronnen}
    plaats = Plaats(f"{begin}catalogus", f"{begin}{LEESMIJ}")
    datasets = [
        Dataset(tabel, f"{begin}cijfers/{tabel.naam}", plaats.pagina, [
            Verkrijgbaar("csv", f"{begin}{pad}", int(str(per_pad[pad]["bytes"])),
                         str(per_pad[pad]["hash"]).removeprefix("sha256:"))
        ])
        for tabel, pad in tabellen
    ]  # fmt: skip
    dingen = list(catalogus.describe(merk, plaats, datasets))
    yield Bestand("catalogus.ttl", to_turtle(dingen))
    yield Bestand("catalogus.jsonld", dumps(to_jsonld(dingen)))


def _resource(bestand: Bestand, mime: str) -> dict[str, object]:
    naam = bestand.pad.rpartition("/")[2].partition(".")[0]
    return {
        "name": naam,
        "path": bestand.pad,
        "mediatype": mime,
        "encoding": "utf-8",
        "bytes": len(bestand.inhoud),
        "hash": f"sha256:{hashlib.sha256(bestand.inhoud).hexdigest()}",
    }


def _figures_resource(bestand: Bestand, tabel: Cijfertabel, vorm: str) -> dict[str, object]:
    bron = _resource(bestand, VORMEN[vorm].mime.partition(";")[0])
    bron |= {"title": tabel.titel, "description": tabel.omschrijving, "format": vorm.rpartition(".")[2]}
    if VORMEN[vorm].is_plat:
        bron |= {"profile": "tabular-data-resource", "schema": schema()}
    if vorm == "nl.csv":
        bron |= {"dialect": {"delimiter": ";"}, "schema": schema(_NEDERLANDS)}
    return bron


def _list_resource(bestand: Bestand, naam: str, regels: Sequence[Mapping[str, object]]) -> dict[str, object]:
    velden = [
        {"name": kolom, "type": "integer" if kolom == "aantal" else "date" if kolom.startswith("geldig") else "string"}
        for kolom in regels[0]
    ]
    sleutel = next(iter(regels[0]))
    return _resource(bestand, "text/csv") | {
        "title": f"Alle {naam}".replace("regios", "regio's"),
        "format": "csv",
        "profile": "tabular-data-resource",
        "schema": {"fields": velden, "primaryKey": [sleutel], "missingValues": [""]},
    }


def schema(anders: Mapping[Soort, Mapping[str, object]] = MappingProxyType({})) -> dict[str, object]:
    """Return the columns of every table of figures, as a Table Schema; `anders`: how a kind of value is written."""
    velden = [
        {
            "name": veld.naam,
            "type": _TYPEN[veld.soort],
            **anders.get(veld.soort, {}),
            "description": veld.betekenis,
            **({"constraints": {"required": True}} if veld.verplicht else {}),
        }
        for veld in VELDEN
    ]
    return {"fields": velden, "primaryKey": list(SLEUTEL), "missingValues": [""]}


def _description(
    publicatie: Publicatie, bronnen: Sequence[Mapping[str, object]], *, voorbeeld: bool
) -> dict[str, object]:
    return {
        "profile": "data-package",
        "name": f"regiomonitor-{publicatie.publicatie_id.lower()}",
        "title": TITEL,
        "description": f"{VOORBEELD} {OMSCHRIJVING}" if voorbeeld else OMSCHRIJVING,
        "version": publicatie.publicatie_id,
        "created": f"{publicatie.gemaakt_op.isoformat()}Z",
        # There is no one licence: the conditions are those of each source, which stands beside each figure.
        "licenses": [{"title": VOORWAARDEN, "path": LEESMIJ}],
        "contributors": [{"title": TITEL, "role": "publisher"}],
        "resources": list(bronnen),
    }


def citation(publicatie: Publicatie) -> bytes:
    """Return CITATION.cff: how to cite this publication."""
    tekst = publicatie_tekst(publicatie.publicatie_id, publicatie.gemaakt_op)
    inhoud = {
        "cff-version": "1.2.0",
        "message": f"Noem bij gebruik: {tekst}.",
        "type": "dataset",
        "title": TITEL,
        "abstract": OMSCHRIJVING,
        "version": publicatie.publicatie_id,
        "date-released": publicatie.gemaakt_op.date(),
        "authors": [{"name": TITEL}],
    }
    return yaml.safe_dump(inhoud, allow_unicode=True, sort_keys=False, width=120).encode()


def _readme(publicatie: Publicatie, vorm: str, aantal: int, *, voorbeeld: bool) -> bytes:
    tekst = publicatie_tekst(publicatie.publicatie_id, publicatie.gemaakt_op)
    kolommen = "\n".join(f"| `{v.naam}` | {v.betekenis or 'naam van de indicator'} |" for v in VELDEN)
    hoeveel = "Eén indicator heeft" if aantal == 1 else f"{aantal or 'Geen'} indicatoren hebben"
    return f"""# {TITEL}: open data

{tekst}. {OMSCHRIJVING}
{chr(10) + f"**{VOORBEELD}**" + chr(10) if voorbeeld else ""}
## Wat hierin zit

| bestand | wat |
|---|---|
| `cijfers/<indicator>.{vorm}` | alle cijfers van één indicator; {VORMEN[vorm].uitleg} |
| `indicatoren.csv` | alle indicatoren, met vraag, definitie, formule en eenheid |
| `regios.csv` | alle gebieden, met code, naam en geldigheid |
| `{BESCHRIJVING}` | beschrijving voor programma's (Data Package), met van elk bestand de omvang en de SHA-256 |
| `{CITAAT}` | hoe u deze publicatie noemt (Citation File Format) |

{hoeveel} cijfers om te tonen. {"" if voorbeeld else "Alleen echte cijfers staan hierin; voorbeelddata niet."}

## Voorwaarden

{VOORWAARDEN} Wie een cijfer maakte, staat in de kolommen `bron` en `vindplaats`. Eén licentie voor alles is er niet.

Noem bij gebruik: {TITEL}, publicatie {publicatie.publicatie_id} van {datum(publicatie.gemaakt_op)}.

## Wat u moet weten

- Een lege `waarde` is geen nul: `status` zegt waarom er geen cijfer is.
- Aandelen staan als getal van 0 tot 1. `cijfer` is het cijfer zoals het op de pagina's staat.
- Cijfers met een andere `uitsplitsing` zijn andere reeksen. Tel of vergelijk ze niet met elkaar.

## Kolommen van de cijfers

| kolom | betekenis |
|---|---|
{kolommen}
""".encode()
