"""The tile map of one indicator and period: its rows, legend, description and table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pyarrow as pa

from app import charts, data, onderdelen, tegels, zinnen
from app.charts import KEUZE as KEUZE
from app.data import Indicator, Kenmerk, Regio, Waarneming
from app.klassen import Klassen, make_classes
from app.korte_namen import korte_naam
from app.markup import Html, join, tag
from app.opmaak import (
    EENHEID_WOORD,
    NIVEAU_WOORD,
    decimalen,
    hoofdletter,
    waarde_tekst,
)

SLEUTEL = "tegelkaart"
_VERBORGEN = ("onderdrukt", "te_weinig")
_IN_TEGEL = {"onderdrukt": "niet getoond", "te_weinig": "te weinig", "ontbreekt": "geen cijfer", "nvt": "nvt"}


@dataclass(frozen=True)
class Beeld:
    """One picture: spec, rows, classes, description, and the region that each tile stands for."""

    spec: charts.Spec
    tabel: pa.Table
    klassen: Klassen | None
    alt: str
    soorten: frozenset[str]
    met_voorbeeld: bool
    regio_van_tegel: Mapping[str, str]


def unit_text(indicator: Indicator) -> str:
    """Return the unit in words."""
    return EENHEID_WOORD.get(indicator.eenheid, indicator.eenheid)


def regions_of_level(merk: Kenmerk, niveau: str, rijen: Sequence[Waarneming]) -> dict[str, Regio]:
    """Return the regions of one level in code order; WGO's as they were at the time of the figures."""
    alle = {code: regio for code, regio in data.regios(merk).items() if regio.niveau == niveau}
    if niveau != "wgo" or not rijen:
        return alle
    toen = set(data.wgo_van_regio(merk, rijen[0].moment).values()) | {r.regio_code for r in rijen}
    return {code: regio for code, regio in alle.items() if code in toen}


def clicked_region(beeld: Beeld, code: str) -> str:
    """Return the region that a clicked tile stands for; empty for anything else."""
    return beeld.regio_van_tegel.get(code, "")


def picture(
    merk: Kenmerk,
    indicator: Indicator,
    niveau: str,
    rijen: Mapping[str, Waarneming],
    gebieden: Mapping[str, Regio],
    gekozen: str,
    alle_perioden: Sequence[Waarneming],
) -> Beeld:
    """Return the map; classes hold for all periods, so that a colour keeps its meaning."""
    tegel_niveau = "provincie" if niveau == "provincie" else "arbeidsmarktregio"
    alle_tegels = [r for r in data.regios(merk).values() if r.niveau == tegel_niveau and r.tegel_x is not None]
    indeling = tegels.lay_out(alle_tegels)
    groep = {r.regio_code: r.regio_code for r in alle_tegels}
    if niveau == "wgo":
        moment = next(iter(rijen.values())).moment if rijen else alle_perioden[-1].moment
        groep = data.wgo_van_regio(merk, moment)
    waarden = [r.waarde for r in alle_perioden if r.waarde is not None]
    klassen = make_classes(waarden)
    cijfers = decimalen(waarden, indicator.eenheid)
    naamtegels = _name_tiles(indeling, groep)
    rows: list[dict[str, object]] = [
        _tile(
            code,
            groep.get(code, code),
            indeling,
            naamtegels,
            rijen,
            gebieden,
            indicator,
            klassen,
            cijfers,
            gekozen,
        )
        for code in indeling.plaats
    ]
    soorten = frozenset(str(row["soort"]) for row in rows)
    if niveau == "wgo":
        rows += [dict(rand) for rand in tegels.borders(indeling, groep)]
    spec = charts.map_spec(
        onderdelen.theme(),
        round(indeling.straal, 1),
        indeling.hoogte,
        bool(klassen and klassen.is_tweezijdig),
        any(r.is_voorbeeld for r in rijen.values()),
    )
    alt = _description(indicator, niveau, rijen)
    met_voorbeeld = any(r.is_voorbeeld and r.waarde is not None for r in rijen.values())
    return Beeld(spec, _arrow(rows), klassen, alt, soorten, met_voorbeeld, groep)


def _name_tiles(indeling: tegels.Indeling, groep: Mapping[str, str]) -> set[str]:
    per_groep: dict[str, list[str]] = {}
    for code in indeling.plaats:
        per_groep.setdefault(groep.get(code, code), []).append(code)
    return {tegels.label_tile(indeling, codes) for codes in per_groep.values()}


def _tile(
    tegel: str,
    code: str,
    indeling: tegels.Indeling,
    naamtegels: set[str],
    rijen: Mapping[str, Waarneming],
    gebieden: Mapping[str, Regio],
    indicator: Indicator,
    klassen: Klassen | None,
    cijfers: int,
    gekozen: str,
) -> dict[str, object]:
    """Return one tile: place, colour class, pattern and texts."""
    rij = rijen.get(code)
    naam = gebieden[code].naam if code in gebieden else code
    waarde = rij.waarde if rij else None
    soort = rij.status if rij else "ontbreekt"
    x, y = indeling.plaats[tegel]
    label = _IN_TEGEL.get(soort, "") if waarde is None else waarde_tekst(waarde, indicator.eenheid, cijfers)
    if rij is not None and rij.waarde_tot is not None and waarde is not None:
        label = f"{label}–\n{waarde_tekst(rij.waarde_tot, indicator.eenheid, cijfers)}"
    draagt_naam = tegel in naamtegels
    kort = korte_naam(code, naam) if draagt_naam else ""
    return {
        "regio_code": tegel,
        "x": x,
        "y": y,
        "klasse": klassen.nummer(waarde) if klassen and waarde is not None else -1,
        "patroon": _pattern(rij),
        "soort": soort,
        "naam": naam,
        "kort": kort,
        "label": label,
        "gekozen": code == gekozen,
    }


