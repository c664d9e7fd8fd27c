"""One mailbox, several who ask: each its turn, one link that ends all of it, and an owner who is not asked again."""

from __future__ import annotations

import pytest
from postbed import EERST, NIEUW, Bus, Post, text_of

from app.commissie.bank.tabellen import ABONNEMENT, POSTBERICHT, POSTBUS
from app.post import abonnement as abonnementen
from app.post.abonnement import Antwoord, Postonderwerp
from app.post.inhoud import account_name

JO = "jo@voorbeeld.nl"


def stop(post: Post, uit: str, *, nooit: bool = False) -> list[str]:
    with post.opslag().transaction() as con:
        return [p.naam for p in abonnementen.stop(con, uit, post.nu, nooit=nooit)]


def held(post: Post) -> list[str]:
    """Return of whom there is a subscription that holds."""
    with post.opslag().transaction(schrijf=False) as con:
        return [a.lezer for a in abonnementen.everything(con) if a.bevestigd_op]


def test_who_asks_later_gets_a_link_of_their_own_and_the_mail_says_whose_it_is(lege_post: Post, bus: Bus) -> None:
    vreemd = lege_post.reader("vreemd@elders.nl")
    lege_post.ask(JO, wie=vreemd)
    lege_post.send()
    lege_post.later(hours=3)
    lege_post.ask(JO, Postonderwerp.SIGNAAL)
    lege_post.send()
    for soort in ("plain", "html"):
        assert "door het account vreemd@elders.nl, over: een nieuwe publicatie." in text_of(bus.gekregen[0], soort)
    # Whatever the other asks again and again, Jo is next.
    for _ in range(3):
        lege_post.later(hours=25)
        lege_post.ask(JO, wie=vreemd)
        lege_post.send()
    assert "door het account jo@voorbeeld.nl, over: een nieuw signaal" in text_of(bus.gekregen[1])
    assert len(bus.gekregen) == 4
    links = [text_of(m).split("/bevestig/")[1][:43] for m in bus.gekregen]
    lege_post.later(hours=-48)
    assert lege_post.confirm(links[1])
    assert held(lege_post) == [JO]


def test_however_many_accounts_ask_at_a_mailbox_who_is_named_so_is_next(lege_post: Post, bus: Bus) -> None:
    for nummer in range(8):
        lege_post.ask(JO, wie=lege_post.reader(f"p{nummer}@elders.nl"))
    lege_post.send()
    # In another spelling, as the provider may have it.
    lege_post.ask("Jo@voorbeeld.nl", wie=lege_post.reader(JO))
    lege_post.later(hours=25)
    lege_post.send()
    assert "door het account jo@voorbeeld.nl" in text_of(bus.gekregen[1])
    assert len(bus.gekregen) == 2


def test_the_link_of_an_older_mail_still_ends_all_of_the_mailbox(jo: Post, bus: Bus) -> None:
    jo.publish(NIEUW)
    jo.send()
    uit = bus.link("uit")
    with jo.opslag().transaction() as con:
        abonnementen.stop_all(con, jo.reader())
    jo.later(hours=25)
    jo.subscribe(bus, JO)
    jo.later(hours=25)
    # And of another account, in another spelling.
    jo.ask("Jo+x@voorbeeld.nl", wie=jo.reader("an@voorbeeld.nl"))
    jo.send()
    assert jo.confirm(bus.link("bevestig"))
    assert sorted(stop(jo, uit)) == ["an@voorbeeld.nl", JO]
    assert [jo.count(t) for t in (ABONNEMENT, POSTBERICHT)] == [0, 0]
    # Who stopped may ask again; 90 days later the link is one of nobody.
    assert jo.ask(JO) == Antwoord.GEVRAAGD
    jo.later(days=10)
    jo.send()
    assert jo.count(POSTBUS) == 1
    jo.later(days=91)
    jo.send()
    assert jo.count(POSTBUS) == 0


