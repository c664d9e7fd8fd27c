"""One indicator per area and per branche: a map, and tables with its newest figures."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.beeld import cijferrijen
from app.beeld.kaart import kaartgebieden, kaartlegenda
from app.beeld.markup import tag
from app.beeld.onderwerp import cijferbeeld
from app.lezen import data
from app.lezen.onderwerp import regiogegevens
from app.lezen.rijen import Kenmerk, Regio, Waarneming
from app.oordeel import benaming, bijschriften, zinnen
from app.oordeel.cijfer import Cijferkeuze
from app.oordeel.echt import is_mixed
from app.oordeel.kaart import kaartzinnen
from app.raam.keuze import selectie
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Tabelvak
from app.taal.opmaak import NIVEAU_ENKEL, NIVEAU_WOORD, categorie_tekst, hoofdletter, leesbaar
from pipelines.afspraken.codelijsten import LAND, MET_PAGINA, TOTAAL, Status

# Parts of a series that tell one course from another.
_ONDERWIJS = ("opleiding", "niveau")
_SAMEN = "Alle samen"


def levels(merk: Kenmerk, keuze: Cijferkeuze) -> tuple[str, ...]:
    """Return the levels of areas that have this figure; none where there is nothing but the country."""
    return data.niveaus_per_indicator(merk, selectie.met_voorbeeld()).get(keuze.indicator.indicator_id, ())


def differs_in_origin(keuze: Cijferkeuze) -> bool:
    """Return whether the line of the chosen area is real and other areas are made up, or the other way round."""
    elders = [r for r in keuze.alle if r.niveau != keuze.regio.niveau]
    return is_mixed([*keuze.rows(keuze.regio.regio_code), *elders])


def has_map(keuze: Cijferkeuze, niveau: str) -> bool:
    """Whether areas of a level can be compared on a map: more than one has a figure."""
    return sum(r.waarde is not None for r in keuze.newest(niveau)[0].values()) > 1


def choose_level(merk: Kenmerk, keuze: Cijferkeuze) -> str:
    """Show the choice between the levels of areas that have this figure, and return it."""
    niveaus = levels(merk, keuze)
    eerste = data.niveaus_per_indicator(merk, False).get(keuze.indicator.indicator_id, niveaus)[0]
    met_kaart = [n for n in niveaus if has_map(keuze, n)]
    eerste = eerste if eerste in met_kaart or not met_kaart else met_kaart[0]
    eerste = keuze.regio.niveau if keuze.regio.niveau in niveaus else eerste
    return selectie.field(
        "niveau", "Per gebied", niveaus, eerste, lambda n: hoofdletter(NIVEAU_WOORD[n]), soort="knoppen"
    ).choose()


def show_map(merk: Kenmerk, keuze: Cijferkeuze, niveau: str) -> None:
    """Show the newest figures of a level on a map that is only looked at; the way to the real one stands below."""
    kaart = cijferbeeld.card(merk, keuze, niveau)
    if kaart is None:
        return
    beeld, plaatje = kaart.beeld, kaart.plaatje
    with st.container(key="rm-kaart-cijfer", gap="small"):
        onderdelen.show(tag("p", tag("strong", plaatje.titel), f". {plaatje.onder}", klasse="rm-bron"))
        onderdelen.chart(
            beeld.maak_spec, beeld.tabel, alt=beeld.alt_op_pagina, sleutel=f"{beeld.sleutel}_cijfer", plaatje=plaatje
        )
        onderdelen.show(kaartlegenda.legend(beeld, keuze.deel))
    onderdelen.page_link(
        "kaart", "Op de kaart: andere perioden, gebieden naast elkaar", indicator=keuze.indicator.indicator_id,
        niveau=niveau,
    )  # fmt: skip


def show_table(merk: Kenmerk, keuze: Cijferkeuze, niveau: str) -> None:
    """Show the newest figure of every area of a level, in the order of the map, with Nederland below."""
    rijen, _ = keuze.newest(niveau)
    if not rijen:
        return
    een = next(iter(rijen.values()))
    land = next((r for r in keuze.rows(LAND) if r.periode == een.periode), None)
    land = None if is_mixed([land, *rijen.values()]) else land
    st.header(zinnen.marked(
        kaartzinnen.title(keuze.deel, list(rijen.values()), land, niveau, benaming.country_name(land, keuze.alle)),
        rijen.values(),
    ), anchor=False)  # fmt: skip
    regios = kaartgebieden.regions_of_level(merk, niveau, list(rijen.values()))
    met = [code for code in regios if code in rijen and rijen[code].status != Status.ONTBREEKT]
    # Where most have none, the table is of those that have one, and the others are counted.
    getoond = met if 2 * len(met) < len(regios) else list(regios)
    is_heel = regiogegevens.is_whole(merk, een)
    # Where those with a figure are the whole, nothing is missing of the others.
    hier = {code: r for code, r in rijen.items() if not is_heel or code in met}
    zonder = Status.NVT.naam if is_heel else Status.ONTBREEKT.naam
    regels = [_line(_link(regios[code]), hier.get(code), keuze.eenheid, zonder) for code in getoond]
    if land is not None:
        regels.append(_line("Nederland", land, keuze.eenheid))
    alle = [*rijen.values(), *([land] if land else [])]
    kop = f"{keuze.indicator.titel} per {NIVEAU_ENKEL[niveau]}, {bijschriften.when(een)}"
    koppen = (hoofdletter(NIVEAU_ENKEL[niveau]), hoofdletter(zinnen.unit_text(keuze.deel)), "Opmerking")
    naam = f"{keuze.indicator.indicator_id}_{niveau}"
    onderdelen.show_table(
        Tabelvak(kop, koppen, regels, getallen=(1,), open_=True),
        Download(naam, cijferrijen.CSV_KOLOMMEN, lambda: cijferrijen.csv_rows(alle)),
    )
    if niet := len(regios) - len(getoond):
        wat = kaartzinnen.NIETS_ELDERS if is_heel else "is er geen cijfer"
        onderdelen.show(tag("p", f"Van de andere {niet} {NIVEAU_WOORD[niveau]} {wat}.", klasse="rm-bron"))
    onderdelen.status_notes(alle)


def show_branches(merk: Kenmerk, keuze: Cijferkeuze) -> None:
    """Show the newest figure of every branche in the chosen area; nothing where there are none."""
    rijen = [r for r in _own(keuze) if r.categorie == keuze.categorie]
    namen = {code: branche.naam for code, branche in data.branches(merk).items()}
    if any(r.branche_code != TOTAAL for r in rijen):
        _show_parts(keuze, [(namen[r.branche_code], r) for r in _at_newest(rijen)], "branche", list(namen.values()))


def show_educations(keuze: Cijferkeuze) -> None:
    """Show the newest figures of the chosen area per opleiding and per niveau; nothing where there is one."""
    for naam in _ONDERWIJS:
        delen = [(_education(rij, naam), rij) for rij in keuze.beside(naam)]
        _show_parts(keuze, delen, naam, sorted({wie for wie, _ in delen}, key=lambda wie: (wie != _SAMEN, wie)))


def _education(rij: Waarneming, naam: str) -> str:
    return hoofdletter(leesbaar(rij.delen[naam])) if naam in rij.delen else _SAMEN


def show_answers(keuze: Cijferkeuze) -> None:
    """Show every answer to a question, or every part of a count, in the chosen area; nothing where there is one."""
    rijen = _at_newest([r for r in _own(keuze) if r.branche_code == keuze.branche])
    if len({r.categorie for r in rijen}) > 1:
        delen = [(hoofdletter(categorie_tekst(r.categorie)) or "Alle antwoorden samen", r) for r in rijen]
        _show_parts(
            keuze, delen, "onderdeel" if keuze.indicator.vraagsoort == "" else "antwoord", [d for d, _ in delen]
        )


def _show_parts(
    keuze: Cijferkeuze, delen: Sequence[tuple[str, Waarneming]], wat: str, volgorde: Sequence[str]
) -> None:  # fmt: skip
    """Show the newest figures of the chosen area per part, in this order."""
    if not delen:
        return
    delen = sorted(delen, key=lambda deel: volgorde.index(deel[0]))
    nu = [rij for _, rij in delen]
    titel = f"{keuze.indicator.titel} per {wat} in {keuze.regio.naam}, {bijschriften.when(nu[0])}"
    st.header(zinnen.marked(titel, nu), anchor=False)
    regels = [_line(naam, rij, zinnen.unit_of_part(keuze.indicator.eenheid, rij.categorie)) for naam, rij in delen]
    eenheden = {zinnen.unit_text(zinnen.of_part(keuze.indicator, rij.categorie)) for rij in nu}
    koppen = (hoofdletter(wat), hoofdletter(eenheden.pop()) if len(eenheden) == 1 else "Cijfer", "Opmerking")
    onderdelen.show_table(
        Tabelvak(f"cijfers per {wat}", koppen, regels, getallen=(1,), open_=True),
        Download(f"{keuze.indicator.indicator_id}_{wat}_{keuze.regio.regio_code}", cijferrijen.CSV_KOLOMMEN,
                 lambda: cijferrijen.csv_rows(nu)),
    )  # fmt: skip
    onderdelen.status_notes(nu)


def _own(keuze: Cijferkeuze) -> list[Waarneming]:
    """Return the figures of the chosen area and series, of every answer and branche."""
    wie = (keuze.regio.regio_code, keuze.uitsplitsing)
    return [r for r in keuze.alle if (r.regio_code, r.uitsplitsing) == wie]


def _at_newest(rijen: Sequence[Waarneming]) -> list[Waarneming]:
    """Return the figures of the newest period that has a part with a value."""
    gevuld = [r for r in rijen if r.waarde is not None and (r.branche_code != TOTAAL or r.categorie)]
    laatste = max(gevuld, key=lambda r: r.eind, default=None)
    return [r for r in rijen if laatste is not None and r.periode == laatste.periode]


def _line(wie: object, rij: Waarneming | None, eenheid: str, zonder: str = Status.ONTBREEKT.naam) -> tuple[object, ...]:
    """Return an area or part with its figure; `zonder` is why one without a row has none."""
    if rij is None:
        return wie, zonder, ""
    interval = zinnen.interval_text(rij, eenheid)
    opmerking = ", ".join(filter(None, [bijschriften.remark(rij), f"95%-interval {interval}" if interval else ""]))
    return wie, zinnen.figure(rij, eenheid), opmerking


def _link(regio: Regio) -> object:
    if regio.niveau not in MET_PAGINA:
        return regio.naam
    adres = selectie.wijzer().address("regio", regio=regio.regio_code)
    return tag("a", regio.naam, href=adres, target="_self")