def _pattern(rij: Waarneming | None) -> int:
    """Return the number of the hatching of a tile, see `charts.PATRONEN`; 0 for a plain, real figure."""
    if rij is None:
        return 0
    if rij.status in _VERBORGEN:
        return 4
    is_voorbeeld = rij.is_voorbeeld and rij.waarde is not None
    return int(is_voorbeeld) + 2 * (rij.status == "indicatief")


_TEGEL = [
    ("regio_code", pa.string()), ("x", pa.float32()), ("y", pa.float32()), ("klasse", pa.int8()),
    ("patroon", pa.int8()),
    ("naam", pa.string()), ("kort", pa.string()), ("label", pa.string()), ("gekozen", pa.bool_()),
]  # fmt: skip
_RAND = [("x2", pa.float32()), ("y2", pa.float32())]


def _arrow(rows: Sequence[Mapping[str, object]]) -> pa.Table:
    """Return the rows in the smallest form that the browser reads."""
    schema = pa.schema(_TEGEL + (_RAND if any("x2" in row for row in rows) else []))
    return pa.Table.from_pylist([{n: row.get(n) for n in schema.names} for row in rows], schema=schema)


def _description(indicator: Indicator, niveau: str, rijen: Mapping[str, Waarneming]) -> str:
    """Return the map in words; each tile says its own figure, and the table says them all."""
    titel = zinnen.map_title(indicator, list(rijen.values()), None, NIVEAU_WOORD[niveau])
    voorbeeld = " VOORBEELD: er staan verzonnen cijfers op." if any(r.is_voorbeeld for r in rijen.values()) else ""
    return f"Tegelkaart. {titel}.{voorbeeld} De tabel onder de kaart heeft dezelfde cijfers."


def show_legend(beeld: Beeld, indicator: Indicator) -> None:
    """Show what colours and patterns stand for; only what occurs on the map."""
    onderdelen.show(tag("ul", join(_class_items(beeld, indicator)), join(_kind_items(beeld)), klasse="rm-legenda"))


def _class_items(beeld: Beeld, indicator: Indicator) -> list[Html]:
    if beeld.klassen is None:
        return []
    grenzen = beeld.klassen.grenzen
    letter = "t" if beeld.klassen.is_tweezijdig else "k"
    items = []
    for nummer, (van, tot) in enumerate(pairwise(grenzen)):
        woord = "tot en met" if nummer == len(grenzen) - 2 else "tot"
        cijfers = decimalen([van, tot], indicator.eenheid)
        onder, boven = (waarde_tekst(grens, indicator.eenheid, cijfers) for grens in (van, tot))
        tekst = f"{onder} {woord} {boven}"
        items.append(tag("li", tag("i", klasse=f"rm-{letter}{beeld.klassen.eerste + nummer}"), tekst))
    return items


def _kind_items(beeld: Beeld) -> list[Html]:
    items = []
    if beeld.met_voorbeeld:
        items.append(tag("li", tag("i", klasse="rm-arc-voorbeeld"), "voorbeelddata (verzonnen)"))
    if "indicatief" in beeld.soorten:
        woord = "indicatief, en voorbeelddata" if beeld.met_voorbeeld else "indicatief"
        items.append(tag("li", tag("i", klasse="rm-arc-kruis" if beeld.met_voorbeeld else "rm-arc-indicatief"), woord))
    if beeld.soorten & set(_VERBORGEN):
        items.append(tag("li", tag("i", klasse="rm-arc-verborgen"), "niet getoond of te weinig antwoorden"))
    if beeld.soorten & {"ontbreekt", "nvt"}:
        items.append(tag("li", tag("i", klasse="rm-arc-leeg"), "geen cijfer of niet van toepassing"))
    if any(beeld.tabel["gekozen"].to_pylist()):
        items.append(tag("li", tag("i", klasse="rm-arc-gekozen"), "gekozen regio"))
    return items


def show_table(
    indicator: Indicator,
    gebieden: Mapping[str, Regio],
    rijen: Mapping[str, Waarneming],
    land: Waarneming | None,
    gekozen: str,
    periode: str,
) -> None:
    """Show the figures of the map as a table in the order of the region codes."""
    cijfers = decimalen([r.waarde for r in rijen.values()], indicator.eenheid)
    regels: list[tuple[str, str, str]] = []
    for code, regio in gebieden.items():
        rij = rijen.get(code)
        tekst = zinnen.figure(rij, indicator.eenheid, cijfers) if rij else "geen cijfer"
        regels.append((regio.naam, tekst, onderdelen.remark(rij) if rij else ""))
    if land is not None:
        regels.append(("Nederland", zinnen.figure(land, indicator.eenheid, cijfers), onderdelen.remark(land)))
    codes = list(gebieden)
    onderdelen.table_and_download(
        f"{indicator.titel} per regio",
        ("Regio", hoofdletter(unit_text(indicator)), "Opmerking"),
        regels,
        bestand=f"kaart_{indicator.indicator_id}_{periode}".replace("/", "-"),
        csv_kolommen=onderdelen.CSV_KOLOMMEN,
        csv_rijen=lambda: onderdelen.csv_rows([*rijen.values(), *([land] if land else [])]),
        getallen=(1,),
        gekozen=codes.index(gekozen) if gekozen in gebieden else None,
    )
