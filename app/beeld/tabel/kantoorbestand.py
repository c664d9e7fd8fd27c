"""An office file is a zip of parts: packed again with one date, so that it comes out the same each time."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_DAGEN = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def repack(inhoud: bytes, dag: datetime) -> bytes:
    """Return the same file with this date on every part, also in the workbooks behind its charts."""
    uit = BytesIO()
    with ZipFile(BytesIO(inhoud)) as oud, ZipFile(uit, "w", ZIP_DEFLATED) as nieuw:
        for naam in oud.namelist():
            deel = oud.read(naam)
            if naam.endswith(".xlsx"):
                deel = repack(deel, dag)
            elif naam == "docProps/core.xml":
                deel = _DAGEN.sub(rb"\g<1>" + dag.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<3>", deel)
            nieuw.writestr(ZipInfo(naam, (dag.year, dag.month, dag.day, 0, 0, 0)), deel, ZIP_DEFLATED)
    return uit.getvalue()
