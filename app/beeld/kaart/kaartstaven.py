"""The bars beside a map: one per region, in the colour that the region has on the map and in the reader's order.

Pointing at a region on the one marks it on the other, by style alone: nothing is asked of the server. Spec and rows
travel to the browser at every change of period, so what layers share is said once.
"""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.beeld import charts, stijl
from app.beeld.charts import Spec
from app.beeld.kaart.kaartbeeld import Beeld
from app.beeld.kaart.kaartgrafiek import ARCERING, KEUZE, hatch_tints
from app.beeld.kaart.kaartvorm import Kaartcijfers, Stof
from app.beeld.later import alt, pa
from app.beeld.markup import Html, tag
from app.beeld.stijl import Thema
from app.lezen.rijen import Waarneming
from app.oordeel import zinnen
from app.oordeel.vergelijken.volgorde import Rijgroep
from app.taal.korte_namen import in_one_line

STAVEN = "staven"
_RIJ = 18
# Room for the figures, and above for the words of the line of Nederland.
_CIJFERS, _BOVEN = 62, 18
# On a phone a name is the short one of the map.
_IS_SMAL = "width < 430"
_NAMEN = f"({_IS_SMAL} ? 92 : 224)"

_GRENZEN = ("onder", "boven")
# What a row is follows from what it holds: words of a group lie on a row of their own, Nederland lies on none.
_IS_REGIO, _IS_KOP = "datum.regio_code", "datum.label && !datum.regio_code && isValid(datum.rij)"
_IS_LAND = "datum.label && !isValid(datum.rij)"


@functools.cache
def _columns() -> pa.Schema:
    """Return what a bar holds."""
    return pa.schema(
        [
            ("rij", pa.int8()), ("regio_code", pa.string()), ("waarde", pa.float32()), ("klasse", pa.int8()),
            ("patroon", pa.int8()), ("label", pa.string()), ("naam", pa.string()), ("kort", pa.string()),
        ]
    )  # fmt: skip


def rows(beeld: Beeld, cijfers: Kaartcijfers, groepen: Sequence[Rijgroep], land: Waarneming | None) -> pa.Table:
    """Return the rows of the chart: the words of each group, its regions, and the line of Nederland.

    From top to bottom as they stand, for that is how they are read out; intervals only where there are any.
    """
    stof, teller = Stof(cijfers, beeld.klassen), itertools.count()
    regels: list[dict[str, object]] = []
    for groep in groepen:
        if groep.kop:
            regels.append({"rij": next(teller), "label": groep.kop})
        for code in groep.codes:
            vorm, rij, naam = stof.shape(code), cijfers.rijen.get(code), cijfers.name(code)
            kort = in_one_line(code, naam)
            regel = {
                **vorm,
                "rij": next(teller),
                "regio_code": code,
                "waarde": cijfers.tile(code).waarde,
                "label": str(vorm["label"]).replace("\n", " "),
                "kort": kort if kort != naam else None,
            }
            if rij is not None and rij.waarde is not None and not beeld.is_verschil:
                regel |= {"onder": rij.onder, "boven": rij.boven}
            regels.append(regel)
    if land is not None and land.waarde is not None:
        tekst = f"Nederland {zinnen.figure(land, cijfers.indicator.eenheid)}"
        regels.append({"waarde": land.waarde, "label": tekst})
    heeft_grenzen = any(regel.get("onder") is not None for regel in regels)
    schema = pa.schema([*_columns(), *(pa.field(naam, pa.float32()) for naam in _GRENZEN if heeft_grenzen)])
    return pa.Table.from_pylist(regels, schema=schema)


@dataclass(frozen=True)
class Vorm:
    """What the picture of the bars depends on, besides its rows: how many rows, what the axis holds, what there is."""

    aantal: int
    bereik: tuple[float, float]
    is_tweezijdig: bool
    heeft_grenzen: bool
    heeft_land: bool
    heeft_koppen: bool
    heeft_patronen: bool
    met_voorbeeld: bool


