"""The chosen region beside the map: its figure, all its periods and branches."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.beeld import cijferrijen
from app.beeld.markup import tag
from app.lezen import data
from app.lezen.onderwerp import regiogegevens
from app.lezen.rijen import Indicator, Kenmerk, Regio, Waarneming
from app.oordeel import benaming, bijschriften, verschillen, zinnen
from app.oordeel.cijfer import Cijferkeuze, country
from app.oordeel.kaart import kaartzinnen
from app.oordeel.kaart.kaartkeuze import Kaartkeuze
from app.oordeel.trend import Lijn, Trend
from app.oordeel.vergelijken import regelgrens
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen, trendvak
from app.raam.vakken.onderdelen import Tabelvak
from app.taal.opmaak import categorie_tekst, datum, hoofdletter, periode_tekst, uitsplitsing_tekst
from pipelines.afspraken.codelijsten import LAND, Niveau, Schatting, Status


def show(merk: Kenmerk, keuze: Kaartkeuze, regio: Regio, rij: Waarneming | None, land: Waarneming | None) -> None:
    """Show everything that is known of one indicator in one region."""
    links, rechts = st.columns(2, gap="large")
    lijnen = lines(keuze, regio)
    with links:
        _show_words(merk, keuze, regio, rij, land)
        eigen = [r for r in keuze.alle if r.regio_code == regio.regio_code]
        if eigen:
            _show_table(merk, keuze.indicator, regio, [*eigen, *(r for lijn in lijnen[1:] for r in lijn.rijen)])
    with rechts:
        _show_trend(merk, keuze, regio, lijnen)


def _show_words(
    merk: Kenmerk, keuze: Kaartkeuze, regio: Regio, rij: Waarneming | None, land: Waarneming | None
) -> None:
    """Show what is said of the region."""
    indicator = keuze.indicator
    st.subheader(regio.naam, anchor=False)
    naast = None if regio.regio_code == LAND else land
    onderdelen.show(
        tag("p", kaartzinnen.region_sentence(regio, rij, naast, indicator, benaming.country_name(land, keuze.alle)))
    )
    een = next(iter(keuze.on_map().values()), None)
    if (rij is None or rij.status == Status.ONTBREEKT) and regiogegevens.is_whole(merk, een):
        onderdelen.show(tag("p", kaartzinnen.SAMEN_HEEL))
    _show_verdict(merk, rij, indicator)
    _show_identity(merk, regio, rij)


def lines(keuze: Kaartkeuze, regio: Regio) -> list[Lijn]:
    """Return the region over time in periods of the kind that is on the map, with Nederland where that compares."""
    soorten = {r.periode_soort for r in keuze.alle if r.periode == keuze.periode}
    alle = tuple(r for r in keuze.alle if r.periode_soort in soorten)
    van_regio = Cijferkeuze(keuze.indicator, regio, keuze.uitsplitsing, keuze.categorie, keuze.branche, alle)
    reeks = van_regio.rows(regio.regio_code)
    return [Lijn(regio.naam, reeks), *country(van_regio, reeks)]


def _show_trend(merk: Kenmerk, keuze: Kaartkeuze, regio: Regio, lijnen: Sequence[Lijn]) -> None:
    """Show the figures of the region over time, with Nederland where that compares; nothing for a single figure."""
    indicator = keuze.indicator
    if sum(r.waarde is not None for r in lijnen[0].rijen) < 2:
        return
    eenheid, breuken = indicator.eenheid, data.trendbreuken(merk)
    onder = zinnen.scope_text(indicator, [lijn.rijen for lijn in lijnen])
    onderdelen.show(tag("p", onder, klasse="rm-bron"))
    titel = f"{indicator.titel} in {regio.naam}"
    trendvak.show(
        Trend("regio", titel, onder, eenheid, lijnen, breuken),
        hoogte=210,
        alt="Lijngrafiek van dit cijfer in de gekozen regio. De tabel ernaast heeft dezelfde cijfers.",
    )
    if zin := regelgrens.sentence(lijnen[0].rijen, eenheid, breuken):
        onderdelen.show(tag("p", zin, klasse="rm-bron"))


def _show_verdict(merk: Kenmerk, rij: Waarneming | None, indicator: Indicator) -> None:
    """Say what the tests say of a figure, where there were any."""
    if rij is None or rij.schatting not in (Schatting.GEWOGEN, ""):
        return
    zinnen_ = [verschillen.sentence(v, indicator.eenheid) for v in verschillen.of_figure(data.verschillen(merk), rij)]
    if zinnen_:
        onderdelen.show(tag("p", " ".join(zinnen_)))


def _show_identity(merk: Kenmerk, regio: Regio, rij: Waarneming | None) -> None:
    delen = []
    if regio.naam_eerder:
        delen.append(f"Heette eerder {regio.naam_eerder}.")
    if regio.niveau == Niveau.ARBEIDSMARKTREGIO and rij is not None:
        wgo = data.regios(merk).get(data.wgo_van_regio(merk, rij.moment).get(regio.regio_code, ""))
        if wgo is not None:
            delen.append(f"Werkgeversorganisatie in deze periode: {wgo.naam}.")
    if regio.geldig_tot is not None:
        delen.append(f"Bestond tot en met {datum(regio.geldig_tot)}.")
    if delen:
        onderdelen.show(tag("p", " ".join(delen), klasse="rm-bron"))


def _show_table(merk: Kenmerk, indicator: Indicator, regio: Regio, eigen: Sequence[Waarneming]) -> None:
    namen, catalogus = data.branches(merk), data.indicatoren(merk)
    heeft_branches = len({r.branche_code for r in eigen}) > 1
    soorten = {(r.categorie, r.uitsplitsing) for r in eigen if r.regio_code == regio.regio_code}

    def _what(r: Waarneming) -> str:
        if r.regio_code != regio.regio_code:
            return "Nederland"
        delen = [namen[r.branche_code].naam_kort] if heeft_branches else []
        if len(soorten) > 1:
            delen += [categorie_tekst(r.categorie), uitsplitsing_tekst(r.uitsplitsing)]
        return hoofdletter(", ".join(filter(None, delen))) or regio.naam

    volgorde = sorted(eigen, key=lambda r: r.eind, reverse=True)
    onderdelen.show_table(
        Tabelvak(
            f"alle cijfers van {regio.naam}",
            ("Wat", "Periode", "Cijfer", "Opmerking"),
            [
                (
                    _what(r),
                    periode_tekst(r.periode_naam),
                    zinnen.figure(r, zinnen.unit_of(r, catalogus)),
                    _remark(r, zinnen.unit_of(r, catalogus)),
                )
                for r in volgorde
            ],
            getallen=(2,),
            vak="regio",
        ),
        Download(
            f"regio_{regio.regio_code}_{indicator.indicator_id}",
            cijferrijen.CSV_KOLOMMEN,
            lambda: cijferrijen.csv_rows(volgorde),
        ),
    )


def _remark(rij: Waarneming, eenheid: str) -> str:
    """Return what a reader must know of one figure: of a survey also its interval, or why it is not shown."""
    interval = zinnen.interval_text(rij, eenheid)
    delen = [
        bijschriften.series_remark(rij),
        f"95%-interval {interval}" if interval else "",
        zinnen.hidden_reason(rij, eenheid) if rij.status == Status.TE_WEINIG else "",
    ]
    return ", ".join(filter(None, delen))
