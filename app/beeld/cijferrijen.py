"""Figures as rows to take along: every column of them, and numbers that a spreadsheet shows as the page does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.lezen import data
from app.lezen.rijen import Indicator, Resultaat, Waarneming
from app.oordeel import zinnen
from app.taal import cellen
from app.taal.cellen import Maat
from app.taal.opmaak import decimalen

CSV_KOLOMMEN = (
    "indicator_id", "categorie", "uitsplitsing", "regio_code", "niveau", "branche_code", "periode", "peildatum",
    "schatting", "eenheid", "cijfer", "waarde", "waarde_tot", "onder", "boven", "teller", "noemer", "n", "status",
    "voorlopig", "herkomst", "precisie", "bron", "vindplaats",
)  # fmt: skip


def csv_rows(
    rijen: Iterable[Waarneming], catalogus: Mapping[str, Indicator] | None = None
) -> Iterable[Sequence[object]]:
    """Return figures as rows for a download, each also as the page writes it; a made-up figure says VOORBEELD.

    `catalogus` is that of the publication that they are from, where that is another one than the pages show.
    """
    catalogus = catalogus or data.indicatoren(data.kenmerk())
    for r in rijen:
        eenheid = zinnen.unit_of(r, catalogus)
        cijfers = zinnen.decimals_of([r], eenheid)
        waarden = (r.waarde, r.waarde_tot, r.onder, r.boven)
        herkomst = cellen.Verzonnen(f"{cellen.VOORBEELD} ({r.herkomst})") if r.is_voorbeeld else r.herkomst
        yield (
            r.indicator_id, r.categorie, r.uitsplitsing, r.regio_code, r.niveau, r.branche_code, r.periode, r.peildatum,
            r.schatting, eenheid, str(zinnen.figure(r, eenheid)),
            *(measure(w, eenheid, cijfers) for w in waarden),
            *(measure(w, "aantal", 0) for w in (r.teller, r.noemer, r.n)),
            r.status, r.is_voorlopig,
            herkomst, r.precisie, r.bron, r.vindplaats,
        )  # fmt: skip


def measure(waarde: float | None, eenheid: str, cijfers: int | None) -> Maat | None:
    """Return a number in full, which a spreadsheet shows as the page does."""
    if waarde is None:
        return None
    aantal = decimalen([waarde], eenheid) if cijfers is None else cijfers
    return Maat(waarde, cellen.of_unit(eenheid, aantal, waarde))


def measured(tabel: Resultaat, kolommen: Mapping[str, str], eenheid: Callable[[Mapping[str, Any]], str]) -> Resultaat:
    """Return a table whose figures are shown as on the pages, with their unit: per column the one with its decimals."""
    namen = tuple(naam for naam in tabel.kolommen if naam not in kolommen.values())
    namen = namen if "eenheid" in namen else (*namen, "eenheid")
    rijen = []
    for regel in tabel.rijen:
        c = dict(zip(tabel.kolommen, regel, strict=True))
        c |= {naam: measure(c[naam], eenheid(c), c[cijfers]) for naam, cijfers in kolommen.items()}
        c["eenheid"] = eenheid(c)
        rijen.append(tuple(c[naam] for naam in namen))
    return Resultaat(namen, tuple(rijen))
