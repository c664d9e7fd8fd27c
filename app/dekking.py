"""Dekkingsgraad per branche at two moments: as rows for the chart and the table, with legend and notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from app import bijschriften, stijl, zinnen
from app.data import Branche, Trendbreuk, Waarneming
from app.markup import Html, join, tag
from app.opmaak import datum, hoofdletter
from app.plaatje import Plaatje, Teken
from app.reeksen import Verandering, breaks_between, change, select_series
from pipelines.codelijsten import LAND

_KOLOMMEN = pa.schema(
    [
        ("laag", pa.string()), ("rij", pa.string()), ("volgorde", pa.int8()), ("waarde", pa.float64()),
        ("waarde2", pa.float64()), ("is_eerste", pa.bool_()), ("moment", pa.string()), ("uitleg", pa.string()),
        ("twijfel", pa.bool_()), ("tekst", pa.string()), ("kort", pa.string()), ("gedempt", pa.bool_()),
    ]
)  # fmt: skip

Paar = tuple[Waarneming | None, Waarneming | None]


def pairs(rijen: Sequence[Waarneming], branches: Mapping[str, Branche]) -> tuple[dict[str, Paar], tuple[str, str]]:
    """Return, per branche, its figures of the first and the last period, and what those moments are called."""
    landelijk = [r for r in rijen if r.regio_code == LAND and not r.categorie and not r.uitsplitsing]
    momenten = sorted({(r.eind, r.periode) for r in landelijk})
    if len(momenten) < 2:
        return {}, ("", "")
    eerste, laatste = momenten[0][1], momenten[-1][1]
    paren: dict[str, Paar] = {}
    for code in branches:
        reeks = {r.periode: r for r in select_series(landelijk, branche=code)}
        if eerste in reeks or laatste in reeks:
            paren[code] = (reeks.get(eerste), reeks.get(laatste))
    namen = [_moment(landelijk, periode) for periode in (eerste, laatste)]
    return paren, (namen[0], namen[1])


def _moment(rijen: Sequence[Waarneming], periode: str) -> str:
    rij = next(r for r in rijen if r.periode == periode)
    return f"{rij.periode_naam} ({datum(rij.peildatum)})" if rij.peildatum else rij.periode_naam


def changes(paren: Mapping[str, Paar], breuken: Sequence[Trendbreuk]) -> dict[str, Verandering]:
    """Return the changes that may be computed, by branche."""
    stappen = {}
    for code, (van, tot) in paren.items():
        stap = change(van, tot, breuken) if tot is not None else None
        if isinstance(stap, Verandering):
            stappen[code] = stap
    return stappen


def legend(momenten: tuple[str, str]) -> Html:
    """Return which dot is which moment."""
    return tag(
        "ul",
        tag("li", tag("i", klasse="rm-punt"), momenten[0]),
        tag("li", tag("i", klasse="rm-punt rm-punt-vol"), momenten[1]),
        klasse="rm-legenda",
    )


def chart_rows(
    paren: Mapping[str, Paar],
    momenten: tuple[str, str],
    branches: Mapping[str, Branche],
    breuken: Sequence[Trendbreuk],
) -> pa.Table:
    """Return the rows that the chart is drawn from."""
    stappen = changes(paren, breuken)
    rows: list[dict[str, object]] = []
    for volgorde, (code, paar) in enumerate(paren.items()):
        rows += _branch_rows(branches[code].naam_kort, volgorde, paar, stappen.get(code), momenten, breuken)
    if any(r is not None and r.is_voorbeeld for paar in paren.values() for r in paar):
        rows.append({"laag": "stempel"})
    return pa.Table.from_pylist([{n: row.get(n) for n in _KOLOMMEN.names} for row in rows], schema=_KOLOMMEN)


def picture(
    paren: Mapping[str, Paar], momenten: tuple[str, str], branches: Mapping[str, Branche], titel: str, onder: str
) -> Plaatje:
    """Return what a picture of the chart says around it."""
    kleur = stijl.LICHT.reeksen[0]
    return Plaatje(
        bestand="dekkingsgraad_per_branche",
        titel=titel,
        onder=onder,
        bron=bijschriften.all_sources(figures(paren)),
        voorbeeld=bijschriften.example_sentence(
            {branches[code].naam_kort: [r for r in paar if r is not None] for code, paar in paren.items()}
        ),
        tekens=(Teken("open_punt", kleur, momenten[0]), Teken("punt", kleur, momenten[1])),
    )


def figures(paren: Mapping[str, Paar]) -> list[Waarneming]:
    """Return every figure that is on the chart."""
    return [r for paar in paren.values() for r in paar if r is not None]


def _branch_rows(
    naam: str,
    volgorde: int,
    paar: Paar,
    stap: Verandering | None,
    momenten: tuple[str, str],
    breuken: Sequence[Trendbreuk],
) -> list[dict[str, object]]:
    basis: dict[str, object] = {"rij": naam, "volgorde": volgorde}
    rows: list[dict[str, object]] = []
    if stap is not None:
        rows.append(
            {
                **basis,
                "laag": "lijn",
                "waarde": stap.van.waarde,
                "waarde2": stap.tot.waarde,
                "twijfel": stap.twijfel is not None,
            }
        )
    for rij, moment, is_eerste in ((paar[0], momenten[0], True), (paar[1], momenten[1], False)):
        if rij is not None and rij.waarde is not None:
            uitleg = zinnen.figure(rij, "aandeel")
            rows.append(
                {
                    **basis,
                    "laag": "punt",
                    "waarde": rij.waarde,
                    "is_eerste": is_eerste,
                    "moment": moment,
                    "uitleg": f"{uitleg} (voorbeelddata)" if rij.is_voorbeeld else uitleg,
                }
            )
    tekst, kort = _label(paar, stap, breuken)
    rows.append({**basis, "laag": "label", "tekst": tekst, "kort": kort, "gedempt": stap is None})
    return rows


def _label(paar: Paar, stap: Verandering | None, breuken: Sequence[Trendbreuk]) -> tuple[str, str]:
    """Return what stands behind a branche, in full and for a phone: the change, or why there is none."""
    van, tot = (zinnen.figure(r, "aandeel") if r is not None and r.waarde is not None else "" for r in paar)
    if stap is not None:
        kort = zinnen.short_step(stap, "aandeel")
        return f"{van} → {tot}  {kort}", kort
    if van and tot and paar[0] and paar[1] and breaks_between(paar[0], paar[1], breuken):
        return f"{van} ‖ {tot}  breuk", "‖ breuk"
    if not tot:
        # On two lines there is room for it on a phone.
        reden = zinnen.figure(paar[1], "aandeel") if paar[1] is not None else "geen cijfer"
        return " | ".join(filter(None, (van, reden))), reden.replace(" ", "\n")
    if not van:
        return f"{tot}, nieuw", "nieuw"
    return f"{van} | {tot}", f"{van} |\n{tot}"


def notes(paren: Mapping[str, Paar], branches: Mapping[str, Branche], breuken: Sequence[Trendbreuk]) -> Html:
    """Return how to read the chart, and which breaks there are between the two moments."""
    uitleg: dict[str, list[str]] = {}
    for code, (van, tot) in paren.items():
        if van is not None and tot is not None:
            for breuk in breaks_between(van, tot, breuken):
                uitleg.setdefault(breuk.tekst, []).append(branches[code].naam_kort)
    regels = [tag("li", tag("strong", f"{' en '.join(namen)}: "), tekst) for tekst, namen in uitleg.items()]
    regels.insert(
        0,
        tag("li", "Rechts staat de verandering in procentpunt. ‖ is een trendbreuk: de twee cijfers zijn niet te "
            "vergelijken. ~ is een mogelijke trendbreuk, met een gestippelde lijn."),
    )  # fmt: skip
    return tag("ul", join(regels), klasse="rm-noten")


def table_rows(
    paren: Mapping[str, Paar], branches: Mapping[str, Branche], breuken: Sequence[Trendbreuk]
) -> list[tuple[str, ...]]:
    """Return the same as a table: one row per branche."""
    stappen = changes(paren, breuken)
    regels: list[tuple[str, ...]] = []
    for code, (van, tot) in paren.items():
        stap = stappen.get(code)
        uitkomst = change(van, tot, breuken) if tot is not None else None
        waarom = "" if stap or uitkomst is None or isinstance(uitkomst, Verandering) else uitkomst.reden
        regels.append(
            (
                branches[code].naam,
                *(zinnen.figure(r, "aandeel") if r is not None else "geen cijfer" for r in (van, tot)),
                zinnen.step_text(stap, "aandeel") if stap else "",
                hoofdletter(waarom) or ("Mogelijke trendbreuk" if stap and stap.twijfel else ""),
            )
        )
    return regels
