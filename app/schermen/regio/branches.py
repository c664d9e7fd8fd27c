"""A figure of a region per branche, then and now: of the region, of Nederland and of regions like it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from app.beeld import charts, cijferrijen, stijl
from app.beeld.markup import tag
from app.beeld.onderwerp import tweepunts
from app.beeld.plaatje import Plaatje, Teken
from app.lezen import data
from app.lezen.rijen import Branche, Indicator, Kenmerk, Regio, Waarneming
from app.oordeel import bijschriften, zinnen
from app.oordeel.echt import has_examples, is_mixed
from app.oordeel.reeksen import VERGELIJKBAAR
from app.oordeel.vergelijken import naast_elkaar, twee_momenten
from app.oordeel.vergelijken.naast_elkaar import per_branche
from app.oordeel.vergelijken.twee_momenten import Paar
from app.raam.keuze import selectie
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen, tweepuntsvak
from app.raam.vakken.onderdelen import Tabelvak
from app.raam.vakken.tweepuntsvak import Tweepunts
from app.taal.opmaak import hoofdletter
from pipelines.afspraken.codelijsten import LAND, Status

GELIJK = "Regio's zoals deze"
# The same for every region, so that the browser need not draw a chart anew; what it is about is the heading above it.
_ALT = "Puntgrafiek per branche. De tabel onder de grafiek heeft dezelfde cijfers."


@dataclass(frozen=True)
class Kant:
    """One chart of the row: whose figures they are, and per branche two of them."""

    naam: str
    paren: dict[str, Paar]


def show(merk: Kenmerk, indicator: Indicator, regio: Regio, gelijk: Sequence[str], rijen: Sequence[Waarneming]) -> None:
    """Show the figures per branche as charts beside each other, and under them as one table."""
    branches, met_land = data.branches(merk), indicator.eenheid in VERGELIJKBAAR
    momenten = per_branche(rijen, list(branches), regio.regio_code, met_land=met_land)
    if not momenten:
        onderdelen.show(tag("p", "Dit cijfer is er niet per branche voor deze regio.", klasse="rm-bron"))
        return
    nu = [r for _, r in momenten[-1].values() if r is not None]
    alles = [r for moment in momenten for paar in moment.values() for r in paar if r is not None]
    namen = dict.fromkeys(next(r.periode_naam for _, r in m.values() if r is not None) for m in momenten)
    titel = zinnen.marked(f"{indicator.titel} per branche in {regio.naam}, {' en '.join(namen)}", alles)
    st.subheader(titel, anchor=False)
    zoals = naast_elkaar.range_per_branche(rijen, list(momenten[-1]), gelijk, nu[0].periode)
    if indicator.eenheid == "aandeel" and any(r.waarde is not None for r in nu):
        if len(momenten) == 1:
            getoond = [r for paar in momenten[-1].values() for r in paar if r is not None]
            _show_dumbbell(momenten[-1], branches, regio, titel, getoond)
        else:
            _show_row(merk, indicator, regio, momenten, zoals, rijen)
    _show_branch_table(momenten, branches, indicator, regio, titel, zoals)
    onderdelen.status_notes(alles)
    onderdelen.source_line(alles, indicator.indicator_id)


def _show_row(
    merk: Kenmerk,
    indicator: Indicator,
    regio: Regio,
    momenten: Sequence[dict[str, Paar]],
    zoals: dict[str, Paar],
    rijen: Sequence[Waarneming],
) -> None:
    """Show the region then and now, and beside it in charts of their own Nederland and the regions like this one.

    What is made up and what is real never share a chart; beside each other it is said which is which.
    """
    branches = data.branches(merk)
    toen, nu = momenten[0], momenten[-1]
    eigen = Kant(regio.naam, {code: (toen[code][1] if code in toen else None, nu[code][1]) for code in nu})
    perioden = [next(r.periode for _, r in m.values() if r is not None) for m in (toen, nu)]
    land = Kant("Nederland", naast_elkaar.of_country(rijen, list(nu), perioden))
    kanten = [kant for kant in (eigen, land) if _has_values(kant.paren)]
    alle = [r for kant in (*kanten, Kant("", zoals)) for paar in kant.paren.values() for r in paar if r is not None]
    top = charts.top_of_axis([r.waarde or 0 for r in alle])
    momentnamen = naast_elkaar.moment_names(eigen.paren)
    onderdelen.show(tweepunts.legend(momentnamen))
    vak = Tweepunts(
        f"branches_{regio.regio_code}", "", "Aandeel in procent.", "branche", {}, momentnamen,
        {code: branches[code].naam_kort for code in nu}, data.trendbreuken(merk),
        voluit={code: branches[code].naam for code in nu},
    )  # fmt: skip
    kolommen = st.columns(len(kanten) + bool(zoals), gap="medium")
    for nummer, (kant, kolom) in enumerate(zip(kanten, kolommen, strict=False)):
        wat = zinnen.marked(f"{indicator.titel} per branche, {kant.naam}", twee_momenten.figures(kant.paren))
        dit = replace(vak, sleutel=f"{vak.sleutel}_{nummer}", titel=wat, paren=kant.paren, plek=f"branches_{nummer}",
                      alt=_ALT)  # fmt: skip
        with kolom:
            gehoord = tag("span", f": {wat}", klasse="rm-gehoord")
            onderdelen.show(tag("h4", hoofdletter(kant.naam), gehoord, klasse="rm-kanttitel"))
            tweepuntsvak.draw(dit, top=top)
    if zoals:
        with kolommen[-1]:
            _show_range(regio, zoals, vak, f"{indicator.titel} per branche", top)
    onderdelen.show(tweepunts.notes(eigen.paren, vak.namen, vak.breuken, "aandeel"))
    if land in kanten and is_mixed([*twee_momenten.figures(eigen.paren), *twee_momenten.figures(land.paren)]):
        _show_which(indicator, regio, replace(vak, sleutel="branches_land", paren=land.paren,
                                             titel=f"{indicator.titel} per branche in Nederland"))  # fmt: skip


def _show_which(indicator: Indicator, regio: Regio, land: Tweepunts) -> None:
    """Say which of the charts is made up, and give the figures of Nederland a table of their own."""
    verzonnen = regio.naam if has_examples(twee_momenten.figures(land.paren)) is False else "Nederland"
    echt = "Nederland" if verzonnen == regio.naam else regio.naam
    zin = f"{echt}: echte cijfers. Die van {verzonnen} zijn verzonnen: vergelijk ze niet. "
    zin += f"Bron: {bijschriften.source_text(twee_momenten.figures(land.paren))}. "
    waar = selectie.wijzer().evidence(f"{indicator.titel} in Nederland", indicator, LAND)
    onderdelen.show(tag("p", zin, waar, klasse="rm-bron"))
    tweepuntsvak.show_table(land)


def _show_range(regio: Regio, zoals: dict[str, Paar], vak: Tweepunts, wat: str, top: float) -> None:
    """Show between which figures the regions like this one lie, per branche."""
    periode = next(r.periode_naam for paar in zoals.values() for r in paar if r is not None)
    kop, einden = f"{GELIJK}, {periode}", ("laagste", "hoogste")
    titel = f"{wat}, {GELIJK.lower()}, van laag naar hoog"
    onderdelen.show(tag("h4", f"{kop}: laag tot hoog", klasse="rm-kanttitel"))
    onderdelen.chart(
        lambda thema: charts.dumbbell_spec(thema, len(zoals), top),
        tweepunts.beside_rows(zoals, einden, vak.namen, met_beide=True),
        alt=f"Puntgrafiek per branche. {titel}. De tabel onder de grafiek heeft dezelfde cijfers.",
        sleutel="grafiek_branches_gelijk",
        plaatje=replace(
            tweepunts.picture(f"branches_gelijk_{regio.regio_code}", zoals, einden, vak.namen),
            titel=titel,
            onder="Aandeel in procent.",
        ),
    )


def _has_values(paren: Mapping[str, Paar]) -> bool:
    return any(r.waarde is not None for r in twee_momenten.figures(paren))


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
        alt=_ALT,
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
    momenten: Sequence[dict[str, Paar]],
    branches: dict[str, Branche],
    indicator: Indicator,
    regio: Regio,
    titel: str,
    zoals: dict[str, Paar],
) -> None:
    """Show the region, and Nederland where it compares, at each moment; the remark is of the region's newest figure."""
    kolommen = _branch_columns(momenten, regio)
    nieuwste = momenten[-1]
    getoond = [r for kolom in kolommen.values() for r in kolom.values()]
    mee = [*getoond, *dict.fromkeys(r for paar in zoals.values() for r in paar if r is not None)]
    onderdelen.show_table(
        Tabelvak(
            titel,
            ("Branche", *kolommen, *([GELIJK] if zoals else []), "Opmerking"),
            [
                (
                    branches[code].naam,
                    *(
                        zinnen.figure(kolom[code], indicator.eenheid) if code in kolom else Status.ONTBREEKT.naam
                        for kolom in kolommen.values()
                    ),
                    *([_range_text(zoals.get(code), indicator.eenheid)] if zoals else []),
                    bijschriften.remark(eigen) if eigen is not None else "",
                )
                for code, (_, eigen) in nieuwste.items()
            ],
            getallen=range(1, len(kolommen) + 1 + bool(zoals)),
            vak="branches",
        ),
        Download(
            f"branches_{regio.regio_code}_{indicator.indicator_id}_{getoond[-1].periode.replace('/', '-')}",
            cijferrijen.CSV_KOLOMMEN,
            lambda: cijferrijen.csv_rows(mee),
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


def _range_text(paar: Paar | None, eenheid: str) -> str:
    """Write between which figures regions lie; nothing where fewer than two of them have one."""
    if paar is None or paar[0] is None or paar[1] is None:
        return ""
    return f"{zinnen.figure(paar[0], eenheid)} tot {zinnen.figure(paar[1], eenheid)}"
