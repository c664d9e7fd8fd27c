"""Where the yearly cycle stands: of one region in steps, and of all regions in one table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import streamlit as st

from app.beeld.markup import table, tag
from app.commissie.model import OpslagError, Wijziging
from app.commissie.referentiekader import fields
from app.commissie.signalen import is_overdue
from app.commissie.tijd import today
from app.lezen.rijen import Regio
from app.raam import onderdelen, selectie
from app.schermen.gesprek.invoer import Gesprek
from app.taal.opmaak import datum
from pipelines.afspraken.codelijsten import LAND

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


def show(gesprek: Gesprek, regios: Iterable[Regio]) -> None:
    """Show the steps of the year of every region, in the order of the map; the name leads to the region."""
    assert gesprek.opslag is not None
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
    rijen = [(_link(r, gesprek.jaar), *(stand for _, stand, _ in stappen)) for r, stappen in standen.items()]
    onderdelen.show(table(_KOPPEN, rijen, bijschrift=f"Waar elke regio staat in {gesprek.jaar}"))


def _link(regio: Regio, jaar: int) -> object:
    adres = selectie.wijzer().address(
        "voortgangsgesprek", regio=regio.regio_code, gespreksjaar=str(jaar), onderdeel="signalen"
    )
    return tag("a", regio.naam, href=adres, target="_self")
