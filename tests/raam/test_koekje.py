"""The cookie of login: in one piece, with what counts, and no pieces of two logins make a third."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

import pytest
from starlette.responses import Response
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from toegangsbed import KOEKJESGEHEIM, login_settings

from app.raam.wie import koekje
from app.raam.wie.lezer import who
from app.rollen.instellingen import load
from app.rollen.lezer import NIEMAND, SCHAKELAAR

NAAM, TOKENS = "_streamlit_user", "_streamlit_user_tokens"
ROLLEN = """[toegang.org]
rolveld = "groups"
[toegang.org.groepen]
wzw = ["commissie"]
"""
# A large organisation names all groups that somebody is in, most of them of other systems.
GROEPEN = [str(uuid5(NAMESPACE_DNS, str(nummer))) for nummer in range(190)]


@pytest.fixture
def toegang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    pad = tmp_path / "toegang.toml"
    pad.write_text(login_settings() + ROLLEN, encoding="utf-8")
    pad.chmod(0o600)
    monkeypatch.setenv(SCHAKELAAR, str(pad))
    monkeypatch.setattr(koekje, "get_cookie_secret", lambda: KOEKJESGEHEIM)
    return pad


def login(toegang: Path, **anders: Any) -> dict[str, Any]:
    """Return what Streamlit knows of somebody who just logged in."""
    return {"is_logged_in": True, "origin": load(toegang).adres, "provider": "org", "iss": "https://org", "sub": "7",
            "iat": time.time(), "email": "jo@voorbeeld.nl", "email_verified": True, "phone_number": "0612345678",
            "groups": [*GROEPEN, "wzw"], **anders}  # fmt: skip


def as_streamlit(gegevens: dict[str, Any]) -> Response:
    """Return the answer to a login as Streamlit makes it: cut where it is long, with the tokens beside it."""
    antwoord = Response()
    for naam, inhoud in ((NAAM, gegevens), (TOKENS, {"id_token": "eyJ" + "x" * 1400})):
        set_cookie_with_chunks(
            lambda naam, waarde: antwoord.set_cookie(naam, create_signed_value(KOEKJESGEHEIM, naam, waarde).decode()),
            lambda naam, waarde: create_signed_value(KOEKJESGEHEIM, naam, waarde), naam, inhoud, cookie_attr_size=80,
        )  # fmt: skip
    return antwoord


def cookies(koppen: list[tuple[bytes, bytes]]) -> dict[str, str]:
    paren = [w.decode().partition(";")[0].partition("=") for n, w in koppen if n == b"set-cookie"]
    return {naam: waarde.strip('"') for naam, _, waarde in paren}


def test_a_long_login_becomes_one_cookie_with_what_counts_and_without_tokens(toegang: Path) -> None:
    van_streamlit = as_streamlit(login(toegang)).raw_headers
    assert len([naam for naam in cookies(van_streamlit) if naam.startswith(NAAM)]) > 3
    koppen = koekje.slim(van_streamlit, load(toegang))
    gezet = cookies(koppen)
    assert {naam for naam, waarde in gezet.items() if waarde} == {NAAM}
    assert all(len(waarde) < 1000 for naam, waarde in koppen if naam == b"set-cookie")
    inhoud = json.loads(koekje.read(gezet))
    assert inhoud["groups"] == ["wzw"]
    assert "phone_number" not in inhoud
    assert [str(rol) for rol in who(gezet, time.time()).rollen] == ["commissie"]


def test_pieces_of_two_logins_are_nobody(toegang: Path) -> None:
    """One who left the group kept the last piece of the login before, in which it stands."""
    oud, nieuw = (cookies(as_streamlit(login(toegang, groups=groepen)).raw_headers)
                  for groepen in ([*GROEPEN, "wzw"], [*GROEPEN, "zzz"]))  # fmt: skip
    laatste = max(naam for naam in oud if naam.startswith(NAAM) and naam[-1].isdigit())
    for koekjes in ({**nieuw, laatste: oud[laatste]}, oud, nieuw):
        assert who(koekjes, time.time()) == NIEMAND


def test_a_login_of_no_provider_of_ours_lays_down_nothing(toegang: Path) -> None:
    koppen = koekje.slim(as_streamlit(login(toegang, provider="elders")).raw_headers, load(toegang))
    assert not any(cookies(koppen).values())


def test_an_answer_without_login_stays_as_it_is(toegang: Path) -> None:
    antwoord = Response()
    antwoord.delete_cookie(NAAM)
    antwoord.set_cookie("rm_naar", "/kaart")
    assert koekje.slim(antwoord.raw_headers, load(toegang)) == antwoord.raw_headers
