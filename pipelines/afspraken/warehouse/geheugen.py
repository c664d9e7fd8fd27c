"""What a warehouse remembers between builds: outcomes that need not be worked out again, by the hash of their input.

Holds no figures: places that are hidden, and what an attack found. For the builder only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines.afspraken.warehouse.schrijven import VERTROUWELIJK, write_whole

BESTAND = "onthulling.json"
# The newest are kept.
AANTAL = 100


def load_geheugen(warehouse: Path) -> dict[str, Any]:
    """Return what this warehouse remembers; nothing when there is no such file or it is damaged."""
    try:
        inhoud = json.loads((warehouse / BESTAND).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return inhoud if isinstance(inhoud, dict) else {}


def save_geheugen(warehouse: Path, geheugen: Mapping[str, Any]) -> None:
    """Keep the newest outcomes, in one step of the file system."""
    inhoud = json.dumps(dict(list(geheugen.items())[-AANTAL:])).encode()
    write_whole(warehouse / BESTAND, inhoud, mode=VERTROUWELIJK)
