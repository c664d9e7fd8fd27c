"""Verhalen: what was heard and what worked, found by pijler, actielijn, branche, region, voice and word."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

import streamlit as st

from app.beeld import fragmenten
from app.beeld.markup import tag
from app.beeld.onderwerp import verhaalbeeld
from app.lezen import data
from app.lezen.onderwerp import verhaalrijen
from app.lezen.onderwerp.verhaalrijen import Verhaal
from app.lezen.rijen import Kenmerk, Regio
from app.oordeel.overzicht import verhalen
from app.oordeel.overzicht.verhalen import SOORTEN, STEMMEN
from app.oordeel.programma.koers import ACTIELIJNEN
from app.raam.keuze import regiokeuze, selectie
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Tabelvak
from app.taal import woorden
from app.taal.opmaak import PIJLER_WOORD, getal, hoofdletter
from pipelines.afspraken.codelijsten import LAND, Niveau

PAGINA = "verhalen"
ALLE = "alle"
_LANDELIJK = "landelijk"
# So many stories are read at once; a longer list is looked through by its titles.
_VOLUIT = 5
# Of all of them a first few; of what was asked for more.
_METEEN, _GEVRAAGD = 6, 20
_UITGELICHT = 3
_KOLOMMEN = ("Titel", "Soort", "Pijler", "Regio", "Branche", "Wat er is verteld", "Wie en waar")
_KEUZES = ("zoek", "soort", "pijler", "actielijn", "branche", "verhaalregio", "stem")


def show(merk: Kenmerk) -> None:
    """Show the stories that fit what the reader asks for, the newest first."""
    onderdelen.page_head("Verhalen")
    onderdelen.show(
        tag("p", "Wat er is gehoord en wat werkte, in eigen woorden samengevat. Bij elk staat wie het vertelt.",
            klasse="rm-onder")
    )  # fmt: skip
    alle = verhaalrijen.alle(merk)
    if not alle:
        onderdelen.notice("Er zijn nog geen verhalen geleverd.")
        _show_how_to_add()
        return
    plek = st.container()
    gevonden = _choose(merk, alle)
    if len(gevonden) == len(alle):
        with plek:
            _show_begin(merk, alle)
    aantal = "1 verhaal" if len(gevonden) == 1 else f"{getal(len(gevonden))} verhalen"
    st.header(aantal if len(gevonden) == len(alle) else f"{aantal} van {getal(len(alle))}", anchor=False)
    if len(gevonden) < len(alle):
        st.button("Wis alle keuzes", on_click=_forget, icon=":material/close:")
    _show_found(merk, gevonden, _METEEN if len(gevonden) == len(alle) else _GEVRAAGD)
    _show_how_to_add()


def _show_begin(merk: Kenmerk, alle: Sequence[Verhaal]) -> None:
    """Show where the stories are, by theme, and three of them from different themes."""
    wijzer = selectie.wijzer()
    onderdelen.show(verhaalbeeld.by_theme(alle, lambda pijler: wijzer.address("verhalen", pijler=pijler)))
    st.subheader("Uitgelicht", anchor=False)
    lijst = verhaalbeeld.as_html(verhalen.featured(alle, _UITGELICHT), data.regios(merk), kop="h3")
    onderdelen.show(tag("div", lijst, klasse="rm-uitgelicht"))


def _choose(merk: Kenmerk, alle: Sequence[Verhaal]) -> list[Verhaal]:
    """Show what can be chosen, each time only what occurs, and return the stories that fit."""
    regios, branches = data.regios(merk), data.branches(merk)
    zoek = selectie.typed("zoek", "Zoek op woord", plaats="Bijvoorbeeld: roosteren")
    with st.container(horizontal=True, gap="medium", key="rm-verhaalkeuzes"):
        soort = _pick("soort", "Soort", (v.soort for v in alle), SOORTEN)
        pijler = _pick("pijler", "Pijler", (v.pijler for v in alle), PIJLER_WOORD)
        lijn = _pick("actielijn", "Actielijn", (v.actielijn for v in alle), ACTIELIJNEN)
        branche = _pick("branche", "Branche", (v.branche_code for v in alle), {c: b.naam for c, b in branches.items()})
        regio = _pick_place(merk, alle, _places(regios))
        stem = _pick("stem", "Wie vertelt", (v.stem for v in alle), {k: hoofdletter(w) for k, w in STEMMEN.items()})
    return [
        v
        for v in alle
        if soort in (ALLE, v.soort)
        and pijler in (ALLE, v.pijler)
        and lijn in (ALLE, v.actielijn)
        and branche in (ALLE, v.branche_code)
        and regio in (ALLE, _place(v))
        and stem in (ALLE, v.stem)
        and verhalen.holds(v, zoek, regios)
    ]


def _pick(naam: str, label: str, komt_voor: Iterable[str], namen: dict[str, str], standaard: str = ALLE) -> str:
    """Show a choice of what occurs, in the order of the names, with 'Alle' in front."""
    tekst: Callable[[str], str] = lambda code: "Alle" if code == ALLE else namen[code]  # noqa: E731
    return selectie.field(naam, label, _options(komt_voor, namen), standaard, tekst).choose()


def _options(komt_voor: Iterable[str], namen: dict[str, str]) -> list[str]:
    er_zijn: Collection[str] = set(komt_voor)
    return [ALLE, *(code for code in namen if code in er_zijn)]


def _pick_place(merk: Kenmerk, alle: Sequence[Verhaal], namen: dict[str, str]) -> str:
    """Show the choice of a place: usually the region that the reader is busy with, where it has stories."""
    plekken = [_place(v) for v in alle]
    standaard = regiokeuze.coupled(merk, "verhaalregio", _options(plekken, namen), ALLE, "alle verhalen")
    return _pick("verhaalregio", "Regio", plekken, namen, standaard)


def _place(verhaal: Verhaal) -> str:
    return _LANDELIJK if verhaal.regio_code in ("", LAND) else verhaal.regio_code


def _places(regios: dict[str, Regio]) -> dict[str, str]:
    namen = {code: f"{r.naam} (WGO)" if r.niveau == Niveau.WGO else r.naam for code, r in regios.items()}
    return {_LANDELIJK: "Heel Nederland"} | dict(sorted(namen.items(), key=lambda paar: paar[1]))


def _forget() -> None:
    for naam in _KEUZES:
        selectie.clear_value(naam)
    # Else the region that was chosen on another page would come back.
    selectie.set_value("verhaalregio", ALLE)


def _show_found(merk: Kenmerk, gevonden: Sequence[Verhaal], meteen: int) -> None:
    """Show the first stories, the others folded away, and all of them as a table."""
    if not gevonden:
        onderdelen.notice("Geen verhaal past bij deze keuzes. Kies minder, of zoek op een ander woord.")
        return
    regios = data.regios(merk)
    als_lijst = verhaalbeeld.as_html if len(gevonden) <= _VOLUIT else verhaalbeeld.folded
    onderdelen.show(als_lijst(gevonden[:meteen], regios, kop="h3"))
    if rest := gevonden[meteen:]:
        with st.expander(f"Nog {getal(len(rest))} verhalen"):
            onderdelen.show(als_lijst(rest, regios, kop="h3"))
    rijen = [_row(v, merk) for v in gevonden]
    onderdelen.show_table(
        Tabelvak("deze verhalen", _KOLOMMEN, rijen, vak="verhalen"), Download("verhalen", _KOLOMMEN, lambda: rijen)
    )


def _row(v: Verhaal, merk: Kenmerk) -> tuple[str, ...]:
    regios, branches = data.regios(merk), data.branches(merk)
    return (
        v.titel,
        SOORTEN.get(v.soort, v.soort),
        PIJLER_WOORD.get(v.pijler, ""),
        regios[v.regio_code].naam if v.regio_code in regios else "",
        branches[v.branche_code].naam if v.branche_code in branches else "",
        woorden.plainly(v.samenvatting),
        verhalen.voice(v),
    )


def _show_how_to_add() -> None:
    with st.expander("Zelf een verhaal toevoegen"):
        onderdelen.show(
            tag(
                "div",
                tag("p", "Een verhaal is één rij in de tabel verhalen. Vul in: soort, titel, samenvatting, van wie het "
                    "komt (stem), bron, vindplaats en jaar. Pijler, actielijn, regio, branche en aantal mogen leeg "
                    "blijven."),
                tag("p", f"Geef de tabel aan de beheerder van de monitor. {fragmenten.BEHEERDER}"),
            )
        )  # fmt: skip
