"""The kept publications: which may be read, which were withdrawn, and where those are sealed.

A withdrawn publication has a message beside the kept ones, `publicaties/<id>.ingetrokken.yml`, with the day, the reason
and the version in its place, if any. From the moment the message stands there nobody reads the publication, wherever
its file is; the file goes to `ingetrokken/`, for the owner of the warehouse alone. A message that names a version in
its place holds once that version is there.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.afspraken.schrift.tekens import check_reden
from pipelines.afspraken.schrift.veilig_yaml import load_yaml
from pipelines.afspraken.warehouse.schrijven import sync_folder, write_whole
from pipelines.afspraken.warehouse.verbinding import ARCHIEF

VERZEGELD = "ingetrokken"
BERICHT = ".ingetrokken.yml"
_VERSIE = re.compile(r"(.+?)\.([0-9]{1,4})")
# What a message says that cannot be read any more: that it is there is enough.
_ONLEESBAAR = "Het bericht hierover is niet meer te lezen."


@dataclass(frozen=True)
class Ingetrokken:
    """One withdrawn publication: when and why, and the version of it that stands in its place, if any."""

    publicatie_id: str
    op: date | None
    reden: str
    vervangen_door: str = ""
    # Whether anybody may have read it; only a person who says that nobody did makes it unknown.
    is_gezien: bool = True

    def __str__(self) -> str:
        """Return it as text: that it was withdrawn, when, why, and what to read in its place."""
        wanneer = f" op {self.op:%d-%m-%Y}" if self.op else ""
        plaats = f" In haar plaats staat {show_value(self.vervangen_door)}." if self.vervangen_door else ""
        gezien = "" if self.is_gezien else " Volgens de beheerder heeft niemand haar gezien."
        return f"Deze publicatie is ingetrokken{wanneer}: {self.reden.rstrip('.')}.{plaats}{gezien}"


def kept(warehouse: Path) -> dict[str, Path]:
    """Return the file of every kept publication that may be read, by its id, the oldest first."""
    weg = withdrawn(warehouse)
    # Ids begin with the moment of the build.
    return {pad.stem: pad for pad in sorted((warehouse / ARCHIEF).glob("*.duckdb")) if pad.stem not in weg}


def ever_published(warehouse: Path) -> list[Path]:
    """Return the files of all publications that could once be read: who read one may know what it said."""
    ongezien = {naam for naam, bericht in withdrawn(warehouse).items() if not bericht.is_gezien}
    paden = [*(warehouse / ARCHIEF).glob("*.duckdb"), *(warehouse / VERZEGELD).glob("*.duckdb")]
    return sorted((pad for pad in paden if pad.stem not in ongezien), key=lambda pad: pad.name)


def withdrawn(warehouse: Path) -> dict[str, Ingetrokken]:
    """Return what was withdrawn, by its id, the oldest first."""
    gevonden = [_read(pad) for pad in messages(warehouse)]
    return {bericht.publicatie_id: bericht for bericht in gevonden if _holds(warehouse, bericht)}


def messages(warehouse: Path) -> list[Path]:
    """Return the file of every message that a publication was withdrawn, the oldest first."""
    return sorted((warehouse / ARCHIEF).glob(f"*{BERICHT}"))


def state_of(warehouse: Path) -> int:
    """Return what changes whenever a publication is kept or withdrawn: what was read before may no longer be shown."""
    try:
        return (warehouse / ARCHIEF).stat().st_mtime_ns
    except OSError:
        return 0


def find_kept(warehouse: Path, publicatie_id: str, plek: str) -> Path:
    """Return the file of a kept publication; `plek` is what a message about it is about.

    Raises:
        AfgekeurdError: it was withdrawn, with the day and the reason; or there is none of this id.
    """
    bewaard = kept(warehouse)
    if publicatie_id in bewaard:
        return bewaard[publicatie_id]
    if bericht := withdrawn(warehouse).get(publicatie_id):
        advies = "Kies een andere publicatie; .venv/bin/regiomonitor publications noemt ze."
        raise AfgekeurdError([Melding(plek, str(bericht), advies=advies)])
    tekst = f"Publicatie '{show_value(publicatie_id)}' bestaat niet.{suggest(publicatie_id, bewaard)}"
    raise AfgekeurdError([Melding(plek, tekst, advies="Bekijk ze met: .venv/bin/regiomonitor publications")])


def next_version(warehouse: Path, publicatie_id: str) -> str:
    """Return the id of a new version of this publication: the first has no number, the next is .2."""
    basis = base_id(publicatie_id)
    namen = [*(pad.stem for pad in ever_published(warehouse)), *withdrawn(warehouse)]
    nummers = [int(deel[2]) for naam in namen if (deel := _VERSIE.fullmatch(naam)) and deel[1] == basis]
    return f"{basis}.{max([1, *nummers]) + 1}"


def base_id(publicatie_id: str) -> str:
    """Return the id without the number of a version."""
    deel = _VERSIE.fullmatch(publicatie_id)
    return deel[1] if deel else publicatie_id


def announce(warehouse: Path, bericht: Ingetrokken) -> None:
    """Write the message that a publication is withdrawn.

    Raises:
        ValueError: the reason is no text of one line.
        OSError: it cannot be written.
    """
    inhoud = {"op": bericht.op.isoformat() if bericht.op else "", "reden": check_reden(bericht.reden)}
    inhoud |= {"vervangen_door": bericht.vervangen_door} if bericht.vervangen_door else {}
    inhoud |= {} if bericht.is_gezien else {"gezien": "nee"}
    tekst = yaml.safe_dump(inhoud, allow_unicode=True, width=10_000)
    write_whole(warehouse / ARCHIEF / f"{bericht.publicatie_id}{BERICHT}", tekst.encode())
    sync_folder(warehouse / ARCHIEF)


def seal(warehouse: Path) -> None:
    """Put every withdrawn publication that still stands with the kept ones away; what was cut off is finished here.

    Raises:
        OSError: it cannot be moved.
    """
    for publicatie_id in withdrawn(warehouse):
        pad = warehouse / ARCHIEF / f"{publicatie_id}.duckdb"
        if not pad.is_file():
            continue
        map_ = warehouse / VERZEGELD
        map_.mkdir(mode=0o700, exist_ok=True)
        pad.chmod(0o600)
        os.replace(pad, map_ / pad.name)
        sync_folder(map_)
        sync_folder(warehouse / ARCHIEF)


def seal_unpublished(warehouse: Path, publicatie_id: str, bestand: Path) -> None:
    """Put away what was never published, but of which areas read their own figures: from now on it counts as known.

    Raises:
        OSError: it cannot be put there.
    """
    doel = warehouse / VERZEGELD / f"{publicatie_id}.duckdb"
    doel.parent.mkdir(mode=0o700, exist_ok=True)
    # One that was cut off is begun anew.
    doel.unlink(missing_ok=True)
    os.link(bestand, doel)
    sync_folder(doel.parent)


def _read(pad: Path) -> Ingetrokken:
    publicatie_id = pad.name[: -len(BERICHT)]
    try:
        ruw = load_yaml(pad)
        door = ruw.get("vervangen_door", "")
        if not isinstance(door, str) or "/" in door:
            raise ValueError
        op, is_gezien = date.fromisoformat(ruw["op"]), ruw.get("gezien") != "nee"
        return Ingetrokken(publicatie_id, op, check_reden(ruw["reden"]), door, is_gezien)
    except (AfgekeurdError, OSError, AttributeError, KeyError, TypeError, ValueError):
        return Ingetrokken(publicatie_id, None, _ONLEESBAAR)


def _holds(warehouse: Path, bericht: Ingetrokken) -> bool:
    """Whether the version that a message names is there, or was."""
    door = bericht.vervangen_door
    namen = (warehouse / ARCHIEF / f"{door}.duckdb", warehouse / VERZEGELD / f"{door}.duckdb",
             warehouse / ARCHIEF / f"{door}{BERICHT}")  # fmt: skip
    return not door or any(pad.exists() for pad in namen)
