"""What all checks of a frame found is kept in a process: the library behind them takes a hundredth of a second each.

Tests check the same small delivery over and over. What is found follows from the frame and the checks, in their order:
the same question as a whole is not asked again, and a part of it always is. Of the tests of checks it saves a tenth.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

import pandas as pd
import pytest

from pipelines.levering.toets import groot, valideren
from pipelines.levering.toets.keuring import Controle, Controleuitkomst, run_controles

# Of more rows the look at the cells takes as long as the check.
_VEEL_RIJEN = 2_000
Controleer = Callable[[pd.DataFrame, Sequence[Controle]], list[Controleuitkomst]]


def remembering(controleer: Controleer) -> Controleer:
    """Return what checks in the same way, and asks nothing twice."""
    bekend: dict[bytes, list[Sequence[int]]] = {}

    def ask(frame: pd.DataFrame, controles: Sequence[Controle]) -> list[Controleuitkomst]:
        if len(frame) > _VEEL_RIJEN:
            return controleer(frame, controles)
        vraag = _asked(frame, controles)
        if vraag not in bekend:
            bekend[vraag] = [uitkomst.rijen for uitkomst in controleer(frame, controles)]
        return [
            Controleuitkomst(controle, len(frame), rijen)
            for controle, rijen in zip(controles, bekend[vraag], strict=True)
        ]

    return ask


def _asked(frame: pd.DataFrame, controles: Sequence[Controle]) -> bytes:
    """Return what tells this question from every other: each cell with its type, and every check."""
    kolommen = [(naam, str(kolom.dtype), kolom.tolist()) for naam, kolom in frame.items()]
    wat = [(c.naam, c.soort, c.op, list(c.argument) if c.soort == "in_lijst" else c.argument) for c in controles]
    vraag = (frame.index.name, frame.index.tolist(), kolommen, wat)
    return hashlib.sha256(repr(vraag).encode(errors="surrogatepass")).digest()


@pytest.fixture(scope="session", autouse=True)
def controles_onthouden() -> Iterator[None]:
    """Let every delivery that this process checks ask only what was not asked before."""
    with pytest.MonkeyPatch.context() as anders:
        onthoudt = remembering(run_controles)
        for kamer in (groot, valideren):
            anders.setattr(kamer, "run_controles", onthoudt)
        yield
