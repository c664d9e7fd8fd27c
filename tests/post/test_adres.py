"""Addresses: one plain address is taken, and every spelling of a mailbox is that mailbox."""

from __future__ import annotations

import pytest

from app.post.adres import MELDING, AdresError, mailbox, read_address


@pytest.mark.parametrize(
    ("tekst", "adres"),
    [
        ("jo@voorbeeld.nl", "jo@voorbeeld.nl"),
        (" Jo.de-Vries+werk@Voorbeeld.NL ", "Jo.de-Vries+werk@voorbeeld.nl"),
        ("o'brien@zorg.voorbeeld.nl", "o'brien@zorg.voorbeeld.nl"),
        ("jo@bücher.nl", "jo@xn--bcher-kva.nl"),
        ("jo@voorbeeld.nl.", "jo@voorbeeld.nl"),
        ("\u200bjo@voorbeeld.nl\t\u00a0", "jo@voorbeeld.nl"),
    ],
)
def test_a_plain_address_is_taken_as_mail_is_sent_to_it(tekst: str, adres: str) -> None:
    assert read_address(tekst) == adres


@pytest.mark.parametrize(
    "tekst",
    [
        "", "jo", "@voorbeeld.nl", "jo@", "jo@localhost", "jo@@voorbeeld.nl", "jo@a@voorbeeld.nl", "jo@voorbeeld..nl",
        "jo@voorbeeld.nl\n", "jo@voorbeeld.nl\r\nBcc: an@voorbeeld.nl", "jo\x00@voorbeeld.nl", "jo@voor\tbeeld.nl",
        "jo@voorbeeld.nl,an@voorbeeld.nl", "jo@voorbeeld.nl;an@voorbeeld.nl", "jo@voorbeeld.nl an@voorbeeld.nl",
        '"jo d"@voorbeeld.nl', "Jo <jo@voorbeeld.nl>", "jo(x)@voorbeeld.nl", "=?utf-8?q?jo?=@voorbeeld.nl",
        "jo@[127.0.0.1]", "jo@127.0.0.1", "jo@[IPv6:::1]", "jo%elders.nl@voorbeeld.nl", "elders!jo@voorbeeld.nl",
        ".jo@voorbeeld.nl", "jo.@voorbeeld.nl", "j..o@voorbeeld.nl", "jö@voorbeeld.nl", "ｊｏ@voorbeeld.nl",
        "jo＠voorbeeld.nl", "jo\u202e@voorbeeld.nl", "jo@-voorbeeld.nl", f"{'j' * 65}@voorbeeld.nl",
        f"jo@{'a' * 60}.{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 20}.nl", "jo@" + "a" * 300 + ".nl", "jo@\ud800.nl",
    ],
)  # fmt: skip
def test_whatever_else_is_refused_in_one_sentence_that_does_not_repeat_it(tekst: str) -> None:
    with pytest.raises(AdresError) as fout:
        read_address(tekst)
    assert str(fout.value) == MELDING


@pytest.mark.parametrize(
    ("een", "ander"),
    [
        ("jo@voorbeeld.nl", "JO@Voorbeeld.NL"),
        ("jo@voorbeeld.nl", "jo+1@voorbeeld.nl"),
        ("jo@bücher.nl", "jo@xn--bcher-kva.nl"),
        ("jo.de.vries@gmail.com", "jodevries+x@googlemail.com"),
        ("jo@voorbeeld.nl", "ｊｏ＠ｖｏｏｒｂｅｅｌｄ．ｎｌ"),
        ("jo@icloud.com", "jo@me.com"),
        ("jo.v@proton.me", "jov+x@pm.me"),
        ("jo-x@yahoo.com", "jo@yahoo.com"),
        ("+a@voorbeeld.nl", "+b@voorbeeld.nl"),
    ],
)
def test_every_spelling_of_a_mailbox_is_the_same(een: str, ander: str) -> None:
    assert mailbox(een) == mailbox(ander) != ""


def test_another_mailbox_is_another() -> None:
    bussen = ["jo@voorbeeld.nl", "jo@voorbeeld.com", "j.o@voorbeeld.nl", "+jo@voorbeeld.nl"]
    assert len({mailbox(bus) for bus in bussen}) == len(bussen)
    assert {mailbox(geen) for geen in ("jo", "", "@voorbeeld.nl", "Jo de Vries")} == {""}
