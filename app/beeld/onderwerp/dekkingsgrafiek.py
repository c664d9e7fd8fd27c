"""The dekkingsgraad per branche as a picture: rows for the chart, its legend, its frame and how to read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from app.beeld import stijl
from app.beeld.markup import Html, join, tag
from app.beeld.plaatje import Plaatje, Teken
from app.lezen.data import Branche, Trendbreuk
from app.oordeel import bijschriften, dekking, zinnen
from app.oordeel.dekking import Paar
from app.oordeel.reeksen import Verandering, breaks_between

_KOLOMMEN = pa.schema(
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
    branches: Mapping[str, Branche],
    breuken: Sequence[Trendbreuk],
) -> pa.Table:
    """Return the rows that the chart is drawn from."""
    stappen = dekking.changes(paren, breuken)
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
        bron=bijschriften.all_sources(dekking.figures(paren)),
        voorbeeld=bijschriften.example_sentence(
            {branches[code].naam_kort: [r for r in paar if r is not None] for code, paar in paren.items()}
        ),
        tekens=(Teken("open_punt", kleur, momenten[0]), Teken("punt", kleur, momenten[1])),
    )


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
