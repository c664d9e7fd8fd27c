"""Withdrawing a delivery: a mark beside its description, with the reason; the delivery itself stays as it was."""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_path, show_value
from pipelines.afspraken.schrift.tekens import check_reden
from pipelines.afspraken.schrift.veilig_yaml import load_yaml
from pipelines.afspraken.warehouse.verbinding import INGETROKKEN

_PLEK = re.compile(r"[^/.][^/]*/[^/.][^/]*")


@dataclass(frozen=True)
class Intrekking:
    """One withdrawn delivery: which, when, and why."""

    levering_id: str
    op: date
    reden: str

    def __str__(self) -> str:
        """Return it as one sentence."""
        return f"Ingetrokken op {self.op:%d-%m-%Y}: {self.reden}"


def read_intrekking(map_: Path) -> Intrekking | None:
    """Return the mark in the folder of a delivery, or None where it was not withdrawn.

    Raises:
        AfgekeurdError: the mark is there but is not what `withdraw` writes.
    """
    pad = map_ / INGETROKKEN
    if not pad.is_symlink() and not pad.exists():
        return None
    plek = f"{show_value(map_.parent.name)}/{show_value(map_.name)}/{INGETROKKEN}"
    try:
        if pad.is_symlink():
            raise AfgekeurdError([Melding(plek, "Dit is een verwijzing (symlink) en geen bestand.")])
        ruw = load_yaml(pad)
        if set(ruw) != {"op", "reden"}:
            raise ValueError
        return Intrekking(f"{map_.parent.name}/{map_.name}", date.fromisoformat(ruw["op"]), check_reden(ruw["reden"]))
    except (AfgekeurdError, ValueError, TypeError):
        tekst = "Dit is geen geldig bericht van intrekking."
        advies = f"Verwijder dit bestand en trek de levering opnieuw in met: {_command(map_)}"
        raise AfgekeurdError([Melding(plek, tekst, advies=advies)]) from None


def find_intrekkingen(raw: Path) -> list[Intrekking]:
    """Return every withdrawn delivery under the raw folder, in a fixed order."""
    mappen = sorted(pad.parent for pad in raw.glob(f"*/*/{INGETROKKEN}") if not pad.parent.name.startswith("."))
    return [mark for mark in map(read_intrekking, mappen) if mark is not None]


def withdraw_advice(map_: Path) -> str:
    """Return how to take back the delivery in this folder of the raw data, where nothing is ever edited."""
    return f"Lever een verbeterde versie aan en trek deze in met: {_command(map_)}"


def _command(map_: Path) -> str:
    raw = map_.parent.parent
    is_gewoon = raw.resolve() == Path(os.environ.get("REGIOMONITOR_RAW") or "data/raw").resolve()
    waar = "" if is_gewoon else f"--raw {shlex.quote(show_path(raw))} "
    levering = show_value(f"{map_.parent.name}/{map_.name}")
    return f'.venv/bin/regiomonitor withdraw {levering} {waar}--reden "vul hier in waarom"'


def withdraw(raw: Path, levering_id: str, reden: str, op: date) -> Intrekking:
    """Mark a delivery as withdrawn and return the mark; nothing of the delivery is changed or removed.

    Raises:
        AfgekeurdError: there is no such delivery, it was withdrawn before, or the reason is no text of one line.
    """
    plek, map_ = show_value(levering_id), raw / levering_id
    if not _PLEK.fullmatch(levering_id) or map_.is_symlink() or map_.parent.is_symlink() or not map_.is_dir():
        advies = "Noem haar als BRON/LEVERING, zoals pfzw_dekking/2021-2022-09-15: de mappen in data/raw."
        raise AfgekeurdError([Melding(plek, "Deze levering bestaat niet.", advies=advies)])
    if (eerder := read_intrekking(map_)) is not None:
        raise AfgekeurdError([Melding(plek, f"Deze levering is al ingetrokken. {eerder}")])
    try:
        mark = Intrekking(levering_id, op, check_reden(reden))
    except ValueError as fout:
        raise AfgekeurdError([Melding("--reden", str(fout), advies="Schrijf in één zin waarom.")]) from None
    inhoud = yaml.safe_dump({"op": op.isoformat(), "reden": mark.reden}, allow_unicode=True, width=10_000)
    with tempfile.TemporaryDirectory(prefix=".intrekken-", dir=map_) as tijdelijk:
        # Written whole and then put in place: half a mark would stop every build.
        nieuw = Path(tijdelijk) / INGETROKKEN
        nieuw.write_text(inhoud, encoding="utf-8")
        os.replace(nieuw, map_ / INGETROKKEN)
    return mark
