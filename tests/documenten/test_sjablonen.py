"""The templates of the documents have the colours of the app and the measures that the code counts on."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import docx
import pptx
import pytest
from docx.shared import Length
from pptx.util import Inches

from app.beeld.stijl import LICHT
from app.documenten.schrijvers import docx_stijl, pptx_sjabloon


@pytest.mark.parametrize(
    ("sjabloon", "deel"),
    [
        (docx_stijl.SJABLOON, "word/styles.xml"),
        (pptx_sjabloon.SJABLOON, "ppt/theme/theme1.xml"),
    ],
)
def test_the_colours_of_a_template_are_those_of_the_app(sjabloon: Path, deel: str) -> None:
    with ZipFile(sjabloon) as zip_:
        tekst = zip_.read(deel).decode()
    for kleur in (LICHT.accent, LICHT.inkt, LICHT.gedempt, LICHT.vlak):
        assert kleur[1:].lower() in tekst.lower()


def test_the_text_of_the_word_template_is_as_wide_as_the_tables_are_made() -> None:
    vel = docx.Document(str(docx_stijl.SJABLOON)).sections[0]
    breed = Length(vel.page_width - vel.left_margin - vel.right_margin)
    assert breed.cm == pytest.approx(docx_stijl.BREEDTE_CM, abs=0.01)


def test_the_slides_are_as_wide_as_the_code_counts_on() -> None:
    deck = pptx.Presentation(str(pptx_sjabloon.SJABLOON))
    assert deck.slide_width == Inches(pptx_sjabloon.BREED)
    assert [layout.placeholders[0].placeholder_format.type.name for layout in deck.slide_layouts] == [
        "CENTER_TITLE",
        "TITLE",
    ]
