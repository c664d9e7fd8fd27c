"""The foot of every page: which publication this is, whose figures they are, who to ask, and the pages on the side."""

from __future__ import annotations

import os
import re
from importlib.metadata import version

from app.beeld.markup import Html, join, tag
from app.lezen.rijen import Publicatie
from app.raam.paginas import PAGINAS, VOORAF, address
from app.raam.vakken import onderdelen
from app.raam.weergave import theme
from app.raam.wie import lezer
from app.rollen import mail

# From pyproject.toml, the one place where it stands.
VERSIE = version("regiomonitor")
SCHAKELAAR = "REGIOMONITOR_CONTACT"
_MAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+")


# Of a concept there is none: the addresses have the publication of now.
_OPEN_DATA = ("Open data", "/verantwoording?onderdeel=opendata")
_WEGEN = (
    ("Hoe toegankelijk is deze monitor?", "/toegankelijkheid"),
    ("Data aanleveren", "/aanleveren"),
    ("Wat komt wanneer", "/verantwoording?onderdeel=kalender"),
    _OPEN_DATA,
)


def show(publicatie: Publicatie) -> None:
    """Show the publication and the licences, and the pages that are about the monitor itself."""
    wie = lezer.current().naam
    wegen = [weg for weg in _WEGEN if weg != _OPEN_DATA or not publicatie.is_concept]
    if lezer.current().gebieden:
        wegen.append((PAGINAS[VOORAF].titel, address(VOORAF)))
    links = [tag("a", naam, href=adres, target="_self") for naam, adres in wegen]
    if wie and mail.is_on():
        links.append(tag("a", "Berichten per mail", href=mail.PAD, target="_self"))
    if wie:
        links.append(tag("span", f"Aangemeld als {wie}. ", tag("a", "Afmelden", href="/auth/logout", target="_self")))
    elif lezer.can_log_in():
        links.append(tag("a", "Aanmelden", href="/aanmelden", target="_self"))
    links.append(tag("a", "Nieuw hier?", href="/", target="_self", klasse="rm-nieuwhier"))
    onderdelen.show(
        tag(
            "footer",
            tag("p", f"{publicatie.tekst}. "
                "Cijfers van het CBS vallen onder CC BY 4.0, de code onder EUPL 1.2. "
                f"Versie {VERSIE} van de monitor."),
            tag("ul", join(tag("li", punt) for punt in [*links, contact()])),
            klasse=f"rm-voet rm-{theme()}", data_publicatie=publicatie.publicatie_id,
        )
    )  # fmt: skip


def contact() -> Html:
    """Return who to ask: the address that the manager has set, else in words who that is."""
    adres = os.environ.get(SCHAKELAAR, "").strip()
    if _MAIL.fullmatch(adres):
        return tag("a", f"Contact: {adres}", href=f"mailto:{adres}")
    if adres.startswith("https://"):
        return tag("a", "Contact", href=adres, rel="noopener noreferrer", target="_blank")
    return tag("span", "Vragen? Stel ze aan wie deze monitor voor u beheert.")
