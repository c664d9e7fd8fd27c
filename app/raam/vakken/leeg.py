"""An empty place: what is missing, who could deliver it, and the way to see it with examples."""

from __future__ import annotations

from collections.abc import Sequence

from app.beeld.fragmenten import not_there
from app.lezen.onderwerp import plannen, voorbeeld
from app.lezen.onderwerp.plannen import Gat
from app.lezen.rijen import Kenmerk
from app.raam.keuze import selectie
from app.raam.vakken import onderdelen
from app.raam.wie import lezer
from app.rollen.rechten import Recht
from app.taal.opmaak import opsomming
from pipelines.afspraken.codelijsten import Herkomst

_TE_WEINIG = "Ook in de voorbeelddata zijn er hier te weinig antwoorden voor een cijfer; er is dus geen voorbeeld."


def show(merk: Kenmerk, wat: str, niveau: str, *indicatoren: str, regio: str | None = "", hoe: str = "") -> None:
    """Say what is not there at a level and who could deliver it: these indicators, or all without a real figure.

    Examples are offered only where there are any to see: at the level, or of the one `regio`; with None nowhere. `hoe`
    says how what is missing gets here.
    """
    gaten = [g for g in plannen.gaten(merk) if g.niveau == niveau and g.leverancier]
    if indicatoren:
        gaten = [g for g in gaten if g.indicator_id in indicatoren]
    else:
        gaten = [g for g in gaten if g.heeft in ("niets", Herkomst.SYNTHETISCH)]
    wie = list(dict.fromkeys(g.leverancier for g in gaten))
    er_is = regio is not None and voorbeeld.of_area(merk, niveau, regio, indicatoren)
    hoe = f"{hoe} {_public(gaten)}".strip()
    if er_is is None:
        hoe = f"{hoe} {_TE_WEINIG}".strip()
    onderdelen.show(not_there(wat, wie, selectie.with_examples(indicatoren) if er_is else "", hoe))


def _public(gaten: Sequence[Gat]) -> str:
    """Say that some of this is public, and how it is fetched to who may; empty where nothing is known to be."""
    bronnen = {opdracht.split()[1] for gat in gaten for opdracht in gat.commands()}
    if not bronnen:
        return ""
    if not lezer.may(Recht.PUBLICEREN):
        return "Een deel is openbaar; wie de monitor beheert, kan het ophalen."
    opdrachten = [f".venv/bin/regiomonitor fetch {bron}" for bron in sorted(bronnen)]
    return f"Een deel is openbaar. U haalt het op met {opsomming(opdrachten)}."
