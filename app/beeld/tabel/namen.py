"""A table to take along: the name beside every code, and no column in which nothing stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.taal.opmaak import categorie_tekst, uitsplitsing_tekst

Rij = Sequence[object]
# The column of a code, and what its name is called.
NAAM_BIJ = {
    "indicator_id": "indicator",
    "regio_code": "regio",
    "branche_code": "branche",
    "categorie": "categorie_in_woorden",
    "uitsplitsing": "uitsplitsing_in_woorden",
}
# Codes that are put in words one by one, whatever the publication.
_WOORDEN = {"categorie": categorie_tekst, "uitsplitsing": uitsplitsing_tekst}
# What a figure is made of stands in no table of a page; the open data have it.
_NIET_OP_PAGINA = ("teller", "noemer")
# Of these an empty column says something too.
_BLIJFT = ("waarde", "status")


def on_page(kolommen: Sequence[str], rijen: Iterable[Rij]) -> tuple[list[str], list[list[object]]]:
    """Return the table as far as a page has it: a figure without what it is made of."""
    plekken = [i for i, kolom in enumerate(kolommen) if kolom not in _NIET_OP_PAGINA]
    return [kolommen[i] for i in plekken], [[rij[i] for i in plekken] for rij in rijen]


def with_names(
    kolommen: Sequence[str], rijen: Iterable[Rij], namen: Mapping[str, Mapping[str, str]]
) -> tuple[list[str], list[list[object]]]:
    """Return the table with a name behind each code that has none yet; `namen` gives them per column of codes."""
    in_woorden = {code: namen[code].get for code in NAAM_BIJ if code in namen} | _WOORDEN
    erbij = {
        naam for code, naam in NAAM_BIJ.items() if code in kolommen and code in in_woorden and naam not in kolommen
    }
    uit: list[list[object]] = []
    for rij in rijen:
        regel: list[object] = []
        for kolom, veld in zip(kolommen, rij, strict=True):
            regel.append(veld)
            if NAAM_BIJ.get(kolom) in erbij:
                regel.append(in_woorden[kolom](str(veld or "")) or "")
        uit.append(regel)
    koppen: list[str] = []
    for kolom in kolommen:
        koppen += [kolom, NAAM_BIJ[kolom]] if NAAM_BIJ.get(kolom) in erbij else [kolom]
    return koppen, uit


def filled(kolommen: Sequence[str], rijen: Sequence[Rij]) -> tuple[list[str], list[list[object]]]:
    """Return the table without the columns in which no row has anything."""
    plekken = [
        i for i, kolom in enumerate(kolommen)
        if kolom in _BLIJFT or not rijen or any(rij[i] not in (None, "") for rij in rijen)
    ]  # fmt: skip
    return [kolommen[i] for i in plekken], [[rij[i] for i in plekken] for rij in rijen]
