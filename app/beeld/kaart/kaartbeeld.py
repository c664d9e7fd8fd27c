"""The map of one indicator and period, as tiles or with borders: its rows, description and marks."""

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from app.beeld import charts, tegels
from app.beeld.gebieden import Plek, Vlakken
from app.beeld.kaart import kaartgebieden, kaartgrafiek
from app.beeld.kaart.kaartgrafiek import KEUZE as KEUZE
from app.beeld.kaart.klassen import Klassen, make_classes
from app.beeld.markup import Html, tag
from app.beeld.stijl import Thema
from app.lezen import data
from app.lezen.data import Indicator, Kenmerk, Regio, Waarneming
from app.oordeel import zinnen
from app.taal.korte_namen import korte_naam
from app.taal.opmaak import EENHEID_WOORD, NIVEAU_WOORD, waarde_tekst
from pipelines.afspraken.codelijsten import IN_PLAATS

TEGELS = "tegelkaart"
VLAKKEN = "vlakkenkaart"
TABEL = "rm-kaarttabel"
# Sizes of the figures on areas, and how wide a character is: of a figure per size, of a name in all.
_SYMBOOL, _GROOT, _KLEIN = 15, 11, 9
_CIJFER, _NAAM = 0.55, 5.2
VERBORGEN = ("onderdrukt", "te_weinig")
# On two lines: a tile has no room for both words beside each other.
_IN_TEGEL = {status.value: kort.replace(" ", "\n", 1) for status, (kort, _) in IN_PLAATS.items()}


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

    @property
    def is_tegelkaart(self) -> bool:
        """Whether the regions are tiles, all of one size."""
        return self.sleutel == TEGELS


@dataclass(frozen=True)
class _Stof:
    """What every shape of one picture is filled from."""

    indicator: Indicator
    rijen: Mapping[str, Waarneming]
    gebieden: Mapping[str, Regio]
    klassen: Klassen | None

    def shape(self, code: str) -> dict[str, object]:
        """Return colour class, pattern and texts of one region."""
        rij = self.rijen.get(code)
        waarde = rij.waarde if rij else None
        soort = rij.status if rij else "ontbreekt"
        label = _IN_TEGEL.get(soort, "")
        if rij is not None and waarde is not None:
            eenheid = self.indicator.eenheid
            cijfers = zinnen.decimals_of([rij], eenheid)
            grenzen = [waarde] if rij.waarde_tot is None else [waarde, rij.waarde_tot]
            label = "–\n".join(waarde_tekst(grens, eenheid, cijfers) for grens in grenzen)
        return {
            "klasse": self.klassen.nummer(waarde) if self.klassen and waarde is not None else -1,
            "patroon": _pattern(rij),
            "soort": soort,
            "naam": self.name(code),
            "label": label,
        }

    def name(self, code: str) -> str:
        """Return what a region is called in full."""
        return self.gebieden[code].naam if code in self.gebieden else code


def unit_text(indicator: Indicator) -> str:
    """Return the unit in words."""
    return EENHEID_WOORD.get(indicator.eenheid, indicator.eenheid)


def clicked_region(beeld: Beeld, toen: AbstractSet[str], nu: AbstractSet[str]) -> str:
    """Return the region whose shape was clicked, from the shapes that were on before and after; empty for none.

    Each click turns one shape on or off, so that a second click on the same region is noticed as well.
    """
    verschil = toen ^ nu
    # Where more has changed the browser has begun anew: only what is on now was clicked.
    aangeklikt = verschil if len(verschil) == 1 else nu - toen
    return beeld.regio_van_vorm.get(next(iter(aangeklikt)), "") if len(aangeklikt) == 1 else ""


def shapes_on(selectie: Mapping[str, object]) -> frozenset[str]:
    """Return the codes of the shapes that are on in what the browser says of its selection."""
    punten = selectie.get(KEUZE)
    return frozenset(str(punt.get("regio_code", "")) for punt in punten) if isinstance(punten, list) else frozenset()


