"""Fetching out of an object store, to be killed at; what is in the store is kept in a folder between tries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import s3
from opslagbed import EEN, TWEE, publish

from app.lezen.publicatie.gekozen import id_of
from pipelines.afspraken.warehouse.bewaard import kept
from pipelines.afspraken.warehouse.gaaf import is_whole, merk_of, newest_whole
from pipelines.afspraken.warehouse.opslagstand import Richting
from pipelines.objectopslag.halen import fetch
from pipelines.objectopslag.verbinding import GEHEIM, SLEUTEL, UIT, Opslagplek, find_place
from pipelines.objectopslag.zenden import send


@contextmanager
def _store(map_: Path) -> Iterator[tuple[Opslagplek, s3.Winkel]]:
    with s3.serve() as winkel:
        winkel.dingen |= {f"monitor/{pad.name}": pad.read_bytes() for pad in (map_ / "winkel").glob("*")}
        plek = find_place({UIT: winkel.adres, SLEUTEL: s3.SLEUTEL, GEHEIM: s3.GEHEIM})
        assert plek is not None
        yield plek, winkel


def lay(map_: Path) -> None:
    """Put one publication where is served, and the next in the store."""
    with _store(map_) as (plek, winkel):
        for naam in (EEN, TWEE):
            publish(map_ / "bouw", naam)
            send(map_ / "bouw", replace(plek, richting=Richting.NAAR))
            if naam == EEN:
                fetch(map_ / "wh", plek)
    (map_ / "winkel").mkdir()
    for naam, inhoud in winkel.dingen.items():
        (map_ / "winkel" / naam.removeprefix("monitor/")).write_bytes(inhoud)


def take(map_: Path) -> None:
    """Fetch what is in the store."""
    with _store(map_) as (plek, _):
        fetch(map_ / "wh", plek)


def look(map_: Path) -> object:
    """Return the publication that readers get."""
    pad = newest_whole(map_ / "wh")
    merk = merk_of(pad) if pad else None
    return merk and id_of(merk)


def read(map_: Path) -> object:
    """Return what there is once the timer came by again."""
    take(map_)
    return [look(map_), {naam: is_whole(pad) for naam, pad in kept(map_ / "wh").items()}]
