"""Answers what is typed in the search field; nothing of it is kept or written down."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.beeld.fragmenten import Verwijzer
from app.lezen import data
from app.raam.zoeken.antwoord import answer

ADRES = "/regiomonitor/zoeken"
_PUBLICATIE = re.compile(r"[A-Za-z0-9.-]{1,60}", re.ASCII)


def respond(verzoek: Request) -> Response:
    """Answer one question with links that keep voorbeeldmodus and the publication of the page where it was asked."""
    vragen = verzoek.query_params
    voorbeeld, publicatie = vragen.get("voorbeeld", ""), vragen.get("publicatie", "")
    wijzer = Verwijzer(
        voorbeeld if voorbeeld in ("0", "1") else "", publicatie if _PUBLICATIE.fullmatch(publicatie) else ""
    )
    try:
        inhoud = answer(data.kenmerk(), vragen.get("zoek", ""), wijzer)
    except data.GeenPublicatieError:
        inhoud = {"melding": "Er is nog geen publicatie om in te zoeken.", "groepen": []}
    return JSONResponse(inhoud, headers={"cache-control": "no-store"})
