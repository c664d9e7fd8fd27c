"""A page of rows read fast: only the columns that are wanted, decoded outside Python; what is odd is left to others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import pandas as pd
import pyarrow as pa
import pyarrow.json

from pipelines.openbaar.tabellen.vast import RIJEN, read_alike

# What says where the next page is.
VOLGENDE = ("odata.nextLink", "@odata.nextLink")
# What says of which table an answer is, and that it is none.
VAN, FOUT = ("odata.metadata", "@odata.context"), ("odata.error", "error")
# At the beginning or the end of a page, so that the next one can be asked before all is read.
_VOLGENDE = re.compile(rb'"@?odata\.nextLink"\s*:\s*("(?:[^"\\]|\\.)*")')
_RAND = 4_096


def next_link(inhoud: bytes) -> str | None:
    """Return the address of the next page, where its text stands at the beginning or the end."""
    for deel in (inhoud[-_RAND:], inhoud[:_RAND]):
        if gevonden := _VOLGENDE.search(deel):
            try:
                return str(json.loads(gevonden[1]))
            except ValueError:
                return None
    return None


def read_page(inhoud: bytes, kolommen: list[str], nummer: str) -> tuple[dict[str, object], pa.Table] | None:
    """Return where a page says that the next one is, and its rows: `nummer` a number, the other columns text.

    None where the page is anything else than one object with rows of this shape, none of them empty: then the
    ordinary reader says what it is, or reads it.
    """
    if gelezen := read_alike(inhoud, kolommen, nummer):
        return gelezen
    if any(f'"{naam}"'.encode() in rand for naam in FOUT for rand in (inhoud[:_RAND], inhoud[-_RAND:])):
        return None
    velden = [pa.field(kolom, pa.int64() if kolom == nummer else pa.large_string()) for kolom in kolommen]
    schema = pa.schema({RIJEN: pa.list_(pa.struct(velden)), **dict.fromkeys((*VOLGENDE, *VAN), pa.string())})
    try:
        blad = pa.json.read_json(
            pa.BufferReader(inhoud),
            read_options=pa.json.ReadOptions(use_threads=False, block_size=len(inhoud) + 1),
            parse_options=pa.json.ParseOptions(schema, newlines_in_values=True, unexpected_field_behavior="ignore"),
        )
        if blad.num_rows != 1:
            return None
        blad.validate(full=True)
        (rijen,) = (deel.flatten() for deel in blad[RIJEN].chunks)
    except (pa.ArrowException, ValueError):
        return None
    if not len(rijen) or rijen.null_count or any(kolom.null_count for kolom in rijen.flatten()):
        return None
    return {naam: blad[naam][0].as_py() for naam in (*VOLGENDE, *VAN)}, pa.table(rijen.flatten(), names=kolommen)


def one_frame(bladen: Iterable[pa.Table]) -> pd.DataFrame:
    """Return pages of rows as one frame of text and numbers."""
    tekst = pd.StringDtype(na_value=float("nan"))
    return pa.concat_tables(bladen).to_pandas(types_mapper={pa.large_string(): tekst}.get)
