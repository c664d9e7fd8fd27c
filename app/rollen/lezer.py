"""Who asks: what a provider said of a person, against the settings of now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.rollen.instellingen import Aanbieder, Instellingen, load, person_name
from app.rollen.rechten import Recht, Rol, Soort, areas, may
from pipelines.afspraken.meldingen import AfgekeurdError

SCHAKELAAR = "REGIOMONITOR_TOEGANG"
# What the switch holds beside the path of a file with settings.
OP_LOOPBACK, OPEN = "lokaal", "open"
# What everybody may hear of settings that broke while serving; what is wrong with them may hold a name or a secret.
ONLEESBAAR = "De instellingen van het aanmelden zijn niet te lezen, dus er komt niemand in."
# How far the clock of the provider may be ahead of ours.
_SPELING = 300
_UUR = 3600


@dataclass(frozen=True)
class Lezer:
    """One who asks: the name that goes with what is written down, and the roles. Without a name nobody logged in.

    `account` stays the same when a provider calls the person otherwise; empty where it says nothing that does.
    """

    naam: str = ""
    rollen: tuple[Rol, ...] = ()
    account: str = ""
    aanbieder: str = ""
    # Of the groups that the provider named, those that the settings know.
    groepen: tuple[str, ...] = ()

    def may(self, recht: Recht, voorwerp: str = "") -> bool:
        """Return whether this reader may do it."""
        return may(self.rollen, recht, voorwerp)

    @property
    def gebieden(self) -> tuple[str, ...]:
        """The areas of which this reader sees the figures before their release."""
        return areas(self.rollen)


# On the computer itself everything is there for who sits at it, and nothing is there for anybody else.
OP_DEZE_COMPUTER = Lezer(rollen=(Rol(Soort.BEHEER), Rol(Soort.COMMISSIE)))
# An address that is open for reading alone.
VOORBIJGANGER = Lezer(rollen=(Rol(Soort.KIJKER),))
NIEMAND = Lezer()


def identify(gegevens: Mapping[str, Any], instellingen: Instellingen, nu: float) -> Lezer:
    """Return who this is by what the provider said at login, with the roles of now; `nu` in seconds.

    Who is not known, whose session is over, who logged in at another address of the monitor, or whose provider is no
    longer in the settings, is who comes along.
    """
    onbekend = VOORBIJGANGER if instellingen.is_openbaar else NIEMAND
    aanbieder = instellingen.aanbieders.get(str(gegevens.get("provider", "")))
    is_van_hier = gegevens.get("is_logged_in") is True and gegevens.get("origin") == instellingen.adres
    if not is_van_hier or aanbieder is None or not _is_fresh(gegevens, nu, instellingen.sessie_uren * _UUR):
        return onbekend
    naam = _name(gegevens, aanbieder)
    if not naam or (naam not in aanbieder.personen and not _is_fresh(gegevens, nu, instellingen.groep_minuten * 60)):
        return onbekend
    groepen = known_groups(gegevens, aanbieder)
    rollen = _roles(groepen, aanbieder, naam)
    return Lezer(naam, (*onbekend.rollen, *rollen), _account(gegevens), aanbieder.naam, groepen)


def identify_later(instellingen: Instellingen, aanbieder: str, naam: str, groepen: Iterable[str]) -> Lezer:
    """Return who this is now that nobody asks: by the settings of now, with these groups of the last login."""
    onbekend = VOORBIJGANGER if instellingen.is_openbaar else NIEMAND
    van_nu = instellingen.aanbieders.get(aanbieder)
    if van_nu is None:
        return onbekend
    return Lezer(naam, (*onbekend.rollen, *_roles(groepen, van_nu, naam)), "", aanbieder)


def may_still(instellingen: Instellingen, aanbieder: str, naam: str, recht: Recht) -> bool:
    """Return whether somebody who could do this may by the settings of now, as far as they say so.

    Who is in which group the provider says only at login: of who is not listed by name, whether any group may.
    """
    van_nu = instellingen.aanbieders.get(aanbieder)
    if van_nu is None:
        return False
    van_persoon = van_nu.personen.get(naam)
    groepen = van_nu.groepen.values() if van_nu.rolveld else ()
    return any(may(rollen, recht) for rollen in (groepen if van_persoon is None else [van_persoon]))


def _account(gegevens: Mapping[str, Any]) -> str:
    """Return a sum of the account that logged in: OpenID Connect has `sub` for good, within the issuer."""
    delen = [gegevens.get(naam) for naam in ("iss", "sub")]
    if not all(isinstance(deel, str) and deel for deel in delen):
        return ""
    return hashlib.sha256(json.dumps(delen).encode()).hexdigest()


def _is_fresh(gegevens: Mapping[str, Any], nu: float, hoogstens: int) -> bool:
    """Return whether the login is of less than so many seconds ago, and not of later than now."""
    begin = gegevens.get("iat")
    if isinstance(begin, bool) or not isinstance(begin, int | float):
        return False
    return begin - _SPELING <= nu < begin + hoogstens


def _name(gegevens: Mapping[str, Any], aanbieder: Aanbieder) -> str:
    """Return how this provider names the person; an address that it did not verify is no name."""
    naam = gegevens.get(aanbieder.naamveld)
    if not isinstance(naam, str) or not naam.strip() or not naam.isprintable():
        return ""
    if aanbieder.naamveld == "email" and gegevens.get("email_verified") is not True:
        return ""
    return person_name(naam, is_mail=aanbieder.naamveld == "email")


def known_groups(gegevens: Mapping[str, Any], aanbieder: Aanbieder) -> tuple[str, ...]:
    """Return the groups that the provider named and the settings know."""
    groepen = gegevens.get(aanbieder.rolveld) if aanbieder.rolveld else ()
    groepen = [groepen] if isinstance(groepen, str) else groepen
    if not isinstance(groepen, list | tuple):
        return ()
    return tuple(dict.fromkeys(groep for groep in groepen if isinstance(groep, str) and groep in aanbieder.groepen))


def _roles(groepen: Iterable[str], aanbieder: Aanbieder, naam: str) -> tuple[Rol, ...]:
    """Return the roles of a person; who is listed by name has those and no other, also when that are none."""
    if (van_persoon := aanbieder.personen.get(naam)) is not None:
        return van_persoon
    if not aanbieder.rolveld:
        return ()
    rollen = (aanbieder.groepen.get(groep, ()) for groep in groepen)
    return tuple(dict.fromkeys(rol for deel in rollen for rol in deel))


def has_login(schakelaar: str) -> bool:
    """Return whether the switch names settings of login, and not who may do what without."""
    return schakelaar not in ("", OP_LOOPBACK, OPEN)


def settings(schakelaar: str) -> Instellingen | None:
    """Return the settings that the switch names; nothing where nobody logs in.

    Raises:
        AfgekeurdError: the file is none, or not right.
    """
    return load(Path(schakelaar)) if has_login(schakelaar) else None


def judge(schakelaar: str, lees: Callable[[], Mapping[str, Any]], nu: float) -> Lezer:
    """Return who asks, by the switch of this server; with settings that cannot be read it is nobody.

    `lees` gives what the provider said; it is only asked for where one logs in.
    """
    if schakelaar == OP_LOOPBACK:
        return OP_DEZE_COMPUTER
    try:
        instellingen = settings(schakelaar)
    except AfgekeurdError:
        return NIEMAND
    return VOORBIJGANGER if instellingen is None else identify(lees(), instellingen, nu)
