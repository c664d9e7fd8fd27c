"""The publication as one DuckDB file to hand out: what the app shows, and made-up rows only when they are asked for."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from app.lezen import data
from app.lezen.geheugen import remember_once
from app.lezen.publicatie.kopie import write_copy
from app.lezen.rijen import Kenmerk
from app.uitgave.tabel import VOORBEELD, VOORWAARDEN

_BLOK = 1 << 20


@dataclass(frozen=True, slots=True)
class Kopie:
    """A file to hand out, there as long as someone holds this; what tells its bytes from others, and whose it is."""

    map: tempfile.TemporaryDirectory[str]
    pad: Path
    sha256: str
    naam: str
    citaat: str


@remember_once(2)
def public_copy(merk: Kenmerk, voorbeeld: bool) -> Kopie:
    """Return the publication as a file: without made-up rows unless asked for, and without what is shown nowhere.

    That is also what the publication of now hides in an earlier one.
    """
    publicatie = data.publicatie(merk)
    citaat = f"{publicatie.tekst}."
    opmerking = " ".join(filter(None, (VOORBEELD if voorbeeld else "", citaat, VOORWAARDEN)))
    map_ = tempfile.TemporaryDirectory(prefix="regiomonitor-", ignore_cleanup_errors=True)
    staart = "_voorbeeld" if voorbeeld else ""
    naam = f"regiomonitor_{publicatie.publicatie_id}{staart}.duckdb"
    pad = Path(map_.name) / naam
    bewaard = data.archief(merk) / f"{publicatie.publicatie_id}.duckdb"
    write_copy(bewaard if bewaard.is_file() else Path(merk[0]), pad, opmerking, voorbeeld=voorbeeld)
    return Kopie(map_, pad, _sum(pad), naam, citaat)


def _sum(pad: Path) -> str:
    som = hashlib.sha256()
    with pad.open("rb") as bestand:
        while deel := bestand.read(_BLOK):
            som.update(deel)
    return som.hexdigest()
