"""Raking: weights that fit two margins at once, and a clear reason where none do."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest

from pipelines.levering.aannemen import check_path
from pipelines.rekenen.steekproef.raken import NietGeraaktError, Randtotaal, rake, rake_delivered
from pipelines.rekenen.steekproef.schatten import Ontwerp, share_weighted


def four() -> Ontwerp:
    """Return 4 answers in 2 strata of 10 and 30 invited: one VVT and one GGZ in each."""
    return Ontwerp(np.array([0, 0, 1, 1]), np.array([10.0, 30.0]), np.array([2.0, 2.0]))


BRANCHE = np.array([0, 1, 0, 1])


def test_weights_by_hand():
    """Rows 10 and 30, columns 8 and 32, all cells alike: the product of the margins, 2, 8, 6 and 24."""
    geraakt = rake(four(), [Randtotaal(BRANCHE, np.array([8.0, 32.0]))])
    assert geraakt.gewicht == pytest.approx([2, 8, 6, 24])
    # Three of four say yes, and the one who does not counts for 24 of 40.
    ja = np.array([[1.0], [1], [1], [0]])
    assert share_weighted(ja, np.ones((4, 1), dtype=bool), geraakt).waarde == pytest.approx(16 / 40)


def test_what_both_margins_explain_is_certain():
    """Yes is exactly 'being VVT', and how many VVT there are is known: 8 of 40, without any error."""
    geraakt = rake(four(), [Randtotaal(BRANCHE, np.array([8.0, 32.0]))])
    s = share_weighted(np.array([[1.0], [0], [1], [0]]), np.ones((4, 1), dtype=bool), geraakt)
    assert (s.waarde[0], s.standaardfout[0]) == pytest.approx((0.2, 0), abs=1e-9)


def test_margins_that_no_weights_fit():
    """Everyone in the first stratum is VVT, but only 8 VVT were invited and 10 in that stratum."""
    ontwerp = Ontwerp(np.array([0, 0, 1, 1]), np.array([10.0, 30.0]), np.array([2.0, 2.0]))
    with pytest.raises(NietGeraaktError, match="niet samen te verenigen"):
        rake(ontwerp, [Randtotaal(np.array([0, 0, 1, 1]), np.array([8.0, 32.0]))])


def attempt(randtotalen, *, uitgenodigd=(10.0, 30.0), herkomst="levering", van_rand="levering"):
    """Return (whether there are raked weights, the note that the publication gets)."""
    con = duckdb.connect()
    con.execute(
        """
        create schema srs_enquete;
        create table srs_enquete.randtotalen (periode varchar, kenmerk varchar, waarde varchar, uitgenodigd double);
        create table raakpoging (levering_id varchar, tabel varchar, controle varchar, kolom varchar, gelukt boolean,
            aantal_rijen integer, aantal_afwijkend integer, melding varchar);
        create table gebruikt (bron varchar, tabel varchar, periode varchar, levering_id varchar, herkomst varchar);
        """
    )
    con.execute("insert into gebruikt values ('srs_enquete', 'randtotalen', '2021', 'srs_enquete/m', ?)", [van_rand])
    for kenmerk, waarde, aantal in randtotalen:
        con.execute("insert into srs_enquete.randtotalen values ('2021', ?, ?, ?)", [kenmerk, waarde, aantal])
    antwoorden = pd.DataFrame({"branche_code": ["VVT", "GGZ"] * 2, "grootteklasse": ["<50"] * 4})
    ontwerp = Ontwerp(four().stratum, np.array(uitgenodigd), four().antwoorden)
    geraakt = rake_delivered(con, "2021", antwoorden, ontwerp, herkomst)
    noten = con.execute("select gelukt, melding from raakpoging").fetchall()
    return geraakt is not None, noten


def test_a_margin_that_fits_is_used_and_without_one_there_is_nothing_to_say():
    assert attempt([("branche", "VVT", 8), ("branche", "GGZ", 32)]) == (True, [(True, None)])
    beide = [("branche", "VVT", 8), ("branche", "GGZ", 32), ("grootteklasse", "<50", 40)]
    assert attempt(beide) == (True, [(True, None)])
    assert attempt([]) == (False, [])


@pytest.mark.parametrize(
    ("randtotalen", "anders", "reden"),
    [
        ([("VVT", 40)], {}, "Bij branche ontbreekt het aantal uitgenodigden van: GGZ."),
        ([("VVT", 8), ("GGZ", 30), ("KO", 2)], {}, "Bij branche heeft niemand geantwoord van: KO."),
        ([("VVT", 8), ("GGZ", 30)], {}, "Bij branche tellen de uitgenodigden op tot 38, per regio tot 40."),
        ([("VVT", 8), ("GGZ", 32)], {"uitgenodigd": (np.inf, np.inf)}, "per werkgeversorganisatie is niet geleverd."),
        ([("VVT", 8), ("GGZ", 32)], {"van_rand": "synthetisch"}, "die worden nooit gemengd."),
    ],
)
def test_a_margin_that_does_not_fit_leaves_a_note_and_no_figures(randtotalen, anders, reden):
    gelukt, [(in_orde, melding)] = attempt([("branche", *rand) for rand in randtotalen], **anders)
    assert (gelukt, in_orde) == (False, False)
    assert melding.startswith("Over 2021 zijn er geen geraakte cijfers. ")
    assert melding.endswith(reden)


def test_every_wrong_row_of_the_margins_gets_its_sentence(maak_levering):
    rijen = ["2021,branche,VVT,100", "2021,branche,VTT,20", "2021,grootteklasse,VVT,20", "2021,grootteklasse,<50,0",
             "2021,regio,WGO01,20", "2021,branche,TOTAAL,20", "2021MM04,branche,GGZ,20", "2021,branche,VVT,.",
             "2021,branche,=1+1,20"]  # fmt: skip
    map_ = maak_levering({"randtotalen": "\n".join(["jaar,kenmerk,waarde,uitgenodigd", *rijen])}, bron="srs_enquete")
    meldingen = check_path(map_, None).meldingen
    assert meldingen[0].rijen == (2, 9)
    assert [(m.rij, m.kolom, m.tekst) for m in meldingen] == [
        (2, None, "(2021, branche, VVT) komt meer dan eens voor."),
        (3, "waarde", "'VTT' is geen branche."),
        (4, "waarde", "'VVT' is geen grootteklasse."),
        (5, "uitgenodigd", "'0' is minder dan 1."),
        (6, "kenmerk", "'regio' bestaat niet."),
        (7, "waarde", "'TOTAAL' is geen branche."),
        (8, "jaar", "'2021MM04' is geen heel jaar."),
        (9, "uitgenodigd", "'.' is geen geheel getal."),
        (10, "waarde", "'=1+1' is geen branche."),
    ]
