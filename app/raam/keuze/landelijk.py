"""What is said of a figure that is there for Nederland only, when somebody asks for it of a region."""

from __future__ import annotations

from app.lezen import data
from app.lezen.onderwerp import plannen
from app.lezen.rijen import Kenmerk
from app.oordeel import benaming
from app.taal.opmaak import opsomming
from pipelines.afspraken.codelijsten import REGIONALE_NIVEAUS


def none_per_region(merk: Kenmerk, indicator_id: str, voorbeeld: bool) -> str:
    """Say that no region has this figure and who could deliver it; empty where some have, or there is no such figure.

    In voorbeeldmodus what is made up counts as well: there is something to see.
    """
    indicator = data.indicatoren(merk).get(indicator_id)
    if indicator is None or indicator_id in data.niveaus_per_indicator(merk, voorbeeld):
        return ""
    gaten = [g for g in plannen.gaten(merk) if g.indicator_id == indicator_id and g.niveau in REGIONALE_NIVEAUS]
    wie = list(dict.fromkeys(g.leverancier for g in gaten if g.leverancier))
    te_leveren = f"; te leveren door {opsomming(wie)}" if wie else ""
    return f"Van {benaming.in_sentence(indicator.titel)} zijn er geen cijfers per regio{te_leveren}."
