"""What a link says before anybody opens it: title, one sentence and a picture, in the head of the page."""

from __future__ import annotations

from markupsafe import escape
from starlette.requests import Request

from app.beeld.fragmenten import EEN_CIJFER
from app.beeld.markup import Html
from app.dienst.insluiten import MONITOR
from app.dienst.toegang import INSLUITEN
from app.lezen import data
from app.oordeel import cijfer
from app.raam import paginas

_ZIN = "De arbeidsmarkt in zorg en welzijn en het programma Samen Regionaal Sterk, per regio."


def of_page(verzoek: Request, begin: str) -> tuple[str, Html]:
    """Return the title of the page that is asked for, and the lines that a preview of its link is made from.

    `begin` is the address of this server. Of an indicator it is what that says now, of real figures only; nothing of
    the address comes back but what exists.
    """
    naam = verzoek.url.path.strip("/") or paginas.BEGIN
    pagina = paginas.PAGINAS.get(naam)
    titel, zin, beeld = (pagina.titel, pagina.zin, "") if pagina else (MONITOR, _ZIN, "")
    if naam == EEN_CIJFER and (van := _figure(verzoek.query_params.get("indicator", ""))):
        titel, zin, beeld = van
    titel = f"{titel} | {MONITOR}"
    regels = [f'<meta name="description" content="{escape(zin)}" />']
    paren = [("title", titel), ("description", zin), ("site_name", MONITOR), ("locale", "nl_NL"), ("type", "website")]
    if beeld:
        paren.append(("image", f"{begin}{beeld}"))
    regels += [f'<meta property="og:{naam}" content="{escape(waarde)}" />' for naam, waarde in paren]
    return titel, Html("".join(regels))


def _figure(naam: str) -> tuple[str, str, str] | None:
    """Return title, newest finding and picture of an indicator; nothing where it does not exist."""
    try:
        merk = data.kenmerk()
    except data.GeenPublicatieError:
        return None
    indicator = data.indicatoren(merk).get(naam)
    if indicator is None:
        return None
    keuze = cijfer.usual(merk, indicator)
    if keuze is None:
        return indicator.titel, indicator.vraag, ""
    return indicator.titel, f"{cijfer.trend(merk, keuze).titel}.", f"{INSLUITEN}{naam}.png"
