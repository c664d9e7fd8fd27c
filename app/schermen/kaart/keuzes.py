"""What can be chosen on Kaart: indicator, period and region in one row, what is rarely changed behind one button."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from app.beeld import gebieden
from app.beeld.kaart import kaartgebieden
from app.lezen import data
from app.lezen.catalogus import first_of
from app.lezen.onderwerp import enquetecijfers
from app.lezen.rijen import Kenmerk, Regio, Waarneming
from app.oordeel import zinnen
from app.oordeel.kaart.kaartkeuze import Kaartkeuze
from app.oordeel.programma.pijlers import short_name
from app.raam.keuze import regiokeuze, selectie
from app.raam.keuze.reekskeuze import branch_field, code_field
from app.raam.keuze.selectie import Veld
from app.raam.vakken import onderdelen
from app.schermen.kaart import naast as kaart_naast
from app.taal.opmaak import NIVEAU_WOORD, PIJLER_WOORD, hoofdletter, periode_tekst
from pipelines.afspraken.codelijsten import LAND, Plek

_VORMEN = {"kaart": "Kaart", "tegels": "Tegels"}
_MEER = "kaart_meer"


@dataclass(frozen=True)
class Stand:
    """Everything that is chosen: one map, two, or their difference, its regions, the chosen one, tiles or borders."""

    keuze: Kaartkeuze
    ander: Kaartkeuze | None
    is_verschil: bool
    rijen: Mapping[str, Waarneming]
    regios: Mapping[str, Regio]
    regio: str
    vorm: str


# Of an indicator without a figure to show on a map.
_LEEG = (0.0, date.min)


def choose(merk: Kenmerk, mogelijk: Mapping[str, tuple[str, ...]], voorbeeld: bool) -> Stand:
    """Show the choices and return what is chosen."""
    namen = _order(merk, mogelijk)
    # With examples the figure that the map is for; of real ones the newest that fills it, a survey's response last.
    vol, enquete = data.vulling_per_indicator(merk, voorbeeld), enquetecijfers.enquetevragen(merk)
    eerste = first_of(data.indicatoren(merk), Plek.KEUZE, namen)
    if eerste is None or not voorbeeld:
        eerste = max(namen, key=lambda n: (n not in enquete, vol.get(n, _LEEG), n == eerste))
    indicator = selectie.field("indicator", "Indicator", list(namen), eerste, namen.__getitem__)
    # What is shared is this figure, also where a later publication opens on another; and it can stand on another site.
    selectie.write_down("indicator", indicator.waarde)
    alle = data.waarnemingen(merk, indicator.waarde, voorbeeld)
    niveau = _level(merk, indicator.waarde, mogelijk)
    keuze, velden = _narrow(
        merk, Kaartkeuze(data.indicatoren(merk)[indicator.waarde], niveau.waarde, "", "", "", "", alle)
    )
    *rest, periode = velden
    rijen = keuze.on_map()
    regios = kaartgebieden.regions_of_level(merk, keuze.niveau, list(rijen.values()))
    moment = kaartgebieden.moment_of(rijen, keuze.rows(keuze.niveau))
    regio = regiokeuze.field(
        merk,
        "Regio",
        [LAND, *regios],
        LAND,
        lambda code: regios[code].naam if code in regios else "Nederland",
        dag=moment,
    )
    naast = kaart_naast.field(merk, keuze, namen, mogelijk)
    heeft_grenzen = gebieden.find(merk, keuze.niveau, moment) is not None
    vormen = list(_VORMEN) if heeft_grenzen else ["tegels"]
    vorm = selectie.field("vorm", "Weergave", vormen, vormen[0], _VORMEN.__getitem__, soort="knoppen")
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="rm-kaartkeuzes"):
        for veld in (indicator, periode, naast, regio):
            veld.show()
        onderdelen.fold_choices([niveau, *rest, vorm], "Meer keuzes", _MEER, altijd=[niveau.naam])
    ander = kaart_naast.other(merk, keuze, naast.waarde, voorbeeld)
    return Stand(keuze, ander, kaart_naast.is_difference(naast.waarde), rijen, regios, regio.waarde, vorm.waarde)


def _level(merk: Kenmerk, indicator: str, mogelijk: Mapping[str, tuple[str, ...]]) -> Veld:
    """Return the choice of a level: usually that of the region the reader is busy with, else one with real figures."""
    niveaus = mogelijk[indicator]
    eerste = data.niveaus_per_indicator(merk, False).get(indicator, niveaus)[0]
    laatst = next(iter(selectie.choices(("niveau", *regiokeuze.NAMEN))), ("", ""))[0]
    gekozen = data.regios(merk).get(regiokeuze.wanted(merk))
    if gekozen is not None and gekozen.niveau in niveaus and "niveau" not in st.query_params and laatst != "niveau":
        selectie.clear_value("niveau")
        eerste = gekozen.niveau
    veld = selectie.field(
        "niveau", "Gebieden", niveaus, eerste, lambda n: hoofdletter(NIVEAU_WOORD[n]), soort="knoppen"
    )
    # Which level is usual depends on the region that was chosen last, which another page may change.
    selectie.write_down("niveau", veld.waarde)
    return veld


def _narrow(merk: Kenmerk, keuze: Kaartkeuze) -> tuple[Kaartkeuze, list[Veld]]:
    """Return the one series of an indicator and level that is chosen, with the choices that lead to it."""
    rijen = [r for r in keuze.alle if r.niveau == keuze.niveau]
    kern = next((r.uitsplitsing for r in rijen if r.is_kern and r.waarde is not None), None)
    uitsplitsing, code = code_field("uitsplitsing", "Telling of afbakening", [r.uitsplitsing for r in rijen], kern)
    rijen = [r for r in rijen if r.uitsplitsing == code]
    categorie, antwoord = code_field("categorie", "Antwoord", [r.categorie for r in rijen])
    rijen = [r for r in rijen if r.categorie == antwoord]
    branche = branch_field(merk, {r.branche_code for r in rijen})
    periode = _period_field([r for r in rijen if r.branche_code == branche.waarde])
    indicator = zinnen.of_part(keuze.indicator, antwoord)
    gekozen = Kaartkeuze(indicator, keuze.niveau, antwoord, code, branche.waarde, periode.waarde, keuze.alle)
    return gekozen, [uitsplitsing, categorie, branche, periode]


def _order(merk: Kenmerk, mogelijk: Iterable[str]) -> dict[str, str]:
    """Return the indicators with what they are called in the list: survey questions last, under their pijler."""
    catalogus, enquete, pijlers = data.indicatoren(merk), enquetecijfers.enquetevragen(merk), list(PIJLER_WOORD)

    def _place(naam: str) -> tuple[bool, int]:
        pijler = catalogus[naam].pijler
        return naam in enquete, pijlers.index(pijler) if naam in enquete and pijler in pijlers else -1

    def _label(naam: str) -> str:
        if naam not in enquete:
            return catalogus[naam].titel
        pijler = catalogus[naam].pijler
        return f"{short_name(pijler) if pijler in pijlers else 'Enquête'}: {catalogus[naam].titel}"

    return {naam: _label(naam) for naam in sorted(mogelijk, key=_place)}


def _period_field(rijen: list[Waarneming]) -> Veld:
    """Return the choice of a period; the newest one with figures stands first.

    Its peildatum stands under the title, where there is room for it.
    """
    volgorde = sorted({(r.eind, r.periode) for r in rijen}, reverse=True)
    opties = [periode for _, periode in volgorde]
    tekst = {r.periode: hoofdletter(periode_tekst(r.periode_naam)) for r in rijen}
    gevuld = [periode for periode in opties if any(r.periode == periode and r.waarde is not None for r in rijen)]
    return selectie.field("periode", "Periode", opties, (gevuld or opties)[0], tekst.__getitem__)
