"""What an entry of `indicators.yml` may say, and which indicators there are."""

from __future__ import annotations

from itertools import groupby

from pipelines.afspraken.codelijsten import Niveau
from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import (
    INDICATORS_YML,
    TOEGESTAAN,
    VERPLICHT,
    Indicator,
    entry_keys,
    load_indicatoren,
)
from pipelines.documentatie.betekenis import INDICATOR, meaning
from pipelines.documentatie.opmaak import as_table, code, codes


def entry_key_table() -> str:
    """Return one row per key of an entry: whether it must be there, what it may hold and what it means."""
    waarden = {**TOEGESTAAN, "niveaus": tuple(Niveau)}
    rijen = [
        (code(sleutel), "ja" if sleutel in VERPLICHT else "", codes(waarden.get(sleutel, ())), betekenis)
        for sleutel, betekenis in meaning(INDICATOR, entry_keys()).items()
    ]
    return as_table(("Sleutel", "Verplicht", "Toegestaan", "Betekenis"), rijen)


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
