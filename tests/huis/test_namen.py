"""The app names few indicators: where a figure stands is said in the catalogue, and a new one needs no line of code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from bomen import nodes

from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, load_indicatoren

APP = Path(__file__).parents[2] / "app"
# What a page or a sentence is about, each named in one place.
GENOEMD = {
    "oordeel/overzicht/dekking.py": {"dekkingsgraad"},  # the block on the dekkingsgraad, and the weight of a region
    "oordeel/overzicht/samenvatting.py": {"openstaande_vacatures", "instroom_sector", "uitstroom"},  # its own
    "schermen/landelijk/pagina.py": {"instroom_opleidingen"},  # a picture with a line per opleiding
    "oordeel/knoppen/knoppen.py": {"knop_effect", "tekort_verwacht", "aantal_werknemers", "verzuim"},  # its page
    "oordeel/programma/budgetcijfers.py": {"budget_bedrag", "budget_aandeel", "cofinanciering_aandeel"},  # its page
    "oordeel/enquete.py": {"respondenten", "respons", "rapportcijfer"},  # who took part, and how they judge
    "schermen/pijlers/pijler_oordeel.py": {"rol_transitie"},  # a block of its own on Pijlers
}
# The same word for something else: a code that is no indicator there.
ANDERS = {
    "oordeel/enquete.py": {"betrokkenheid"},  # a subgroup of the survey
    "oordeel/programma/pijlers.py": {"activiteiten"},  # a schakel; the count of it bears its name
    "taal/opmaak.py": {"zij_instroom", "betrokkenheid"},  # words for codes of a breakdown
    "schermen/gesprek/afspraken.py": {"sectorplanplus"},  # what an advice of the committee is about, as she stored it
}


def test_an_indicator_is_named_only_where_a_page_is_about_it() -> None:
    """Anything else would be a second place that knows which figure goes where."""
    namen = set(load_indicatoren(INDICATORS_YML, load_bronnen()))
    gevonden = {
        pad.relative_to(APP).as_posix(): gebruikt
        for pad in sorted(APP.rglob("*.py"))
        if (gebruikt := {tekst for tekst in _texts(pad) if tekst in namen})
    }
    verwacht = {naam: GENOEMD.get(naam, set()) | ANDERS.get(naam, set()) for naam in {*GENOEMD, *ANDERS}}
    assert gevonden == verwacht


def test_few_are_named() -> None:
    alle = [naam for namen in GENOEMD.values() for naam in namen]
    assert len(alle) == len(set(alle))
    assert len(alle) <= 16
    assert len(GENOEMD) <= 8


def _texts(pad: Path) -> Iterator[str]:
    """Yield each text in a file, and in a query the parts that stand between quotes."""
    for knoop in nodes(pad.read_text(encoding="utf-8")):
        if isinstance(knoop, ast.Constant) and isinstance(knoop.value, str):
            yield knoop.value
            if "select" in knoop.value:
                yield from knoop.value.split("'")[1::2]
