"""Rows that are written alike, each field as wide in many rows, read as columns of bytes.

CBS pads codes and aligns figures, so that most pages are of this shape. It is read only where every byte of every row
is accounted for; anything else is left to a reader that takes more time.
"""

from __future__ import annotations

import json
import re
from typing import TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

RIJEN = "value"
_RAND = 4_096
# Rows of more lengths than this are not written alike.
_MEESTE_LENGTES = 32
_SLOT = ord("}")
_WIT = b" \t\r\n"
_LIJST = re.compile(rb'"value"\s*:\s*\[')
_OPEN = re.compile(rb"\s*,\s*\{")
_VELD = re.compile(rb'\s*"([^"\\\x00-\x1f\x7f-\xff]*)"\s*:\s*(?:"([^"\\\x00-\x1f\x7f-\xff]*)"|(0|[1-9]\d{0,17}))\s*')
_Bytes: TypeAlias = NDArray[np.uint8]


def read_alike(inhoud: bytes, kolommen: list[str], nummer: str) -> tuple[dict[str, object], pa.Table] | None:
    """Return what stands around the rows, and the rows: `nummer` a number, the other columns text; None if not alike.

    The rows are in the order in which they came.
    """
    lijst, eind = _LIJST.search(inhoud, 0, _RAND), inhoud.rfind(b"]", -_RAND)
    if not lijst or eind < lijst.end():
        return None
    rond = _around(inhoud[: lijst.end()] + inhoud[eind:])
    na_eerste = inhoud.find(b"}", lijst.end(), eind) + 1
    # No comma goes before the first row, so that it is never like the others.
    eerste = _first(inhoud[lijst.end() : na_eerste], kolommen, nummer) if na_eerste else None
    if rond is None or eerste is None:
        return None
    while inhoud[eind - 1] in _WIT:
        eind -= 1
    regels = np.frombuffer(inhoud, np.uint8)[na_eerste:eind]
    rest = _rows(regels, kolommen, nummer) if len(regels) else eerste.slice(1)
    return None if rest is None else (rond, pa.concat_tables([eerste, rest]))


def _around(tekst: bytes) -> dict[str, object] | None:
    """Return the object around an empty list of rows; None where it is something else."""
    try:
        rond = json.loads(tekst)
    except (ValueError, RecursionError):
        return None
    return rond if isinstance(rond, dict) and rond.get(RIJEN) == [] else None


def _first(tekst: bytes, kolommen: list[str], nummer: str) -> pa.Table | None:
    """Return the first row as a table; None where it is not plain, so that the others need not be tried."""
    if _fields(b"," + tekst) is None:
        return None
    rij = json.loads(tekst)
    if any(type(rij.get(naam)) is not (int if naam == nummer else str) for naam in kolommen):
        return None
    soorten = [pa.int64() if naam == nummer else pa.large_string() for naam in kolommen]
    return pa.table([pa.array([rij[k]], s) for k, s in zip(kolommen, soorten, strict=True)], kolommen)


def _rows(regels: _Bytes, kolommen: list[str], nummer: str) -> pa.Table | None:
    """Return rows of one length, or of a few that lie mixed, as they do where a figure is missing here and there."""
    lengte = int(np.argmax(regels[:_RAND] == _SLOT)) + 1
    if len(regels) % lengte == 0:
        rijen = regels.reshape(-1, lengte)
        if (rijen[:, -1] == _SLOT).all():
            return _columns(rijen, kolommen, nummer)
    sloten = np.flatnonzero(regels == _SLOT)
    if not len(sloten) or sloten[-1] + 1 != len(regels):
        return None
    begins = np.concatenate(([0], sloten[:-1] + 1))
    lengtes = sloten + 1 - begins
    soorten = np.unique(lengtes)
    if len(soorten) > _MEESTE_LENGTES:
        return None
    delen, plekken = [], []
    for lengte in map(int, soorten):
        eigen = np.flatnonzero(lengtes == lengte)
        vensters = np.lib.stride_tricks.sliding_window_view(regels, lengte)
        deel = _columns(vensters[begins[eigen]], kolommen, nummer)
        if deel is None:
            return None
        delen.append(deel)
        plekken.append(eigen)
    return pa.concat_tables(delen).take(pa.array(np.argsort(np.concatenate(plekken))))


def _columns(rijen: _Bytes, kolommen: list[str], nummer: str) -> pa.Table | None:
    """Return rows of one length as columns, where they differ from the first one in the values only."""
    velden = _fields(rijen[0].tobytes())
    if velden is None or not set(kolommen) <= set(velden):
        return None
    # The least and the greatest byte at each place: where they are one, all rows are the same there.
    laagste, hoogste = rijen.min(axis=0), rijen.max(axis=0)
    anders = laagste != hoogste
    gelezen: dict[str, pa.Array] = {}
    for naam, (van, tot, tekst) in velden.items():
        waarden = np.ascontiguousarray(rijen[:, van:tot])
        is_goed = _is_plain if tekst else _is_number
        if anders[van:tot].any() and not is_goed(waarden, laagste[van:tot], hoogste[van:tot]):
            return None
        anders[van:tot] = False
        if naam in kolommen:
            if tekst == (naam == nummer):
                return None
            gelezen[naam] = _text(waarden)
    if anders.any():
        return None
    gelezen[nummer] = gelezen[nummer].cast(pa.int64())
    return pa.table({naam: gelezen[naam] for naam in kolommen})


def _fields(rij: bytes) -> dict[str, tuple[int, int, bool]] | None:
    """Return where the value of each field begins and ends, and whether it is text; None where a row is not plain."""
    open_ = _OPEN.match(rij)
    if not open_:
        return None
    plek, velden = open_.end(), {}
    while veld := _VELD.match(rij, plek):
        naam, tekst = veld[1].decode("ascii"), veld[2] is not None
        if naam in velden:
            return None
        velden[naam] = (*veld.span(2 if tekst else 3), tekst)
        plek = veld.end() + 1
        if rij[veld.end() : plek] != b",":
            return velden if rij[veld.end() :] == b"}" else None
    return None


def _is_plain(waarden: _Bytes, laagste: _Bytes, hoogste: _Bytes) -> bool:
    """Return whether all is text of ASCII without a sign that means something in JSON."""
    tekens = laagste.min() >= 0x20 and hoogste.max() < 0x7F
    return bool(tekens and not ((waarden == ord('"')) | (waarden == ord("\\"))).any())


def _is_number(waarden: _Bytes, laagste: _Bytes, hoogste: _Bytes) -> bool:
    """Return whether all are whole numbers, which do not begin with a nought unless that is all, and fit."""
    breedte = waarden.shape[1]
    cijfers = laagste.min() >= ord("0") and hoogste.max() <= ord("9")
    return bool(cijfers and breedte <= 18 and (breedte == 1 or laagste[0] > ord("0")))


def _text(waarden: _Bytes) -> pa.Array:
    """Return rows of bytes of one width as text, without copying them."""
    aantal, breedte = waarden.shape
    grenzen = np.arange(aantal + 1, dtype=np.int64) * breedte
    return pa.LargeStringArray.from_buffers(aantal, pa.py_buffer(grenzen), pa.py_buffer(waarden))
