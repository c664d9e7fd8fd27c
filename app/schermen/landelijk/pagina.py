"""Landelijk beeld: are we on course?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.beeld import cijferrijen
from app.beeld.fragmenten import VERANTWOORDING
from app.beeld.markup import Html, join, tag
from app.beeld.onderwerp import kernkaartjes, pijlerlijnen
from app.lezen import data
from app.lezen.onderwerp import voorbeeld
from app.lezen.rijen import Haal, Kenmerk, Waarneming
from app.lezen.verschil import vorige
from app.oordeel import zinnen
from app.oordeel.knoppen import knoppen
from app.oordeel.overzicht import dekking, kerncijfers, samenvatting, uitersten
from app.oordeel.programma import pijlers
from app.oordeel.reeksen import core_series, main_breakdown, select_series
from app.oordeel.trend import Lijn, Trend
from app.oordeel.vergelijken import herzien, twee_momenten
from app.raam.keuze import selectie
from app.raam.meenemen import documentknoppen
from app.raam.meenemen.downloads import Download
from app.raam.vakken import leeg, onderdelen, trendvak, tweepuntsvak
from app.raam.vakken.onderdelen import Tabelvak
from app.raam.vakken.tweepuntsvak import Tweepunts
from app.raam.wie import lezer
from app.rollen.rechten import Recht
from app.schermen.landelijk import koers, regios
from app.taal import woorden
from app.taal.opmaak import PIJLER_WOORD, hoofdletter, telling, uitsplitsing_tekst
from pipelines.afspraken.codelijsten import LAND, TOTAAL, Niveau

_OPLEIDINGEN = "instroom_opleidingen"


def show(merk: Kenmerk) -> None:
    """Show the verdicts and the key figures, then what lies behind them: regions, trends, the survey per pijler.

    All of it is real; only the grid of regions follows voorbeeldmodus.
    """

    def haal(indicator_id: str) -> tuple[Waarneming, ...]:
        return data.waarnemingen(merk, indicator_id, False)

    onderdelen.page_head("Landelijk beeld")
    _show_first_start(merk)
    _show_news(merk)
    breuken = data.trendbreuken(merk)
    kaarten = kerncijfers.collect(merk)
    uitkomsten = pijlers.collect(data.indicatoren(merk), haal)
    zinnen_ = samenvatting.lead_sentences(haal, breuken, met_stromen=False)
    if not kaarten:
        st.header("Er zijn nog geen landelijke cijfers", anchor=False)
        leeg.show(merk, "Met de eerste levering begint deze pagina met vijf kerncijfers.", Niveau.LAND)
    elif koers.is_judged(merk):
        oordelen = koers.show(merk, uitkomsten)
        _show_cards(merk, kaarten)
        koers.show_table(oordelen)
        _show_sentences("Hoe staat het ervoor?", zinnen_)
        _show_flows(merk, haal, kaarten)
    else:
        # Where nothing can be judged, what is known goes first, each figure with its date.
        _show_sentences(samenvatting.newest_title([(k.indicator, k.rij) for k in kaarten]), zinnen_)
        _show_cards(merk, kaarten)
        _show_flows(merk, haal, kaarten)
        koers.show_table(koers.show(merk, uitkomsten, is_dicht=True))
    regios.show(merk, selectie.met_voorbeeld())
    _show_coverage(merk, haal(dekking.INDICATOR))
    _show_trends(merk, haal)
    _show_pillars(uitkomsten)
    st.header("Meenemen", anchor="meenemen")
    documentknoppen.show(merk, LAND)


def _show_first_start(merk: Kenmerk) -> None:
    """Say after a first start, to who sits at the computer itself, that real figures are near; the command folds out.

    Whoever reads at an address that is open or asks for a login cannot give it.
    """
    if voorbeeld.is_usual(merk) and lezer.may(Recht.PUBLICEREN) and not lezer.can_log_in():
        kop = tag("summary", "Echte cijfers zijn één opdracht ver")
        opdracht = tag("code", ".venv/bin/regiomonitor fetch alles")
        zin = tag("p", "Die van CBS en DUO haalt u op in de map van de monitor; start haar daarna opnieuw: ", opdracht)
        onderdelen.show(tag("details", kop, zin, klasse="rm-zo"))


def _show_news(merk: Kenmerk) -> None:
    """Say which figures of the country, and of the chosen region, are new or revised since the publication before."""
    catalogus, namen = data.indicatoren(merk), data.regios(merk)
    gekozen = [waarde for _, waarde in selectie.choices(["regio"]) if waarde in namen and waarde != LAND]
    zinnen_: list[Html | str] = []
    vorige_id = ""
    for code in (LAND, *gekozen):
        if (vergelijking := vorige.changes(merk, code)) is not None:
            # The link has the id.
            sinds, vorige_id = f"de publicatie van {vergelijking.dag}", vergelijking.vorige_id
            herziene = herzien.revised(vergelijking.wijzigingen, catalogus)
            waar = namen[code].naam if code in namen else "Nederland"
            nieuw = herzien.arrived(vergelijking.wijzigingen, catalogus)
            zinnen_.append(kernkaartjes.news(nieuw, vergelijking.dag, catalogus, selectie.wijzer(), waar))
            zinnen_.append(herzien.sentence(herziene, sinds, catalogus, waar))
    if any(zinnen_):
        regels = [tag("p", zin) for zin in zinnen_ if zin]
        onderdelen.show(tag("div", *regels, klasse="rm-melding rm-nieuws", role="status"))
        onderdelen.page_link(
            VERANTWOORDING, "Alles wat veranderde", onderdeel="publicaties", van=vorige_id,
            naar=data.publicatie(merk).publicatie_id,
        )  # fmt: skip


def _show_sentences(titel: str, zinnen_: Sequence[str]) -> None:
    st.header(titel, anchor=False)
    onderdelen.show(tag("ul", join(tag("li", z) for z in zinnen_), klasse="rm-zinnen"))


def _show_cards(merk: Kenmerk, kaarten: Sequence[kerncijfers.Kerncijfer]) -> None:
    """Show the first key figures, and the others once they are opened: what comes between times, and once a year."""
    voorop, breuken, wijzer = kerncijfers.leading(kaarten), data.trendbreuken(merk), selectie.wijzer()
    delen = [kernkaartjes.leading(voorop, breuken, wijzer, data.regios(merk))] if voorop else []
    if rest := [kaart for kaart in kaarten if kaart not in voorop]:
        kop = f"Nog {telling(len(rest), 'kerncijfer', 'kerncijfers')}"
        delen.append(tag("details", tag("summary", kop), kernkaartjes.as_sets(rest, breuken, wijzer), klasse="rm-zo"))
    onderdelen.show(tag("div", *delen, klasse="rm-delen"))
    _show_extremes(merk, voorop)


def _show_extremes(merk: Kenmerk, voorop: Sequence[kerncijfers.Kerncijfer]) -> None:
    """Name the lowest and the highest region where real figures tell, and say why they do not for the cards above."""
    namen, wijzer, bekend = data.regios(merk), selectie.wijzer(), uitersten.named(merk)
    punten = [
        tag("li", wijzer.evidence(indicator.titel, indicator), uitersten.told_apart(indicator, grenzen, namen))
        for indicator, grenzen in bekend
    ]
    if not all(kaart.uitersten for kaart in voorop):
        punten.append(tag("li", uitersten.WAAROM_NIET))
    if punten:
        kop = tag("summary", "Laagste en hoogste regio")
        onderdelen.show(tag("details", kop, tag("ul", join(punten)), klasse="rm-zo rm-uitersten"))


def _show_flows(merk: Kenmerk, haal: Haal, kaarten: Sequence[kerncijfers.Kerncijfer]) -> None:
    """Show who came, who left and what that leaves, and beside it what is expected, by scenario."""
    links, rechts = st.columns(2, gap="large")
    with links:
        # A flow is never one side alone: in, out and what is left stand together.
        saldo = data.indicatoren(merk)[samenvatting.INSTROOM].balans
        namen = {samenvatting.INSTROOM: "Instroom", samenvatting.UITSTROOM: "Uitstroom", saldo: "Saldo"}
        stromen = [Lijn(naam, _main(haal(i))) for i, naam in namen.items()]
        _show_trend(merk, samenvatting.INSTROOM, stromen, samenvatting.flow_title(haal))
    with rechts:
        for kaart in kaarten:
            if kaart.rij.is_prognose:
                st.subheader(samenvatting.forecast_title(kaart.indicator, kaart.rij), anchor=False)
                onderdelen.show(kernkaartjes.forecast(kaart))
                onderdelen.source_line([kaart.rij, *kaart.scenarios], kaart.indicator.indicator_id)
                onderdelen.page_link("knoppen", "Wat zou welke maatregel schelen?")


def _show_coverage(merk: Kenmerk, rijen: Sequence[Waarneming]) -> None:
    breuken, branches = data.trendbreuken(merk), data.branches(merk)
    paren, momenten = dekking.pairs(rijen, branches)
    if not paren:
        return
    titel = zinnen.coverage_title(twee_momenten.changes(paren, breuken), branches)
    st.header(titel, anchor=False)
    onder = "Aandeel medewerkers dat werkt bij een lid van een werkgeversorganisatie, per branche, in procent."
    onderdelen.show(tag("p", onder, klasse="rm-onder"))
    namen = {code: branches[code].naam_kort for code in paren}
    tweepuntsvak.show(
        Tweepunts(
            "dekkingsgraad_per_branche",
            titel,
            onder,
            "branche",
            paren,
            momenten,
            namen,
            breuken,
            voluit={code: branches[code].naam for code in paren},
        )
    )
    onderdelen.source_line(twee_momenten.figures(paren), dekking.INDICATOR)


def _show_trends(merk: Kenmerk, haal: Haal) -> None:
    if not any(map(haal, (samenvatting.VACATURES, _OPLEIDINGEN, knoppen.VERZUIM))):
        return
    st.header("In de loop van de tijd", anchor=False)
    links, rechts = st.columns(2, gap="large")
    with links:
        _show_trend(merk, samenvatting.VACATURES, [Lijn("Zorg en welzijn", _main(haal(samenvatting.VACATURES)))])
        _show_trend(merk, _OPLEIDINGEN, _programmes(haal(_OPLEIDINGEN)))
    with rechts:
        verzuim = haal(knoppen.VERZUIM)
        kern = _main(verzuim)
        anders = select_series(verzuim, uitsplitsing=kern[0].uitsplitsing if kern else None, branche="ALLE")
        _show_trend(merk, knoppen.VERZUIM, [Lijn("Zorg en welzijn", kern), Lijn("Hele economie", anders)])


def _main(rijen: Sequence[Waarneming]) -> tuple[Waarneming, ...]:
    """Return the core series of the country."""
    return core_series(rijen)


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


def _show_trend(merk: Kenmerk, indicator_id: str, lijnen: Sequence[Lijn], titel: str = "") -> None:
    indicator = data.indicatoren(merk).get(indicator_id)
    lijnen = [lijn for lijn in lijnen if lijn.rijen]
    if indicator is None or not lijnen:
        return
    breuken = data.trendbreuken(merk)
    reeksen = [lijn.rijen for lijn in lijnen]
    vergelijkt = not titel and len(lijnen) < 3
    if vergelijkt:
        zin = zinnen.trend_clause(reeksen[0], indicator.eenheid, breuken, data.verschillen(merk))
        titel = zinnen.trend_title(indicator.titel, zin)
    naast = "" if titel else zinnen.several_scope(reeksen, breuken)
    titel = titel or zinnen.several_title(indicator.titel, reeksen, breuken)
    st.subheader(titel, anchor=False)
    rijen = [r for reeks in reeksen for r in reeks]
    onder = f"{zinnen.scope_text(indicator, reeksen, breuken, vergelijkt=vergelijkt)} {naast}".strip()
    onderdelen.show(tag("p", onder, klasse="rm-bron"))
    trendvak.show_with_table(Trend(indicator_id, titel, onder, indicator.eenheid, lijnen, breuken), indicator_id)
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
    onderdelen.show_table(
        Tabelvak(
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
            getallen=(3, 4),
            vak="pijlers",
        ),
        Download("uitkomsten_per_pijler", cijferrijen.CSV_KOLOMMEN, lambda: cijferrijen.csv_rows(u.rij for u in alle)),
    )
    onderdelen.source_line([u.rij for u in alle], alle[0].indicator.indicator_id)
