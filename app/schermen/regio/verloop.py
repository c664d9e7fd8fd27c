"""One figure of a region up close: in the course of time, and per branche."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from app.beeld import charts, cijferrijen, stijl
from app.beeld.markup import join, tag
from app.beeld.onderwerp import tweepunts
from app.beeld.plaatje import Plaatje, Teken
from app.lezen import data
from app.lezen.catalogus import first_of
from app.lezen.onderwerp import enquetecijfers, ontledingen, regiogegevens
from app.lezen.rijen import Branche, Indicator, Kenmerk, Regio, Verschil, Waarneming
from app.oordeel import bijschriften, cijfer, modelschatting, zinnen
from app.oordeel.cijfer import Cijferkeuze
from app.oordeel.echt import has_examples
from app.oordeel.reeksen import VERGELIJKBAAR, breaks_between, core_series, main_breakdown
from app.oordeel.vergelijken import regelgrens, waarom
from app.oordeel.vergelijken.naast_elkaar import per_branche
from app.oordeel.vergelijken.twee_momenten import Paar
from app.raam.keuze import selectie
from app.raam.meenemen.downloads import Download
from app.raam.vakken import leeg, onderdelen, trendvak
from app.raam.vakken.onderdelen import Tabelvak
from app.schermen.regio import vergelijking
from app.taal.opmaak import hoofdletter
from pipelines.afspraken.codelijsten import LAND, TOTAAL, Plek


def show(merk: Kenmerk, regio: Regio, voorbeeld: bool) -> None:
    """Show the trend and the branches of the figure that the reader chooses."""
    st.header("Eén cijfer van dichtbij", anchor=False)
    namen = regiogegevens.indicatoren_van(merk, regio.regio_code, voorbeeld)
    catalogus = data.indicatoren(merk)
    if not namen:
        leeg.show(merk, f"Van {regio.naam} zijn er nog geen echte cijfers.", regio.niveau, regio=regio.regio_code)
        return
    eerste = first_of(catalogus, Plek.KEUZE, namen) or namen[0]
    naam = selectie.field("indicator", "Cijfer", namen, eerste, lambda i: catalogus[i].titel).choose()
    indicator = catalogus[naam]
    rijen = data.waarnemingen(merk, naam, voorbeeld)
    eigen = [r for r in rijen if r.regio_code == regio.regio_code and not r.categorie]
    reeks = core_series(rijen, regio.niveau, regio.regio_code)
    uitsplitsing = reeks[-1].uitsplitsing if reeks else main_breakdown(eigen) or ""
    _show_trend(merk, Cijferkeuze(indicator, regio, uitsplitsing, "", TOTAAL, rijen))
    _show_branches(merk, indicator, regio, [r for r in rijen if r.uitsplitsing == uitsplitsing and not r.categorie])
    vergelijking.show(merk, indicator, regio, rijen)


def _show_trend(merk: Kenmerk, keuze: Cijferkeuze) -> None:
    sleutel = f"verloop_{keuze.regio.regio_code}_{keuze.indicator.indicator_id}"
    trend, reeks = replace(cijfer.trend(merk, keuze), sleutel=sleutel), keuze.rows(keuze.regio.regio_code)
    st.subheader(trend.titel, anchor=False)
    onderdelen.show(tag("p", trend.onder, klasse="rm-bron"))
    trendvak.show_with_table(trend, "verloop")
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


def _show_branches(merk: Kenmerk, indicator: Indicator, regio: Regio, rijen: Sequence[Waarneming]) -> None:
    """Show the newest figure per branche, beside the same of Nederland where that can be compared."""
    branches, met_land = data.branches(merk), indicator.eenheid in VERGELIJKBAAR
    momenten = per_branche(rijen, list(branches), regio.regio_code, met_land=met_land)
    if not momenten:
        onderdelen.show(tag("p", "Dit cijfer is er niet per branche voor deze regio.", klasse="rm-bron"))
        return
    paren = momenten[-1]
    nu = [r for _, r in paren.values() if r is not None]
    getoond = [r for paar in paren.values() for r in paar if r is not None]
    titel = zinnen.marked(f"{indicator.titel} per branche in {regio.naam}, {nu[0].periode_naam}", getoond)
    st.subheader(titel, anchor=False)
    if indicator.eenheid == "aandeel" and any(r.waarde is not None for r in nu):
        _show_dumbbell(paren, branches, regio, titel, getoond)
    alles = [r for moment in momenten for paar in moment.values() for r in paar if r is not None]
    namen = dict.fromkeys(next(r.periode_naam for _, r in m.values() if r is not None) for m in momenten)
    titel = zinnen.marked(f"{indicator.titel} per branche in {regio.naam}, {' en '.join(namen)}", alles)
    _show_branch_table(momenten, branches, indicator, regio, titel)
    if met_land and has_examples(nu) and any(r.regio_code == LAND and not r.is_voorbeeld for r in rijen):
        waar = selectie.wijzer().evidence(f"{indicator.titel} in Nederland", indicator, LAND)
        zin = "Van Nederland zijn er echte cijfers; die staan niet naast verzonnen cijfers. "
        onderdelen.show(tag("p", zin, waar, klasse="rm-bron"))
    onderdelen.status_notes(alles)
    onderdelen.source_line(alles, indicator.indicator_id)


def _show_dumbbell(
    paren: dict[str, Paar], branches: dict[str, Branche], regio: Regio, titel: str, getoond: Sequence[Waarneming]
) -> None:
    hoogste = charts.top_of_axis([r.waarde or 0 for r in getoond])
    namen = {code: branches[code].naam_kort for code in paren}
    met_land = any(land is not None and land.waarde is not None for land, _ in paren.values())
    naast = ", naast Nederland" if met_land else ""
    legenda = [tag("li", tag("i", klasse="rm-punt"), "Nederland")] if met_land else []
    legenda.append(tag("li", tag("i", klasse="rm-punt rm-punt-vol"), regio.naam))
    onderdelen.show(tag("ul", *legenda, klasse="rm-legenda"))
    kleur = stijl.LICHT.reeksen[0]
    tekens = (Teken("open_punt", kleur, "Nederland"), Teken("punt", kleur, regio.naam))
    onderdelen.chart(
        lambda thema: charts.dumbbell_spec(thema, len(paren), hoogste, met_land),
        tweepunts.beside_rows(paren, ("Nederland", regio.naam), namen),
        alt=f"Puntgrafiek per branche. {titel}{naast}. De tabel onder de grafiek heeft dezelfde cijfers.",
        sleutel="grafiek_regio_branches",
        plaatje=Plaatje(
            bestand=f"branches_{regio.regio_code}",
            titel=titel,
            onder=f"Aandeel in procent{naast}.",
            bron=bijschriften.all_sources(getoond),
            voorbeeld=bijschriften.example_sentence(
                {
                    wie: [r for r in kant if r is not None]
                    for wie, kant in zip(("Nederland", regio.naam), zip(*paren.values(), strict=True), strict=True)
                }
            ),
            tekens=tekens if met_land else tekens[1:],
        ),
    )


def _show_branch_table(
    momenten: Sequence[dict[str, Paar]], branches: dict[str, Branche], indicator: Indicator, regio: Regio, titel: str
) -> None:
    """Show the region, and Nederland where it compares, at each moment; the remark is of the region's newest figure."""
    kolommen = _branch_columns(momenten, regio)
    nieuwste = momenten[-1]
    getoond = [r for kolom in kolommen.values() for r in kolom.values()]
    onderdelen.show_table(
        Tabelvak(
            titel,
            ("Branche", *kolommen, "Opmerking"),
            [
                (
                    branches[code].naam,
                    *(
                        zinnen.figure(kolom[code], indicator.eenheid) if code in kolom else "geen cijfer"
                        for kolom in kolommen.values()
                    ),
                    bijschriften.remark(eigen) if eigen is not None else "",
                )
                for code, (_, eigen) in nieuwste.items()
            ],
            getallen=range(1, len(kolommen) + 1),
            vak="branches",
        ),
        Download(
            f"branches_{regio.regio_code}_{indicator.indicator_id}_{getoond[-1].periode.replace('/', '-')}",
            cijferrijen.CSV_KOLOMMEN,
            lambda: cijferrijen.csv_rows(getoond),
        ),
    )


def _branch_columns(momenten: Sequence[dict[str, Paar]], regio: Regio) -> dict[str, dict[str, Waarneming]]:
    """Return the figures per branche by the head of their column: the region at each moment, then Nederland."""
    kolommen: dict[str, dict[str, Waarneming]] = {}
    for kant, naam in ((1, hoofdletter(regio.naam)), (0, "Nederland")):
        for paren in momenten:
            kolom = {code: rij for code, paar in paren.items() if (rij := paar[kant]) is not None}
            if kolom:
                periode = next(iter(kolom.values())).periode_naam
                kolommen[naam if len(momenten) == 1 else f"{naam}, {periode}"] = kolom
    return kolommen
