"""Login at the door: every role against every page and address, and the way there and back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from anyio import from_thread, to_thread
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from toegangsbed import KOEKJESGEHEIM, login_settings

from app.dienst import aanmelden
from app.dienst.aanmelden import Aanmelden
from app.dienst.opendata import openapi
from app.dienst.opendata.adressen import ADRESSEN, DATABASE
from app.dienst.toegang import ONTVANGST, Paden
from app.logboek import boek, nagaan
from app.logboek import deur as logboek
from app.logboek.namen import load_names
from app.logboek.regel import Daad
from app.raam.paginas import PADEN
from app.raam.wie import vastleggen
from app.raam.wie.afgemeld import Afgemeld
from app.raam.wie.lezer import who
from app.rollen.lezer import ONLEESBAAR, SCHAKELAAR

NU = 1_800_000_000
ROLLEN = """\
[toegang]
openbaar = {openbaar}
[toegang.org]
titel = "de <b>organisatie</b>"
rolveld = "groups"
[toegang.org.groepen]
"""
GROEPEN = {
    "kijker": "kijker", "wgo": "wgo:WGO01", "regio": "regio:RA0101", "commissie": "commissie", "meelezer": "meelezer",
    "leverancier": "leverancier:pfzw_dekking", "beheer": "beheer",
}  # fmt: skip
STIJL = "/regiomonitor/x.css"
GEGEVENS = (
    "/data/v1/indicatoren.csv",
    "/media/abc.pdf",
    "/regiomonitor/zoeken",
    "/gebieden/x.json",
    "/insluiten/kaart",
)


@dataclass
class Antwoord:
    status: int
    koppen: list[tuple[str, str]]
    inhoud: bytes
    is_door: bool

    def of(self, naam: str) -> list[str]:
        return [waarde for kop, waarde in self.koppen if kop == naam]


@pytest.fixture
def deur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Deur:
    monkeypatch.setattr("app.raam.wie.koekje.get_cookie_secret", lambda: KOEKJESGEHEIM)
    monkeypatch.setattr("streamlit.auth_util.get_signing_secret", lambda: KOEKJESGEHEIM)
    monkeypatch.setattr("app.raam.wie.lezer.AFGEMELD", Afgemeld())
    deur = Deur(tmp_path / "toegang.toml")
    deur.write()
    monkeypatch.setenv(SCHAKELAAR, str(deur.pad))
    return deur


class Deur:
    """The door, with an app behind it that answers everything."""

    def __init__(self, pad: Path) -> None:
        self.pad = pad
        paden = Paden(PADEN, frozenset({STIJL, "/regiomonitor/zoeken"}), ("/media/", "/gebieden/"))
        self._deur = Aanmelden(self._app, paden, frozenset({STIJL, "/healthz"}), STIJL, lambda: NU)
        self._is_door, self.status = False, 200
        self.koekje = b"x=1"

    def write(self, adres: str = "https://monitor.voorbeeld.nl", *, openbaar: str = "false") -> None:
        self.adres = adres
        groepen = "".join(f'{groep} = ["{rol}"]\n' for groep, rol in GROEPEN.items())
        self.pad.write_text(login_settings(adres) + ROLLEN.format(openbaar=openbaar) + groepen, encoding="utf-8")
        self.pad.chmod(0o600)

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        self._is_door, self.vraag = True, scope["query_string"].decode()
        koppen = [(b"cache-control", b"public, max-age=60"), (b"set-cookie", self.koekje)]
        await send({"type": "http.response.start", "status": self.status, "headers": koppen})
        await send({"type": "http.response.body", "body": b"inhoud"})

    def ask(self, adres: str, rol: str = "", soort: str = "http", **koekjes: str) -> Antwoord:
        """Ask for an address, as somebody in the group of that name."""
        koekjes = {naam: quote(waarde, safe="/") for naam, waarde in koekjes.items()} | self.cookie(rol)
        return self.send(adres, koekjes, soort)

    def cookie(self, rol: str, **anders: Any) -> dict[str, str]:
        """Return the cookie of somebody who logged in ten minutes ago."""
        if not rol:
            return {}
        gegevens = {
            "provider": "org", "origin": self.adres, "is_logged_in": True, "iat": NU - 600, "groups": [rol],
            "email": "jo@voorbeeld.nl", "email_verified": True, **anders,
        }  # fmt: skip
        naam = "_streamlit_user"
        return {naam: create_signed_value(KOEKJESGEHEIM, naam, json.dumps(gegevens)).decode()}

    def send(self, adres: str, koekjes: Mapping[str, str], soort: str = "http") -> Antwoord:
        """Ask for an address with these cookies."""
        gezonden: list[Any] = []

        async def send(bericht: Any) -> None:
            gezonden.append(bericht)

        pad, _, vraag = adres.partition("?")
        kop = "; ".join(f"{naam}={waarde}" for naam, waarde in koekjes.items())
        scope = {
            "type": soort, "method": "GET", "path": pad, "query_string": vraag.encode(), "client": ("10.0.0.1", 1),
            "scheme": "https", "server": ("monitor.voorbeeld.nl", 443),
            "headers": [(b"host", b"monitor.voorbeeld.nl"), (b"cookie", kop.encode("latin-1"))],
        }  # fmt: skip
        self._is_door = False
        asyncio.run(self._deur(scope, None, send))  # type: ignore[arg-type]
        begin = gezonden[0]
        koppen = [(naam.decode(), waarde.decode()) for naam, waarde in begin.get("headers", [])]
        inhoud = b"".join(bericht.get("body", b"") for bericht in gezonden)
        return Antwoord(begin.get("status", begin.get("code", 0)), koppen, inhoud, self._is_door)


def open_data() -> list[str]:
    """Return one address of every kind that open data has; one that is added is tried too."""
    zo = {"soort": "indicatoren", "naam": "dekkingsgraad", "vorm": "csv", "van": "a", "tot": "b", "csv": "csv"}
    return [DATABASE, openapi.ADRES, *(adres.sjabloon.format(**zo) for adres in ADRESSEN)]


@pytest.mark.parametrize("rol", ["", *GROEPEN, "onbekend"])
def test_every_page_and_address_against_every_role(deur: Deur, rol: str) -> None:
    mag_lezen = rol not in ("", "onbekend")
    for pad in PADEN:
        antwoord = deur.ask(pad, rol)
        assert antwoord.is_door is mag_lezen, pad
        assert antwoord.status == (200 if mag_lezen else 403 if rol else 302), pad
    for pad in (*GEGEVENS, *open_data()):
        antwoord = deur.ask(pad, rol)
        assert antwoord.is_door is mag_lezen, pad
        assert antwoord.status == (200 if mag_lezen else 403 if rol else 401), pad
    assert deur.ask("/_stcore/stream", rol, soort="websocket").is_door is mag_lezen
    assert deur.ask(f"{ONTVANGST}0/0", rol).is_door is (rol in ("leverancier", "beheer"))
    for pad in (STIJL, "/healthz"):
        assert deur.ask(pad, rol).is_door


def test_a_page_that_was_asked_for_comes_after_login(deur: Deur) -> None:
    eerst = deur.ask("/kaart?niveau=wgo&indicator=dekkingsgraad")
    assert eerst.of("location") == ["/aanmelden"]
    assert 'rm_naar="/kaart%3Fniveau%3Dwgo%26indicator%3Ddekkingsgraad";' in eerst.of("set-cookie")[0]
    vraag = deur.ask("/aanmelden", rm_naar="/kaart?niveau=wgo&indicator=dekkingsgraad")
    assert b'href="/aanmelden/org"' in vraag.inhoud
    assert deur.ask("/aanmelden/org").of("location")[0].startswith("/auth/login?provider=")
    daarna = deur.ask("/", "kijker", rm_naar="/kaart?niveau=wgo&indicator=dekkingsgraad")
    assert (daarna.status, daarna.of("location")) == (302, ["/kaart?niveau=wgo&indicator=dekkingsgraad"])
    assert any(k.startswith('rm_naar="";') for k in daarna.of("set-cookie"))


@pytest.mark.parametrize(
    "naar", ["https://elders.nl", "//elders.nl", "/\\elders.nl", "/aanmelden", "/auth/logout", "/kaart\r\nx: y", "/"]
)
def test_after_login_one_goes_to_no_address_but_a_page_of_ours(deur: Deur, naar: str) -> None:
    antwoord = deur.ask("/", "kijker", rm_naar=naar)
    assert antwoord.is_door
    assert antwoord.of("location") == []


def test_login_that_failed_says_so_and_does_not_go_round(deur: Deur) -> None:
    assert b"niet gelukt" not in deur.ask("/aanmelden").inhoud
    antwoord = deur.ask("/aanmelden", rm_poging="1")
    assert b"niet gelukt of afgebroken" in antwoord.inhoud
    assert any(k.startswith('rm_poging="";') for k in antwoord.of("set-cookie"))


def test_a_provider_that_does_not_answer_leads_back_to_the_page_of_login(deur: Deur) -> None:
    deur.status = 400
    antwoord = deur.ask("/auth/login?provider=x", rm_poging="1")
    assert (antwoord.status, antwoord.of("location"), antwoord.inhoud) == (302, ["/aanmelden"], b"")
    assert deur.ask("/kaart", "kijker").status == 400


def test_the_page_of_login_is_inert_and_kept_nowhere(deur: Deur) -> None:
    antwoord = deur.ask("/aanmelden")
    assert b"de &lt;b&gt;organisatie&lt;/b&gt;" in antwoord.inhoud
    assert "default-src 'none'" in antwoord.of("content-security-policy")[0]
    assert antwoord.of("cache-control") == ["private, no-store"]
    wie = deur.send("/kaart", deur.cookie("onbekend", email="<script>@voorbeeld.nl"))
    assert b"&lt;script&gt;@voorbeeld.nl" in wie.inhoud
    assert deur.ask("/aanmelden/elders").status == 404


def test_a_cookie_that_was_not_signed_here_or_is_over_is_none(deur: Deur) -> None:
    goed = deur.cookie("kijker")
    assert deur.send("/kaart", goed).is_door
    naam, waarde = next(iter(goed.items()))
    nep = create_signed_value("een ander geheim", naam, json.dumps({"is_logged_in": True})).decode()
    for anders in (waarde[:-3] + "aaa", nep, "", "{}", "ÿ", waarde * 2):
        assert not deur.send("/kaart", {naam: anders}).is_door
    assert not deur.send("/kaart", deur.cookie("kijker", iat=NU - 9 * 3600)).is_door
    assert not deur.send("/kaart", deur.cookie("kijker", origin="https://elders.nl")).is_door


def test_what_one_may_see_stays_in_no_cache_and_a_cookie_goes_over_tls_alone(deur: Deur) -> None:
    antwoord = deur.ask("/kaart", "kijker")
    assert antwoord.of("cache-control") == ["private, no-store"]
    assert antwoord.of("set-cookie") == ["x=1; Secure"]
    assert deur.ask(STIJL).of("cache-control") == ["public, max-age=60"]
    deur.write(openbaar="true")
    assert deur.ask("/data/v1/indicatoren.csv").of("cache-control") == ["public, max-age=60"]
    for pad in ("/media/abc.pdf", "/auth/login", "/oauth2callback"):
        assert deur.ask(pad).of("cache-control") == ["private, no-store"]
    deur.write("http://localhost:8501")
    assert deur.ask("/kaart", "kijker").of("set-cookie") == ["x=1"]


def test_who_logs_out_is_out_in_every_tab_and_for_who_copied_the_cookie(deur: Deur) -> None:
    open_tabblad, ander = deur.cookie("commissie"), deur.cookie("commissie", email="an@voorbeeld.nl")
    antwoord = deur.send("/auth/logout", open_tabblad)
    assert antwoord.is_door
    assert antwoord.of("clear-site-data") == ['"storage"']
    assert not deur.send("/kaart", open_tabblad).is_door
    assert not deur.send("/_stcore/stream", open_tabblad, soort="websocket").is_door
    # Another person, and who logs in again, are in; what they typed stays.
    for koekje in (ander, deur.cookie("commissie", iat=NU)):
        gelezen = deur.send("/kaart", koekje)
        assert gelezen.is_door
        assert gelezen.of("clear-site-data") == []


def test_who_comes_goes_or_is_refused_is_in_the_log(
    deur: Deur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(logboek.SCHAKELAAR, str(tmp_path / "logboek"))
    deur.ask("/oauth2callback")
    ((naam, waarde),) = deur.cookie("commissie").items()
    deur.koekje = f'{naam}="{waarde}"; Path=/; HttpOnly'.encode()
    deur.ask("/oauth2callback")
    for _ in range(40):
        deur.ask("/kaart", "onbekend")
    deur.ask("/kaart")
    deur.ask(f"{ONTVANGST}0/0", "kijker")
    deur.ask("/auth/logout", "commissie")
    regels = [plek.regel for plek in nagaan.read(tmp_path / "logboek") if plek.regel]
    assert {regel.wie for regel in regels[1:]} == set(load_names(tmp_path / "logboek"))
    daden = [(regel.daad, regel.rol, regel.waarover) for regel in regels[1:] if regel.daad != Daad.PSEUDONIEM_GELOOT]
    assert daden[0] == (Daad.AANGEMELD, "commissie", "")
    assert daden[-1] == (Daad.AFGEMELD, "commissie", "")
    # Who keeps asking does not fill the log.
    assert 15 < daden.count((Daad.GEWEIGERD, "", "/kaart")) < 25
    assert nagaan.faults(tmp_path / "logboek") == []


def test_a_log_that_is_stuck_keeps_nobody_logged_in_and_takes_no_thread_of_others(
    deur: Deur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(logboek.SCHAKELAAR, str(tmp_path / "logboek"))
    monkeypatch.setattr(boek, "WACHTTIJD", 0.05)
    koekje, gezien = deur.cookie("commissie"), []

    def _note(*vast: Any) -> None:
        bezet = from_thread.run_sync(lambda: to_thread.current_default_thread_limiter().borrowed_tokens)
        gezien.append((who(koekje, NU).naam, bezet))
        vastleggen.note(*vast)

    monkeypatch.setattr("app.dienst.aanmelden.note", _note)
    with boek.locked(tmp_path / "logboek"):
        deur.send("/auth/logout", koekje)
    assert gezien == [("", 0)]


def test_an_open_address_lets_everybody_read_and_nobody_file(deur: Deur) -> None:
    deur.write(openbaar="true")
    assert deur.ask("/kaart").is_door
    assert deur.ask("/_stcore/stream", soort="websocket").is_door
    assert deur.ask(f"{ONTVANGST}0/0").status == 401


def test_settings_that_break_while_serving_let_nobody_in(deur: Deur, caplog: pytest.LogCaptureFixture) -> None:
    deur.pad.write_text('"jo@voorbeeld.nl" = [', encoding="utf-8")
    for pad in ("/kaart", "/data/v1/indicatoren.csv"):
        antwoord = deur.ask(pad, "beheer")
        assert (antwoord.status, antwoord.is_door) == (503, False)
        assert ONLEESBAAR.encode() in antwoord.inhoud
    assert not deur.ask("/_stcore/stream", "beheer", soort="websocket").is_door
    # Who keeps it running sees that it lives, and hears once why nobody gets in, without what stands in the file.
    assert deur.ask("/healthz").is_door
    (regel,) = (record.getMessage() for record in caplog.records)
    assert ONLEESBAAR in regel
    assert "voorbeeld" not in regel


def test_who_keeps_trying_waits_and_reads_how_long(deur: Deur) -> None:
    for pad in ("/auth/login?provider=x", "/oauth2callback?error_description=x"):
        antwoorden = [deur.ask(pad) for _ in range(25)]
        assert [antwoord.status for antwoord in antwoorden[:20]] == [200] * 20
        laatste = antwoorden[-1]
        assert (laatste.status, laatste.of("retry-after"), laatste.is_door) == (429, ["5"], False)
    assert (deur.vraag, deur.ask("/auth/logout").status) == ("", 429)
    # Who is in reads on and can go.
    assert deur.ask("/kaart", "kijker").is_door
    assert deur.ask("/auth/logout", "kijker").is_door


def test_an_office_behind_one_address_logs_in(deur: Deur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(logboek.SCHAKELAAR, str(tmp_path / "logboek"))
    for nummer in range(60):
        ((naam, waarde),) = deur.cookie("kijker", email=f"jo{nummer}@voorbeeld.nl").items()
        deur.koekje = b"x=1"
        assert deur.ask("/aanmelden/org").status == 302
        assert deur.ask("/auth/login?provider=x").status == 200
        deur.koekje = f'{naam}="{waarde}"; Path=/; HttpOnly'.encode()
        assert deur.ask("/oauth2callback").status == 200


def test_who_keeps_sending_files_waits_and_others_do_not(deur: Deur) -> None:
    pad = f"{ONTVANGST}0/0"
    gezonden = [deur.ask(pad, "leverancier").status for _ in range(32)]
    assert gezonden[:30] == [200] * 30
    assert gezonden[-1] == 429
    assert deur.send(pad, deur.cookie("leverancier", email="an@voorbeeld.nl")).status == 200
    assert deur.ask("/kaart", "leverancier").is_door


def test_without_login_there_is_no_address_of_it(monkeypatch: pytest.MonkeyPatch, deur: Deur) -> None:
    assert "/oauth2callback" in aanmelden.paths()
    monkeypatch.setenv(SCHAKELAAR, "lokaal")
    assert aanmelden.paths() == frozenset()
    assert deur.ask("/kaart").is_door
