"""Kaart: where does an indicator stand high or low?"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from app import data, downloads, gebieden, kaartbeeld, kaartlegenda, onderdelen, selectie, zinnen
from app.data import Kenmerk, Regio, Waarneming
from app.markup import tag
from app.opmaak import (
    NIVEAU_WOORD,
    PIJLER_WOORD,
    categorie_tekst,
    hoofdletter,
    periode_tekst,
    uitsplitsing_tekst,
)
from app.plaatje import Plaatje
from app.reeksen import LAND, TOTAAL
from app.schermen import kaart_naast, regio_detail
from app.schermen.regio_detail import Keuze

_VOORKEUR = "dekkingsgraad"
# The shapes that were on after the last click.
_AAN = "vormen_aan"
_VORMEN = {"kaart": "Kaart", "tegels": "Tegels"}


def show(merk: Kenmerk) -> None:
    """Show map, legend, chosen region, table and source of one indicator and period."""
    onderdelen.page_head("Kaart", merk)
    echt = selectie.only_real()
    mogelijk = data.niveaus_per_indicator(merk, echt)
    if not mogelijk:
        onderdelen.notice("Er zijn nu geen regionale cijfers voor deze keuze.")
        return
    keuze, ander = _choose(merk, mogelijk, echt)
    rijen = _rows(keuze)
    land = _national(keuze)
    regios = kaartbeeld.regions_of_level(merk, keuze.niveau, list(rijen.values()))
    gekozen = _chosen_region(regios)
    vorm = _choose_shape(merk, keuze, rijen)
    if ander is None:
        _show_one(merk, keuze, rijen, land, regios, gekozen, vorm)
    else:
        _show_two(merk, keuze, ander, gekozen, vorm)
    kaartbeeld.show_table(keuze.indicator, regios, rijen, land, keuze.periode)
    onderdelen.source_line(list(rijen.values()), keuze.indicator.indicator_id)
    if ander is not None:
        daar = _rows(ander)
        gebieden_daar = kaartbeeld.regions_of_level(merk, ander.niveau, list(daar.values()))
        kaartbeeld.show_table(ander.indicator, gebieden_daar, daar, _national(ander), ander.periode, vak="_b")
        onderdelen.source_line(list(daar.values()), ander.indicator.indicator_id)


def _show_one(
    merk: Kenmerk,
    keuze: Keuze,
    rijen: dict[str, Waarneming],
    land: Waarneming | None,
    regios: dict[str, Regio],
    gekozen: str,
    vorm: str,
) -> None:
    st.header(_title(keuze, rijen, land), anchor=False)
    onderdelen.show(tag("p", _subtitle(merk, keuze, rijen), klasse="rm-onder"))
    onderdelen.notice_example(rijen.values())
    links, rechts = st.columns([3, 2], gap="large")
    with links:
        _show_map(merk, keuze, rijen, regios, gekozen, vorm)
    with rechts, st.container(key="rm-detail"):
        _choose_region(regios, gekozen)
        regio = regios.get(gekozen) or data.regios(merk)[LAND]
        regio_detail.show(merk, keuze, regio, {**rijen, LAND: land}.get(regio.regio_code), land)


def _show_two(merk: Kenmerk, keuze: Keuze, ander: Keuze, gekozen: str, vorm: str) -> None:
    """Show two maps beside each other, each with its own title and legend, and the chosen region in both."""
    onderdelen.notice_example([*_rows(keuze).values(), *_rows(ander).values()])
    regios = kaartbeeld.regions_of_level(merk, keuze.niveau, list(_rows(keuze).values()))
    _choose_region(regios, gekozen)
    for vak, kolom, deel in zip(("", "_b"), st.columns(2, gap="large"), (keuze, ander), strict=True):
        rijen, land = _rows(deel), _national(deel)
        hier = kaartbeeld.regions_of_level(merk, deel.niveau, list(rijen.values()))
        with kolom:
            st.subheader(_title(deel, rijen, land), anchor=False)
            onderdelen.show(tag("p", _subtitle(merk, deel, rijen), klasse="rm-bron"))
            if gekozen in hier:
                zin = zinnen.region_sentence(hier[gekozen], rijen.get(gekozen), land, deel.indicator)
                onderdelen.show(tag("p", zin))
            _show_map(merk, deel, rijen, hier, gekozen, vorm, vak)


def _rows(keuze: Keuze) -> dict[str, Waarneming]:
    return {r.regio_code: r for r in keuze.rows(keuze.niveau) if r.periode == keuze.periode}


def _national(keuze: Keuze) -> Waarneming | None:
    return next((r for r in keuze.rows("land") if r.periode == keuze.periode and r.regio_code == LAND), None)


def _title(keuze: Keuze, rijen: dict[str, Waarneming], land: Waarneming | None) -> str:
    return zinnen.map_title(keuze.indicator, list(rijen.values()), land, NIVEAU_WOORD[keuze.niveau])


def _choose(merk: Kenmerk, mogelijk: dict[str, tuple[str, ...]], echt: bool) -> tuple[Keuze, Keuze | None]:
    catalogus = data.indicatoren(merk)
    with st.container(horizontal=True, gap="medium", key="rm-keuzes"):
        namen = _order(merk, mogelijk)
        eerste = _VOORKEUR if _VOORKEUR in namen else next(iter(namen))
        naam = selectie.choose("indicator", "Indicator", list(namen), eerste, namen.__getitem__)
        alle = data.waarnemingen(merk, naam, echt)
        niveaus = mogelijk[naam]
        # A level with real figures comes before one that has voorbeelddata only.
        eerste = data.niveaus_per_indicator(merk, True).get(naam, niveaus)[0]
        niveau = selectie.choose(
            "niveau", "Gebieden", niveaus, eerste, lambda n: hoofdletter(NIVEAU_WOORD[n]), soort="knoppen"
        )
        op_niveau = [r for r in alle if r.niveau == niveau]
        uitsplitsing = _choose_code("uitsplitsing", "Telling of afbakening", [r.uitsplitsing for r in op_niveau])
        op_niveau = [r for r in op_niveau if r.uitsplitsing == uitsplitsing]
        categorie = _choose_code("categorie", "Antwoord", [r.categorie for r in op_niveau])
        op_niveau = [r for r in op_niveau if r.categorie == categorie]
        branche = _choose_branch(merk, {r.branche_code for r in op_niveau})
        periode = _choose_period([r for r in op_niveau if r.branche_code == branche])
        keuze = Keuze(catalogus[naam], niveau, categorie, uitsplitsing, branche, periode, alle)
        ander = kaart_naast.choose(merk, keuze, namen, mogelijk, echt)
    return keuze, ander


def _order(merk: Kenmerk, mogelijk: Iterable[str]) -> dict[str, str]:
    """Return the indicators with what they are called in the list: survey questions last, under their pijler."""
    catalogus, enquete, pijlers = data.indicatoren(merk), data.enquetevragen(merk), list(PIJLER_WOORD)

    def _place(naam: str) -> tuple[bool, int]:
        pijler = catalogus[naam].pijler
        return naam in enquete, pijlers.index(pijler) if naam in enquete and pijler in pijlers else -1

    def _label(naam: str) -> str:
        pijler = PIJLER_WOORD.get(catalogus[naam].pijler, "Enquête") if naam in enquete else ""
        return f"{pijler.split(':')[0]}: {catalogus[naam].titel}" if pijler else catalogus[naam].titel

    return {naam: _label(naam) for naam in sorted(mogelijk, key=_place)}


def _choose_code(naam: str, label: str, codes: list[str]) -> str:
    """Let the reader choose a uitsplitsing or categorie; the commonest one stands first."""
    opties = sorted(set(codes), key=lambda code: (-codes.count(code), code))
    tekst = uitsplitsing_tekst if naam == "uitsplitsing" else categorie_tekst
    # An empty code cannot stand in a URL: it is the answer 'not stated'.
    weg = {code or "niet_vermeld": code for code in opties}
    gekozen = selectie.choose(
        naam,
        label,
        list(weg),
        next(iter(weg)),
        lambda c: hoofdletter(tekst(weg[c])) or "Niet vermeld in de bron",
    )
    return weg[gekozen]


def _choose_branch(merk: Kenmerk, codes: set[str]) -> str:
    namen = data.branches(merk)
    opties = [code for code in namen if code in codes]
    standaard = TOTAAL if TOTAAL in opties else opties[0]
    return selectie.choose("branche", "Branche", opties, standaard, lambda c: namen[c].naam_kort)


def _choose_period(rijen: list[Waarneming]) -> str:
    """Let the reader choose a period; the newest one with figures stands first."""
    volgorde = sorted({(r.eind, r.periode) for r in rijen}, reverse=True)
    opties = [periode for _, periode in volgorde]
    tekst = {r.periode: periode_tekst(r.periode_naam, r.peildatum) for r in rijen}
    gevuld = [periode for periode in opties if any(r.periode == periode and r.waarde is not None for r in rijen)]
    return selectie.choose("periode", "Periode", opties, (gevuld or opties)[0], tekst.__getitem__)


def _subtitle(merk: Kenmerk, keuze: Keuze, rijen: dict[str, Waarneming]) -> str:
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
        f"Periode: {periode_tekst(een.periode_naam, een.peildatum)}" if een else "",
        f"Eenheid: {kaartbeeld.unit_text(keuze.indicator)}.",
    ]
    return ". ".join(filter(None, delen)).replace("?.", "?")


def _chosen_region(regios: dict[str, Regio]) -> str:
    return selectie.resolve("regio", [*regios, LAND], LAND)


def _choose_region(regios: dict[str, Regio], gekozen: str) -> None:
    selectie.choose(
        "regio",
        "Regio",
        [LAND, *regios],
        gekozen,
        lambda code: regios[code].naam if code in regios else "Nederland (kies een regio)",
    )


def _show_map(
    merk: Kenmerk,
    keuze: Keuze,
    rijen: dict[str, Waarneming],
    regios: dict[str, Regio],
    gekozen: str,
    vorm: str,
    vak: str = "",
) -> None:
    """Show one map that can be clicked; `vak` tells the second map on a page from the first."""
    alle = keuze.rows(keuze.niveau)
    vlakken = gebieden.find(merk, keuze.niveau, kaartbeeld.moment_of(rijen, alle))
    getekend = vlakken if vorm == "kaart" else None
    beeld = kaartbeeld.picture(merk, keuze.indicator, keuze.niveau, rijen, regios, alle, getekend)

    sleutel, aan = f"{beeld.sleutel}{vak}", f"{_AAN}{vak}"

    def _clicked() -> None:
        nu = kaartbeeld.shapes_on(st.session_state[sleutel].selection)
        code = kaartbeeld.clicked_region(beeld, st.session_state.get(aan, frozenset()), nu)
        if code in regios:
            selectie.set_value("regio", LAND if code == gekozen else code)

    with st.container(key=f"rm-kaart{vak}"):
        toestand = st.vega_lite_chart(
            beeld.tabel,
            beeld.maak_spec(onderdelen.theme()),
            width="content",
            theme=None,
            key=sleutel,
            on_select=_clicked,
            selection_mode=kaartbeeld.KEUZE,
            alt=beeld.alt,
        )
    st.session_state[aan] = kaartbeeld.shapes_on(toestand.selection)
    kaartlegenda.show_legend(beeld, keuze.indicator)
    in_tabel = list(regios).index(gekozen) if gekozen in regios and not vak else None
    kaartbeeld.mark_chosen(beeld, gekozen, in_tabel, f"rm-kaart{vak}")
    downloads.picture_buttons(_picture(merk, keuze, rijen, beeld, vorm), beeld.maak_spec, beeld.tabel, beeld.alt)
    onderdelen.status_notes(rijen.values())
    if vorm == "kaart":
        onderdelen.show(tag("p", f"Kaart: {gebieden.NAAMSVERMELDING}", klasse="rm-bron"))
    elif vlakken is None:
        _show_how_to_get_borders()


def _picture(merk: Kenmerk, keuze: Keuze, rijen: dict[str, Waarneming], beeld: kaartbeeld.Beeld, vorm: str) -> Plaatje:
    bron = onderdelen.source_text(list(rijen.values()))
    return Plaatje(
        bestand=f"kaart_{keuze.indicator.indicator_id}_{keuze.periode}".replace("/", "-"),
        titel=_title(keuze, rijen, _national(keuze)),
        onder=_subtitle(merk, keuze, rijen),
        bron=f"{bron}. Kaart: {gebieden.NAAMSVERMELDING}" if vorm == "kaart" else bron,
        is_voorbeeld=beeld.met_voorbeeld,
        tekens=kaartlegenda.signs(beeld, keuze.indicator),
    )


def _choose_shape(merk: Kenmerk, keuze: Keuze, rijen: dict[str, Waarneming]) -> str:
    """Let the reader choose between real borders and tiles, where there are borders."""
    if not gebieden.find(merk, keuze.niveau, kaartbeeld.moment_of(rijen, keuze.rows(keuze.niveau))):
        return "tegels"
    return selectie.choose("vorm", "Weergave", list(_VORMEN), "kaart", _VORMEN.__getitem__, soort="knoppen")


def _show_how_to_get_borders() -> None:
    onderdelen.show(
        tag(
            "p",
            "Op deze tegelkaart is elke regio even groot. De kaart met echte grenzen haalt u op met ",
            tag("code", "regiomonitor fetch gebieden"),
            ".",
            klasse="rm-bron",
        )
    )
