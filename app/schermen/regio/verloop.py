"""One figure of a region up close: in the course of time, and per branche."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import streamlit as st

from app.beeld import charts, cijferrijen, stijl
from app.beeld.markup import join, tag
from app.beeld.plaatje import Plaatje, Teken
from app.beeld.trend import Lijn
from app.lezen import data, regiogegevens
from app.lezen.catalogus import first_of
from app.lezen.data import Branche, Indicator, Kenmerk, Regio, Waarneming
from app.oordeel import bijschriften, zinnen
from app.oordeel.reeksen import breaks_between, main_breakdown, select_series
from app.oordeel.regiokern import VERGELIJKBAAR
from app.raam import onderdelen, selectie, trendvak
from app.taal.opmaak import hoofdletter
from pipelines.afspraken.codelijsten import LAND, TOTAAL, Plek

_KOLOMMEN = pa.schema(
    [
        ("laag", pa.string()), ("rij", pa.string()), ("volgorde", pa.int8()), ("waarde", pa.float64()),
        ("waarde2", pa.float64()), ("is_eerste", pa.bool_()), ("moment", pa.string()), ("uitleg", pa.string()),
        ("twijfel", pa.bool_()), ("tekst", pa.string()), ("kort", pa.string()), ("gedempt", pa.bool_()),
    ]
)  # fmt: skip
Paar = tuple[Waarneming | None, Waarneming | None]


def show(merk: Kenmerk, regio: Regio, echt: bool) -> None:
    """Show the trend and the branches of the figure that the reader chooses."""
    st.header("Eén cijfer van dichtbij", anchor=False)
    namen = regiogegevens.indicatoren_van(merk, regio.regio_code, echt)
    catalogus = data.indicatoren(merk)
    if not namen:
        onderdelen.notice(f"Van {regio.naam} zijn er nu geen cijfers.")
        return
    eerste = first_of(catalogus, Plek.KEUZE, namen) or namen[0]
    naam = selectie.choose("indicator", "Cijfer", namen, eerste, lambda i: catalogus[i].titel)
    indicator = catalogus[naam]
    rijen = data.waarnemingen(merk, naam, echt)
    eigen = [r for r in rijen if r.regio_code == regio.regio_code and not r.categorie]
    uitsplitsing = main_breakdown([r for r in eigen if r.branche_code == TOTAAL]) or ""
    _show_trend(merk, indicator, regio, rijen, uitsplitsing)
    _show_branches(merk, indicator, regio, [r for r in rijen if r.uitsplitsing == uitsplitsing and not r.categorie])


def _show_trend(
    merk: Kenmerk, indicator: Indicator, regio: Regio, rijen: Sequence[Waarneming], uitsplitsing: str
) -> None:
    breuken = data.trendbreuken(merk)
    reeks = select_series(rijen, uitsplitsing=uitsplitsing, regio=regio.regio_code)
    reeks = tuple(r for r in reeks if r.periode_soort == reeks[-1].periode_soort)
    lijnen = [Lijn(regio.naam, reeks)]
    if indicator.eenheid in VERGELIJKBAAR:
        perioden = {r.periode for r in reeks}
        land = [r for r in select_series(rijen, uitsplitsing=uitsplitsing) if r.periode in perioden]
        lijnen += [Lijn("Nederland", tuple(land))] if land else []
    alle = [lijn.rijen for lijn in lijnen]
    getoetst = data.verschillen(merk)
    titel = zinnen.trend_title(f"{indicator.titel} in {regio.naam}", reeks, indicator.eenheid, breuken, getoetst)
    titel = zinnen.marked(titel, reeks)
    st.subheader(titel, anchor=False)
    onder = zinnen.scope_text(indicator, alle, breuken, vergelijkt=True)
    onderdelen.show(tag("p", onder, klasse="rm-bron"))
    trendvak.show_with_table(
        lijnen,
        indicator.eenheid,
        breuken,
        titel=titel,
        sleutel=f"verloop_{regio.regio_code}_{indicator.indicator_id}",
        vak="verloop",
        onder=onder,
    )
    _show_breaks(merk, reeks)
    onderdelen.source_line([r for rijen_ in alle for r in rijen_], indicator.indicator_id)


def _show_breaks(merk: Kenmerk, reeks: Sequence[Waarneming]) -> None:
    """Say why the line is broken, where it is."""
    if not reeks:
        return
    teksten = {breuk.tekst for breuk in breaks_between(reeks[0], reeks[-1], data.trendbreuken(merk))}
    if teksten:
        onderdelen.show(tag("ul", join(tag("li", tekst) for tekst in sorted(teksten)), klasse="rm-noten"))


def _show_branches(merk: Kenmerk, indicator: Indicator, regio: Regio, rijen: Sequence[Waarneming]) -> None:
    """Show the newest figure per branche, beside the same of Nederland where that can be compared."""
    eigen = [r for r in rijen if r.regio_code == regio.regio_code]
    perioden = sorted({(r.eind, r.periode) for r in eigen if r.branche_code != TOTAAL})
    if not perioden:
        onderdelen.show(tag("p", "Dit cijfer is er niet per branche voor deze regio.", klasse="rm-bron"))
        return
    periode = perioden[-1][1]
    branches = data.branches(merk)
    nu = {r.branche_code: r for r in eigen if r.periode == periode}
    land = {
        r.branche_code: r
        for r in rijen
        if r.regio_code == LAND and r.periode == periode and indicator.eenheid in VERGELIJKBAAR
    }
    paren: dict[str, Paar] = {code: (land.get(code), nu[code]) for code in branches if code in nu}
    een = next(iter(nu.values()))
    getoond = [r for paar in paren.values() for r in paar if r is not None]
    titel = zinnen.marked(f"{indicator.titel} per branche in {regio.naam}, {een.periode_naam}", getoond)
    st.subheader(titel, anchor=False)
    if indicator.eenheid == "aandeel" and any(r.waarde is not None for r in nu.values()):
        _show_dumbbell(paren, branches, regio, titel, getoond)
    _show_branch_table(paren, branches, indicator, regio, titel, periode)
    onderdelen.status_notes(getoond)
    onderdelen.source_line(getoond, indicator.indicator_id)


def _show_dumbbell(
    paren: dict[str, Paar], branches: dict[str, Branche], regio: Regio, titel: str, getoond: Sequence[Waarneming]
) -> None:
    hoogste = charts.top_of_axis([r.waarde or 0 for r in getoond])
    is_voorbeeld = any(r.is_voorbeeld for r in getoond)
    rows: list[dict[str, object]] = [{"laag": "stempel"}] if is_voorbeeld else []
    for volgorde, (code, paar) in enumerate(paren.items()):
        rows += _branch_rows(branches[code].naam_kort, volgorde, paar, regio)
    onderdelen.show(
        tag(
            "ul",
            tag("li", tag("i", klasse="rm-punt"), "Nederland"),
            tag("li", tag("i", klasse="rm-punt rm-punt-vol"), regio.naam),
            klasse="rm-legenda",
        )
    )
    kleur = stijl.LICHT.reeksen[0]
    onderdelen.chart(
        lambda thema: charts.dumbbell_spec(thema, len(paren), hoogste),
        pa.Table.from_pylist([{n: row.get(n) for n in _KOLOMMEN.names} for row in rows], schema=_KOLOMMEN),
        alt=f"Puntgrafiek per branche. {titel}, naast Nederland. De tabel onder de grafiek heeft dezelfde cijfers.",
        sleutel="grafiek_regio_branches",
        plaatje=Plaatje(
            bestand=f"branches_{regio.regio_code}",
            titel=titel,
            onder="Aandeel in procent, naast Nederland.",
            bron=bijschriften.all_sources(getoond),
            voorbeeld=bijschriften.example_sentence(
                {
                    wie: [r for r in kant if r is not None]
                    for wie, kant in zip(("Nederland", regio.naam), zip(*paren.values(), strict=True), strict=True)
                }
            ),
            tekens=(Teken("open_punt", kleur, "Nederland"), Teken("punt", kleur, regio.naam)),
        ),
    )


def _branch_rows(naam: str, volgorde: int, paar: Paar, regio: Regio) -> list[dict[str, object]]:
    basis: dict[str, object] = {"rij": naam, "volgorde": volgorde}
    land, eigen = paar
    rows: list[dict[str, object]] = []
    if land is not None and eigen is not None and land.waarde is not None and eigen.waarde is not None:
        rows.append({**basis, "laag": "lijn", "waarde": land.waarde, "waarde2": eigen.waarde, "twijfel": False})
    for rij, wie, is_land in ((land, "Nederland", True), (eigen, regio.naam, False)):
        if rij is not None and rij.waarde is not None:
            uitleg = zinnen.figure(rij, "aandeel")
            rows.append(
                {**basis, "laag": "punt", "waarde": rij.waarde, "is_eerste": is_land, "moment": wie,
                 "uitleg": f"{uitleg} (voorbeelddata)" if rij.is_voorbeeld else uitleg}
            )  # fmt: skip
    tekst = zinnen.figure(eigen, "aandeel") if eigen is not None else ""
    kort = tekst if eigen is not None and eigen.waarde is not None else ""
    return [*rows, {**basis, "laag": "label", "tekst": tekst, "kort": kort, "gedempt": not kort}]


def _show_branch_table(
    paren: dict[str, Paar], branches: dict[str, Branche], indicator: Indicator, regio: Regio, titel: str, periode: str
) -> None:
    getoond = [r for paar in paren.values() for r in paar if r is not None]
    heeft_land = any(land is not None for land, _ in paren.values())

    def _cells(land: Waarneming | None, eigen: Waarneming | None) -> tuple[str, ...]:
        hier = zinnen.figure(eigen, indicator.eenheid) if eigen is not None else "geen cijfer"
        daar = zinnen.figure(land, indicator.eenheid) if land is not None else ""
        return (hier, daar) if heeft_land else (hier,)

    onderdelen.table_and_download(
        titel,
        ("Branche", hoofdletter(regio.naam), *(["Nederland"] if heeft_land else []), "Opmerking"),
        [
            (branches[code].naam, *_cells(land, eigen), bijschriften.remark(eigen) if eigen is not None else "")
            for code, (land, eigen) in paren.items()
        ],
        bestand=f"branches_{regio.regio_code}_{indicator.indicator_id}_{periode.replace('/', '-')}",
        csv_kolommen=cijferrijen.CSV_KOLOMMEN,
        csv_rijen=lambda: cijferrijen.csv_rows(getoond),
        getallen=(1, 2) if heeft_land else (1,),
        vak="branches",
    )
