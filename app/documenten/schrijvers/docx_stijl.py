"""The style of a DOCX is in its template; here its properties and what stands at the head and foot are filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.documenten.blokken import Document, clean

# Made and edited in a word processor: letter, headings, tables, page, head and foot.
SJABLOON = Path(__file__).parent / "sjablonen" / "dossier.docx"
BREEDTE_CM = 16.5
TABEL = "Regiomonitor tabel"


def open_template(document: Document) -> Any:  # noqa: ANN401
    """Return an empty document in the style of the house, with what stands at the head and foot of each page."""
    import docx

    word = docx.Document(str(SJABLOON))
    eigenschappen = word.core_properties
    eigenschappen.title = clean(f"{document.soort}: {document.titel}")
    eigenschappen.created = eigenschappen.modified = document.gemaakt_op.replace(tzinfo=None)
    onderwerp, merk = word.sections[0].header.paragraphs[0].runs
    onderwerp.text = clean(f"{document.soort}: {document.titel}")
    merk.text = f"\t{' · '.join(document.merken)}" if document.merken else ""
    begin = f"{document.publicatie}{'. Vertrouwelijk' if document.vertrouwelijk else ''}"
    word.sections[0].footer.paragraphs[0].runs[0].text = clean(begin)
    return word
