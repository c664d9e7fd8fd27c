"""Pieces of HTML that more than one page has: links that keep the reader's choice, notices, labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from app.beeld.markup import Html, tag
from app.lezen.rijen import Indicator, Waarneming
from app.oordeel.bijschriften import source_text
from app.taal.opmaak import HERKOMST_WOORD, opsomming
from pipelines.afspraken.codelijsten import Herkomst

VERANTWOORDING = "verantwoording"
EEN_CIJFER = "indicator"
# As many suppliers as fit in a sentence.
_HOOGSTENS = 4
BEHEERDER = "De beheerder van de monitor keurt de levering en maakt dan een nieuwe publicatie."


@dataclass(frozen=True, slots=True)
class Verwijzer:
    """Where links within the app lead: voorbeeldmodus goes along or that the reader left it, and an earlier one."""

    voorbeeld: str = ""
    publicatie: str = ""

    def query(self, **keuze: str) -> dict[str, str]:
        """Return the query parameters of a link; what is empty is left out."""
        mee = {"voorbeeld": self.voorbeeld, "publicatie": self.publicatie}
        return {naam: waarde for naam, waarde in (keuze | mee).items() if waarde}

    def address(self, pagina: str, **keuze: str) -> str:
        """Return the address of a page with a selection."""
        return f"/{pagina}?{urlencode(self.query(**keuze))}"

    def evidence(self, tekst: str, indicator: Indicator, regio: str = "") -> Html:
        """Return a link to the page of an indicator, where its figures are accounted for: of `regio` where named."""
        label = tekst if tekst == indicator.titel else f"{tekst} bij {indicator.titel}"
        adres = self.address(EEN_CIJFER, indicator=indicator.indicator_id, regio=regio)
        return tag("a", tekst, href=adres, target="_self", aria_label=label)

    def source(self, rijen: Sequence[Waarneming], indicator: Indicator) -> Html:
        """Return where figures come from as a line of text, with a link to where they are accounted for."""
        bron = f"Bron: {source_text(rijen)}. " if rijen else ""
        return tag("p", bron, self.evidence("Bron en uitleg", indicator), klasse="rm-bron")


def example_text() -> Html:
    """Return the banner of voorbeeldmodus; the way out stands beside it."""
    return tag(
        "p",
        tag("strong", "Voorbeeldmodus."),
        " Cijfers met VOORBEELD zijn verzonnen.",
        klasse="rm-melding rm-melding-voorbeeld",
        role="note",
    )


def _suppliers(wie: Sequence[str]) -> str:
    """Join who could deliver; names with a comma in them stay apart."""
    namen = [*wie[:_HOOGSTENS], *["anderen"] * (len(wie) > _HOOGSTENS)]
    return "; ".join(namen) if any(", " in naam for naam in namen) else opsomming(namen)


def not_there(wat: str, wie: Sequence[str], voorbeeld: str, hoe: str = "") -> Html:
    """Return that there is nothing here, who could deliver it and how, and a link to the same page with examples."""
    delen = [tag("p", wat)]
    if wie:
        delen.append(tag("p", f"Te leveren door: {_suppliers(wie)}."))
    if hoe:
        delen.append(tag("p", hoe))
    if voorbeeld:
        delen.append(tag("p", tag("a", "Bekijk met voorbeelddata", href=voorbeeld, target="_self")))
    return tag("div", *delen, klasse="rm-leeg")


def not_delivered(wat: str, hoe: str) -> Html:
    """Return that something was not delivered, who delivers it in which table, and who brings it here."""
    return tag("div", tag("p", wat), tag("p", f"Zo komt het hier. {hoe} {BEHEERDER}"), klasse="rm-leeg")


def herkomst_badge(herkomst: str) -> Html:
    """Return the kind of source as a label; made-up data stand out."""
    klasse = "rm-etiket rm-etiket-voorbeeld" if herkomst == Herkomst.SYNTHETISCH else "rm-etiket"
    return tag("span", HERKOMST_WOORD.get(herkomst, herkomst), klasse=klasse)
