"""A table of the reader's own making: rows, periods, and real beside nothing that is made up."""

from __future__ import annotations

from dataclasses import replace

from koersrijen import LAGER
from zinrijen import BASIS, LATER

from app.lezen.rijen import Regio
from app.oordeel.overzicht import zelftabel

DEKKING = replace(LAGER, indicator_id="dekkingsgraad", titel="Dekkingsgraad")
HIER, DAAR = (
    Regio(code, "arbeidsmarktregio", naam, "", None, None, "", None, None)
    for code, naam in (("RA0101", "Hier"), ("RA0102", "Daar"))
)
RIJEN = [replace(r, regio_code="RA0101", niveau="arbeidsmarktregio") for r in (BASIS, LATER)]


def test_a_row_per_area_with_a_column_per_period() -> None:
    (regel,) = zelftabel.series([DEKKING], [HIER, DAAR], lambda _: tuple(RIJEN))
    assert regel.regio == HIER
    assert list(zelftabel.periods([regel])) == [BASIS.periode, LATER.periode]
    assert regel.cell("1999") == "geen cijfer"


def test_what_is_made_up_is_a_table_of_its_own() -> None:
    verzonnen = [replace(r, regio_code="RA0102", herkomst="synthetisch") for r in RIJEN]
    regels = zelftabel.series([DEKKING], [HIER, DAAR], lambda _: (*RIJEN, *verzonnen))
    echt, voorbeeld = zelftabel.split(regels, zelftabel.periods(regels))
    assert {r.regio_code for r in echt.rijen} == {"RA0101"}
    assert {r.regio_code for r in voorbeeld.rijen} == {"RA0102"}
    assert "VOORBEELD" in voorbeeld.regels[0].cell(LATER.periode)


def test_what_has_no_figure_over_all_answers_has_a_row_per_answer() -> None:
    rijen = [replace(r, categorie=antwoord) for antwoord in ("eens", "oneens") for r in RIJEN]
    assert zelftabel.has_series(rijen, {"arbeidsmarktregio"})
    regels = zelftabel.series([DEKKING], [HIER, DAAR], lambda _: tuple(rijen))
    assert [(r.naam, len(r.per)) for r in regels] == [("Dekkingsgraad: eens", 2), ("Dekkingsgraad: oneens", 2)]


def test_a_hidden_figure_says_so_and_shows_nothing() -> None:
    verborgen = replace(RIJEN[1], waarde=None, onder=None, boven=None, n=None, status="onderdrukt")
    (regel,) = zelftabel.series([DEKKING], [HIER], lambda _: (RIJEN[0], verborgen))
    assert regel.cell(LATER.periode) == "niet getoond"


def test_the_newest_periods_give_every_figure_its_share() -> None:
    regels = zelftabel.series([DEKKING], [HIER], lambda _: tuple(RIJEN))
    assert zelftabel.newest(regels, 1) == {LATER.periode}
    ander = replace(regels[0], indicator=replace(DEKKING, indicator_id="ander", titel="Ander"),
                    per={"1999": replace(BASIS, periode="1999")})  # fmt: skip
    assert zelftabel.newest([*regels, ander], 2) == {LATER.periode, "1999"}
    assert zelftabel.without([*regels, ander], {LATER.periode: "toen"}) == {"Ander": [HIER.naam]}
