"""The packages that serving installs, each with its version and licence: from the lock and `licenties.yml`."""

from __future__ import annotations

import re
from pathlib import Path

from pipelines.afspraken.schrift.veilig_yaml import load_yaml
from pipelines.documentatie.opmaak import as_table

LICENTIES = Path(__file__).with_name("licenties.yml")
SLOT = Path(__file__).parents[2] / "requirements.lock"
ONBEKEND = "nog niet nagekeken"


def locked() -> dict[str, list[str]]:
    """Return the versions of each package in the lock; more than one where that depends on the Python."""
    gevonden: dict[str, list[str]] = {}
    for naam, versie in re.findall(r"^([a-z0-9_.-]+)==([^ \\;]+)", SLOT.read_text(encoding="utf-8"), re.MULTILINE):
        gevonden.setdefault(naam, []).append(versie)
    return gevonden


def licence_table() -> str:
    """Return one row per package in the lock, in alphabetical order."""
    licenties = load_yaml(LICENTIES)["pakketten"]
    rijen = [(naam, ", ".join(versies), licenties.get(naam, ONBEKEND)) for naam, versies in sorted(locked().items())]
    return as_table(("Pakket", "Versie", "Licentie"), rijen)


def licence_terms(uitdrukking: str) -> list[list[str]]:
    """Return the licences of a package: of each group all hold, and one of the groups may be chosen."""
    return [re.split(r" AND ", keuze) for keuze in re.split(r" OR ", uitdrukking)]
