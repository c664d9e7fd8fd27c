"""The mail server on the other side: over TLS and as whom, and what each of its answers leads to."""

from __future__ import annotations

import ssl
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult
from postbed import BASIS, NIEUW, NU, Bus, Post, certificate, mail_server

from app.commissie.bank.tabellen import ABONNEMENT, POSTBERICHT
from app.opdrachten.cli import main
from app.post import abonnement as abonnementen
from app.post import brief, inhoud
from app.post import instellingen as post
from app.post.instellingen import Postinstellingen
from app.post.verbinding import Uitslag, Verbinding
from app.rollen.lezer import SCHAKELAAR
from app.rollen.mail import is_on
from pipelines.afspraken.meldingen import AfgekeurdError

GEHEIM = "hokuspokus"


def try_out(instellingen: Postinstellingen, vertrouwd: Path | None = None) -> Uitslag:
    """Send one mail."""
    context = ssl.create_default_context(cafile=str(vertrouwd) if vertrouwd else None)
    with Verbinding(instellingen, context) as lijn:
        nu = NU
        return lijn.send(brief.make(inhoud.trial(), "jo@voorbeeld.nl", "m@voorbeeld.nl", BASIS, nu), "jo@voorbeeld.nl")


def judge(_server: object, _sessie: object, _envelop: object, _soort: object, wie: object) -> AuthResult:
    """Let in who knows the password."""
    goed = (wie.login, wie.password) == (b"monitor", GEHEIM.encode())  # type: ignore[attr-defined]
    return AuthResult(success=goed, handled=False)


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_mail_goes_over_tls_as_a_user_to_a_server_with_a_certificate_that_is_right(tmp_path: Path, tls: str) -> None:
    bus, (context, vertrouwd) = Bus(), certificate(tmp_path)
    hoe = {"tls_context": context, "require_starttls": True} if tls == "starttls" else {"ssl_context": context}
    hoe |= {"auth_require_tls": tls == "starttls", "auth_required": True, "authenticator": judge}
    with mail_server(bus, **hoe) as poort:
        goed = Postinstellingen("localhost", poort, tls, "m@voorbeeld.nl", "monitor", GEHEIM)
        assert try_out(goed, vertrouwd) == Uitslag.VERSTUURD
        # Nothing is handed over to who cannot be known, and nothing without a user.
        assert try_out(goed) == Uitslag.GEEN_SERVER
        assert try_out(Postinstellingen("127.0.0.1", poort, tls, "m@voorbeeld.nl", "monitor", GEHEIM), vertrouwd) == (
            Uitslag.GEEN_SERVER
        )
        assert try_out(Postinstellingen("localhost", poort, tls, "m@voorbeeld.nl", "monitor", "x"), vertrouwd) == (
            Uitslag.GEEN_SERVER
        )
    assert len(bus.gekregen) == 1
    assert GEHEIM not in repr(goed)


def test_a_server_without_tls_gets_nothing_where_tls_is_asked(jo: Post) -> None:
    zonder = Postinstellingen("127.0.0.1", jo.instellingen.poort, "starttls", "m@voorbeeld.nl")
    assert try_out(zonder) == Uitslag.GEEN_SERVER


@pytest.mark.parametrize(
    ("antwoord", "uitslag"),
    [
        ("450 4.2.1 busy", Uitslag.LATER),
        ("421 closing", Uitslag.LATER),
        ("550 5.1.1 unknown", Uitslag.GEWEIGERD),
        # About who sends, not about who gets it: nobody is to lose mail by it.
        ("550 5.7.1 relaying denied", Uitslag.LATER),
    ],
)
def test_what_an_answer_about_an_address_means(jo: Post, bus: Bus, antwoord: str, uitslag: Uitslag) -> None:
    bus.antwoorden["jo@"] = antwoord
    assert try_out(jo.instellingen) == uitslag


def test_a_refusal_for_now_is_tried_again_later_and_later(jo: Post, bus: Bus) -> None:
    jo.publish(NIEUW)
    bus.antwoorden["jo@"] = "450 busy"
    wachttijden = []
    for _ in range(8):
        assert jo.send().later == 1
        with jo.opslag().transaction() as con:
            vanaf = con.scalar(POSTBERICHT.select().with_only_columns(POSTBERICHT.c.vanaf))
        wachttijden.append(vanaf - jo.nu)
        assert jo.send().later == 0
        jo.nu = vanaf
    assert wachttijden[:3] == [timedelta(minutes=m) for m in (10, 20, 40)]
    assert wachttijden[-1] == timedelta(hours=12)
    bus.antwoorden.clear()
    assert jo.send().verstuurd == 1


