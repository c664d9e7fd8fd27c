"""What a setting of the knoppen brings in words: a title, and the rows of its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.lezen.rijen import Waarneming
from app.oordeel.benaming import scenario
from app.oordeel.bijschriften import short_source
from app.oordeel.knoppen import knoppen, knopuitkomst
from app.oordeel.knoppen.knoppen import KNOPPEN, range_text
from app.oordeel.knoppen.knopuitkomst import Gebied, Knopuitkomst, Uitgangspunt
from app.oordeel.zinnen import figure, figure_with_unit
from app.taal.opmaak import hoofdletter, leesbaar, uitsplitsing_tekst, verouderd_tekst, waarde_tekst

ALLE_REGIOS = "Alle regio's samen"
_PER_REGIO = ("Met overlap", "Zonder overlap", "Opgeteld, vóór de grens van het tekort")


def title(punt: Uitgangspunt, gebied: Gebied, uitkomsten: Sequence[Knopuitkomst]) -> str:
    """State what the setting brings, or two settings beside each other; with the year and vintage it is about."""
    rij = gebied.tekort or punt.tekort
    waarvan = f"in {rij.periode_naam}, {uitsplitsing_tekst(rij.uitsplitsing)}"
    eerste = uitkomsten[0]
    tekort = range_text(eerste.laag.tekort, eerste.hoog.tekort, gebied.stap)
    if len(uitkomsten) == 1:
        wat = f"deze stand van de knoppen scheelt {_people(gebied, eerste)} op een verwacht tekort van {tekort}"
        return f"{gebied.naam}: {wat} {waarvan}"
    samen = " en ".join(f"stand {u.naam} scheelt {_people(gebied, u)}" for u in uitkomsten)
    return f"{gebied.naam}: {samen} op een verwacht tekort van {tekort} {waarvan}"


def standing(gebied: Gebied, uitkomsten: Sequence[Knopuitkomst]) -> list[str]:
    """Return in a few words what each setting leaves, to stand in view while it is changed.

    What it brings stands in the title right above it, and in the strips.
    """
    over = [f"er blijft {range_text(*knopuitkomst.left(u), gebied.stap)} over." for u in uitkomsten]
    if len(uitkomsten) == 1:
        return [hoofdletter(over[0])]
    return [f"Stand {u.naam}: {rest}" for u, rest in zip(uitkomsten, over, strict=True)]


def own_shortage(gebied: Gebied) -> str:
    """State the shortage that was published of an area of another year than the sum is about; empty without one."""
    rij = gebied.ander_tekort
    if rij is None:
        return ""
    cijfer = figure_with_unit(rij, "personen")
    return f"{gebied.naam}: verwacht tekort {cijfer} in {rij.periode_naam}, {uitsplitsing_tekst(rij.uitsplitsing)}"


def shortage_rows(rijen: Sequence[Waarneming], namen: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return the table of every published shortage: where, when, how many, of which vintage, who says so."""
    return [
        (
            namen[r.regio_code],
            r.periode_naam,
            figure(r, "personen"),
            "; ".join(filter(None, [uitsplitsing_tekst(r.uitsplitsing), leesbaar(r.afbakening)])),
            short_source(r.bron),
        )
        for r in rijen
    ]


def _people(gebied: Gebied, uitkomst: Knopuitkomst) -> str:
    if not uitkomst.meest:
        return "niets"
    return f"{range_text(uitkomst.minst, uitkomst.meest, gebied.stap)} mensen"


def context(rijen: Sequence[Waarneming]) -> str:
    """Say what the newest forecast expects, as something that stands beside the sum; empty where there is none.

    `rijen` is one vintage of one year: without new policy, and with what was agreed, or one of the two.
    """
    if not rijen:
        return ""
    een = rijen[0]
    jaargang = uitsplitsing_tekst(f"prognose={een.delen['prognose']}")
    delen = [f"{figure_with_unit(r, 'personen')}{scenario(r, len(rijen) > 1)}" for r in rijen]
    oud = f" ({verouderd})" if (verouderd := verouderd_tekst(een.verouderd)) else ""
    return (
        f"De nieuwste {jaargang}{oud} verwacht in {een.periode_naam} een tekort van {', of '.join(delen)}. "
        "Daar rekenen wij niet mee: de effecten van de knoppen horen bij een andere prognose en een ander jaar."
    )


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
