"""The page Berichten per mail and the links in a mail, through the whole door: who may, what it takes and tells."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from gesprekpublicatie import REGIOS
from postbed import BASIS, NIEUW, Bus, Post
from starlette.applications import Starlette
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from toegangsbed import KOEKJESGEHEIM

from app.commissie.bank.tabellen import ABONNEMENT
from app.dienst import asgi
from app.dienst.bewaking import toestand
from app.dienst.toegang import allowed_addresses
from app.logboek import boek, deur
from app.post import abonnement as abonnementen
from app.raam.wie.afgemeld import Afgemeld
from app.rollen.lezer import OPEN, SCHAKELAAR

TOKEN = "a" * 43


@dataclass(frozen=True)
class Antwoord:
    status: int
    koppen: dict[str, str]
    tekst: str


class Deur:
    """The whole app but for Streamlit, of which there is one in a process."""

    def __init__(self) -> None:
        with pytest.MonkeyPatch.context() as anders:
            anders.setattr("app.dienst.asgi.st.App", lambda _script, *, lifespan, **rest: Starlette(**rest))
            self.app = asgi.build(allowed_addresses(443, "127.0.0.1", BASIS))

    def ask(
        self, pad: str, soort: str = "GET", wie: str = "", delen: tuple[bytes, ...] = (), **koppen: str
    ) -> Antwoord:
        """Ask as somebody in this group; a body that comes in pieces has no length of its own."""
        pad, _, vraag = pad.partition("?")
        alle = {"host": BASIS.partition("//")[2], **({"cookie": cookie(wie)} if wie else {}), **koppen}
        if len(delen) == 1:
            alle |= {"content-length": str(len(delen[0]))}
        scope = {
            "type": "http", "method": soort, "path": pad, "raw_path": pad.encode(), "query_string": vraag.encode(),
            "headers": [(k.replace("_", "-").encode(), v.encode("latin-1")) for k, v in alle.items()],
            "client": ("10.0.0.1", 1), "server": ("x", 443), "scheme": "https", "http_version": "1.1",
        }  # fmt: skip
        berichten: list[dict[str, Any]] = []
        te_geven = [{"type": "http.request", "body": deel, "more_body": True} for deel in delen]
        te_geven.append({"type": "http.request", "body": b"", "more_body": False})

        async def receive() -> dict[str, Any]:
            return te_geven.pop(0) if te_geven else await asyncio.Event().wait()  # type: ignore[return-value]

        async def send(bericht: Any) -> None:
            berichten.append(bericht)

        asyncio.run(self.app(scope, receive, send))
        namen = {n.decode(): w.decode() for n, w in berichten[0]["headers"]}
        inhoud = b"".join(b.get("body", b"") for b in berichten[1:])
        return Antwoord(berichten[0]["status"], namen, inhoud.decode())

    def fill_in(self, wie: str = "lezers", origin: str = BASIS, **velden: Any) -> Antwoord:
        """Send the form."""
        vol = {"adres": "jo@voorbeeld.nl", "onderwerp": ["publicatie"], "gebied": ""} | velden
        lijf = urlencode(vol, doseq=True).encode()
        return self.ask("/berichten", "POST", wie, (lijf,), origin=origin, sec_fetch_site="same-origin")


def cookie(groep: str) -> str:
    gegevens = {
        "provider": "org", "origin": BASIS, "is_logged_in": True, "iat": time.time() - 60, "groups": [groep],
        "email": "jo@voorbeeld.nl", "email_verified": True,
    }  # fmt: skip
    naam = "_streamlit_user"
    return f"{naam}={create_signed_value(KOEKJESGEHEIM, naam, json.dumps(gegevens)).decode()}"


@pytest.fixture
def post(lege_post: Post, monkeypatch: pytest.MonkeyPatch) -> Post:
    """The same monitor, on the clock of now, for who is logged in."""
    monkeypatch.setattr("app.raam.wie.koekje.get_cookie_secret", lambda: KOEKJESGEHEIM)
    monkeypatch.setattr("streamlit.auth_util.get_signing_secret", lambda: KOEKJESGEHEIM)
    monkeypatch.setattr("app.raam.wie.lezer.AFGEMELD", Afgemeld())
    from app.post.versturen import now

    # A little after what is asked meanwhile.
    lege_post.nu = now() + timedelta(minutes=5)
    return lege_post


@pytest.fixture
def deur_(post: Post) -> Deur:
    return Deur()


def all_kept(post: Post) -> list[abonnementen.Abonnement]:
    with post.opslag().transaction(schrijf=False) as con:
        return abonnementen.everything(con)


def test_from_asking_to_stopping_by_way_of_the_links(post: Post, deur_: Deur, bus: Bus) -> None:
    pagina = deur_.ask("/berichten", wie="lezers")
    assert pagina.status == 200
    assert "<title>Berichten per mail | Regiomonitor</title>" in pagina.tekst
    # The address that the provider verified is proposed.
    assert 'value="jo@voorbeeld.nl"' in pagina.tekst
    antwoord = deur_.fill_in()
    assert (antwoord.status, antwoord.koppen["location"]) == (303, "/berichten?stand=gevraagd")
    assert "Wacht op bevestiging" in deur_.ask("/berichten?stand=gevraagd", wie="lezers").tekst
    post.send()
    link = f"/berichten/bevestig/{bus.link('bevestig')}"
    # Whoever opens it, as mail servers do to look at it, does nothing.
    for soort in ("GET", "HEAD", "GET"):
        assert deur_.ask(link, soort).status == 200
    # Whose it is, for who did not ask.
    assert "Gevraagd door het account jo@voorbeeld.nl, over: een nieuwe publicatie." in deur_.ask(link).tekst
    assert all_kept(post)[0].bevestigd_op is None
    assert "U krijgt voortaan berichten" in deur_.ask(link, "POST", delen=(b"",)).tekst
    assert {deur_.ask(link, soort).status for soort in ("GET", "POST")} == {410}
    assert "Bevestigd om" in deur_.ask("/berichten", wie="lezers").tekst
    post.publish(NIEUW)
    post.send()
    uit = f"/berichten/uit/{bus.link('uit')}"
    assert deur_.ask(uit).status == 200
    assert post.count(ABONNEMENT) == 1
    # One click, by a mail server: no cookie, from another site, in pieces.
    delen = (b"List-Unsub", b"scribe=One-Click")
    assert deur_.ask(uit, "POST", delen=delen, origin="https://mail.elders.nl", sec_fetch_site="cross-site",
                     transfer_encoding="chunked").status == 200  # fmt: skip
    assert post.count(ABONNEMENT) == 0
    # Once more is as good, and tells nothing.
    assert deur_.ask(uit, "POST", delen=delen).tekst == deur_.ask(f"/berichten/uit/{TOKEN}", "POST").tekst
    assert "Stand" not in deur_.ask("/berichten", wie="lezers").tekst


def test_who_is_logged_in_stops_all_at_once(post: Post, deur_: Deur) -> None:
    deur_.fill_in()
    assert deur_.fill_in(daad="stop").koppen["location"] == "/berichten?stand=gestopt"
    assert post.count(ABONNEMENT) == 0


@pytest.mark.parametrize("soort", ["bevestig", "uit"])
def test_a_page_of_a_link_leaves_no_trace_of_it(
    post: Post, deur_: Deur, soort: str, caplog: pytest.LogCaptureFixture
) -> None:
    for pad in (f"/berichten/{soort}/{TOKEN}", f"/Berichten/{soort}/{TOKEN}", f"//berichten/{soort}/{TOKEN}",
                f"/berichten/{soort}/{TOKEN}/x", f"/berichten%2F{soort}%2F{TOKEN}", f"/berichten;x/{soort}/{TOKEN}",
                f"/berichten /{soort}/{TOKEN}", f"/BER\u0130CHTEN/{soort}/{TOKEN}", f"\\uit\\{TOKEN}"):  # fmt: skip
        with caplog.at_level(logging.INFO):
            antwoorden = [deur_.ask(pad), deur_.ask(pad, "POST")]
        for antwoord in antwoorden:
            assert antwoord.koppen["cache-control"] == "no-store"
            assert TOKEN not in antwoord.tekst
        if pad.startswith("/berichten/"):
            assert {a.koppen["referrer-policy"] for a in antwoorden} == {"no-referrer"}
    regels = "".join(toestand._Json().format(r) for r in caplog.records)
    assert '"/berichten/…"' in regels
    assert TOKEN not in regels
    assert TOKEN.encode() not in toestand.generate_latest(toestand.REGISTRY)
    assert not [p for p in boek.months(deur.folder(post.warehouse)) if TOKEN in p.read_text()]


def test_a_link_takes_no_more_than_a_mail_server_sends_and_not_from_who_keeps_asking(post: Post, deur_: Deur) -> None:
    pad = f"/berichten/uit/{TOKEN}"
    assert deur_.ask(pad, "POST", delen=(b"x" * 5000,)).status == 413
    assert deur_.ask(pad, "POST", delen=(b"x" * 1500, b"x" * 1500), transfer_encoding="chunked").status == 413
    assert deur_.ask(pad, "PUT").status == 405
    assert deur_.ask("/berichten/uit/kort").status == 404
    # Who looks is counted apart from who tries links that are none.
    for soort in ("GET", "POST"):
        statussen = [deur_.ask(pad, soort).status for _ in range(80)]
        assert statussen[0] == 200
        assert statussen[-1] == 429


def test_scanners_and_who_guesses_keep_nobody_from_stopping_or_agreeing(post: Post, deur_: Deur, bus: Bus) -> None:
    deur_.fill_in()
    post.send()
    for soort in ("GET", "POST"):
        for _ in range(80):
            deur_.ask(f"/berichten/uit/{TOKEN}", soort)
    assert deur_.ask(f"/berichten/bevestig/{bus.link('bevestig')}", "POST").status == 200
    assert deur_.ask(f"/berichten/uit/{bus.link('uit')}", "POST", delen=(b"List-Unsubscribe=One-Click",)).status == 200
    assert post.count(ABONNEMENT) == 0


def test_the_second_button_of_a_stranger_lets_nobody_be_asked_there(post: Post, deur_: Deur, bus: Bus) -> None:
    deur_.fill_in()
    post.send()
    uit = f"/berichten/uit/{bus.link('uit')}"
    assert 'name="nooit" value="1"' in deur_.ask(uit).tekst
    assert "90 dagen niets" in deur_.ask(uit, "POST", delen=(b"nooit=1",)).tekst
    assert deur_.fill_in().koppen["location"] == "/berichten?stand=gevraagd"
    post.later(days=2)
    post.send()
    assert len(bus.gekregen) == 1


def test_who_sends_the_form_again_and_again_fills_no_log(
    post: Post, deur_: Deur, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(deur.SCHAKELAAR, str(tmp_path / "log"))
    antwoorden = [deur_.fill_in(adres=f"a{nummer}@voorbeeld.nl") for nummer in range(30)]
    assert [a.koppen.get("location", "").rpartition("=")[2] for a in antwoorden[:4]] == ["gevraagd"] * 3 + ["te_vaak"]
    assert antwoorden[-1].status == 429
    regels = [r for p in boek.months(tmp_path / "log") for r in p.read_text().splitlines()]
    assert len([r for r in regels if "berichten gevraagd" in r]) == 3
    # To stop is never too much.
    assert deur_.fill_in(daad="stop").status == 303


def test_an_address_of_anybody_says_nothing_that_is_not_so(post: Post, deur_: Deur) -> None:
    deur_.fill_in()
    for stand, staat in (("gestopt", "geen berichten meer."), ("bewaard", "Uw keuze is bewaard."), ("x", "rm-melding")):
        assert staat not in deur_.ask(f"/berichten?stand={stand}", wie="lezers").tekst


@pytest.mark.parametrize("rol", ["", "onbekend", "lezers", "commissie"])
def test_the_page_is_for_who_is_logged_in_and_may_read_and_offers_what_goes_with_the_role(
    post: Post, deur_: Deur, rol: str
) -> None:
    antwoord = deur_.ask("/berichten", wie=rol)
    assert antwoord.status == {"": 302, "onbekend": 403}.get(rol, 200)
    assert ("afspra" in antwoord.tekst) is (rol == "commissie")
    gevraagd = deur_.fill_in(rol, onderwerp=["publicatie", "afspraak"])
    assert gevraagd.status == {"": 302, "onbekend": 403, "lezers": 422, "commissie": 303}[rol]
    assert post.count(ABONNEMENT) == (rol == "commissie")
    if rol == "":
        # Also where everybody may read, one logs in for this.
        post.rollen(openbaar=True)
        assert deur_.ask("/berichten").koppen["location"] == "/aanmelden"


def test_a_form_of_another_site_is_refused(post: Post, deur_: Deur) -> None:
    assert deur_.fill_in(origin="https://elders.nl").status == 403
    assert deur_.fill_in(origin="null").status == 403
    lijf = b"adres=jo%40voorbeeld.nl&onderwerp=publicatie"
    assert deur_.ask("/berichten", "POST", "lezers", (lijf,)).status == 403
    assert deur_.fill_in(adres="x" * 5000).status == 413
    assert post.count(ABONNEMENT) == 0


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays_text(post: Post, deur_: Deur) -> None:
    kwaad = '"><script>x</script>'
    antwoord = deur_.fill_in(adres=f"jo{kwaad}", onderwerp=[], gebied="RA0000")
    assert antwoord.status == 422
    assert "<title>Fout: Berichten per mail" in antwoord.tekst
    for naam in ("adres", "onderwerp", "gebied"):
        assert f'id="fout-{naam}"' in antwoord.tekst
        assert re.search(rf'name="{naam}"[^>]*aria-describedby="fout-{naam}" aria-invalid="true"', antwoord.tekst)
    # The first that is wrong has the focus.
    assert re.findall(r'name="(\w+)"[^>]*autofocus', antwoord.tekst) == ["adres"]
    assert "autofocus" in deur_.fill_in(onderwerp=[]).tekst
    assert "<script" not in antwoord.tekst
    assert "script" not in antwoord.koppen["content-security-policy"]
    assert deur_.fill_in(gebied=REGIOS[0], onderwerp=["signaal"]).status == 303


def test_a_link_to_agree_with_is_no_good_once_the_role_is_gone(post: Post, deur_: Deur, bus: Bus) -> None:
    deur_.fill_in("commissie", onderwerp=["afspraak"])
    post.send()
    post.rollen('"jo@voorbeeld.nl" = ["kijker"]')
    link = f"/berichten/bevestig/{bus.link('bevestig')}"
    assert deur_.ask(link, "POST").status == 410
    assert all_kept(post)[0].bevestigd_op is None
    post.toegang.write_text("stuk")
    assert deur_.ask(link, "POST").status == 503


def test_a_database_that_is_away_is_not_told_as_done(post: Post, deur_: Deur, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_COMMISSIE_URL", "postgresql://niemand@127.0.0.1:1/geen")
    for antwoord in (
        deur_.ask(f"/berichten/uit/{TOKEN}", "POST"),
        deur_.ask("/berichten", wie="lezers"),
        deur_.fill_in(),
    ):
        assert antwoord.status == 503
        assert "gestopt" not in antwoord.tekst


def test_what_was_asked_agreed_and_stopped_is_in_the_log_without_an_address(
    post: Post, deur_: Deur, bus: Bus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(deur.SCHAKELAAR, str(tmp_path / "log"))
    deur_.fill_in(adres="prive@elders.nl")
    post.send()
    deur_.ask(f"/berichten/bevestig/{bus.link('bevestig')}", "POST")
    deur_.fill_in(daad="stop")
    regels = [json.loads(r) for p in boek.months(tmp_path / "log") for r in p.read_text().splitlines()]
    gedaan = [(r["daad"], r["waarover"]) for r in regels if r["daad"].startswith("berichten")]
    assert gedaan == [(f"berichten {d}", "") for d in ("gevraagd", "bevestigd", "gestopt")]
    assert len({r["wie"] for r in regels if r["daad"].startswith("berichten")}) == 1
    assert not [p for p in (tmp_path / "log").iterdir() if "prive@" in p.read_text()]


def test_without_login_there_is_no_page_and_no_link(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SCHAKELAAR, OPEN)
    for pad in ("/berichten", f"/berichten/uit/{TOKEN}", f"/berichten/bevestig/{TOKEN}"):
        for soort in ("GET", "POST"):
            assert Deur().ask(pad, soort).status in (404, 405)
