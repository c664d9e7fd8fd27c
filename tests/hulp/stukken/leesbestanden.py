"""Files to read in a test, and what was read of one."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq


def cells(gelezen) -> list[tuple]:
    return list(gelezen.frame.itertuples(name=None))


def workbook(*rijen: list, bladen: int = 1) -> bytes:
    boek = openpyxl.Workbook()
    for rij in rijen:
        boek.active.append(rij)
    for _ in range(bladen - 1):
        boek.create_sheet()
    stroom = io.BytesIO()
    boek.save(stroom)
    return stroom.getvalue()


def rezip(xlsx: bytes, deel: str, verander) -> bytes:
    """Return the workbook with one of its parts changed."""
    stroom = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx)) as oud, zipfile.ZipFile(stroom, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for naam in oud.namelist():
            nieuw.writestr(naam, verander(oud.read(naam)) if naam == deel else oud.read(naam))
    return stroom.getvalue()


def parquet(**kolommen) -> bytes:
    stroom = io.BytesIO()
    pq.write_table(pa.table(kolommen), stroom)
    return stroom.getvalue()