def picture(
    merk: Kenmerk,
    indicator: Indicator,
    niveau: str,
    rijen: Mapping[str, Waarneming],
    gebieden: Mapping[str, Regio],
    alle_perioden: Sequence[Waarneming],
    vlakken: Vlakken | None = None,
    mee: Sequence[Waarneming] = (),
) -> Beeld:
    """Return the map, with real borders where there are any to draw.

    Classes hold for all periods, and for the figures `mee` of a map beside it, so that a colour keeps its meaning.
    """
    waarden = [r.waarde for r in (*alle_perioden, *mee) if r.waarde is not None]
    klassen = make_classes(waarden)
    stof = _Stof(indicator, rijen, gebieden, klassen)
    if vlakken is None:
        rows, regio_van_vorm, maak_spec = _tile_map(merk, niveau, stof, kaartgebieden.moment_of(rijen, alle_perioden))
    else:
        rows, regio_van_vorm, maak_spec = _area_map(niveau, stof, vlakken)
    sleutel = TEGELS if vlakken is None else VLAKKEN
    return Beeld(
        sleutel=sleutel,
        maak_spec=maak_spec,
        tabel=_arrow(rows),
        klassen=klassen,
        alt=_description(indicator, niveau, rijen, "Tegelkaart" if vlakken is None else "Kaart"),
        soorten=frozenset(str(row["soort"]) for row in rows if "soort" in row),
        met_voorbeeld=any(r.is_voorbeeld and r.waarde is not None for r in rijen.values()),
        regio_van_vorm=regio_van_vorm,
    )


_Kaart = tuple[list[dict[str, object]], Mapping[str, str], Callable[[Thema], charts.Spec]]


def _tile_map(merk: Kenmerk, niveau: str, stof: _Stof, moment: date) -> _Kaart:
    tegel_niveau = "provincie" if niveau == "provincie" else "arbeidsmarktregio"
    alle_tegels = [r for r in data.regios(merk).values() if r.niveau == tegel_niveau and r.tegel_x is not None]
    indeling = tegels.lay_out(alle_tegels)
    groep = {r.regio_code: r.regio_code for r in alle_tegels}
    if niveau == "wgo":
        groep = data.wgo_van_regio(merk, moment)
    naamtegels = _name_tiles(indeling, groep)
    rows: list[dict[str, object]] = []
    for tegel, (x, y) in indeling.plaats.items():
        code = groep.get(tegel, tegel)
        kort = korte_naam(code, stof.name(code)) if tegel in naamtegels else ""
        rows.append({"regio_code": tegel, "x": x, "y": y, "kort": kort, **stof.shape(code)})
    if niveau == "wgo":
        rows += [dict(rand) for rand in tegels.borders(indeling, groep)]
    maak_spec = functools.partial(
        kaartgrafiek.map_spec,
        straal=round(indeling.straal, 1),
        hoogte=indeling.hoogte,
        is_tweezijdig=bool(stof.klassen and stof.klassen.is_tweezijdig),
        met_voorbeeld=any(r.is_voorbeeld for r in stof.rijen.values()),
    )
    # In the order in which the shapes are drawn.
    return rows, {tegel: groep.get(tegel, tegel) for tegel in indeling.plaats}, maak_spec


def _name_tiles(indeling: tegels.Indeling, groep: Mapping[str, str]) -> set[str]:
    per_groep: dict[str, list[str]] = {}
    for code in indeling.plaats:
        per_groep.setdefault(groep.get(code, code), []).append(code)
    return {tegels.label_tile(indeling, codes) for codes in per_groep.values()}


def _area_map(niveau: str, stof: _Stof, vlakken: Vlakken) -> _Kaart:
    rows: list[dict[str, object]] = []
    for code, plek in vlakken.plekken.items():
        vorm = stof.shape(code)
        kort, letter = _fitting_text(plek, korte_naam(code, stof.name(code)), vorm)
        rows.append({"regio_code": code, "x": plek.x, "y": plek.y, "kort": kort, "letter": letter, **vorm})
    maak_spec = functools.partial(
        kaartgrafiek.area_spec,
        url=vlakken.url,
        schaal=vlakken.schaal,
        verschuiving=vlakken.verschuiving,
        hoogte=vlakken.hoogte,
        is_tweezijdig=bool(stof.klassen and stof.klassen.is_tweezijdig),
        is_wgo=niveau == "wgo",
        met_voorbeeld=any(r.is_voorbeeld for r in stof.rijen.values()),
    )
    return rows, {code: code for code in vlakken.plekken}, maak_spec


