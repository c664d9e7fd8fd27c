"""Landelijk beeld: are we on course?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.beeld import cijferrijen
from app.beeld.markup import join, tag
from app.beeld.onderwerp import kernkaartjes, pijlerlijnen
from app.beeld.trend import Lijn
from app.lezen import data
from app.lezen.data import Haal, Kenmerk, Waarneming
from app.oordeel import dekking, kerncijfers, samenvatting, zinnen
from app.oordeel.knoppen import knoppen
from app.oordeel.programma import pijlers
from app.oordeel.reeksen import main_breakdown, select_series
from app.raam import documentknoppen, onderdelen, selectie, trendvak
from app.schermen.landelijk import dekking as landelijk_dekking
from app.schermen.landelijk import koers, regios
from app.taal import woorden
from app.taal.opmaak import PIJLER_WOORD, hoofdletter, uitsplitsing_tekst
from pipelines.afspraken.codelijsten import LAND, TOTAAL


def show(merk: Kenmerk) -> None:
    """Show the verdicts and the key figures, then what lies behind them: regions, trends, the survey per pijler."""
    echt = selectie.only_real()

    def haal(indicator_id: str) -> tuple[Waarneming, ...]:
        return data.waarnemingen(merk, indicator_id, echt)

    onderdelen.page_head("Landelijk beeld", merk)
    breuken = data.trendbreuken(merk)
    kaarten = kerncijfers.collect(merk, echt)
    uitkomsten = pijlers.collect(data.indicatoren(merk), haal)
    oordelen = koers.show(merk, echt, uitkomsten)
    _show_cards(kaarten)
    koers.show_table(oordelen)
    st.header("Hoe staat het ervoor?", anchor=False)
    onderdelen.show(
        tag("ul", join(tag("li", z) for z in samenvatting.lead_sentences(haal, breuken)), klasse="rm-zinnen")
    )
    _warn_example(merk, kaarten, uitkomsten, haal(dekking.INDICATOR))
    regios.show(merk, haal, echt)
    _show_coverage(merk, haal(dekking.INDICATOR))
    _show_trends(merk, haal)
    _show_pillars(uitkomsten)
    st.header("Meenemen", anchor=False)
    documentknoppen.show(merk, LAND)


def _warn_example(
    merk: Kenmerk,
    kaarten: Sequence[kerncijfers.Kerncijfer],
    uitkomsten: dict[str, dict[str, list[pijlers.Uitkomst]]],
    dekkingsgraad: Sequence[Waarneming],
) -> None:
    op_scherm = [k.rij for k in kaarten]
    op_scherm += [u.rij for schakels in uitkomsten.values() for lijst in schakels.values() for u in lijst]
    paren, _ = dekking.pairs(dekkingsgraad, data.branches(merk))
    op_scherm += [r for r in dekkingsgraad if r.niveau == "arbeidsmarktregio"]
    op_scherm += [rij for paar in paren.values() for rij in paar if rij is not None]
    onderdelen.notice_example(op_scherm)


def _show_cards(kaarten: Sequence[kerncijfers.Kerncijfer]) -> None:
    """Show the key figures in two sets beside each other: what comes between times, and what comes once a year."""
    if kaarten:
        onderdelen.show(kernkaartjes.as_sets(kaarten, selectie.wijzer()))
    else:
        onderdelen.notice("Er zijn nog geen landelijke cijfers.")


def _show_coverage(merk: Kenmerk, rijen: Sequence[Waarneming]) -> None:
    breuken, branches = data.trendbreuken(merk), data.branches(merk)
    paren, momenten = dekking.pairs(rijen, branches)
    if not paren:
        return
    titel = zinnen.coverage_title(dekking.changes(paren, breuken), branches)
    st.header(titel, anchor=False)
    onder = "Aandeel medewerkers dat werkt bij een lid van een werkgeversorganisatie, per branche, in procent."
    onderdelen.show(tag("p", onder, klasse="rm-onder"))
    landelijk_dekking.show(paren, momenten, branches, breuken, titel, onder)
    onderdelen.source_line([r for paar in paren.values() for r in paar if r is not None], dekking.INDICATOR)


def _show_trends(merk: Kenmerk, haal: Haal) -> None:
    st.header("In de loop van de tijd", anchor=False)
    links, rechts = st.columns(2, gap="large")
    with links:
        _show_trend(merk, samenvatting.VACATURES, [Lijn("Zorg en welzijn", _main(haal(samenvatting.VACATURES)))])
        in_, uit = _main(haal(samenvatting.INSTROOM)), _main(haal(samenvatting.UITSTROOM))
        _show_trend(merk, samenvatting.INSTROOM, [Lijn("Instroom", in_), Lijn("Uitstroom", uit)])
    with rechts:
        verzuim = haal(knoppen.VERZUIM)
        kern = _main(verzuim)
        anders = select_series(verzuim, uitsplitsing=kern[0].uitsplitsing if kern else None, branche="ALLE")
        _show_trend(merk, knoppen.VERZUIM, [Lijn("Zorg en welzijn", kern), Lijn("Hele economie", anders)])
        _show_trend(merk, "instroom_opleidingen", _programmes(haal("instroom_opleidingen")))


def _main(rijen: Sequence[Waarneming]) -> tuple[Waarneming, ...]:
    """Return the main national series; only periods of the kind of its newest figure."""
    reeks = kerncijfers.national_series(rijen)
    return tuple(r for r in reeks if r.periode_soort == reeks[-1].periode_soort)


def _programmes(rijen: Sequence[Waarneming]) -> list[Lijn]:
    """Return one series per opleiding; levels are other cuts of the same students and stay out."""
    landelijk = [r for r in rijen if r.regio_code == LAND and r.branche_code == TOTAAL]
    soorten = sorted({r.uitsplitsing for r in landelijk if [*r.delen] == ["opleiding"]})
    if not soorten:
        soorten = [u for u in [main_breakdown(landelijk)] if u is not None]
    return [
        Lijn(hoofdletter(uitsplitsing_tekst(u)) or "Alle opleidingen", select_series(landelijk, uitsplitsing=u))
        for u in soorten[:4]
    ]


def _show_trend(merk: Kenmerk, indicator_id: str, lijnen: Sequence[Lijn]) -> None:
    indicator = data.indicatoren(merk).get(indicator_id)
    lijnen = [lijn for lijn in lijnen if lijn.rijen]
    if indicator is None or not lijnen:
        return
    breuken = data.trendbreuken(merk)
    getoetst = data.verschillen(merk)
    titel = zinnen.trend_title(indicator.titel, lijnen[0].rijen, indicator.eenheid, breuken, getoetst)
    if len(lijnen) > 2:
        titel = zinnen.several_title(indicator.titel, [lijn.rijen for lijn in lijnen], breuken)
    st.subheader(titel, anchor=False)
    rijen = [r for lijn in lijnen for r in lijn.rijen]
    onder = zinnen.scope_text(indicator, [lijn.rijen for lijn in lijnen], breuken, vergelijkt=len(lijnen) < 3)
    onderdelen.show(tag("p", onder, klasse="rm-bron"))
    trendvak.show_with_table(
        lijnen, indicator.eenheid, breuken, titel=titel, sleutel=indicator_id, onder=onder, vak=indicator_id
    )
    onderdelen.source_line(rijen, indicator_id, voorlopig="Open punten zijn voorlopige cijfers.")


def _show_pillars(lijnen: dict[str, dict[str, list[pijlers.Uitkomst]]]) -> None:
    if not lijnen:
        return
    st.header("Wat organisaties merken van het programma", anchor=False)
    onderdelen.show(
        tag(
            "p",
            "Per pijler: wie werd bereikt, wat had dat voor effect, en wat leverde het op? U ziet steeds de "
            "uitkomst die het vaakst is genoemd. De percentages in een rij hebben elk een eigen groep: n is het "
            "aantal organisaties.",
            klasse="rm-onder",
        )
    )
    onderdelen.show(pijlerlijnen.as_html(lijnen, selectie.wijzer()))
    alle = [u for schakels in lijnen.values() for lijst in schakels.values() for u in lijst]
    onderdelen.table_and_download(
        "alle uitkomsten per pijler",
        ("Uitkomst", "Pijler", "Schakel", "Aandeel", "n", "Wie antwoordden"),
        [
            (
                u.indicator.titel,
                PIJLER_WOORD[u.indicator.pijler],
                pijlers.SCHAKELS[u.indicator.schakel],
                zinnen.figure(u.rij, "aandeel"),
                u.rij.n or "",
                woorden.plainly(u.rij.populatie),
            )
            for u in alle
        ],
        bestand="uitkomsten_per_pijler",
        csv_kolommen=cijferrijen.CSV_KOLOMMEN,
        csv_rijen=lambda: cijferrijen.csv_rows(u.rij for u in alle),
        getallen=(3, 4),
        vak="pijlers",
    )
    onderdelen.source_line([u.rij for u in alle], alle[0].indicator.indicator_id)
