"""What an entry of `indicators.yml` may say, and which indicators there are."""

from __future__ import annotations

from itertools import groupby

from pipelines.afspraken.codelijsten import Plek
from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, Indicator, load_indicatoren
from pipelines.documentatie.betekenis import INDICATOR
from pipelines.documentatie.opmaak import as_table, code, codes
from pipelines.documentatie.schemas import SCHEMAS


def entry_key_table() -> str:
    """Return one row per key of an entry: whether it must be there, what it may hold and what it means."""
    ingang = SCHEMAS["indicatoren"]()["$defs"]["Indicator"]
    rijen = [
        (
            code(sleutel),
            "ja" if sleutel in ingang["required"] else "",
            codes({**deel, **deel.get("items", {})}.get("enum", ())),
            INDICATOR[sleutel],
        )
        for sleutel, deel in ingang["properties"].items()
    ]
    return as_table(("Sleutel", "Verplicht", "Toegestaan", "Betekenis"), rijen)


def place_table() -> str:
    """Return one row per set with an order: where a reader sees it, and which indicators stand in it."""
    indicatoren = load_indicatoren(INDICATORS_YML, load_bronnen()).values()
    rijen = []
    for plek in Plek:
        erin = [(nummer, i.indicator_id) for i in indicatoren if (nummer := i.plek.get(plek)) is not None]
        rijen.append((code(plek), plek.naam, codes([naam for _, naam in sorted(erin)])))
    return as_table(("Plek", "Wat de lezer ziet", "Indicatoren, op volgorde"), rijen)


def catalogue() -> str:
    """Return one table per actielijn with a row per indicator, in the order of the catalogue."""
    indicatoren = list(load_indicatoren(INDICATORS_YML, load_bronnen()).values())
    indicatoren.sort(key=_actielijn)
    koppen = ("Naam", "Titel", "Vraag", "Eenheid", "Bron", "Niveaus")
    delen = [f"### {kop}\n\n{as_table(koppen, map(_row, deel))}" for kop, deel in groupby(indicatoren, key=_actielijn)]
    return "\n\n".join([f"Er zijn {len(indicatoren)} indicatoren.", *delen])


def _actielijn(indicator: Indicator) -> str:
    return f"Actielijn {indicator.actielijn}" if indicator.actielijn else "Zonder actielijn"


def _row(indicator: Indicator) -> tuple[str, ...]:
    return (
        code(indicator.indicator_id),
        indicator.titel,
        indicator.vraag,
        indicator.eenheid,
        _source(indicator),
        ", ".join(indicator.niveaus),
    )


def _source(indicator: Indicator) -> str:
    if indicator.bron:
        return code(indicator.bron)
    return "enquête" if indicator.enquete else "alleen gepubliceerd"
