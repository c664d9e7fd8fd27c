"""What is written down, what is allowed in it, and the one table that keeps every change of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.commissie.referentiekader import fields
from pipelines.afspraken.codelijsten import LAND

BESTAND = "commissie.sqlite"
URL = "REGIOMONITOR_COMMISSIE_URL"
STANDEN = {
    "afspraak": {"open": "open", "nagekomen": "nagekomen", "vervallen": "vervallen"},
    "advies": {"toekennen": "toekennen", "deels": "deels toekennen", "aanhouden": "aanhouden", "afwijzen": "afwijzen"},
}
SOORTEN = ("gesprek", "score", "ambitieniveau", "notitie", "afspraak", "advies", "reactie")
ROLLEN = ("commissie", "regio")
LANGSTE_TEKST = 10_000
LANGSTE_NAAM = 80
EERSTE_JAAR = 2018
# A level of ambition may be set for years to come; further ahead is a slip of the keyboard.
_JAREN_VOORUIT = 10
_PUBLICATIE = re.compile(r"[0-9A-Za-z-]{0,80}", re.ASCII)
_REGIO = re.compile(r"NL01|RA[0-9]{4}|WGO[0-9]{2}", re.ASCII)
_SLEUTEL = re.compile(r"[a-z0-9_/-]{0,60}", re.ASCII)
# What Word hides in a text to break or join words; without them it reads the same.
_ONZICHTBAAR = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0xFEFF))


class InvoerError(Exception):
    """What was filled in cannot be kept; holds one sentence per fault and nothing of what was filled in."""

    def __init__(self, fouten: list[str]) -> None:
        self.fouten = fouten
        super().__init__(" ".join(fouten))


class OpslagError(Exception):
    """The database cannot be reached or does not answer; the message is fit for a reader."""


@dataclass(frozen=True, slots=True)
class Onderwerp:
    """What a text or score is about: one thing in one region and one year."""

    soort: str
    regio_code: str
    jaar: int
    sleutel: str = ""


@dataclass(frozen=True, slots=True)
class Inhoud:
    """What was written down: a text, and where the kind asks for it a score, a stand, a day, a publication."""

    tekst: str = ""
    score: int | None = None
    stand: str = ""
    datum: date | None = None
    publicatie_id: str = ""


@dataclass(frozen=True, slots=True)
class Wijziging:
    """One change: by whom and when (UTC). `versie` is empty where somebody else was first, so that it never held."""

    kenmerk: str
    onderwerp: Onderwerp
    inhoud: Inhoud
    versie: int | None
    gebaseerd_op: int
    wie: str
    rol: str
    op: datetime


def holding(wijzigingen: Iterable[Wijziging]) -> dict[Onderwerp, Wijziging]:
    """Return of a history what holds, by subject, in the order in which the subjects were first written."""
    stand: dict[Onderwerp, Wijziging] = {}
    for wijziging in wijzigingen:
        if wijziging.versie is not None:
            eerder = stand.get(wijziging.onderwerp)
            if eerder is None or (eerder.versie or 0) < wijziging.versie:
                stand[wijziging.onderwerp] = wijziging
    return stand


def levels(stand: Mapping[Onderwerp, Wijziging]) -> dict[int, int]:
    """Return the level of ambition that the committee asks of all regions, by year, from what holds."""
    van_land = ("ambitieniveau", LAND)
    return {o.jaar: w.inhoud.score for o, w in stand.items() if (o.soort, o.regio_code) == van_land and w.inhoud.score}


def clean(tekst: str) -> str:
    """Return a text with one kind of line end and of space, without spaces around it or marks that nobody sees."""
    tekst = tekst.replace("\r\n", "\n").replace("\r", "\n").translate(_ONZICHTBAAR)
    return "".join(" " if unicodedata.category(t) == "Zs" else t for t in tekst).strip()


def faults(onderwerp: Onderwerp, inhoud: Inhoud, wie: str, rol: str, gebaseerd_op: int = 0) -> list[str]:
    """Return everything that is wrong with a change, in words for who filled it in."""
    fouten = _who_faults(wie, rol, onderwerp.soort) + _subject_faults(onderwerp)
    if onderwerp.soort == "reactie" and gebaseerd_op:
        fouten.append("Een reactie van de regio verandert niet meer. Geef een nieuwe; de eerste blijft staan.")
    if len(inhoud.tekst) > LANGSTE_TEKST:
        fouten.append(f"De tekst is langer dan {LANGSTE_TEKST} tekens. Kort hem in.")
    if any(not (t.isprintable() or t in "\n\t") for t in inhoud.tekst + inhoud.stand):
        fouten.append("De tekst bevat tekens die niet te bewaren zijn. Plak hem als gewone tekst.")
    if not _PUBLICATIE.fullmatch(inhoud.publicatie_id):
        fouten.append("Dit is geen kenmerk van een publicatie.")
    return fouten + _content_faults(onderwerp, inhoud)


def _who_faults(wie: str, rol: str, soort: str) -> list[str]:
    if not 2 <= len(wie) <= LANGSTE_NAAM or not wie.isprintable():
        return [f"Vul eerst uw naam in (2 tot en met {LANGSTE_NAAM} tekens)."]
    if rol not in ROLLEN or (rol == "regio") != (soort == "reactie"):
        return ["Een regio kan een reactie geven; de rest is van de commissie."]
    return []


def _subject_faults(onderwerp: Onderwerp) -> list[str]:
    fouten = []
    if onderwerp.soort not in SOORTEN:
        fouten.append(f"Deze soort bestaat niet. Kies uit: {', '.join(SOORTEN)}.")
    if not _REGIO.fullmatch(onderwerp.regio_code):
        fouten.append("Deze regio bestaat niet.")
    if not EERSTE_JAAR <= onderwerp.jaar <= _last_year():
        fouten.append(f"Het jaar moet tussen {EERSTE_JAAR} en {_last_year()} liggen.")
    if not _SLEUTEL.fullmatch(onderwerp.sleutel):
        fouten.append("De sleutel mag alleen kleine letters, cijfers, -, _ en / bevatten.")
    if onderwerp.soort == "ambitieniveau" and (onderwerp.regio_code, onderwerp.sleutel) != (LAND, ""):
        fouten.append(f"Een ambitieniveau geldt voor alle regio's: regio {LAND}, zonder sleutel.")
    if onderwerp.soort == "score" and onderwerp.sleutel not in fields():
        fouten.append("Dit onderdeel staat niet in het referentiekader.")
    return fouten


def _content_faults(onderwerp: Onderwerp, inhoud: Inhoud) -> list[str]:
    soort, fouten = onderwerp.soort, []
    heeft_score = soort in ("score", "ambitieniveau")
    if heeft_score and inhoud.score not in (1, 2, 3, 4):
        fouten.append("Kies een score van 1 tot en met 4.")
    if not heeft_score and inhoud.score is not None:
        fouten.append("Hier hoort geen score bij.")
    if soort in ("score", "notitie", "afspraak", "advies", "reactie") and not inhoud.tekst:
        fouten.append("Schrijf een toelichting; leeg bewaren kan niet.")
    if soort in STANDEN and inhoud.stand not in STANDEN[soort]:
        fouten.append(f"Kies een stand: {', '.join(STANDEN[soort].values())}.")
    if soort not in STANDEN and inhoud.stand:
        fouten.append("Hier hoort geen stand bij.")
    return fouten + _day_faults(onderwerp, inhoud.datum)


def _day_faults(onderwerp: Onderwerp, dag: date | None) -> list[str]:
    if onderwerp.soort not in ("afspraak", "gesprek"):
        return [] if dag is None else ["Hier hoort geen datum bij."]
    if dag is None:
        return ["Vul een datum in, bijvoorbeeld 1 maart 2027 of 1-3-2027."]
    if onderwerp.soort == "gesprek" and dag.year not in (onderwerp.jaar, onderwerp.jaar + 1):
        return [f"Het gesprek van {onderwerp.jaar} is in {onderwerp.jaar} of {onderwerp.jaar + 1}. Verbeter de datum."]
    if not EERSTE_JAAR <= dag.year <= _last_year():
        return [f"De datum moet tussen {EERSTE_JAAR} en {_last_year()} liggen."]
    return []


def _last_year() -> int:
    return date.today().year + _JAREN_VOORUIT
