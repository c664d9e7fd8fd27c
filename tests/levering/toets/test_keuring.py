"""Every kind of check, on three rows worked by hand: which rows fail, and what all rows pass names none."""

from __future__ import annotations

import pandas as pd
import pytest
from controlegeheugen import remembering

from pipelines.levering.bestand.lezen import RIJ
from pipelines.levering.toets.keuring import Controle, Controleuitkomst, run_controles

FRAME = pd.DataFrame(
    {"code": ["a", "b", None], "getal": [1.0, 5.0, 9.0], "twee": ["x", "x", "y"], "waar": [True, False, True]},
    index=pd.Index([2, 3, 4], name=RIJ),
)


def check(soort: str, *op: str, argument: object = None) -> Controle:
    return Controle(soort, soort, op, lambda _rij: ("fout", None), argument=argument)


@pytest.mark.parametrize(
    ("controle", "fout"),
    [
        (check("niet_leeg", "code"), [4]),
        (check("patroon", "code", argument="^a$"), [3]),
        (check("in_lijst", "twee", argument=("x",)), [4]),
        (check("tussen", "getal", argument=(2, 8)), [2, 4]),
        (check("uniek", "twee"), [2, 3]),
        (check("uniek", "code", "twee"), []),
        (check("waar", "waar"), [3]),
        (check("geen_rijen"), [2, 3, 4]),
    ],
    ids=lambda waarde: waarde.soort if isinstance(waarde, Controle) else "",
)
def test_a_check_names_the_rows_that_fail_it_and_the_one_after_it_its_own(controle: Controle, fout: list[int]) -> None:
    uitkomsten = run_controles(FRAME, [controle, check("tussen", "getal", argument=(0, 5))])
    assert [[*uitkomst.rijen] for uitkomst in uitkomsten] == [fout, [4]]


def test_what_is_asked_of_all_cells_of_a_row_at_once_is_what_each_check_finds_alone() -> None:
    frame = FRAME.assign(ja=[True, None, True], nee=[None, None, False])
    goed = [check("waar", "ja"), check("niet_leeg", "twee"), check("niet_leeg", "getal"), check("uniek", "getal")]
    fout = [check("niet_leeg", "code"), check("waar", "nee"), check("niet_leeg", "nee"), check("waar", "waar")]
    assert [[*u.rijen] for u in run_controles(frame, goed)] == [[], [], [], []]
    for controles in (goed + fout, fout[:1] + goed, goed + fout[1:2]):
        samen = [[*uitkomst.rijen] for uitkomst in run_controles(frame, controles)]
        assert samen == [[*uitkomst.rijen] for c in controles for uitkomst in run_controles(frame, [c])]
    assert [[*u.rijen] for u in run_controles(frame, fout)] == [[4], [4], [2, 3], [3]]


def test_what_the_tests_keep_of_checks_is_the_whole_question() -> None:
    gevraagd: list[list[str]] = []

    def controleer(frame: pd.DataFrame, controles: list[Controle]) -> list[Controleuitkomst]:
        gevraagd.append([c.soort for c in controles])
        return run_controles(frame, controles)

    onthoudt, leeg, lijst = remembering(controleer), check("niet_leeg", "code"), check("in_lijst", "twee", argument="x")
    for frame, controles, fout in (
        (FRAME, [leeg, lijst], [[4], [4]]),
        (FRAME, [leeg], [[4]]),
        (FRAME.replace("b", None), [leeg, lijst], [[3, 4], [4]]),
        (FRAME.rename({4: 5}), [leeg, lijst], [[5], [5]]),
        (FRAME, [leeg, check("in_lijst", "twee", argument="xy")], [[4], []]),
        (FRAME, [leeg, lijst], [[4], [4]]),
    ):
        assert [[*uitkomst.rijen] for uitkomst in onthoudt(frame, controles)] == fout
    assert gevraagd == [["niet_leeg", "in_lijst"], ["niet_leeg"], *[["niet_leeg", "in_lijst"]] * 3]
