"""A warehouse with publications and notes, to back up and restore."""

from __future__ import annotations

from pathlib import Path

from gesprekpublicatie import NATIONAL, write

from app.commissie.model import Onderwerp

SCORE = Onderwerp("score", "RA0205", 2026, "governance/verbreden")


def _publish(map_: Path, publicatie_id: str) -> None:
    (map_ / "publicaties").mkdir(exist_ok=True)
    for pad in (map_ / "publicatie.duckdb", map_ / "publicaties" / f"{publicatie_id}.duckdb"):
        pad.unlink(missing_ok=True)
        write(pad, NATIONAL, publicatie_id=publicatie_id)


def _files(map_: Path) -> dict[str, bytes]:
    return {str(p.relative_to(map_)): p.read_bytes() for p in map_.rglob("*.duckdb") if "voor_herstel" not in str(p)}
