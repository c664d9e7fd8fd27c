"""Addresses of mail: which one is taken, and when two spellings lead to one mailbox."""

from __future__ import annotations

import re
import unicodedata
from email.errors import MessageError
from email.headerregistry import Address

MELDING = "Dit is geen mailadres dat hier kan. Schrijf één gewoon adres, zoals naam@voorbeeld.nl."
_LANGSTE, _LANGSTE_LOKAAL = 254, 64
# No quoted names, lists, comments or routes to another computer; other letters need what not every server speaks.
_LOKAAL = re.compile(r"[A-Za-z0-9#$&'*+/=?^_{}~-]+(\.[A-Za-z0-9#$&'*+/=?^_{}~-]+)*", re.ASCII)
_DEEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_CODEWOORD = "=?"
# What comes along with an address that is copied.
_EROMHEEN = " \t\u00a0\u200b\ufeff"
# Names of one provider, and which marks make no difference there.
_HETZELFDE = {
    **dict.fromkeys(("gmail.com", "googlemail.com"), ("gmail.com", ".")),
    **dict.fromkeys(("proton.me", "protonmail.com", "pm.me"), ("proton.me", ".-_")),
    **dict.fromkeys(("icloud.com", "me.com", "mac.com"), ("icloud.com", "")),
}
_YAHOO = re.compile(r"(yahoo|ymail|rocketmail)\.[a-z.]+", re.ASCII)


class AdresError(ValueError):
    """This is no address that mail is sent to; the message is fit for a reader and does not repeat it."""

    def __init__(self) -> None:
        super().__init__(MELDING)


def read_address(tekst: str) -> str:
    """Return the address as mail is sent to it.

    Raises:
        AdresError: it is none, or of a kind that is not taken.
    """
    adres = tekst.strip(_EROMHEEN)
    lokaal, _, domein = adres.rpartition("@")
    if not adres.isprintable() or _CODEWOORD in adres or len(lokaal) > _LANGSTE_LOKAAL:
        raise AdresError
    domein = _ascii_domain(domein)
    if not _LOKAAL.fullmatch(lokaal) or not _is_domain(domein) or len(lokaal) + len(domein) >= _LANGSTE:
        raise AdresError
    try:
        return Address(addr_spec=f"{lokaal}@{domein}").addr_spec
    except (MessageError, ValueError, IndexError):
        raise AdresError from None


def mailbox(adres: str) -> str:
    """Return what every spelling of one mailbox has in common; empty where this is no address.

    Capitals, full width, what stands behind a plus, and at some providers dots or the name of the provider make no
    difference.
    """
    lokaal, _, domein = unicodedata.normalize("NFKC", adres).strip(_EROMHEEN).casefold().rpartition("@")
    lokaal = lokaal.partition("+")[0] or lokaal[:1]
    domein, telt_niet = _HETZELFDE.get(kaal := _ascii_domain(domein), (kaal, ""))
    lokaal = "".join(teken for teken in lokaal if teken not in telt_niet) or lokaal
    if _YAHOO.fullmatch(domein):
        lokaal = lokaal.partition("-")[0] or lokaal
    return f"{lokaal}@{domein}" if lokaal and domein else ""


def _ascii_domain(domein: str) -> str:
    try:
        return domein.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        return ""


def _is_domain(domein: str) -> bool:
    delen = domein.split(".")
    return len(delen) > 1 and all(map(_DEEL.fullmatch, delen)) and not delen[-1].isdecimal()
