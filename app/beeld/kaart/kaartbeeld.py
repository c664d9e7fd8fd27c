"""The picture of the map of one indicator and period, as tiles or with borders: its rows and what is drawn of them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.beeld import charts, tegels
from app.beeld.gebieden import Vlakken
from app.beeld.kaart import kaartgebieden, kaartgrafiek
from app.beeld.kaart.kaartvorm import Kaartcijfers, Stof, fitting_text
from app.beeld.kaart.klassen import Klassen, make_classes
from app.beeld.later import pa
from app.beeld.stijl import Thema
from app.lezen import data
from app.lezen.rijen import Kenmerk, Waarneming
from app.oordeel.kaart import kaartzinnen
from app.taal.korte_namen import korte_naam
from pipelines.afspraken.codelijsten import Niveau

TEGELS = "tegelkaart"
VLAKKEN = "vlakkenkaart"
TABEL = "rm-kaarttabel"


@dataclass(frozen=True)
class Beeld:
    """One picture: spec, rows, classes, description, and the region that each clickable shape stands for."""

    sleutel: str
    maak_spec: Callable[[Thema], charts.Spec]
    tabel: pa.Table
    klassen: Klassen | None
    alt: str
    soorten: frozenset[str]
    met_voorbeeld: bool
    regio_van_vorm: Mapping[str, str]
    # The steps of the palette that occur.
    klassen_op_kaart: frozenset[int] = frozenset()
    is_verschil: bool = False

    @property
    def alt_op_pagina(self) -> str:
        """What it shows in words, where the table stands below it."""
        return f"{self.alt} De tabel onder de kaart heeft dezelfde cijfers."

    @property
    def is_tegelkaart(self) -> bool:
        """Whether the regions are tiles, all of one size."""
        return self.sleutel == TEGELS


def picture(
    merk: Kenmerk, cijfers: Kaartcijfers, vlakken: Vlakken | None = None, mee: Sequence[Waarneming] = ()
) -> Beeld:
    """Return the map, with real borders where there are any to draw.

    Classes hold for all periods, and for the figures `mee` of a map beside it, so that a colour keeps its meaning; the
    two have one legend.
    """
    rijen = cijfers.rijen
    ernaast = [r.waarde for r in mee if r.waarde is not None]
    klassen = make_classes([*cijfers.values(), *ernaast], cijfers.finest())
    stof = Stof(cijfers, klassen)
    if vlakken is None:
        rows, regio_van_vorm, maak_spec = _tile_map(merk, stof)
    else:
        rows, regio_van_vorm, maak_spec = _area_map(stof, vlakken)
    sleutel, soort = (TEGELS, "Tegelkaart") if vlakken is None else (VLAKKEN, "Kaart")
    return Beeld(
        sleutel=sleutel,
        maak_spec=maak_spec,
        tabel=_arrow(rows),
        klassen=klassen,
        alt=_description(soort, cijfers),
        soorten=frozenset(str(row["soort"]) for row in rows if "soort" in row),
        klassen_op_kaart=frozenset(
            [int(str(row["klasse"])) for row in rows if "klasse" in row]
            + [klassen.nummer(waarde) for waarde in ernaast if klassen]
        ),
        is_verschil=cijfers.verschillen is not None,
        met_voorbeeld=any(r.is_voorbeeld and r.waarde is not None for r in rijen.values()),
        regio_van_vorm=regio_van_vorm,
    )


def _description(soort: str, cijfers: Kaartcijfers) -> str:
    if cijfers.verschillen is None:
        return kaartzinnen.description(soort, cijfers.indicator, cijfers.niveau, list(cijfers.rijen.values()))
    met = sum(v.waarde is not None for v in cijfers.verschillen.values())
    return f"{soort} van verschillen. {met} gebieden hebben er een."


_Kaart = tuple[list[dict[str, object]], Mapping[str, str], Callable[[Thema], charts.Spec]]


def _tile_map(merk: Kenmerk, stof: Stof) -> _Kaart:
    cijfers = stof.cijfers
    niveau, moment = cijfers.niveau, kaartgebieden.moment_of(cijfers.rijen, cijfers.alle_perioden)
    tegel_niveau = Niveau.PROVINCIE if niveau == Niveau.PROVINCIE else Niveau.ARBEIDSMARKTREGIO
    alle_tegels = [r for r in data.regios(merk).values() if r.niveau == tegel_niveau and r.tegel_x is not None]
    indeling = tegels.lay_out(alle_tegels)
    groep = {r.regio_code: r.regio_code for r in alle_tegels}
    if niveau == Niveau.WGO:
        groep = data.wgo_van_regio(merk, moment)
    naamtegels = _name_tiles(indeling, groep)
    rows: list[dict[str, object]] = []
    for tegel, (x, y) in indeling.plaats.items():
        code = groep.get(tegel, tegel)
        kort = korte_naam(code, cijfers.name(code)) if tegel in naamtegels else ""
        rows.append({"regio_code": tegel, "x": x, "y": y, "kort": kort, **stof.shape(code)})
    if niveau == Niveau.WGO:
        rows += [dict(rand) for rand in tegels.borders(indeling, groep)]
    maak_spec = functools.partial(
        kaartgrafiek.map_spec,
        straal=round(indeling.straal, 1),
        hoogte=indeling.hoogte,
        is_tweezijdig=bool(stof.klassen and stof.klassen.is_tweezijdig),
        met_voorbeeld=any(r.is_voorbeeld for r in stof.cijfers.rijen.values()),
        met_randen=niveau == Niveau.WGO,
    )
    # In the order in which the shapes are drawn.
    return rows, {tegel: groep.get(tegel, tegel) for tegel in indeling.plaats}, maak_spec


def _name_tiles(indeling: tegels.Indeling, groep: Mapping[str, str]) -> set[str]:
    per_groep: dict[str, list[str]] = {}
    for code in indeling.plaats:
        per_groep.setdefault(groep.get(code, code), []).append(code)
    return {tegels.label_tile(indeling, codes) for codes in per_groep.values()}


def _area_map(stof: Stof, vlakken: Vlakken) -> _Kaart:
    cijfers, rows = stof.cijfers, list[dict[str, object]]()
    for code, plek in vlakken.plekken.items():
        vorm = stof.shape(code)
        kort, letter = fitting_text(plek, korte_naam(code, cijfers.name(code)), vorm)
        rows.append({"regio_code": code, "x": plek.x, "y": plek.y, "kort": kort, "letter": letter, **vorm})
    maak_spec = functools.partial(
        kaartgrafiek.area_spec,
        ligging=vlakken.ligging,
        is_tweezijdig=bool(stof.klassen and stof.klassen.is_tweezijdig),
        is_wgo=stof.cijfers.niveau == Niveau.WGO,
        met_voorbeeld=any(r.is_voorbeeld for r in stof.cijfers.rijen.values()),
    )
    return rows, {code: code for code in vlakken.plekken}, maak_spec


@functools.cache
def _tile() -> list[tuple[str, pa.DataType]]:
    """Return what a tile of the map holds."""
    return [
        ("regio_code", pa.string()), ("x", pa.float32()), ("y", pa.float32()), ("klasse", pa.int8()),
        ("patroon", pa.int8()),
        ("naam", pa.string()), ("kort", pa.string()), ("label", pa.string()),
    ]  # fmt: skip


def _arrow(rows: Sequence[Mapping[str, object]]) -> pa.Table:
    """Return the rows in the smallest form that the browser reads."""
    soms = [("x2", pa.float32()), ("y2", pa.float32()), ("letter", pa.int8())]
    schema = pa.schema(_tile() + [veld for veld in soms if any(veld[0] in row for row in rows)])
    return pa.Table.from_pylist(rows, schema=schema)
