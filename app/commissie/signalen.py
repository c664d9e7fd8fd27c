"""Signals from what the committee wrote down itself: scores below the level of the year, agreements past their day.

They are confidential like what they rest on: on the page of the talk
and in the confidential document, never in a publication.
Texts of people are quoted as they stand; whoever shows them escapes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.commissie.model import Wijziging
from app.commissie.referentiekader import SCORES, fields
from app.commissie.tijd import local_day
from app.oordeel.gesprek.signaal import Bewijs, Signaal, make_signal, short_list
from app.taal.opmaak import datum

# Rule: its title and when it speaks.
REGELS = {
    "score_onder_niveau": (
        "Score onder het ambitieniveau",
        "Een onderdeel van het referentiekader scoort in het jaar van het gesprek lager dan het ambitieniveau van "
        "dat jaar. Zonder ambitieniveau is er geen signaal.",
    ),
    "afspraak_te_laat": (
        "Afspraak over tijd",
        "De uiterste dag van een afspraak uit dit of een eerder gesprek is voorbij en zij staat nog open.",
    ),
}
_LANGSTE_CITAAT = 160


def find(stand: Iterable[Wijziging], niveaus: Mapping[int, int], jaar: int, dag: date) -> list[Signaal]:
    """Return the signals for the talk of a year as of this day, from what holds for one region."""
    geldend = list(stand)
    return [*below_level(geldend, niveaus.get(jaar), jaar), *overdue(geldend, jaar, dag)]


def below_level(stand: Iterable[Wijziging], niveau: int | None, jaar: int) -> list[Signaal]:
    """Return one signal on the fields that score below the level that the committee asks of this year."""
    namen = fields()
    van_jaar = {w.onderwerp.sleutel: w for w in stand if w.onderwerp.soort == "score" and w.onderwerp.jaar == jaar}
    laag = [(namen[s], van_jaar[s]) for s in namen if s in van_jaar and _score(van_jaar[s]) < (niveau or 0)]
    if niveau is None or not laag:
        return []
    aantal = "Eén onderdeel scoort" if len(laag) == 1 else f"{len(laag)} onderdelen scoren"
    zin = f"{aantal} in {jaar} onder ambitieniveau {niveau}: {short_list([f'‘{naam}’' for naam, _ in laag], 3)}."
    bewijs = [
        Bewijs(f"{naam}: {_score(w)} ({SCORES[_score(w)]}). {quote(w.inhoud.tekst)}", f"score van {_who(w)}")
        for naam, w in laag
    ]
    vraag = f"Wat gaat de regio doen om hier op niveau {niveau} te komen, en wanneer is dat te zien?"
    return [make_signal("score_onder_niveau", zin, bewijs, vraag)]


def overdue(stand: Iterable[Wijziging], jaar: int, dag: date) -> list[Signaal]:
    """Return one signal per agreement of this or an earlier talk that is open after its last day."""
    return [
        make_signal(
            "afspraak_te_laat",
            f"Een afspraak uit het gesprek van {w.onderwerp.jaar} had op {datum(w.inhoud.datum)} klaar moeten zijn en "
            f"staat nog open: ‘{quote(w.inhoud.tekst)}’",
            [Bewijs(f"Stand: open. Uiterlijk: {datum(w.inhoud.datum)}", f"vastgelegd door {_who(w)}")],
            "Wat houdt deze afspraak op, en wanneer komt de regio haar na?",
        )
        for w in sorted(stand, key=lambda w: w.inhoud.datum or date.max)
        if w.onderwerp.soort == "afspraak" and w.onderwerp.jaar <= jaar and is_overdue(w, dag)
    ]


def is_overdue(w: Wijziging, dag: date) -> bool:
    """Whether an agreement is still open after its last day; on that day itself it is in time."""
    return w.inhoud.stand == "open" and w.inhoud.datum is not None and w.inhoud.datum < dag


def quote(tekst: str) -> str:
    """Return a text as one line, cut off where it is long."""
    regel = " ".join(tekst.split())
    return regel if len(regel) <= _LANGSTE_CITAAT else f"{regel[: _LANGSTE_CITAAT - 1].rstrip()}…"


def _score(w: Wijziging) -> int:
    return w.inhoud.score or 0


def _who(w: Wijziging) -> str:
    return f"{w.wie}, {datum(local_day(w.op))}"
