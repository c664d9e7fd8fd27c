"""The cookie of login: one piece, signed as a whole, with what a role is judged by and nothing else.

Streamlit cuts a long login into pieces that are each signed alone, so that pieces of two logins make a third; and it
lays the tokens of the provider beside it, for thirty days. Of neither anything reaches a browser.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http.cookies import SimpleCookie
from typing import Any

from starlette.responses import Response
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

from app.rollen.instellingen import Aanbieder, Instellingen
from app.rollen.lezer import known_groups

Koppen = list[tuple[bytes, bytes]]
# What says that somebody is in, since when, where, and who it is for good.
_ALTIJD = ("is_logged_in", "origin", "provider", "iat", "exp", "iss", "sub", "email_verified")
# Browsers keep no longer cookie, with its name and what is said of it.
_LANGSTE = 3800


def read(koekjes: Mapping[str, str]) -> bytes:
    """Return what stands in the cookie of login, when it was signed here as a whole; else nothing."""
    waarde = koekjes.get(USER_COOKIE_NAME, "").encode("latin-1", "replace")
    return decode_signed_value(get_cookie_secret(), USER_COOKIE_NAME, waarde) or b""


def slim(koppen: Iterable[tuple[bytes, bytes]], instellingen: Instellingen) -> Koppen:
    """Return the headers of an answer to a login, with one cookie of it; without, where that cannot be."""
    koppen = list(koppen)
    gezet = {naam: waarde for naam, waarde in laid_down(koppen).items() if naam.startswith(USER_COOKIE_NAME) and waarde}
    if not gezet.get(USER_COOKIE_NAME):
        return koppen
    over = [(naam, waarde) for naam, waarde in koppen if _cookie_name(naam, waarde) not in gezet]
    antwoord = Response()
    antwoord.delete_cookie(TOKENS_COOKIE_NAME, httponly=True, samesite="lax")
    waarde = _short(gezet, instellingen)
    if waarde and len(waarde) <= _LANGSTE:
        duur = instellingen.sessie_uren * 3600
        antwoord.set_cookie(USER_COOKIE_NAME, waarde, max_age=duur, httponly=True, samesite="lax")
    return [*over, *((naam, w) for naam, w in antwoord.raw_headers if naam == b"set-cookie")]


def laid_down(koppen: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return the cookies that an answer lays down; one that it takes away is empty."""
    koekjes: SimpleCookie = SimpleCookie()
    for naam, waarde in koppen:
        if naam.lower() == b"set-cookie":
            koekjes.load(waarde.decode("latin-1"))
    return {naam: koekje.value for naam, koekje in koekjes.items()}


def _cookie_name(naam: bytes, waarde: bytes) -> str:
    return waarde.decode("latin-1").partition("=")[0] if naam.lower() == b"set-cookie" else ""


def _short(gezet: Mapping[str, str], instellingen: Instellingen) -> str:
    """Return the cookie with what counts of this login, signed; empty where it is no login of a provider of ours."""

    def decode(naam: str) -> bytes | None:
        return decode_signed_value(get_cookie_secret(), naam, gezet.get(naam, "").encode("latin-1", "replace"))

    try:
        inhoud = json.loads(get_cookie_with_chunks(decode, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        return ""
    aanbieder = instellingen.aanbieders.get(str(inhoud.get("provider", ""))) if isinstance(inhoud, dict) else None
    if aanbieder is None:
        return ""
    tekst = json.dumps(_what_counts(inhoud, aanbieder))
    return create_signed_value(get_cookie_secret(), USER_COOKIE_NAME, tekst).decode()


def _what_counts(inhoud: Mapping[str, Any], aanbieder: Aanbieder) -> dict[str, Any]:
    blijft = {naam: inhoud[naam] for naam in (*_ALTIJD, aanbieder.naamveld) if naam in inhoud}
    return blijft | ({aanbieder.rolveld: list(known_groups(inhoud, aanbieder))} if aanbieder.rolveld else {})
