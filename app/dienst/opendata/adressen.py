"""The addresses of open data: each with its parameters and how its content is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.dienst.opendata import beschrijvend, inhoud
from app.dienst.opendata.inhoud import BEGIN, JSON, VAN_LIJST, VAN_TABEL, Gemaakt
from app.dienst.opendata.vraag import Vraag, VraagError, parse
from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.uitgave import feeds
from app.uitgave.beschrijving import csvw
from app.uitgave.vorm.vormen import VORMEN

DATABASE = f"{BEGIN}/publicatie.duckdb"
# Of an earlier one the figures can be had, not the file.
VAN_DATABASE = ("voorbeeld",)
_NAAM = "[A-Za-z0-9_]{1,80}"
_ID = "[A-Za-z0-9.-]{1,60}?"
_VORM = "|".join(re.escape(naam) for naam in sorted(VORMEN, key=len, reverse=True))
_CSV = "|".join(re.escape(naam) for naam in csvw.VORMEN)


@dataclass(frozen=True)
class Adres:
    """One kind of address: as it is described, in words too, the parameters it takes, and what makes the answer."""

    sjabloon: str
    uitleg: str
    patroon: re.Pattern[str]
    mag: Sequence[str]
    maak: Callable[[Kenmerk, re.Match[str], Vraag], Gemaakt]
    soort: str = JSON


_Maak = Callable[[Kenmerk, re.Match[str], Vraag], Gemaakt]


def _address(sjabloon: str, uitleg: str, maak: _Maak, mag: Sequence[str] = (), soort: str = JSON) -> Adres:
    delen = {"soort": "indicatoren|regios", "naam": _NAAM, "vorm": _VORM, "van": _ID, "tot": _ID, "csv": _CSV}
    patroon = re.escape(sjabloon)
    for naam, deel in delen.items():
        patroon = patroon.replace(re.escape(f"{{{naam}}}"), f"(?P<{naam}>{deel})")
    return Adres(sjabloon, uitleg, re.compile(patroon, re.ASCII), mag, maak, soort.partition(";")[0])


ADRESSEN = (
    _address(BEGIN, "Wat er is", lambda nu, _, __: inhoud.begin(nu)),
    _address(
        f"{BEGIN}/{{soort}}", "Alle indicatoren of gebieden",
        lambda nu, m, v: inhoud.listing(nu, m["soort"], v), VAN_LIJST,
    ),
    _address(
        f"{BEGIN}/{{soort}}/{{naam}}", "Eén indicator of gebied, met de adressen van de cijfers",
        lambda nu, m, v: inhoud.entry(nu, m["soort"], m["naam"], v), VAN_LIJST,
    ),
    _address(
        f"{BEGIN}/{{soort}}/{{naam}}.{{vorm}}", "Alle cijfers van één indicator of gebied",
        lambda nu, m, v: inhoud.table(nu, m["soort"], m["naam"], m["vorm"], v), VAN_TABEL,
    ),
    _address(f"{BEGIN}/publicaties", "De publicaties die er zijn", lambda nu, _, __: inhoud.kept(nu)),
    _address(
        f"{BEGIN}/wijzigingen/{{van}}..{{tot}}.json", "Wat er tussen twee publicaties veranderde",
        lambda nu, m, v: inhoud.changes(nu, m["van"], m["tot"], v), inhoud.VAN_WIJZIGINGEN,
    ),
    _address(
        f"{BEGIN}/{{soort}}/{{naam}}.{{csv}}{csvw.ACHTER}", "Wat er in een CSV staat (CSV on the Web)",
        lambda nu, m, v: beschrijvend.description(nu, m["soort"], m["naam"], m["csv"], v), VAN_LIJST, csvw.MIME,
    ),
    _address(
        f"{BEGIN}/catalogus.ttl", "Catalogus als Turtle (DCAT-AP-NL 3.0)",
        lambda nu, _, v: beschrijvend.catalogue(nu, "ttl", v.begin), (), "text/turtle",
    ),
    _address(
        f"{BEGIN}/catalogus.jsonld", "Catalogus als JSON-LD (DCAT-AP-NL 3.0)",
        lambda nu, _, v: beschrijvend.catalogue(nu, "jsonld", v.begin), (), "application/ld+json",
    ),
    _address(
        f"{BEGIN}/publicaties.atom", "Wat er nieuw is, per publicatie (Atom)",
        lambda nu, _, v: beschrijvend.news(nu, v.begin), (), feeds.MIME,
    ),
    _address(
        f"{BEGIN}/{{soort}}/{{naam}}.atom", "Wat er veranderde aan één indicator of gebied (Atom)",
        lambda nu, m, v: beschrijvend.news_of(nu, m["soort"], m["naam"], v.begin), (), feeds.MIME,
    ),
    _address(
        f"{BEGIN}/CITATION.cff", "Hoe u de publicatie noemt (Citation File Format)",
        lambda nu, _, __: beschrijvend.cite(nu), (), "text/yaml",
    ),
)  # fmt: skip


def find(pad: str) -> tuple[Adres, re.Match[str]]:
    """Return the kind of an address and what its parts are.

    Raises:
        VraagError: there is nothing at this address.
    """
    for adres in ADRESSEN:
        if gevonden := adres.patroon.fullmatch(pad):
            return adres, gevonden
    vormen = ", ".join(VORMEN)
    advies = f"Begin op {BEGIN}: daar staat wat er is. Vormen: {vormen}."
    raise VraagError(404, "Op dit adres staan geen gegevens.", toegestaan=[a.sjabloon for a in ADRESSEN] + [DATABASE],
                     advies=advies)  # fmt: skip


def make(nu: Kenmerk, adres: Adres, delen: re.Match[str], paren: Sequence[tuple[str, str]], begin: str) -> Gemaakt:
    """Return what is asked at an address with these parameters; `begin` is the address of the site.

    Raises:
        VraagError: a parameter is not allowed, or what is asked does not exist.
    """
    codes = {"regio": tuple(data.regios(nu)), "branche": tuple(data.branches(nu))} if adres.mag else {}
    return adres.maak(nu, delen, replace(parse(paren, adres.mag, codes), begin=begin))
