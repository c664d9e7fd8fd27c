"""Which series of an indicator is shown, and how it moves in the chosen area."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.beeld.markup import join, tag
from app.beeld.onderwerp import kernkaartjes
from app.lezen import data
from app.lezen.rijen import Indicator, Kenmerk, Regio, Waarneming
from app.oordeel import cijfer, verschillen
from app.oordeel.cijfer import Cijferkeuze
from app.oordeel.reeksen import breaks_between
from app.oordeel.vergelijken import regelgrens
from app.raam.keuze import regiokeuze
from app.raam.keuze.landelijk import none_per_region
from app.raam.keuze.reekskeuze import branch_field, code_field
from app.raam.vakken import onderdelen, trendvak
from app.taal.opmaak import NIVEAU_ENKEL
from pipelines.afspraken.codelijsten import Niveau


def choose(merk: Kenmerk, indicator: Indicator, voorbeeld: bool) -> Cijferkeuze | None:
    """Show what can be chosen and return the series; nothing where there are no figures at all."""
    regios, alle = data.regios(merk), cijfer.figures(merk, indicator, voorbeeld)
    if not alle:
        return None
    opties = cijfer.areas(merk, alle)
    landelijk = none_per_region(merk, indicator.indicator_id, voorbeeld)
    if landelijk and len(opties) == 1:
        gebied = regiokeuze.only_country(merk, "Gebied", opties, lambda c: _label(regios[c]), landelijk)
    else:
        gebied = regiokeuze.field(merk, "Gebied", opties, opties[0], lambda c: _label(regios[c]))
    regio = regios[gebied.waarde]
    rijen = [r for r in alle if r.regio_code == regio.regio_code]
    eerst = cijfer.usual_breakdown(alle, regio)
    reeks, uitsplitsing = code_field(
        "uitsplitsing", "Telling of afbakening", [r.uitsplitsing for r in cijfer.filled(rijen)], eerst
    )
    rijen = [r for r in rijen if r.uitsplitsing == uitsplitsing]
    antwoord, categorie = code_field("categorie", "Antwoord", [r.categorie for r in cijfer.filled(rijen)], "")
    branche = branch_field(merk, {r.branche_code for r in rijen if r.categorie == categorie})
    with st.container(horizontal=True, gap="medium", key="rm-cijferkeuzes"):
        for veld in (gebied, reeks, antwoord, branche):
            veld.show()
    return Cijferkeuze(indicator, regio, uitsplitsing, categorie, branche.waarde, alle)


def show(merk: Kenmerk, keuze: Cijferkeuze) -> None:
    """Show how the series moved, beside Nederland where that can be compared, and why the line is broken."""
    trend, eigen = cijfer.trend(merk, keuze), keuze.rows(keuze.regio.regio_code)
    st.header(trend.titel, anchor=False)
    onderdelen.show(tag("p", trend.onder, klasse="rm-bron"))
    _show_forecasts(keuze)
    trendvak.show_with_table(trend, "cijfer")
    _show_notes(merk, keuze, eigen)
    onderdelen.status_notes(eigen)
    onderdelen.source_line([r for lijn in trend.lijnen for r in lijn.rijen], "")


def _show_forecasts(keuze: Cijferkeuze) -> None:
    """Show every forecast of the chosen area beside the others: they have no course, each stands on its own."""
    wie = (keuze.regio.regio_code, keuze.branche, keuze.categorie)
    rijen = [r for r in keuze.alle if r.is_prognose and (r.regio_code, r.branche_code, r.categorie) == wie]
    gevuld = [r for r in rijen if r.waarde is not None and not r.is_voorbeeld]
    if len(gevuld) > 1:
        onderdelen.show(kernkaartjes.forecasts(sorted(gevuld, key=lambda r: (r.eind, r.uitsplitsing)), keuze.eenheid))


def _show_notes(merk: Kenmerk, keuze: Cijferkeuze, eigen: Sequence[Waarneming]) -> None:
    """Say what the tests and the limits say of the newest figure, and which breaks lie in the line."""
    gevuld = [r for r in eigen if r.waarde is not None]
    if not gevuld:
        return
    getoetst = [
        verschillen.sentence(v, keuze.eenheid) for v in verschillen.of_figure(data.verschillen(merk), gevuld[-1])
    ]
    alle = data.trendbreuken(merk)
    gewoon = regelgrens.sentence(eigen, keuze.eenheid, alle)
    breuken = {b.tekst for b in breaks_between(gevuld[0], gevuld[-1], alle)}
    if teksten := [*getoetst, *filter(None, [gewoon]), *sorted(breuken)]:
        onderdelen.show(tag("ul", join(tag("li", tekst) for tekst in teksten), klasse="rm-noten"))


def _label(regio: Regio) -> str:
    # The country and its arbeidsmarktregio's go by their bare name.
    is_kaal = regio.niveau in (Niveau.LAND, Niveau.ARBEIDSMARKTREGIO)
    return regio.naam if is_kaal else f"{regio.naam} ({NIVEAU_ENKEL[regio.niveau]})"