def shape_of(tabel: pa.Table, cijfers: Kaartcijfers, beeld: Beeld) -> Vorm:
    """Return what the picture of these rows depends on."""
    rijen = tabel.column("rij")
    return Vorm(
        aantal=len(rijen) - rijen.null_count,
        bereik=_reach(tabel, cijfers),
        is_tweezijdig=bool(beeld.klassen and beeld.klassen.is_tweezijdig),
        heeft_grenzen="onder" in tabel.column_names,
        heeft_land=rijen.null_count > 0,
        heeft_koppen=len(regions(tabel)) < len(rijen) - rijen.null_count,
        heeft_patronen=any(tabel.column("patroon").to_pylist()),
        met_voorbeeld=beeld.met_voorbeeld,
    )


@functools.lru_cache(maxsize=64)
def spec(thema: Thema, vorm: Vorm) -> Spec:
    """Return the bars, from nought, each on the row of its number."""
    palet = stijl.PALETTEN[thema]
    staven, per_regio = _bars(thema, vorm), [*_texts(palet), _touch(palet)]
    lagen = [*staven, *per_regio]
    if vorm.heeft_koppen:
        kop = alt.Chart().transform_filter(_IS_KOP).mark_text(**_LINKS, fontWeight="bold", fill=palet.gedempt)
        lagen.append(kop.encode(y=alt.Y("rij:O", axis=None), text="label:N"))
    if vorm.heeft_land:
        lagen += _country(palet)
    if vorm.met_voorbeeld:
        # One row, whatever the data: the word must be drawn once.
        lagen.append(charts.stamp(palet, x="width", y="height", align="right").transform_aggregate(n="count()"))
    klaar = charts.finish(alt.layer(*lagen).properties(height=_RIJ * vorm.aantal, width="container"), thema)
    klaar["layer"] = _grouped(klaar["layer"], len(staven), len(per_regio), vorm)
    # No axis is drawn.
    del klaar["config"]["axis"]
    klaar["padding"] = {
        "top": _BOVEN if vorm.heeft_land else 2,
        "bottom": 18 if vorm.met_voorbeeld else 2,
        "left": 0,
        "right": 0,
    }
    return klaar


def _grouped(lagen: Sequence[Spec], staven: int, per_regio: int, vorm: Vorm) -> list[Spec]:
    """Return the layers with the bars and what each region has in groups, which say once where these lie."""
    x = {
        "field": "waarde", "type": "quantitative", "axis": None,
        "scale": {"domain": list(vorm.bereik), "nice": False,
                  "range": [{"expr": _NAMEN}, {"expr": f"width - {_CIJFERS}"}]},
    }  # fmt: skip
    y = {
        "field": "rij", "type": "ordinal", "axis": None,
        "scale": {"domain": {"expr": f"sequence({vorm.aantal})"}, "paddingInner": 0.25, "paddingOuter": 0},
    }  # fmt: skip
    met_cijfer = {"transform": [{"filter": "isValid(datum.waarde)"}], "encoding": {"x": x}, "layer": lagen[:staven]}
    tot = staven + per_regio
    regio = {
        "transform": [{"filter": _IS_REGIO}], "encoding": {"y": y}, "layer": [met_cijfer, *lagen[staven:tot]],
    }  # fmt: skip
    return [regio, *lagen[tot:]]


def _bars(thema: Thema, vorm: Vorm) -> list[alt.Chart]:
    """Return the bar of each region that has a figure, its hatching, and its interval."""
    palet = stijl.PALETTEN[thema]
    vlakken, inkten = stijl.class_colours(thema, vorm.is_tweezijdig)
    staaf = (
        alt.Chart()
        .transform_calculate(vlak=f"{vlakken}[datum.klasse + 1]")
        .mark_bar(aria=False, stroke=palet.lijn, strokeWidth=0.5, opacity=1)
        .encode(fill=alt.Fill("vlak:N", scale=None))
    )
    arcering = (
        alt.Chart()
        .transform_filter("datum.patroon > 0")
        .transform_calculate(arcering=ARCERING.format(tinten=hatch_tints(inkten, thema)))
        .mark_bar(aria=False, opacity=1)
        .encode(fill=alt.Fill("arcering:N", scale=None))
    )
    interval = (
        alt.Chart()
        .transform_filter("isValid(datum.onder)")
        .mark_rule(stroke=palet.inkt, strokeWidth=1.5, aria=False)
        .encode(x=alt.X("onder:Q", axis=None), x2="boven:Q")
    )
    return [staaf, *([arcering] if vorm.heeft_patronen else []), *([interval] if vorm.heeft_grenzen else [])]


