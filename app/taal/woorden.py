"""Words of sources and suppliers as a reader of the app takes them: written out, and without codes.

The publication keeps what a source says letter by letter; only the page reads more easily.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from app.taal.opmaak import categorie_tekst, uitsplitsing_tekst

# A tilde behind a page: derived from the order of the text, as the delivery of the published figures says.
_BLADZIJDE = re.compile(r"\bp\.(\d+)(?:-(\d+))?(~?)")
_VOLUIT = (
    (re.compile(r"\bincl\.\s*"), "met "),
    (re.compile(r"\bexcl\.\s*"), "zonder "),
    (re.compile(r"\bhfst\b\.?"), "hoofdstuk"),
    (re.compile(r"\bfig\b\.?"), "figuur"),
    (re.compile(r"§§?\s*"), "paragraaf "),
    (re.compile(r"\bobv\b"), "op basis van"),
    (re.compile(r"\bdzd\b"), "duizend"),
    (re.compile(r"\(circa\)"), "(ongeveer)"),
    (re.compile(r"\bcirca\b"), "ongeveer"),
    # A word that readers take for 'important'; here it only says that chance was reckoned with.
    (re.compile(r"\bsignificant\b"), "aantoonbaar"),
    (re.compile(r"\b(?:in|van) het contract\b"), "van de monitor"),
    # Words of who put a delivery together.
    (re.compile(r", good practice of\b"), " of"),
    (re.compile(r"\bmetadata van\b"), "gegeven over het"),
    (re.compile(r"\bparameter van\b"), "instelling van"),
    (re.compile(r"\bafgeleid, wordt niet gevoerd\b"), "volgt uit andere cijfers"),
    (re.compile(r"\bverbale breuk\b"), "deel in woorden (zoals twee derde)"),
    (re.compile(r"\bcomplement van\b"), "rest van"),
    (re.compile(r"\b0/1-vraag\b"), "ja/nee-vraag"),
    (re.compile(r"\bkwalitatief veldwerk\b"), "gesprekken"),
    (re.compile(r"\bindicatornaam\b"), "naam van een cijfer,"),
    (re.compile(r"\b(\d{4})KW0(\d)\b"), r"\2e kwartaal \1"),
)
# How certain a membership is, as the division of regions says.
_ZEKER = {
    "hoog": "zeker", "middel-hoog": "vrij zeker", "middel": "waarschijnlijk", "middel-laag": "onzeker",
    "middel (afgeleid)": "waarschijnlijk, door ons afgeleid", "middel-laag (afgeleid)": "onzeker, door ons afgeleid",
}  # fmt: skip
_ADRES = re.compile(r"tabel \w+\.nl/\S*")
# A file of a maker that was read where another keeps a copy.
_KOPIE = re.compile(r"github (\S+?)@\w+ \((?:[^()]*/)?([^()/]+)\)")
_CODE = re.compile(r"\b(?:NL\d\d|LD\d\d|PV\d\d|WGO\d\d|RA\d{4}|[A-Z]{3})\b")
# What only says how the delivery was put together.
_WERKVERSLAG = re.compile(r"contract|\bbij O-\d|medium-low")
_BIJZIN = re.compile(r",? ?niet apart in \S+\.csv")
_UITSPLITSING = re.compile(r"\b(?:afbakening|meting|telling|maat|niveau|opleiding|prognose)=[a-z0-9_|-]+")
_NAAM = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")


def plainly(tekst: str) -> str:
    """Write the abbreviations of a source in full: 'excl.' is 'zonder', '2023KW01' is '1e kwartaal 2023'."""
    for patroon, woord in _VOLUIT:
        tekst = patroon.sub(woord, tekst)
    return tekst.strip()


def certainty(tekst: str) -> str:
    """Write how certain a membership is: 'middel-laag (afgeleid)' is 'onzeker, door ons afgeleid'."""
    return _ZEKER.get(tekst, tekst)


def bare(tekst: str) -> str:
    """Return a text in small letters without accents, to search in."""
    letters = unicodedata.normalize("NFKD", tekst.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def place_text(vindplaats: str) -> str:
    """Write where a figure stands in its source: 'p.7~; §1.1' is 'rond bladzijde 7, paragraaf 1.1'."""
    gewoon = _KOPIE.sub(r"bestand \2 (kopie op GitHub, \1)", _BLADZIJDE.sub(_page, vindplaats))
    delen = (deel.strip() for deel in gewoon.split(";"))
    return plainly(", ".join(deel for deel in delen if deel and not _ADRES.fullmatch(deel)))


def _page(treffer: re.Match[str]) -> str:
    van, tot, ongeveer = treffer.groups()
    if van == "0":
        return ""
    einde = f" tot en met {tot}" if tot else ""
    return f"{'rond ' if ongeveer else ''}bladzijde {van}{einde}"


def source_place(bron: str, vindplaats: str) -> str:
    """Join a source and the place in it, as far as known."""
    return ", ".join(filter(None, [bron, place_text(vindplaats)]))


def remark_text(opmerking: str, namen: Mapping[str, str]) -> str:
    """Write what a delivery remarks on a figure without its codes; `namen` has the regions and branches by code."""
    delen = (deel.strip() for deel in _BIJZIN.sub("", opmerking).split(";"))
    return without_codes("; ".join(deel for deel in delen if deel and not _WERKVERSLAG.search(deel)), namen)


def without_codes(tekst: str, namen: Mapping[str, str]) -> str:
    """Write a text of a delivery with the names of what its codes stand for."""
    tekst = _UITSPLITSING.sub(lambda t: uitsplitsing_tekst(t[0]), tekst)
    tekst = _NAAM.sub(lambda t: categorie_tekst(t[0]), tekst)
    return plainly(_CODE.sub(lambda t: namen.get(t[0], t[0]), tekst))