def test_who_wants_no_question_gets_none_for_ninety_days_and_nobody_learns_that(lege_post: Post, bus: Bus) -> None:
    lege_post.ask(JO, wie=lege_post.reader("vreemd@elders.nl"))
    lege_post.send()
    assert "Ik wil hier nooit bericht over" in text_of(bus.gekregen[0])
    assert stop(lege_post, bus.link("uit"), nooit=True) == ["vreemd@elders.nl"]
    assert lege_post.count(ABONNEMENT) == 0
    for dag in range(0, 88, 2):
        lege_post.later(days=2)
        assert lege_post.ask(JO, wie=lege_post.reader(f"p{dag}@elders.nl")) == Antwoord.GEVRAAGD
    lege_post.send()
    assert len(bus.gekregen) == 1
    lege_post.later(days=3)
    lege_post.send()
    assert len(bus.gekregen) == 2


@pytest.mark.parametrize("adressen", [["een@voorbeeld.nl"] * 2, ["een@voorbeeld.nl", "twee@voorbeeld.nl"]])
def test_who_stops_or_goes_elsewhere_and_comes_back_gets_a_link_the_next_day(
    lege_post: Post, bus: Bus, adressen: list[str]
) -> None:
    for adres in adressen:
        lege_post.ask(adres)
        lege_post.send()
        if len(set(adressen)) == 1:
            with lege_post.opslag().transaction() as con:
                abonnementen.stop_all(con, lege_post.reader())
    lege_post.ask("een@voorbeeld.nl")
    lege_post.later(hours=25)
    lege_post.send()
    assert bus.gekregen[-1]["To"] == "een@voorbeeld.nl"
    assert lege_post.confirm(bus.link("bevestig"))


def test_to_save_again_lets_a_paused_address_be_tried_at_once(lege_post: Post, bus: Bus) -> None:
    lege_post.ask(JO)
    bus.antwoorden["jo@"] = "550 no such mailbox"
    for _ in range(4):
        lege_post.send()
        lege_post.later(hours=6)
    bus.antwoorden.clear()
    lege_post.send()
    assert bus.gekregen == []
    # On the day on which it was asked, before the sender would try again.
    lege_post.later(hours=-21)
    assert lege_post.ask(JO) == Antwoord.GEVRAAGD
    lege_post.send()
    assert [m["To"] for m in bus.gekregen] == [JO]


@pytest.mark.parametrize(
    ("naam", "gezegd"),
    [
        ("jo@voorbeeld.nl", "jo@voorbeeld.nl"),
        ("J. de Vries-O'Neil (SRS)", "J de Vries-O'Neil (SRS)"),
        ("Win nu\r\nhttps://kwaad.nl/x www.kwaad.nl", "Win nu https kwaad nl x www kwaad nl"),
        ("a" * 200, "a" * 60),
    ],
)
def test_the_name_of_an_account_is_words_and_no_link(naam: str, gezegd: str) -> None:
    assert account_name(naam) == gezegd


def test_who_has_no_right_left_is_kept_for_ninety_days(jo: Post) -> None:
    jo.rollen('"jo@voorbeeld.nl" = []')
    jo.later(days=89)
    jo.send()
    assert jo.count(ABONNEMENT) == 1
    jo.later(days=2)
    jo.send()
    assert jo.count(ABONNEMENT) == 0


def test_who_agreed_before_there_was_any_publication_hears_of_the_first(lege_post: Post, bus: Bus) -> None:
    from app.commissie.bank.tabellen import POSTBEKEND

    for adres, sinds in ((JO, ""), ("an@voorbeeld.nl", EERST)):
        lege_post.ask(adres, wie=lege_post.reader(adres))
        lege_post.send()
        assert lege_post.confirm(bus.link("bevestig"), sinds=sinds)
    bus.gekregen.clear()
    with lege_post.opslag().transaction() as con:
        con.execute(POSTBEKEND.delete())
    lege_post.send()
    assert [m["To"] for m in bus.gekregen] == [JO]
