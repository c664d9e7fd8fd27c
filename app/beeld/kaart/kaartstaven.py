"""The bars beside a map: one per region, in the colour that the region has on the map and in the reader's order.

Pointing at a region on the one marks it on the other, by style alone: nothing is asked of the server.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import altair as alt
import pyarrow as pa

from app.beeld import charts, stijl
from app.beeld.charts import Spec
from app.beeld.kaart.kaartbeeld import Beeld
from app.beeld.kaart.kaartgrafiek import KEUZE
from app.beeld.kaart.kaartvorm import Kaartcijfers, Stof
from app.beeld.markup import Html, tag
from app.beeld.stijl import Thema
from app.lezen.rijen import Waarneming
from app.oordeel import zinnen
from app.oordeel.volgorde import Groep
from app.taal.korte_namen import korte_naam

STAVEN = "staven"
_RIJ = 18
# Room for the figures, and above for the words of the line of Nederland.
_CIJFERS, _BOVEN = 62, 18
# On a phone a name is the short one of the map.
_IS_SMAL = "width < 430"
_NAMEN = f"({_IS_SMAL} ? 92 : 224)"

_SCHEMA = pa.schema(
    [
        ("laag", pa.string()), ("rij", pa.string()), ("regio_code", pa.string()), ("waarde", pa.float64()),
        ("klasse", pa.int8()), ("patroon", pa.int8()), ("label", pa.string()), ("naam", pa.string()),
        ("kort", pa.string()), ("onder", pa.float64()), ("boven", pa.float64()),
    ]
)  # fmt: skip


def rows(beeld: Beeld, cijfers: Kaartcijfers, groepen: Sequence[Groep], land: Waarneming | None) -> pa.Table:
    """Return the rows of the chart: the words of each group, its regions, and the line of Nederland."""
    stof = Stof(cijfers, beeld.klassen)
    regels: list[dict[str, object]] = []
    for groep in groepen:
        if groep.kop:
            regels.append({"laag": "kop", "rij": groep.kop, "label": groep.kop})
        for code in groep.codes:
            vorm, rij = stof.shape(code), cijfers.rijen.get(code)
            regel = {**vorm, "laag": "regio", "rij": code, "regio_code": code, "waarde": cijfers.tile(code).waarde,
                     "label": str(vorm["label"]).replace("\n", " "),
                     "kort": korte_naam(code, cijfers.name(code)).replace("-\n", "-").replace("\n", " ")}  # fmt: skip
            if rij is not None and rij.waarde is not None and not beeld.is_verschil:
                regel |= {"onder": rij.onder, "boven": rij.boven}
            regels.append(regel)
    if land is not None and land.waarde is not None:
        tekst = f"Nederland {zinnen.figure(land, cijfers.indicator.eenheid)}"
        regels.append({"laag": "land", "waarde": land.waarde, "label": tekst})
    if beeld.met_voorbeeld:
        regels.append({"laag": "stempel"})
    return pa.Table.from_pylist([{n: regel.get(n) for n in _SCHEMA.names} for regel in regels], schema=_SCHEMA)


@functools.lru_cache(maxsize=64)
def spec(
    thema: Thema, namen: tuple[str, ...], bereik: tuple[float, float], is_tweezijdig: bool, heeft_land: bool,
    met_voorbeeld: bool,
) -> Spec:  # fmt: skip
    """Return the bars, from nought; `namen` are the rows from top to bottom, `bereik` what the axis holds."""
    palet = stijl.PALETTEN[thema]
    vlakken, inkten = stijl.class_colours(thema, is_tweezijdig)
    tinten = [stijl.hatch_tint(inkt, thema) for inkt in inkten]
    y = alt.Y(
        "rij:N", sort=list(namen), axis=None, scale=alt.Scale(domain=list(namen), paddingInner=0.25, paddingOuter=0)
    )
    x = alt.X("waarde:Q", axis=None)
    basis = alt.Chart().encode(y=y)
    regio = basis.transform_filter("datum.laag == 'regio'")
    staaf = regio.transform_filter("isValid(datum.waarde)")
    gelijk: dict[str, Any] = {"aria": False}
    lagen = [
        staaf.mark_bar(**gelijk, stroke=palet.lijn, strokeWidth=0.5, opacity=1)
        .transform_calculate(vlak=f"{vlakken}[datum.klasse + 1]")
        .encode(x=x, fill=alt.Fill("vlak:N", scale=None)),
        staaf.transform_filter("datum.patroon > 0")
        .transform_calculate(arcering=f"'url(#rm-arc-' + min(datum.patroon, 3) + {tinten}[datum.klasse + 1] + ')'")
        .mark_bar(**gelijk, opacity=1)
        .encode(x=x, fill=alt.Fill("arcering:N", scale=None)),
        staaf.transform_filter("isValid(datum.onder)")
        .mark_rule(stroke=palet.inkt, strokeWidth=1.5, aria=False)
        .encode(x=alt.X("onder:Q", axis=None), x2="boven:Q"),
        *(_country(palet) if heeft_land else []),
        *_texts(regio, basis, palet),
        _touch(regio, palet),
    ]
    if met_voorbeeld:
        lagen.append(charts.stamp(palet, x="width", y="height", align="right")
                     .transform_filter("datum.laag == 'stempel'"))  # fmt: skip
    kaart = alt.layer(*lagen).properties(height=_RIJ * len(namen), width="container")
    klaar = charts.finish(kaart, thema)
    for laag in klaar["layer"]:
        kanaal = laag.get("encoding", {}).get("x", {})
        if "field" in kanaal:
            van, tot = {"expr": _NAMEN}, {"expr": f"width - {_CIJFERS}"}
            kanaal["scale"] = {"domain": list(bereik), "nice": False, "range": [van, tot]}
    klaar["padding"] = {"top": _BOVEN if heeft_land else 2, "bottom": 18 if met_voorbeeld else 2, "left": 0, "right": 0}
    return klaar


def _country(palet: stijl.Palet) -> list[alt.Chart]:
    """Return the line of Nederland, with its words above."""
    land = alt.Chart().transform_filter("datum.laag == 'land'").encode(x=alt.X("waarde:Q", axis=None))
    streep = land.mark_rule(stroke=palet.inkt, strokeWidth=1.5, strokeDash=[4, 3], aria=False)
    woord = land.mark_text(
        baseline="bottom", y=-3, fontSize=12, fill=palet.inkt, aria=False,
        align=alt.ExprRef("scale('x', datum.waarde) > width / 2 ? 'right' : 'left'"),
    ).encode(text="label:N")  # fmt: skip
    return [streep, woord]


def _texts(regio: alt.Chart, basis: alt.Chart, palet: stijl.Palet) -> list[alt.Chart]:
    """Return the figure and the name of each bar, each in a column of its own, and the words above each group."""
    cijfer = regio.mark_text(align="right", x="width", baseline="middle", fontSize=12, aria=False).encode(
        text="label:N",
        fill=alt.condition("isValid(datum.waarde)", alt.value(palet.inkt), alt.value(palet.gedempt)),
    )
    links: dict[str, Any] = {"align": "left", "x": 2, "baseline": "middle", "fontSize": 12, "aria": False}
    naam = (
        regio.transform_calculate(wie=f"{_IS_SMAL} ? datum.kort : datum.naam")
        .mark_text(**links, limit=alt.ExprRef(f"{_NAMEN} - 8"), fill=palet.inkt)
        .encode(text="wie:N")
    )
    kop = basis.transform_filter("datum.laag == 'kop'").mark_text(**links, fontWeight="bold", fill=palet.gedempt)
    return [cijfer, naam, kop.encode(text="label:N")]


def _touch(regio: alt.Chart, palet: stijl.Palet) -> alt.Chart:
    """Return what the reader points at and clicks: the whole row of a region, seen only when it is marked."""
    keuze = alt.selection_point(name=KEUZE, fields=["regio_code"], on="click", toggle="true", empty=False, clear=False)
    rij: alt.Chart = (
        regio.transform_calculate(gesproken="datum.naam + ': ' + datum.label")
        .properties(name="regels")
        .mark_rect(
            x=0, x2="width", fill=palet.inkt, fillOpacity=0, stroke=palet.reeksen[1], strokeOpacity=0, opacity=1,
            strokeWidth=2, cursor="pointer",
        )
        .encode(
            tooltip=[alt.Tooltip("naam:N", title="Regio"), alt.Tooltip("label:N", title="Cijfer")],
            description=alt.Description("gesproken:N"),
        )
        .add_params(keuze)
    )  # fmt: skip
    return rij


def reach(tabel: pa.Table, cijfers: Kaartcijfers) -> tuple[float, float]:
    """Return what the axis holds: nought, the figures of every period as on the map, and intervals."""
    waarden = [w for naam in ("waarde", "boven", "onder") for w in tabel.column(naam).to_pylist() if w is not None]
    alle = [0.0, *cijfers.values(), *waarden]
    return min(alle), max(alle) if max(alle) > min(alle) else min(alle) + 1.0


def row_names(tabel: pa.Table) -> tuple[str, ...]:
    """Return the rows from top to bottom as the axis has them."""
    return tuple(rij for rij in tabel.column("rij").to_pylist() if rij)


def regions(tabel: pa.Table) -> list[str]:
    """Return the codes of the regions from top to bottom."""
    return [code for code in tabel.column("regio_code").to_pylist() if code]


def together_style(beeld: Beeld, codes: Sequence[str], gekozen: str) -> Html:
    """Return the style by which pointing at a region on the map marks its bar, and the other way round.

    `codes` are the bars from top to bottom; the chosen region is marked in both.
    """
    vormen: dict[str, list[int]] = defaultdict(list)
    for nummer, code in enumerate(beeld.regio_van_vorm.values(), 1):
        vormen[code].append(nummer)
    soort = "tegels_marks" if beeld.is_tegelkaart else "vlakken_marks"
    op_kaart, op_staven = [], []
    for nummer, code in enumerate(codes, 1):
        plekken = [f":nth-child({n})" for n in vormen.get(code, ())]
        if plekken:
            samen = plekken[0] if len(plekken) == 1 else f":is({','.join(plekken)})"
            op_kaart.append(f"&:has(.regels_marks>:nth-child({nummer}):hover) .gekozen_marks>{samen}")
            op_staven.append(f"&:has(.{soort}>{samen}:hover) .regels_marks>:nth-child({nummer})")
    regels = [
        *([f"{','.join(op_kaart)}{{stroke:var(--rm-inkt);stroke-opacity:1}}"] if op_kaart else []),
        *([f"{','.join(op_staven)}{{fill-opacity:.14}}"] if op_staven else []),
        "& .regels_marks>:hover{fill-opacity:.14}",
    ]
    if gekozen in codes:
        regels.append(f"& .regels_marks>:nth-child({codes.index(gekozen) + 1}){{stroke-opacity:1}}")
    return tag("style", Html(f".st-key-rm-kaartscherm{{{''.join(regels)}}}"))
