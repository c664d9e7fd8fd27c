"""The region beside others of the reader's choice: one figure then and now, and its newest figures per branche."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from app.beeld import charts, cijferrijen
from app.beeld.markup import tag
from app.lezen import data
from app.lezen.rijen import Indicator, Kenmerk, Regio, Waarneming
from app.oordeel import benaming, zinnen
from app.oordeel.reeksen import VERGELIJKBAAR
from app.oordeel.vergelijken import naast_elkaar, twee_momenten
from app.oordeel.vergelijken.naast_elkaar import NaastElkaar
from app.raam.keuze import meerkeuze
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen, tweepuntsvak
from app.raam.vakken.onderdelen import Tabelvak
from app.raam.vakken.tweepuntsvak import Tweepunts
from app.taal.opmaak import NIVEAU_KORT_MEER, hoofdletter, opsomming
from pipelines.afspraken.codelijsten import LAND, TOTAAL, Status

# With the region itself there are six.
_HOOGSTENS = 5


def show(merk: Kenmerk, indicator: Indicator, regio: Regio, rijen: Sequence[Waarneming]) -> None:
    """Let the reader choose up to five others and show the figure of all of them in one chart and one table."""
    regios = data.regios(merk)
    met_cijfer = {r.regio_code for r in rijen if r.niveau == regio.niveau and r.waarde is not None}
    opties = [code for code in regios if code in met_cijfer and code != regio.regio_code]
    if not opties or regio.regio_code not in met_cijfer:
        return
    soort = NIVEAU_KORT_MEER[regio.niveau]
    st.subheader(f"{hoofdletter(regio.naam)} naast andere {soort}", anchor=False)
    anderen = meerkeuze.choose(
        "met",
        f"Vergelijk met (hoogstens {_HOOGSTENS})",
        opties,
        lambda code: regios[code].naam,
        hoogstens=_HOOGSTENS,
        uitleg=f"Kies {soort} om naast {regio.naam} te zetten. De link onthoudt uw keuze.",
    )
    if not anderen:
        return
    codes = [regio.regio_code, *anderen]
    samen = naast_elkaar.compare(rijen, codes, regio.niveau, met_land=indicator.eenheid in VERGELIJKBAAR)
    if samen is None:
        return
    namen = {code: samen.land_naam if code == LAND else regios[code].naam for code in samen.paren}
    _show_moments(merk, indicator, samen, namen)
    _show_branches(merk, indicator, samen, namen, rijen)


def _show_moments(merk: Kenmerk, indicator: Indicator, samen: NaastElkaar, namen: Mapping[str, str]) -> None:
    getoond = twee_momenten.figures(samen.paren)
    momenten = dict.fromkeys(samen.momenten)
    wat = benaming.label(indicator, next(r for r in reversed(getoond) if r.waarde is not None))
    titel = zinnen.marked(f"{wat}: {opsomming([*namen.values()])}, {' en '.join(momenten)}", getoond)
    onderdelen.show(tag("p", tag("strong", titel), klasse="rm-onder"))
    waarden = [r.waarde for r in getoond if r.waarde is not None]
    # Below zero there is no room on this axis; the table has every figure.
    if min(waarden) >= 0:
        vak = Tweepunts(
            f"vergelijking_{indicator.indicator_id}",
            titel,
            zinnen.unit_text(indicator),
            "gebied",
            samen.paren,
            samen.momenten,
            namen,
            data.trendbreuken(merk),
            indicator.eenheid,
        )
        tweepuntsvak.show(vak, top=charts.top_of_axis(waarden, indicator.eenheid))
    onderdelen.status_notes(getoond)
    onderdelen.source_line(getoond, indicator.indicator_id)


def _show_branches(
    merk: Kenmerk, indicator: Indicator, samen: NaastElkaar, namen: Mapping[str, str], rijen: Sequence[Waarneming]
) -> None:
    """Show the newest figures per branche, a column per area, where there are any."""
    is_echt = not any(r.is_voorbeeld for r in samen.nu.values())
    figuren = {
        (r.branche_code, r.regio_code): r
        for r in rijen
        if r.regio_code in namen
        and r.periode == samen.perioden[1]
        and r.uitsplitsing == samen.uitsplitsing
        and not r.categorie
        and r.is_voorbeeld is not is_echt
    }
    branches = {code: b for code, b in data.branches(merk).items() if any(code == c for c, _ in figuren)}
    if not set(branches) - {TOTAAL}:
        return
    regels = [
        (b.naam, *(_text(figuren.get((code, gebied)), indicator) for gebied in namen)) for code, b in branches.items()
    ]
    onderdelen.show_table(
        Tabelvak(
            f"{indicator.titel} per branche, {samen.momenten[1]}",
            ("Branche", *map(hoofdletter, namen.values())),
            regels,
            getallen=range(1, len(namen) + 1),
            open_=True,
        ),
        Download(
            f"vergelijking_branches_{indicator.indicator_id}",
            cijferrijen.CSV_KOLOMMEN,
            lambda: cijferrijen.csv_rows(list(figuren.values())),
        ),
    )


def _text(rij: Waarneming | None, indicator: Indicator) -> str:
    return zinnen.figure(rij, indicator.eenheid) if rij is not None else Status.ONTBREEKT.naam
