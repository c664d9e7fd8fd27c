"""Pieces of HTML that more than one page has: links that keep the reader's choice, notices, labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from app.beeld.markup import Html, tag
from app.lezen.data import Indicator, Waarneming
from app.oordeel.bijschriften import source_text
from app.taal.opmaak import HERKOMST_WOORD

VERANTWOORDING = "verantwoording"
BEHEERDER = "De beheerder van de monitor keurt de levering en maakt dan een nieuwe publicatie."


@dataclass(frozen=True, slots=True)
class Verwijzer:
    """Where links within the app lead: the reader's choice for real figures goes along."""

    alleen_echt: bool

    def query(self, **keuze: str) -> dict[str, str]:
        """Return the query parameters of a link; what is empty is left out."""
        echt = {"alleen_echt": "ja"} if self.alleen_echt else {}
        return {naam: waarde for naam, waarde in (keuze | echt).items() if waarde}

    def address(self, pagina: str, **keuze: str) -> str:
        """Return the address of a page with a selection."""
        return f"/{pagina}?{urlencode(self.query(**keuze))}"

    def evidence(self, tekst: str, indicator: Indicator) -> Html:
        """Return a link to where the figures of an indicator are accounted for."""
        label = tekst if tekst == indicator.titel else f"{tekst} bij {indicator.titel}"
        adres = self.address(VERANTWOORDING, onderdeel="indicatoren", indicator=indicator.indicator_id)
        return tag("a", tekst, href=adres, target="_self", aria_label=label)

    def source(self, rijen: Sequence[Waarneming], indicator: Indicator) -> Html:
        """Return where figures come from as a line of text, with a link to where they are accounted for."""
        bron = f"Bron: {source_text(rijen)}. " if rijen else ""
        return tag("p", bron, self.evidence("Bron en uitleg", indicator), klasse="rm-bron")


def example_text() -> Html:
    """Return the notice on made-up figures."""
    return tag(
        "p",
        tag("strong", "Voorbeelddata."),
        " Op deze pagina staan ook verzonnen cijfers, omdat de echte nog niet geleverd zijn. "
        "U herkent ze aan het woord VOORBEELD en aan schuine strepen.",
        klasse="rm-melding rm-melding-voorbeeld",
        role="note",
    )


def not_delivered(wat: str, hoe: str) -> Html:
    """Return that something was not delivered, who delivers it in which table, and who brings it here."""
    return tag("div", tag("p", wat), tag("p", f"Zo komt het hier. {hoe} {BEHEERDER}"), klasse="rm-leeg")


def herkomst_badge(herkomst: str) -> Html:
    """Return the kind of source as a label; made-up data stand out."""
    klasse = "rm-etiket rm-etiket-voorbeeld" if herkomst == "synthetisch" else "rm-etiket"
    return tag("span", HERKOMST_WOORD.get(herkomst, herkomst), klasse=klasse)
