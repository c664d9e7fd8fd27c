"""What is new as Atom: per publication, and per indicator or region what changed, in words.

How many figures became hidden is said of a whole publication only: of one indicator it would point at them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.lezen.verschil import publicaties
from app.lezen.verschil.publicatieverschil import GEHEEL, SOORTEN, Definitiewijziging, Publicatieverschil
from app.taal.kolommen import meaning
from app.taal.opmaak import datum, leesbaar, opsomming, telling
from app.uitgave.tabel import TITEL
from app.uitgave.wijzigingen import between, sentence

MIME = "application/atom+xml; charset=utf-8"
# How many publications back, and how many changes of one are written out.
_PUBLICATIES, _REGELS = 6, 50
_VERBODEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Bericht:
    """One entry: what it is about, when, in which publication, and its lines."""

    titel: str
    moment: datetime
    publicatie_id: str
    regels: Sequence[str]


def of_publications(merk: Kenmerk, begin: str) -> bytes:
    """Return the feed of publications: each with what changed since the one before."""
    berichten = []
    for uitgave, verschil in _steps(merk):
        regels = ["Dit is de oudste publicatie die hier staat."] if verschil is None else _totals(verschil)
        titel = f"Publicatie van {datum(uitgave.gemaakt_op)}"
        berichten.append(Bericht(titel, uitgave.gemaakt_op, uitgave.publicatie_id, regels))
    return _feed(f"{TITEL}: publicaties", f"{begin}/publicaties.atom", begin, berichten)


def of_indicator(merk: Kenmerk, indicator_id: str, begin: str) -> bytes:
    """Return the feed of one indicator: of each publication in which a figure or its meaning changed.

    Raises:
        KeyError: there is no such indicator.
    """
    titel = data.indicatoren(merk)[indicator_id].titel
    return _of(merk, titel, "indicator_id", indicator_id, f"{begin}/indicatoren/{indicator_id}")


def of_region(merk: Kenmerk, regio_code: str, begin: str) -> bytes:
    """Return the feed of one region: of each publication in which a figure of it changed.

    Raises:
        KeyError: there is no such region.
    """
    titel = data.regios(merk)[regio_code].naam
    return _of(merk, titel, "regio_code", regio_code, f"{begin}/regios/{regio_code}")


def _of(merk: Kenmerk, titel: str, veld: str, code: str, adres: str) -> bytes:
    berichten = []
    for uitgave, verschil in _steps(merk):
        if verschil is None:
            continue
        regels = [sentence(merk, c) for c in verschil.cijfers if getattr(c, veld) == code]
        over = [_described(d) for d in verschil.definities if getattr(d, veld, "") == code]
        if regels or over:
            wat = f"{telling(len(regels), 'cijfer', 'cijfers')} anders" if regels else "andere omschrijving"
            kop = f"{titel}: {wat}, publicatie van"
            berichten.append(Bericht(
                f"{kop} {datum(uitgave.gemaakt_op)}", uitgave.gemaakt_op, uitgave.publicatie_id, [*over, *regels]
            ))  # fmt: skip
    return _feed(f"{TITEL}: {titel}", f"{adres}.atom", adres, berichten, leeg=data.publicatie(merk).gemaakt_op)


def _described(d: Definitiewijziging) -> str:
    """Say what of an indicator is another than before."""
    if d.veld != GEHEEL:
        return f"De omschrijving is anders: {meaning(d.veld) or leesbaar(d.veld)}."
    return "Deze indicator is nieuw." if d.nieuw else "Deze indicator is niet meer opgenomen."


def _steps(merk: Kenmerk) -> Iterator[tuple[publicaties.Uitgave, Publicatieverschil | None]]:
    """Yield the last publications, newest first, each with what changed since the one before it."""
    uitgaven = publicaties.history(merk)[: _PUBLICATIES + 1]
    for nummer, uitgave in enumerate(uitgaven[:_PUBLICATIES]):
        eerder = uitgaven[nummer + 1] if nummer + 1 < len(uitgaven) else None
        yield uitgave, between(merk, eerder.publicatie_id, uitgave.publicatie_id) if eerder else None


def _totals(verschil: Publicatieverschil) -> list[str]:
    aantallen = [(soort, aantal) for soort, aantal in verschil.counts().items() if aantal]
    delen = [f"{telling(aantal, 'cijfer', 'cijfers')}: {SOORTEN[soort]}" for soort, aantal in aantallen]
    regels = [f"{opsomming(delen)}." if delen else "Geen enkel cijfer dat te zien is, is veranderd."]
    regels += [f"{zin}." for zin in verschil.hidden_text()]
    heel = [d for d in verschil.definities if d.veld == GEHEEL]
    for aantal, woord in ((sum(bool(d.nieuw) for d in heel), "nieuw"), (sum(not d.nieuw for d in heel), "weg")):
        if aantal:
            regels.append(f"{telling(aantal, 'indicator is', 'indicatoren zijn')} {woord}.")
    if anders := len({d.indicator_id for d in verschil.definities if d.veld != GEHEEL}):
        regels.append(f"{telling(anders, 'indicator is', 'indicatoren zijn')} anders omschreven.")
    return regels


def _feed(titel: str, zelf: str, over: str, berichten: Sequence[Bericht], leeg: datetime | None = None) -> bytes:
    moment = berichten[0].moment if berichten else leeg or datetime(1970, 1, 1)
    delen = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl">',
        _element("title", titel),
        _element("id", zelf),
        f'<link rel="self" type="application/atom+xml" href={quoteattr(zelf)}/>',
        f'<link rel="alternate" href={quoteattr(over)}/>',
        _element("updated", _moment(moment)),
        f"<author>{_element('name', TITEL)}</author>",
        *(_entry(b, zelf, over) for b in berichten),
        "</feed>\n",
    )
    return "\n".join(delen).encode("utf-8", "replace")


def _entry(b: Bericht, zelf: str, over: str) -> str:
    regels = list(b.regels[:_REGELS])
    if (rest := len(b.regels) - len(regels)) > 0:
        regels.append(f"En nog {telling(rest, 'verandering', 'veranderingen')}.")
    lijst = "".join(f"<li>{escape(_VERBODEN.sub(' ', regel))}</li>" for regel in regels)
    return (
        f"<entry>{_element('title', b.titel)}{_element('id', f'{zelf}#{b.publicatie_id}')}"
        f"<link href={quoteattr(over)}/>{_element('updated', _moment(b.moment))}"
        f'<content type="html">{escape(f"<ul>{lijst}</ul>")}</content></entry>'
    )


def _element(naam: str, tekst: str) -> str:
    return f"<{naam}>{escape(_VERBODEN.sub(' ', tekst))}</{naam}>"


def _moment(moment: datetime) -> str:
    return f"{moment.isoformat(timespec='seconds')}Z"
