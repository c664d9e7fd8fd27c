"""Kaart: where does an indicator stand high or low?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from app.beeld import gebieden
from app.beeld.kaart import kaartbeeld, kaartgebieden, kaartkeus, kaartlegenda
from app.beeld.kaart.kaartvorm import Kaartcijfers
from app.beeld.markup import tag
from app.beeld.plaatje import Plaatje
from app.lezen import data
from app.lezen.onderwerp import regiogegevens
from app.lezen.rijen import Kenmerk, Regio, Waarneming
from app.oordeel import benaming, bijschriften, zinnen
from app.oordeel.echt import has_examples, is_mixed
from app.oordeel.kaart import kaartzinnen
from app.oordeel.kaart.kaartkeuze import Kaartkeuze
from app.oordeel.vergelijken import verschilkaart
from app.raam.keuze import selectie
from app.raam.meenemen import downloads
from app.raam.vakken import leeg, onderdelen
from app.raam.weergave import theme
from app.schermen.kaart import keuzes as kaart_keuzes
from app.schermen.kaart import naast as kaart_naast
from app.schermen.kaart import regio_detail, staven
from app.schermen.kaart import stappen as kaart_stappen
from app.schermen.kaart import tabel as kaart_tabel
from app.schermen.kaart import verschil as kaart_verschil
from app.schermen.kaart.keuzes import Stand
from app.taal.opmaak import categorie_tekst, hoofdletter, uitsplitsing_tekst
from pipelines.afspraken.codelijsten import LAND, TOTAAL, Niveau

# The shapes that were on after the last click.
_AAN = "vormen_aan"
# The map, and the bars beside it.
_BREEDTEN = [4, 3]


def show(merk: Kenmerk) -> None:
    """Show map, legend, chosen region, table and source of one indicator and period."""
    with st.container(key="rm-kaartscherm", gap="small"):
        onderdelen.page_head("Kaart")
        voorbeeld = selectie.met_voorbeeld()
        mogelijk = data.niveaus_per_indicator(merk, voorbeeld)
        if not mogelijk:
            leeg.show(merk, "Er zijn nog geen echte cijfers per regio.", Niveau.ARBEIDSMARKTREGIO)
            return
        stand = kaart_keuzes.choose(merk, mogelijk, voorbeeld)
        if stand.ander is None:
            _show_one(merk, stand)
        elif stand.is_verschil:
            _show_difference(merk, stand, stand.ander)
        else:
            _show_two(merk, stand, stand.ander)
    if stand.is_verschil:
        return
    _show_figures(merk, stand.keuze)
    if stand.ander is not None:
        _show_figures(merk, stand.ander, "_b")


def _show_one(merk: Kenmerk, stand: Stand) -> None:
    """Show the map with the bars beside it, and below them the chosen region, or Nederland, over time."""
    keuze, rijen, land = stand.keuze, stand.rijen, _national(stand.keuze)
    st.header(_title(keuze, rijen, land), anchor=False)
    onderdelen.show(tag("p", _subtitle(merk, keuze, rijen), klasse="rm-onder"))
    links, rechts = st.columns(_BREEDTEN, gap="large")
    with links:
        cijfers, beeld, plaatje = _show_map(merk, keuze, stand)
    with rechts:
        staven.show(merk, cijfers, beeld, land, stand.regio, plaatje)
    regio = stand.regios.get(stand.regio) or data.regios(merk)[LAND]
    # Nederland does not stand beside regions that are made up.
    if regio.regio_code != LAND or not has_examples(rijen.values()):
        with st.container(key="rm-detail"):
            regio_detail.show(merk, keuze, regio, {**rijen, LAND: land}.get(regio.regio_code), land)


def _show_difference(merk: Kenmerk, stand: Stand, ander: Kaartkeuze) -> None:
    """Show one map of the difference with the bars beside it, and what it says of the chosen region."""
    kaart = verschilkaart.make(merk, stand.keuze, ander)
    st.header(verschilkaart.title(kaart), anchor=False)
    onderdelen.show(tag("p", verschilkaart.subtitle(kaart), klasse="rm-onder"))
    if stand.regio in stand.regios:
        onderdelen.show(tag("p", verschilkaart.sentence(kaart, stand.regios[stand.regio])))
    links, rechts = st.columns(_BREEDTEN, gap="large")
    cijfers = replace(_figures(merk, kaart.tot), verschillen=kaart.per_regio)
    with links:
        beeld, plaatje = _show_picture(merk, cijfers, stand, kaart_verschil.picture(kaart))
    with rechts:
        staven.show(merk, cijfers, beeld, None, stand.regio, plaatje)
    kaart_verschil.show_table(kaart, cijfers.gebieden)


def _show_two(merk: Kenmerk, stand: Stand, ander: Kaartkeuze) -> None:
    """Show two maps beside each other, each with its own title and legend, and the chosen region in both."""
    keuze = stand.keuze
    onderdelen.show(tag("p", kaart_naast.scale_text(keuze, ander), klasse="rm-onder"))
    for vak, kolom, deel in zip(("", "_b"), st.columns(2, gap="large"), (keuze, ander), strict=True):
        rijen, land = deel.on_map(), _national(deel)
        hier = kaartgebieden.regions_of_level(merk, deel.niveau, list(rijen.values()))
        with kolom:
            st.subheader(_title(deel, rijen, land), anchor=False)
            onderdelen.show(tag("p", _subtitle(merk, deel, rijen), klasse="rm-bron"))
            if stand.regio in hier:
                zin = kaartzinnen.region_sentence(hier[stand.regio], rijen.get(stand.regio), land, deel.indicator,
                                              benaming.country_name(land, deel.alle))  # fmt: skip
                onderdelen.show(tag("p", zin))
            naast = keuze if vak else ander
            mee = list(naast.on_map().values()) if kaart_naast.share_scale(keuze, ander) else ()
            _show_map(merk, deel, stand, vak, mee)


def _show_figures(merk: Kenmerk, keuze: Kaartkeuze, vak: str = "") -> None:
    """Show the figures of one map as a table, with their source."""
    cijfers = _figures(merk, keuze)
    kaart_tabel.show(cijfers, _national(keuze), keuze.periode, vak=vak)
    onderdelen.source_line(list(cijfers.rijen.values()), keuze.indicator.indicator_id)


def _national(keuze: Kaartkeuze) -> Waarneming | None:
    """Return the figure of the country for this map; none beside regions that are made up."""
    land = next((r for r in keuze.rows(Niveau.LAND) if r.periode == keuze.periode and r.regio_code == LAND), None)
    return None if is_mixed([land, *keuze.on_map().values()]) else land


def _title(keuze: Kaartkeuze, rijen: Mapping[str, Waarneming], land: Waarneming | None) -> str:
    titel = kaartzinnen.title(keuze.indicator, list(rijen.values()), land, keuze.niveau,
                             benaming.country_name(land, keuze.alle))  # fmt: skip
    return zinnen.marked(titel, rijen.values())


def _subtitle(merk: Kenmerk, keuze: Kaartkeuze, rijen: Mapping[str, Waarneming]) -> str:
    """Return question, breakdown, period and unit in one line."""
    een = next(iter(rijen.values()), None)
    wat = [
        data.branches(merk)[keuze.branche].naam if keuze.branche != TOTAAL else "",
        categorie_tekst(keuze.categorie),
        uitsplitsing_tekst(keuze.uitsplitsing),
    ]
    delen = [
        keuze.indicator.vraag,
        hoofdletter(", ".join(filter(None, wat))),
        f"Periode: {bijschriften.when(een)}" if een else "",
        f"Eenheid: {zinnen.unit_text(keuze.indicator)}.",
    ]
    return ". ".join(filter(None, delen)).replace("?.", "?")


def _figures(merk: Kenmerk, keuze: Kaartkeuze) -> Kaartcijfers:
    rijen = keuze.on_map()
    regios = kaartgebieden.regions_of_level(merk, keuze.niveau, list(rijen.values()))
    is_heel = regiogegevens.is_whole(merk, next(iter(rijen.values()), None))
    return Kaartcijfers(keuze.indicator, keuze.niveau, rijen, regios, keuze.rows(keuze.niveau), is_heel=is_heel)


def _show_map(
    merk: Kenmerk, keuze: Kaartkeuze, stand: Stand, vak: str = "", mee: Sequence[Waarneming] = ()
) -> tuple[Kaartcijfers, kaartbeeld.Beeld, Plaatje]:
    """Show one map of figures that can be clicked; `vak` tells the second map on a page from the first.

    `mee` are the figures of the other map, where both are to have one scale.
    """
    cijfers = _figures(merk, keuze)
    kaal = _picture(merk, keuze, cijfers.rijen, cijfers.gebieden.get(stand.regio))
    beeld, plaatje = _show_picture(merk, cijfers, stand, kaal, vak, mee)
    onderdelen.status_notes(cijfers.rijen.values())
    return cijfers, beeld, plaatje


def _show_picture(
    merk: Kenmerk, cijfers: Kaartcijfers, stand: Stand, kaal: Plaatje, vak: str = "", mee: Sequence[Waarneming] = ()
) -> tuple[kaartbeeld.Beeld, Plaatje]:
    """Show a map with its legend and what to take along, and where its borders are from."""
    regios = cijfers.gebieden
    vlakken = gebieden.find(merk, cijfers.niveau, kaartgebieden.moment_of(cijfers.rijen, cijfers.alle_perioden))
    getekend = vlakken if stand.vorm == "kaart" else None
    beeld = kaartbeeld.picture(merk, cijfers, getekend, mee)
    with st.container(key=f"rm-kaart{vak}", gap="small"):
        _show_shapes(beeld, regios, stand.regio, vak)
        if stand.ander is None:
            kaart_stappen.show(stand.keuze)
        onderdelen.show(kaartlegenda.legend(beeld, cijfers.indicator))
    in_tabel = list(regios).index(stand.regio) if stand.regio in regios and not vak else None
    onderdelen.show(kaartkeus.chosen_style(beeld, stand.regio, in_tabel, f"rm-kaart{vak}"))
    plaatje = replace(kaal, tekens=kaartlegenda.signs(beeld, cijfers.indicator, regios.get(stand.regio)))
    op_kaart = plaatje
    if getekend is not None:
        op_kaart = replace(plaatje, bron=f"{plaatje.bron}. Kaart: {gebieden.NAAMSVERMELDING}")
    downloads.picture_buttons(
        op_kaart, lambda t: kaartkeus.chosen_spec(beeld, t, stand.regio), beeld.tabel, beeld.alt, f"kaart{vak}"
    )
    if getekend is not None:
        onderdelen.show(tag("p", f"Kaart: {gebieden.NAAMSVERMELDING}", klasse="rm-bron"))
    elif vlakken is None:
        _show_tiles_are_alike()
    return beeld, plaatje


def _show_shapes(beeld: kaartbeeld.Beeld, regios: Mapping[str, Regio], gekozen: str, vak: str) -> None:
    sleutel, aan = f"{beeld.sleutel}{vak}", f"{_AAN}{vak}"

    def _clicked() -> None:
        nu = kaartkeus.shapes_on(st.session_state[sleutel].selection)
        code = kaartkeus.clicked_region(beeld.regio_van_vorm, st.session_state.get(aan, frozenset()), nu)
        if code in regios:
            selectie.set_value("regio", LAND if code == gekozen else code)

    toestand = st.vega_lite_chart(
        beeld.tabel,
        beeld.maak_spec(theme()),
        width="content",
        theme=None,
        key=sleutel,
        on_select=_clicked,
        selection_mode=kaartkeus.KEUZE,
        alt=beeld.alt_op_pagina,
    )
    st.session_state[aan] = kaartkeus.shapes_on(toestand.selection)


def _picture(merk: Kenmerk, keuze: Kaartkeuze, rijen: Mapping[str, Waarneming], gekozen: Regio | None) -> Plaatje:
    """Return what the picture says around the map; of a chosen region also what the page says of it."""
    land = _national(keuze)
    naam = benaming.country_name(land, keuze.alle)
    zin = ""
    if gekozen:
        zin = kaartzinnen.region_sentence(gekozen, rijen.get(gekozen.regio_code), land, keuze.indicator, naam)
    in_titel = [land] if land is not None else []
    return Plaatje(
        bestand=f"kaart_{keuze.indicator.indicator_id}_{keuze.periode}",
        titel=_title(keuze, rijen, land),
        onder=" ".join(filter(None, (_subtitle(merk, keuze, rijen), zin))),
        bron=bijschriften.all_sources([*rijen.values(), *in_titel]),
        voorbeeld=bijschriften.example_sentence({"de regio's": list(rijen.values()), "Nederland": in_titel}),
    )


def _show_tiles_are_alike() -> None:
    onderdelen.show(tag("p", "Op deze tegelkaart is elke regio even groot.", klasse="rm-bron"))
