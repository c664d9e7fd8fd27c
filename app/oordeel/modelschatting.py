"""Estimates of a model in words: what they are, how far they were drawn, and what each says; never beside figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.lezen.rijen import Regio, Waarneming
from app.oordeel import zinnen
from app.taal.opmaak import getal

GEEN_METING = (
    "Dit zijn schattingen van een model, geen metingen. Een WGO met weinig antwoorden heeft een onzeker cijfer; het "
    "model (van Fay en Herriot) trekt dat naar het gemiddelde van alle WGO's, hoe onzekerder hoe verder."
)
STAAT_APART = "Zij worden niet getoetst, niet vergeleken en staan niet tussen de andere cijfers."
KOPPEN = ("Werkgeversorganisatie", "Modelschatting", "95%-interval", "Antwoorden")


def table_rows(rijen: Sequence[Waarneming], regios: Mapping[str, Regio], eenheid: str) -> list[tuple[str, ...]]:
    """Return one row per WGO: its name, the estimate or why there is none, the interval, and how many answered."""
    return [
        (
            regios[r.regio_code].naam,
            zinnen.hidden_reason(r, eenheid),
            zinnen.interval_text(r, eenheid),
            "" if r.n is None else getal(r.n),
        )
        for r in rijen
        if r.regio_code in regios
    ]


def sentence(rij: Waarneming, eenheid: str) -> str:
    """Say what the model makes of one WGO, and that this is no measurement; empty where it makes nothing of it."""
    if rij.waarde is None:
        return ""
    cijfer, interval = zinnen.figure(rij, eenheid), zinnen.interval_text(rij, eenheid)
    return (
        f"Modelschatting over {rij.periode_naam}: {cijfer} (95%-interval {interval}). Dat is geen meting: een model "
        "trok het cijfer van deze WGO naar het gemiddelde van alle WGO's."
    )
