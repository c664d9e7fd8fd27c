"""One figure of a region up close: in the course of time, and per branche."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from app.beeld.markup import join, tag
from app.lezen import data
from app.lezen.catalogus import first_of
from app.lezen.onderwerp import enquetecijfers, ontledingen, regiogegevens
from app.lezen.rijen import Kenmerk, Regio, Verschil, Waarneming
from app.oordeel import cijfer, modelschatting, zinnen
from app.oordeel.cijfer import Cijferkeuze
from app.oordeel.echt import has_examples
from app.oordeel.reeksen import breaks_between, core_series, main_breakdown
from app.oordeel.vergelijken import regelgrens, waarom
from app.raam.keuze import selectie
from app.raam.vakken import leeg, onderdelen, trendvak
from app.schermen.regio import branches, vergelijking
from pipelines.afspraken.codelijsten import TOTAAL, Plek

# The same for every region, so that the browser need not draw the chart anew; its figures stand above it in words.
_ALT = "Lijngrafiek van dit cijfer. De tabel onder de grafiek heeft dezelfde cijfers."


def show(merk: Kenmerk, regio: Regio, gelijk: Sequence[str], voorbeeld: bool) -> None:
    """Show the trend and the branches of the figure that the reader chooses, beside regions like it."""
    st.header("Eén cijfer van dichtbij", anchor=False)
    namen = regiogegevens.indicatoren_van(merk, regio.regio_code, voorbeeld)
    catalogus = data.indicatoren(merk)
    if not namen:
        leeg.show(merk, f"Van {regio.naam} zijn er nog geen echte cijfers.", regio.niveau, regio=regio.regio_code)
        return
    eerste = first_of(catalogus, Plek.KEUZE, namen) or max(namen, key=lambda n: _points(merk, regio, n, voorbeeld))
    naam = selectie.field("indicator", "Cijfer", namen, eerste, lambda i: catalogus[i].titel).choose()
    indicator = catalogus[naam]
    rijen = data.waarnemingen(merk, naam, voorbeeld)
    eigen = [r for r in rijen if r.regio_code == regio.regio_code and not r.categorie]
    reeks = core_series(rijen, regio.niveau, regio.regio_code)
    uitsplitsing = reeks[-1].uitsplitsing if reeks else main_breakdown(eigen) or ""
    _show_trend(merk, Cijferkeuze(indicator, regio, uitsplitsing, "", TOTAAL, rijen))
    van_reeks = [r for r in rijen if r.uitsplitsing == uitsplitsing and not r.categorie]
    branches.show(merk, indicator, regio, gelijk, van_reeks)
    vergelijking.show(merk, indicator, regio, rijen)


def _points(merk: Kenmerk, regio: Regio, naam: str, voorbeeld: bool) -> int:
    """Return how many figures a region has of one indicator: what has a course says most."""
    reeks = core_series(data.waarnemingen(merk, naam, voorbeeld), regio.niveau, regio.regio_code)
    return sum(r.waarde is not None for r in reeks)


def _show_trend(merk: Kenmerk, keuze: Cijferkeuze) -> None:
    sleutel = f"verloop_{keuze.regio.regio_code}_{keuze.indicator.indicator_id}"
    trend, reeks = replace(cijfer.trend(merk, keuze), sleutel=sleutel), keuze.rows(keuze.regio.regio_code)
    st.subheader(trend.titel, anchor=False)
    onderdelen.show(tag("p", trend.onder, " ", trendvak.in_words(trend), klasse="rm-bron"))
    trendvak.show_with_table(trend, "verloop", alt=_ALT)
    _show_reasons(merk, reeks, data.verschillen(merk))
    if zin := regelgrens.sentence(reeks, keuze.eenheid, data.trendbreuken(merk)):
        onderdelen.show(tag("p", zin, klasse="rm-bron"))
    _show_breaks(merk, reeks)
    for rij in enquetecijfers.modelschattingen(merk, keuze.indicator.indicator_id, keuze.categorie):
        if rij.regio_code == keuze.regio.regio_code and (zin := modelschatting.sentence(rij, keuze.eenheid)):
            onderdelen.show(tag("p", zin, klasse="rm-bron"))
    onderdelen.source_line([r for lijn in trend.lijnen for r in lijn.rijen], keuze.indicator.indicator_id)


def _show_reasons(merk: Kenmerk, reeks: Sequence[Waarneming], getoetst: Sequence[Verschil]) -> None:
    """Say what the newest change of a share is made of, where every part of it is known."""
    if has_examples(reeks):
        return
    _, stap = zinnen.latest_change(reeks, data.trendbreuken(merk), getoetst)
    delen = ontledingen.contributions(merk, stap.van, stap.tot) if stap else ()
    if stap and (zin := waarom.sentence(stap, delen, data.branches(merk))):
        onderdelen.show(tag("p", zin, klasse="rm-bron"))


def _show_breaks(merk: Kenmerk, reeks: Sequence[Waarneming]) -> None:
    """Say why the line is broken, where it is."""
    if not reeks:
        return
    teksten = {breuk.tekst for breuk in breaks_between(reeks[0], reeks[-1], data.trendbreuken(merk))}
    if teksten:
        onderdelen.show(tag("ul", join(tag("li", tekst) for tekst in sorted(teksten)), klasse="rm-noten"))
