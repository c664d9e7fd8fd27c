"""What a check found is kept in a process: the library behind it takes a hundredth of a second for three rows.

The same columns are looked at a thousand times in a run of the tests, most of them right. What a check finds follows
from its kind, its argument and the cells it looks at, and nothing else: asked once, it need not be asked again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

import pandas as pd
import pytest

from pipelines.levering import groot, valideren
from pipelines.levering.keuring import Controle, Controleuitkomst, run_controles

# Of more rows the look at the cells takes as long as the check.
_VEEL_RIJEN = 2_000
Controleer = Callable[[pd.DataFrame, Sequence[Controle]], list[Controleuitkomst]]


def remembering(controleer: Controleer) -> Controleer:
    """Return what checks in the same way, and asks nothing twice."""
    bekend: dict[bytes, Sequence[int]] = {}

    def ask(frame: pd.DataFrame, controles: Sequence[Controle]) -> list[Controleuitkomst]:
        if frame.empty or len(frame) > _VEEL_RIJEN:
            return controleer(frame, controles)
        sleutels = [_asked(frame, controle) for controle in controles]
        nieuw = {sleutel: c for sleutel, c in zip(sleutels, controles, strict=True) if sleutel not in bekend}
        if nieuw:
            uitkomsten = controleer(frame, [*nieuw.values()])
            bekend.update({sleutel: u.rijen for sleutel, u in zip(nieuw, uitkomsten, strict=True)})
        return [
            Controleuitkomst(controle, len(frame), bekend[sleutel])
            for sleutel, controle in zip(sleutels, controles, strict=True)
        ]

    return ask


def _asked(frame: pd.DataFrame, controle: Controle) -> bytes:
    """Return what tells this question from every other: not the name of a column, but each cell with its type."""
    argument = list(controle.argument) if controle.soort == "in_lijst" else controle.argument
    cellen = [(str(frame[kolom].dtype), frame[kolom].tolist()) for kolom in controle.op]
    vraag = (controle.soort, argument, frame.index.name, frame.index.tolist(), cellen)
    return hashlib.sha256(repr(vraag).encode(errors="surrogatepass")).digest()


@pytest.fixture(scope="session", autouse=True)
def controles_onthouden() -> Iterator[None]:
    """Let every delivery that this process checks ask only what was not asked before."""
    with pytest.MonkeyPatch.context() as anders:
        onthoudt = remembering(run_controles)
        for kamer in (groot, valideren):
            anders.setattr(kamer, "run_controles", onthoudt)
        yield
