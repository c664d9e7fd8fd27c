"""Where the yearly cycle stands: of one region in steps, and of all regions in one table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import streamlit as st

from app.beeld.markup import table, tag
from app.commissie.model import OpslagError, Wijziging
from app.commissie.referentiekader import fields
from app.commissie.signalen import is_overdue
from app.commissie.tijd import today
from app.lezen.rijen import Kenmerk, Regio
from app.oordeel.gesprek import gespreksgegevens, signalen
from app.oordeel.gesprek.signaal import Signaal
from app.raam.keuze import selectie
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Tabelvak
from app.raam.wie import vastleggen
from app.schermen.gesprek.invoer import Gesprek
from app.taal.opmaak import datum, getal, telling
from pipelines.afspraken.codelijsten import LAND

Gevonden = Mapping[str, Sequence[Signaal]]

_SIGNAAL = ("Signaal", "Aantal", "Regio's")
# What the log says that was read.
_ALLE = "alle gebieden"
_KOPPEN = ("Regio", "Toets, in het voorjaar", "Gesprek, in het najaar", "Afspraken, daarna")


def cycle(gesprek: Gesprek) -> list[tuple[str, str, bool]]:
    """Return each step of the year with where it stands, and whether it is done."""
    scores, alle = gesprek.current("score"), len(fields())
    niveau = gesprek.niveaus.get(gesprek.jaar, 0)
    onder = sum((w.inhoud.score or 0) < niveau for w in scores)
    toets = f"{len(scores)} van {alle} onderdelen gescoord" + (f", {onder} onder niveau {niveau}" if onder else "")
    gesprekken = [w.inhoud.datum for w in gesprek.current("gesprek")]
    afspraken = [w for w in gesprek.of_region("afspraak") if w.onderwerp.jaar <= gesprek.jaar]
    open_ = [w for w in afspraken if w.inhoud.stand == "open"]
    laat = sum(is_overdue(w, today()) for w in open_)
    acties = f"{len(open_)} open van {len(afspraken)}" + (f", {laat} verlopen" if laat else "")
    return [
        (_KOPPEN[1], toets, len(scores) == alle),
        (_KOPPEN[2], datum(gesprekken[0]) if gesprekken else "nog niet vastgelegd", bool(gesprekken)),
        (_KOPPEN[3], acties if afspraken else "nog geen", bool(afspraken) and not open_),
    ]


def show(gesprek: Gesprek, regios: Sequence[Regio], gevonden: Gevonden) -> None:
    """Show the steps of the year of every region, in the order of the map; the name leads to it."""
    assert gesprek.opslag is not None
    if waarom := vastleggen.why_unread(_ALLE):
        onderdelen.notice(waarom)
        return
    try:
        alles = gesprek.opslag.history()
    except OpslagError as fout:
        onderdelen.notice(str(fout))
        return
    per_regio: defaultdict[str, list[Wijziging]] = defaultdict(list)
    for w in alles:
        per_regio[w.onderwerp.regio_code].append(w)
    standen = {
        r: cycle(Gesprek(r, gesprek.jaar, "", gesprek.opslag, (*per_regio[LAND], *per_regio[r.regio_code])))
        for r in regios
    }
    gevoerd = sum(stappen[1][2] for stappen in standen.values())
    st.subheader(f"{gesprek.jaar}: {gevoerd} van {len(standen)} gesprekken gevoerd", anchor=False)
    rijen = [
        (_link(r, gesprek.jaar), str(len(gevonden[r.regio_code])), *(stand for _, stand, _ in stappen))
        for r, stappen in standen.items()
    ]
    koppen = (_KOPPEN[0], "Signalen uit de cijfers", *_KOPPEN[1:])
    onderdelen.show(table(koppen, rijen, bijschrift=f"Waar elke regio staat in {gesprek.jaar}", getallen=(1,)))


def find(merk: Kenmerk, regios: Sequence[Regio]) -> Gevonden:
    """Return the signals from the figures of each of these regions, by region."""
    return {r.regio_code: signalen.find(gespreksgegevens.collect(merk, r.regio_code)) for r in regios}


def show_signals(gevonden: Gevonden) -> None:
    """Show per rule how many signals there are over all regions, and in how many regions; none are ranked."""
    alle = sum(map(len, gevonden.values()))
    met = sum(bool(lijst) for lijst in gevonden.values())
    waar = f"{telling(alle, 'signaal', 'signalen')} uit de cijfers, in {met} van de {len(gevonden)} regio's"
    st.subheader(waar if alle else "Geen signalen uit de cijfers in alle regio's", anchor=False)
    rijen = [
        (regel.titel, getal(sum(map(len, per_regio))), f"{getal(len(per_regio))} van de {len(gevonden)}")
        for regel in signalen.REGELS
        if (per_regio := [eigen for lijst in gevonden.values() if (eigen := [s for s in lijst if s.regel_id ==
            regel.regel_id])])
    ]  # fmt: skip
    if rijen:
        bijschrift = "Signalen over alle regio's"
        onderdelen.show_table(
            Tabelvak(bijschrift, _SIGNAAL, rijen, getallen=(1,), open_=True), Download("signalen_alle_regios", _SIGNAAL,
                                                                                       lambda: rijen)
        )  # fmt: skip


def _link(regio: Regio, jaar: int) -> object:
    adres = selectie.wijzer().address(
        "voortgangsgesprek", regio=regio.regio_code, gespreksjaar=str(jaar), onderdeel="signalen"
    )
    return tag("a", regio.naam, href=adres, target="_self")
