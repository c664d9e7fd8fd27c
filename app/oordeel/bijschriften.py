"""What is said beside figures: where they come from, which of them are made up, why one is missing or uncertain."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence

from app.lezen.rijen import Waarneming
from app.oordeel import zinnen
from app.taal.cellen import VOORBEELD
from app.taal.opmaak import HERKOMST_WOORD, STATUS_UITLEG, getal, opsomming, periode_tekst
from pipelines.afspraken.codelijsten import AFWEZIG

_UIT_DE_TWEEDE_HAND = re.compile(r"(?P<maker>.*) \(uit de tweede hand(?:, geciteerd door (?P<door>.*))?\)")
_VERZONNEN = f"{VOORBEELD}: deze cijfers zijn verzonnen"


def source_text(rijen: Sequence[Waarneming]) -> str:
    """Return where figures come from: at most three sources by name, voorbeelddata always."""
    namen = _source_names(rijen)
    if len(namen) > 3:
        namen = [*namen[:2], f"{len(namen) - 2} andere bronnen"]
    return opsomming(namen)


def all_sources(rijen: Sequence[Waarneming]) -> str:
    """Return where figures come from, each source by name: for what is taken along."""
    return opsomming(_source_names(rijen))


def _source_names(rijen: Sequence[Waarneming]) -> list[str]:
    gegeven = [rij for rij in rijen if rij.status not in AFWEZIG]
    echt = _makers(dict.fromkeys(short_source(rij.bron) for rij in gegeven if rij.bron and not rij.is_voorbeeld))
    return [*echt, *["voorbeelddata (verzonnen)"] * any(rij.is_voorbeeld for rij in gegeven)]


def _makers(bronnen: Iterable[str]) -> list[str]:
    """Return every maker once, with all who quoted it behind its name."""
    hoe: dict[str, set[bool]] = {}
    wie: dict[str, list[str]] = {}
    for bron in bronnen:
        gevonden = _UIT_DE_TWEEDE_HAND.fullmatch(bron)
        naam = gevonden["maker"] if gevonden else bron
        hoe.setdefault(naam, set()).add(gevonden is not None)
        door = gevonden["door"] if gevonden else None
        wie.setdefault(naam, []).extend([door] if door and door not in wie.get(naam, []) else [])
    return [_maker(naam, hoe[naam], wie[naam]) for naam in hoe]


def _maker(naam: str, hoe: set[bool], wie: Sequence[str]) -> str:
    if hoe == {False}:
        return naam
    deels = "deels " if False in hoe else ""
    return f"{naam} ({deels}uit de tweede hand{f', geciteerd door {opsomming(wie)}' if wie else ''})"


def short_source(bron: str) -> str:
    """Return the name of a site instead of a long address."""
    if "://" in bron:
        return bron.split("://", 1)[1].split("/", 1)[0].removeprefix("www.")
    return bron


def example_sentence(delen: Mapping[str, Sequence[Waarneming]]) -> str:
    """Say which parts of a picture are made up and which are not; empty where none is."""
    gevuld = {naam: [r for r in rijen if r.waarde is not None] for naam, rijen in delen.items()}
    gevuld = {naam: rijen for naam, rijen in gevuld.items() if rijen}
    verzonnen = {naam: [r for r in rijen if r.is_voorbeeld] for naam, rijen in gevuld.items()}
    if not any(verzonnen.values()):
        return ""
    if all(len(verzonnen[naam]) == len(rijen) for naam, rijen in gevuld.items()):
        return _VERZONNEN
    wie = [_made_up_part(naam, verzonnen[naam], rijen) for naam, rijen in gevuld.items() if verzonnen[naam]]
    echt = {naam: rijen for naam, rijen in gevuld.items() if not verzonnen[naam]}
    zin = f"{VOORBEELD}: verzonnen zijn de cijfers van {opsomming(wie)}"
    if not echt:
        return f"{zin}; de andere zijn echt"
    hoe = sorted({HERKOMST_WOORD[r.herkomst] for rijen in echt.values() for r in rijen}, reverse=True)
    return f"{zin}; die van {opsomming(list(echt))} zijn {' of '.join(hoe)}"


def _made_up_part(naam: str, verzonnen: Sequence[Waarneming], rijen: Sequence[Waarneming]) -> str:
    """Say which figures of a part are made up: all of them, those of some periods, or some of them."""
    if len(verzonnen) == len(rijen):
        return naam
    perioden = list(dict.fromkeys(r.periode_naam for r in verzonnen))
    if len(perioden) > 4 or any(not r.is_voorbeeld and r.periode_naam in perioden for r in rijen):
        return f"een deel van {naam}"
    return f"{naam} over {opsomming(perioden)}"


def when(rij: Waarneming) -> str:
    """Return the period of a figure with its day of measurement, and how old it is where it is past its rhythm."""
    return ", ".join(filter(None, [periode_tekst(rij.periode_naam, rij.peildatum), zinnen.old_text(rij)]))


def remark(rij: Waarneming) -> str:
    """Return what a reader must know about one figure that stands in a table as the newest there is."""
    return ", ".join(filter(None, [series_remark(rij), zinnen.old_text(rij)]))


def series_remark(rij: Waarneming) -> str:
    """Return what a reader must know about one figure among those of other periods; its date says how old it is."""
    delen = [
        VOORBEELD if rij.is_voorbeeld else "",
        "indicatief" if rij.is_indicatief else "",
        "voorlopig" if rij.is_voorlopig else "",
        f"n = {getal(rij.n)}" if rij.n else "",
    ]
    return ", ".join(filter(None, delen))


def status_texts(rijen: Iterable[Waarneming]) -> list[str]:
    """Return every reason for a missing or uncertain figure that occurs."""
    return reasons_of({rij.status for rij in rijen})


def reasons_of(soorten: Container[str]) -> list[str]:
    """Return what each of these statuses means, in the order of the code list."""
    return [uitleg for status, uitleg in STATUS_UITLEG.items() if status in soorten]
