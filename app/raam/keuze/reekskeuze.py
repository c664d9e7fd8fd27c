"""The choice of a series within an indicator: its uitsplitsing, its answer and its branche."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.oordeel import cijfer
from app.raam.keuze import selectie
from app.raam.keuze.selectie import Veld
from app.taal.opmaak import categorie_tekst, hoofdletter, uitsplitsing_tekst
from pipelines.afspraken.codelijsten import TOTAAL


def code_field(naam: str, label: str, waarden: Sequence[str], eerst: str | None = None) -> tuple[Veld, str]:
    """Return the choice of a uitsplitsing or categorie, and the code: `eerst` first, then the commonest."""
    is_deel = naam == "uitsplitsing"
    tekst = uitsplitsing_tekst if is_deel else categorie_tekst
    # An empty code cannot stand in a URL.
    weg = {code or "niet_vermeld": code for code in cijfer.codes(waarden, eerst)}
    leeg = "Niet vermeld in de bron" if is_deel else "Alle antwoorden samen"
    veld = selectie.field(naam, label, list(weg), next(iter(weg)), lambda c: hoofdletter(tekst(weg[c])) or leeg)
    return veld, weg[veld.waarde]


def branch_field(merk: Kenmerk, codes: Collection[str]) -> Veld:
    """Return the choice of a branche; the whole sector first where it is there."""
    namen = data.branches(merk)
    opties = [code for code in namen if code in codes]
    standaard = TOTAAL if TOTAAL in opties else opties[0]
    return selectie.field("branche", "Branche", opties, standaard, lambda c: namen[c].naam_kort)
