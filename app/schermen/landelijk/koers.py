"""The answer of Landelijk beeld: per actielijn and pijler on course or not, with the evidence behind the word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from app.beeld.markup import tag
from app.beeld.onderwerp import koersbeeld
from app.lezen import data
from app.lezen.geheugen import remember
from app.lezen.rijen import Kenmerk, Waarneming
from app.oordeel import enquete
from app.oordeel.programma import koers
from app.oordeel.programma.koers import NULJAAR, Koerslijn
from app.oordeel.programma.pijlers import Uitkomst
from app.raam.keuze import selectie
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Tabelvak

_UITLEG = (
    "Waar een landelijke ambitie is, telt de rechte lijn van nulmeting naar ambitie. Anders telt de gewenste richting "
    f"sinds het eerste vergelijkbare cijfer vanaf {NULJAAR}, het jaar van de nulmeting. Over een trendbreuk "
    "heen, of met een voorlopig, geschat of verouderd cijfer, wordt niet geoordeeld, en één kant van een balans "
    "krijgt alleen een oordeel als het saldo hetzelfde zegt. Een actielijn krijgt een oordeel als dat kan over "
    f"minstens de helft van wat er loopt, en over minstens {koers.MINSTENS} cijfers; afgelopen programma's en "
    "prognoses tellen niet mee. Zij is op koers als al die cijfers dat zijn, en deels op koers als dat voor een deel "
    "geldt."
)


def show(
    merk: Kenmerk, uitkomsten: Mapping[str, Mapping[str, Sequence[Uitkomst]]], *, is_dicht: bool = False
) -> list[Koerslijn]:
    """Show the verdict per actielijn, then per pijler, and how a verdict comes about; return all of them.

    Where no verdict can be given that is said, and what is known of each folds away (`is_dicht`).
    """
    lijnen = _action_lines(merk)
    st.header(koers.summary(lijnen), anchor=False)
    delen = [koersbeeld.cards(lijnen, selectie.wijzer())]
    per_pijler, reden = _pillars(merk, uitkomsten)
    if per_pijler:
        rij = koersbeeld.pillars(per_pijler, uitkomsten, reden, selectie.wijzer())
        # What cannot be said of any pijler folds away beside what can be said.
        is_los = is_dicht or not reden
        kop = "Per pijler is de koers nog niet te zeggen"
        delen.append(rij if is_los else tag("details", tag("summary", kop), rij, klasse="rm-zo"))
    delen.append(tag("details", tag("summary", "Zo komt een oordeel tot stand"), tag("p", _UITLEG), klasse="rm-zo"))
    alles = tag("div", *delen, klasse="rm-oordelen")
    if is_dicht:
        alles = tag("details", tag("summary", "Wat er per actielijn en pijler wel bekend is"), alles, klasse="rm-zo")
    onderdelen.show(alles)
    return [*lijnen, *per_pijler]


def is_judged(merk: Kenmerk) -> bool:
    """Whether of any actielijn enough is known for a verdict."""
    return koers.has_verdict(_action_lines(merk))


def show_table(oordelen: Sequence[Koerslijn]) -> None:
    """Show every verdict with its evidence as a table, once the reader opens it."""
    kolommen = ("Actielijn of pijler", "Cijfer", "Oordeel", "Bewijs")
    regels = koers.table_rows(oordelen)
    onderdelen.show_table(
        Tabelvak("alle oordelen met hun bewijs", kolommen, regels, vak="koers"),
        Download(
            "koers",
            (*kolommen, "herkomst"),
            lambda: [(*regel, h) for regel, h in zip(regels, _origins(oordelen), strict=True)],
        ),
    )


@remember(4)
def _action_lines(merk: Kenmerk) -> tuple[Koerslijn, ...]:
    """Return the actielijnen; every real figure of every indicator goes into the verdicts."""

    def haal(indicator_id: str) -> tuple[Waarneming, ...]:
        return data.waarnemingen(merk, indicator_id, False)

    return tuple(koers.action_lines(data.indicatoren(merk), haal, data.trendbreuken(merk), data.doelen(merk)))


def _pillars(merk: Kenmerk, uitkomsten: Mapping[str, Mapping[str, Sequence[Uitkomst]]]) -> tuple[list[Koerslijn], str]:
    """Return the pijlers with outcomes, and the reason that holds for all of them where it is the same."""
    metingen = len(enquete.jaren(merk))
    lijnen = [
        koers.pillar_line(
            pijler,
            [(u.indicator, u.rij) for lijst in schakels.values() for u in lijst],
            data.verschillen(merk),
            metingen,
        )
        for pijler, schakels in uitkomsten.items()
    ]
    reden = (
        "Per pijler is de koers nog niet te zeggen: er is één enquête onder organisaties, de nulmeting over "
        f"{NULJAAR}. De percentages zijn de uitkomsten die toen het vaakst zijn genoemd."
    )
    return lijnen, reden if metingen < 2 else ""


def _origins(lijnen: Sequence[Koerslijn]) -> list[str]:
    return [deel.rijen[-1].herkomst if deel.rijen else "" for lijn in lijnen for deel in lijn.delen]
