"""A long list of the account: what the reader looks for, a page at a time, with counts per group below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from app.beeld.markup import table, tag
from app.lezen.rijen import Resultaat
from app.raam.keuze import selectie
from app.raam.keuze.selectie import Veld
from app.raam.vakken import onderdelen
from app.taal.opmaak import getal
from app.taal.woorden import bare

OP_BLADZIJDE = 25
ALLE = "alle"
_KEUZES = ("uitkomst", "groepering", "woord", "bladzijde")
FILTEREN = "lijst_filteren"
_VORIGE = "lijst_vorige"


@dataclass(frozen=True)
class Lijstregel:
    """One row of a list: its cells, its outcome, and the group (a delivery, a source) that it belongs to."""

    cellen: tuple[object, ...]
    uitkomst: str
    groep: str


@dataclass(frozen=True)
class Lijst:
    """A list with its own name, headings, and words for its groups and outcomes, in the order to show them."""

    naam: str
    bijschrift: str
    koppen: tuple[str, ...]
    groepkop: str
    groepen: Mapping[str, str]
    uitkomsten: Mapping[str, str]
    getallen: tuple[int, ...] = ()
    # Whether the counts stand open where they are few.
    telt_open: bool = True


def show(lijst: Lijst, regels: Sequence[Lijstregel]) -> None:
    """Show what is looked for and at most a page of the rows that fit, with the other pages and the counts below."""
    _forget_other_list(lijst.naam)
    uitkomsten = [u for u in lijst.uitkomsten if any(r.uitkomst == u for r in regels)]
    groepen = [g for g in lijst.groepen if any(r.groep == g for r in regels)]
    uitkomst = _field("uitkomst", "Uitkomst", uitkomsten, lijst.uitkomsten)
    groep = _field("groepering", lijst.groepkop, groepen, lijst.groepen)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="rm-lijstkeuzes"):
        woord = selectie.typed("woord", "Zoek op woord", plaats="Bijvoorbeeld: verzuim")
        onderdelen.fold_choices([uitkomst, groep], "Filteren", FILTEREN)
    gevonden = [r for r in regels if _fits(r, uitkomst.waarde, groep.waarde) and _holds(r, woord)]
    _turn_back_when_changed((lijst.naam, uitkomst.waarde, groep.waarde, woord))
    if not gevonden:
        onderdelen.notice("Geen enkele rij past bij deze keuzes. Kies iets anders of haal het zoekwoord weg.")
    else:
        _show_page(lijst, gevonden)
    _show_counts(lijst, regels)


def _show_page(lijst: Lijst, gevonden: Sequence[Lijstregel]) -> None:
    """Show the rows of one page, and below them the choice of another."""
    plek = {u: nummer for nummer, u in enumerate(lijst.uitkomsten)}
    blad = _page_field(len(gevonden))
    eerste = (int(blad.waarde) - 1) * OP_BLADZIJDE
    deel = sorted(gevonden, key=lambda r: plek[r.uitkomst])[eerste : eerste + OP_BLADZIJDE]
    onderdelen.show(tag("p", _which(eerste, len(deel), len(gevonden)), klasse="rm-bron", role="status"))
    onderdelen.show(table(lijst.koppen, [r.cellen for r in deel], bijschrift=lijst.bijschrift, getallen=lijst.getallen))
    with st.container(key="rm-bladzijde"):
        blad.show()


def _show_counts(lijst: Lijst, regels: Sequence[Lijstregel]) -> None:
    per_groep = {g: Counter(r.uitkomst for r in regels if r.groep == g) for g in lijst.groepen}
    rijen = [
        (
            lijst.groepen[g],
            ", ".join(f"{getal(telling[u])} {woord}" for u, woord in lijst.uitkomsten.items() if telling[u]),
            getal(telling.total()),
        )
        for g, telling in per_groep.items()
        if telling
    ]
    koppen = (lijst.groepkop, "Uitkomst", "Samen")
    bijschrift = f"{lijst.bijschrift}: aantallen"
    with st.expander(bijschrift, expanded=lijst.telt_open and len(rijen) <= OP_BLADZIJDE):
        onderdelen.show(table(koppen, rijen, bijschrift=bijschrift, getallen=(2,)))
        onderdelen.download(f"{lijst.naam}_aantallen", bijschrift, Resultaat(koppen, tuple(rijen)))


def _field(naam: str, label: str, opties: Sequence[str], woorden: Mapping[str, str]) -> Veld:
    return selectie.field(naam, label, [ALLE, *opties], ALLE, lambda o: "Alle" if o == ALLE else woorden[o])


def _fits(regel: Lijstregel, uitkomst: str, groep: str) -> bool:
    return uitkomst in (ALLE, regel.uitkomst) and groep in (ALLE, regel.groep)


def _holds(regel: Lijstregel, woord: str) -> bool:
    """Whether every word that is searched for occurs in the row; small letters and accents do not count."""
    tekst = bare(" ".join(re.sub(r"<[^>]+>", " ", str(cel)) for cel in regel.cellen))
    return all(deel in tekst for deel in bare(woord).split())


def _page_field(rijen: int) -> Veld:
    """Return the choice of a page of so many rows."""
    bladen = [str(blad) for blad in range(1, -(-rijen // OP_BLADZIJDE) + 1)]
    if st.query_params.get("bladzijde", "1") not in bladen:
        selectie.clear_value("bladzijde")
    return selectie.field("bladzijde", "Bladzijde", bladen, "1", lambda b: f"{b} van {len(bladen)}")


def _which(eerste: int, getoond: int, alle: int) -> str:
    """Say which rows are on the page."""
    if getoond == alle:
        return "1 rij." if alle == 1 else f"{getal(alle)} rijen."
    return f"Rij {getal(eerste + 1)} tot en met {getal(eerste + getoond)} van {getal(alle)}."


def _forget_other_list(naam: str) -> None:
    """Drop the choices made in another list; those of a link that was just opened stay."""
    vorige = st.session_state.get(_VORIGE)
    if vorige is not None and vorige[0] != naam:
        for keuze in _KEUZES:
            selectie.clear_value(keuze)


def _turn_back_when_changed(stand: tuple[str, ...]) -> None:
    """Go to the first page when the reader looks for something else."""
    vorige = st.session_state.get(_VORIGE)
    if vorige is not None and vorige != stand:
        selectie.clear_value("bladzijde")
    st.session_state[_VORIGE] = stand
