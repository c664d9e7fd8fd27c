"""What fits the words of a reader best: pure matching on small letters, without the screen."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.taal.woorden import bare

# In the order of the groups where they fit equally well. Questions of the survey never come before programme figures.
CIJFER, REGIO, PAGINA, VRAAG, BEGRIP, VERHAAL = "cijfer", "regio", "pagina", "vraag", "begrip", "verhaal"
SOORTEN = {
    CIJFER: "Cijfers",
    REGIO: "Regio's",
    PAGINA: "Pagina's",
    VRAAG: "Vragen uit de enquête",
    BEGRIP: "Begrippen",
    VERHAAL: "Verhalen",
}
_LEEG = {
    "aan", "bij", "de", "dat", "een", "en", "er", "het", "hoe", "hoeveel", "ik", "in", "is", "met", "naar", "of", "om",
    "op", "over", "per", "te", "tot", "uit", "van", "voor", "waar", "wat", "welke", "wij", "zijn",
}  # fmt: skip
# Below this length a part of a word says nothing.
_DEEL = 3
_LIJKT = 0.7


@dataclass(frozen=True, slots=True)
class Vondst:
    """One thing to find: what it is, its name, a line about it, and where it leads."""

    soort: str
    titel: str
    onder: str
    pagina: str
    keuze: tuple[tuple[str, str], ...] = ()
    # Words that also lead here, beside those of the title and the line.
    ook: str = ""
    in_titel: tuple[str, ...] = field(init=False, repr=False)
    in_tekst: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Split the texts into words once, not at every question."""
        object.__setattr__(self, "in_titel", tuple(words(self.titel)))
        object.__setattr__(self, "in_tekst", tuple(dict.fromkeys(words(f"{self.onder} {self.ook}"))))


@dataclass(frozen=True, slots=True)
class Zoekwoord:
    """What a word of readers is called here, and what has to be said where it is not the same thing."""

    zoek: tuple[str, ...]
    uitleg: str = ""


def words(tekst: str) -> list[str]:
    """Return the words of a text in small letters without accents."""
    return re.findall(r"[a-z0-9]+", bare(tekst))


def asked(vraag: str) -> list[str]:
    """Return the words of a question that say something; all of them where none does."""
    alle = list(dict.fromkeys(words(vraag)))[:8]
    return [woord for woord in alle if woord not in _LEEG] or alle


def _joined(vraag: str, ook: Mapping[str, Zoekwoord]) -> str:
    """Return the question with words that are known without their hyphen written so: 'burn-out' is 'burnout'."""
    return re.sub(r"\w+-\w+", lambda w: heel if (heel := bare(w[0].replace("-", ""))) in ook else w[0], vraag)


def find(vondsten: Iterable[Vondst], vraag: str, ook: Mapping[str, Zoekwoord]) -> list[Vondst]:
    """Return what has every word of the question, or what that word is called here; the best first."""
    gevraagd = asked(_joined(vraag, ook))
    if not gevraagd:
        return []
    punten = [(_points(vondst, gevraagd, ook), vondst) for vondst in vondsten]
    return _in_order([(getal, vondst) for getal, vondst in punten if getal])


def find_combined(vondsten: Sequence[Vondst], vraag: str, ook: Mapping[str, Zoekwoord]) -> list[tuple[Vondst, Vondst]]:
    """Return each figure with the region that a question names beside it: 'verzuim twente'."""
    gevraagd = asked(_joined(vraag, ook))
    paren = []
    for regio in (p for p in vondsten if p.soort == REGIO):
        in_regio = [w for w in gevraagd if _word(w, regio.in_titel) >= _BEGIN]
        rest = [w for w in gevraagd if w not in in_regio]
        if in_regio and rest:
            paren += [(cijfer, regio) for cijfer in vondsten if cijfer.soort == CIJFER and _points(cijfer, rest, ook)]
    # A municipality with the name of its region leads to the same place.
    return list({(cijfer.titel, regio.keuze): (cijfer, regio) for cijfer, regio in reversed(paren)}.values())[::-1]


def nearest(vondsten: Sequence[Vondst], vraag: str, hoogstens: int = 5) -> list[Vondst]:
    """Return what a question that finds nothing may have meant: words that look alike, else some of its words."""
    gevraagd = asked(vraag)
    woordenboek = sorted({woord for vondst in vondsten for woord in vondst.in_titel if len(woord) >= _DEEL})
    lijkt = [difflib.get_close_matches(woord, woordenboek, 3, _LIJKT) for woord in gevraagd]
    punten = [
        (sum(max((_word(ander, vondst.in_titel) for ander in anders), default=0) for anders in lijkt)
         + sum(_text(woord, vondst) for woord in gevraagd), vondst)
        for vondst in vondsten
    ]  # fmt: skip
    return _in_order([(getal, vondst) for getal, vondst in punten if getal])[:hoogstens]


def in_groups(gevonden: Sequence[Vondst]) -> list[tuple[str, list[Vondst]]]:
    """Return what was found by kind, that of the best first.

    The survey comes after the figures of the programme, and stories come last.
    """
    soorten = list(dict.fromkeys(vondst.soort for vondst in gevonden))
    if CIJFER in soorten and VRAAG in soorten and soorten.index(VRAAG) < soorten.index(CIJFER):
        soorten.remove(CIJFER)
        soorten.insert(soorten.index(VRAAG), CIJFER)
    soorten.sort(key=lambda soort: soort == VERHAAL)
    return [(soort, [vondst for vondst in gevonden if vondst.soort == soort]) for soort in soorten]


_HEEL, _BEGIN, _BINNEN, _ANDERS = 20, 16, 12, 8
_TEKST_HEEL, _TEKST_BEGIN = 5, 3


def _in_order(punten: list[tuple[int, Vondst]]) -> list[Vondst]:
    volgorde = list(SOORTEN)
    return [vondst for _, vondst in sorted(punten, key=lambda p: (-p[0], volgorde.index(p[1].soort)))]


def _points(vondst: Vondst, gevraagd: Sequence[str], ook: Mapping[str, Zoekwoord]) -> int:
    """Return how well it fits; 0 where a word is missing."""
    per_woord = [max(_text(woord, vondst), _otherwise(woord, vondst, ook)) for woord in gevraagd]
    if not all(per_woord):
        return 0
    return sum(per_woord) + (_HEEL if tuple(gevraagd) == vondst.in_titel else 0)


def _text(woord: str, vondst: Vondst) -> int:
    if punten := _word(woord, vondst.in_titel):
        return punten
    if woord in vondst.in_tekst:
        return _TEKST_HEEL
    return _TEKST_BEGIN if len(woord) >= _DEEL and any(w.startswith(woord) for w in vondst.in_tekst) else 0


def _otherwise(woord: str, vondst: Vondst, ook: Mapping[str, Zoekwoord]) -> int:
    """Return the points for what a word is called here: the first name counts most."""
    namen = ook[woord].zoek if woord in ook else ()
    for nummer, naam in enumerate(namen):
        if all(_word(deel, vondst.in_titel) >= _BEGIN for deel in words(naam)):
            return max(_TEKST_HEEL + 1, _ANDERS + 3 - nummer)
    return 0


def _word(woord: str, in_titel: Sequence[str]) -> int:
    if woord in in_titel:
        return _HEEL
    if any(w.startswith(woord) for w in in_titel):
        return _BEGIN
    return _BINNEN if len(woord) >= _DEEL and any(woord in w for w in in_titel) else 0
