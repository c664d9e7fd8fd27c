"""Every address that the app answers is behind the door: one that is added without a rule is there for nobody."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from toegangsbed import KOEKJESGEHEIM, login_settings

from app.dienst import asgi
from app.dienst.aanmelden import Aanmelden
from app.dienst.bewaking.toestand import KLAAR, LEEFT, METINGEN
from app.dienst.toegang import STROOM, allowed_addresses
from app.post import instellingen as post
from app.raam.paginas import PADEN
from app.raam.wie.afgemeld import Afgemeld
from app.rollen import mail
from app.rollen.lezer import SCHAKELAAR

BASIS = "https://monitor.voorbeeld.nl"
PERSONEN = '[toegang.org.personen]\n"bea@voorbeeld.nl" = ["beheer"]\n"weg@voorbeeld.nl" = []\n'
# What every page looks like, and what a machine asks that keeps the server running.
VOOR_IEDEREEN = {LEEFT, KLAAR, METINGEN, "/favicon.png", "/robots.txt"}


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    """The whole app but for Streamlit, of which there is one in a process: with login, mail and deliveries."""
    pad = tmp_path / "toegang.toml"
    pad.write_text(f"{login_settings(BASIS)}[toegang]\n[toegang.org]\n{PERSONEN}", encoding="utf-8")
    pad.chmod(0o600)
    monkeypatch.setenv(SCHAKELAAR, str(pad))
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    for naam, waarde in ((post.SERVER, "127.0.0.1:1"), (post.TLS, "geen"), (post.AFZENDER, "monitor@voorbeeld.nl")):
        monkeypatch.setenv(naam, waarde)
    monkeypatch.setattr("app.raam.wie.koekje.get_cookie_secret", lambda: KOEKJESGEHEIM)
    monkeypatch.setattr("app.raam.wie.lezer.AFGEMELD", Afgemeld())
    monkeypatch.setattr("app.dienst.asgi.st.App", lambda _script, *, lifespan, **rest: Starlette(**rest))
    app: Any = asgi.build(allowed_addresses(443, "127.0.0.1", BASIS), neemt_aan=True)
    return app


def status(app: Starlette, pad: str, wie: str = "", soort: str = "GET") -> int:
    """Return how an address answers somebody; with a form, or a link that is none, where it takes one."""
    koppen = {"host": "monitor.voorbeeld.nl", "origin": BASIS, "sec-fetch-site": "same-origin"}
    if wie:
        gegevens = {"provider": "org", "origin": BASIS, "is_logged_in": True, "iat": time.time() - 60,
                    "email": f"{wie}@voorbeeld.nl", "email_verified": True}  # fmt: skip
        naam = "_streamlit_user"
        koppen["cookie"] = f"{naam}={create_signed_value(KOEKJESGEHEIM, naam, json.dumps(gegevens)).decode()}"
    berichten: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(bericht: Any) -> None:
        berichten.append(bericht)

    scope = {
        "type": "http", "method": soort, "path": pad, "raw_path": pad.encode(), "query_string": b"", "scheme": "https",
        "headers": [(k.encode(), v.encode()) for k, v in koppen.items()], "client": ("10.0.0.1", 1),
        "server": ("x", 443), "http_version": "1.1",
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    return int(berichten[0]["status"])


def addresses(app: Starlette) -> set[str]:
    """Return one address of each kind that the app answers."""
    return {route.path.partition("{")[0] + ("x" if "{" in route.path else "") for route in app.routes}  # type: ignore[attr-defined]


def test_every_address_that_there_is_against_who_has_no_role(app: Starlette) -> None:
    alle = addresses(app)
    assert alle >= PADEN | VOOR_IEDEREEN | {mail.PAD}
    open_ = {pad for pad in alle if status(app, pad) not in (302, 401)}
    uiterlijk = {
        pad for pad in alle if pad.startswith("/regiomonitor/") and pad.endswith((".css", ".js", ".svg", ".woff2"))
    }
    assert open_ == VOOR_IEDEREEN | uiterlijk
    assert {status(app, pad, "weg") for pad in alle - open_} == {403}
    assert status(app, mail.PAD, soort="POST") == 302
    assert {status(app, pad, "weg", soort) for pad in PADEN for soort in ("POST", "PUT", "DELETE")} == {405}


def test_what_says_which_figures_there_are_is_for_who_may_read_them(app: Starlette) -> None:
    (deze,) = (laag.kwargs for laag in app.user_middleware if laag.cls is Aanmelden)
    assert {"/robots.txt", "/healthz", "/favicon.png"} < deze["vrij"]
    for pad in ("/sitemap.xml", "/regiomonitor/zoeken"):
        assert pad not in deze["vrij"]
        assert deze["paden"].has(pad)


@pytest.mark.parametrize("wie", ["", "weg", "bea"])
@pytest.mark.parametrize("pad", ["/nieuw", f"{STROOM}2", "/regiomonitor/nieuw", f"{mail.PAD}/nieuw", "/aanmelden/x/y"])
def test_an_address_that_is_added_without_a_rule_is_there_for_nobody(app: Starlette, pad: str, wie: str) -> None:
    app.router.routes.append(Route(pad, lambda _: PlainTextResponse("geheim")))
    assert status(app, pad, wie) == 404
