"""The pages of the app: address, title and screen, for the menu and for what may be asked of the server."""

from __future__ import annotations

from dataclasses import dataclass

from app.beeld.fragmenten import EEN_CIJFER


@dataclass(frozen=True)
class Pagina:
    """A page: its title, and the module in `app/schermen` whose `show` shows it."""

    titel: str
    scherm: str
    # The entry of the menu under which it is found; none: at the foot of every page.
    ingang: str = ""
    # What it answers, in search and in the preview of a link.
    zin: str = ""


# The page that opens at the bare address; it has no other.
BEGIN = "landelijk"
# Where one area sees its own figures before their release.
VOORAF = "vooraf"
PAGINAS = {
    BEGIN: Pagina(
        "Landelijk beeld",
        "landelijk.pagina",
        "Landelijk",
        "Liggen we op koers? De kerncijfers van Nederland, per actielijn en pijler.",
    ),
    "kaart": Pagina(
        "Kaart",
        "kaart.pagina",
        "Kaart",
        "Waar staat een cijfer hoog of laag? Per regio, werkgeversorganisatie of provincie.",
    ),
    "regio": Pagina(
        "Mijn regio",
        "regio.pagina",
        "Regio",
        "Hoe staat een regio ervoor naast Nederland en naast regio's die erop lijken?",
    ),
    "pijlers": Pagina(
        "Pijlers",
        "pijlers.pagina",
        "Programma",
        "Wat brengt het programma Samen Regionaal Sterk teweeg, per pijler?",
    ),
    "budget": Pagina(
        "Budget",
        "budget",
        "Programma",
        "Waar gaat de subsidie heen, en houdt de verdeling zich aan de regels?",
    ),
    "knoppen": Pagina(
        "Tekort en knoppen",
        "knoppen",
        "Programma",
        "Hoe groot wordt het tekort, en wat zou welke maatregel schelen?",
    ),
    "verhalen": Pagina(
        "Verhalen",
        "verhalen",
        "Programma",
        "Goede voorbeelden, inzichten, signalen en aanbevelingen uit onderzoek en regio's.",
    ),
    "voortgangsgesprek": Pagina(
        "Voortgangsgesprek",
        "gesprek.pagina",
        "Gesprek",
        "Waarover gaat het gesprek van de adviescommissie met een regio?",
    ),
    "verantwoording": Pagina(
        "Cijfers",
        "verantwoording.pagina",
        "Cijfers",
        "Waar komt elk cijfer vandaan, wat betekent het en hoe is het gecontroleerd?",
    ),
    EEN_CIJFER: Pagina(
        "Eén cijfer",
        "indicator.pagina",
        "Cijfers",
        "Eén cijfer van alle kanten: verloop, regio's, wat het is en waar het vandaan komt.",
    ),
    "aanleveren": Pagina(
        "Data aanleveren",
        "aanleveren.pagina",
        "",
        "Voor leveranciers: een levering laten keuren en aanbieden.",
    ),
    VOORAF: Pagina(
        "Uw cijfers vóór publicatie",
        "vooraf",
        "",
        "Voor een werkgeversorganisatie of regio: haar eigen cijfers zolang een publicatie op vrijgave wacht.",
    ),
    "toegankelijkheid": Pagina(
        "Toegankelijkheid",
        "toegankelijkheid.pagina",
        "",
        "Hoe toegankelijk is deze monitor, en wat is nog niet goed?",
    ),
}
# The six entries of the menu; each opens with its first page.
INGANGEN = ("Landelijk", "Kaart", "Regio", "Programma", "Gesprek", "Cijfers")
PADEN = frozenset({"/", *(f"/{naam}" for naam in PAGINAS if naam != BEGIN)})


def address(naam: str) -> str:
    """Return the address of a page; that of the first one is bare."""
    return "/" if naam == BEGIN else f"/{naam}"


def beside(naam: str) -> tuple[str, ...]:
    """Return the pages that share the entry of a page, itself among them; without those that a figure leads to."""
    ingang = PAGINAS[naam].ingang
    return tuple(n for n, p in PAGINAS.items() if ingang and p.ingang == ingang and n != EEN_CIJFER)
