"""What each source may deliver: tables, columns and rules, as its contract says."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.afspraken.contract import Bron, Kolom, Regel, Tabel, load_bronnen
from pipelines.documentatie.betekenis import KOLOM, LEVERING, VERTALING
from pipelines.documentatie.opmaak import as_table, code, codes
from pipelines.documentatie.schemas import SCHEMAS

_TYPEN = {
    "tekst": "tekst",
    "code": "code",
    "regio": "regiocode",
    "periode": "periode",
    "datum": "datum",
    "geheel": "geheel getal",
    "getal": "getal",
    "ja_nee": "1 of 0",
}


def delivery_key_table() -> str:
    """Return one row per key of `levering.yml`."""
    levering = SCHEMAS["levering"]()
    rijen = [
        (code(sleutel), "ja" if sleutel in levering["required"] else "", LEVERING[sleutel])
        for sleutel in levering["properties"]
    ]
    return as_table(("Sleutel", "Verplicht", "Betekenis"), rijen)


def mapping_key_table() -> str:
    """Return one row per key of a table in `kolommen.yml`."""
    sleutels = SCHEMAS["kolommen"]()["$defs"]["Vertaling"]["properties"]
    return as_table(("Sleutel", "Betekenis"), [(code(sleutel), VERTALING[sleutel]) for sleutel in sleutels])


def column_key_table() -> str:
    """Return one row per key that a contract may give a column."""
    rijen = [(code(sleutel), KOLOM[sleutel]) for sleutel in SCHEMAS["bron"]()["$defs"]["Kolom"]["properties"]]
    return as_table(("Sleutel", "Betekenis"), rijen)


def contracts() -> str:
    """Return every source with its tables, columns and rules."""
    return "\n\n".join(deel for bron in load_bronnen().values() for deel in _source(bron))


def _source(bron: Bron) -> Iterator[str]:
    yield f"### {bron.titel}\n\nBron {code(bron.naam)}. Leverancier: {bron.leverancier}."
    for tabel in bron.tabellen.values():
        yield from _table(bron, tabel)


def _table(bron: Bron, tabel: Tabel) -> Iterator[str]:
    sleutel = f"; samen uniek: {codes(tabel.sleutel)}" if tabel.sleutel else ""
    rij = tabel.rij.replace("één", "Eén", 1)
    yield f"#### {code(f'{bron.naam}/{tabel.naam}')}\n\n{rij}{sleutel}."
    rijen = [
        (code(kolom.naam), kolom.uitleg, _TYPEN[kolom.type], "" if kolom.leeg else "ja", "; ".join(_limits(kolom)))
        for kolom in tabel.kolommen.values()
    ]
    yield as_table(("Kolom", "Wat het is", "Type", "Verplicht", "Toegestaan"), rijen)
    if tabel.regels:
        yield "Regels:\n\n" + "\n".join(map(_rule, tabel.regels))


def type_name(kolom: Kolom) -> str:
    """Return the type of a column in words."""
    return _TYPEN[kolom.type]


def column_limits(kolom: Kolom) -> str:
    """Return what a column may hold as a sentence for a worksheet."""
    return "; ".join(_limits(kolom)).replace("`", "")


def _limits(kolom: Kolom) -> Iterator[str]:
    """Return what a column may hold, in words."""
    if kolom.lijst:
        yield codes(kolom.lijst)
    if kolom.verwijst:
        yield f"een code van {kolom.verwijst}" + (f", behalve {codes(kolom.behalve)}" if kolom.behalve else "")
    if kolom.niveaus:
        yield "niveau " + ", ".join(kolom.niveaus)
    if kolom.bruggen:
        yield "ook de indeling van " + ", ".join(kolom.bruggen)
    if kolom.soorten:
        yield ", ".join(kolom.soorten)
    if kolom.min is not None or kolom.max is not None:
        grenzen = (("vanaf", kolom.min), ("tot en met", kolom.max))
        yield " ".join(f"{woord} {grens:g}" for woord, grens in grenzen if grens is not None)
    if kolom.basis:
        yield f"gevuld waar {code(kolom.basis)}, elders leeg"
    if kolom.vooruit:
        yield "mag in de toekomst liggen"
    if kolom.tijd:
        yield kolom.tijd.replace("_", " ")


def _rule(regel: Regel) -> str:
    plek = f" ({code(regel.kolom)})" if regel.kolom else ""
    advies = f" {regel.advies.strip()}" if regel.advies else ""
    return f"- {regel.naam}{plek}.{advies}"
