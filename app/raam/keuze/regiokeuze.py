"""The region that the reader is busy with, on every page: kept where a page has it, else what stands in for it.

A page that cannot show a region says what it shows instead and leaves the choice as it is, so that the next
page that can show it does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from app.lezen import data
from app.lezen.onderwerp import regiogegevens
from app.lezen.rijen import Kenmerk, Regio
from app.raam.keuze import selectie
from app.raam.keuze.selectie import Veld
from app.taal.opmaak import NIVEAU_ENKEL
from pipelines.afspraken.codelijsten import LAND

# What may name a region: a group of Pijlers and a place of Verhalen may also be something else.
NAMEN = ("regio", "groep", "verhaalregio")


def wanted(merk: Kenmerk) -> str:
    """Return the region in the URL, else the one that was chosen last on any page; empty when none was."""
    alle = data.regios(merk)
    uit_url = st.query_params.get("regio", "")
    gekozen = uit_url if uit_url in alle else next((w for _, w in selectie.choices(NAMEN) if w in alle), "")
    if gekozen:
        selectie.remember("regio", gekozen)
    return gekozen


def field(
    merk: Kenmerk,
    label: str,
    opties: Sequence[str],
    standaard: str,
    tekst: Callable[[str], str],
    *,
    dag: date | None = None,
) -> Veld:
    """Return the choice of a region on a page that has these to choose from.

    `dag` decides to which WGO a region belongs: that of the figures, else that of the publication.
    """
    gekozen = wanted(merk)
    if not gekozen or gekozen in opties:
        return selectie.field("regio", label, opties, standaard, tekst)
    waarde = instead(merk, gekozen, opties, standaard, tekst(standaard), dag=dag)
    return Veld("regio", label, opties, standaard, waarde, tekst)


def only_country(merk: Kenmerk, label: str, opties: Sequence[str], tekst: Callable[[str], str], waarom: str) -> Veld:
    """Return the choice where no region has the figure; `waarom` is said to who is busy with one."""
    gekozen = wanted(merk)
    if gekozen and gekozen not in opties:
        st.query_params["regio"] = gekozen
        selectie.say_instead(f"{waarom} U ziet {tekst(opties[0])}.")
    return Veld("regio", label, opties, opties[0], opties[0], tekst)


def coupled(merk: Kenmerk, naam: str, opties: Sequence[str], standaard: str, anders: str) -> str:
    """Return what is usual for a choice in which regions are among other things: the region chosen before it.

    `anders` says in words what is shown where the region is not among the options.
    """
    if naam in st.query_params or next(iter(selectie.choices(NAMEN)), ("", ""))[0] == naam:
        return standaard
    gekozen = wanted(merk)
    if gekozen in ("", LAND):
        return standaard
    selectie.clear_value(naam)
    if gekozen not in opties:
        return instead(merk, gekozen, opties, standaard, anders)
    st.query_params["regio"] = gekozen
    return gekozen


def instead(
    merk: Kenmerk, gekozen: str, opties: Sequence[str], standaard: str, anders: str, *, dag: date | None = None
) -> str:
    """Return what is shown for a region that is not among the options, and say so.

    The region stays in the URL: who opens the link sees the same.
    """
    if gekozen == LAND:
        return standaard
    st.query_params["regio"] = gekozen
    regios = data.regios(merk)
    naam = _full_name(regios, gekozen)
    vervanger, zin = _stand_in(merk, gekozen, opties, dag or data.publicatie(merk).gemaakt_op.date())
    if not vervanger:
        selectie.say_instead(
            f"{naam} is er hier niet; deze pagina toont {anders}{_per_level(regios, opties, standaard)}."
        )
        return standaard
    selectie.say_instead(f"{naam} {zin} {regios[vervanger].naam}.")
    return vervanger


def _full_name(regios: Mapping[str, Regio], code: str) -> str:
    """Return the name of a region, with what kind of area it is where another kind has the same name."""
    regio = regios[code]
    if any(r.naam == regio.naam and r.niveau != regio.niveau for r in regios.values()):
        return f"De {NIVEAU_ENKEL[regio.niveau]} {regio.naam}"
    return regio.naam


def _per_level(regios: Mapping[str, Regio], opties: Sequence[str], standaard: str) -> str:
    """Return by which kind of area the country is shown, where it is one kind."""
    niveaus = {regios[code].niveau for code in opties if code != LAND and code in regios}
    return f" per {NIVEAU_ENKEL[niveaus.pop()]}" if standaard == LAND and len(niveaus) == 1 else ""


def ask_which(merk: Kenmerk, opties: Sequence[str], waarvoor: str) -> bool:
    """Ask which of its regions is meant where a WGO of several was chosen; return whether the reader has to answer."""
    gekozen = wanted(merk)
    if not gekozen or gekozen in opties or gekozen == LAND:
        return False
    regios = data.regios(merk)
    leden = [ra for ra in regiogegevens.members(merk, gekozen, data.publicatie(merk).gemaakt_op.date()) if ra in opties]
    if len(leden) < 2:
        return False
    st.subheader(f"{regios[gekozen].naam} omvat {len(leden)} regio's. {waarvoor}", anchor=False)
    with st.container(horizontal=True, gap="small"):
        for ra in leden:
            st.button(regios[ra].naam, key=f"welke_{ra}", on_click=selectie.set_value, args=("regio", ra))
    return True


def _stand_in(merk: Kenmerk, code: str, opties: Sequence[str], dag: date) -> tuple[str, str]:
    """Return the WGO of a region or a region of a WGO, with the words that lead to it; empty when there is none.

    A WGO of several regions gives way to the country where that can be chosen.
    """
    regios = data.regios(merk)
    wgo = data.wgo_van_regio(merk, dag).get(code, "")
    if wgo:
        zin = f"valt onder {regios[wgo].naam}; deze pagina toont"
        return (wgo, zin) if wgo in opties else ("", "")
    leden = [ra for ra in regiogegevens.members(merk, code, dag) if ra in opties and ra != code]
    if not leden or (len(leden) > 1 and LAND in opties):
        return "", ""
    omvang = f"omvat {len(leden)} regio's; deze pagina toont de eerste:" if len(leden) > 1 else "is hier"
    return leden[0], omvang