def _fitting_text(plek: Plek, kort: str, vorm: Mapping[str, object]) -> tuple[str, int]:
    """Return the name and the size of the figure as far as the region has room for them; 0 for no text."""
    # Without a figure there is a symbol of one character.
    is_symbool = vorm["klasse"] == -1
    label = "×" if is_symbool else str(vorm["label"])
    groot = _SYMBOOL if is_symbool else _GROOT
    regels = label.count("\n") + 1
    samen = regels + kort.count("\n") + 1
    breed = max(map(len, label.split("\n")))
    naam_breed = max(map(len, kort.split("\n")))
    if samen <= len(plek.ruimte) and plek.ruimte[samen - 1] >= max(naam_breed * _NAAM, breed * _CIJFER * groot):
        return kort, groot
    past = (letter for letter in (groot, _KLEIN) if plek.ruimte[regels - 1] >= breed * _CIJFER * letter)
    return "", next(past, 0)


def _pattern(rij: Waarneming | None) -> int:
    """Return the number of the hatching of a tile, see `kaartgrafiek.PATRONEN`; 0 for a plain, real figure."""
    if rij is None:
        return 0
    if rij.status in VERBORGEN:
        return 4
    is_voorbeeld = rij.is_voorbeeld and rij.waarde is not None
    return int(is_voorbeeld) + 2 * (rij.status == "indicatief")


_TEGEL = [
    ("regio_code", pa.string()), ("x", pa.float32()), ("y", pa.float32()), ("klasse", pa.int8()),
    ("patroon", pa.int8()),
    ("naam", pa.string()), ("kort", pa.string()), ("label", pa.string()),
]  # fmt: skip
_RAND = [("x2", pa.float32()), ("y2", pa.float32())]
_VLAK = [("letter", pa.int8())]


def _arrow(rows: Sequence[Mapping[str, object]]) -> pa.Table:
    """Return the rows in the smallest form that the browser reads."""
    extra = [veld for velden in (_RAND, _VLAK) for veld in velden if any(veld[0] in row for row in rows)]
    schema = pa.schema(_TEGEL + extra)
    return pa.Table.from_pylist([{n: row.get(n) for n in schema.names} for row in rows], schema=schema)


def _description(indicator: Indicator, niveau: str, rijen: Mapping[str, Waarneming], soort: str) -> str:
    """Return the map in words; each shape says its own figure, and the table says them all."""
    titel = zinnen.map_title(indicator, list(rijen.values()), None, NIVEAU_WOORD[niveau])
    voorbeeld = " VOORBEELD: er staan verzonnen cijfers op." if any(r.is_voorbeeld for r in rijen.values()) else ""
    return f"{soort}. {titel}.{voorbeeld} De tabel onder de kaart heeft dezelfde cijfers."


def chosen_style(beeld: Beeld, gekozen: str, plek_in_tabel: int | None, vak: str) -> Html:
    """Return the style that marks the chosen region on the map and in the table.

    By style alone: neither of them is sent or drawn anew when the reader chooses another region.
    """
    regels = [
        f".st-key-{vak} .gekozen_marks path:nth-child({nummer}){{stroke-opacity:1}}"
        for nummer, code in enumerate(beeld.regio_van_vorm.values(), 1)
        if code == gekozen
    ]
    if regels:
        regels.append(".rm-legenda .rm-als-gekozen{display:inline-flex}")
    if plek_in_tabel is not None:
        cellen = f".st-key-{TABEL} tbody tr:nth-child({plek_in_tabel + 1}) :is(th,td)"
        regels.append(f"{cellen}{{font-weight:650;background:var(--rm-vlak)}}")
    return tag("style", *regels)


def chosen_spec(beeld: Beeld, thema: Thema, gekozen: str) -> charts.Spec:
    """Return the spec of a picture of the map, in which no style marks the chosen region."""
    vormen = [vorm for vorm, code in beeld.regio_van_vorm.items() if code == gekozen]
    spec = copy.deepcopy(beeld.maak_spec(thema))
    for laag in spec["layer"]:
        if laag.get("name") == "gekozen":
            is_gekozen = {"test": f"indexof({json.dumps(vormen)}, datum.regio_code) >= 0", "value": 1}
            laag["encoding"] = {**laag.get("encoding", {}), "strokeOpacity": {"condition": is_gekozen, "value": 0}}
    return spec
