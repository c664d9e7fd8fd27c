"""What goes out: rows in, mails out. Once, about what is new, to who agreed and may still have it."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta

import duckdb
import pytest
from gesprekpublicatie import REGIOS, action
from postbed import BASIS, EERST, NIEUW, NIEUWER, Bus, Post, text_of

from app.commissie.model import Inhoud
from app.commissie.model import Onderwerp as Over
from app.commissie.openen import open_opslag
from app.opdrachten.cli import main
from app.post.abonnement import Postonderwerp
from pipelines.afspraken.warehouse.bewaard import Ingetrokken, announce

DRIE = (Postonderwerp.PUBLICATIE, Postonderwerp.SIGNAAL, Postonderwerp.AFSPRAAK)
# An action that was to be done before the publication was made: a signal of that region.
TE_LAAT = {REGIOS[0]: {"acties": [action(REGIOS[0], eind=date(2023, 1, 1))]}}
PUBLICATIE, SIGNAAL, AFSPRAAK = "Nieuwe publicatie van 1 juni 2023", "Een nieuw signaal", (
    "Een termijn verloopt binnenkort"
)  # fmt: skip


def agree(post: Post, regio: str, over_dagen: int, stand: str = "open", sleutel: str = "a", versie: int = 0) -> None:
    """Let the committee have an agreement with a region whose last day is so many days from now."""
    dag = post.nu.date() + timedelta(days=over_dagen)
    over = Over("afspraak", regio, 2026, sleutel)
    geheim = Inhoud("Bestuur wisselt van samenstelling", stand=stand, datum=dag)
    open_opslag(post.warehouse).save(over, geheim, wie="An", rol="commissie", gebaseerd_op=versie)


def test_a_new_publication_goes_out_once_with_what_mail_servers_ask_for(jo: Post, bus: Bus) -> None:
    jo.send()
    assert bus.gekregen == []
    jo.publish(NIEUW)
    assert (jo.send().verstuurd, jo.send().verstuurd) == (1, 0)
    (mail,) = bus.gekregen
    assert mail["Subject"] == f"{PUBLICATIE} | Regiomonitor"
    assert mail["From"] == "Regiomonitor <monitor@voorbeeld.nl>"
    assert (mail["Auto-Submitted"], mail["List-Unsubscribe-Post"]) == ("auto-generated", "List-Unsubscribe=One-Click")
    assert re.fullmatch(rf"<{BASIS}/berichten/uit/[\w-]{{43}}>", mail["List-Unsubscribe"])
    # To the letter: a mail server does not put it together.
    assert f"\r\nList-Unsubscribe: {mail['List-Unsubscribe']}\r\n".encode() in bus.ruw[-1]
    assert max(map(len, bus.ruw[-1].splitlines())) < 998
    assert re.fullmatch(r"<\S+@monitor\.voorbeeld\.nl>", mail["Message-ID"])
    assert mail["Date"] == "Mon, 30 Nov 2026 09:00:00 +0000"
    for soort in ("plain", "html"):
        tekst = text_of(mail, soort)
        assert NIEUW in tekst
        assert "omdat u er op de pagina Berichten per mail" in tekst
        assert set(re.findall(r"https?://[^/\s\"<]+", tekst)) == {BASIS}
    assert '<html lang="nl">' in text_of(mail, "html")


def test_of_several_publications_since_the_last_run_one_mail_goes_about_the_newest(jo: Post, bus: Bus) -> None:
    jo.publish(NIEUW)
    jo.publish(NIEUWER)
    jo.send()
    assert [NIEUWER in text_of(m) for m in bus.gekregen] == [True]
    # Also where the first was waiting for the mail server.
    bus.antwoorden["jo@"] = "451 later"
    jo.publish("20261104T060000Z-00000004")
    jo.send()
    bus.antwoorden.clear()
    jo.publish("20261105T060000Z-00000005")
    jo.later(minutes=10)
    jo.send()
    assert ["20261105" in text_of(m) for m in bus.gekregen] == [False, True]


def test_one_that_is_withdrawn_says_nothing_and_the_next_is_news(jo: Post, bus: Bus) -> None:
    jo.publish(NIEUW)
    jo.publish(NIEUWER)
    bus.antwoorden["jo@"] = "451 later"
    jo.send()
    bus.antwoorden.clear()
    # Withdrawn while it waited: the one before it is shown again, which is no news either.
    announce(jo.warehouse, Ingetrokken(NIEUWER, date(2026, 11, 30), "Vergissing"))
    (jo.warehouse / "publicaties" / f"{NIEUW}.duckdb").replace(jo.warehouse / "publicatie.duckdb")
    jo.later(hours=1)
    assert jo.send().vervallen == 1
    jo.publish("20261104T060000Z-00000004")
    jo.send()
    assert ["20261104" in text_of(m) for m in bus.gekregen] == [True]


def test_a_version_of_the_same_publication_is_no_news(jo: Post, bus: Bus) -> None:
    jo.publish(f"{EERST}.2")
    jo.send()
    assert bus.gekregen == []


@pytest.mark.parametrize("dagen", [-4000, 4000])
def test_a_clock_that_was_wrong_silences_nothing(jo: Post, bus: Bus, dagen: int) -> None:
    toen = jo.nu
    jo.later(days=dagen)
    jo.publish(NIEUW)
    bus.antwoorden["jo@"] = "451 later"
    jo.send()
    bus.antwoorden.clear()
    jo.nu = toen
    jo.publish(NIEUWER)
    jo.send()
    assert [NIEUWER in text_of(m) for m in bus.gekregen] == [True]


def test_a_damaged_publication_is_waited_for(jo: Post, bus: Bus) -> None:
    jo.publish(NIEUW)
    pad = jo.warehouse / "publicatie.duckdb"
    goed = pad.read_bytes()
    pad.write_bytes(b"stuk")
    jo.send()
    assert bus.gekregen == []
    pad.write_bytes(goed)
    jo.send()
    assert bus.subjects() == [PUBLICATIE]


def test_of_a_concept_nothing_is_said(jo: Post, bus: Bus) -> None:
    concept = jo.warehouse / "concept" / NIEUW
    concept.mkdir(parents=True)
    shutil.copyfile(jo.warehouse / "publicatie.duckdb", concept / "publicatie.duckdb")
    jo.send()
    assert bus.gekregen == []


def test_a_new_signal_goes_to_who_asked_for_that_region_with_what_and_where(lege_post: Post, bus: Bus) -> None:
    lege_post.subscribe(bus, "hier@voorbeeld.nl", Postonderwerp.SIGNAAL, gebied=REGIOS[0])
    lege_post.subscribe(bus, "elders@voorbeeld.nl", Postonderwerp.SIGNAAL, gebied=REGIOS[1])
    lege_post.publish(NIEUW, TE_LAAT)
    lege_post.send()
    (mail,) = bus.gekregen
    assert (mail["To"], bus.subjects()) == ("hier@voorbeeld.nl", [SIGNAAL])
    tekst = text_of(mail)
    assert f"- Regio 1: Actie over tijd\n  {BASIS}/voortgangsgesprek?regio={REGIOS[0]}&onderdeel=signalen" in tekst
    assert f"Bekijk de signalen:\n{BASIS}/voortgangsgesprek?regio={REGIOS[0]}&onderdeel=signalen" in tekst
    assert "Samen roosteren" not in tekst
    # The same signal in the next publication is no news; one that went and came back is.
    lege_post.publish(NIEUWER, TE_LAAT)
    lege_post.send()
    lege_post.publish("20261104T060000Z-00000004")
    lege_post.send()
    assert len(bus.gekregen) == 1
    lege_post.publish("20261105T060000Z-00000005", TE_LAAT)
    lege_post.send()
    assert bus.subjects() == [SIGNAAL, SIGNAAL]


def test_signals_of_more_regions_are_by_name_and_lead_to_all_of_them(lege_post: Post, bus: Bus) -> None:
    lege_post.subscribe(bus, "jo@voorbeeld.nl", Postonderwerp.SIGNAAL)
    lege_post.publish(NIEUW, {regio: {"acties": [action(regio, eind=date(2023, 1, 1))]} for regio in REGIOS[:6]})
    lege_post.send()
    tekst = text_of(bus.gekregen[0])
    assert re.findall(r"- (Regio \d): Actie over tijd", tekst) == [f"Regio {nummer}" for nummer in range(1, 7)]
    assert f"Bekijk de signalen:\n{BASIS}/voortgangsgesprek?onderdeel=regios\n" in tekst


def test_of_agreements_a_mail_says_how_many_and_nothing_else(lege_post: Post, bus: Bus) -> None:
    lege_post.subscribe(bus, "cora@voorbeeld.nl", Postonderwerp.AFSPRAAK, groep="commissie")
    for sleutel, dagen, stand in (("a", 3, "open"), ("b", 14, "open"), ("c", 15, "open"), ("d", -1, "open"),
                                  ("e", 5, "nagekomen")):  # fmt: skip
        agree(lege_post, REGIOS[2], dagen, stand, sleutel)
    assert (lege_post.send().verstuurd, lege_post.send().verstuurd) == (1, 0)
    (mail,) = bus.gekregen
    zin = "In uw regio's verloopt binnenkort de termijn van 2 afspraken. Meld u aan om te zien welke."
    for soort in ("plain", "html"):
        assert zin in text_of(mail, soort).replace("&#39;", "'")
    alles = str(mail) + text_of(mail)
    assert not [w for w in ("Bestuur", "wisselt", "Regio 3", REGIOS[2], "december", " An ") if w in alles]
    # The day after, one more comes near; of the others nothing is said again.
    lege_post.later(days=1)
    lege_post.send()
    assert "de termijn van 1 afspraak." in text_of(bus.gekregen[-1])


def test_an_agreement_that_is_kept_while_its_mail_waits_is_in_none(lege_post: Post, bus: Bus) -> None:
    lege_post.subscribe(bus, "cora@voorbeeld.nl", Postonderwerp.AFSPRAAK, groep="commissie")
    agree(lege_post, REGIOS[2], 3)
    bus.antwoorden["cora@"] = "451 later"
    lege_post.send()
    bus.antwoorden.clear()
    agree(lege_post, REGIOS[2], 3, "nagekomen", versie=1)
    lege_post.later(minutes=10)
    assert lege_post.send().vervallen == 1
    assert bus.gekregen == []


WIE_KRIJGT = {
    "kijker": "publicatie signaal", "wgo:WGO01": "publicatie signaal", "regio:RA0101": "publicatie signaal",
    "commissie": "publicatie signaal afspraak", "leverancier:verzuim": "publicatie signaal",
    "meelezer": "publicatie signaal", "beheer": "publicatie signaal", "": "",
}  # fmt: skip


def test_every_role_against_every_subject_as_it_is_when_the_mail_goes(lege_post: Post, bus: Bus) -> None:
    # Asked as who may have all of it; the role is another one since.
    adressen = {rol: f"p{nummer}@voorbeeld.nl" for nummer, rol in enumerate(WIE_KRIJGT)}
    for adres in adressen.values():
        lege_post.subscribe(bus, adres, *DRIE, groep="commissie")
    lege_post.rollen(*(f'"{adres}" = [{repr(rol) if rol else ""}]' for rol, adres in adressen.items()))
    lege_post.publish(NIEUW, TE_LAAT)
    agree(lege_post, REGIOS[2], 3)
    lege_post.send()
    woord = {PUBLICATIE: "publicatie", SIGNAAL: "signaal", AFSPRAAK: "afspraak"}
    gekregen = {rol: {woord[s] for s in bus.subjects(adres)} for rol, adres in adressen.items()}
    assert gekregen == {rol: set(verwacht.split()) for rol, verwacht in WIE_KRIJGT.items()}


def test_a_role_that_goes_while_a_mail_waits_takes_it_along(lege_post: Post, bus: Bus) -> None:
    lege_post.subscribe(bus, "jo@voorbeeld.nl", *DRIE, groep="commissie")
    lege_post.publish(NIEUW)
    agree(lege_post, REGIOS[2], 3)
    bus.antwoorden["jo@"] = "451 later"
    assert lege_post.send().later == 2
    bus.antwoorden.clear()
    lege_post.rollen('"jo@voorbeeld.nl" = ["kijker"]')
    lege_post.later(minutes=10)
    lege_post.send()
    assert bus.subjects() == [PUBLICATIE]


def test_who_did_not_log_in_for_thirty_days_hears_of_what_is_public_alone_and_why(lege_post: Post, bus: Bus) -> None:
    lege_post.subscribe(bus, "jo@voorbeeld.nl", *DRIE, groep="commissie")
    lege_post.later(days=31)
    lege_post.publish(NIEUW, TE_LAAT)
    agree(lege_post, REGIOS[2], 3)
    lege_post.send()
    (mail,) = bus.gekregen
    # Nothing of a publication that is not for everyone.
    assert "Meld u aan om haar te zien" in text_of(mail)
    assert NIEUW not in text_of(mail)
    assert "meer dan 30 dagen niet aangemeld" in text_of(mail)
    # Where everyone may read it, it is as always; and who is listed by name need not log in.
    bus.gekregen.clear()
    lege_post.rollen(openbaar=True)
    lege_post.publish(NIEUWER)
    lege_post.send()
    assert NIEUWER in text_of(bus.gekregen[0])
    assert "meer dan 30 dagen" in text_of(bus.gekregen[0])
    bus.gekregen.clear()
    lege_post.rollen('"jo@voorbeeld.nl" = ["commissie"]')
    lege_post.publish("20261104T060000Z-00000004")
    lege_post.send()
    assert sorted(bus.subjects()) == sorted([AFSPRAAK, PUBLICATIE])
    assert "meer dan 30 dagen" not in text_of(bus.gekregen[0])


def test_a_trial_shows_what_would_go_without_an_address_and_changes_nothing(
    jo: Post, bus: Bus, capsys: pytest.CaptureFixture[str]
) -> None:
    jo.come_by_now()
    jo.publish(NIEUW)
    plek = ["--warehouse", str(jo.warehouse)]
    for _ in range(2):
        assert main(["mail", "--proef", *plek]) == 0
        gezegd = capsys.readouterr().out
        assert f"--- 1. {PUBLICATIE}" in gezegd
        assert "1 bericht zou nu gaan" in gezegd
        assert "jo@" not in gezegd
        assert f"{BASIS}/berichten/uit/…" in gezegd
    assert bus.gekregen == []
    assert main(["mail", "--verstuur", *plek]) == 0
    assert "1 bericht verstuurd" in capsys.readouterr().out
    assert bus.subjects() == [PUBLICATIE]


def test_the_largest_changes_of_the_country_are_in_it_the_largest_first(jo: Post, bus: Bus) -> None:
    jo.publish(NIEUW)
    for pad in (jo.warehouse / "publicatie.duckdb", jo.warehouse / "publicaties" / f"{NIEUW}.duckdb"):
        with duckdb.connect(str(pad)) as con:
            for indicator, nieuw in (("dekkingsgraad", 0.70), ("verzuim", 0.099)):
                con.execute("update waarneming set waarde = ? where indicator_id = ? and regio_code = 'NL01' and "
                            "periode = '2021'", [nieuw, indicator])  # fmt: skip
    jo.send()
    punten = [regel for regel in text_of(bus.gekregen[0]).splitlines() if regel.startswith("- ")]
    assert punten == [
        "- Ziekteverzuim, Nederland, 2021: was 6,6%, is nu 9,9%",
        "- Dekkingsgraad, Nederland, 2021: was 65%, is nu 70%",
    ]