def _country(palet: stijl.Palet) -> list[alt.Chart]:
    """Return the line of Nederland, with its words above."""
    land = alt.Chart().transform_filter(_IS_LAND).encode(x=alt.X("waarde:Q", axis=None))
    streep = land.mark_rule(stroke=palet.inkt, strokeWidth=1.5, strokeDash=[4, 3], aria=False)
    woord = land.mark_text(
        baseline="bottom", y=-3, fontSize=12, fill=palet.inkt, aria=False,
        align=alt.ExprRef("scale('x', datum.waarde) > width / 2 ? 'right' : 'left'"),
    ).encode(text="label:N")  # fmt: skip
    return [streep, woord]


_LINKS: dict[str, Any] = {"align": "left", "x": 2, "baseline": "middle", "fontSize": 12, "aria": False}


def _texts(palet: stijl.Palet) -> list[alt.Chart]:
    """Return the figure and the name of each bar, each in a column of its own."""
    cijfer = (
        alt.Chart()
        .mark_text(align="right", x="width", baseline="middle", fontSize=12, aria=False)
        .encode(
            text="label:N",
            fill=alt.condition("isValid(datum.waarde)", alt.value(palet.inkt), alt.value(palet.gedempt)),
        )
    )
    naam = (
        alt.Chart()
        .transform_calculate(wie=f"{_IS_SMAL} && datum.kort || datum.naam")
        .mark_text(**_LINKS, limit=alt.ExprRef(f"{_NAMEN} - 8"), fill=palet.inkt)
        .encode(text="wie:N")
    )
    return [cijfer, naam]


def _touch(palet: stijl.Palet) -> alt.Chart:
    """Return what the reader points at and clicks: the whole row of a region, seen only when it is marked."""
    keuze = alt.selection_point(name=KEUZE, fields=["regio_code"], on="click", toggle="true", empty=False, clear=False)
    rij: alt.Chart = (
        alt.Chart()
        .transform_calculate(gesproken="datum.naam + ': ' + datum.label")
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


def _reach(tabel: pa.Table, cijfers: Kaartcijfers) -> tuple[float, float]:
    """Return what the axis holds: nought, the figures of every period as on the map, and intervals."""
    namen = {"waarde", "boven", "onder"} & set(tabel.column_names)
    waarden = [w for naam in namen for w in tabel.column(naam).to_pylist() if w is not None]
    alle = [0.0, *cijfers.values(), *waarden]
    return min(alle), max(alle) if max(alle) > min(alle) else min(alle) + 1.0


def regions(tabel: pa.Table) -> list[str]:
    """Return the codes of the regions from top to bottom."""
    return [code for code in tabel.column("regio_code").to_pylist() if code]


def together_style(beeld: Beeld, codes: Sequence[str]) -> Html:
    """Return the style by which pointing at a region on the map marks its bar, and the other way round.

    `codes` are the bars from top to bottom. It is long, and the same whichever region is chosen: it travels once.
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
    return tag("style", Html(f".st-key-rm-kaartscherm{{{''.join(regels)}}}"))


def chosen_style(codes: Sequence[str], gekozen: str) -> Html:
    """Return the style that marks the bar of the chosen region, which is one of `codes`."""
    nummer = codes.index(gekozen) + 1
    return tag("style", Html(f".st-key-rm-{STAVEN} .regels_marks>:nth-child({nummer}){{stroke-opacity:1}}"))
