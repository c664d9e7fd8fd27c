"""A page of rows read fast: only the columns that are wanted, decoded outside Python; what is odd is left to others."""

from __future__ import annotations

import json
import re

import pandas as pd
import pyarrow as pa
import pyarrow.json

RIJEN = "value"
# Where a page says which is the next one; at its beginning or its end, so that it can be asked before all is read.
_VOLGENDE = re.compile(rb'"@?odata\.nextLink"\s*:\s*("(?:[^"\\]|\\.)*")')
_RAND = 4_096
_TUSSEN = re.compile(rb"\}\s*,\s*\{")


def next_link(inhoud: bytes) -> str | None:
    """Return the address of the next page, where its text stands at the beginning or the end."""
    for deel in (inhoud[-_RAND:], inhoud[:_RAND]):
        if gevonden := _VOLGENDE.search(deel):
            try:
                return str(json.loads(gevonden[1]))
            except ValueError:
                return None
    return None


def _one_after_another(rijen: bytes) -> bytes:
    """Return the rows without what stands between the first two; where the rest is not alike, it is no JSON then.

    So it is with a row that is not flat, or with a text that holds what stands between rows.
    """
    tussen = _TUSSEN.search(rijen)
    # Of the same length, which takes half the time.
    return rijen.replace(tussen[0], b"}\n" + b" " * (len(tussen[0]) - 3) + b"{") if tussen else rijen


def read_page(inhoud: bytes, kolommen: list[str], nummer: str) -> tuple[dict[str, object], pd.DataFrame] | None:
    """Return what stands around the rows of a page, and the rows: `nummer` a number, the other columns text.

    None where the page is anything else than one object with flat rows of this shape, none of them empty: then the
    ordinary reader says what it is, or reads it.
    """
    begin, eind = inhoud.find(b"["), inhoud.rfind(b"]")
    if not 0 < begin < eind:
        return None
    schema = pa.schema([(kolom, pa.int64() if kolom == nummer else pa.string()) for kolom in kolommen])
    rijen = _one_after_another(inhoud[begin + 1 : eind])
    try:
        rond = json.loads(inhoud[: begin + 1] + inhoud[eind:])
        if not isinstance(rond, dict) or rond.get(RIJEN) != [] or not rijen.strip():
            return None
        blad = pa.json.read_json(
            pa.BufferReader(rijen),
            read_options=pa.json.ReadOptions(use_threads=False, block_size=len(rijen) + 1),
            parse_options=pa.json.ParseOptions(schema, newlines_in_values=True, unexpected_field_behavior="ignore"),
        )
        blad.validate(full=True)
        if any(blad[kolom].null_count for kolom in kolommen):
            return None
        tekst = pd.StringDtype(na_value=float("nan"))
        return rond, blad.to_pandas(types_mapper={pa.string(): tekst}.get)
    except (pa.ArrowException, ValueError):
        return None
