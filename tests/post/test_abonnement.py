"""Asking for mail: nothing goes to an address before its owner agreed, and nobody is flooded with that question."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from gesprekpublicatie import REGIOS
from postbed import NIEUW, Bus, Post, text_of

from app.commissie.bank.tabellen import ABONNEMENT, BEVESTIGING, POSTBERICHT, POSTBUS, POSTGRENS, POSTLEZER
from app.commissie.openen import open_opslag
from app.opdrachten.cli import main
from app.post import abonnement as abonnementen
from app.post.abonnement import Antwoord, Postonderwerp
from app.post.onthouden import remember_login


def test_until_its_owner_agrees_an_address_gets_one_mail_and_nothing_else(lege_post: Post, bus: Bus) -> None:
    assert lege_post.ask("jo@voorbeeld.nl") == Antwoord.GEVRAAGD
    lege_post.send()
    lege_post.publish(NIEUW)
    lege_post.send()
    assert bus.subjects() == ["Bevestig dat u berichten wilt"]
    assert "List-Unsubscribe" not in bus.gekregen[0]
    token = bus.link("bevestig")
    assert lege_post.confirm(token)
    # What was there before one agreed is history.
    lege_post.send()
    assert len(bus.gekregen) == 1
    # Once.
    assert not lege_post.confirm(token)
    assert lege_post.count(BEVESTIGING) == 0


def test_only_a_hash_of_the_link_is_kept(lege_post: Post, bus: Bus) -> None:
    lege_post.ask("jo@voorbeeld.nl")
    lege_post.send()
    token = bus.link("bevestig").encode()
    assert not [pad for pad in lege_post.warehouse.glob("commissie.sqlite*") if token in pad.read_bytes()]


@pytest.mark.parametrize(("uren", "mag"), [(47, True), (49, False), (-5, False)])
def test_a_link_is_good_for_48_hours_from_its_mail_also_when_a_clock_was_wrong(
    lege_post: Post, bus: Bus, uren: int, mag: bool
) -> None:
    lege_post.ask("jo@voorbeeld.nl")
    lege_post.later(hours=30)
    lege_post.send()
    lege_post.later(hours=uren)
    assert lege_post.confirm(bus.link("bevestig")) is mag


@pytest.mark.parametrize(("dagen", "aantal"), [(8, 1), (10, 0), (-1, 0)])
def test_what_nobody_agreed_with_goes_after_nine_days_whenever_its_mail_went(
    lege_post: Post, dagen: int, aantal: int
) -> None:
    lege_post.ask("jo@voorbeeld.nl")
    lege_post.later(days=dagen)
    lege_post.send()
    assert lege_post.count(ABONNEMENT) == lege_post.count(POSTLEZER) == aantal
    # A mail that did not get its turn in a week does not go.
    assert lege_post.count(POSTBERICHT) == 0


def test_a_link_is_no_good_once_the_role_is_gone(lege_post: Post, bus: Bus) -> None:
    lege_post.ask("jo@voorbeeld.nl")
    lege_post.send()
    assert not lege_post.confirm(bus.link("bevestig"), mag=False)
    assert lege_post.count(ABONNEMENT) == 1


SPELLINGEN = ["jo.vries@gmail.com", "jovries@gmail.com", "JoVries+1@googlemail.com", "j.o.v.r.i.e.s+2@GMAIL.com"]


def test_a_mailbox_is_asked_once_a_day_however_it_is_written_and_by_whomever(lege_post: Post, bus: Bus) -> None:
    for nummer, adres in enumerate(SPELLINGEN):
        # The answer is the same: it tells nobody what others asked.
        assert lege_post.ask(adres, wie=lege_post.reader(f"p{nummer}@voorbeeld.nl")) == Antwoord.GEVRAAGD
        lege_post.send()
        lege_post.later(minutes=1)
    assert len(bus.gekregen) == 1
    # The others have their turn, one a day, in the order in which they asked.
    for dag in range(1, 5):
        lege_post.later(hours=25)
        assert lege_post.send().verstuurd == lege_post.send().verstuurd + (dag < 4)
    assert [re.findall(r"account (\S+),", text_of(m)) for m in bus.gekregen] == [
        [f"p{nummer}@voorbeeld.nl"] for nummer in range(4)
    ]


def test_an_account_asks_three_addresses_a_day_and_learns_nothing_from_where_that_ends(
    lege_post: Post, bus: Bus
) -> None:
    ander = lege_post.reader("an@voorbeeld.nl")
    lege_post.ask("b@voorbeeld.nl", wie=ander)
    # The second was asked by somebody else; it counts all the same.
    antwoorden = [lege_post.ask(f"{letter}@voorbeeld.nl") for letter in "abcd"]
    assert antwoorden == [Antwoord.GEVRAAGD] * 3 + [Antwoord.TE_VAAK]
    lege_post.later(hours=25)
    assert lege_post.ask("d@voorbeeld.nl") == Antwoord.GEVRAAGD
    # And what it says later on, of the same address, hangs on nobody else either.
    for adres, gevraagd in (("doel@voorbeeld.nl", True), ("stil@voorbeeld.nl", False)):
        lege_post.later(days=3)
        if gevraagd:
            lege_post.ask(adres, wie=ander)
        lege_post.later(hours=2)
        gezegd = [lege_post.ask(a) for a in ("x@voorbeeld.nl", "y@voorbeeld.nl", adres)]
        lege_post.send()
        lege_post.later(hours=23)
        assert [*gezegd, lege_post.ask(adres)] == [Antwoord.GEVRAAGD] * 4
    # What a clock that was ahead counted, counts no more.
    lege_post.later(days=-400)
    assert lege_post.ask("e@voorbeeld.nl") == Antwoord.GEVRAAGD


def test_to_ask_again_leaves_the_link_that_is_under_way_good(lege_post: Post, bus: Bus) -> None:
    lege_post.ask("jo@voorbeeld.nl")
    lege_post.send()
    assert lege_post.ask("Jo+x@voorbeeld.nl", Postonderwerp.SIGNAAL, gebied=REGIOS[0]) == Antwoord.GEVRAAGD
    lege_post.send()
    assert len(bus.gekregen) == 1
    assert lege_post.confirm(bus.link("bevestig"))
    with lege_post.opslag().transaction() as con:
        (van,) = abonnementen.everything(con)
    assert (van.wens.onderwerpen, van.wens.gebied) == ((Postonderwerp.SIGNAAL,), REGIOS[0])


def test_another_choice_needs_no_new_mail_and_another_address_does(jo: Post, bus: Bus) -> None:
    assert jo.ask("JO@voorbeeld.nl", Postonderwerp.PUBLICATIE, Postonderwerp.SIGNAAL) == Antwoord.BEWAARD
    jo.later(hours=25)
    assert jo.ask("jo@elders.nl") == Antwoord.GEVRAAGD
    jo.publish(NIEUW)
    jo.send()
    # Until the new address agrees the old one goes on.
    assert sorted((m["To"], bus.subjects(m["To"])[0]) for m in bus.gekregen) == [
        ("jo@elders.nl", "Bevestig dat u berichten wilt"),
        ("jo@voorbeeld.nl", "Nieuwe publicatie van 1 juni 2023"),
    ]
    assert jo.confirm(bus.link("bevestig"))
    with jo.opslag().transaction() as con:
        assert [a.wens.adres for a in abonnementen.everything(con)] == ["jo@elders.nl"]


def test_who_stops_gets_nothing_also_what_was_waiting(jo: Post, bus: Bus) -> None:
    jo.publish(NIEUW)
    bus.antwoorden["jo@"] = "451 later"
    assert jo.send().later == 1
    bus.antwoorden.clear()
    with jo.opslag().transaction() as con:
        uit = abonnementen.everything(con)[0].uit
        (persoon,) = abonnementen.stop(con, uit, jo.nu)
        assert persoon.naam == "jo@voorbeeld.nl"
        assert abonnementen.stop(con, uit, jo.nu) == []
    jo.later(hours=1)
    jo.send()
    assert bus.gekregen == []
    assert [jo.count(tabel) for tabel in (ABONNEMENT, POSTBERICHT, POSTLEZER)] == [0, 0, 0]


@pytest.mark.parametrize("wie", ["jo@voorbeeld.nl", "JO@VOORBEELD.NL", "jo+werk@voorbeeld.nl"])
def test_forget_takes_out_an_address_in_every_spelling_and_leaves_no_trace_of_it(
    jo: Post, bus: Bus, wie: str, capsys: pytest.CaptureFixture[str]
) -> None:
    # Of an account by another name.
    jo.ask("an@voorbeeld.nl", wie=jo.reader("an"))
    plek = ["--warehouse", str(jo.warehouse)]
    assert main(["forget", wie, "--proef", *plek]) == 0
    assert "1 keer berichten per mail" in capsys.readouterr().out
    assert jo.count(ABONNEMENT) == 2
    assert main(["forget", wie, *plek]) == 0
    gezegd = capsys.readouterr().out
    assert "jo@voorbeeld.nl" not in gezegd
    assert [jo.count(t) for t in (ABONNEMENT, POSTLEZER, POSTGRENS, POSTBUS)] == [1, 1, 1, 1]
    assert not [p for p in jo.warehouse.glob("commissie.sqlite*") if b"jo@voorbeeld.nl" in p.read_bytes()]
    jo.publish(NIEUW)
    jo.send()
    assert bus.subjects("jo@voorbeeld.nl") == []


def test_forget_by_name_takes_out_what_goes_to_another_address(lege_post: Post) -> None:
    lege_post.ask("prive@elders.nl", wie=lege_post.reader("Jo de Vries"))
    assert main(["forget", "jo  de VRIES", "--warehouse", str(lege_post.warehouse)]) == 0
    assert [lege_post.count(t) for t in (ABONNEMENT, POSTLEZER, POSTBERICHT)] == [0, 0, 0]
    # Also where the account is called by another spelling of a mailbox.
    lege_post.ask("prive@elders.nl", wie=lege_post.reader("jo.vries+werk@gmail.com"))
    assert main(["forget", "jovries@gmail.com", "--warehouse", str(lege_post.warehouse)]) == 0
    assert [lege_post.count(t) for t in (ABONNEMENT, POSTLEZER, POSTBUS)] == [0, 0, 0]


def test_a_backup_holds_no_address_and_a_restore_brings_nobody_back(jo: Post, bus: Bus, tmp_path: Path) -> None:
    kopie, plek = tmp_path / "kopie.zip", ["--raw", str(tmp_path / "raw"), "--warehouse", str(jo.warehouse)]
    open_opslag(jo.warehouse)
    assert main(["backup", "-o", str(kopie), *plek]) == 0
    import zipfile

    with zipfile.ZipFile(kopie) as zip_:
        assert b"jo@voorbeeld.nl" not in zip_.read("commissie.sqlite")
    with jo.opslag().transaction() as con:
        abonnementen.stop_all(con, jo.reader())
    assert main(["restore", str(kopie), *plek]) == 0
    assert jo.count(ABONNEMENT) == 0
    # And who is there stays.
    jo.ask("an@voorbeeld.nl", wie=jo.reader("an"))
    assert main(["restore", str(kopie), *plek]) == 0
    assert jo.count(ABONNEMENT) == 1


def test_a_login_keeps_the_groups_of_who_gets_mail_and_of_nobody_else(jo: Post) -> None:
    remember_login(jo.warehouse, jo.reader(groep="commissie"))
    remember_login(jo.warehouse, jo.reader("an@voorbeeld.nl"))
    with jo.opslag().transaction() as con:
        (rij,) = con.execute(POSTLEZER.select())
    assert (rij.naam, rij.groepen) == ("jo@voorbeeld.nl", '["commissie"]')


def test_who_is_called_otherwise_by_the_provider_is_still_the_same_account(jo: Post) -> None:
    with jo.opslag().transaction() as con:
        assert abonnementen.of_person(con, jo.reader("johanna@voorbeeld.nl", account="jo@voorbeeld.nl"))
        assert not abonnementen.of_person(con, jo.reader("an@voorbeeld.nl"))