def test_an_address_that_refuses_three_times_is_left_alone_until_its_owner_says_so(jo: Post, bus: Bus) -> None:
    bus.antwoorden["jo@"] = "550 5.1.1 unknown"
    jo.publish(NIEUW)
    assert [jo.send().geweigerd for _ in range(5) if not jo.later(days=1)] == [1, 1, 1, 0, 0]
    with jo.opslag().transaction() as con:
        assert abonnementen.everything(con)[0].is_gepauzeerd
    bus.antwoorden.clear()
    assert jo.send().verstuurd == 0
    jo.ask("jo@voorbeeld.nl")
    assert jo.send().verstuurd == 1


def test_a_server_that_is_away_costs_nobody_anything(jo: Post, bus: Bus) -> None:
    jo.publish(NIEUW)
    er_is, jo.instellingen = jo.instellingen, Postinstellingen("127.0.0.1", 1, "geen", "m@voorbeeld.nl")
    verslag = jo.send()
    assert (verslag.is_server_weg, verslag.is_goed, verslag.verstuurd) == (True, False, 0)
    jo.instellingen = er_is
    jo.later(minutes=10)
    assert jo.send().verstuurd == 1
    with jo.opslag().transaction() as con:
        assert abonnementen.everything(con)[0].weigeringen == 0


def test_a_connection_that_is_lost_after_the_mail_was_handed_over_leads_to_one_more(jo: Post, bus: Bus) -> None:
    jo.publish(NIEUW)
    bus.na = "451 lost"
    assert jo.send().later == 1
    bus.na = "250 OK"
    jo.later(minutes=10)
    assert jo.send().verstuurd == 1
    assert len(bus.gekregen) == 2


OMGEVING = {post.SERVER: "smtp.voorbeeld.nl", post.AFZENDER: "m@voorbeeld.nl"}


def test_the_settings_say_all_that_is_wrong_at_once_and_never_a_password(tmp_path: Path) -> None:
    pad = tmp_path / "wachtwoord"
    pad.write_text(GEHEIM)
    pad.chmod(0o644)
    fout = {post.SERVER: "smtp voorbeeld", post.TLS: "ssl", post.AFZENDER: "jan", post.GEBRUIKER: "m",
            post.WACHTWOORD: str(pad)}  # fmt: skip
    with pytest.raises(AfgekeurdError) as gezegd:
        post.load(fout)
    assert [m.bestand for m in gezegd.value.meldingen] == [post.TLS, post.SERVER, post.AFZENDER, post.WACHTWOORD]
    assert GEHEIM not in str(gezegd.value)
    pad.chmod(0o600)
    goed = post.load(OMGEVING | {post.GEBRUIKER: "m", post.WACHTWOORD: str(pad)})
    assert (goed.host, goed.poort, goed.tls, goed.wachtwoord) == ("smtp.voorbeeld.nl", 587, "starttls", GEHEIM)
    assert post.load(OMGEVING | {post.TLS: "tls"}).poort == 465
    with pytest.raises(AfgekeurdError, match="alleen naar deze computer"):
        post.load(OMGEVING | {post.TLS: "geen"})
    assert post.load(OMGEVING | {post.SERVER: "127.0.0.1:2525", post.TLS: "geen"}).poort == 2525


@pytest.mark.parametrize("wie", ["lokaal", "open"])
def test_where_nobody_logs_in_there_is_no_mail(
    jo: Post, bus: Bus, wie: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(SCHAKELAAR, wie)
    jo.publish(NIEUW)
    assert not is_on()
    assert main(["mail", "--verstuur", "--warehouse", str(jo.warehouse)]) == 1
    assert "Mail staat uit" in capsys.readouterr().err
    assert bus.gekregen == []


def test_one_mail_to_try_keeps_nothing_and_says_how_it_went(
    jo: Post, bus: Bus, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["mail", "--test", "beheer@voorbeeld.nl"]) == 0
    assert bus.subjects("beheer@voorbeeld.nl") == ["Proefbericht"]
    bus.antwoorden["beheer@"] = "550 no"
    assert main(["mail", "--test", "beheer@voorbeeld.nl"]) == 1
    assert main(["mail", "--test", "beheer@voorbeeld.nl,jo@voorbeeld.nl"]) == 1
    monkeypatch.setenv(post.SERVER, "127.0.0.1:1")
    assert main(["mail", "--test", "beheer@voorbeeld.nl"]) == 1
    gezegd = "".join(capsys.readouterr())
    assert "weigert dit adres" in gezegd
    assert "beheer@" not in gezegd
    assert jo.count(ABONNEMENT) == 1
