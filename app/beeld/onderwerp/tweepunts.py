"""Figures of two moments, a row each, as a picture: rows for the chart, its legend, its frame and how to read it.

A row is a branche or an area; `namen` has the name of each by its code.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from app.beeld import stijl
from app.beeld.later import pa
from app.beeld.markup import Html, join, tag
from app.beeld.plaatje import Plaatje, Teken
from app.lezen.rijen import Trendbreuk, Waarneming
from app.oordeel import bijschriften, zinnen
from app.oordeel.reeksen import Verandering, breaks_between
from app.oordeel.vergelijken import twee_momenten
from app.oordeel.vergelijken.twee_momenten import Paar
from pipelines.afspraken.codelijsten import Status


@functools.cache
def _columns() -> pa.Schema:
    """Return what a row of the chart holds."""
    return pa.schema(
        [
            ("laag", pa.string()), ("rij", pa.string()), ("volgorde", pa.int8()), ("waarde", pa.float64()),
            ("waarde2", pa.float64()), ("is_eerste", pa.bool_()), ("moment", pa.string()), ("uitleg", pa.string()),
            ("twijfel", pa.bool_()), ("tekst", pa.string()), ("kort", pa.string()), ("gedempt", pa.bool_()),
        ]
    )  # fmt: skip


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
    namen: Mapping[str, str],
    breuken: Sequence[Trendbreuk],
    eenheid: str = "aandeel",
) -> pa.Table:
    """Return the rows that the chart is drawn from."""
    stappen = twee_momenten.changes(paren, breuken)
    rows: list[dict[str, object]] = []
    for volgorde, (code, paar) in enumerate(paren.items()):
        basis: dict[str, object] = {"rij": namen[code], "volgorde": volgorde}
        stap = stappen.get(code)
        rows += _line(basis, stap)
        rows += [point for rij, moment, is_eerste in zip(paar, momenten, (True, False), strict=True)
                 for point in _point(basis, rij, moment, eenheid, is_eerste=is_eerste)]  # fmt: skip
        tekst, kort = _label(paar, stap, breuken, eenheid)
        rows.append({**basis, "laag": "label", "tekst": tekst, "kort": kort, "gedempt": stap is None})
    return _table(rows, paren)


def beside_rows(
    paren: Mapping[str, Paar],
    wie: tuple[str, str],
    namen: Mapping[str, str],
    eenheid: str = "aandeel",
    *,
    met_beide: bool = False,
) -> pa.Table:
    """Return the rows of figures of two areas at one moment: between them is a distance, and no change to tell.

    Behind a row stands the second of the two, or with `met_beide` from the first to the second.
    """
    rows: list[dict[str, object]] = []
    for volgorde, (code, paar) in enumerate(paren.items()):
        basis: dict[str, object] = {"rij": namen[code], "volgorde": volgorde}
        waarden = [r.waarde for r in paar if r is not None and r.waarde is not None]
        if len(waarden) == len(paar):
            rows.append({**basis, "laag": "lijn", "waarde": waarden[0], "waarde2": waarden[1], "twijfel": False})
        rows += [point for rij, naam, is_eerste in zip(paar, wie, (True, False), strict=True)
                 for point in _point(basis, rij, naam, eenheid, is_eerste=is_eerste)]  # fmt: skip
        eigen = paar[1]
        tekst = zinnen.figure(eigen, eenheid) if eigen is not None else ""
        if met_beide and len(waarden) == len(paar) and paar[0] is not None:
            tekst = f"{zinnen.figure(paar[0], eenheid)} tot {tekst}"
        kort = tekst if eigen is not None and eigen.waarde is not None else ""
        rows.append({**basis, "laag": "label", "tekst": tekst, "kort": kort, "gedempt": not kort})
    return _table(rows, paren)


def _table(rows: list[dict[str, object]], paren: Mapping[str, Paar]) -> pa.Table:
    """Return the rows for the browser, with the mark of made-up figures where there are any."""
    stempel = any(r is not None and r.is_voorbeeld for paar in paren.values() for r in paar)
    alle: list[dict[str, object]] = [*rows, {"laag": "stempel"}] if stempel else rows
    return pa.Table.from_pylist(alle, schema=_columns())


def picture(bestand: str, paren: Mapping[str, Paar], momenten: tuple[str, str], namen: Mapping[str, str]) -> Plaatje:
    """Return what a picture of the chart says around it; its title and the line under it are for the page to say."""
    kleur = stijl.LICHT.reeksen[0]
    return Plaatje(
        bestand=bestand,
        titel="",
        onder="",
        bron=bijschriften.all_sources(twee_momenten.figures(paren)),
        voorbeeld=bijschriften.example_sentence(
            {namen[code]: [r for r in paar if r is not None] for code, paar in paren.items()}
        ),
        tekens=(Teken("open_punt", kleur, momenten[0]), Teken("punt", kleur, momenten[1])),
    )


def _line(basis: dict[str, object], stap: Verandering | None) -> list[dict[str, object]]:
    if stap is None:
        return []
    twijfel = stap.twijfel is not None
    return [{**basis, "laag": "lijn", "waarde": stap.van.waarde, "waarde2": stap.tot.waarde, "twijfel": twijfel}]


def _point(
    basis: dict[str, object], rij: Waarneming | None, moment: str, eenheid: str, *, is_eerste: bool
) -> list[dict[str, object]]:
    if rij is None or rij.waarde is None:
        return []
    uitleg = zinnen.figure(rij, eenheid)
    uitleg = f"{uitleg} (voorbeelddata)" if rij.is_voorbeeld else uitleg
    return [{**basis, "laag": "punt", "waarde": rij.waarde, "is_eerste": is_eerste, "moment": moment, "uitleg": uitleg}]


def _label(
    paar: Paar, stap: Verandering | None, breuken: Sequence[Trendbreuk], eenheid: str = "aandeel"
) -> tuple[str, str]:
    """Return what stands behind a row, in full and for a phone: the change, or why there is none."""
    van, tot = (zinnen.figure(r, eenheid) if r is not None and r.waarde is not None else "" for r in paar)
    if stap is not None:
        kort = zinnen.short_step(stap, eenheid)
        return f"{van} → {tot}  {kort}", kort
    if van and tot and paar[0] and paar[1] and any(b.zeker for b in breaks_between(paar[0], paar[1], breuken)):
        return f"{van} ‖ {tot}  breuk", "‖ breuk"
    if not tot:
        # On two lines there is room for it on a phone.
        reden = zinnen.figure(paar[1], eenheid) if paar[1] is not None else Status.ONTBREEKT.naam
        return ", ".join(filter(None, (van, reden))), reden.replace(" ", "\n")
    if not van:
        return f"{tot}, nieuw", "nieuw"
    return f"{van} en {tot}", f"{van} en\n{tot}"


def notes(paren: Mapping[str, Paar], namen: Mapping[str, str], breuken: Sequence[Trendbreuk], eenheid: str) -> Html:
    """Return how to read the chart, and which breaks there are between the two moments."""
    uitleg: dict[str, list[str]] = {}
    for code, (van, tot) in paren.items():
        if van is not None and tot is not None:
            for breuk in breaks_between(van, tot, breuken):
                uitleg.setdefault(breuk.tekst, []).append(namen[code])
    regels = [tag("li", tag("strong", f"{' en '.join(wie)}: "), tekst) for tekst, wie in uitleg.items()]
    maat = " in procentpunt" if eenheid in ("aandeel", "procent") else ""
    begin = f"Rechts staat de verandering{maat}."
    if twee_momenten.both_without_change(paren, breuken):
        begin += " Staat er 'en' tussen twee cijfers, dan zijn die niet te vergelijken; verzonnen cijfers nooit."
    lezen = (
        f"{begin} ‖ is een trendbreuk: de twee cijfers zijn niet te vergelijken. ~ is een "
        "mogelijke trendbreuk, met een gestippelde lijn."
    )
    regels.insert(0, tag("li", lezen))
    return tag("ul", join(regels), klasse="rm-noten")
