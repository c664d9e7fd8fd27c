"""The figures of a map as a table, in the order of the region codes."""

from __future__ import annotations

import streamlit as st

from app.beeld import cijferrijen
from app.beeld.kaart import kaartbeeld
from app.beeld.kaart.kaartvorm import Kaartcijfers
from app.beeld.markup import tag
from app.lezen.rijen import Waarneming
from app.oordeel import bijschriften, zinnen
from app.oordeel.vergelijken import trechter
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Tabelvak
from app.taal.cellen import VOORBEELD
from app.taal.opmaak import getal, hoofdletter
from app.taal.te_weinig import too_few_text
from pipelines.afspraken.codelijsten import Status


def show(cijfers: Kaartcijfers, land: Waarneming | None, periode: str, vak: str = "") -> None:
    """Show the figures of the map as a table in the order of the region codes."""
    indicator, gebieden, rijen = cijfers.indicator, cijfers.gebieden, cijfers.rijen
    alle = [*rijen.values(), *([land] if land else [])]
    is_enquete = any(r.schatting for r in rijen.values())
    buiten = trechter.judge(rijen, indicator.eenheid)
    kolommen = [
        "Regio",
        hoofdletter(zinnen.unit_text(indicator)),
        *(["n", "95%-interval"] if is_enquete else []),
        "Opmerking",
    ]

    def _line(naam: str, rij: Waarneming | None) -> list[str]:
        if rij is None or cijfers.has_none(rij):
            waarom = Status.NVT.naam if cijfers.has_none(rij) else Status.ONTBREEKT.naam
            return [naam, waarom, *([""] * (len(kolommen) - 2))]
        tekst = zinnen.figure(rij, indicator.eenheid)
        if not is_enquete:
            opmerkingen = (bijschriften.remark(rij), (buiten or {}).get(rij.regio_code, ""))
            return [naam, tekst, ", ".join(filter(None, opmerkingen))]
        n = "" if rij.n is None else getal(rij.n)
        return [naam, tekst, n, zinnen.interval_text(rij, indicator.eenheid), _survey_remark(rij)]

    regels = [_line(regio.naam, rijen.get(code)) for code, regio in gebieden.items()]
    if land is not None:
        regels.append(_line("Nederland", land))
    namen = {code: regio.naam for code, regio in gebieden.items()}
    if zin := trechter.sentence(buiten, namen, sum(r.waarde is not None for r in rijen.values())):
        onderdelen.show(tag("p", zin, klasse="rm-bron"))
    with st.container(key=f"{kaartbeeld.TABEL}{vak}"):
        onderdelen.show_table(
            Tabelvak(
                f"{indicator.titel} per regio",
                kolommen,
                regels,
                getallen=(1, 2, 3) if is_enquete else (1,),
                vak=f"kaart{vak}",
            ),
            Download(
                f"kaart_{indicator.indicator_id}_{periode}",
                cijferrijen.CSV_KOLOMMEN,
                lambda: cijferrijen.csv_rows(alle),
            ),
        )


def _survey_remark(rij: Waarneming) -> str:
    """Return what a reader must know of a survey figure whose n stands in a column of its own."""
    delen = [
        VOORBEELD if rij.is_voorbeeld else "",
        "indicatief" if rij.is_indicatief else "",
        too_few_text(rij.n) if rij.status == Status.TE_WEINIG else "",
        zinnen.old_text(rij),
    ]
    return ", ".join(filter(None, delen))
