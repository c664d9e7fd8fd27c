"""What there is to find: figures, areas, pages, terms and stories of a publication, and what readers call them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml

from app.beeld.fragmenten import EEN_CIJFER
from app.lezen import data
from app.lezen.geheugen import remember, remember_once
from app.lezen.onderwerp import enquetecijfers, regiogegevens, verhaalrijen
from app.lezen.rijen import Kenmerk
from app.oordeel.overzicht import verhalen
from app.raam.paginas import BEGIN, PAGINAS
from app.raam.zoeken.rang import BEGRIP, CIJFER, PAGINA, REGIO, VERHAAL, VRAAG, Vondst, Zoekwoord
from app.taal.opmaak import NIVEAU_ENKEL, PIJLER_WOORD, datum, hoofdletter
from pipelines.afspraken.codelijsten import Niveau, Plek

_APP = Path(__file__).resolve().parents[2]


@functools.cache
def synonyms() -> Mapping[str, Zoekwoord]:
    """Return what readers type by word, as app/zoekwoorden.yml says."""
    inhoud = yaml.safe_load((_APP / "zoekwoorden.yml").read_text(encoding="utf-8"))
    return {woord: Zoekwoord(tuple(deel["zoek"]), deel.get("uitleg", "")) for woord, deel in inhoud.items()}


@functools.cache
def terms() -> Mapping[str, str]:
    """Return the meaning of each term of the trade, as app/woordenlijst.yml says, in the order of the alphabet."""
    inhoud = yaml.safe_load((_APP / "woordenlijst.yml").read_text(encoding="utf-8"))
    return dict(sorted(inhoud.items(), key=lambda paar: str(paar[0]).casefold()))


@remember_once(2)
def places(merk: Kenmerk) -> tuple[Vondst, ...]:
    """Return everything there is to find, of each kind in its own order."""
    return (*_figures(merk), *_areas(merk), *_pages(), *_terms(), *_stories(merk))


@remember(2)
def starters(merk: Kenmerk) -> tuple[Vondst, ...]:
    """Return what to offer before anything is typed: the pages, and the figures that the national page leads with."""
    alle = places(merk)
    catalogus = data.indicatoren(merk)
    kern = {naam: nummer for naam, i in catalogus.items() if (nummer := i.place(Plek.LANDELIJK)) is not None}
    cijfers = [p for p in alle if p.soort == CIJFER and dict(p.keuze)["indicator"] in kern]
    cijfers.sort(key=lambda p: kern[dict(p.keuze)["indicator"]])
    return (*cijfers[:5], *(p for p in alle if p.soort == PAGINA))


def _figures(merk: Kenmerk) -> Iterator[Vondst]:
    """Yield the indicators: those of the programme first, then the questions of the survey."""
    vragen = enquetecijfers.enquetevragen(merk)
    for naam, indicator in data.indicatoren(merk).items():
        pijler = PIJLER_WOORD.get(indicator.pijler, "")
        yield Vondst(
            VRAAG if naam in vragen else CIJFER, indicator.titel, indicator.vraag, EEN_CIJFER,
            (("indicator", naam),),
            f"{indicator.definitie} {pijler} {naam.replace('_', ' ')}",
        )  # fmt: skip


def _areas(merk: Kenmerk) -> Iterator[Vondst]:
    """Yield the areas that have a page of their own; a municipality leads to the region in which it lies."""
    regios, dag = data.regios(merk), data.publicatie(merk).gemaakt_op.date()
    wgos = data.wgo_van_regio(merk, dag)
    gemeenten = regiogegevens.municipalities(merk)
    for code, regio in regios.items():
        if regio.niveau == Niveau.WGO:
            tot = f", tot en met {datum(regio.geldig_tot)}" if regio.geldig_tot else ""
            leden = ", ".join(regios[kind].naam for kind in regiogegevens.members(merk, code, dag))
            onder = f"Werkgeversorganisatie (WGO){tot}" + (f": {leden}" if leden else "")
        elif regio.niveau == Niveau.ARBEIDSMARKTREGIO:
            wgo = regios.get(wgos.get(code, ""))
            onder = hoofdletter(NIVEAU_ENKEL[regio.niveau]) + (f", {wgo.naam}" if wgo else "")
        else:
            continue
        ook = f"{regio.naam_eerder} {code}"
        yield Vondst(REGIO, regio.naam, onder, "regio", (("regio", code),), ook)
    for naam, code in gemeenten:
        if code in regios and naam != regios[code].naam:
            yield Vondst(REGIO, naam, f"Gemeente in {regios[code].naam}", "regio", (("regio", code),))


def _pages() -> Iterator[Vondst]:
    for naam, pagina in PAGINAS.items():
        if naam != EEN_CIJFER:
            yield Vondst(PAGINA, pagina.titel, pagina.zin, "" if naam == BEGIN else naam)


def _terms() -> Iterator[Vondst]:
    for woord, betekenis in terms().items():
        yield Vondst(BEGRIP, hoofdletter(woord), betekenis, "verantwoording", (("onderdeel", "begrippen"),))


def _stories(merk: Kenmerk) -> Iterable[Vondst]:
    for verhaal in verhaalrijen.alle(merk):
        soort = verhalen.SOORTEN.get(verhaal.soort, "")
        onder = ", ".join(filter(None, [soort, str(verhaal.jaar or "")]))
        yield Vondst(VERHAAL, verhaal.titel, onder, "verhalen", (("zoek", verhaal.titel[:80]),), verhaal.samenvatting)
