"""What a setting of the knoppen brings in words: a title, and the rows of its tables."""

from __future__ import annotations

from collections.abc import Sequence

from app.oordeel.knoppen import knoppen, knopuitkomst
from app.oordeel.knoppen.knoppen import KNOPPEN, range_text
from app.oordeel.knoppen.knopuitkomst import Gebied, Knopuitkomst, Uitgangspunt
from app.taal.opmaak import waarde_tekst

ALLE_REGIOS = "Alle regio's samen"
_PER_REGIO = ("Met overlap", "Zonder overlap", "Opgeteld, vóór de grens van het tekort")


def title(gebied: Gebied, uitkomsten: Sequence[Knopuitkomst]) -> str:
    """State what the setting brings, or two settings beside each other."""
    delen = [range_text(u.minst, u.meest, gebied.stap) for u in uitkomsten]
    voorbeeld = " (voorbeelddata)" if gebied.is_voorbeeld else ""
    if len(delen) == 1:
        tekort = range_text(uitkomsten[0].laag.tekort, uitkomsten[0].hoog.tekort, gebied.stap)
        return f"{gebied.naam}: deze instelling scheelt {delen[0]} mensen op een tekort van {tekort}{voorbeeld}"
    samen = " en ".join(f"instelling {u.naam} {deel}" for u, deel in zip(uitkomsten, delen, strict=True))
    return f"{gebied.naam}: {samen} mensen minder tekort{voorbeeld}"


def together_rows(gebied: Gebied, uitkomsten: Sequence[Knopuitkomst]) -> list[tuple[str, ...]]:
    """Return the table of what settings bring together, at both ends of the shortage."""
    rijen: list[tuple[str, ...]] = []
    for u in uitkomsten:
        for opbrengst in (u.laag, u.hoog):
            heel = " (het hele tekort)" if opbrengst.rest_minst == 0 and opbrengst.tekort else ""
            rijen.append(
                (
                    u.naam,
                    gebied.text(opbrengst.tekort),
                    gebied.text(opbrengst.met_overlap),
                    gebied.text(opbrengst.zonder_overlap) + heel,
                    range_text(opbrengst.rest_minst, opbrengst.rest_meest, gebied.stap),
                )
            )
    return rijen


def together_cells(gebied: Gebied, uitkomsten: Sequence[Knopuitkomst]) -> list[tuple[str, ...]]:
    """Return the same table for a download: what is left in two columns, so that each cell is one number."""
    return [
        (
            u.naam,
            *(gebied.text(w) for w in (opbrengst.tekort, opbrengst.met_overlap, opbrengst.zonder_overlap)),
            *(gebied.text(w) for w in (opbrengst.rest_minst, opbrengst.rest_meest)),
        )
        for u in uitkomsten
        for opbrengst in (u.laag, u.hoog)
    ]


def region_columns(eigen: Sequence[Knopuitkomst]) -> tuple[str, ...]:
    """Return what the columns of the table per region are called; with two settings each has its name."""
    achter = [f", {u.naam}" if len(eigen) > 1 else "" for u in eigen]
    return ("Regio", *(f"{kolom}{naam}" for naam in achter for kolom in _PER_REGIO))


def region_rows(punt: Uitgangspunt, gebieden: Sequence[Gebied], eigen: Sequence[Knopuitkomst]) -> list[tuple[str, ...]]:
    """Return what the same settings bring in every region, and how all regions add up to the country.

    Only the effects themselves add up: each region stops at a shortage of its own, so the ranges do not.
    """
    per_gebied = [(g, [knopuitkomst.outcome(punt, g, u.standen, u.naam, u.soort) for u in eigen]) for g in gebieden]
    rijen = [
        (g.naam, *(veld for u in hier for veld in (g.text(u.minst), g.text(u.meest), g.text(u.opgeteld))))
        for g, hier in per_gebied
    ]
    samen = [sum(hier[nummer].opgeteld for _, hier in per_gebied) for nummer in range(len(eigen))]
    land = knopuitkomst.country(ALLE_REGIOS)
    return [*rijen, (land.naam, *(veld for som in samen for veld in ("", "", land.text(som))))]


def knop_rows(punt: Uitgangspunt, gebied: Gebied, eigen: Sequence[Knopuitkomst]) -> list[tuple[str, ...]]:
    """Return the table per knop: what it is in full, what it could bring then, and what the settings bring."""
    heel = knoppen.effects(dict.fromkeys(KNOPPEN, 1.0), punt.effect, gebied.sleutel)
    return [
        (
            knop.naam,
            knop.uitleg,
            gebied.text(heel[code]),
            *(
                veld
                for u in eigen
                for veld in (waarde_tekst(u.standen[code] / 100, "aandeel", 0), gebied.text(u.effecten[code]))
            ),
        )
        for code, knop in KNOPPEN.items()
    ]
